/* Prints the cells of a CSV or XLSX file, or why it is not read: a line per cell, for libreoffice.
 * usage: show-sheets FILE */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/files.h"
#include "sheet/sheet.h"

static void
show(const struct sheet *sheet)
{
    static const char *const kinds[] = {"text", "number", "date", "bool", "fault"};

    (void)printf("%.*s%s\n", STR_FMT(sheet->name), sheet->hidden ? " (hidden)" : "");
    for (size_t row = 0; row < sheet->rows; row++)
        for (size_t column = 0; column < sheet->columns; column++) {
            const struct cell *cell = sheet_cell(sheet, row, column);
            if (cell == NULL)
                continue;
            (void)printf("%zu,%zu %s %.*s", row, column, kinds[cell->kind], STR_FMT(cell->text));
            if (cell->look != NULL && cell->look->shown.len > 0 &&
                !str_eq(cell->look->shown, cell->text))
                (void)printf(" shown %.*s", STR_FMT(cell->look->shown));
            (void)printf("\n");
        }
}

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct str bytes = STR("");

    if (argc == 2 &&
        files_read(files_system(), arena, diags, POS_NONE, argv[1], (size_t)16 << 20, &bytes)) {
        if (str_ends(str_of(argv[1]), STR(".csv"))) {
            const struct sheet *sheet = sheet_read_csv(arena, diags, "file", bytes);
            if (sheet != NULL)
                show(sheet);
        } else {
            const struct workbook *workbook = workbook_read_xlsx(arena, diags, "file", bytes);
            for (size_t i = 0; workbook != NULL && i < workbook->count; i++)
                show(workbook->sheets[i]);
        }
    }
    for (size_t i = 0; i < diags_count(diags); i++)
        (void)printf("%s\n", diag_code_name(diags_at(diags, i)->code));
    arena_free(arena);
    diags_free(diags);
    return EXIT_SUCCESS;
}
