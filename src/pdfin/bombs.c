/* Looks for object and cross-reference streams that unpack to more than any document needs, before
 * libqpdf unpacks them without a limit. This finds what is made by repeating a simple trick; who
 * hides it better (a name written with "#53") meets the limit of memory instead. */
#include <stdint.h>

#include <zlib.h>

#include "pdfin/inner.h"

#define WINDOW ((size_t)64 * 1024)

struct count {
    z_stream z;
    size_t in, in_max; /* bytes looked at: streams that overlap would cost without an end */
    size_t out;
};

/* Where the last object began, and the last word that says what a stream is; 0 is nowhere. */
struct places {
    size_t object, kind;
};

/* Notes what stands in a piece of the file. Each is looked at once: looking back from every stream
 * would take minutes where there is nothing but the word. */
static void
note(struct places *places, struct str bytes, size_t from, size_t to)
{
    struct str piece = str_sub(bytes, from, to - from);
    const struct {
        struct str what;
        size_t *place;
    } words[] = {
        {STR("obj"), &places->object},
        {STR("/ObjStm"), &places->kind},
        {STR("/XRef"), &places->kind},
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t at = str_find_last(piece, words[i].what);
        if (at != SIZE_MAX && from + at > *words[i].place)
            *words[i].place = from + at;
    }
}

/* The start of a stream's data behind the word "stream", else SIZE_MAX. */
static size_t
data_at(struct str bytes, size_t at)
{
    at += STR("stream").len;
    if (at < bytes.len && bytes.ptr[at] == '\r')
        at++;
    return at < bytes.len && bytes.ptr[at] == '\n' ? at + 1 : SIZE_MAX;
}

static bool
is_within(const struct count *count)
{
    return count->out <= PDFIN_STREAMS_MAX && count->in <= count->in_max;
}

/* Adds what a stream unpacks to; one that is not packed, or damaged, adds nothing. */
static void
count_stream(struct count *count, struct str data, unsigned char *window)
{
    z_stream *z = &count->z;
    int result = inflateReset(z);

    z->avail_in = 0;
    while (result == Z_OK && is_within(count)) {
        size_t piece = data.len < WINDOW ? data.len : WINDOW;
        if (z->avail_in == 0) {
            z->next_in = (unsigned char *)(uintptr_t)data.ptr;
            z->avail_in = (unsigned)piece;
            data = str_sub(data, piece, data.len);
        }
        unsigned before = z->avail_in;
        z->next_out = window;
        z->avail_out = WINDOW;
        result = inflate(z, Z_NO_FLUSH);
        count->in += before - z->avail_in;
        count->out += WINDOW - z->avail_out;
    }
}

bool
pdfin_no_bombs(struct str bytes)
{
    struct count count = {.in_max = 4 * bytes.len};
    struct places places = {0};
    unsigned char window[WINDOW];
    size_t from = 0, at;

    if (inflateInit(&count.z) != Z_OK)
        return false;
    while (is_within(&count) &&
           (at = str_find(str_sub(bytes, from, bytes.len), STR("stream"))) != SIZE_MAX) {
        size_t here = from + at, data = data_at(bytes, here);
        note(&places, bytes, from, here);
        if (places.kind > places.object && data != SIZE_MAX)
            count_stream(&count, str_sub(bytes, data, bytes.len), window);
        from = here + STR("stream").len;
    }
    (void)inflateEnd(&count.z);
    return is_within(&count);
}
