/* The CSV reader on any bytes: no crash, no hang; cells it gives are inside the table and have a
 * place, and what it refuses has an error. */
#include <stdlib.h>

#include "base/arena.h"
#include "sheet/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const struct sheet *sheet =
        sheet_read_csv(arena, diags, "fuzz.csv", (struct str){(const char *)data, size});

    if ((sheet == NULL) != (diags_level_count(diags, DIAG_ERROR) > 0))
        abort();
    for (size_t row = 0; sheet != NULL && row < sheet->rows; row++)
        for (size_t column = 0; column < sheet->columns; column++) {
            const struct cell *cell = sheet_cell(sheet, row, column);
            if (cell != NULL && (cell->text.len == 0 || cell->kind != CELL_TEXT ||
                                 cell->pos.line < row + 1 || cell->pos.column == 0))
                abort();
        }
    arena_free(arena);
    diags_free(diags);
    return 0;
}
