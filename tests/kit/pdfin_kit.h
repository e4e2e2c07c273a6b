/* PDFs for tests, written object by object; what is wrong in them is wrong on purpose. */
#ifndef PDFIN_KIT_H
#define PDFIN_KIT_H

#include <zlib.h>

#include "test.h"

#include "pdfin/pdfin.h"

#define KIT_OBJECTS 64

/* Object i+1 is object[i]; an empty one is left out. Object 1 is the catalog. */
struct kit {
    struct str object[KIT_OBJECTS];
    const char *trailer; /* more entries of it */
};

static inline void
kit_xref(struct buf *out, const struct kit *kit, const size_t *offset)
{
    size_t at = out->len;

    buf_printf(out, "xref\n0 %d\n0000000000 65535 f \n", KIT_OBJECTS + 1);
    for (size_t i = 0; i < KIT_OBJECTS; i++)
        buf_printf(out, "%010zu 00000 %c \n", offset[i], kit->object[i].len > 0 ? 'n' : 'f');
    buf_printf(out, "trailer\n<</Size %d /Root 1 0 R %s>>\nstartxref\n%zu\n%%%%EOF\n",
               KIT_OBJECTS + 1, kit->trailer == NULL ? "" : kit->trailer, at);
}

static inline struct str
kit_write(struct arena *arena, const struct kit *kit)
{
    struct buf out = buf_in(arena);
    size_t offset[KIT_OBJECTS] = {0};

    buf_text(&out, "%PDF-1.7\n");
    for (size_t i = 0; i < KIT_OBJECTS; i++) {
        if (kit->object[i].len == 0)
            continue;
        offset[i] = out.len;
        buf_printf(&out, "%zu 0 obj\n", i + 1);
        buf_add(&out, kit->object[i]);
        buf_text(&out, "\nendobj\n");
    }
    kit_xref(&out, kit, offset);
    return buf_str(&out);
}

/* A stream object; `entries` are those of its dictionary besides Length. */
static inline struct str
kit_stream(struct arena *arena, const char *entries, struct str data)
{
    struct buf out = buf_in(arena);

    buf_printf(&out, "<<%s /Length %zu>>\nstream\n", entries, data.len);
    buf_add(&out, data);
    buf_text(&out, "\nendstream");
    return buf_str(&out);
}

static inline struct str
kit_deflate(struct arena *arena, struct str data)
{
    uLongf size = compressBound(data.len);
    unsigned char *out = malloc(size);

    assert_int_equal(compress2(out, &size, (const unsigned char *)data.ptr, data.len, 1), Z_OK);
    struct str packed = str_dup(arena, (struct str){(char *)out, size});
    free(out);
    return packed;
}

/* Catalog and one page of A4; `catalog` and `page` are more entries. */
static inline struct kit
kit_start(struct arena *arena, const char *catalog, const char *page)
{
    struct kit kit = {0};

    kit.object[0] = str_of(arena_printf(arena, "<</Type/Catalog/Pages 2 0 R %s>>", catalog));
    kit.object[1] = STR("<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 595 842]>>");
    kit.object[2] = str_of(arena_printf(arena, "<</Type/Page/Parent 2 0 R %s>>", page));
    return kit;
}

/* What tests of one open PDF work in; begins as struct fixture does. */
struct job {
    struct arena *arena;
    struct diags *diags;
    struct pdfin *pdf;
    const struct pdfin_info *info;
};

static inline int
job_setup(void **state)
{
    return fixture_open(state, sizeof(struct job));
}

static inline int
job_teardown(void **state)
{
    struct job *job = *state;

    pdfin_close(job->pdf);
    return fixture_teardown(state);
}

#endif
