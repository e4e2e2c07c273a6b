/* Texts of documents: each paragraph is kept once, whatever documents have it (most repeat from the
 * template). Paragraphs that came with one document are packed together, some thousand bytes as a
 * block, and two indexes (cut.h) know what is in which block: `pairs` to find, `words` to say what
 * fits.
 *
 * A document has a list of its paragraphs with their pages, and each block a list of the documents
 * that hold something of it. */
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

/* Before a transaction that put documents is committed: keeps the indexes small. */
bool paragraphs_tidy(struct store *store);

/* Takes it away, with the paragraphs that no other document has. They are gone from the indexes
 * when paragraphs_purge() was called in the same transaction. */
bool paragraphs_remove(struct store *store, int64_t chain, int64_t n);

/* Makes the indexes anew without what was removed. */
bool paragraphs_purge(struct store *store);

/* The paragraphs of a document in their order, in `arena`; none where it has no text. */
bool paragraphs_get(struct store *store, struct arena *arena, int64_t chain, int64_t n,
                    struct text_paragraphs *out);

/* ---- for verifying */

/* Whether the list of a document can be read, leads to paragraphs that have as many bytes as were
 * counted, and is known to the blocks that it leads to: *held of them, -1 where there is no list.
 */
bool paragraphs_check(struct store *store, int64_t chain, int64_t n, int64_t *held);

/* Whether each text of a block can be found by its hash, and nothing else. False where the store
 * failed. */
bool paragraphs_check_blocks(struct store *store, bool *good);

/* ---- for searching */

/* A paragraph of a document's list. */
struct paragraph_place {
    int64_t paragraph;
    size_t page;
    const struct text_turn *turns;
    size_t turn_count;
};

/* Reads the packed list of a row, or of none, in `arena`. False for what paragraphs_put() did not
 * write. */
bool paragraphs_places(struct store *store, struct arena *arena, struct str packed,
                       struct paragraph_place **out, size_t *count);

/* Tells that the text of a document is not as it is written. Always false. */
bool paragraphs_damaged(struct store *store);

/* The text of a paragraph. False, told, where there is none. */
bool paragraph_text(struct store *store, struct arena *arena, int64_t paragraph, struct str *out);

/* The number of a paragraph is that of its block, and its place there. */
#define BLOCK_PARAGRAPHS 1024

int64_t block_of_paragraph(int64_t paragraph);

/* The largest number of a block, 0 where there is none. False, told, where there cannot be so many.
 */
#define BLOCKS_MAX ((int64_t)1 << 28)
bool paragraphs_last(struct store *store, int64_t *out);

struct block {
    struct str *texts; /* empty where one was removed */
    size_t count;
};

/* The paragraphs of a block by its number, or of its bytes. */
bool block_get(struct store *store, struct arena *arena, int64_t number, struct block *out);
bool block_read(struct arena *arena, struct str bytes, struct block *out);

/* As the indexes take them: folded, a line each. */
struct str block_folded(struct arena *arena, const struct block *block);

/* Whether the indexes are as this program cuts; `words` may be of other word lists. */
struct paragraphs_state {
    bool pairs, words;
};
bool paragraphs_state(struct store *store, struct paragraphs_state *out);

/* Makes the indexes that are of another version anew, in the transaction that writes. */
bool paragraphs_renew(struct store *store);

#endif
