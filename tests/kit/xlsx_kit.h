/* Workbooks for tests: members are put in by name, the archive is made of them in memory. A new kit
 * holds a workbook of one sheet, แผ่น1, without cells. */
#ifndef XLSX_KIT_H
#define XLSX_KIT_H

#include "test.h"

#include <zip.h>

#include "sheet/sheet.h"

#define KIT_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define KIT_OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define KIT_PACKAGE "http://schemas.openxmlformats.org/package/2006/relationships"
#define KIT_SHEET "xl/worksheets/sheet1.xml"

struct kit {
    struct arena *arena;
    struct diags *diags;
    struct {
        const char *name;
        struct str text;
    } members[32];
    size_t count;
};

static inline void
kit_put_bytes(struct kit *kit, const char *name, struct str text)
{
    size_t i = 0;

    while (i < kit->count && strcmp(kit->members[i].name, name) != 0)
        i++;
    assert_true(i < 32);
    kit->members[i].name = name;
    kit->members[i].text = text;
    kit->count += i == kit->count;
}

static inline void
kit_put(struct kit *kit, const char *name, const char *text)
{
    kit_put_bytes(kit, name, str_of(text));
}

/* The relationships of the workbook; `more` beside sheet, styles and strings. */
static inline void
kit_relations(struct kit *kit, const char *more)
{
    kit_put(kit, "xl/_rels/workbook.xml.rels",
            arena_printf(kit->arena,
                         "<Relationships xmlns='" KIT_PACKAGE "'>"
                         "<Relationship Id='a' Type='" KIT_OFFICE "/worksheet' "
                         "Target='worksheets/sheet1.xml'/>%s</Relationships>",
                         more));
}

/* The workbook's own part; `sheets` and `more` are inside it. */
static inline void
kit_workbook(struct kit *kit, const char *sheets, const char *more)
{
    kit_put(kit, "xl/workbook.xml",
            arena_printf(kit->arena,
                         "<workbook xmlns='" KIT_MAIN "' xmlns:r='" KIT_OFFICE "'>"
                         "<sheets>%s</sheets>%s</workbook>",
                         sheets, more));
}

/* What is inside sheetData, and what comes after it. */
static inline void
kit_sheet(struct kit *kit, const char *rows, const char *more)
{
    kit_put(kit, KIT_SHEET,
            arena_printf(kit->arena,
                         "<?xml version='1.0'?><worksheet xmlns='" KIT_MAIN "'>"
                         "<sheetData>%s</sheetData>%s</worksheet>",
                         rows, more));
}

/* What is inside the table of shared strings. */
static inline void
kit_strings(struct kit *kit, const char *items)
{
    kit_relations(kit, "<Relationship Id='s' Type='" KIT_OFFICE "/sharedStrings' "
                       "Target='/xl/sharedStrings.xml'/>");
    kit_put(kit, "xl/sharedStrings.xml",
            arena_printf(kit->arena, "<sst xmlns='" KIT_MAIN "'>%s</sst>", items));
}

/* Formats of cells: codes get the numbers 164 and on; `xfs` are the styles. */
static inline void
kit_styles(struct kit *kit, const char *formats, const char *xfs)
{
    kit_relations(kit, "<Relationship Id='f' Type='" KIT_OFFICE "/styles' Target='styles.xml'/>");
    kit_put(kit, "xl/styles.xml",
            arena_printf(kit->arena,
                         "<styleSheet xmlns='" KIT_MAIN "'><numFmts>%s</numFmts>"
                         "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
                         "<cellXfs>%s</cellXfs></styleSheet>",
                         formats, xfs));
}

static inline void
kit_open(struct kit *kit)
{
    *kit = (struct kit){.arena = arena_new(0), .diags = diags_new()};
    kit_put(kit, "_rels/.rels",
            "<Relationships xmlns='" KIT_PACKAGE "'><Relationship Id='a' "
            "Type='" KIT_OFFICE "/officeDocument' Target='xl/workbook.xml'/></Relationships>");
    kit_workbook(kit, "<sheet name='แผ่น1' sheetId='1' r:id='a'/>", "");
    kit_relations(kit, "");
    kit_sheet(kit, "", "");
}

static inline void
kit_close(struct kit *kit)
{
    arena_free(kit->arena);
    diags_free(kit->diags);
}

static inline int
kit_setup(void **state)
{
    struct kit *kit = malloc(sizeof *kit);

    assert_non_null(kit);
    kit_open(kit);
    *state = kit;
    return 0;
}

static inline int
kit_teardown(void **state)
{
    kit_close(*state);
    free(*state);
    return 0;
}

/* The archive; `change` may alter it before it is written. */
static inline struct str
kit_bytes(struct kit *kit, void (*change)(zip_t *zip))
{
    zip_error_t error;
    zip_stat_t stat;

    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    zip_source_keep(source);
    for (size_t i = 0; i < kit->count; i++) {
        struct str text = kit->members[i].text;
        zip_source_t *bytes = zip_source_buffer(zip, text.ptr, text.len, 0);
        assert_true(zip_file_add(zip, kit->members[i].name, bytes, ZIP_FL_ENC_UTF_8) >= 0);
    }
    if (change != NULL)
        change(zip);
    assert_int_equal(zip_close(zip), 0);
    assert_int_equal(zip_source_open(source), 0);
    assert_int_equal(zip_source_stat(source, &stat), 0);
    char *out = arena_alloc(kit->arena, stat.size);
    assert_int_equal(zip_source_read(source, out, stat.size), stat.size);
    zip_source_close(source);
    zip_source_free(source);
    return (struct str){out, stat.size};
}

static inline const struct workbook *
kit_read(struct kit *kit)
{
    return workbook_read_xlsx(kit->arena, kit->diags, "คะแนน.xlsx", kit_bytes(kit, NULL));
}

/* All cells of a sheet, a line per row, a bar between columns; "·" for an empty one, the code of a
 * fault in brackets, the kind before numbers "n:", dates "d:" and truths "b:", and behind "→" what
 * is shown instead. */
static inline const char *
kit_show(struct arena *arena, const struct sheet *sheet)
{
    static const char *const kinds[] = {"", "n:", "d:", "b:", ""};
    struct buf out = buf_in(arena);

    assert_non_null(sheet);
    for (size_t row = 0; row < sheet->rows; row++)
        for (size_t column = 0; column < sheet->columns; column++) {
            const struct cell *cell = sheet_cell(sheet, row, column);
            if (cell == NULL)
                buf_text(&out, "·");
            else if (cell->kind == CELL_FAULT)
                buf_printf(&out, "[%s %.*s]", diag_code_name(cell->fault), STR_FMT(cell->text));
            else
                buf_printf(&out, "%s%.*s", kinds[cell->kind], STR_FMT(cell->text));
            if (cell != NULL && cell->look != NULL && cell->look->stored.len == 0)
                buf_printf(&out, "→%.*s", STR_FMT(cell->look->shown));
            buf_byte(&out, column + 1 < sheet->columns ? '|' : '\n');
        }
    buf_byte(&out, '\0');
    return out.ptr;
}

/* The cells of the first sheet; there must have been no error. */
static inline const char *
kit_cells(struct kit *kit)
{
    const struct workbook *workbook = kit_read(kit);

    for (size_t i = 0; workbook == NULL && i < diags_count(kit->diags); i++)
        print_error("%s\n", diag_line(kit->arena, diags_at(kit->diags, i), DIAG_ENGLISH).ptr);
    assert_non_null(workbook);
    return kit_show(kit->arena, workbook->sheets[0]);
}

#define KIT_TEST(name) cmocka_unit_test_setup_teardown(name, kit_setup, kit_teardown)

#endif
