/* A new report begun from last year's PDF: the report that it carries is read as if it lay in a
 * folder of the PDF's name. */
#include "banthuek-pdf.h"
#include "base/arena.h"
#include "engine/report.h"
#include "inspect/opened.h"
#include "pdfin/pdfin.h"

static bool
check_carries(struct work *w, const struct opened *opened)
{
    struct pos pos = {opened->path, 0, 0};

    if (opened->info->signature_count > 0)
        diag_add(w->diags, DIAG_ENGINE_PDF_SIGNED, pos,
                 diag_printf(w->diags, "%zu", opened->info->signature_count), NULL, NULL);
    if (!opened->is_ours)
        diag_add(w->diags, DIAG_ENGINE_PDF_NOT_OURS, pos, NULL, NULL, NULL);
    else if (!opened->has_report)
        diag_add(w->diags, DIAG_ENGINE_PDF_NO_REPORT, pos, NULL, NULL, NULL);
    return opened->is_ours && opened->has_report;
}

/* Lays the rubrics that it carries over files beside the report. False where one cannot be
 * unpacked. */
static bool
add_rubrics(struct banthuek *b, const struct opened *opened)
{
    static const char *const folders[] = {"rubric/", "template/rubric/"};
    struct work *w = &b->work;
    struct str bytes;

    for (size_t i = 0; i < 2 * opened->info->file_count; i++) {
        struct str name = opened->info->files[i / 2].name, folder = str_of(folders[i % 2]);
        if (!str_starts(name, folder))
            continue;
        if (!opened_file(w, opened, i / 2, &bytes))
            return false;
        name = str_sub(name, folder.len, name.len);
        banthuek_add_file(b, arena_printf(w->arena, "%s/rubric/%.*s", opened->path, STR_FMT(name)),
                          (struct banthuek_bytes){bytes.ptr, bytes.len});
    }
    return true;
}

bool
banthuek_new_from_pdf(struct banthuek *b, const char *dir, const char *template_name, int year,
                      const char *pdf, bool form)
{
    struct work *w = &b->work;
    struct opened opened;
    struct str name, bytes;
    const char *report = NULL;

    if (opened_read(w, pdf, &opened) && check_carries(w, &opened) &&
        opened_report(w, &opened, &name, &bytes) && add_rubrics(b, &opened)) {
        report = arena_printf(w->arena, "%s/%.*s", opened.path, STR_FMT(name));
        banthuek_add_file(b, report, (struct banthuek_bytes){bytes.ptr, bytes.len});
    }
    opened_close(&opened);
    if (report == NULL)
        return false;
    return form ? banthuek_new_form(b, dir, template_name, year, report)
                : banthuek_new(b, dir, template_name, year, report);
}
