/* What is told about a PDF: what it holds, and what comes out when it is made again from the data
 * inside. */
#ifndef INSPECT_INSPECT_H
#define INSPECT_INSPECT_H

#include "banthuek-pdf.h"
#include "base/str.h"
#include "inspect/opened.h"

struct work;

struct inspected {
    struct opened opened;
    enum banthuek_again again;
    enum banthuek_again_bytes bytes;
    size_t differences;    /* besides the pages: what went into it that is not as it was then */
    struct str why_not[2]; /* English, Thai */
};

/* Makes it again from the files inside, of which none is written to disk, and sets all but
 * `opened`. What differs is added as notes MANIFEST_…, what that means as a warning ENGINE_AGAIN_….
 * Closes what was opened; the description stays. */
void inspect_again(struct work *w, struct inspected *inspected);

#endif
