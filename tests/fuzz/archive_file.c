/* Any bytes as an archive: opened to be read and to be written, listed, its chain walked, its
 * contents taken out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archive/canon.h"
#include "archive/chain.h"
#include "archive/entry.h"
#include "archive/store.h"
#include "base/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
write_file(const char *path, const uint8_t *data, size_t size)
{
    FILE *out = fopen(path, "wb");

    if (out == NULL)
        return false;
    bool good = fwrite(data, 1, size, out) == size;
    return fclose(out) == 0 && good;
}

static void
read_entry(struct store *store, struct arena *arena, int64_t n)
{
    struct chain_entry entry;
    struct chain_sealed sealed;
    struct columns columns;
    struct str bytes;
    int64_t content;

    if (!chain_entry(store, arena, CHAIN_OWN, n, &entry) ||
        !chain_sealed(store, arena, CHAIN_OWN, n, &sealed, &content))
        return;
    const struct value *tree = canon_read(arena, store_diags(store), "columns", sealed.columns);
    if (tree != NULL)
        (void)columns_read(store, arena, tree, &columns);
    if (content != 0)
        (void)content_get(store, arena, content, &bytes);
    struct rows rows = store_ask(store, STORE_PARTS, CELLS(cell_number(0), cell_number(n)));
    for (int i = 0; i < 100 && rows_next(&rows); i++) {
        if (!rows_is_none(&rows, 3))
            (void)content_get(store, arena, rows_number(&rows, 3), &bytes);
    }
    (void)rows_end(&rows);
}

static void
use(struct store *store, bool write)
{
    struct arena *arena = arena_new(0);
    struct chain_checked checked;
    struct chain_entry head;
    struct columns columns = {.subject = STR("s")};
    const struct entry_document document = {.bytes = STR("a memo"), .columns = &columns};
    struct entry_added added;

    (void)chain_check(store, CHAIN_OWN, &checked, NULL, NULL);
    (void)chain_head(store, arena, CHAIN_OWN, &head);
    for (int64_t n = 1; n <= 8; n++)
        read_entry(store, arena, n);
    if (write && store_begin(store) && entry_add(store, arena, &document, &added))
        (void)store_commit(store);
    store_end(store);
    arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char path[64];
    char beside[80];

    if (path[0] == '\0')
        (void)snprintf(path, sizeof path, "/dev/shm/archive-fuzz-%d.db", (int)getpid());
    for (int write = 0; write < 2; write++) {
        struct diags *diags = diags_new();
        struct store_options options = {write ? STORE_CREATE : STORE_READ, 1};
        struct store *store =
            write_file(path, data, size) ? store_open(diags, path, &options) : NULL;
        if (store != NULL)
            use(store, write);
        store_close(store);
        diags_free(diags);
        for (int i = 0; i < 3; i++) {
            static const char *const endings[] = {"-wal", "-shm", "-journal"};
            (void)snprintf(beside, sizeof beside, "%s%s", path, endings[i]);
            (void)remove(beside);
        }
    }
    (void)remove(path);
    return 0;
}
