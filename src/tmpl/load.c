/* XML mode: loading a template and checking it, without data. */
#include "base/arena.h"
#include "schema/schema.h"
#include "tmpl/tmpl.h"
#include "tmpl/tree.h"

struct tmpl *
tmpl_load(struct arena *arena, struct diags *diags, const struct schema *schema,
          tmpl_source *source, void *context, const char *file, struct str bytes)
{
    struct tmpl *tmpl = arena_alloc(arena, sizeof *tmpl);
    struct check *check = arena_alloc(arena, sizeof *check);
    const struct tnode *parsed = resolve_parse(arena, diags, file, bytes);

    if (parsed == NULL)
        return NULL;
    check->arena = arena;
    check->diags = diags;
    check->schema = schema;
    check->good = true;
    tmpl->schema = schema;
    tmpl->root = resolve(check, source, context, parsed);
    tmpl->used = check->used;
    return tmpl->root == NULL ? NULL : tmpl;
}
