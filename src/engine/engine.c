/* Opening and closing. */
#include "engine/engine.h"

#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/unfinished.h"
#include "base/utf8.h"
#include "text/breaks.h"
#include "text/font.h"

#define MEMORY_DEFAULT ((size_t)1024 * 1024 * 1024)

const char *
banthuek_version(void)
{
    return BANTHUEK_VERSION;
}

void
banthuek_set_oom(void (*handler)(size_t size))
{
    arena_set_oom(handler);
}

void
banthuek_abandon(void)
{
    unfinished_remove();
}

const char *
banthuek_show(const char *text, char *out, size_t size)
{
    struct str whole = str_of(text);
    struct arena *arena = arena_new(0);
    size_t used = 0;

    for (size_t at = 0, from = 0; at < whole.len; from = at) {
        struct buf shown = buf_in(arena);
        (void)utf8_next(whole, &at);
        utf8_show(&shown, str_sub(whole, from, at - from), false);
        if (used + shown.len >= size)
            break;
        memcpy(out + used, shown.ptr, shown.len);
        used += shown.len;
    }
    if (size > 0)
        out[used] = '\0';
    arena_free(arena);
    return out;
}

static const char *
copy(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_strndup(arena, text, strlen(text));
}

struct banthuek *
banthuek_open(const struct banthuek_options *options)
{
    static const struct banthuek_options none;
    const struct banthuek_options *given = options == NULL ? &none : options;
    struct arena *arena =
        arena_new(given->memory_limit == 0 ? MEMORY_DEFAULT : given->memory_limit);
    struct banthuek *b = arena_alloc(arena, sizeof *b);

    b->arena = arena;
    b->diags = diags_new();
    b->message_arena = arena_new(0);
    b->options = *given;
    b->files = files_system();
    b->options.template_dir = copy(arena, given->template_dir);
    b->options.data_dir = copy(arena, given->data_dir);
    b->options.emblem = copy(arena, given->emblem);
    b->options.font_dir = copy(arena, given->font_dir);
    return b;
}

void
banthuek_close(struct banthuek *b)
{
    if (b == NULL)
        return;
    fonts_close(b->fonts);
    breaker_close(b->breaker);
    diags_free(b->diags);
    arena_free(b->message_arena);
    arena_free(b->arena);
}

size_t
engine_errors(const struct banthuek *b)
{
    return diags_level_count(b->diags, DIAG_ERROR);
}

bool
engine_good_since(const struct banthuek *b, size_t before)
{
    return engine_errors(b) == before;
}

bool
engine_strictly_good(struct banthuek *b)
{
    if (!b->options.strict || diags_level_count(b->diags, DIAG_WARNING) == 0)
        return true;
    diag_add(b->diags, DIAG_ENGINE_STRICT, POS_NONE, NULL, NULL, NULL);
    return false;
}

struct banthuek_bytes
engine_bytes(struct str text)
{
    return (struct banthuek_bytes){text.ptr == NULL ? "" : text.ptr, text.len};
}
