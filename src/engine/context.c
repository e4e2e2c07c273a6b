/* Contexts, and what concerns the whole process. */
#include <string.h>

#include "base/arena.h"
#include "base/system.h"
#include "base/unfinished.h"
#include "base/utf8.h"
#include "engine/report.h"
#include "thai/width.h"

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
banthuek_system_text(int error, enum banthuek_lang lang)
{
    const char *thai = system_thai(error);

    if (lang == BANTHUEK_ENGLISH)
        return strerror(error);
    return thai == NULL ? "ระบบแจ้งข้อผิดพลาดอื่น" : thai;
}

/* Copies a text in which nothing is to be shown otherwise, where there is room for all of it. */
static bool
show_plain(struct str text, char *out, size_t size)
{
    if (text.len >= size)
        return false;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if ((code < 0x20 || code >= 0x7F) && !utf8_is_thai(code) &&
            (code == UTF8_BAD || utf8_is_hidden(code) || utf8_is_control(code)))
            return false;
    }
    memcpy(out, text.len == 0 ? "" : text.ptr, text.len);
    out[text.len] = '\0';
    return true;
}

const char *
banthuek_show(const char *text, char *out, size_t size)
{
    struct str whole = str_of(text);
    size_t used = 0;

    if (show_plain(whole, out, size))
        return out;
    struct arena *arena = arena_new(0);

    for (size_t at = 0, from = 0; at < whole.len; from = at) {
        struct buf shown = buf_in(arena);
        uint32_t code = utf8_next(whole, &at);
        if (code != UTF8_BAD && utf8_is_hidden(code))
            buf_printf(&shown, "<U+%04X>", (unsigned)code);
        else
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

size_t
banthuek_columns(struct banthuek_bytes text)
{
    return width_columns((struct str){text.data, text.size});
}

/* ---- callbacks */

static bool
read_given(void *user, const char *path, struct str *bytes)
{
    const struct banthuek_files *given = user;
    struct banthuek_bytes out = {NULL, 0};

    if (given->read == NULL || !given->read(given->user, path, &out))
        return false;
    *bytes = (struct str){out.data, out.data == NULL ? 0 : out.size};
    return true;
}

static void
release_given(void *user, struct str bytes)
{
    const struct banthuek_files *given = user;

    if (given->release != NULL)
        given->release(given->user, bytes_of(bytes));
}

static enum files_kind
kind_given(void *user, const char *path)
{
    const struct banthuek_files *given = user;
    struct str bytes;

    if (given->exists == NULL) {
        if (!read_given(user, path, &bytes))
            return FILES_NONE;
        release_given(user, bytes);
        return FILES_FILE;
    }
    switch (given->exists(given->user, path)) {
    case BANTHUEK_IS_FILE:
        return FILES_FILE;
    case BANTHUEK_IS_FOLDER:
        return FILES_FOLDER;
    default:
        return FILES_NONE;
    }
}

static void
list_given(void *user, const char *path, void (*each)(void *to, const char *name), void *to)
{
    const struct banthuek_files *given = user;

    if (given->list != NULL)
        given->list(given->user, path, each, to);
}

/* ---- opening */

void
take_given(void *own, size_t size, const void *given)
{
    size_t known = given == NULL ? 0 : *(const size_t *)given;

    if (known > 0)
        memcpy(own, given, known < size ? known : size);
}

struct banthuek_context *
banthuek_context_open(const struct banthuek_context_options *options)
{
    struct banthuek_context_options own = {0};
    struct arena *arena = arena_new(0);
    struct banthuek_context *context = arena_alloc(arena, sizeof *context);

    take_given(&own, sizeof own, options);
    *context =
        (struct banthuek_context){.arena = arena, .cache = cache_new(), .files = *files_system()};
    take_given(&context->given, sizeof context->given, own.files);
    if (own.files != NULL) {
        context->calls = (struct files_calls){read_given, release_given, kind_given, list_given};
        context->files = (struct files){.calls = &context->calls, .user = &context->given};
    }
    if (own.font_dir != NULL)
        context->font_dir = arena_printf(arena, "%s", own.font_dir);
    context->places = places_of(arena, &context->files, own.data_dir);
    return context;
}

void
banthuek_context_close(struct banthuek_context *context)
{
    if (context == NULL)
        return;
    cache_free(context->cache);
    arena_free(context->arena);
}

void
banthuek_context_refresh(struct banthuek_context *context)
{
    cache_forget(context->cache);
}
