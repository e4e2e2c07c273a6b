/* What became of a signed PDF after each of its signatures.
 *
 * Every revision is compared with the one before it, from that of the first signature on: both
 * trees of objects from the root, by path and as numbers are resolved in each, so that a table that
 * points elsewhere is as good as an object written anew. What differs must be on a list of what
 * may (signing.md §6; ISO 32000-1 §12.8.2): by the level of the certification, and by the fields
 * that earlier signatures locked. All else is refused. A change is put to the revision that made
 * it; a signature is answerable for all after its own.
 *
 * Nothing here checks cryptography: that the bytes of a signature are what was signed, and whose it
 * is, pki/ and sign/ say. */
#ifndef CHANGES_CHANGES_H
#define CHANGES_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"
#include "pdfin/revisions.h"

struct arena;

#define CHANGES_MAX 1000            /* kept; what comes beyond counts for the answers only */
#define CHANGES_REFUSED_MAX 32      /* of one revision: its comparison ends there */
#define CHANGES_STEPS_MAX 400000000 /* pairs of objects looked at, of all revisions together */

/* Kinds of changes, in changes/change.def: C(CODE, sort, "english", "thai"). */
enum change_code {
#define C(code, sort, english, thai) CHANGE_##code,
#include "changes/change.def"
#undef C
    CHANGE_CODE_COUNT
};

enum change_sort {
    SORT_ALLOWED, /* an addition that a signature lets happen; always told */
    SORT_REFUSED,
    SORT_WARNING /* what is odd in the signed file itself, and may be made for a later change */
};

struct change {
    enum change_code code;
    enum change_sort sort;
    size_t revision;    /* the one that made it; of a warning, the one that has it */
    size_t page;        /* from 1; 0: of no page, or not known */
    struct str field;   /* full name of the field; or empty */
    struct str where;   /* for experts, as a path: "Root/Pages/Kids/2/Contents"; or empty */
    struct str was, is; /* old and new value where they are texts, else empty */
    size_t appearance;  /* number of the stream that a field shows now; 0 without */
    size_t signature;   /* index of the signature that was added; SIZE_MAX for all others */
};

/* "FIELD_FILLED" for machines, and a sentence for people without an end mark, with page, field and
 * values in it. */
const char *change_name(enum change_code code);
struct str change_text(struct arena *arena, const struct change *change, enum diag_lang lang);

/* The verdict on one signature. */
enum changes_answer {
    CHANGES_NONE,    /* unchanged: it covers the whole file */
    CHANGES_ALLOWED, /* unchanged, with allowed additions: those after its revision */
    CHANGES_REFUSED, /* changed: at least one of those is refused, or what it says that it signs
                      * is not its own (`fault` of its signed_part) */
    CHANGES_UNSURE   /* cannot be read for sure: revisions_doubt() says why */
};

const char *changes_answer_name(enum changes_answer answer);

struct changes {
    const struct change *list; /* in the order of revisions; warnings among them */
    size_t count;
    size_t dropped;                     /* that did not fit */
    const enum changes_answer *answers; /* of each signature of `revisions`, in its order */
};

/* Whether the new appearance of a field draws its value. `change` has field, revision, appearance
 * (the number of the new stream in that revision; 0: none is there) and `is`, the value. */
enum drawn { DRAWN_YES, DRAWN_NO, DRAWN_UNKNOWN };

struct drawing {
    enum drawn (*draws)(void *context, const struct change *change);
    void *context;
};

/* Compares all revisions after the first signature's. Whether a new appearance draws its value is
 * what `drawing` says, if it is given (sign/redraw.h for PDFs of ours); else, and where it cannot
 * say, it is told by the text in it (revisions_shown()), with fonts that were there before, or that
 * came with a revision that somebody signed. What is not drawn, or cannot be told, is refused:
 * CHANGE_NOT_DRAWN, CHANGE_DRAWN_UNKNOWN. Of fields of signature nothing is asked: what they show
 * is only named. */
struct changes changes_find(struct arena *arena, struct revisions *revisions,
                            const struct drawing *drawing);

/* The same for what became of the first revision until somebody signed: nobody is answerable for
 * it, and `answers` is NULL. Empty where nobody has signed, or the first revision was. */
struct changes changes_before(struct arena *arena, struct revisions *revisions,
                              const struct drawing *drawing);

/* same.c: true when two objects, of two files or of one, are the same with all that they refer to:
 * what an appearance is compared by with one that was made again. Their numbers may differ, and how
 * streams are packed. */
bool changes_same_objects(struct revisions *r, size_t revision, size_t number,
                          struct revisions *other, size_t other_revision, size_t other_number);

/* The changes that a signature is answerable for begin at this index of the list; those of it that
 * are warnings count for none. */
size_t changes_after(const struct changes *changes, const struct revisions *revisions,
                     size_t signature);

#endif
