#include "inspect/brief.h"

#include "base/arena.h"
#include "engine/report.h"
#include "inspect/opened.h"
#include "inspect/summary_inner.h"
#include "pdfin/form.h"
#include "pdfin/pdfin.h"

static void
read_ours(struct work *w, const struct opened *opened, struct brief *out)
{
    struct pdfin_form form = {0};
    struct summary summary = {0};

    if (!pdfin_form_values(opened->pdf, &form))
        form = (struct pdfin_form){0};
    summary_route(w, opened, &form, &summary);
    out->ours = true;
    out->draft = opened->manifest.draft;
    out->for_pen = opened->manifest.for_pen;
    out->has_fields = opened->manifest.fields;
    out->is_scan = opened->is_scan;
    out->persons = summary.persons;
    out->person_count = summary.person_count;
}

bool
brief_read(struct banthuek *b, const char *path, struct brief *out)
{
    struct work *w = &b->work;
    struct opened opened;

    *out = (struct brief){.file = path};
    bool good = opened_briefly(w, path, &opened);
    if (good) {
        const struct pdfin_info *info = opened.info;
        out->file = opened.path;
        out->bytes = opened.bytes;
        out->title = str_dup(w->arena, info->title);
        out->page_count = info->page_count;
        out->width = info->page_count > 0 ? info->pages[0].width : 0;
        out->height = info->page_count > 0 ? info->pages[0].height : 0;
        out->is_encrypted = info->encrypted;
        out->signature_count = info->signature_count;
        if (opened.is_ours)
            read_ours(w, &opened, out);
    }
    opened_close(&opened);
    return good;
}
