#include "pdf/attach.h"

#include <stdlib.h>

#include "base/arena.h"
#include "pdf/meta.h"

/* A file specification under the name as the name tree has it. */
struct named {
    struct pdf_value *key;
    unsigned spec;
};

/* Their dictionaries are as good as alike, so they stand where they are compressed together: by
 * itself in the dictionary of a stream they would not be. */
static unsigned
put_params(struct pdf_objects *objects, const struct pdf_meta *meta, size_t size)
{
    struct arena *arena = objects->arena;
    struct pdf_value *params = pdf_dict(arena);

    pdf_set(params, "Size", pdf_int(arena, (int64_t)size));
    if (meta->created.len > 0)
        pdf_set(params, "ModDate", pdf_string(arena, meta_date(arena, meta->created)));
    return pdf_put(objects, params);
}

static unsigned
put_bytes(struct pdf_objects *objects, const struct pdf_meta *meta, const struct pdf_file *file)
{
    struct arena *arena = objects->arena;
    struct pdf_value *dict = pdf_dict(arena);

    pdf_set(dict, "Type", pdf_name(arena, "EmbeddedFile"));
    pdf_set(dict, "Subtype", pdf_name(arena, file->type));
    pdf_set(dict, "Params", pdf_ref(arena, put_params(objects, meta, file->bytes.len)));
    return pdf_put_stream(objects, dict, file->bytes);
}

static unsigned
put_spec(struct pdf_objects *objects, const struct pdf_meta *meta, const struct pdf_file *file)
{
    struct arena *arena = objects->arena;
    struct pdf_value *spec = pdf_dict(arena), *embedded = pdf_dict(arena);

    pdf_set(embedded, "F", pdf_ref(arena, put_bytes(objects, meta, file)));
    pdf_set(spec, "Type", pdf_name(arena, "Filespec"));
    pdf_set(spec, "AFRelationship", pdf_name(arena, file->relation));
    if (file->description.len > 0)
        pdf_set(spec, "Desc", pdf_text(arena, file->description));
    pdf_set(spec, "EF", embedded);
    pdf_set(spec, "F", pdf_text(arena, file->name));
    pdf_set(spec, "UF", pdf_text(arena, file->name));
    return pdf_put(objects, spec);
}

/* Name trees are sorted by the bytes of their keys (§7.9.6). */
static int
by_key(const void *a, const void *b)
{
    const struct named *x = a, *y = b;

    return str_cmp(x->key->text, y->key->text);
}

static struct pdf_value *
names_of(struct arena *arena, struct named *named, size_t count)
{
    struct pdf_value *names = pdf_dict(arena), *tree = pdf_dict(arena), *list = pdf_array(arena);

    qsort(named, count, sizeof(*named), by_key);
    for (size_t i = 0; i < count; i++) {
        pdf_add(list, named[i].key);
        pdf_add(list, pdf_ref(arena, named[i].spec));
    }
    pdf_set(tree, "Names", list);
    pdf_set(names, "EmbeddedFiles", tree);
    return names;
}

void
attach_put(struct pdf_objects *objects, const struct pdf_meta *meta, struct pdf_value *catalog)
{
    struct arena *arena = objects->arena;
    struct named *named = arena_array(arena, meta->file_count, sizeof(*named));
    struct pdf_value *associated = pdf_array(arena);

    if (meta->file_count == 0)
        return;
    for (size_t i = 0; i < meta->file_count; i++) {
        named[i].key = pdf_text(arena, meta->files[i].name);
        named[i].spec = put_spec(objects, meta, &meta->files[i]);
        pdf_add(associated, pdf_ref(arena, named[i].spec));
    }
    pdf_set(catalog, "AF", associated);
    pdf_set(catalog, "Names", names_of(arena, named, meta->file_count));
}
