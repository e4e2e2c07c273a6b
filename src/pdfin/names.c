/* Names of the files inside, before any of them is written. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/io.h"
#include "pdfin/inner.h"

static void
tell(struct pdfin *pdf, enum diag_code code, struct str name, struct str other)
{
    diag_add(pdf->diags, code, (struct pos){pdf->file, 0, 0}, diag_str(pdf->diags, name),
             other.len == 0 ? NULL : diag_str(pdf->diags, other), NULL);
}

static int
in_order(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool
holds(const struct str *names, size_t count, struct str name)
{
    return bsearch(&name, names, count, sizeof *names, in_order) != NULL;
}

/* True when no folder in the name ("a", "a/b" of "a/b/c") is a file as well. */
static bool
folders_are_free(struct pdfin *pdf, const struct str *names, size_t count, struct str name)
{
    for (size_t i = 1; i < name.len; i++) {
        if (name.ptr[i] == '/' && holds(names, count, str_sub(name, 0, i))) {
            tell(pdf, DIAG_PDFIN_NAME_FOLDER, str_sub(name, 0, i), name);
            return false;
        }
    }
    return true;
}

bool
pdfin_names_are_good(struct pdfin *pdf)
{
    size_t count = pdf->info.file_count;
    struct str *names = arena_array(pdf->arena, count + 1, sizeof *names);
    bool good = true;

    for (size_t i = 0; i < count; i++) {
        names[i] = pdf->info.files[i].name;
        if (!io_name_is_inside(names[i])) {
            tell(pdf, DIAG_PDFIN_NAME_OUTSIDE, names[i], STR(""));
            good = false;
        }
    }
    qsort(names, count, sizeof *names, in_order);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && str_eq(names[i], names[i - 1])) {
            tell(pdf, DIAG_PDFIN_NAME_TWICE, names[i], STR(""));
            good = false;
        }
        good = folders_are_free(pdf, names, count, names[i]) && good;
    }
    return good;
}
