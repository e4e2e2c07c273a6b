/* Reading the text of a document that is added. */
#ifndef ARCHIVE_READING_H
#define ARCHIVE_READING_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"
#include "pdfin/text.h"

struct arena;
struct columns;

/* Reads the text of a document, before the transaction that adds it, since it may take its time: of
 * a PDF of ours through its structure, of others by pdftotext (foreign.h). What is said of the
 * document in `columns` and stands nowhere in its text (a subject, a number, people) comes behind
 * it, on no page. The document is kept whatever comes of it: where its pages have no text that
 * could be read, ARCHIVE_TEXT_… says so, as a warning at `at`. */
void reading_read(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
                  const struct columns *columns, struct text_paragraphs *out);

#endif
