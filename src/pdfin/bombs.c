/* Looks for object and cross-reference streams that unpack to more than any document needs, before
 * libqpdf unpacks them without a limit. This finds what is made by repeating a simple trick; who
 * hides it better (a name written with "#53") meets the limit of memory instead. */
#include <stdint.h>

#include <zlib.h>

#include "pdfin/inner.h"

#define WINDOW ((size_t)64 * 1024)
#define DICTIONARY_MAX 1024 /* how far before "stream" its dictionary is looked for */

struct count {
    size_t in, in_max; /* bytes looked at: streams that overlap would cost without an end */
    size_t out;
};

/* The start of a stream's data when these are objects or a cross-reference, else SIZE_MAX. */
static size_t
data_at(struct str bytes, size_t at)
{
    size_t from = at < DICTIONARY_MAX ? 0 : at - DICTIONARY_MAX;
    struct str before = str_sub(bytes, from, at - from);

    for (size_t end; (end = str_find(before, STR("obj"))) != SIZE_MAX;)
        before = str_sub(before, end + 3, before.len);
    if (str_find(before, STR("/ObjStm")) == SIZE_MAX && str_find(before, STR("/XRef")) == SIZE_MAX)
        return SIZE_MAX;
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
    z_stream z = {0};
    int result = inflateInit(&z);

    while (result == Z_OK && is_within(count)) {
        size_t piece = data.len < WINDOW ? data.len : WINDOW;
        if (z.avail_in == 0) {
            z.next_in = (unsigned char *)(uintptr_t)data.ptr;
            z.avail_in = (unsigned)piece;
            data = str_sub(data, piece, data.len);
        }
        unsigned before = z.avail_in;
        z.next_out = window;
        z.avail_out = WINDOW;
        result = inflate(&z, Z_NO_FLUSH);
        count->in += before - z.avail_in;
        count->out += WINDOW - z.avail_out;
    }
    (void)inflateEnd(&z);
}

bool
pdfin_no_bombs(struct pdfin *pdf)
{
    struct count count = {.in_max = 4 * pdf->bytes.len};
    struct str rest = pdf->bytes;
    unsigned char window[WINDOW];
    size_t at;

    while (is_within(&count) && (at = str_find(rest, STR("stream"))) != SIZE_MAX) {
        size_t here = (size_t)(rest.ptr - pdf->bytes.ptr) + at;
        size_t data = data_at(pdf->bytes, here);
        if (data != SIZE_MAX)
            count_stream(&count, str_sub(pdf->bytes, data, pdf->bytes.len), window);
        rest = str_sub(pdf->bytes, here + STR("stream").len, pdf->bytes.len);
    }
    return is_within(&count) || pdfin_fail(pdf, DIAG_PDFIN_MEMORY, NULL, NULL);
}
