/* XML mode: what documents come out of templates and data. */
#include "test.h"

#include "tmpl_case.h"

static const char schema[] = "fields:\n"
                             "  ก: {type: text}\n"
                             "  ข: {type: text, lines: yes}\n"
                             "  ชื่อ: {type: text, name: yes}\n"
                             "  ย่อหน้า: {type: paragraphs}\n"
                             "  วันที่: {type: date}\n"
                             "  เดือน: {type: month}\n"
                             "  คะแนน: {type: decimal, places: 2}\n"
                             "  จำนวนคน: {type: integer}\n"
                             "  จริง: {type: bool}\n"
                             "  สถานะ: {type: enum, choices: [ดำเนินการ, ยังไม่ได้ดำเนินการ]}\n"
                             "  คำ: {type: list, item: {type: text}}\n"
                             "  แผนที่:\n"
                             "    type: map\n"
                             "    fields:\n"
                             "      ก: {type: text}\n"
                             "      ส่วนที่ 1: {type: decimal, places: 2}\n"
                             "  แถว:\n"
                             "    type: list\n"
                             "    item:\n"
                             "      type: map\n"
                             "      fields:\n"
                             "        ชื่อ: {type: text, name: yes}\n"
                             "        ก: {type: text}\n"
                             "        ย่อย: {type: list, item: {type: text}}\n"
                             "  ด้าน:\n"
                             "    type: list\n"
                             "    item:\n"
                             "      type: map\n"
                             "      fields:\n"
                             "        ชื่อ: {type: text, name: yes}\n"
                             "        คะแนน: {type: decimal, aliases: [ได้]}\n"
                             "        สถานะ: {type: enum, choices: [ทำ, กำลังทำ]}\n"
                             "  ก่อน:\n"
                             "    type: list\n"
                             "    item:\n"
                             "      type: map\n"
                             "      fields:\n"
                             "        ชื่อ: {type: text}\n"
                             "        เดิม: {type: decimal}\n"
                             "        ใน: {type: map, fields: {ชื่อ: {}, ลึก: {type: map, "
                             "fields: {ได้: {type: decimal}}}}}\n";

/* Partials of all tests. */
static const char files[] = "p: |\n"
                            "  <p>ส่วน {{ก}}</p>\n"
                            "inline: ส่วน<b>หนา</b>\n"
                            "rows: |\n"
                            "  {{#แถว}}\n"
                            "  {{>p}}\n"
                            "  {{/แถว}}\n"
                            "base: |\n"
                            "  <!-- ฐาน -->\n"
                            "  <memo title=\"{{$title}}ไม่มีชื่อ{{/title}}\">\n"
                            "    {{$head}}\n"
                            "    <h1>หัว</h1>\n"
                            "    {{/head}}\n"
                            "    {{#แถว}}\n"
                            "    {{$row}}<p>แถว</p>{{/row}}\n"
                            "    {{/แถว}}\n"
                            "  </memo>\n"
                            "middle: |\n"
                            "  {{<base}}\n"
                            "  {{$head}}<h1>กลาง</h1>{{/head}}\n"
                            "  {{$title}}กลาง{{/title}}\n"
                            "  {{/base}}\n";

struct xml_test {
    const char *name, *template, *data, *expected;
};

static void
run_table(const struct xml_test *tests, size_t count, bool show_template)
{
    size_t failed = 0;

    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_new(0);
        struct diags *diags = diags_new();
        struct tmpl_case c = {.schema = str_of(schema),
                              .template = str_of(tests[i].template),
                              .data = str_of(tests[i].data),
                              .show_template = show_template};
        c.files = value_read_yaml(arena, diags, "files.yaml", str_of(files));
        assert_non_null(c.files);
        struct str got = tmpl_case_run(arena, &c);
        if (!str_is(got, tests[i].expected)) {
            print_error("%s\n expected\n%s got\n%.*s\n", tests[i].name, tests[i].expected,
                        STR_FMT(got));
            failed++;
        }
        diags_free(diags);
        arena_free(arena);
    }
    assert_int_equal(failed, 0);
}

#define RUN_TABLE(table) run_table((table), sizeof(table) / sizeof((table)[0]), false)

static const struct xml_test values[] = {
    {"a text", "<memo><p>[{{ก}}]</p></memo>", "ก: เรียน",
     "memo\n  p\n    \"[\"\n    \"เรียน\"\n    \"]\"\n"},
    {"an absent value is nothing", "<memo><p>[{{ก}}]</p></memo>", "{}",
     "memo\n  p\n    \"[\"\n    \"]\"\n"},
    {"data is never markup", "<memo><p>{{ก}}</p></memo>", "ก: '<b>&amp;{{ข}}'",
     "memo\n  p\n    \"<b>&amp;{{ข}}\"\n"},
    {"names keep together", "<memo><p>{{ชื่อ}}</p></memo>", "ชื่อ: นาย ก",
     "memo\n  p\n    ~\"นาย ก\"\n"},
    {"numbers have the decimals of the schema", "<memo><p>{{คะแนน}} {{จำนวนคน}}</p></memo>",
     "คะแนน: 86.10\nจำนวนคน: ๑,๒๓๔", "memo\n  p\n    ~\"86.10\"\n    \" \"\n    ~\"1,234\"\n"},
    {"dates are long Thai ones", "<memo><p>{{วันที่}}/{{เดือน}}</p></memo>",
     "วันที่: 2566-09-29\nเดือน: 2566-10",
     "memo\n  p\n    ~\"๒๙ กันยายน ๒๕๖๖\"\n    \"/\"\n    ~\"ตุลาคม ๒๕๖๖\"\n"},
    {"yes and no", "<memo><p>{{จริง}}<checkbox checked=\"{{จริง}}\"/></p></memo>", "จริง: no",
     "memo\n  p\n    \"ไม่ใช่\"\n    checkbox checked=\"no\"\n"},
    {"line ends where the schema has lines", "<memo title=\"{{ข}}\"><p>{{ข}}</p></memo>",
     "ข: |\n  หนึ่ง\n  สอง", "memo title=\"หนึ่ง สอง\"\n  p\n    \"หนึ่ง\"\n    br\n    \"สอง\"\n"},
    {"line ends stay in attributes that are set", "<memo><opinion title=\"{{ข}}\"/></memo>",
     "ข: |\n  หนึ่ง\n  สอง", "memo\n  opinion title=\"หนึ่ง\\nสอง\"\n"},
    {"empty attributes are left out", "<memo title=\"{{ก}}\"><p class=\"\">x</p></memo>", "{}",
     "memo\n  p\n    \"x\"\n"},
    {"dotted names", "<memo><p>{{แผนที่.ก}}{{แผนที่.ส่วนที่ 1}}</p></memo>", "แผนที่: {ก: ข, ส่วนที่ 1: 1.00}",
     "memo\n  p\n    \"ข\"\n    ~\"1.00\"\n"},
    {"entities", "<memo><p>&lt;&amp;&gt;&quot;&apos;&#3585;&#xE02;</p></memo>", "{}",
     "memo\n  p\n    \"<&>\\\"'กข\"\n"},
    {"a space that does not break", "<memo><p>a&nbsp;b {{ก}}&nbsp;</p></memo>", "ก: '&nbsp;'",
     "memo\n  p\n    \"a\u00A0b \"\n    \"&nbsp;\"\n    \"\u00A0\"\n"},
};

static void
values_are_set(void **state)
{
    (void)state;
    RUN_TABLE(values);
}

static void
templates_are_normalised(void **state)
{
    struct arena *arena = arena_new(0);
    struct tmpl_case c = {.schema = STR("fields: {น้ำ: {type: text}}"),
                          .template = STR("<memo><p>{{น\u0E4D\u0E49\u0E32}}เเ</p></memo>"),
                          .data = STR("น้ำ: x")};

    (void)state;
    assert_true(str_starts(tmpl_case_run(arena, &c), STR("memo\n  p\n    \"x\"\n    \"แ\"\n")));
    arena_free(arena);
}

static const struct xml_test sections[] = {
    {"zero is true", "<memo><p>{{#คะแนน}}<b>{{.}}</b>{{/คะแนน}}{{^คะแนน}}ไม่มี{{/คะแนน}}</p></memo>",
     "คะแนน: 0.00", "memo\n  p\n    b\n      ~\"0.00\"\n"},
    {"absent is false", "<memo><p>{{#คะแนน}}{{.}}{{/คะแนน}}{{^คะแนน}}ไม่มี{{/คะแนน}}</p></memo>",
     "{}", "memo\n  p\n    \"ไม่มี\"\n"},
    {"no is false, and no level",
     "<memo>{{#แผนที่}}{{#จริง}}<p>{{ก}}</p>{{/จริง}}{{^จริง}}<p>ไม่</p>{{/จริง}}{{/แผนที่}}</memo>",
     "จริง: yes\nแผนที่: {ก: ใน}", "memo\n  p\n    \"ใน\"\n"},
    {"rows", "<memo>{{#แถว}}<p>{{@ลำดับ}}. {{ก}}{{^@สุดท้าย}};{{/@สุดท้าย}}</p>{{/แถว}}</memo>",
     "แถว: [{ก: x}, {ก: y}]",
     "memo\n  p\n    ~\"1\"\n    \". \"\n    \"x\"\n    \";\"\n  p\n    ~\"2\"\n    \". \"\n    "
     "\"y\"\n"},
    {"an absent name never falls through",
     "<memo>{{#แถว}}<p>{{ชื่อ}}|</p>{{/แถว}}<p>{{ชื่อ}}</p></memo>", "ชื่อ: นอก\nแถว: [{ก: x}]\n",
     "memo\n  p\n    \"|\"\n  p\n    ~\"นอก\"\nreport.yaml:2:8: warning: the template never uses "
     "\"ก\"; "
     "what is written there will not be printed [TMPL_UNUSED]\n"},
    {"outer names are seen inside", "<memo>{{#แถว}}<p>{{จริง}}{{แผนที่.ก}}</p>{{/แถว}}</memo>",
     "จริง: yes\nแผนที่: {ก: นอก}\nแถว: [{ก: x}]",
     "memo\n  p\n    \"ใช่\"\n    \"นอก\"\nreport.yaml:3:8: warning: the template never uses \"ก\"; "
     "what is "
     "written there will not be printed [TMPL_UNUSED]\n"},
    {"lists of texts, nested", "<memo>{{#แถว}}{{#ย่อย}}<p>{{ก}}{{.}}</p>{{/ย่อย}}{{/แถว}}</memo>",
     "แถว: [{ก: x, ย่อย: [ก, ข]}]", "memo\n  p\n    \"x\"\n    \"ก\"\n  p\n    \"x\"\n    \"ข\"\n"},
    {"in attributes", "<memo title=\"{{#ก}}มี{{.}}{{/ก}}{{^ก}}ไม่มี{{/ก}}\"/>", "ก: ค่า",
     "memo title=\"มีค่า\"\n"},
    {"with filters",
     "<memo>{{#สถานะ | เท่ากับ \"ดำเนินการ\"}}<p>ทำ</p>{{/สถานะ}}{{^สถานะ | เท่ากับ "
     "\"ดำเนินการ\"}}<p>ยัง</p>{{/สถานะ}}"
     "{{#คะแนน | มากกว่า \"84.99\"}}<p>{{คะแนน}}</p>{{/คะแนน | มากกว่า \"84.99\"}}</memo>",
     "สถานะ: ดำเนินการ\nคะแนน: 85.00", "memo\n  p\n    \"ทำ\"\n  p\n    ~\"85.00\"\n"},
    {"quotes in a tag in an attribute",
     "<memo><p><checkbox checked=\"{{สถานะ | เท่ากับ \"ดำเนินการ\"}}\"/></p></memo>",
     "สถานะ: ดำเนินการ", "memo\n  p\n    checkbox checked=\"yes\"\n"},
};

static void
sections_choose_and_repeat(void **state)
{
    (void)state;
    RUN_TABLE(sections);
}

static const struct xml_test paragraphs[] = {
    {"paragraphs", "<memo>{{ย่อหน้า}}</memo>", "ย่อหน้า: |\n  หนึ่ง\n\n  สอง",
     "memo\n  p\n    \"หนึ่ง\"\n  p\n    \"สอง\"\n"},
    {"absent ones", "<memo>{{ย่อหน้า}}<p/></memo>", "{}", "memo\n  p\n"},
    {"lists in lists", "<memo>{{ย่อหน้า}}</memo>",
     "ย่อหน้า: |\n  ดังนี้\n  1. หนึ่ง\n    - ก\n    - ข\n  2. สอง\n  จบ\n",
     "memo\n  p\n    \"ดังนี้\"\n  ol\n    li marker=\"1.\"\n      \"หนึ่ง\"\n      ul\n        li "
     "marker=\"-\"\n"
     "          \"ก\"\n        li marker=\"-\"\n          \"ข\"\n    li marker=\"2.\"\n      "
     "\"สอง\"\n  p\n    \"จบ\"\n"},
    {"a class", "<memo>{{ย่อหน้า | ย่อหน้า \"lead\"}}</memo>", "ย่อหน้า: x",
     "memo\n  p class=\"lead\"\n    \"x\"\n"},
    {"a marker for those that have none",
     "<memo><ul><li>{{ย่อหน้า | หัวข้อย่อย \"(1)\"}}</li></ul></memo>",
     "ย่อหน้า: |\n  หนึ่ง\n\n  - สอง\n\n  สาม",
     "memo\n  ul\n    li\n      ol\n        li marker=\"(1)\"\n          \"หนึ่ง\"\n      ul\n"
     "        li marker=\"-\"\n          \"สอง\"\n      ol\n        li marker=\"(2)\"\n          "
     "\"สาม\"\n"},
    {"filters of text work on each entry", "<memo>{{ย่อหน้า | เลขไทยในข้อความ}}</memo>",
     "ย่อหน้า: |\n  ปี 2566\n  1. ข้อ 2 ของ O26",
     "memo\n  p\n    \"ปี ๒๕๖๖\"\n  ol\n    li marker=\"๑.\"\n      \"ข้อ ๒ ของ O26\"\n"},
    {"run through one by one", "<memo>{{#ย่อหน้า}}<p class=\"c\">{{@ลำดับ}}{{.}}</p>{{/ย่อหน้า}}</memo>",
     "ย่อหน้า: |\n  ก\n\n  ข",
     "memo\n  p class=\"c\"\n    ~\"1\"\n    \"ก\"\n  p class=\"c\"\n    ~\"2\"\n    \"ข\"\n"},
    {"joined into a line", "<memo><p>{{ย่อหน้า | รวมด้วย \" / \"}}</p></memo>", "ย่อหน้า: |\n  ก\n\n  ข",
     "memo\n  p\n    \"ก / ข\"\n"},
    {"something instead", "<memo>{{ย่อหน้า | ค่าเริ่มต้น \"ไม่มี\"}}</memo>", "{}",
     "memo\n  p\n    \"ไม่มี\"\n"},
    {"a list of texts as list entries", "<memo>{{คำ | หัวข้อย่อย \"ก.\"}}</memo>", "คำ: [หนึ่ง, สอง]",
     "memo\n  ol\n    li marker=\"ก.\"\n      \"หนึ่ง\"\n    li marker=\"ข.\"\n      \"สอง\"\n"},
    {"a text as a paragraph", "<memo>{{ก | ย่อหน้า}}</memo>", "ก: x", "memo\n  p\n    \"x\"\n"},
};

static void
paragraphs_become_blocks(void **state)
{
    (void)state;
    RUN_TABLE(paragraphs);
}

static const struct xml_test spaces[] = {
    {"line ends are one space", "<memo>\n  <p>\n    หนึ่ง\n    สอง\n\n    สาม\n  </p>\n</memo>\n",
     "{}", "memo\n  p\n    \"หนึ่ง สอง สาม\"\n"},
    {"written spaces stay", "<memo><p> ก  ข </p></memo>", "{}", "memo\n  p\n    \" ก  ข \"\n"},
    {"a comment at a line's end joins",
     "<memo><p>หนึ่ง{{!}}\n  สอง{{! ต่อ }}  \n  <b>สาม</b></p></memo>", "{}",
     "memo\n  p\n    \"หนึ่งสอง\"\n    b\n      \"สาม\"\n"},
    {"sections on lines of their own leave nothing",
     "<memo><p>\n  ก\n  {{#จริง}}\n  ข\n  {{/จริง}}\n  ค\n</p></memo>", "จริง: yes",
     "memo\n  p\n    \"ก \"\n    \"ข \"\n    \"ค\"\n"},
    {"nothing around an empty value", "<memo><p>\n  {{ก}}\n  ข\n  {{ก}}\n</p></memo>", "{}",
     "memo\n  p\n    \"ข\"\n"},
    {"spaces into elements", "<memo><p>ก\n  <b>\n    ข\n  </b>\n  ค</p></memo>", "{}",
     "memo\n  p\n    \"ก \"\n    b\n      \"ข \"\n    \"ค\"\n"},
    {"none beside a line break", "<memo><p>ก\n<br/>\nข\n<tab/>\nค</p></memo>", "{}",
     "memo\n  p\n    \"ก\"\n    br\n    \"ข\"\n    tab\n    \"ค\"\n"},
    {"one beside a box", "<memo><p>\n<checkbox/>\nก\n<date/>\n</p></memo>", "{}",
     "memo\n  p\n    checkbox\n    \" ก \"\n    date\n"},
    {"none between blocks in a cell",
     "<memo><table><tr><td>\n  <p>ก</p>\n  <p>ข</p>\n </td><td> </td></tr></table></memo>", "{}",
     "memo\n  table\n    tr\n      td\n        p\n          \"ก\"\n        p\n          \"ข\"\n    "
     "  td\n"
     "        \" \"\n"},
    {"text beside blocks", "<memo><ul><li>\n  ก\n  <p>ข</p>\n  ค\n</li></ul></memo>", "{}",
     "memo\n  ul\n    li\n      \"ก\"\n      p\n        \"ข\"\n      \"ค\"\n"},
    {"an empty value between words", "<memo><p>ก\n{{ก}}\nข</p></memo>", "{}",
     "memo\n  p\n    \"ก \"\n    \"ข\"\n"},
    {"CRLF", "<memo>\r\n<p>ก\r\n  ข</p>\r\n</memo>\r\n", "{}", "memo\n  p\n    \"ก ข\"\n"},
    {"a declaration and comments",
     "<?xml version=\"1.0\"?>\n<!-- {{#ไม่ใช่แท็ก}} <p> -- > -->\n<memo><p>ก<!-- {{x}} "
     "-->ข</p></memo>",
     "{}", "memo\n  p\n    \"กข\"\n"},
};

static void
white_space_follows_the_rules(void **state)
{
    (void)state;
    RUN_TABLE(spaces);
}

static const struct xml_test inclusions[] = {
    {"a partial", "<memo>\n  {{>p}}\n</memo>", "ก: ค่า", "memo\n  p\n    \"ส่วน \"\n    \"ค่า\"\n"},
    {"inside a line", "<memo><p>[{{>inline}}]</p></memo>", "{}",
     "memo\n  p\n    \"[\"\n    \"ส่วน\"\n    b\n      \"หนา\"\n    \"]\"\n"},
    {"the same partial means other things elsewhere", "<memo>{{>p}}{{>rows}}</memo>",
     "ก: นอก\nแถว: [{ก: ใน}]",
     "memo\n  p\n    \"ส่วน \"\n    \"นอก\"\n  p\n    \"ส่วน \"\n    \"ใน\"\n"},
    {"a base as it is", "{{<base}}{{/base}}", "แถว: [{ก: x}]",
     "memo title=\"ไม่มีชื่อ\"\n  h1\n    \"หัว\"\n  p\n    \"แถว\"\nreport.yaml:1:8: warning: the "
     "template never "
     "uses \"ก\"; what is written there will not be printed [TMPL_UNUSED]\n"},
    {"blocks replaced, also in attributes",
     "<!-- แม่แบบ -->\n{{<base}}\n  {{$title}}{{ก}}{{/title}}\n  "
     "{{$row}}<p>{{ก}}</p>{{/row}}\n{{/base}}\n",
     "ก: นอก\nแถว: [{ก: ใน}]", "memo title=\"นอก\"\n  h1\n    \"หัว\"\n  p\n    \"ใน\"\n"},
    {"the outermost block wins", "{{<middle}}{{$title}}นอก{{/title}}{{/middle}}", "{}",
     "memo title=\"นอก\"\n  h1\n    \"กลาง\"\n"},
    {"delimiters", "<memo>{{=<% %>=}}<p><%ก%>{{ก}}<%={{ }}=%>{{ก}}</p></memo>", "ก: x",
     "memo\n  p\n    \"x\"\n    \"{{ก}}\"\n    \"x\"\n"},
};

static void
files_are_put_together(void **state)
{
    (void)state;
    RUN_TABLE(inclusions);
}

static const struct xml_test filters[] = {
    {"digits", "<memo><p>{{ก | เลขไทย}},{{ก | เลขอารบิก}},{{ก | เลขไทยในข้อความ}}</p></memo>",
     "ก: O26 ปี ๒๕6๖ 1",
     "memo\n  p\n    \"O๒๖ ปี ๒๕๖๖ ๑\"\n    \",\"\n    \"O26 ปี 2566 1\"\n    \",\"\n    \"O26 ปี "
     "๒๕๖๖ ๑\"\n"},
    {"a day that is left for the pen", "<memo><p>{{เดือน | วันที่ไทย}}</p></memo>", "เดือน: 2566-10",
     "memo\n  p\n    "
     "~\"\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0ตุลาคม ๒๕๖๖\"\n"},
    {"dates",
     "<memo><p>{{วันที่ | วันที่ไทย}},{{วันที่ | วันที่ไทย \"อารบิก\"}},{{วันที่ | วันที่ไทยย่อ}},{{วันที่ | เดือนปีไทย}},"
     "{{วันที่ | ปี}},{{เดือน | วันที่ไทยย่อ อารบิก}},{{วันที่ | เลขอารบิก}}</p></memo>",
     "วันที่: 2566-09-29\nเดือน: 2566-10",
     "memo\n  p\n    ~\"๒๙ กันยายน ๒๕๖๖\"\n    \",\"\n    ~\"29 กันยายน 2566\"\n    \",\"\n    ~\"๒๙ "
     "ก.ย. ๖๖\"\n"
     "    \",\"\n    ~\"กันยายน ๒๕๖๖\"\n    \",\"\n    ~\"2566\"\n    \",\"\n    ~\"ต.ค. 66\"\n    "
     "\",\"\n"
     "    ~\"29 กันยายน 2566\"\n"},
    {"ranges", "<memo><p>{{ก | ช่วงเดือน}},{{ก | ช่วงเดือนย่อ \"อารบิก\"}}</p></memo>",
     "ก: ต.ค. 65 ถึง ก.ย. 66",
     "memo\n  p\n    \"ตุลาคม ๒๕๖๕ – กันยายน ๒๕๖๖\"\n    \",\"\n    \"ต.ค. 65 ถึง ก.ย. 66\"\n"},
    {"numbers",
     "<memo><p>{{คะแนน | ทศนิยม \"1\"}},{{คะแนน | ทศนิยม 0}},{{จำนวนคน | คั่นหลักพัน}},{{คะแนน | บาท}},"
     "{{จำนวนคน | ตัวอักษร}},{{คะแนน | ทศนิยม 1 | เลขไทย | วงเล็บ}}</p></memo>",
     "คะแนน: 100.50\nจำนวนคน: 1000021",
     "memo\n  p\n    ~\"100.5\"\n    \",\"\n    ~\"101\"\n    \",\"\n    ~\"1,000,021\"\n    "
     "\",\"\n"
     "    \"หนึ่งร้อยบาทห้าสิบสตางค์\"\n    \",\"\n    \"หนึ่งล้านยี่สิบเอ็ด\"\n    \",\"\n    ~\"(๑๐๐.๕)\"\n"},
    {"letters", "<memo>{{#คำ}}<p>{{@ลำดับ | อักษรลำดับ}}</p>{{/คำ}}</memo>", "คำ: [a, b, c]",
     "memo\n  p\n    ~\"ก\"\n  p\n    ~\"ข\"\n  p\n    ~\"ค\"\n"},
    {"lists",
     "<memo><p>{{คำ | รวมด้วย \", \" \" และ \"}},{{คำ | จำนวน}},{{แถว | จำนวน}},{{คำ | เลขไทย | "
     "join \"-\"}}"
     "</p></memo>",
     "คำ: [1, 2, 3]",
     "memo\n  p\n    \"1, 2 และ 3\"\n    \",\"\n    ~\"3\"\n    \",\"\n    ~\"0\"\n    \",\"\n    "
     "\"๑-๒-๓\"\n"},
    {"something around",
     "<memo><p>{{ก | นำหน้า \"(\" | ต่อท้าย \")\"}}{{ข | วงเล็บ}}{{ข | นำหน้า \"x\"}}{{ก | "
     "ตัวพิมพ์ใหญ่}}</p></memo>",
     "ก: abcก", "memo\n  p\n    \"(abcก)\"\n    \"ABCก\"\n"},
    {"defaults",
     "<memo><p>{{ก | ค่าเริ่มต้น \"-\"}}{{คะแนน | ค่าเริ่มต้น \"ไม่มี\"}}{{วันที่ | ค่าเริ่มต้น ''}}</p></memo>",
     "{}", "memo\n  p\n    \"-\"\n    \"ไม่มี\"\n"},
    {"comparisons",
     "<memo>{{#คะแนน | เท่ากับ \"85\"}}<p>1</p>{{/คะแนน}}{{#คะแนน | ไม่เท่ากับ 85 86}}<p>2</p>{{/คะแนน}}"
     "{{#คะแนน | น้อยกว่า 85.01}}<p>3</p>{{/คะแนน}}{{#วันที่ | เท่ากับ \"29 กันยายน "
     "2566\"}}<p>4</p>{{/วันที่}}"
     "{{#จริง | เท่ากับ \"ไม่ใช่\"}}<p>5</p>{{/จริง}}{{#ก | เท่ากับ \"\"}}<p>6</p>{{/ก}}</memo>",
     "คะแนน: 85.00\nวันที่: 29/9/2566\nจริง: no",
     "memo\n  p\n    \"1\"\n  p\n    \"3\"\n  p\n    \"4\"\n  p\n    \"5\"\n  p\n    \"6\"\n"},
    {"differences are exact and have a sign",
     "<memo>{{#ด้าน}}<p>{{#ก่อน | ข้อเดียวกัน \"ชื่อ\"}}{{คะแนน | ลบ \"เดิม\" | "
     "มีเครื่องหมาย}}/{{คะแนน | minus เดิม}}{{/ก่อน}}</p>{{/ด้าน}}</memo>",
     "ด้าน: [{ชื่อ: a, คะแนน: 86.10}, {ชื่อ: b, คะแนน: 99.1}, {ชื่อ: c, คะแนน: 1}, {ชื่อ: d, คะแนน: 1}, "
     "{ชื่อ: e, คะแนน: 1}]\n"
     "ก่อน: [{ชื่อ: e}, {ชื่อ: b, เดิม: 99.50}, {ชื่อ: a, เดิม: 84.85}, {ชื่อ: c, เดิม: 1.00}]",
     "memo\n  p\n    ~\"+1.25\"\n    \"/\"\n    ~\"1.25\"\n  p\n    ~\"−0.40\"\n    \"/\"\n    "
     "~\"-0.40\"\n  p\n    ~\"0.00\"\n    \"/\"\n    ~\"0.00\"\n  p\n  p\n    \"/\"\n"},
    {"a difference that does not fit", "<memo><p>{{คะแนน | ลบ จำนวนคน}}</p></memo>",
     "คะแนน: -999999999999999.00\nจำนวนคน: 999999999999999999",
     "memo.xml:1:20: error: the filter ลบ can make nothing of \"-999999999999999.00\" "
     "(report.yaml:1:8); correct the value [TMPL_FILTER_VALUE]\n"},
    {"entries at the ends of a list",
     "<memo>{{#ด้าน | ต่ำสุด \"ได้\"}}<p>{{@ลำดับ}} {{ชื่อ}}</p>{{/ด้าน}}{{#ด้าน | highest "
     "คะแนน}}<p>{{ชื่อ}}</p>{{/ด้าน}}</memo>",
     "ด้าน: [{ชื่อ: a, คะแนน: 9.5}, {ชื่อ: b, คะแนน: 10}, {ชื่อ: c}, {ชื่อ: d, คะแนน: 9.50}]",
     "memo\n  p\n    ~\"1\"\n    \" \"\n    ~\"a\"\n  p\n    ~\"2\"\n    \" \"\n    "
     "~\"d\"\n  p\n    ~\"b\"\n"},
    {"a list that is level has no ends",
     "<memo>{{^ด้าน | ต่ำสุด \"คะแนน\"}}<p>-</p>{{/ด้าน}}{{#ด้าน | สูงสุด "
     "\"คะแนน\"}}<p>{{ชื่อ}}</p>{{/ด้าน}}</memo>",
     "ด้าน: [{ชื่อ: a, คะแนน: 9.5}, {ชื่อ: b, คะแนน: 9.50}]", "memo\n  p\n    \"-\"\n"},
    {"entries with a value",
     "<memo>{{#ด้าน | ข้อที่ สถานะ กำลังทำ}}<p>{{ชื่อ}}</p>{{/ด้าน}}{{#ด้าน | มีข้อที่ คะแนน 1 "
     "2}}<p>มี</p>{{/ด้าน}}{{^ด้าน | มีข้อที่ คะแนน 3}}<p>ไม่มี</p>{{/ด้าน}}</memo>",
     "ด้าน: [{ชื่อ: a, สถานะ: ทำ}, {ชื่อ: b, สถานะ: กำลังทำ, คะแนน: 2.0}]",
     "memo\n  p\n    ~\"b\"\n  p\n    \"มี\"\n  p\n    \"ไม่มี\"\n"},
    {"entries by what is inside them",
     "<memo>{{#ด้าน}}<p>{{ชื่อ}}{{#ก่อน | ข้อเดียวกัน \"ใน . ชื่อ\"}} {{เดิม}}{{/ก่อน}}</p>{{/ด้าน}}{{#ก่อน | "
     "สูงสุด "
     "\"ใน.ลึก.ได้\"}}<p>{{เดิม}}</p>{{/ก่อน}}</memo>",
     "ด้าน: [{ชื่อ: a}, {ชื่อ: b}]\nก่อน: [{เดิม: 1, ใน: {ชื่อ: b, ลึก: {ได้: 3}}}, {เดิม: 2, ใน: {ชื่อ: b, ลึก: "
     "{ได้: "
     "4}}}, {เดิม: 3}, {เดิม: 4, ใน: {ชื่อ: a}}]",
     "memo\n  p\n    ~\"a\"\n    \" \"\n    ~\"4\"\n  p\n    ~\"b\"\n    \" \"\n    ~\"1\"\n    \" "
     "\"\n    "
     "~\"2\"\n  p\n    ~\"2\"\n"},
    {"names inside entries that are unknown",
     "<memo>{{#ก่อน | ต่ำสุด \"ใน.ลึก.ได\"}}<p>{{เดิม}}</p>{{/ก่อน}}{{#ก่อน | ต่ำสุด "
     "\"เดิม.ได้\"}}<p>{{เดิม}}</p>{{/ก่อน}}{{#ก่อน | ต่ำสุด \"ใน.ลึก\"}}<p>{{เดิม}}</p>{{/ก่อน}}</memo>",
     "{}",
     "memo.xml:1:17: error: the report has no field \"ได\"; did you mean \"ได้\"? "
     "[TMPL_UNKNOWN_NEAR]\n"
     "memo.xml:1:71: error: the report has no field \"ได้\"; schema.yaml lists all fields "
     "[TMPL_UNKNOWN_NAME]\n"
     "memo.xml:1:124: error: the filter ต่ำสุด does not work on \"ลึก\", which is: map "
     "[TMPL_FILTER_TYPE]\n"},
    {"entries that have something, or lack it",
     "<memo>{{#แถว | ข้อที่ ย่อย}}<p>{{ก}}</p>{{/แถว}}{{#แถว | มีข้อที่ ก}}<p>มี</p>{{/แถว}}{{#แถว | "
     "มีข้อที่ขาด ย่อย}}<p>ขาด</p>{{/แถว}}{{^แถว | any-without ก}}<p>ครบ</p>{{/แถว}}</memo>",
     "แถว: [{ก: x, ย่อย: [1]}, {ก: y}]",
     "memo\n  p\n    \"x\"\n  p\n    \"มี\"\n  p\n    \"ขาด\"\n  p\n    \"ครบ\"\n"},
    {"names of the report itself",
     "<memo>{{#แถว}}<p>{{ก}}{{@รายงาน.ก}}{{@report.แผนที่.ก}}</p>{{/แถว}}</memo>",
     "ก: นอก\nแผนที่: {ก: ใน}\nแถว: [{ก: x}]", "memo\n  p\n    \"x\"\n    \"นอก\"\n    \"ใน\"\n"},
    {"a value that the filter cannot use", "<memo>\n<p>{{ก | ช่วงเดือน}}</p></memo>", "ก: นานมาก",
     "memo.xml:2:10: error: the filter ช่วงเดือน can make nothing of \"นานมาก\" (report.yaml:1:4); "
     "correct the "
     "value [TMPL_FILTER_VALUE]\n"},
};

static void
filters_work(void **state)
{
    (void)state;
    RUN_TABLE(filters);
}

static const struct xml_test unused[] = {
    {"each at its place", "<memo>{{#แผนที่}}<p>{{ก}}</p>{{/แผนที่}}{{#แถว}}<p>{{ก}}</p>{{/แถว}}</memo>",
     "ก: x\nแผนที่: {ก: y, ส่วนที่ 1: 3.00}\nแถว:\n  - {ก: z}\n  - {ก: z, ชื่อ: a}\n  - {ก: z, ชื่อ: b}\n",
     "memo\n  p\n    \"y\"\n  p\n    \"z\"\n  p\n    \"z\"\n  p\n    \"z\"\n"
     "report.yaml:1:1: warning: the template never uses \"ก\"; what is written there will not be "
     "printed "
     "[TMPL_UNUSED]\n"
     "report.yaml:2:16: warning: the template never uses \"ส่วนที่ 1\"; what is written there will "
     "not be printed "
     "[TMPL_UNUSED]\n"
     "report.yaml:5:12: warning: the template never uses \"ชื่อ\"; what is written there will not be "
     "printed "
     "[TMPL_UNUSED]\n"},
    {"what a filter or an empty section uses is used",
     "<memo><p>{{คำ | จำนวน}}</p>{{^ก}}<p/>{{/ก}}</memo>", "คำ: [x]\nก: y",
     "memo\n  p\n    ~\"1\"\n"},
};

static void
unused_data_is_told(void **state)
{
    (void)state;
    RUN_TABLE(unused);
}

static const struct xml_test documents[] = {
    {"values of attributes are checked with the place of the datum",
     "<memo><chart><bar label=\"a\" value=\"{{ก}}\"/></chart><p align=\"{{ก}}x\">y</p></memo>",
     "ก: มาก",
     "report.yaml:1:4: error: \"มาก\" is no value for <bar value>; it takes: 0, 86.10 … "
     "[DOC_ATTRIBUTE_VALUE]\n"
     "memo.xml:1:52: error: \"มากx\" is no value for <p align>; it takes: left right center "
     "justify "
     "[DOC_ATTRIBUTE_VALUE]\n"},
    {"a picture without its file", "<memo><img src=\"{{ก}}\"/></memo>", "{}",
     "memo.xml:1:7: error: <img> cannot do without the attribute src; give it "
     "[DOC_ATTRIBUTE_MISSING]\n"},
    {"a picture without words", "<memo><img src=\"a.png\" alt=\" {{ก}} \"/></memo>", "{}",
     "memo.xml:1:7: error: <img> cannot do without the attribute alt; give it "
     "[DOC_ATTRIBUTE_MISSING]\n"},
};

static void
documents_are_checked(void **state)
{
    (void)state;
    RUN_TABLE(documents);
}

static const struct xml_test dumps[] = {
    {"everything",
     "<memo title=\"{{ก}}\"><p class=\"a\">\n ข้อ \"1\"{{#ก | เท่ากับ "
     "\"x\"}}<b>{{ข}}</b>{{/ก}}{{^จริง}}ไม่{{/จริง}}</p>"
     "{{>p}}</memo>",
     "{}",
     "memo\n  @title\n    {{ก}}\n  p class=\"a\"\n    \"\\nข้อ \\\"1\\\"\"\n    {{#ก | เท่ากับ "
     "\"x\"}}\n      b\n"
     "        {{ข}}\n    {{^จริง}}\n      \"ไม่\"\n  p\n    \"ส่วน \"\n    {{ก}}\n"},
};

static void
templates_can_be_looked_at(void **state)
{
    (void)state;
    run_table(dumps, sizeof dumps / sizeof dumps[0], true);
}

/* More pieces of text than plane 15 has code points: only tags are numbered. */
static void
much_text_among_tags(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf template = buf_in(arena);
    struct tmpl_case c = {.schema = str_of(schema), .data = STR("ก: เรียน")};

    (void)state;
    buf_text(&template, "<memo><p>");
    for (int i = 0; i < 70000; i++)
        buf_text(&template, "&nbsp;");
    buf_text(&template, "{{ก}}</p></memo>");
    c.template = buf_str(&template);
    assert_true(str_ends(tmpl_case_run(arena, &c), STR("\n    \"เรียน\"\n")));
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_set),
        cmocka_unit_test(templates_are_normalised),
        cmocka_unit_test(sections_choose_and_repeat),
        cmocka_unit_test(paragraphs_become_blocks),
        cmocka_unit_test(white_space_follows_the_rules),
        cmocka_unit_test(files_are_put_together),
        cmocka_unit_test(filters_work),
        cmocka_unit_test(unused_data_is_told),
        cmocka_unit_test(documents_are_checked),
        cmocka_unit_test(templates_can_be_looked_at),
        cmocka_unit_test(much_text_among_tags),
    };

    return cmocka_run_group_tests_name("tmpl_xml", tests, NULL, NULL);
}
