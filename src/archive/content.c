/* Contents: bytes kept once each. */
#include <string.h>

#include "archive/store_inner.h"
#include "base/arena.h"

bool
content_find(struct store *store, const struct hash *hash, int64_t *key)
{
    return store_number(store, STORE_CONTENT_FIND, CELLS(cell_hash(hash)), 0, key);
}

static bool
add_content(struct store *store, const struct content *content, struct str kept)
{
    return store_do(store, STORE_CONTENT_ADD,
                    CELLS(cell_hash(&content->hash), cell_number((int64_t)content->bytes.len),
                          cell_number(content->kind), cell_bytes(kept)));
}

bool
content_put_known(struct store *store, const struct content *content, int64_t *key)
{
    if (!content_find(store, &content->hash, key))
        return false;
    if (*key != 0)
        return true;
    struct arena *scratch = arena_new(0);
    struct str kept = content->kind == CONTENT_GIVEN ? content->bytes
                      : content->kept.len > 0        ? content->kept
                                                     : pack(store->packer, scratch, content->bytes);
    bool good = add_content(store, content, kept);
    arena_free(scratch);
    *key = good ? store_new_key(store) : 0;
    return good;
}

bool
content_put(struct store *store, enum content_kind kind, struct str bytes, struct hash *hash,
            int64_t *key, bool *is_new)
{
    const struct content content = {.kind = kind, .bytes = bytes, .hash = hash_of(bytes)};
    int64_t before = 0;

    *hash = content.hash;
    if (is_new != NULL && !content_find(store, hash, &before))
        return false;
    if (is_new != NULL)
        *is_new = before == 0;
    return content_put_known(store, &content, key);
}

/* The row's bytes as they were before they were packed. */
static bool
take(struct store *store, struct arena *arena, const struct rows *rows, struct str *bytes)
{
    struct str kept = rows_text(rows, 3);

    if (rows_number(rows, 2) != CONTENT_GIVEN)
        return unpack(store->packer, arena, kept, bytes);
    *bytes = str_dup(arena, kept);
    return true;
}

bool
content_get(struct store *store, struct arena *arena, int64_t key, struct str *bytes)
{
    struct rows rows = store_ask(store, STORE_CONTENT_GET, CELLS(cell_number(key)));
    struct hash expected, found;
    char hex[2 * HASH_SIZE + 1];

    *bytes = STR("");
    if (!rows_next(&rows))
        return rows_end(&rows) &&
               store_damaged(store, diag_both(store->diags, "a content that an entry names is gone",
                                              "ไม่มีเนื้อหาที่รายการอ้างถึง"));
    bool good = rows_hash(&rows, 0, &expected) && take(store, arena, &rows, bytes);
    found = hash_of(*bytes);
    good = good && memcmp(&expected, &found, sizeof expected) == 0;
    if (!rows_end(&rows))
        return false;
    if (!good) {
        hash_hex(&expected, hex);
        diag_add(store->diags, DIAG_ARCHIVE_CONTENT, store_pos(store),
                 diag_printf(store->diags, "%s", hex), NULL, NULL);
    }
    return good;
}
