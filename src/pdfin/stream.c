/* Data of streams. libqpdf unpacks without a limit, so it is asked for what stands in the file
 * only, and zlib counts what comes out before there is room made for it. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/arena.h"
#include "pdfin/inner.h"

#define WINDOW ((size_t)64 * 1024)

enum packing { PACKING_NONE, PACKING_FLATE, PACKING_OTHER };

/* What a job of unpacking is about. */
struct unpack {
    struct pdfin *pdf;
    struct str what;
    size_t limit;
    enum diag_level level;
    bool quiet; /* nothing is told */
};

static bool
tell(const struct unpack *job, enum diag_code code, const char *arg2)
{
    if (!job->quiet)
        diag_add_as(job->pdf->diags, job->level, code, (struct pos){job->pdf->file, 0, 0},
                    diag_str(job->pdf->diags, job->what), arg2, NULL);
    return false;
}

static bool
tell_large(const struct unpack *job)
{
    return tell(job, DIAG_PDFIN_FILE_LARGE, diag_printf(job->pdf->diags, "%zu", job->limit >> 20));
}

/* The one filter in use, from a name or an array of at most one. */
static enum packing
packing_of(struct pdfin *pdf, qpdf_oh filter)
{
    if (qpdf_oh_is_null(pdf->qpdf, filter) == QPDF_TRUE)
        return PACKING_NONE;
    if (pdfin_is_array(pdf, filter)) {
        if (pdfin_count(pdf, filter) == 0)
            return PACKING_NONE;
        qpdf_oh first = pdfin_item(pdf, filter, 0);
        bool alone = pdfin_count(pdf, filter) == 1 && !pdfin_is_array(pdf, first);
        enum packing packing = alone ? packing_of(pdf, first) : PACKING_OTHER;
        pdfin_drop(pdf, first);
        return packing;
    }
    struct str name = pdfin_text_of(pdf, filter);
    return str_is(name, "FlateDecode") || str_is(name, "Fl") ? PACKING_FLATE : PACKING_OTHER;
}

/* True when the parameters leave the data as it comes out of zlib. */
static bool
has_no_predictor(struct pdfin *pdf, qpdf_oh parameters)
{
    long long predictor = 1;

    if (pdfin_is_array(pdf, parameters)) {
        qpdf_oh first = pdfin_count(pdf, parameters) == 0 ? qpdf_oh_new_null(pdf->qpdf)
                                                          : pdfin_item(pdf, parameters, 0);
        bool none = !pdfin_is_array(pdf, first) && has_no_predictor(pdf, first);
        pdfin_drop(pdf, first);
        return none;
    }
    qpdf_oh value = pdfin_get(pdf, parameters, "/Predictor");
    bool good = !pdfin_integer(pdf, value, &predictor) || predictor == 1;
    pdfin_drop(pdf, value);
    return good;
}

static enum packing
stream_packing(struct pdfin *pdf, qpdf_oh stream)
{
    qpdf_oh filter = pdfin_get(pdf, stream, "/Filter");
    qpdf_oh parameters = pdfin_get(pdf, stream, "/DecodeParms");
    enum packing packing = packing_of(pdf, filter);

    if (packing == PACKING_FLATE && !has_no_predictor(pdf, parameters))
        packing = PACKING_OTHER;
    pdfin_drop(pdf, filter);
    pdfin_drop(pdf, parameters);
    return packing;
}

/* Inflates into `out`, or into the window when that is NULL, round and round; says how much it was.
 */
static bool
inflate_all(const struct unpack *job, struct str raw, char *out, unsigned char *window,
            size_t *size)
{
    z_stream z = {0};
    int result = inflateInit(&z);
    size_t room = out == NULL ? job->limit : *size, done = 0;

    /* some programs write no data at all where there is none */
    if (raw.len == 0 && result == Z_OK)
        result = Z_STREAM_END;
    while (result == Z_OK && done <= room) {
        if (z.avail_in == 0) {
            size_t piece = raw.len > INT_MAX ? INT_MAX : raw.len;
            z.next_in = (unsigned char *)(uintptr_t)raw.ptr;
            z.avail_in = (unsigned)piece;
            raw = str_sub(raw, piece, raw.len);
        }
        size_t most = WINDOW - done % WINDOW;
        size_t left = room - done < most ? room - done : most;
        /* one byte more than allowed is asked for, so that too much is seen */
        unsigned char spare[1];
        z.next_out = left == 0     ? spare
                     : out == NULL ? window + done % WINDOW
                                   : (unsigned char *)out + done;
        z.avail_out = left == 0 ? 1 : (unsigned)left;
        unsigned before = z.avail_out;
        result = inflate(&z, Z_NO_FLUSH);
        done += before - z.avail_out;
    }
    (void)inflateEnd(&z);
    *size = done;
    if (done > room)
        return tell_large(job);
    return result == Z_STREAM_END || tell(job, DIAG_PDFIN_FILE_PACKED, NULL);
}

/* The data as it stands in the file, to be freed by the caller. */
static bool
raw_data(const struct unpack *job, qpdf_oh stream, unsigned char **bytes, size_t *size)
{
    struct pdfin *pdf = job->pdf;

    *bytes = NULL;
    *size = 0;
    QPDF_ERROR_CODE code =
        qpdf_oh_get_stream_data(pdf->qpdf, stream, qpdf_dl_none, NULL, bytes, size);
    if ((code & QPDF_ERRORS) == 0 && (*bytes != NULL || *size == 0))
        return true;
    (void)qpdf_get_error(pdf->qpdf);
    return tell(job, DIAG_PDFIN_FILE_PACKED, NULL);
}

bool
pdfin_raw_data(struct pdfin *pdf, qpdf_oh stream, size_t limit, struct arena *arena,
               struct str *out)
{
    const struct unpack job = {.pdf = pdf, .quiet = true};
    unsigned char *bytes;
    size_t size;
    bool good = raw_data(&job, stream, &bytes, &size) && size <= limit;

    if (good)
        *out = str_dup(arena, (struct str){bytes == NULL ? "" : (char *)bytes, size});
    free(bytes);
    return good;
}

bool
pdfin_inflate(struct pdfin *pdf, struct str raw, size_t size, struct arena *arena, struct str *out)
{
    const struct unpack job = {.pdf = pdf, .quiet = true};
    char *data = arena_alloc(arena, size + 1);
    size_t done = size;
    bool good = inflate_all(&job, raw, data, NULL, &done) && done == size;

    *out = (struct str){data, size};
    return good;
}

/* A stream's data as they stand in the file, and how large they are unpacked. */
struct measured {
    enum packing packing;
    unsigned char *bytes; /* to be freed */
    struct str raw;
    size_t size;
    unsigned char window[WINDOW]; /* the unpacked data, when they fit */
};

static bool
measure(const struct unpack *job, qpdf_oh stream, struct measured *m)
{
    m->bytes = NULL;
    m->packing = stream_packing(job->pdf, stream);
    if (m->packing == PACKING_OTHER)
        return tell(job, DIAG_PDFIN_FILE_FILTER, NULL);
    if (!raw_data(job, stream, &m->bytes, &m->size))
        return false;
    m->raw = (struct str){m->bytes == NULL ? "" : (char *)m->bytes, m->size};
    if (m->packing == PACKING_FLATE)
        return inflate_all(job, m->raw, NULL, m->window, &m->size);
    return m->size <= job->limit || tell_large(job);
}

/* The unpacked data where nothing more has to be done for them. */
static bool
is_at_hand(const struct measured *m, struct str *data)
{
    *data = m->packing == PACKING_FLATE ? (struct str){(const char *)m->window, m->size} : m->raw;
    return m->packing != PACKING_FLATE || m->size < WINDOW;
}

bool
pdfin_unpacked_size(struct pdfin *pdf, qpdf_oh stream, struct str what, size_t limit,
                    enum diag_level level, size_t *size, struct str *kept)
{
    const struct unpack job = {pdf, what, limit, level, false};
    struct measured m;
    struct str data;
    bool good = measure(&job, stream, &m);

    *size = m.size;
    *kept = (struct str){NULL, 0};
    if (good && is_at_hand(&m, &data) && data.len <= PDFIN_KEPT_MAX - pdf->kept) {
        *kept = str_dup(pdf->arena, data);
        pdf->kept += data.len;
    }
    free(m.bytes);
    return good;
}

bool
pdfin_unpack(struct pdfin *pdf, qpdf_oh stream, struct str what, size_t limit,
             enum diag_level level, struct arena *arena, struct str *out)
{
    const struct unpack job = {pdf, what, limit, level, what.ptr == NULL};
    struct measured m;
    struct str data;
    bool good = measure(&job, stream, &m);

    if (good && is_at_hand(&m, &data)) {
        *out = str_dup(arena, data);
    } else if (good) {
        char *all = arena_alloc(arena, m.size + 1);
        good = inflate_all(&job, m.raw, all, NULL, &m.size);
        *out = (struct str){all, m.size};
    }
    free(m.bytes);
    return good;
}
