/* The for-pen form of pages: what is printed, signed with a pen, and scanned. Its pages are the
 * same line for line, but for three things: where others have fields to sign in there is what a pen
 * needs; nothing is a field; and in the lower left corner, outside the text's margins, each says
 * which report and which page it is, in a QR code, the first one below it in print, too.
 *
 * The code (base/code.h) is the first 80 bits of the SHA-256 of "banthuek-code-1", a NUL, and the
 * text of the dump of these pages (page.h) with its own items empty: the QR codes say "", and so
 * does the line in print. Whoever has the pages, of either form, has the code. */
#ifndef LAYOUT_PEN_H
#define LAYOUT_PEN_H

#include "base/code.h"
#include "base/hash.h"
#include "layout/layout.h"

struct pen;

/* For pages that are no draft, laid out for this job. NULL with LAYOUT_CODE_PAGES,
 * LAYOUT_CODE_ROOM, LAYOUT_CODE_PLACE, LAYOUT_CODE_COVERED or TEXT_NO_GLYPH. It lives in `arena`,
 * borrows the pages, and needs the job no more. */
struct pen *pen_new(struct arena *arena, struct diags *diags, const struct layout_job *job,
                    const struct pages *pages);

/* The code; and in *dump the SHA-256 of the dump of the pages themselves, which takes hardly any
 * longer than either alone. */
struct code pen_code(const struct pen *pen, struct hash *dump);

/* The for-pen pages. NULL with TEXT_NO_GLYPH. */
struct pages *pen_pages(const struct pen *pen, struct diags *diags, const struct layout_job *job,
                        const struct code *code);

#endif
