#include "engine/input.h"

#include <string.h>

#include "base/arena.h"
#include "base/io.h"
#include "engine/engine.h"

const char *
input_role_name(enum input_role role)
{
    static const char *const names[INPUT_ROLES] = {"report", "data", "template",
                                                   "rubric", "font", "emblem"};

    return names[role];
}

const char *
input_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

/* "./a//b" and "a/b" are one file, so they get one name. */
static struct str
one_name(struct banthuek *b, enum input_role role, struct str rest)
{
    struct buf out = buf_in(b->arena);

    if (role == INPUT_TEMPLATE || role == INPUT_RUBRIC)
        buf_text(&out, INPUT_TEMPLATE_DIR);
    while (rest.len > 0) {
        struct str part = str_sub(rest, 0, str_find(rest, STR("/")));
        if (part.len > 0 && !str_is(part, ".")) {
            buf_text(&out, out.len > 0 ? "/" : "");
            buf_add(&out, part);
        }
        rest = str_sub(rest, part.len + 1, rest.len);
    }
    return buf_str(&out);
}

void
input_add(struct banthuek *b, enum input_role role, struct str name, const char *path,
          struct str bytes)
{
    struct input *input = arena_alloc(b->arena, sizeof *input);

    *input = (struct input){role, one_name(b, role, name), path, bytes, NULL};
    for (const struct input *at = b->inputs; at != NULL; at = at->next) {
        if (at->role == role && str_eq(at->name, input->name) && strcmp(at->path, path) == 0)
            return;
    }
    *(b->inputs == NULL ? &b->inputs : &b->last_input->next) = input;
    b->last_input = input;
}

bool
input_read(struct banthuek *b, enum input_role role, struct str name, const char *path,
           size_t limit, struct str *bytes)
{
    if (!io_read(b->arena, b->diags, POS_NONE, path, limit, bytes))
        return false;
    input_add(b, role, name, path, *bytes);
    return true;
}

const struct input *
input_of_path(const struct banthuek *b, struct str path)
{
    for (const struct input *at = b->inputs; at != NULL; at = at->next) {
        if (str_is(path, at->path))
            return at;
    }
    return NULL;
}
