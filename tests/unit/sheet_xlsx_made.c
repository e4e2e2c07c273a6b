/* Workbooks as programs write them: openpyxl (through tests/tools/make_workbooks.py) and
 * libxlsxwriter. What LibreOffice writes is read in tests/long/libreoffice. */
#include "xlsx_kit.h"

#include <stdio.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/files.h"
#include "value/value.h"

static char folder[] = "/tmp/banthuek-made-XXXXXX";

static const char *
path_of(struct kit *kit, const char *name)
{
    return arena_printf(kit->arena, "%s/%s", folder, name);
}

static int
make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    char command[256];
    (void)snprintf(command, sizeof command,
                   "build/python/bin/python tests/tools/make_workbooks.py %s", folder);
    return system(command);
}

static int
remove_folder(void **state)
{
    char command[64];

    (void)state;
    (void)snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static const struct workbook *
read_made(struct kit *kit, const char *name)
{
    struct str bytes = STR("");

    assert_true(files_read(files_system(), kit->arena, kit->diags, POS_NONE, path_of(kit, name),
                           VALUE_BYTES_MAX, &bytes));
    return workbook_read_xlsx(kit->arena, kit->diags, name, bytes);
}

static void
assert_sheet(struct kit *kit, const struct workbook *workbook, const char *name, const char *cells)
{
    assert_non_null(workbook);
    assert_string_equal(kit_show(kit->arena, workbook_sheet(workbook, str_of(name))), cells);
}

static void
openpyxl_writes_what_is_read(void **state)
{
    static const char *const files[] = {"openpyxl.xlsx", "openpyxl-1904.xlsx"};
    struct kit *kit = *state;

    for (size_t i = 0; i < 2; i++) {
        const struct workbook *workbook = read_made(kit, files[i]);
        assert_sheet(kit, workbook, "คะแนน 2566",
                     "ที่|ตัวชี้วัด|คะแนน|·|·|·|·\n"
                     "n:1|การปฏิบัติหน้าที่|n:99.49|·|·|·|·\n"
                     "n:2|การใช้งบประมาณ\nบรรทัดที่สอง|n:86.17|·|·|·|·\n"
                     "n:3|การใช้อำนาจ|n:100|·|·|·|·\n"
                     "·|รวม|[XLSX_NO_VALUE =SUM(C2:C4)]|·|·|·|·\n"
                     "·|·|·|·|·|·|·\n"
                     "·|·|·|·|b:ใช่|[XLSX_ERROR_VALUE #N/A]|A & <b> \"ก\"\n"
                     "·|·|·|·|·|·|·\n"
                     "หมายเหตุ|·|·|·|·|·|·\n");
        assert_sheet(
            kit, workbook, "วันที่",
            arena_printf(kit->arena,
                         "d/m/yyyy|d:2566-09-29\n"
                         "[$-D07041E]d mmm yyyy|d:2566-09-29\n"
                         "[$-41E]d mmmm bbbb;@|d:2566-09-29\n"
                         "mmm-yy|d:2566-09-29\n"
                         "h:mm|08:30\n"
                         "[h]:mm:ss|%s:30\n"
                         "0.00\" d\"|n:%s\n"
                         "ร้อยละ|n:0.8617→86.17%%\n"
                         "พ.ศ. ที่พิมพ์เป็น ค.ศ.|[XLSX_DATE_ERA 2566-09-29]\n",
                         i == 0 ? "1084760" : "1049672",
                         i == 0 ? "45198.3541666667→45198.35 d" : "43736.3541666667→43736.35 d"));
        assert_int_equal(workbook->count, 4);
        assert_false(workbook->sheets[0]->hidden);
        assert_true(workbook_sheet(workbook, STR("ซ่อน"))->hidden);
        assert_true(workbook_sheet(workbook, STR("ซ่อนมาก"))->hidden);
    }
    assert_int_equal(diags_count(kit->diags), 0);
}

/* `streamed`: rows are written as they come, with texts inline. */
static void
write_workbook(struct kit *kit, const char *name, bool streamed)
{
    lxw_workbook_options options = {.constant_memory = streamed};
    lxw_workbook *book = workbook_new_opt(path_of(kit, name), &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "คะแนน");
    lxw_worksheet *hidden = workbook_add_worksheet(book, "ซ่อน");
    lxw_format *day = workbook_add_format(book), *bold = workbook_add_format(book);
    lxw_datetime date = {2023, 9, 29, 0, 0, 0.0};
    char heavy[] = "หนา ", light[] = "บาง";
    lxw_rich_string_tuple one = {.format = bold, .string = heavy}, two = {.string = light};
    lxw_rich_string_tuple *rich[] = {&one, &two, NULL};

    format_set_num_format(day, "[$-107041E]d mmmm yyyy");
    format_set_bold(bold);
    worksheet_write_string(sheet, 0, 0, "ตัวชี้วัด", bold);
    worksheet_write_string(sheet, 0, 1, " คะแนน\nรวม", NULL);
    worksheet_write_number(sheet, 1, 0, 1, NULL);
    worksheet_write_number(sheet, 1, 1, 86.170000000000002, NULL);
    worksheet_write_datetime(sheet, 2, 0, &date, day);
    worksheet_write_boolean(sheet, 2, 1, 0, NULL);
    worksheet_write_rich_string(sheet, 3, 0, rich, NULL);
    worksheet_write_blank(sheet, 3, 1, bold);
    worksheet_merge_range(sheet, 4, 0, 4, 1, "ผสาน", NULL);
    if (!streamed) {
        worksheet_write_formula_num(sheet, 5, 0, "=B2", NULL, 86.17);
        worksheet_write_formula_str(sheet, 5, 1, "=\"ก\"&1", NULL, "ก1");
        lxw_chart *chart = workbook_add_chart(book, LXW_CHART_BAR);
        chart_add_series(chart, NULL, "=คะแนน!$B$2:$B$2");
        chartsheet_set_chart(workbook_add_chartsheet(book, "แผนภูมิ"), chart);
    }
    worksheet_hide(hidden);
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
}

static void
libxlsxwriter_writes_what_is_read(void **state)
{
    struct kit *kit = *state;
    const char *cells = "ตัวชี้วัด|คะแนน\nรวม\n"
                        "n:1|n:86.17\n"
                        "d:2566-09-29|b:ไม่ใช่\n"
                        "หนา บาง|·\n"
                        "ผสาน|·\n";

    write_workbook(kit, "whole.xlsx", false);
    write_workbook(kit, "streamed.xlsx", true);
    const struct workbook *workbook = read_made(kit, "whole.xlsx");
    assert_sheet(kit, workbook, "คะแนน", arena_printf(kit->arena, "%sn:86.17|ก1\n", cells));
    assert_int_equal(workbook->count, 2);
    assert_true(workbook->sheets[1]->hidden);
    assert_int_equal(diags_count(kit->diags), 1);
    assert_diag(kit->diags, 0, XLSX_STALE);
    assert_string_equal(diags_at(kit->diags, 0)->pos.file, "whole.xlsx#คะแนน!A6");
    assert_sheet(kit, read_made(kit, "streamed.xlsx"), "คะแนน", cells);
    assert_int_equal(diags_count(kit->diags), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(openpyxl_writes_what_is_read),
        KIT_TEST(libxlsxwriter_writes_what_is_read),
    };
    return cmocka_run_group_tests_name("sheet/xlsx-made", tests, make_folder, remove_folder);
}
