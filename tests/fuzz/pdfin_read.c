/* Reading any bytes as a PDF: no crash, no hang, and what is refused has one error or more. The
 * files of what is taken are unpacked, up to a size; its form is described, and all that an update
 * asks for. */
#include <stdlib.h>

#include "base/arena.h"
#include "pdfin/form.h"
#include "pdfin/update.h"

#define UNPACKED_MAX ((size_t)1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
use(struct pdfin *pdf, const struct pdfin_info *info)
{
    struct arena *arena = arena_new(0);
    struct str bytes;
    bool good = pdfin_check_names(pdf);

    for (size_t i = 0; i < info->file_count; i++) {
        if (good && info->files[i].name.len == 0)
            abort();
        if (info->files[i].size > UNPACKED_MAX)
            continue;
        if (!pdfin_read(pdf, arena, i, &bytes) || bytes.len != info->files[i].size)
            abort();
    }
    struct pdfin_picture picture;
    if (pdfin_picture(pdf, arena, "/X1", &picture) && (picture.width <= 0 || picture.height <= 0))
        abort();
    for (size_t i = 0; i < info->signature_count; i++) {
        if (info->signatures[i].covers_all && info->signatures[i].covers == 0)
            abort();
    }
    arena_free(arena);
}

/* What an update replaces are the dictionaries of fields and of their widgets. */
static bool
ask_entries(struct pdfin *pdf, const struct pdfin_field *field)
{
    struct pdfin_entries entries;
    bool good = field->object == 0 || pdfin_entries(pdf, field->object, &entries);

    for (size_t i = 0; i < field->widget_count && good; i++) {
        unsigned number = field->widgets[i].object;
        good = number == 0 || pdfin_entries(pdf, number, &entries);
        for (size_t k = 0; good && number != 0 && k < entries.count; k++) {
            if (entries.entry[k].raw.len == 0)
                abort();
        }
    }
    return good;
}

static bool
ask(struct pdfin *pdf, const struct pdfin_info *info)
{
    struct pdfin_form form;
    struct pdfin_tail tail;
    bool good = pdfin_form(pdf, &form);

    for (size_t i = 0; i < form.count && good; i++) {
        for (size_t k = 0; k < form.fields[i].widget_count; k++) {
            size_t page = form.fields[i].widgets[k].page;
            if (page != SIZE_MAX && page >= info->page_count)
                abort();
        }
        good = ask_entries(pdf, &form.fields[i]);
    }
    good = good && pdfin_tail(pdf, &tail);
    if (good && (tail.xref == 0 || tail.root == 0 || tail.size <= tail.root))
        abort();
    return good;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct pdfin *pdf =
        pdfin_open(arena, diags, "fuzz.pdf", (struct str){(const char *)data, size});
    const struct pdfin_info *info = pdf == NULL ? NULL : pdfin_describe(pdf);

    if ((info == NULL) != (diags_level_count(diags, DIAG_ERROR) > 0))
        abort();
    if (info != NULL) {
        use(pdf, info);
        size_t errors = diags_level_count(diags, DIAG_ERROR);
        if (ask(pdf, info) != (diags_level_count(diags, DIAG_ERROR) == errors))
            abort();
    }
    pdfin_close(pdf);
    arena_free(arena);
    diags_free(diags);
    return 0;
}
