/* A PDF revision by revision, for what was signed in it: where each revision ends, what a number
 * stood for in it, which signatures there are and which bytes they sign.
 *
 * A revision is what a file was when it ended at one of its "%%EOF", as far as a section of
 * cross-references belongs to that (found by following startxref and /Prev, not by looking for the
 * words). Nothing is repaired, and nothing is guessed: a reader of our own is strict about syntax,
 * and libqpdf, without recovery, must have read the same without a warning. What is odd for either
 * is a doubt. With a doubt nothing can be said for sure of any signature of the file, however good
 * it looks; the signatures that were found are given all the same, so that a file which cannot be
 * read is never shown as one without signatures.
 *
 * Nothing here knows cryptography, and nothing is judged: changes/changes.h does that.
 *
 * Texts are UTF-8, ill-formed bytes replaced by U+FFFD; they may hold control characters. */
#ifndef PDFIN_REVISIONS_H
#define PDFIN_REVISIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct cos;
struct revisions;

#define REVISIONS_MAX 256
#define REVISIONS_ENTRIES_MAX 8000000 /* of all sections of cross-references together */
#define REVISIONS_NODES_MAX 16000000  /* of all objects together, see pdfin/cos.h */
#define REVISIONS_DOUBTS_MAX 16       /* that are kept */
#define REVISIONS_SIGNATURES_MAX 1024
#define REVISIONS_FIELDS_MAX 20000
#define REVISIONS_DEPTH_MAX 128
#define REVISIONS_CONTENTS_MAX ((size_t)4 << 20) /* a signature in hexadecimal digits */

#define REVISION_NONE SIZE_MAX

/* ---- doubts: why a file cannot be read for sure; the texts are in pdfin/doubt.def */

enum doubt_code {
#define D(code, english, thai) DOUBT_##code,
#include "pdfin/doubt.def"
#undef D
    DOUBT_CODE_COUNT
};

struct doubt {
    enum doubt_code code;
    size_t offset;     /* byte in the file, 0 where it is not known */
    size_t number;     /* of the object, 0 where it is none's */
    struct str detail; /* of libqpdf, or empty */
};

/* "CODE" for machines, and what it means for people, in a sentence without an end mark. */
const char *doubt_name(enum doubt_code code);
struct str doubt_text(struct arena *arena, const struct doubt *doubt, enum diag_lang lang);

/* ---- revisions */

/* Half-open ranges of bytes. The first revision begins at 0, each other where the one before ends.
 */
struct revision {
    size_t start;
    size_t end;       /* behind %%EOF and at most one line end */
    size_t changed;   /* numbers that its sections name with a place in it, or as free */
    bool loose_bytes; /* holds bytes that are part of no object and no section of its own */
    size_t loose_at;  /* where the first of them is */
    bool twice;       /* an object stands in it a second time, under the same number */
};

/* Reads a whole file; never NULL. `bytes` stay the caller's and must stay as they are as long as
 * the result is used, which lives in `arena`; libqpdf is done with when this returns. `file` is
 * the name libqpdf is told. */
struct revisions *revisions_open(struct arena *arena, const char *file, struct str bytes);

/* Finds the revisions alone, no signatures, and nothing is read before it is asked for, nor by
 * libqpdf: for texts to search in, of which nothing is claimed. `is_known`: pdfin_open() took these
 * bytes, so that they hold no streams that unpack to too much. */
struct revisions *revisions_open_alone(struct arena *arena, struct str bytes, bool is_known);

/* No doubt: everything that can be reached was read by both readers in every revision that is
 * compared (that of the first signature and all after it). */
size_t revisions_doubt_count(const struct revisions *revisions);
const struct doubt *revisions_doubt(const struct revisions *revisions, size_t index);

/* From the oldest to the newest; 0 where not even the last section could be read. Bytes behind the
 * last revision's end are a doubt. */
size_t revisions_count(const struct revisions *revisions);
const struct revision *revisions_at(const struct revisions *revisions, size_t index);
struct str revisions_bytes(const struct revisions *revisions);

/* True when "/ByteRange" stands somewhere in the bytes as they are: something was signed once, or
 * wants to look like it, even when no signature could be found. */
bool revisions_mention_signature(const struct revisions *revisions);

/* ---- signatures */

enum mdp_action { MDP_NONE, MDP_ALL, MDP_INCLUDE, MDP_EXCLUDE };

/* Which fields nobody may change any more: a /Lock or the parameters of FieldMDP. */
struct mdp_lock {
    enum mdp_action action;
    struct str *fields; /* full names; what is below a name is meant with it */
    size_t count;
    int level; /* /P of a /Lock, 0 without */
};

/* What is wrong with the bytes that a signature says it signs. */
enum signature_fault {
#define F(code, english, thai) SIGNATURE_##code,
#include "pdfin/fault.def"
#undef F
    SIGNATURE_FAULT_COUNT
};

const char *signature_fault_name(enum signature_fault fault);
/* A sentence without an end mark; empty for SIGNATURE_WHOLE. */
struct str signature_fault_text(enum signature_fault fault, enum diag_lang lang);

/* A signature, with what its dictionary says in the revision that it signs (not in a later one). */
struct signed_part {
    size_t revision; /* the one it signs; the one it stands in where `fault` says otherwise */
    size_t covers;   /* bytes from the start, but its own /Contents: that revision's end; 0
                      * with SIGNATURE_NO_RANGE and SIGNATURE_GAP */
    bool covers_all; /* the whole file, but itself */
    enum signature_fault fault;
    struct str signs[2]; /* the bytes before and behind its /Contents: what is hashed */
    struct str der;      /* the value in /Contents without the zeros; empty when it has none */

    bool is_time_stamp;  /* /Type /DocTimeStamp or /SubFilter /ETSI.RFC3161 */
    bool is_usage_right; /* only /Perms /UR3 leads to it: nobody's signature, shown as such */
    struct str field;    /* full name of its field; empty where no field leads to it */
    bool is_hidden;      /* no field of the last revision leads to it, but something else or an
                          * earlier revision does */
    size_t page;         /* from 1, where its widget is; 0 where it has none */
    bool is_seen;        /* its widget has a size and is not hidden */
    size_t number;       /* of its dictionary, 0 for one without a number */

    struct str filter, subfilter, name, reason, location, contact;
    struct str m;    /* as it stands there: D:20261129014502Z */
    struct str time; /* of M as ISO 8601, or as it stands there */
    struct str app;  /* /Prop_Build /App /Name */
    bool has_cert;   /* /Cert is there: never a source of certificates */

    int docmdp;               /* /P of its DocMDP: 1, 2, 3; 0 without */
    bool certifies;           /* /Perms /DocMDP of the revision that it signs leads to it */
    struct mdp_lock fieldmdp; /* what the signature says that it locks */
    struct mdp_lock lock;     /* what its field said: /Lock */
};

/* In the order of the revisions. */
size_t revisions_signature_count(const struct revisions *revisions);
const struct signed_part *revisions_signature(const struct revisions *revisions, size_t index);

/* ---- what a revision has for long validation: /DSS of its catalog */

/* Bytes of the streams, unpacked; in `arena` of the call. */
struct dss {
    bool is_there;
    struct str *certificates, *ocsps, *crls;
    size_t certificate_count, ocsp_count, crl_count;
    bool is_odd; /* something in it could not be read and is left out */
};

#define DSS_STREAM_MAX ((size_t)16 << 20)
#define DSS_TOTAL_MAX ((size_t)64 << 20)
#define DSS_STREAMS_MAX 4096

struct dss revisions_dss(struct revisions *revisions, struct arena *arena, size_t revision);

/* ---- fields */

/* A terminal field of a form: one that has a value of its own. */
struct form_field {
    struct str name;  /* full */
    struct str type;  /* Tx, Btn, Ch, Sig; or empty */
    struct str value; /* of a text, or the name of a button's state; empty without */
    bool has_value;
    size_t number; /* of its dictionary */
    size_t page;   /* from 1, of its first widget; 0 without */
};

/* The fields of a revision in the order of the tree. */
const struct form_field *revisions_fields(struct revisions *revisions, size_t revision,
                                          size_t *count);

/* ---- what an appearance shows */

enum shown { SHOWN_TEXT, SHOWN_UNKNOWN };

/* The text that the stream of an appearance draws in a revision, through the ToUnicode of its fonts
 * or simple encodings; lines are parted by "\n". Best effort: SHOWN_UNKNOWN when a letter has no
 * text, or when it draws pictures or anything that may be text and is not known to be. With
 * `trusted` only fonts count that were there in that revision already, unchanged; others may say
 * in ToUnicode what they do not show. */
enum shown revisions_shown(struct revisions *revisions, struct arena *arena, size_t revision,
                           size_t number, size_t trusted, struct str *text);

/* The stream of an appearance as it stands in a revision: its own bytes, unpacked, and its box in
 * units of 1/1000 pt. False when it is none, or packed in a way that is not read here. */
struct appearance_stream {
    struct str content;
    long box[4];
};
bool revisions_appearance(struct revisions *revisions, struct arena *arena, size_t revision,
                          size_t number, struct appearance_stream *out);

#endif
