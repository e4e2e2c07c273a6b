/* Numbers, dates and times of XLSX: the form numbers get, the formats that make dates of them, both
 * epochs. */
#include "xlsx_kit.h"

#include <stdio.h>

#include "sheet/inner.h"

/* What a cell with this content and number format shows. */
static const char *
show_as(struct kit *kit, const char *format, const char *stored)
{
    kit_styles(kit, arena_printf(kit->arena, "<numFmt numFmtId='164' formatCode='%s'/>", format),
               "<xf numFmtId='0'/><xf numFmtId='164'/>");
    kit_sheet(kit, arena_printf(kit->arena, "<row><c s='1'><v>%s</v></c></row>", stored), "");
    return kit_cells(kit);
}

static void
numbers_are_plain_with_fifteen_digits(void **state)
{
    static const char *const cases[][2] = {
        {"86.170000000000002", "86.17"},
        {"86.17", "86.17"},
        {"99.489999999999995", "99.49"},
        {"86.1749", "86.1749"},
        {"0", "0"},
        {"-0", "0"},
        {"-0.5", "-0.5"},
        {"100", "100"},
        {"100.00", "100"},
        {"1E2", "100"},
        {"+1.5e+3", "1500"},
        {"8.6170000000000002E1", "86.17"},
        {"1E-5", "0.00001"},
        {"5.5511151231257827E-17", "0.0000000000000000555111512312578"},
        {"0.1", "0.1"},
        {".5", "0.5"},
        {"5.", "5"},
        {"123456789012345678", "123456789012346000"},
        {"999999999999999.9", "1000000000000000"},
        {"0.30000000000000004", "0.3"},
        {"1e20", "100000000000000000000"},
        {"1E-400", "0"},
    };
    struct kit *kit = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(show_as(kit, "General", cases[i][0]),
                            arena_printf(kit->arena, "n:%s\n", cases[i][1]));
}

static void
what_is_no_number_is_a_fault(void **state)
{
    static const char *const cases[] = {"abc", "1,5", "INF",   "NaN", "0x10", "1e", "--1",
                                        ".",   "1 2", "1E400", "๑",   "1e+",  "-"};
    struct kit *kit = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(show_as(kit, "General", cases[i]),
                            arena_printf(kit->arena, "[XLSX_VALUE %s]\n", cases[i]));
}

/* The number a text says, as printf would write it with 15 digits. */
static void
as_printf(char *out, size_t size, double value)
{
    char text[64];

    (void)snprintf(text, sizeof text, "%.15g", value);
    double back = strtod(text, NULL);
    int places = 0;
    do
        (void)snprintf(out, size, "%.*f", places, back);
    while (strtod(out, NULL) != back && places++ < 40);
}

static void
numbers_agree_with_printf(void **state)
{
    struct kit *kit = *state;
    unsigned long long seed = 2566;

    for (int i = 0; i < 300; i++) {
        char stored[64], wanted[512];
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        double value = (double)(seed >> 20) / (double)(1ULL << (20 + seed % 29));
        (void)snprintf(stored, sizeof stored, "%.17g", value);
        as_printf(wanted, sizeof wanted, value);
        assert_string_equal(show_as(kit, "General", stored),
                            arena_printf(kit->arena, "n:%s\n", wanted));
    }
}

static void
format_codes_say_what_is_a_date(void **state)
{
    static const struct {
        const char *code;
        enum format format;
    } cases[] = {
        {"General", FORMAT_NUMBER},
        {"GENERAL", FORMAT_NUMBER},
        {"", FORMAT_NUMBER},
        {"0.00", FORMAT_NUMBER},
        {"#,##0.00;[Red]-#,##0.00", FORMAT_NUMBER},
        {"0.00E+00", FORMAT_NUMBER},
        {"##0.0E+0", FORMAT_NUMBER},
        {"0\" d\"", FORMAT_NUMBER},
        {"\"day \"0", FORMAT_NUMBER},
        {"\\d0", FORMAT_NUMBER},
        {"_d0_d", FORMAT_NUMBER},
        {"*d0", FORMAT_NUMBER},
        {"[Red]0", FORMAT_NUMBER},
        {"[$฿-41E]#,##0.00", FORMAT_NUMBER},
        {"0.00 คะแนน", FORMAT_NUMBER},
        {"t#,##0.00", FORMAT_NUMBER},
        {"@", FORMAT_NUMBER},
        {"# ?/?", FORMAT_NUMBER},
        {"0%", FORMAT_NUMBER},
        {"t0.00%", FORMAT_NUMBER},
        {"0.00\"%\"", FORMAT_NUMBER},
        {"dd/mm/yyyy", FORMAT_DATE},
        {"D MMM YYYY", FORMAT_DATE},
        {"[$-D07041E]d mmm yyyy;@", FORMAT_DATE},
        {"[$-187041E]d mmmm yyyy", FORMAT_DATE},
        {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", FORMAT_DATE},
        {"d mmmm bbbb", FORMAT_DATE},
        {"d/m/bb", FORMAT_DATE},
        {"[$-41E]d mmmm \"พ.ศ.\" bbbb", FORMAT_DATE},
        {"\"วันที่ \"d mmmm yyyy", FORMAT_DATE},
        {"ว/ด/ปปปป", FORMAT_DATE},
        {"ว/ด/ปปปป ช:นน", FORMAT_DATE},
        {"mmmm", FORMAT_DATE},
        {"mmm-yy", FORMAT_DATE},
        {"[$-411]ggge\"年\"m\"月\"", FORMAT_DATE},
        {"aaaa", FORMAT_DATE},
        {"m/d/yy h:mm AM/PM", FORMAT_DATE},
        {"h:mm AM/PM", FORMAT_TIME},
        {"h:mm a/p", FORMAT_TIME},
        {"[$-F400]h:mm:ss\\ AM/PM", FORMAT_TIME},
        {"mm:ss.0", FORMAT_TIME},
        {"ช:นน:ทท", FORMAT_TIME},
        {"[h]:mm", FORMAT_ELAPSED},
        {"[HH]:MM:SS", FORMAT_ELAPSED},
        {"[mm]:ss", FORMAT_ELAPSED},
        {"\"never closed d", FORMAT_NUMBER},
        {"[never closed d", FORMAT_NUMBER},
        {"\\", FORMAT_NUMBER},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (xlsx_format(str_of(cases[i].code)) != cases[i].format)
            fail_msg("%s: %d", cases[i].code, xlsx_format(str_of(cases[i].code)));
}

/* As Excel shows them; nothing where it is not worked out. */
static void
what_is_shown_is_known(void **state)
{
    static const char *const cases[][3] = {
        {"#,##0.00", "12000.5", "12,000.50"},
        {"#,##0.00", "-1234567.894", "-1,234,567.89"},
        {"0.0%", "0.05", "5.0%"},
        {"0.00%", "0.9816", "98.16%"},
        {"0%", "0.985", "99%"},
        {"\"O\"0", "7", "O7"},
        {"\\O00", "7", "O07"},
        {"0.00", "86.174999", "86.17"},
        {"0.00", "86.175", "86.18"},
        {"0.00", "99.995", "100.00"},
        {"0.00", "0.004", "0.00"},
        {"0", "0.5", "1"},
        {"0", "9.5", "10"},
        {"000", "7", "007"},
        {"0-0000-00000-00-0", "1234567890123", "1-2345-67890-12-3"},
        {"0 0000 0000", "44000000", "0 4400 0000"},
        {"#", "0", ""},
        {"#.##", "0.5", ".5"},
        {"#.##", "12", "12."},
        {"0.0#", "1.5", "1.5"},
        {"0.0#", "1.25", "1.25"},
        {".00", "12.3", "12.30"},
        {"#,##0,", "1234567", "1,235"},
        {"0.0,,\" ล้าน\"", "12500000", "12.5 ล้าน"},
        {"0.00 \"คะแนน\"", "98.16", "98.16 คะแนน"},
        {"0.00 คะแนน", "98.16", "98.16 คะแนน"},
        {"General\" คะแนน\"", "98.16", "98.16 คะแนน"},
        {"[$฿-41E]#,##0.00", "1500", "฿1,500.00"},
        {"[$-D000000]0.00", "86.1", "๘๖.๑๐"},
        {"[$-D07041E]#,##0", "1234", "๑,๒๓๔"},
        {"t0.00", "86.1", "๘๖.๑๐"},
        {"[$-41E]0.0", "1", "1.0"},
        {"[NatNum1][$-41E]0", "12", "๑๒"},
        {"_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-", "1234.5", "1,234.50"},
        {"_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-", "0", "-"},
        {"0.00;(0.00)", "-5", "(5.00)"},
        {"0;-0;\"ไม่มี\"", "0", "ไม่มี"},
        {"[Red][<80]\"ต่ำ \"0;0", "79.6", "ต่ำ 80"},
        {"[Red][<80]\"ต่ำ \"0;0", "85", "85"},
        {"[>=85]\"ผ่าน\";\"ไม่ผ่าน\"", "85", "ผ่าน"},
        {"[>=85]\"ผ่าน\";\"ไม่ผ่าน\"", "84.99", "ไม่ผ่าน"},
        {";;;", "5", ""},
        {"# ?/?", "1.5", ""},
        {"0.00E+00", "1234", ""},
        {"0.00", "123456789012345678901234567890", "123456789012345678901234567890.00"},
        {"0,,,,,,", "5", "0"},
        {"\"", "5", ""},
        {"[", "5", ""},
        {"\\", "5", ""},
    };
    struct kit *kit = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str shown = STR("");
        bool known =
            xlsx_shown_number(kit->arena, str_of(cases[i][0]), str_of(cases[i][1]), &shown);
        if (!str_is(known ? shown : STR(""), cases[i][2]))
            fail_msg("%s of %s: \"%.*s\"", cases[i][0], cases[i][1], STR_FMT(shown));
    }
    struct str text = STR("");
    assert_true(xlsx_shown_text(kit->arena, STR("\"ข้อ \"@"), STR("7ก"), &text));
    assert_str(text, "ข้อ 7ก");
    assert_true(xlsx_shown_text(kit->arena, STR("0;-0;0;_-@_-"), STR("7ก"), &text));
    assert_str(text, "7ก");
    assert_false(xlsx_shown_text(kit->arena, STR("0.00"), STR("7ก"), &text));
}

static void
dates_are_of_the_buddhist_era(void **state)
{
    static const char *const cases[][2] = {
        {"45198", "d:2566-09-29\n"},
        {"45198.75", "d:2566-09-29\n"},
        {"1", "d:2443-01-01\n"},
        {"59", "d:2443-02-28\n"},
        {"60", "[XLSX_DATE 60]\n"},
        {"60.5", "[XLSX_DATE 60.5]\n"},
        {"61", "d:2443-03-01\n"},
        {"45351", "d:2567-02-29\n"},
        {"36585", "d:2543-02-29\n"},
        {"0", "[XLSX_DATE 0]\n"},
        {"-1", "[XLSX_DATE -1]\n"},
        {"2958465", "d:10542-12-31\n"},
        {"2958466", "[XLSX_DATE 2958466]\n"},
        {"1E300", "[XLSX_DATE 1E300]\n"},
        {"243525", "[XLSX_DATE_ERA 2566-09-29]\n"},
    };
    struct kit *kit = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(show_as(kit, "d mmm bbbb", cases[i][0]), cases[i][1]);
}

static void
the_epoch_of_1904_is_known(void **state)
{
    struct kit *kit = *state;

    kit_workbook(kit, "<sheet name='ก' sheetId='1' r:id='a'/>", "<workbookPr date1904='true'/>");
    assert_string_equal(show_as(kit, "d/m/yy", "43736"), "d:2566-09-29\n");
    assert_string_equal(show_as(kit, "d/m/yy", "0"), "d:2447-01-01\n");
    assert_string_equal(show_as(kit, "d/m/yy", "60"), "d:2447-03-01\n");
    assert_string_equal(show_as(kit, "d/m/yy", "-1"), "[XLSX_DATE -1]\n");
}

static void
times_are_text_and_percentages_numbers(void **state)
{
    struct kit *kit = *state;

    assert_string_equal(show_as(kit, "h:mm", "0.354166666666667"), "08:30\n");
    assert_string_equal(show_as(kit, "h:mm:ss", "45198.50001"), "12:00:01\n");
    assert_string_equal(show_as(kit, "h:mm", "0.9999999"), "00:00\n");
    assert_string_equal(show_as(kit, "[h]:mm", "1.5"), "36:00\n");
    assert_string_equal(show_as(kit, "[h]:mm", "-1"), "[XLSX_DATE -1]\n");
    assert_string_equal(show_as(kit, "0.00%", "0.8617"), "n:0.8617→86.17%\n");
    assert_string_equal(show_as(kit, "0%", "1"), "n:1→100%\n");
    assert_string_equal(show_as(kit, "0%", "0"), "n:0→0%\n");
    assert_string_equal(show_as(kit, "0%", "0.001"), "n:0.001→0%\n");
    assert_string_equal(show_as(kit, "0%", "0.00012"), "n:0.00012→0%\n");
}

static void
formats_with_a_number_alone_are_known(void **state)
{
    struct kit *kit = *state;

    kit_styles(kit, "<numFmt numFmtId='15' formatCode='0.0'/><numFmt numFmtId='x' formatCode='d'/>",
               "<xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='20'/><xf numFmtId='46'/>"
               "<xf numFmtId='9'/><xf numFmtId='4'/><xf numFmtId='71'/><xf numFmtId='81'/>"
               "<xf numFmtId='15'/><xf numFmtId='49'/><xf/><xf numFmtId='999'/>");
    kit_sheet(kit,
              "<row><c><v>1.5</v></c><c s='1'><v>1.5</v></c><c s='2'><v>1.5</v></c>"
              "<c s='3'><v>1.5</v></c><c s='4'><v>1.5</v></c><c s='5'><v>1.5</v></c>"
              "<c s='6'><v>1.5</v></c><c s='7'><v>1.5</v></c><c s='8'><v>1.5</v></c>"
              "<c s='9'><v>1.5</v></c><c s='10'><v>1.5</v></c><c s='11'><v>1.5</v></c>"
              "<c s='12'><v>1.5</v></c><c s='x'><v>1.5</v></c></row>",
              "");
    assert_string_equal(kit_cells(kit),
                        "d:2443-01-01|d:2443-01-01|12:00|36:00|n:1.5→150%|n:1.5→1.50|d:2443-01-01|"
                        "d:2443-01-01|n:1.5|n:1.5|n:1.5|n:1.5|n:1.5|n:1.5\n");
}

static void
dates_in_words_of_iso_8601_are_read(void **state)
{
    static const char *const cases[][2] = {
        {"2024-02-29", "d:2567-02-29\n"},
        {"2023-09-29T08:30:00.000", "d:2566-09-29\n"},
        {"2023-02-29", "[XLSX_DATE 2023-02-29]\n"},
        {"2023-13-01", "[XLSX_DATE 2023-13-01]\n"},
        {"2023-9-29", "[XLSX_DATE 2023-9-29]\n"},
        {"T08:30:00", "[XLSX_DATE T08:30:00]\n"},
        {"2566-09-29", "[XLSX_DATE_ERA 2566-09-29]\n"},
        {"2023-09-2912", "[XLSX_DATE 2023-09-2912]\n"},
    };
    struct kit *kit = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kit_sheet(kit, arena_printf(kit->arena, "<row><c t='d'><v>%s</v></c></row>", cases[i][0]),
                  "");
        assert_string_equal(kit_cells(kit), cases[i][1]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        KIT_TEST(numbers_are_plain_with_fifteen_digits),
        KIT_TEST(what_is_no_number_is_a_fault),
        KIT_TEST(numbers_agree_with_printf),
        cmocka_unit_test(format_codes_say_what_is_a_date),
        KIT_TEST(what_is_shown_is_known),
        KIT_TEST(dates_are_of_the_buddhist_era),
        KIT_TEST(the_epoch_of_1904_is_known),
        KIT_TEST(times_are_text_and_percentages_numbers),
        KIT_TEST(formats_with_a_number_alone_are_known),
        KIT_TEST(dates_in_words_of_iso_8601_are_read),
    };
    return cmocka_run_group_tests_name("sheet/xlsx-number", tests, NULL, NULL);
}
