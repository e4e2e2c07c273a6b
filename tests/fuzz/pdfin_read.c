/* Reading any bytes as a PDF: no crash, no hang, and what is refused has one error or more. The
 * files of what is taken are unpacked, up to a size. */
#include <stdlib.h>

#include "base/arena.h"
#include "pdfin/pdfin.h"

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
    for (size_t i = 0; i < info->signature_count; i++) {
        if (info->signatures[i].covers_all && info->signatures[i].covers == 0)
            abort();
    }
    arena_free(arena);
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
    if (info != NULL)
        use(pdf, info);
    pdfin_close(pdf);
    arena_free(arena);
    diags_free(diags);
    return 0;
}
