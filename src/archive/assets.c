#include "archive/assets.h"

#include "archive/store.h"
#include "base/arena.h"
#include "inspect/lent.h"

bool
assets_get_quietly(struct store *store, struct arena *arena, int64_t content, struct str *bytes)
{
    struct diags *told = store_diags(store), *quiet = diags_new();

    store_use(store, quiet);
    bool good = content_get(store, arena, content, bytes);
    store_use(store, told);
    diags_free(quiet);
    return good;
}

static void
take(struct store *store, struct assets *assets, const struct rows *rows)
{
    struct str role = rows_text(rows, 0), bytes;
    const char *name = str_cstr(assets->arena, str_dup(assets->arena, rows_text(rows, 1)));
    bool is_font = str_is(role, "font");

    if (!rows_is_none(rows, 2) &&
        assets_get_quietly(store, assets->arena, rows_number(rows, 2), &bytes)) {
        *ARENA_ADD(assets->arena, assets->file, assets->count, assets->cap, 8) =
            (struct banthuek_archive_asset){is_font ? "font" : "emblem", lent_bytes(str_of(name)),
                                            lent_bytes(bytes)};
        return;
    }
    if (is_font && assets->missing == NULL)
        assets->missing = name;
    else if (!is_font)
        assets->no_emblem = name;
}

bool
assets_load(struct store *store, struct assets *assets, int64_t kit)
{
    if (assets->arena != NULL && assets->kit == kit)
        return true;
    arena_free(assets->arena);
    *assets = (struct assets){.arena = arena_new(0), .kit = kit};
    if (kit == 0)
        return true;
    struct rows rows = store_ask(store, STORE_VERIFY_ASSETS, CELLS(cell_number(kit)));
    while (rows_next(&rows))
        take(store, assets, &rows);
    return rows_end(&rows);
}

void
assets_close(struct assets *assets)
{
    arena_free(assets->arena);
    *assets = (struct assets){.arena = NULL};
}
