#include "engine/work.h"

#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "engine/cache.h"
#include "pdf/pdf.h"
#include "value/read.h"
#include "value/value.h"

const char *
input_role_name(enum input_role role)
{
    static const char *const names[INPUT_ROLES] = {"report", "data", "template",
                                                   "rubric", "font", "emblem"};

    return names[role];
}

bool
input_is_data(enum input_role role)
{
    return role == INPUT_REPORT || role == INPUT_DATA;
}

static struct str
carried_name(struct work *w, enum input_role role, struct str name)
{
    if (role != INPUT_TEMPLATE && role != INPUT_RUBRIC)
        return name;
    return str_of(arena_printf(w->arena, INPUT_TEMPLATE_DIR "/%.*s", STR_FMT(name)));
}

void
inputs_append(struct inputs *inputs, struct arena *arena, const struct input *from)
{
    for (const struct input *at = inputs->first; at != NULL; at = at->next) {
        if (at->role == from->role && str_eq(at->name, from->name) &&
            strcmp(at->path, from->path) == 0)
            return;
    }
    struct input *input = arena_alloc(arena, sizeof *input);
    *input = *from;
    input->next = NULL;
    *(inputs->first == NULL ? &inputs->first : &inputs->last->next) = input;
    inputs->last = input;
}

struct input_facts *
input_facts_new(struct work *w)
{
    struct input_facts *facts = arena_alloc(w->arena, sizeof *facts);

    facts->shared = w->watch == NULL ? NULL : w->arena;
    return facts;
}

void
input_add_shared(struct work *w, enum input_role role, struct str name, const char *path,
                 struct str bytes, struct input_facts *facts)
{
    inputs_append(
        w->inputs, w->arena,
        &(struct input){role, carried_name(w, role, name), path, bytes, bytes.len, facts, NULL});
}

void
input_add_known(struct work *w, enum input_role role, struct str name, size_t size,
                const struct hash *hash)
{
    struct input_facts *facts = input_facts_new(w);

    facts->hash = *hash;
    facts->hashed = true;
    inputs_append(w->inputs, w->arena, &(struct input){role, name, "", STR(""), size, facts, NULL});
}

void
input_add(struct work *w, enum input_role role, struct str name, const char *path, struct str bytes)
{
    input_add_shared(w, role, name, path, bytes, input_facts_new(w));
}

void
input_replace(struct work *w, const char *path, struct str bytes)
{
    for (struct input *at = w->inputs->first; at != NULL; at = at->next) {
        if ((at->role == INPUT_DATA || at->role == INPUT_TEMPLATE) && strcmp(at->path, path) == 0) {
            at->bytes = bytes;
            at->size = bytes.len;
            at->facts = input_facts_new(w);
        }
    }
}

bool
input_read(struct work *w, enum input_role role, struct str name, const char *path, size_t limit,
           struct str *bytes)
{
    if (!work_read(w, path, limit, bytes))
        return false;
    input_add(w, role, name, path, *bytes);
    return true;
}

const struct hash *
input_hash(struct work *w, const struct input *input)
{
    struct input_facts *facts = input->facts;

    if (facts->shared != NULL)
        cache_lock(w->cache);
    if (!facts->hashed)
        facts->hash = hash_of(input->bytes);
    facts->hashed = true;
    if (facts->shared != NULL)
        cache_unlock(w->cache);
    return &facts->hash;
}

struct str
input_deflated(struct work *w, const struct input *input)
{
    struct input_facts *facts = input->facts;

    if (facts->shared == NULL)
        return STR("");
    cache_lock(w->cache);
    if (facts->deflated.len == 0)
        facts->deflated = pdf_deflated(facts->shared, input->bytes);
    cache_unlock(w->cache);
    return facts->deflated;
}

/* ---- reading */

bool
work_read(struct work *w, const char *path, size_t limit, struct str *bytes)
{
    watch_path(w, path);
    return files_read(w->files, w->arena, w->diags, POS_NONE, path, limit, bytes);
}

bool
work_read_inside(struct work *w, struct pos at, const char *dir, struct str name, size_t limit,
                 struct str *bytes)
{
    watch_path(w, path_join(w->arena, dir, str_cstr(w->arena, name)));
    return files_read_inside(w->files, w->arena, w->diags, at, dir, name, limit, bytes);
}

bool
work_exists(struct work *w, const char *path)
{
    watch_path(w, path);
    return files_exists(w->files, path);
}

bool
work_list(struct work *w, const char *path, struct files_list *out)
{
    watch_path(w, path);
    return files_list(w->files, w->arena, path, out);
}

const struct value *
work_yaml(struct work *w, const char *path, struct str *bytes)
{
    struct str own;

    if (bytes == NULL)
        bytes = &own;
    if (!work_read(w, path, VALUE_BYTES_MAX, bytes))
        return NULL;
    return value_read_yaml(w->arena, w->diags, path, *bytes);
}

/* ---- messages */

size_t
work_errors(const struct work *w)
{
    return diags_level_count(w->diags, DIAG_ERROR);
}

bool
work_without_warnings(struct work *w)
{
    if (diags_level_count(w->diags, DIAG_WARNING) == 0)
        return true;
    diag_add(w->diags, DIAG_ENGINE_STRICT, POS_NONE, NULL, NULL, NULL);
    return false;
}
