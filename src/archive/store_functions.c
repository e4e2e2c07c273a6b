/* Functions of ours that SQL may call. */
#include "archive/paragraphs.h"
#include "archive/store_inner.h"
#include "base/arena.h"

/* folded(z): the texts of a packed block as the indexes take them; NULL for what is none. */
static void
call_folded(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct store *store = sqlite3_user_data(context);
    struct arena *scratch = arena_new(0);
    const void *bytes = sqlite3_value_blob(values[0]);
    struct str packed = {bytes == NULL ? "" : bytes, (size_t)sqlite3_value_bytes(values[0])}, text;

    (void)count;
    struct block block;
    if (unpack(store->packer, scratch, packed, &text) && block_read(scratch, text, &block)) {
        struct str folded = block_folded(scratch, &block);
        sqlite3_result_text64(context, folded.ptr == NULL ? "" : folded.ptr, folded.len,
                              SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    arena_free(scratch);
}

int
store_add_functions(struct store *store)
{
    int result = sqlite3_create_function_v2(store->db, "folded", 1,
                                            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                            store, call_folded, NULL, NULL, NULL);

    return result == SQLITE_OK ? store_add_tokenizers(store->db) : result;
}
