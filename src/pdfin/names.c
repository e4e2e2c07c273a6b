/* Names of the files inside, before any of them is written. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/path.h"
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

/* False, and told, when the name is that of a folder ("a", "a/b" of "a/b/c") as well. The names
 * with that folder stand together in order; one look at where they would begin is enough, however
 * many folders a name has. */
static bool
check_no_folder(struct pdfin *pdf, const struct str *names, size_t count, struct str name)
{
    struct str inside = str_of(arena_printf(pdf->arena, "%.*s/", STR_FMT(name)));
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(names[middle], inside) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count || !str_starts(names[low], inside))
        return true;
    tell(pdf, DIAG_PDFIN_NAME_FOLDER, name, names[low]);
    return false;
}

bool
pdfin_check_names(struct pdfin *pdf)
{
    size_t count = pdf->info.file_count;
    struct str *names = arena_array(pdf->arena, count + 1, sizeof *names);
    bool good = true;

    for (size_t i = 0; i < count; i++) {
        names[i] = pdf->info.files[i].name;
        if (!path_is_inside(names[i])) {
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
        good = (names[i].len == 0 || check_no_folder(pdf, names, count, names[i])) && good;
    }
    return good;
}
