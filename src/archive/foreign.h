/* The text of PDFs of other programs, by pdftotext (poppler-utils) where that is installed: a
 * program of its own with limits of its own, for such a PDF may be made to harm who reads it. */
#ifndef ARCHIVE_FOREIGN_H
#define ARCHIVE_FOREIGN_H

#include "base/str.h"
#include "pdfin/text.h"

struct arena;

#define FOREIGN_SECONDS 60
#define FOREIGN_MEMORY ((size_t)2 << 30)
#define FOREIGN_BYTES ((size_t)256 << 20) /* of what it prints */

enum foreign {
    FOREIGN_TEXT,
    FOREIGN_EMPTY,   /* pages without text: a scan */
    FOREIGN_MISSING, /* there is no pdftotext */
    FOREIGN_FAILED   /* it could not read it, or met a limit */
};

/* Starts pdftotext on the bytes of a PDF. Nothing is told. */
enum foreign foreign_read(struct arena *arena, struct str pdf, struct text_paragraphs *out);

/* The paragraphs of what pdftotext -bbox-layout prints. Lines belong together where they stand
 * below each other, the first goes to the margin and the other is not indented; between Thai
 * letters a line's end gives nothing, else a blank. Paragraphs end with their page. */
void foreign_paragraphs(struct arena *arena, struct str text, struct text_paragraphs *out);

#endif
