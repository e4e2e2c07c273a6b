/* Opening a PDF with libqpdf, and putting the parts of the description together. */

#include "base/arena.h"
#include "pdfin/inner.h"

/* Annex H of ISO 32000-1 and all readers let something stand before the header. */
#define HEADER_WITHIN 1024
#define WARNINGS_SHOWN 10

static bool
looks_like_pdf(struct diags *diags, const char *file, struct str bytes)
{
    struct pos pos = {file, 0, 0};

    if (bytes.len == 0) {
        diag_add(diags, DIAG_PDFIN_EMPTY, pos, NULL, NULL, NULL);
        return false;
    }
    if (str_find(str_sub(bytes, 0, HEADER_WITHIN), STR("%PDF-")) == SIZE_MAX) {
        diag_add(diags, DIAG_PDFIN_NOT_PDF, pos, NULL, NULL, NULL);
        return false;
    }
    return true;
}

/* What libqpdf says of an error, with its place when it knows one. */
static const char *
detail(struct pdfin *pdf, qpdf_error error)
{
    const char *text = qpdf_get_error_message_detail(pdf->qpdf, error);
    const char *what = diag_str(pdf->diags, str_of(text));
    unsigned long long offset = qpdf_get_error_file_position(pdf->qpdf, error);

    if (offset == 0)
        return diag_said(pdf->diags, "ตัวอ่าน PDF แจ้งว่า", what);
    return diag_both(pdf->diags, diag_printf(pdf->diags, "%s, at byte %llu", what, offset),
                     diag_printf(pdf->diags, "ตัวอ่าน PDF แจ้งว่า \"%s\" ที่ไบต์ %llu", what, offset));
}

/* What std::bad_alloc says, and zlib of Z_MEM_ERROR; libqpdf puts where it was before it. */
static bool
is_of_memory(struct pdfin *pdf, qpdf_error error)
{
    struct str text = str_of(qpdf_get_error_message_detail(pdf->qpdf, error));

    return str_ends(text, STR("std::bad_alloc")) || str_ends(text, STR("insufficient memory"));
}

/* libqpdf takes what it cannot read as null and remembers why. The first warnings are told, unless
 * memory ran out, which leaves nothing that could be relied on. */
static void
tell_warnings(struct pdfin *pdf)
{
    size_t count = 0;

    while (qpdf_more_warnings(pdf->qpdf) == QPDF_TRUE) {
        qpdf_error warning = qpdf_next_warning(pdf->qpdf);
        if (is_of_memory(pdf, warning))
            (void)pdfin_fail(pdf, DIAG_PDFIN_MEMORY, NULL, NULL);
        else if (count++ < WARNINGS_SHOWN && !pdf->failed)
            diag_add(pdf->diags, DIAG_PDFIN_ODD, (struct pos){pdf->file, 0, 0},
                     detail(pdf, warning), NULL, NULL);
    }
    if (count > WARNINGS_SHOWN && !pdf->failed)
        diag_add(pdf->diags, DIAG_PDFIN_ODD_MORE, (struct pos){pdf->file, 0, 0},
                 diag_printf(pdf->diags, "%zu", count - WARNINGS_SHOWN), NULL, NULL);
}

bool
pdfin_no_error(struct pdfin *pdf)
{
    bool is_error = qpdf_has_error(pdf->qpdf) == QPDF_TRUE;
    qpdf_error error = is_error ? qpdf_get_error(pdf->qpdf) : NULL;

    if (is_error && qpdf_get_error_code(pdf->qpdf, error) == qpdf_e_password)
        return pdfin_fail(pdf, DIAG_PDFIN_PASSWORD, NULL, NULL);
    if (is_error && is_of_memory(pdf, error))
        return pdfin_fail(pdf, DIAG_PDFIN_MEMORY, NULL, NULL);
    const char *text = is_error ? detail(pdf, error) : NULL;
    tell_warnings(pdf);
    if (is_error)
        (void)pdfin_fail(pdf, DIAG_PDFIN_DAMAGED, text, NULL);
    return !pdf->failed;
}

struct pdfin *
pdfin_open(struct arena *arena, struct diags *diags, const char *file, struct str bytes)
{
    struct pdfin *pdf = arena_alloc(arena, sizeof *pdf);

    *pdf = (struct pdfin){.arena = arena, .diags = diags, .file = file, .bytes = bytes};
    pdf->texts = seen_new(arena);
    pdf->sizes = seen_new(arena);
    if (!looks_like_pdf(diags, file, bytes) ||
        (!pdfin_no_bombs(bytes) && !pdfin_fail(pdf, DIAG_PDFIN_MEMORY, NULL, NULL)))
        return NULL;
    pdf->qpdf = qpdf_init();
    qpdf_silence_errors(pdf->qpdf);
    qpdf_set_suppress_warnings(pdf->qpdf, QPDF_TRUE);
    qpdf_set_attempt_recovery(pdf->qpdf, QPDF_FALSE);
    (void)qpdf_read_memory(pdf->qpdf, file, bytes.ptr, bytes.len, "");
    if (pdfin_no_error(pdf))
        return pdf;
    pdfin_close(pdf);
    return NULL;
}

void
pdfin_close(struct pdfin *pdf)
{
    if (pdf != NULL && pdf->qpdf != NULL)
        qpdf_cleanup(&pdf->qpdf);
}

static void
document_facts(struct pdfin *pdf, qpdf_oh root)
{
    struct pdfin_info *info = &pdf->info;
    struct str version = pdfin_text(pdf, root, "/Version");
    struct str header = str_of(qpdf_get_pdf_version(pdf->qpdf));
    qpdf_oh mark_info = pdfin_get(pdf, root, "/MarkInfo");

    info->version = str_dup(pdf->arena, str_cmp(version, header) > 0 ? version : header);
    info->encrypted = qpdf_is_encrypted(pdf->qpdf) == QPDF_TRUE;
    info->language = pdfin_text(pdf, root, "/Lang");
    info->marked = pdfin_true(pdf, mark_info, "/Marked");
    pdfin_drop(pdf, mark_info);
}

/* The information dictionary, where the XMP does not say it. */
static void
old_facts(struct pdfin *pdf)
{
    struct pdfin_info *info = &pdf->info;
    qpdf_oh trailer = qpdf_get_trailer(pdf->qpdf);
    qpdf_oh old = pdfin_get(pdf, trailer, "/Info");

    if (info->title.len == 0)
        info->title = pdfin_text(pdf, old, "/Title");
    if (info->producer.len == 0)
        info->producer = pdfin_text(pdf, old, "/Producer");
    info->author = pdfin_text(pdf, old, "/Author");
    pdfin_drop(pdf, old);
    pdfin_drop(pdf, trailer);
}

const struct pdfin_info *
pdfin_describe(struct pdfin *pdf)
{
    qpdf_oh root = pdfin_root(pdf);

    document_facts(pdf, root);
    bool good = pdfin_pages(pdf, root) && (pdf->is_brief || pdfin_tags(pdf, root)) &&
                pdfin_files(pdf, root) && pdfin_signatures(pdf, root);
    if (good) {
        pdfin_xmp(pdf, root);
        old_facts(pdf);
    }
    pdfin_drop(pdf, root);
    good = pdfin_no_error(pdf);
    pdf->described = good;
    return good ? &pdf->info : NULL;
}

const struct pdfin_info *
pdfin_describe_briefly(struct pdfin *pdf)
{
    pdf->is_brief = true;
    return pdfin_describe(pdf);
}
