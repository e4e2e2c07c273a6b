/* The text of PDFs of other programs, by pdftotext (poppler-utils) where that is installed: a
 * program of its own with limits of its own, for such a PDF may be made to harm who reads it. */
#ifndef ARCHIVE_FOREIGN_H
#define ARCHIVE_FOREIGN_H

#include "base/str.h"
#include "pdfin/text.h"

struct arena;

#define FOREIGN_SECONDS 60
#define FOREIGN_MEMORY ((size_t)2 << 30)
#define FOREIGN_BYTES ((size_t)64 << 20) /* of text */

enum foreign {
    FOREIGN_TEXT,
    FOREIGN_EMPTY,   /* pages without text: a scan */
    FOREIGN_MISSING, /* there is no pdftotext */
    FOREIGN_FAILED   /* it could not read it, or met a limit */
};

/* Starts pdftotext on the bytes of a PDF. Blocks between empty lines are paragraphs. Nothing is
 * told. */
enum foreign foreign_read(struct arena *arena, struct str pdf, struct text_paragraphs *out);

/* The paragraphs of what pdftotext prints: pages end at form feeds. Line ends between Thai letters
 * give nothing, others a blank. */
void foreign_paragraphs(struct arena *arena, struct str text, struct text_paragraphs *out);

#endif
