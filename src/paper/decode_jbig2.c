/* JBIG2 by the program jbig2dec, which is under the AGPL and so never linked. It is given the
 * segments as PDFs have them, and gives a PBM. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "base/program.h"
#include "paper/decode_inner.h"

#define HEAD_MAX 64

/* ---- segments (ITU-T T.88 §7.2): jbig2dec gives a white page for data that is cut off */

#define LENGTH_UNKNOWN UINT32_MAX /* of a region that is ended by its own data */

/* A number of so many bytes, past it; false where they are not there. */
static bool
take(struct str *rest, size_t bytes, uint32_t *out)
{
    *out = 0;
    if (rest->len < bytes)
        return false;
    for (size_t i = 0; i < bytes; i++)
        *out = *out << 8 | (unsigned char)rest->ptr[i];
    *rest = str_sub(*rest, bytes, SIZE_MAX);
    return true;
}

/* Which segments another one refers to, past them. */
static bool
skip_references(struct str *rest, uint32_t number)
{
    uint32_t count = 0, ignored;
    size_t size = number <= 256 ? 1 : number <= 65536 ? 2 : 4;

    if (!take(rest, 1, &count))
        return false;
    count >>= 5;
    if (count == 7) {
        *rest = (struct str){rest->ptr - 1, rest->len + 1};
        if (!take(rest, 4, &count))
            return false;
        count &= 0x1FFFFFFF;
        if (rest->len < ((size_t)count + 8) / 8)
            return false;
        *rest = str_sub(*rest, ((size_t)count + 8) / 8, SIZE_MAX);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!take(rest, size, &ignored))
            return false;
    }
    return true;
}

/* True when all segments are there to their ends. */
static bool
is_whole(struct str rest)
{
    while (rest.len > 0) {
        uint32_t number, flags, page, len;
        if (!take(&rest, 4, &number) || !take(&rest, 1, &flags) ||
            !skip_references(&rest, number) || !take(&rest, (flags & 0x40) != 0 ? 4 : 1, &page) ||
            !take(&rest, 4, &len))
            return false;
        if (len == LENGTH_UNKNOWN)
            return true;
        if (len > rest.len)
            return false;
        rest = str_sub(rest, len, SIZE_MAX);
    }
    return true;
}

/* ---- jbig2dec */

static struct program_said
ask(struct decoding *d, size_t size)
{
    static const char *const arguments[] = {"jbig2dec", "-q", "-e",         "-t", "pbm",
                                            "-o",       "-",  "/dev/stdin", NULL};
    struct buf input = buf_in(d->arena);

    buf_add(&input, d->image->jbig2_globals);
    buf_add(&input, d->image->bytes);
    const struct program program = {.arguments = arguments,
                                    .input = buf_str(&input),
                                    .output_max = size + HEAD_MAX,
                                    .seconds = DECODE_SECONDS,
                                    .memory = DECODE_MEMORY};
    return program_run(d->arena, &program);
}

/* The rows behind "P4", width and height; false where they are not all of the image. */
static bool
rows_of(struct decoding *d, struct str pbm, size_t size, struct str *rows)
{
    char head[HEAD_MAX];
    unsigned long width, height;
    int len = 0;
    struct str start = str_sub(pbm, 0, HEAD_MAX - 1);

    (void)snprintf(head, sizeof head, "%.*s", STR_FMT(start));
    if (sscanf(head, "P4 %9lu %9lu%n", &width, &height, &len) != 2 || len <= 0)
        return decode_fail(d, DECODE_DAMAGED, "no picture came out of jbig2dec");
    *rows = str_sub(pbm, (size_t)len + 1, SIZE_MAX);
    if (width != d->image->width || height != d->image->height || rows->len != size)
        return decode_fail(d, DECODE_DAMAGED, "the JBIG2 has other sides than the page says");
    return true;
}

/* Black is 1 in a PBM, and 0 in what PDFs make of JBIG2. */
static bool
give_rows(struct decoding *d, struct str rows, size_t len)
{
    const struct scan_image *image = d->image;
    struct decode_samples samples = {image->width, image->height,     1, 1,
                                     image->space, image->is_inverted};
    uint8_t *row = arena_alloc(d->arena, len + 1);

    if (!decode_begin(d, &samples))
        return false;
    for (uint32_t y = 0; y < image->height; y++) {
        for (size_t i = 0; i < len; i++)
            row[i] = (uint8_t) ~(unsigned char)rows.ptr[y * len + i];
        if (!decode_row(d, row))
            return false;
    }
    return true;
}

bool
decode_jbig2(struct decoding *d)
{
    size_t len = decode_row_size(d->image->width, 1, 1);
    size_t size = len * d->image->height;
    struct str rows;

    if (d->image->bits > 1)
        return decode_fail(d, DECODE_UNSUPPORTED, "samples of another size");
    if (d->image->bytes.len == 0 || !is_whole(d->image->bytes) ||
        !is_whole(d->image->jbig2_globals))
        return decode_fail(d, DECODE_DAMAGED, "the data ends too early");
    struct program_said said = ask(d, size);
    if (said.end == PROGRAM_NOT_STARTED)
        return decode_fail(d, DECODE_NO_PROGRAM, NULL);
    if (said.end == PROGRAM_ENDED && WIFEXITED(said.status) && WEXITSTATUS(said.status) == 127)
        return decode_fail(d, DECODE_NO_PROGRAM, NULL);
    if (said.end != PROGRAM_ENDED)
        return decode_fail(d, DECODE_DAMAGED, "jbig2dec took too long or gave too much");
    return rows_of(d, said.output, size, &rows) && give_rows(d, rows, len);
}
