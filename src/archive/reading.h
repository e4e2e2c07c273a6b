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
 * could be read, ARCHIVE_TEXT_… says so, as a warning at `at`; not of a PDF of which it `is_told`
 * already that it cannot be read. */
void reading_read(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
                  const struct columns *columns, bool is_told, struct text_paragraphs *out);

/* Whether a PDF says in its XMP, which is never packed, that this program made it. Whoever writes
 * that into another PDF gets that one's structure read. */
bool reading_is_ours(struct str bytes);

#endif
