/* What a PDF holds, as values of banthuek-pdf.h. */
#include "inspect/inspect.h"
#include "base/arena.h"
#include "base/code.h"
#include "engine/report.h"
#include "pdfin/pdfin.h"

static const void **
sizes_of(struct arena *arena, const struct pdfin_info *info, size_t *count)
{
    struct value_list list = {.arena = arena};

    for (size_t from = 0, end; from < info->page_count; from = end) {
        struct banthuek_pdf_pages *pages = value_list_add(&list, sizeof *pages);
        end = pdfin_size_end(info, from);
        *pages = (struct banthuek_pdf_pages){end - from, info->pages[from].width,
                                             info->pages[from].height};
    }
    *count = list.count;
    return list.item;
}

static const void **
tags_of(struct arena *arena, const struct pdfin_info *info)
{
    struct value_list list = {.arena = arena};

    for (size_t i = 0; i < info->tag_count; i++) {
        struct banthuek_pdf_tag *tag = value_list_add(&list, sizeof *tag);
        *tag = (struct banthuek_pdf_tag){bytes_of(info->tags[i].type), info->tags[i].count};
    }
    return list.item;
}

static const void **
fonts_of(struct arena *arena, const struct pdfin_info *info)
{
    struct value_list list = {.arena = arena};

    for (size_t i = 0; i < info->font_count; i++) {
        const struct pdfin_font *from = &info->fonts[i];
        struct banthuek_pdf_font *font = value_list_add(&list, sizeof *font);
        *font = (struct banthuek_pdf_font){bytes_of(from->name), bytes_of(from->subtype),
                                           from->embedded, from->to_unicode};
    }
    return list.item;
}

static const void **
files_of(struct arena *arena, const struct pdfin_info *info)
{
    struct value_list list = {.arena = arena};

    for (size_t i = 0; i < info->file_count; i++) {
        const struct pdfin_file *from = &info->files[i];
        struct banthuek_pdf_file *file = value_list_add(&list, sizeof *file);
        *file = (struct banthuek_pdf_file){bytes_of(from->name), bytes_of(from->relation),
                                           bytes_of(from->mime), from->size, from->is_listed};
    }
    return list.item;
}

static const void **
signatures_of(struct arena *arena, const struct pdfin_info *info)
{
    struct value_list list = {.arena = arena};

    for (size_t i = 0; i < info->signature_count; i++) {
        const struct pdfin_signature *from = &info->signatures[i];
        struct banthuek_pdf_signature *to = value_list_add(&list, sizeof *to);
        *to = (struct banthuek_pdf_signature){bytes_of(from->field),  bytes_of(from->name),
                                              bytes_of(from->time),   bytes_of(from->reason),
                                              bytes_of(from->format), from->covers,
                                              from->covers_all};
    }
    return list.item;
}

static struct str
printed_code(struct arena *arena, struct str text)
{
    char printed[CODE_PRINTED + 1];
    struct code code;

    if (!code_of_text(text, &code))
        return STR("");
    code_print(&code, printed);
    return str_dup(arena, str_of(printed));
}

static const struct banthuek_pdf_scan *
scan_of(struct arena *arena, const struct inspected *inspected)
{
    const struct scan_record *record = &inspected->opened.scan;
    struct banthuek_pdf_scan *scan = arena_alloc(arena, sizeof *scan);

    if (!inspected->opened.is_scan)
        return NULL;
    *scan = (struct banthuek_pdf_scan){.code = bytes_of(printed_code(arena, record->code)),
                                       .sha256 = bytes_of(record->sha256),
                                       .report_pages = record->report_pages,
                                       .missing = record->missing,
                                       .missing_count = record->missing_count,
                                       .again = inspected->scan};
    return scan;
}

/* The description lives in the arena, also what it points to of the PDF that was opened. */
static const struct banthuek_pdf *
value_of(struct arena *arena, const struct inspected *inspected)
{
    const struct opened *opened = &inspected->opened;
    const struct pdfin_info *info = opened->info;
    struct banthuek_pdf *pdf = arena_alloc(arena, sizeof *pdf);
    size_t sizes;

    *pdf = (struct banthuek_pdf){
        .file = opened->path,
        .version = bytes_of(info->version),
        .encrypted = info->encrypted,
        .title = bytes_of(info->title),
        .language = bytes_of(info->language),
        .producer = bytes_of(info->producer),
        .pdfa = bytes_of(info->claims.pdfa),
        .pdfua = bytes_of(info->claims.pdfua),
        .marked = info->marked,
        .has_structure = info->has_structure,
        .page_count = info->page_count,
        .element_count = info->element_count,
        .tag_count = info->tag_count,
        .font_count = info->font_count,
        .file_count = info->file_count,
        .signature_count = info->signature_count,
        .sizes = (const struct banthuek_pdf_pages *const *)sizes_of(arena, info, &sizes),
        .tags = (const struct banthuek_pdf_tag *const *)tags_of(arena, info),
        .fonts = (const struct banthuek_pdf_font *const *)fonts_of(arena, info),
        .files = (const struct banthuek_pdf_file *const *)files_of(arena, info),
        .signatures = (const struct banthuek_pdf_signature *const *)signatures_of(arena, info),
        .made_by = bytes_of(opened->is_ours ? opened->manifest.versions[0].version : STR("")),
        .has_data = opened->is_ours && opened->has_report,
        .again = inspected->again,
        .bytes = inspected->bytes,
        .why_not = {bytes_of(inspected->why_not[0]), bytes_of(inspected->why_not[1])},
        .differences = inspected->differences,
        .made_sha256 = bytes_of(inspected->made),
        .other_page = inspected->first.page,
        .other_then = bytes_of(inspected->first.then),
        .other_now = bytes_of(inspected->first.now),
        .code = bytes_of(inspected->code),
        .printed_code = bytes_of(printed_code(arena, inspected->code)),
        .for_pen = opened->is_ours && opened->manifest.for_pen,
        .scan = scan_of(arena, inspected),
    };
    pdf->sizes_count = sizes;
    return pdf;
}

void
banthuek_inspect_given_up(struct banthuek *b, const char *pdf, enum banthuek_limit limit)
{
    diag_add(b->work.diags, limit == BANTHUEK_TIME ? DIAG_PDFIN_TIME : DIAG_PDFIN_MEMORY,
             (struct pos){pdf, 0, 0}, NULL, NULL, NULL);
}

const struct banthuek_pdf *
banthuek_inspect(struct banthuek *b, const char *path)
{
    struct inspected inspected = {0};
    const struct banthuek_pdf *pdf = NULL;
    size_t errors = work_errors(&b->work);

    if (opened_read(&b->work, path, &inspected.opened)) {
        inspect_again(&b->work, &inspected);
        if (b->wishes.strict && work_errors(&b->work) == errors)
            (void)work_without_warnings(&b->work);
        pdf = value_of(b->work.arena, &inspected);
    }
    opened_close(&inspected.opened);
    return pdf;
}
