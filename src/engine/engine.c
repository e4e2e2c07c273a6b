/* Opening, closing and messages. */
#include "engine/engine.h"

#include <string.h>

#include "base/arena.h"
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

size_t
banthuek_message_count(const struct banthuek *b)
{
    return diags_count(b->diags);
}

size_t
banthuek_level_count(const struct banthuek *b, enum banthuek_level level)
{
    return diags_level_count(b->diags, (enum diag_level)level);
}

struct banthuek_message
banthuek_message(struct banthuek *b, size_t index, enum banthuek_lang lang)
{
    const struct diag *diag = diags_at(b->diags, index);
    enum diag_lang in = lang == BANTHUEK_THAI ? DIAG_THAI : DIAG_ENGLISH;

    arena_free(b->message_arena);
    b->message_arena = arena_new(0);
    return (struct banthuek_message){
        .level = (enum banthuek_level)diag->level,
        .code = diag_code_name(diag->code),
        .file = diag->pos.file,
        .line = diag->pos.line,
        .column = diag->pos.column,
        .message = str_cstr(b->message_arena, diag_message(b->message_arena, diag, in)),
        .text = str_cstr(b->message_arena, diag_line(b->message_arena, diag, in)),
    };
}

bool
banthuek_system_failed(const struct banthuek *b)
{
    for (size_t i = 0; i < diags_count(b->diags); i++) {
        enum diag_code code = diags_at(b->diags, i)->code;
        if (code == DIAG_IO_WRITE || code == DIAG_IO_READ)
            return true;
    }
    return false;
}
