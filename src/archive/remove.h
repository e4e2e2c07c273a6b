/* Removing what an entry says: its document with all that was kept of it alone, its columns and the
 * salt. The entry stays in the chain with its salted digest, which nobody can guess from any more,
 * and another entry says what was removed, when, why and by whom. */
#ifndef ARCHIVE_REMOVE_H
#define ARCHIVE_REMOVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct arena;
struct store;

/* In the transaction that writes: its text and what the indexes have of it, too. `by` becomes the
 * entry that says so. What other entries share stays: their contents, the kit. What the removed one
 * took the place of has the one in its place that was newer than this, or is the newest again.
 * False with ARCHIVE_NO_ENTRY, ARCHIVE_REMOVED (it was before) or ARCHIVE_NOT_DOCUMENT.
 * store_tidy() afterwards, so that nothing of it is left in the log. */
bool entry_remove(struct store *store, struct arena *arena, int64_t n, struct str reason,
                  struct str who, int64_t *by);

/* A removal that an entry tells of. */
struct removal {
    int64_t chain, n, content; /* what is removed; the key of its content, 0: that is not here */
    int64_t by;                /* the entry, of the same chain */
    int64_t earlier, newer;    /* versions of the document, 0: none */
};

/* The part of it that an import does, too. paragraphs_purge() afterwards. */
bool entry_drop(struct store *store, const struct removal *removal);

#endif
