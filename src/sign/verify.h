/* What verifying a PDF works with: the signatures one by one, and what is known of the whole. */
#ifndef SIGN_VERIFY_H
#define SIGN_VERIFY_H

#include <time.h>

#include "banthuek-sign.h"
#include "base/diag.h"
#include "changes/changes.h"
#include "engine/manifest.h"
#include "pdfin/revisions.h"
#include "pki/check_stamp.h"
#include "pki/revoked.h"

struct work;

#define VERIFY_BYTES_MAX ((size_t)512 << 20)
#define VERIFY_SKEW 600        /* seconds that a claimed time may go before ours */
#define VERIFY_CHANGES_TOLD 40 /* of one signature; the rest is counted */

/* A signature, or a time stamp of the document. */
struct verify_one {
    const struct signed_part *part;
    size_t index;
    struct diags *remarks;
    struct evidence *evidence; /* of its CMS, and of the DSS of the last revision */
    bool counts;               /* it is somebody's; not a right of usage */

    struct check_cms cms;
    bool is_sound;          /* a time stamp: of these bytes */
    bool has_stamp;         /* a signature: a sound time stamp of its value */
    bool has_unknown_stamp; /* the same, by a server that nobody vouches for */
    bool has_bad_stamp;
    bool has_lapsed_stamp;    /* one that proves nothing any more: its certificate has ended */
    bool lacks_time;          /* so has the signer's, and nothing else proves when it was made */
    bool was_asked, lasts;    /* verify_stamp_lasts(), asked once */
    time_t stamp_end;         /* of a document time stamp: when its certificate ends */
    struct trust_found found; /* of the signer, or of the server */
    struct trust_found stamp; /* of the server of the first stamp that counts */
    time_t stamp_time;

    time_t claimed, proven, at; /* 0: none; `at` is the one that its certificate must fit */
    bool is_refused;
    bool lacks_promised; /* it has data for later verification, but not all of it */
    enum banthuek_unchanged unchanged;
    enum banthuek_whose whose;
    enum banthuek_level_of_pades level;
    const char *missing[2]; /* of the next level, in English and Thai; or NULL */
    struct str role, opinion, signs_for;
    bool is_unpinned; /* by one who stands in, with another certificate than the memo names */
    bool is_dated_otherwise; /* the date beside it is not that of signing */
};

struct verify {
    struct work *w;
    const struct banthuek_verify_options *options;
    const char *file;
    struct pos pos;
    struct str bytes;
    time_t now;
    struct trust *trust;
    struct revisions *revisions;
    struct changes changes;
    struct changes before; /* of one of ours: until somebody signed */
    struct evidence *dss;  /* of the last revision; NULL: there is none, or it holds nothing */
    struct revoked_cache revoked;
    struct verify_one *ones;
    size_t count;
    struct diags *remarks;    /* on the file */
    struct manifest manifest; /* of the first revision, where it is ours */
    bool is_ours, compared;
    bool is_scan;         /* of a report that was signed on paper */
    bool is_other;        /* the pages are not those of the data inside */
    bool has_unsigned;    /* fields of one who has not signed are filled in */
    bool has_other_font;  /* a field is set in a font that is not the memo's, nor at hand */
    bool is_head_changed; /* what was filled in in the head has another value now */
    enum banthuek_again again;
    const struct manifest_signer **waiting; /* of the route, who has not signed */
    size_t waiting_count;
};

/* ---- verify_time.c */

/* "D:20261129084502+07'00'", and "2026-11-29T08:45:02+07:00" or a part of it. A time without zone
 * is one in Thailand. */
bool verify_pdf_time(struct str text, time_t *out);
bool verify_iso_time(struct str text, time_t *out);
struct str verify_iso_text(struct arena *arena, time_t at); /* in UTC; empty for 0 */

/* ---- verify_one.c */

/* The bytes: CMS or token, and what became of them later. Then, when all were, whose it is. */
void verify_bytes(struct verify *v, struct verify_one *one);
void verify_whose(struct verify *v, struct verify_one *one);

/* True for a document time stamp that still proves its time. */
bool verify_stamp_lasts(struct verify *v, struct verify_one *stamp);

/* ---- verify_level.c: revocation and level; after verify_whose() */
void verify_level(struct verify *v, struct verify_one *one);

/* Certificates, lists and answers of the DSS of a revision; NULL when it holds none. */
struct evidence *verify_dss(struct verify *v, size_t revision);

/* ---- verify_ours.c: what only our own memos can be asked */

/* Reads the manifest of the first revision, and sets `is_ours`. */
void verify_read_memo(struct verify *v);
void verify_ours(struct verify *v);

/* ---- verify_why.c */
enum banthuek_verdict verify_verdict(struct verify *v, struct str why[2]);

#endif
