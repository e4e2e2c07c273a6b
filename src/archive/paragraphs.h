/* Texts of documents: each paragraph is kept once, whatever documents have it (most repeat from the
 * template), with two indexes over all of them (cut.h): `pairs` to find, `words` to say what fits.
 *
 * A document has a list of its paragraphs with their pages, and each paragraph a list of the
 * documents that hold it. */
#ifndef ARCHIVE_PARAGRAPHS_H
#define ARCHIVE_PARAGRAPHS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "pdfin/text.h"

struct arena;
struct store;

/* The page of what is no text of a page, but said of the document: number, subject, people. */
#define PARAGRAPH_NO_PAGE 0

/* Keeps the text of a document, in the transaction that writes. Paragraphs in which nothing could
 * be found (fewer than two code points) are left out. */
bool paragraphs_put(struct store *store, int64_t chain, int64_t n,
                    const struct text_paragraphs *paragraphs);

/* Takes it away, with the paragraphs that no other document has. They are gone from the indexes
 * when paragraphs_purge() was called in the same transaction. */
bool paragraphs_remove(struct store *store, int64_t chain, int64_t n);

/* Makes the indexes anew without what was removed. */
bool paragraphs_purge(struct store *store);

/* The paragraphs of a document in their order, in `arena`; none where it has no text. */
bool paragraphs_get(struct store *store, struct arena *arena, int64_t chain, int64_t n,
                    struct text_paragraphs *out);

/* ---- for searching */

/* A paragraph of a document's list. */
struct paragraph_place {
    int64_t paragraph;
    size_t page;
    const struct text_turn *turns;
    size_t turn_count;
};

/* Reads a list of a row; in `arena`. False for what paragraphs_put() did not write. */
bool paragraphs_places(struct arena *arena, struct str list, struct paragraph_place **out,
                       size_t *count);

/* The text of a paragraph. False, told, where there is none. */
bool paragraph_text(struct store *store, struct arena *arena, int64_t paragraph, struct str *out);

/* The same, folded. */
bool paragraph_folded(struct store *store, struct arena *arena, int64_t paragraph, struct str *out);

/* Whether the indexes are as this program cuts; `words` may be of other word lists. */
struct paragraphs_state {
    bool pairs, words;
};
bool paragraphs_state(struct store *store, struct paragraphs_state *out);

/* Makes the indexes that are of another version anew, in the transaction that writes. */
bool paragraphs_renew(struct store *store);

#endif
