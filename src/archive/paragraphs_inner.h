/* What the files that keep texts share. */
#ifndef ARCHIVE_PARAGRAPHS_INNER_H
#define ARCHIVE_PARAGRAPHS_INNER_H

#include "archive/paragraphs.h"

#define BLOCKS_NEAR 4

/* Adds a paragraph to a list, behind one of page `last_page` with the number `last`. */
void paragraphs_put_place(struct buf *list, const struct text_paragraph *one, size_t last_page,
                          int64_t last, int64_t paragraph);

/* The list of a document, empty where it has no text; in `arena`. */
bool paragraphs_list(struct store *store, struct arena *arena, int64_t chain, int64_t n,
                     struct paragraph_place **out, size_t *count);

/* The blocks of a list, each once, in their order. */
int64_t *paragraphs_blocks(struct arena *arena, const struct paragraph_place *places, size_t count,
                           size_t *blocks);

/* By which a paragraph is found. */
int64_t paragraph_hash(struct str text);

/* A block as its row has it, not packed yet. */
struct str block_write(struct arena *arena, const struct block *block);

/* Blocks that were read last: the paragraphs that a template repeats stand in few. */
struct near_block {
    int64_t number; /* 0: none */
    struct block block;
};

struct near_blocks {
    struct store *store;
    struct arena *arena;
    struct near_block list[BLOCKS_NEAR];
    size_t next;
};

/* A block by its number, read once while it is near. */
bool near_block(struct near_blocks *near, int64_t number, const struct block **out);

#endif
