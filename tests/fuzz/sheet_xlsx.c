/* The XLSX reader on any bytes. What begins with "PK" is the archive itself. Anything else is made
 * into one, so that the fuzzer need not get sums of bytes right: a line "== NAME" begins a member,
 * the lines below are its content. No crash, no hang; a workbook comes out or an error; cells are
 * inside the table and have a place and a text. */
#include <stdlib.h>

#include <zip.h>

#include "base/arena.h"
#include "sheet/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
add_member(zip_t *zip, const char *name, struct str text)
{
    zip_source_t *source = zip_source_buffer(zip, text.ptr, text.len, 0);
    zip_int64_t index = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);

    if (index < 0)
        zip_source_free(source);
    else
        (void)zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
}

static void
add_members(struct arena *arena, zip_t *zip, struct str text)
{
    const struct str mark = STR("\n== ");
    size_t at = str_starts(text, STR("== ")) ? 3 : SIZE_MAX;

    while (at < text.len) {
        struct str rest = str_sub(text, at, text.len), name;
        (void)str_line(&rest, &name);
        size_t end = str_find(rest, mark);
        add_member(zip, str_cstr(arena, name), str_sub(rest, 0, end));
        at = end == SIZE_MAX ? text.len : (size_t)(rest.ptr - text.ptr) + end + mark.len;
    }
}

/* The archive, or the empty text. */
static struct str
pack(struct arena *arena, struct str text)
{
    zip_error_t error;
    zip_stat_t stat;
    struct str out = STR("");

    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    if (zip == NULL)
        abort();
    zip_source_keep(source);
    add_members(arena, zip, text);
    if (zip_close(zip) != 0) {
        zip_discard(zip);
    } else if (zip_source_open(source) == 0) {
        if (zip_source_stat(source, &stat) == 0) {
            char *bytes = arena_alloc(arena, stat.size + 1);
            if (zip_source_read(source, bytes, stat.size) != (zip_int64_t)stat.size)
                abort();
            out = (struct str){bytes, stat.size};
        }
        (void)zip_source_close(source);
    }
    zip_source_free(source);
    zip_error_fini(&error);
    return out;
}

static void
check_sheet(struct diags *diags, const struct sheet *sheet)
{
    for (size_t row = 0; row < sheet->rows && row < 1000; row++)
        for (size_t column = 0; column < sheet->columns; column++) {
            const struct cell *cell = sheet_cell(sheet, row, column);
            if (cell == NULL)
                continue;
            (void)cell_check(diags, cell);
            if (cell->pos.file == NULL || cell->text.len == 0)
                abort();
            const struct span *span = sheet_span(sheet, row, column);
            if (span != NULL && (span != sheet_span_over(sheet, row, column) ||
                                 span->last_column < column || span->last_row < row))
                abort();
        }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct str bytes = {(const char *)data, size};

    if (!str_starts(bytes, STR("PK")))
        bytes = pack(arena, bytes);
    const struct workbook *workbook = workbook_read_xlsx(arena, diags, "fuzz.xlsx", bytes);
    if ((workbook == NULL) != (diags_level_count(diags, DIAG_ERROR) > 0))
        abort();
    for (size_t i = 0; workbook != NULL && i < workbook->count; i++)
        check_sheet(diags, workbook->sheets[i]);
    arena_free(arena);
    diags_free(diags);
    return 0;
}
