/* Catalog (ISO 32000-1 §7.7.2), information dictionary (§14.3.3), file identifier (§14.4). */
#include "pdf/meta.h"

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"

void
meta_put(struct pdf_objects *objects, const struct pdf_meta *meta)
{
    struct arena *arena = objects->arena;
    struct pdf_value *catalog = pdf_dict(arena), *view = pdf_dict(arena), *info = pdf_dict(arena);

    if (meta->title.len > 0)
        pdf_set(view, "DisplayDocTitle", pdf_bool(arena, true));
    pdf_set(catalog, "Type", pdf_name(arena, "Catalog"));
    pdf_set(catalog, "Pages", pdf_ref(arena, objects->pages));
    pdf_set(catalog, "Lang", pdf_string(arena, STR("th-TH")));
    pdf_set(catalog, "ViewerPreferences", view);
    objects->catalog = pdf_put(objects, catalog);

    if (meta->title.len > 0)
        pdf_set(info, "Title", pdf_text(arena, meta->title));
    if (meta->author.len > 0)
        pdf_set(info, "Author", pdf_text(arena, meta->author));
    if (meta->accepted.len > 0)
        pdf_set(info, "Accepted", pdf_text(arena, meta->accepted));
    pdf_set(info, "Producer", pdf_string(arena, STR("banthuek " BANTHUEK_VERSION)));
    objects->info = pdf_put(objects, info);
}

void
meta_identify(struct pdf_objects *objects)
{
    struct arena *arena = objects->arena;
    struct arena_mark mark = arena_mark(arena);
    struct buf all = buf_in(arena);
    unsigned *numbers = arena_array(arena, objects->count, sizeof(*numbers));

    for (unsigned handle = 1; handle < objects->count; handle++)
        numbers[handle] = handle;
    for (unsigned handle = 1; handle < objects->count; handle++) {
        const struct pdf_object *object = &objects->object[handle];

        pdf_write_value(&all, object->value, numbers);
        if (object->is_stream) {
            struct hash hash = hash_of(object->stream);

            buf_add(&all, (struct str){(const char *)hash.bytes, sizeof(hash.bytes)});
        }
    }
    struct hash hash = hash_of(buf_str(&all));
    memcpy(objects->id, hash.bytes, sizeof(objects->id));
    arena_reset(arena, mark);
}
