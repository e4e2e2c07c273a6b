#include "engine/input.h"

#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "engine/engine.h"

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
carried_name(struct banthuek *b, enum input_role role, struct str name)
{
    if (role != INPUT_TEMPLATE && role != INPUT_RUBRIC)
        return name;
    return str_of(arena_printf(b->arena, INPUT_TEMPLATE_DIR "/%.*s", STR_FMT(name)));
}

void
input_add(struct banthuek *b, enum input_role role, struct str name, const char *path,
          struct str bytes)
{
    struct input *input = arena_alloc(b->arena, sizeof *input);

    *input = (struct input){role, carried_name(b, role, name), path, bytes, NULL};
    for (const struct input *at = b->inputs; at != NULL; at = at->next) {
        if (at->role == role && str_eq(at->name, input->name) && strcmp(at->path, path) == 0)
            return;
    }
    *(b->inputs == NULL ? &b->inputs : &b->last_input->next) = input;
    b->last_input = input;
}

void
input_replace(struct banthuek *b, const char *path, struct str bytes)
{
    for (struct input *at = b->inputs; at != NULL; at = at->next) {
        if ((at->role == INPUT_DATA || at->role == INPUT_TEMPLATE) && strcmp(at->path, path) == 0)
            at->bytes = bytes;
    }
}

bool
input_read(struct banthuek *b, enum input_role role, struct str name, const char *path,
           size_t limit, struct str *bytes)
{
    if (!files_read(b->files, b->arena, b->diags, POS_NONE, path, limit, bytes))
        return false;
    input_add(b, role, name, path, *bytes);
    return true;
}
