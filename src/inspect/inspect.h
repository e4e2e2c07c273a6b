/* What is told about a PDF: what it holds, and what comes out when it is made again from the data
 * inside. */
#ifndef INSPECT_INSPECT_H
#define INSPECT_INSPECT_H

#include "banthuek.h"
#include "base/str.h"
#include "inspect/opened.h"

struct work;

enum again {
    AGAIN_FOREIGN, /* not one of ours */
    AGAIN_NO_DATA, /* one of ours, made with --no-data */
    AGAIN_FAILED,  /* could not be made; why_not says the first reason */
    AGAIN_EMBLEM,  /* the emblem it was made with is not at hand: nothing to be compared */
    AGAIN_OTHER,   /* pages that are not those of then */
    AGAIN_SAME
};
#define AGAIN_COUNT 6

/* What the bytes made again are to those of the file. */
enum again_bytes {
    BYTES_OTHER,
    BYTES_FIRST, /* the file begins with them: something was added later, as signing does */
    BYTES_SAME
};

struct inspected {
    struct opened opened;
    enum again again;
    enum again_bytes bytes;
    struct str why_not[2]; /* English, Thai */
};

/* Makes it again, out of a private folder that is gone afterwards, and sets `again` and `bytes`.
 * What differs is added as notes MANIFEST_…, what that means as a warning ENGINE_AGAIN_…. Closes
 * what was opened; the description stays. */
void inspect_again(struct work *w, struct inspected *inspected);

/* The report, for people and for programs (src/cli/inspect.schema.json, without messages). */
void inspect_text(const struct inspected *inspected, enum banthuek_lang lang, struct buf *out);
void inspect_json(const struct inspected *inspected, enum banthuek_lang lang, struct buf *out);

#endif
