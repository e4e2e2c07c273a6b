#include "archive/kit.h"

#include "archive/canon.h"
#include "archive/entry.h"
#include "archive/store.h"
#include "base/arena.h"
#include "value/value.h"

static bool
put_rows(struct store *store, int64_t content, const struct column_part *parts, size_t count)
{
    bool good = true;

    for (size_t i = 0; i < count && good; i++)
        good =
            store_do(store, STORE_KIT_ADD,
                     CELLS(cell_number(content), cell_number((int64_t)i), cell_text(parts[i].role),
                           cell_text(parts[i].name), cell_hash(&parts[i].sha256)));
    return good;
}

bool
kit_put(struct store *store, struct arena *arena, const struct column_part *parts, size_t count,
        struct columns *columns)
{
    struct buf list = buf_in(arena);
    int64_t content;

    columns->has_kit = count > 0;
    if (count == 0)
        return true;
    canon_write(columns_parts(arena, parts, count), &list);
    return content_put(store, CONTENT_PART, buf_str(&list), &columns->kit, &content, NULL) &&
           kit_rows(store, arena, content);
}

/* What is written there was normalised, so the rows are made of what is read again. */
bool
kit_rows(struct store *store, struct arena *arena, int64_t content)
{
    struct column_part *parts;
    struct str text;
    size_t count;
    int64_t there;

    if (!store_number(store, STORE_KIT_COUNT, CELLS(cell_number(content)), 0, &there))
        return false;
    if (there > 0)
        return true;
    if (!content_get(store, arena, content, &text))
        return false;
    const struct value *list = canon_read(arena, store_diags(store), store_path(store), text);
    if (list == NULL)
        return false;
    if (list->kind != VALUE_LIST || !columns_read_parts(arena, list, &parts, &count))
        return store_damaged(store, diag_both(store_diags(store), "a list of files is none",
                                              "รายชื่อแฟ้มไม่อยู่ในรูปที่โปรแกรมเขียน"));
    return put_rows(store, content, parts, count);
}
