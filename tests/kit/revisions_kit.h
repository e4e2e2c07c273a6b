/* PDFs of several revisions for tests, signed without a key: what is checked here is what the bytes
 * say, not who signed them. */
#ifndef REVISIONS_KIT_H
#define REVISIONS_KIT_H

#include "test.h"

#include "pdfin/revisions.h"

#define REV_NUMBERS 200
#define REV_CONTENTS 64 /* hexadecimal digits */

struct rev_file {
    struct arena *arena;
    struct buf out;
    size_t offset[REV_NUMBERS]; /* of what the open revision has */
    size_t prev, range_at, gap_from, gap_to;
    const char *trailer; /* more entries of it */
    bool is_first;
};

static inline struct rev_file
rev_begin(struct arena *arena)
{
    struct rev_file file = {.arena = arena, .out = buf_in(arena), .is_first = true};

    buf_text(&file.out, "%PDF-1.7\n");
    return file;
}

static inline void
rev_add(struct rev_file *file, size_t number, const char *text)
{
    file->offset[number] = file->out.len;
    buf_printf(&file->out, "%zu 0 obj\n%s\nendobj\n", number, text);
}

static inline void
rev_stream(struct rev_file *file, size_t number, const char *entries, const char *data)
{
    rev_add(file, number,
            arena_printf(file->arena, "<<%s /Length %zu>>\nstream\n%s\nendstream", entries,
                         str_of(data).len, data));
}

/* The dictionary of a signature; the bytes that it signs are known when its revision ends. */
static inline void
rev_signature(struct rev_file *file, size_t number, const char *entries)
{
    file->offset[number] = file->out.len;
    buf_printf(&file->out,
               "%zu 0 obj\n<</Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached%s /ByteRange ",
               number, entries);
    file->range_at = file->out.len;
    buf_printf(&file->out, "%-40s/Contents ", "");
    file->gap_from = file->out.len;
    buf_printf(&file->out, "<300401020304%0*d>", REV_CONTENTS - 12, 0);
    file->gap_to = file->out.len;
    buf_text(&file->out, ">>\nendobj\n");
}

static inline void
rev_patch(struct rev_file *file)
{
    char *range = arena_printf(file->arena, "[0 %zu %zu %zu]", file->gap_from, file->gap_to,
                               file->out.len - file->gap_to);

    if (file->range_at > 0)
        memcpy(file->out.ptr + file->range_at, range, strlen(range));
    file->range_at = 0;
}

static inline void
rev_end(struct rev_file *file)
{
    size_t at = file->out.len;

    buf_text(&file->out, "xref\n");
    if (file->is_first)
        buf_text(&file->out, "0 1\n0000000000 65535 f \n");
    for (size_t i = 1; i < REV_NUMBERS; i++) {
        if (file->offset[i] > 0)
            buf_printf(&file->out, "%zu 1\n%010zu 00000 n \n", i, file->offset[i]);
        file->offset[i] = 0;
    }
    buf_printf(&file->out, "trailer\n<</Size %d/Root 1 0 R%s", REV_NUMBERS,
               file->trailer == NULL ? "" : file->trailer);
    if (!file->is_first)
        buf_printf(&file->out, "/Prev %zu", file->prev);
    buf_printf(&file->out, ">>\nstartxref\n%zu\n%%%%EOF\n", at);
    file->prev = at;
    file->is_first = false;
    rev_patch(file);
}

#define REV_PAGE                                                      \
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 10 0 R" \
    "/Resources<</Font<</F1 11 0 R>>>>"
#define REV_FIELD(t, parent, rect) \
    "<</Type/Annot/Subtype/Widget/P 3 0 R/F 4/Parent " parent " 0 R/T(" t ")/Rect[" rect "]"
#define REV_TEXT REV_FIELD("opinion", "7", "50 50 150 70") "/FT/Tx/Ff 1/DA(/F1 10 Tf 0 g)"
#define REV_SIGN REV_FIELD("signature", "7", "50 20 150 40") "/FT/Sig/Lock 13 0 R"
#define REV_TEXT_B REV_FIELD("opinion", "12", "250 50 350 70") "/FT/Tx/Ff 1/DA(/F1 10 Tf 0 g)"
#define REV_SIGN_B REV_FIELD("signature", "12", "250 20 350 40") "/FT/Sig"
#define REV_FORM "/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 11 0 R>>>>"
#define REV_DRAW(text) "BT /F1 10 Tf 0 g 2 5 Td (" text ") Tj ET"

/* A page with two roles, a and b, each with a text and a signature, nobody of whom has signed. */
static inline struct rev_file
rev_document(struct arena *arena)
{
    struct rev_file f = rev_begin(arena);

    rev_add(&f, 1, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>");
    rev_add(&f, 2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    rev_add(&f, 3, REV_PAGE "/Annots[5 0 R 6 0 R 8 0 R 9 0 R]>>");
    rev_add(&f, 4, "<</Fields[7 0 R 12 0 R]/SigFlags 3/DA(/F1 10 Tf 0 g)>>");
    rev_add(&f, 5, REV_TEXT "/AP<</N 14 0 R>>>>");
    rev_add(&f, 6, REV_SIGN "/AP<</N 15 0 R>>>>");
    rev_add(&f, 7, "<</T(a)/Kids[5 0 R 6 0 R]>>");
    rev_add(&f, 8, REV_TEXT_B "/AP<</N 16 0 R>>>>");
    rev_add(&f, 9, REV_SIGN_B "/AP<</N 17 0 R>>>>");
    rev_stream(&f, 10, "", "BT /F1 12 Tf 100 700 Td (A memo) Tj ET");
    rev_add(&f, 11, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
    rev_add(&f, 12, "<</T(b)/Kids[8 0 R 9 0 R]>>");
    rev_add(&f, 13, "<</Type/SigFieldLock/Action/Include/Fields[(a.opinion)(a.signature)]>>");
    for (size_t i = 14; i < 18; i++)
        rev_stream(&f, i, REV_FORM, "");
    rev_end(&f);
    return f;
}

/* The first signature: a writes an opinion and certifies. */
static inline void
rev_sign_a(struct rev_file *f)
{
    rev_add(f, 1, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R/Perms<</DocMDP 20 0 R>>>>");
    rev_add(f, 5, REV_TEXT "/V(Seen)/AP<</N 21 0 R>>>>");
    rev_add(f, 6, REV_SIGN "/V 20 0 R/AP<</N 22 0 R>>>>");
    rev_stream(f, 21, REV_FORM, REV_DRAW("Seen"));
    rev_stream(f, 22, REV_FORM, "0 0 100 20 re S");
    rev_signature(f, 20,
                  "/Type/Sig/Name(A)/Reason(first)/M(D:20261129014502Z)/Reference[<</Type/SigRef"
                  "/TransformMethod/DocMDP/TransformParams<</P 2/V/1.2>>>>]");
    rev_end(f);
}

/* The second: b writes an opinion. */
static inline void
rev_sign_b(struct rev_file *f)
{
    rev_add(f, 8, REV_TEXT_B "/V(Agreed)/AP<</N 31 0 R>>>>");
    rev_add(f, 9, REV_SIGN_B "/V 30 0 R/AP<</N 32 0 R>>>>");
    rev_stream(f, 31, REV_FORM, REV_DRAW("Agreed"));
    rev_stream(f, 32, REV_FORM, "0 0 100 20 re S");
    rev_signature(f, 30, "/Type/Sig/Name(B)/M(D:20261129024502Z)");
    rev_end(f);
}

#endif
