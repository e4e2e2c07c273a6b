/* What is told about a PDF: what it holds, and what comes out when it is made again from the data
 * inside. */
#ifndef INSPECT_INSPECT_H
#define INSPECT_INSPECT_H

#include "banthuek-pdf.h"
#include "base/str.h"
#include "inspect/opened.h"

struct arena;
struct work;

/* What stands on a page, and what was made instead. */
struct difference {
    size_t page; /* from 1; 0: the texts are the same, or cannot be read */
    struct str then, now;
};

struct inspected {
    struct opened opened;
    enum banthuek_again again;
    enum banthuek_again scan; /* of a scan, whose `again` says that it is one */
    enum banthuek_again_bytes bytes;
    size_t differences;      /* besides the pages: what went into it that is not as it was then */
    struct str why_not[2];   /* English, Thai */
    struct str code;         /* of the for-pen form of its pages, or empty */
    struct str made;         /* SHA-256 of what was made, hexadecimal; empty: nothing was */
    struct difference first; /* where other bytes were made: the first text that is another */
};

/* Makes it again from the files inside, of which none is written to disk, and sets all but
 * `opened`. What differs is added as notes MANIFEST_…, what that means as a warning ENGINE_AGAIN_….
 * Closes what was opened; the description stays. */
void inspect_again(struct work *w, struct inspected *inspected);

/* The first difference between the texts of two PDFs, both as they were made: in a file that was
 * added to, the one behind its first state counts for nothing. Texts live in `arena`. */
void difference_find(struct arena *arena, struct str then, struct str now, struct difference *out);

#endif
