/* The XLSX reader: texts, kinds of cells, places, sheets. */
#include "xlsx_kit.h"

static void
each_kind_of_cell_is_read(void **state)
{
    struct kit *kit = *state;

    kit_strings(kit, "<si><t>ชื่อ</t></si><si><t/></si>");
    kit_sheet(
        kit,
        "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>ใน</t></is></c>"
        "<c r='C1' t='str'><f>\"ส\"&amp;1</f><v>ส1</v></c><c r='D1'><v> 86.10 </v></c></row>"
        "<row r='2'><c r='A2' t='b'><v>1</v></c><c r='B2' t='b'><v>0</v></c>"
        "<c r='C2' t='n'><f>1+1</f><v>2</v></c><c r='D2' t='e'><f>1/0</f><v>#DIV/0!</v></c></row>"
        "<row r='4'><c r='A4' t='s'><v>1</v></c><c r='B4'/><c r='C4'><v></v></c>"
        "<c r='D4' t='str'><f>\"\"</f><v></v></c></row>"
        "<row r='5'><c r='A5'><f>1+1</f></c><c r='B5'><f t='shared' si='0'/><v/></c>"
        "<c r='C5' t='b'><v>2</v></c><c r='D5' t='d'><v>2023-09-29T10:00:00</v></c></row>",
        "");
    assert_string_equal(kit_cells(kit),
                        "ชื่อ|ใน|ส1|n:86.1\n"
                        "b:ใช่|b:ไม่ใช่|n:2|[XLSX_ERROR_VALUE #DIV/0!]\n"
                        "·|·|·|·\n"
                        "·|·|·|·\n"
                        "[XLSX_NO_VALUE =1+1]|[XLSX_NO_VALUE =]|[XLSX_VALUE 2]|d:2566-09-29\n");
    assert_int_equal(diags_count(kit->diags), 0);
}

static void
faults_are_told_when_a_cell_is_used(void **state)
{
    struct kit *kit = *state;

    kit_sheet(
        kit,
        "<row r='7'><c r='C7' t='e'><v>#N/A</v></c><c r='AA7'><f>A1</f></c><c r='AB7'><v>1</v></c>"
        "<c r='AC7' t='inlineStr'><is><t>ก&#10;ข_x0007_</t></is></c></row>",
        "");
    const struct workbook *workbook = kit_read(kit);
    const struct sheet *sheet = workbook_sheet(workbook, STR("แผ่น1"));
    assert_false(cell_check(kit->diags, sheet_cell(sheet, 6, 2)));
    assert_false(cell_check(kit->diags, sheet_cell(sheet, 6, 26)));
    assert_true(cell_check(kit->diags, sheet_cell(sheet, 6, 27)));
    assert_false(cell_check(kit->diags, sheet_cell(sheet, 6, 28)));
    assert_diag(kit->diags, 0, XLSX_ERROR_VALUE);
    assert_string_equal(diags_at(kit->diags, 0)->arg[0], "#N/A");
    assert_string_equal(diags_at(kit->diags, 0)->pos.file, "คะแนน.xlsx#แผ่น1!C7");
    assert_int_equal(diags_at(kit->diags, 0)->pos.line, 0);
    assert_diag(kit->diags, 1, XLSX_NO_VALUE);
    assert_string_equal(diags_at(kit->diags, 1)->pos.file, "คะแนน.xlsx#แผ่น1!AA7");
    assert_diag(kit->diags, 2, TEXT_FORBIDDEN);
    assert_string_equal(diags_at(kit->diags, 2)->arg[0], "U+0007");
    assert_string_equal(diags_at(kit->diags, 2)->pos.file, "คะแนน.xlsx#แผ่น1!AC7");
    assert_int_equal(diags_at(kit->diags, 2)->pos.line, 0);
    assert_string_equal(sheet_pos(kit->arena, sheet, 0, 701).file, "คะแนน.xlsx#แผ่น1!ZZ1");
    assert_string_equal(sheet_pos(kit->arena, sheet, 99, 702).file, "คะแนน.xlsx#แผ่น1!AAA100");
}

static void
rich_text_is_joined_without_how_to_say_it(void **state)
{
    struct kit *kit = *state;

    kit_strings(kit,
                "<si><r><rPr><b/></rPr><t xml:space='preserve'>การ </t></r><r><t> ทำ </t></r>"
                "<rPh sb='0' eb='1'><t>xx</t></rPh><r><t>งาน</t></r><phoneticPr fontId='1'/></si>");
    kit_sheet(kit,
              "<row><c t='s'><v>0</v></c><c t='inlineStr'><is><r><t>ก</t></r><rPh><t>y</t></rPh>"
              "<r><t>ข</t></r></is></c><c t='s'><v>0</v></c></row>",
              "");
    assert_string_equal(kit_cells(kit), "การ ทำงาน|กข|การ ทำงาน\n");
}

static void
escapes_line_ends_and_blanks_are_resolved(void **state)
{
    struct kit *kit = *state;

    kit_sheet(
        kit,
        "<row><c t='inlineStr'><is><t>ก_x000D_\nข\nค_x000d_ง</t></is></c>"
        "<c t='inlineStr'><is><t>_x005F_x0041_ _x0E01_ _xD83D__xDE00_ _xD83D_x _x12_</t></is></c>"
        "<c t='str'><v xml:space='preserve'>  ซ้าย_x0020_</v></c>"
        "<c t='inlineStr'><is><t xml:space='preserve'> \n </t></is></c>"
        "<c t='inlineStr'><is><t>เเละน\u0e4d้า</t></is></c></row>",
        "");
    assert_string_equal(kit_cells(kit),
                        "ก\nข\nค\nง|_x0041_ ก \U0001F600 _xD83D_x _x12_|ซ้าย|·|และน้ำ\n");
    assert_int_equal(diags_count(kit->diags), 1);
    assert_diag(kit->diags, 0, DATA_NORMALISED);
    assert_string_equal(diags_at(kit->diags, 0)->pos.file, "คะแนน.xlsx#แผ่น1!E1");
}

static void
the_place_of_an_emptied_text_is_kept(void **state)
{
    struct kit *kit = *state;

    kit_sheet(kit,
              "<row><c r='C1' t='inlineStr'><is><t>\u200b</t></is></c></row>"
              "<row><c><v>1</v></c><c><v>2</v></c></row>",
              "");
    assert_string_equal(kit_cells(kit), "·|·\nn:1|n:2\n");
    assert_diag(kit->diags, 0, TEXT_UNSEEN);
    assert_string_equal(diags_at(kit->diags, 0)->pos.file, "คะแนน.xlsx#แผ่น1!C1");
}

/* Word's line break comes as _x000B_, its page break as _x000C_. */
static void
line_ends_of_other_programs(void **state)
{
    struct kit *kit = *state;

    kit_sheet(kit,
              "<row><c t='inlineStr'><is><t>ก_x000B_ข\u2028ค\u2029ง_x000C_จ</t></is></c>"
              "<c t='inlineStr'><is><t>\uF0B7 ฉ</t></is></c></row>",
              "");
    assert_string_equal(kit_cells(kit), "ก\nข\nค\nง\nจ|• ฉ\n");
    assert_int_equal(diags_count(kit->diags), 1);
    assert_diag(kit->diags, 0, TEXT_REPLACED);
    assert_string_equal(diags_at(kit->diags, 0)->arg[0], "5");
    assert_string_equal(diags_at(kit->diags, 0)->pos.file, "คะแนน.xlsx#แผ่น1!A1");
}

static void
places_may_be_left_out_or_in_any_order(void **state)
{
    struct kit *kit = *state;

    kit_sheet(kit,
              "<row r='3'><c><v>1</v></c><c r='D3'><v>4</v></c><c><v>5</v></c><c "
              "r='B3'><v>2</v></c></row>"
              "<row><c><v>6</v></c></row><row r='1'><c r='C1'><v>0</v></c></row>",
              "");
    assert_string_equal(kit_cells(kit), "·|·|n:0|·|·\n·|·|·|·|·\nn:1|n:2|·|n:4|n:5\nn:6|·|·|·|·\n");
}

static void
merged_cells_have_their_value_once(void **state)
{
    struct kit *kit = *state;

    kit_sheet(kit,
              "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>"
              "<row><c><v>4</v></c><c><v>5</v></c><c><v>6</v></c></row>"
              "<row><c><v>7</v></c><c><v>8</v></c><c><v>9</v></c></row>",
              "<mergeCells><mergeCell ref='A1:B2'/><mergeCell ref='C3:XFD1048576'/>"
              "<mergeCell ref='A3'/></mergeCells>");
    assert_string_equal(kit_cells(kit), "n:1|·|n:3\n·|·|n:6\nn:7|n:8|n:9\n");
}

static void
sheets_are_found_by_name(void **state)
{
    struct kit *kit = *state;

    kit_workbook(kit,
                 "<sheet name='Data' sheetId='1' r:id='b'/><sheet name='ซ่อน' sheetId='2' "
                 "state='hidden' r:id='a'/><sheet name='แผนภูมิ' sheetId='3' r:id='c'/>"
                 "<sheet name=' ลึ_x0E01_ ' sheetId='4' state='veryHidden' r:id='d'/>",
                 "");
    kit_relations(kit, "<Relationship Id='b' Type='" KIT_OFFICE
                       "/worksheet' Target='/XL/./worksheets/../other/%70age.xml'/>"
                       "<Relationship Id='c' Type='" KIT_OFFICE "/chartsheet' Target='c.xml'/>"
                       "<Relationship Id='d' Type='http://purl.oclc.org/ooxml/officeDocument/"
                       "relationships/worksheet' Target='../strict.xml'/>"
                       "<Relationship Id='e' Type='" KIT_OFFICE
                       "/externalLink' Target='http://x/../../y' TargetMode='External'/>");
    kit_put(kit, "xl/other/page.xml", "<worksheet xmlns='" KIT_MAIN "'/>");
    kit_put(
        kit, "strict.xml",
        "<x:worksheet xmlns:x='http://purl.oclc.org/ooxml/spreadsheetml/main' xmlns:y='urn:y'>"
        "<y:sheetData><x:sheetData/></y:sheetData><x:sheetData><x:row><y:c><x:c><x:v>1</x:v></x:c>"
        "</y:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>");
    kit_sheet(kit, "<row><c><v>1</v></c></row>", "");
    const struct workbook *workbook = kit_read(kit);
    assert_non_null(workbook);
    assert_int_equal(workbook->count, 3);
    assert_false(workbook_sheet(workbook, STR("dATA"))->hidden);
    assert_int_equal(workbook_sheet(workbook, STR("Data"))->rows, 0);
    assert_true(workbook_sheet(workbook, STR("ซ่อน"))->hidden);
    assert_string_equal(workbook_sheet(workbook, STR("ซ่อน"))->file, "คะแนน.xlsx#ซ่อน");
    assert_true(workbook_sheet(workbook, STR("ลึก"))->hidden);
    assert_string_equal(kit_show(kit->arena, workbook->sheets[2]), "n:2\n");
    assert_null(workbook_sheet(workbook, STR("แผนภูมิ")));
    assert_null(workbook_sheet(workbook, STR("")));
}

static void
the_first_formula_that_nobody_calculated_is_told(void **state)
{
    struct kit *kit = *state;

    kit_workbook(kit, "<sheet name='ก' sheetId='1' r:id='a'/>", "<calcPr fullCalcOnLoad='1'/>");
    kit_sheet(kit,
              "<row><c><v>1</v></c><c><f>A1</f></c><c><f>A1</f><v>1</v></c><c><f>A1</f><v>0</v></"
              "c></row>",
              "");
    assert_string_equal(kit_cells(kit), "n:1|[XLSX_NO_VALUE =A1]|n:1|n:0\n");
    assert_int_equal(diags_count(kit->diags), 1);
    assert_diag(kit->diags, 0, XLSX_STALE);
    assert_string_equal(diags_at(kit->diags, 0)->arg[0], "2");
    assert_string_equal(diags_at(kit->diags, 0)->pos.file, "คะแนน.xlsx#ก!C1");
}

static void
members_packed_by_old_programs_are_found(void **state)
{
    struct kit *kit = *state;

    kit->members[3].name = "XL\\Worksheets\\sheet1.XML";
    kit_sheet(kit, "<row><c><v>1</v></c></row>", "");
    kit->members[3].text = kit->members[4].text;
    kit->count = 4;
    assert_string_equal(kit_cells(kit), "n:1\n");
}

/* What is merged, and what is hidden, can be asked for. */
static void
merged_and_hidden_cells_are_known(void **state)
{
    struct kit *kit = *state;

    kit_sheet(kit,
              "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>"
              "<row r='2' hidden='1'><c r='A2'><v>3</v></c><c r='C2'><v>4</v></c></row>"
              "<row r='3' ht='0' customHeight='1'><c r='C3'><v>5</v></c></row>"
              "<row r='4' hidden='1'/><row r='5' hidden='0' ht='15'><c r='A5'><v>6</v></c></row>",
              "<mergeCells><mergeCell ref='C2:D9'/><mergeCell ref='A1:A3'/><mergeCell ref='E1:E2'/>"
              "</mergeCells>");
    const struct sheet *sheet = workbook_sheet(kit_read(kit), STR("แผ่น1"));
    const struct span *span = sheet_span(sheet, 0, 0);
    assert_int_equal(span->last_row, 2);
    assert_int_equal(span->last_column, 0);
    assert_null(sheet_cell(sheet, 1, 0));
    assert_ptr_equal(sheet_span_over(sheet, 2, 0), span);
    assert_null(sheet_span(sheet, 2, 0));
    assert_null(sheet_span_over(sheet, 3, 0));
    assert_null(sheet_span_over(sheet, 0, 1));
    assert_int_equal(sheet_span_over(sheet, 8, 2)->last_column, 3);
    assert_null(sheet_span_over(sheet, 0, 2));
    assert_null(sheet_span_over(sheet, 9, 2));
    assert_null(sheet_span(sheet, 0, 4)); /* nothing in it */
    assert_false(sheet_hides_row(sheet, 0));
    assert_true(sheet_hides_row(sheet, 1));
    assert_true(sheet_hides_row(sheet, 2));
    assert_false(sheet_hides_row(sheet, 4));
    assert_false(sheet_hides_row(sheet, 100000));
    assert_false(sheet_hides_column(sheet, 0));
}

static void
spans_that_overlap_do_no_harm(void **state)
{
    struct kit *kit = *state;

    kit_sheet(kit, "<row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r='A2'><v>2</v></c></row>",
              "<mergeCells><mergeCell ref='A2:A4'/><mergeCell ref='A1:A3'/></mergeCells>");
    const struct sheet *sheet = workbook_sheet(kit_read(kit), STR("แผ่น1"));
    assert_null(sheet_cell(sheet, 1, 0));
    assert_null(sheet_span(sheet, 1, 0));
    assert_int_equal(sheet_span_over(sheet, 1, 0)->row, 0);
    assert_null(sheet_span_over(sheet, 3, 0));
}

static void
hidden_columns_are_known(void **state)
{
    struct kit *kit = *state;

    kit_put(kit, KIT_SHEET,
            "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
            "<cols><col min='2' max='3' hidden='true'/><col min='5' max='5' width='0'/>"
            "<col min='6' max='6' width='10' hidden='0'/><col min='900' max='16384' hidden='1'/>"
            "<col min='0' max='9' hidden='1'/><col hidden='1'/></cols>"
            "<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>");
    const struct sheet *sheet = workbook_sheet(kit_read(kit), STR("แผ่น1"));
    for (size_t i = 0; i < 1001; i++)
        assert_int_equal(sheet_hides_column(sheet, i),
                         i == 1 || i == 2 || i == 4 || (i >= 899 && i < 1000));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(each_kind_of_cell_is_read),
        KIT_TEST(faults_are_told_when_a_cell_is_used),
        KIT_TEST(rich_text_is_joined_without_how_to_say_it),
        KIT_TEST(escapes_line_ends_and_blanks_are_resolved),
        KIT_TEST(the_place_of_an_emptied_text_is_kept),
        KIT_TEST(line_ends_of_other_programs),
        KIT_TEST(places_may_be_left_out_or_in_any_order),
        KIT_TEST(merged_cells_have_their_value_once),
        KIT_TEST(merged_and_hidden_cells_are_known),
        KIT_TEST(spans_that_overlap_do_no_harm),
        KIT_TEST(hidden_columns_are_known),
        KIT_TEST(sheets_are_found_by_name),
        KIT_TEST(the_first_formula_that_nobody_calculated_is_told),
        KIT_TEST(members_packed_by_old_programs_are_found),
    };
    return cmocka_run_group_tests_name("sheet/xlsx", tests, NULL, NULL);
}
