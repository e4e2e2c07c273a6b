/* XLSX files that are damaged, hostile, or something else: each is refused with its reason, soon
 * and without much memory. */
#include "xlsx_kit.h"

#include <stdio.h>
#include <time.h>

#include "sheet/inner.h"

/* Asserts that the workbook is refused with one error, of this code. */
static void
refused(struct kit *kit, struct str bytes, const char *code)
{
    size_t before = diags_count(kit->diags);
    clock_t start = clock();

    assert_null(workbook_read_xlsx(kit->arena, kit->diags, "คะแนน.xlsx", bytes));
    assert_int_equal(diags_count(kit->diags), before + 1);
    const struct diag *diag = diags_at(kit->diags, before);
    if (strcmp(diag_code_name(diag->code), code) != 0)
        fail_msg("%s, not %s", diag_line(kit->arena, diag, DIAG_ENGLISH).ptr, code);
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
}

/* The same, with this place and this in the English message. */
static void
refused_saying(struct kit *kit, const char *code, const char *file, const char *words)
{
    size_t before = diags_count(kit->diags);

    refused(kit, kit_bytes(kit, NULL), code);
    const struct diag *diag = diags_at(kit->diags, before);
    assert_string_equal(diag->pos.file, file);
    const char *text = diag_message(kit->arena, diag, DIAG_ENGLISH).ptr;
    if (str_find(diag_message(kit->arena, diag, DIAG_ENGLISH), str_of(words)) == SIZE_MAX)
        fail_msg("\"%s\" is not in \"%s\"", words, text);
}

/* `count` times `piece` between two texts. */
static struct str
repeat(struct kit *kit, const char *begin, const char *piece, size_t count, const char *end)
{
    struct buf out = buf_in(kit->arena);

    buf_text(&out, begin);
    for (size_t i = 0; i < count; i++)
        buf_text(&out, piece);
    buf_text(&out, end);
    return buf_str(&out);
}

static void
other_files_are_named(void **state)
{
    static const char ole[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    static const char wide[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    struct kit *kit = *state;
    struct buf locked = buf_in(kit->arena);

    refused(kit, STR(""), "DATA_EMPTY");
    refused(kit, STR("ตัวชี้วัด,คะแนน\n"), "XLSX_KIND");
    refused(kit, STR("<html><table>"), "XLSX_KIND");
    refused(kit, (struct str){ole, 8}, "XLSX_KIND");
    assert_non_null(strstr(diags_at(kit->diags, 3)->arg[0], ".xls)"));
    buf_add(&locked, (struct str){ole, 8});
    buf_add(&locked, (struct str){wide, sizeof wide - 1});
    refused(kit, buf_str(&locked), "XLSX_PASSWORD");
    refused(kit, STR("PK\3\4 and no more"), "XLSX_DAMAGED");
    struct str whole = kit_bytes(kit, NULL);
    refused(kit, str_sub(whole, 0, whole.len - 30), "XLSX_DAMAGED");
    kit_put(kit, "META-INF/manifest.xml", "<x/>");
    refused_saying(kit, "XLSX_KIND", "คะแนน.xlsx", ".ods");
}

static void
other_packages_are_named(void **state)
{
    struct kit *kit = *state;

    kit_put(kit, "xl/workbook.xml", "<document xmlns='urn:word'><sheets/></document>");
    refused_saying(kit, "XLSX_KIND", "คะแนน.xlsx", "another document");
    kit_put(kit, "_rels/.rels",
            "<Relationships xmlns='" KIT_PACKAGE "'><Relationship Id='a' Type='" KIT_OFFICE
            "/officeDocument' Target='xl/workbook.bin'/></Relationships>");
    refused_saying(kit, "XLSX_KIND", "คะแนน.xlsx", "without a workbook");
    kit_put(kit, "xl/workbook.bin", "\1\2\3");
    refused_saying(kit, "XLSX_KIND", "คะแนน.xlsx", ".xlsb");
    kit_put(kit, "_rels/.rels", "<Relationships xmlns='" KIT_PACKAGE "'/>");
    refused_saying(kit, "XLSX_KIND", "คะแนน.xlsx", "without a workbook");
}

static void
names_that_lead_out_are_refused(void **state)
{
    static const char *const names[] = {"../x", "/x", "a/../../x", "C:/x", "..\\x", "a/..", ".."};
    struct kit *kit = *state;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        kit->members[kit->count].name = names[i];
        kit->members[kit->count++].text = STR("x");
        refused_saying(kit, "XLSX_UNSAFE", "คะแนน.xlsx", i == 4 ? "../x" : names[i]);
        kit->count--;
    }
    kit_put(kit, "XL/Workbook.xml", "x");
    refused_saying(kit, "XLSX_UNSAFE", "คะแนน.xlsx", "orkbook.xml");
}

static void
add_flood(zip_t *zip)
{
    char name[24];

    for (size_t i = 0; i <= PACKAGE_MEMBERS_MAX; i++) {
        (void)snprintf(name, sizeof name, "%zu", i);
        assert_true(zip_file_add(zip, name, zip_source_buffer(zip, "", 0, 0), 0) >= 0);
    }
}

static void
a_flood_of_members_is_refused(void **state)
{
    struct kit *kit = *state;

    refused(kit, kit_bytes(kit, add_flood), "XLSX_UNSAFE");
}

static void
documents_that_declare_entities_are_refused(void **state)
{
    struct kit *kit = *state;

    kit_put(kit, KIT_SHEET,
            "<!DOCTYPE worksheet [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>"
            "<worksheet xmlns='" KIT_MAIN "'>&b;</worksheet>");
    refused_saying(kit, "XLSX_UNSAFE", "คะแนน.xlsx", "DTD) in xl/worksheets/sheet1.xml");
    kit_put(kit, "xl/workbook.xml", "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>");
    refused_saying(kit, "XLSX_UNSAFE", "คะแนน.xlsx", "xl/workbook.xml");
}

static void
bombs_are_stopped_while_they_unpack(void **state)
{
    struct kit *kit = *state;
    const char *begin = "<worksheet xmlns='" KIT_MAIN "'>", *end = "</worksheet>";

    kit_put_bytes(kit, KIT_SHEET,
                  repeat(kit, begin, "                ", PACKAGE_MEMBER_BYTES_MAX / 16, end));
    refused_saying(kit, "XLSX_UNPACKED", "คะแนน.xlsx", "64 MB (in xl/worksheets/sheet1.xml)");
    kit_workbook(kit,
                 "<sheet name='ก' sheetId='1' r:id='a'/><sheet name='ข' sheetId='2' r:id='a'/>"
                 "<sheet name='ค' sheetId='3' r:id='a'/>",
                 "");
    kit_put_bytes(kit, KIT_SHEET,
                  repeat(kit, begin, "                ", PACKAGE_MEMBER_BYTES_MAX / 16 - 99, end));
    refused_saying(kit, "XLSX_UNPACKED", "คะแนน.xlsx", "128 MB");
}

static void
xml_made_to_cost_memory_or_time_is_refused(void **state)
{
    struct kit *kit = *state;
    const char *begin = "<worksheet xmlns='" KIT_MAIN "'>";

    kit_put_bytes(kit, KIT_SHEET, repeat(kit, begin, "<a>", 1000000, ""));
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "nested");
    kit_put_bytes(kit, KIT_SHEET, repeat(kit, begin, "<row><y:a>", 1000000, ""));
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "unbound prefix");
    kit_put_bytes(kit, KIT_SHEET,
                  repeat(kit, "<worksheet a='", "aaaaaaaaaaaaaaaa", (32 << 20) / 16, "'/>"));
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "without an end");
    kit_put_bytes(kit, KIT_SHEET,
                  repeat(kit, begin, "<mergeCell ref='A1:XFD1048576'/>", 1000000, ""));
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "xl/worksheets/sheet1.xml");
    kit_strings(kit, "");
    kit_put_bytes(
        kit, "xl/sharedStrings.xml",
        repeat(kit, "<sst xmlns='" KIT_MAIN "'>", "<si/>", SHEET_CELLS_MAX + 1, "</sst>"));
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "more texts than cells");
}

static void
overlapping_merged_cells_are_given_up(void **state)
{
    struct kit *kit = *state;
    const char *begin = "<worksheet xmlns='" KIT_MAIN "'><sheetData><row r='100000'><c><v>1</v></c>"
                        "</row></sheetData>";

    kit_put_bytes(kit, KIT_SHEET,
                  repeat(kit, begin, "<mergeCell ref='A1:XFD1048576'/>", 1000, "</worksheet>"));
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "overlap");
}

static void
absurd_dimensions_are_refused_with_the_place(void **state)
{
    struct kit *kit = *state;

    kit_sheet(kit, "<row r='1048576'><c r='XFD1048576' s='1'/></row>", "");
    assert_string_equal(kit_cells(kit), "");
    kit_sheet(kit, "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", "");
    refused_saying(kit, "XLSX_TOO_LARGE", "คะแนน.xlsx#แผ่น1!XFD1048576",
                   "100000 rows, 1000 columns");
    kit_sheet(kit, "<row r='100000'><c r='ALL100000'><v>1</v></c></row>", "");
    assert_non_null(kit_read(kit));
    kit_sheet(kit, "<row r='1'><c r='ALM1'><v>1</v></c></row>", "");
    refused_saying(kit, "XLSX_TOO_LARGE", "คะแนน.xlsx#แผ่น1!ALM1", "columns");
    const char *row = str_cstr(kit->arena, repeat(kit, "<row>", "<c><v>1</v></c>", 1000, "</row>"));
    kit_sheet(kit, str_cstr(kit->arena, repeat(kit, "", row, 1001, "")), "");
    refused_saying(kit, "XLSX_TOO_LARGE", "คะแนน.xlsx#แผ่น1!A1001", "1000000 cells");
}

static void
a_flood_of_sheets_is_refused(void **state)
{
    struct kit *kit = *state;
    struct buf sheets = buf_in(kit->arena);

    for (int i = 0; i < 5000; i++)
        buf_printf(&sheets, "<sheet name='%d' sheetId='%d' r:id='a'/>", i, i);
    buf_byte(&sheets, '\0');
    kit_workbook(kit, sheets.ptr, "");
    refused_saying(kit, "XLSX_SHEETS", "คะแนน.xlsx", "100");
}

static void
parts_that_are_missing_are_named(void **state)
{
    struct kit *kit = *state;

    kit_workbook(kit, "", "");
    refused_saying(kit, "XLSX_NO_SHEET", "คะแนน.xlsx", "no sheet");
    kit_workbook(kit, "<sheet name='ก' sheetId='1' r:id='zz'/>", "");
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "ก: a sheet is missing");
    kit_workbook(kit, "<sheet name='ก' sheetId='1'/>", "");
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "xl/workbook.xml: line 1");
    kit_workbook(kit, "<sheet name='ก' r:id='a'/><sheet name='ก' r:id='a'/>", "");
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "ก: two sheets of one name");
    kit_workbook(kit, "<sheet name='ก' sheetId='1' r:id='s'/>", "");
    kit_relations(kit, "<Relationship Id='s' Type='" KIT_OFFICE
                       "/worksheet' Target='http://x/' TargetMode='External'/>");
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "ก: a sheet is missing");
    kit_relations(kit, "<Relationship Id='s' Type='x' Target='../../../etc/passwd'/>");
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "leads out");
}

/* A part that no cell needs is not missed. */
static void
parts_that_are_not_needed_may_be_missing(void **state)
{
    struct kit *kit = *state;

    kit_relations(kit, "<Relationship Id='s' Type='" KIT_OFFICE "/styles' Target='none.xml'/>"
                       "<Relationship Id='t' Type='" KIT_OFFICE "/sharedStrings' Target='no.xml'/>"
                       "<Relationship Id='u' Type='" KIT_OFFICE "/worksheet' Target='lost.xml'/>");
    kit_workbook(
        kit, "<sheet name='ก' sheetId='1' r:id='a'/><sheet name='ข' sheetId='2' r:id='u'/>", "");
    kit_sheet(kit, "<row><c s='0'><v>1</v></c></row>", "");
    const struct workbook *workbook = kit_read(kit);
    assert_int_equal(diags_count(kit->diags), 0);
    assert_false(workbook->sheets[0]->lost);
    assert_true(workbook->sheets[1]->lost);
    /* a number that may have been a day */
    kit_sheet(kit, "<row><c t='inlineStr' s='1'><is><t>ก</t></is></c><c s='1'><v>1</v></c></row>",
              "");
    assert_non_null(kit_read(kit));
    assert_int_equal(diags_count(kit->diags), 1);
    assert_diag(kit->diags, 0, XLSX_NO_FORMATS);
    assert_string_equal(diags_at(kit->diags, 0)->pos.file, "คะแนน.xlsx#ก!B1");
    kit_sheet(kit, "<row><c t='s'><v>0</v></c></row>", "");
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "text is missing");
}

static void
cells_that_cannot_be_are_damage(void **state)
{
    static const char *const rows[][2] = {
        {"<row r='0'/>", "impossible number"},
        {"<row r='1048577'/>", "impossible number"},
        {"<row r='-1'/>", "impossible number"},
        {"<row r='99999999999999999999999'/>", "impossible number"},
        {"<row r='1'><c r='A2'/></row>", "impossible place"},
        {"<row r='1'><c r='1A'/></row>", "impossible place"},
        {"<row r='1'><c r='XFE1'/></row>", "impossible place"},
        {"<row r='1'><c r='AAAAAAAAAAAAAAAA1'/></row>", "impossible place"},
        {"<row r='1'><c r=''/></row>", "impossible place"},
        {"<row><c t='s'><v>0</v></c></row>", "text is missing"},
        {"<row><c t='s'><v>-1</v></c></row>", "text is missing"},
        {"<row><c t='s'><v>99999999999999999999999</v></c></row>", "text is missing"},
        {"<row><c t='stranger than that'><v>0</v></c></row>", "unknown type"},
        {"<row><c r='A1'><v>0</v></c><c r='A1'><v>0</v></c></row>", "twice"},
        {"<row>", "mismatched tag"},
    };
    static const char *const merged[] = {"", "A1:", "A1:B", "B2:A1", "A1:B2:C3", "1", "A1:XFE1"};
    struct kit *kit = *state;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        kit_sheet(kit, rows[i][0], "");
        refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", rows[i][1]);
    }
    for (size_t i = 0; i < sizeof merged / sizeof merged[0]; i++) {
        kit_sheet(kit, "", arena_printf(kit->arena, "<mergeCell ref='%s'/>", merged[i]));
        refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "merged");
    }
    kit_sheet(kit, "", "");
    kit_styles(kit, "", "<xf numFmtId='70000'/>");
    refused_saying(kit, "XLSX_DAMAGED", "คะแนน.xlsx", "a format of cells");
}

static void
lock(zip_t *zip)
{
    zip_file_set_encryption(zip, 1, ZIP_EM_AES_128, "secret");
}

static void
pack_strangely(zip_t *zip)
{
    zip_set_file_compression(zip, 1, ZIP_CM_BZIP2, 0);
}

static void
members_that_cannot_be_unpacked_are_told(void **state)
{
    struct kit *kit = *state;

    refused(kit, kit_bytes(kit, lock), "XLSX_PASSWORD");
    refused(kit, kit_bytes(kit, pack_strangely), "XLSX_DAMAGED");
    kit_put_bytes(
        kit, KIT_SHEET,
        repeat(kit, "<worksheet xmlns='" KIT_MAIN "'>", "<!-- 12345 -->", 999, "</worksheet>"));
    struct str whole = kit_bytes(kit, NULL);
    char *bytes = arena_strndup(kit->arena, whole.ptr, whole.len);
    size_t sheet = str_find(whole, STR(KIT_SHEET)) + strlen(KIT_SHEET);
    bytes[sheet + 10] = (char)~bytes[sheet + 10];
    refused(kit, (struct str){bytes, whole.len}, "XLSX_DAMAGED");
}

/* Sizes in the headers that are far below what comes out do not help a bomb, nor are they believed.
 */
static void
sizes_in_headers_are_not_believed(void **state)
{
    struct kit *kit = *state;

    kit_put_bytes(kit, KIT_SHEET,
                  repeat(kit, "<worksheet xmlns='" KIT_MAIN "'>", "                ",
                         PACKAGE_MEMBER_BYTES_MAX / 16, "</worksheet>"));
    struct str whole = kit_bytes(kit, NULL);
    char *bytes = arena_strndup(kit->arena, whole.ptr, whole.len);
    uint32_t size = (uint32_t)kit->members[3].text.len;
    char sought[4] = {(char)size, (char)(size >> 8), (char)(size >> 16), (char)(size >> 24)};
    size_t found = 0;
    for (size_t i = 0; i + 4 <= whole.len; i++)
        if (memcmp(bytes + i, sought, 4) == 0) {
            memcpy(bytes + i, "\x40\0\0\0", 4);
            found++;
        }
    assert_true(found >= 1);
    size_t before = diags_count(kit->diags);
    assert_null(
        workbook_read_xlsx(kit->arena, kit->diags, "คะแนน.xlsx", (struct str){bytes, whole.len}));
    assert_true(diags_count(kit->diags) > before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(other_files_are_named),
        KIT_TEST(other_packages_are_named),
        KIT_TEST(names_that_lead_out_are_refused),
        KIT_TEST(a_flood_of_members_is_refused),
        KIT_TEST(documents_that_declare_entities_are_refused),
        KIT_TEST(bombs_are_stopped_while_they_unpack),
        KIT_TEST(xml_made_to_cost_memory_or_time_is_refused),
        KIT_TEST(overlapping_merged_cells_are_given_up),
        KIT_TEST(absurd_dimensions_are_refused_with_the_place),
        KIT_TEST(a_flood_of_sheets_is_refused),
        KIT_TEST(parts_that_are_missing_are_named),
        KIT_TEST(parts_that_are_not_needed_may_be_missing),
        KIT_TEST(cells_that_cannot_be_are_damage),
        KIT_TEST(members_that_cannot_be_unpacked_are_told),
        KIT_TEST(sizes_in_headers_are_not_believed),
    };
    return cmocka_run_group_tests_name("sheet/xlsx-faults", tests, NULL, NULL);
}
