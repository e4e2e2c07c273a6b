/* Documents by the code of their for-pen form: what a signed paper belongs to. */
#ifndef ARCHIVE_CODE_H
#define ARCHIVE_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/code.h"
#include "base/str.h"

struct arena;
struct store;

struct coded {
    int64_t n; /* of the entry in the own chain: the newest that is no scan; 0: there is none */
    int64_t content; /* its bytes */
    struct str file; /* what it was added as */
    bool is_secret;
    int64_t scan;  /* the newest scan of it; 0: there is none */
    int64_t later; /* an entry that is in its place now and has another code: the report was
                      changed after it was printed; 0: none */
};

/* Finds the report that a code belongs to; its texts are in `arena`. False where the store failed.
 */
bool code_find_document(struct store *store, struct arena *arena, const struct code *code,
                        struct coded *out);

/* How many documents of ours there are of which it is not known whether they have one: they were
 * added by an earlier version. */
bool code_unknown(struct store *store, int64_t *count);

#endif
