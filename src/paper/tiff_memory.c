#include "paper/tiff_memory.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

/* Of one piece: a row, a strip or a table of strips. */
#define PIECE_MAX ((tmsize_t)512 << 20)

/* Warnings: tags that nobody knows, a row here and there that noise on a line made longer. */
#define ODD_MAX 100

static toff_t
size_of(thandle_t handle)
{
    const struct tiff_memory *memory = handle;

    return (toff_t)memory->head.len + memory->bytes.len;
}

static tmsize_t
read_some(thandle_t handle, void *out, tmsize_t size)
{
    struct tiff_memory *memory = handle;
    size_t want = size < 0 ? 0 : (size_t)size, done = 0;

    if (memory->at < memory->head.len) {
        struct str piece = str_sub(memory->head, (size_t)memory->at, want);
        memcpy(out, piece.ptr, piece.len);
        done = piece.len;
    }
    if (done < want && memory->at + done >= memory->head.len) {
        toff_t from = memory->at + done - memory->head.len;
        struct str piece = from > memory->bytes.len
                               ? (struct str){NULL, 0}
                               : str_sub(memory->bytes, (size_t)from, want - done);
        if (piece.len > 0)
            memcpy((char *)out + done, piece.ptr, piece.len);
        done += piece.len;
    }
    memory->at += done;
    return (tmsize_t)done;
}

static tmsize_t
write_none(thandle_t handle, void *bytes, tmsize_t size)
{
    (void)handle;
    (void)bytes;
    (void)size;
    return -1;
}

static toff_t
seek(thandle_t handle, toff_t to, int whence)
{
    struct tiff_memory *memory = handle;

    if (whence == SEEK_SET)
        memory->at = to;
    else if (whence == SEEK_CUR)
        memory->at += to;
    else
        memory->at = size_of(handle) + to;
    return memory->at;
}

static int
close_none(thandle_t handle)
{
    (void)handle;
    return 0;
}

static void
note(struct tiff_memory *memory, const char *text)
{
    if (memory->why[0] == '\0')
        (void)snprintf(memory->why, sizeof memory->why, "%s", text);
}

static int on_error(TIFF *tiff, void *user, const char *module, const char *format,
                    va_list arguments) __attribute__((format(printf, 4, 0)));
static int on_warning(TIFF *tiff, void *user, const char *module, const char *format,
                      va_list arguments) __attribute__((format(printf, 4, 0)));

static int
on_error(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments)
{
    char text[sizeof((struct tiff_memory *)user)->why];

    (void)tiff;
    (void)module;
    (void)vsnprintf(text, sizeof text, format, arguments);
    /* what is said of a file may begin with its name, which is none */
    note(user, str_starts(str_of(text), STR(": ")) ? text + 2 : text);
    return 1;
}

static int
on_warning(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments)
{
    struct tiff_memory *memory = user;
    char text[sizeof memory->why];

    (void)tiff;
    (void)module;
    (void)vsnprintf(text, sizeof text, format, arguments);
    /* that a CCITT image ends too early is no error to libtiff, nor that a row is nonsense */
    if (str_find(str_of(text), STR("Premature EOF")) != SIZE_MAX)
        note(memory, "the data ends too early");
    else if (++memory->odd > ODD_MAX)
        note(memory, text);
    return 1;
}

TIFF *
tiff_memory_open(struct tiff_memory *memory)
{
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();

    if (options == NULL)
        arena_oom(sizeof *memory);
    memory->at = 0;
    memory->why[0] = '\0';
    memory->odd = 0;
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, PIECE_MAX);
    TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, memory);
    TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, memory);
    /* m: not mapped */
    TIFF *tiff = TIFFClientOpenExt("", "rm", memory, read_some, write_none, seek, close_none,
                                   size_of, NULL, NULL, options);
    TIFFOpenOptionsFree(options);
    return tiff;
}
