/* Marked content of a page: what each number of it shows. */
#ifndef PDFIN_TEXT_INNER_H
#define PDFIN_TEXT_INNER_H

#include "pdfin/revisions_inner.h"
#include "pdfin/text.h"

/* The texts of a page by number of marked content (MCID). In a text "\n" parts text objects, which
 * mostly are lines. */
struct text_marks {
    struct str *text;
    size_t count, cap;
};

/* Reads the marked content of the page with this number. False when a letter cannot be told, or it
 * cannot be read at all. */
bool text_marks_read(struct revisions *r, struct arena *arena, size_t revision, size_t page,
                     struct text_marks *out);

#endif
