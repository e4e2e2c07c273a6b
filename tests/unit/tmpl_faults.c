/* XML mode: what is refused, where, and with which words. */
#include "test.h"

#include "tmpl_case.h"

static const char schema[] =
    "fields:\n"
    "  เรื่อง: {type: text}\n"
    "  เนื้อความ: {type: paragraphs}\n"
    "  คะแนน: {type: decimal}\n"
    "  วันที่: {type: date}\n"
    "  จริง: {type: bool}\n"
    "  สถานะ: {type: enum, choices: [ดำเนินการ, ยังไม่ได้ดำเนินการ]}\n"
    "  คำ: {type: list, item: {type: text}}\n"
    "  ลงนาม: {type: map, fields: {ชื่อ: {type: text}, ตำแหน่ง: {type: text}}}\n"
    "  แถว: {type: list, item: {type: map, fields: {ข้อ: {type: text}}}}\n";

static const char files[] = "self: <keep>{{>self}}</keep>\n"
                            "broken: <p>{{>none}\n"
                            "unknown: <p>{{เรือง}}</p>\n"
                            "element: <b>x</b>\n"
                            "base: <memo title=\"{{$t}}{{/t}}\">{{$b}}{{/b}}</memo>\n";

struct fault {
    const char *template;
    const char *expected; /* all lines, English */
};

static void
run_faults(const struct fault *faults, size_t count)
{
    size_t failed = 0;

    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_new(0);
        struct diags *diags = diags_new();
        struct tmpl_case c = {
            .schema = str_of(schema), .template = str_of(faults[i].template), .load_only = true};
        c.files = value_read_yaml(arena, diags, "files.yaml", str_of(files));
        assert_non_null(c.files);
        struct str got = tmpl_case_run(arena, &c);
        if (!str_is(got, faults[i].expected)) {
            print_error("%s\n expected\n%s got\n%.*s\n", faults[i].template, faults[i].expected,
                        STR_FMT(got));
            failed++;
        }
        diags_free(diags);
        arena_free(arena);
    }
    assert_int_equal(failed, 0);
}

#define RUN_FAULTS(table) run_faults((table), sizeof(table) / sizeof((table)[0]))

static const struct fault xml[] = {
    {"<memo>\n<p>a < b</p></memo>", "memo.xml:2:7: error: this is not well-formed here: look for a "
                                    "\"<\", \"&\" or quotation mark too many or "
                                    "too few (write &lt; and &amp; in text) [TMPL_XML]\n"},
    {"<memo>\n<p>ก<b></p></memo>", "memo.xml:2:8: error: <b> of line 2 is to be closed first; "
                                   "write </b> before this [TMPL_XML_MISMATCH]\n"},
    {"<memo>\n <p>{{เรื่อง}}",
     "memo.xml:2:2: error: <p> is opened here and never closed; write </p> [TMPL_XML_UNCLOSED]\n"},
    {"<memo/>\n</p>",
     "memo.xml:2:1: error: this closes an element that is not open; take it out or open it before "
     "[TMPL_XML_CLOSE]\n"},
    {"<memo><p>&copy;</p></memo>", "memo.xml:1:10: error: only &lt; &gt; &amp; &quot; &apos; "
                                   "&nbsp; and &#number; are known; write the character "
                                   "itself [TMPL_XML_ENTITY]\n"},
    {"<memo><p class=\"a\" class=\"b\"/></memo>",
     "memo.xml:1:20: error: an attribute stands here twice; delete one of them [TMPL_XML_TWICE]\n"},
    {"<memo>\n<p {{#จริง}}class=\"a\"{{/จริง}}/></memo>",
     "memo.xml:2:4: error: a tag may stand only in text or inside the quotation marks of an "
     "attribute "
     "[TMPL_TAG_PLACE]\n"},
    {"<!DOCTYPE memo><memo/>", "memo.xml:1:1: error: <!DOCTYPE… may not stand in a template; "
                               "DOCTYPE, CDATA and processing instructions are "
                               "not needed [TMPL_XML_DECLARATION]\n"},
    {"<memo><p><![CDATA[x]]></p></memo>",
     "memo.xml:1:10: error: <![CDATA[… may not stand in a template; DOCTYPE, CDATA and processing "
     "instructions are "
     "not needed [TMPL_XML_DECLARATION]\n"},
    {"<memo><?php x ?></memo>", "memo.xml:1:7: error: <?php x ?… may not stand in a template; "
                                "DOCTYPE, CDATA and processing instructions are "
                                "not needed [TMPL_XML_DECLARATION]\n"},
    {"<memo><p>&#x00000000000E000;</p></memo>", "memo.xml:1:10: error: &#x00000000000E000; is a "
                                                "character that may not be written; take it out "
                                                "[TMPL_CHARACTER]\n"},
    {"<memo><p>x&#xE0{{!}}00;</p></memo>",
     "memo.xml:1:11: error: this is not well-formed here: look for a \"<\", \"&\" or quotation "
     "mark too many or too few (write &lt; and &amp; in text) [TMPL_XML]\n"},
    {"<memo><p>&{{! a }}{{! b }}#xE000;</p></memo>",
     "memo.xml:1:10: error: this is not well-formed here: look for a \"<\", \"&\" or quotation "
     "mark too many or too few (write &lt; and &amp; in text) [TMPL_XML]\n"},
    {"<memo><p><{{=<% %>=}}![CDATA[x]]></p></memo>",
     "memo.xml:1:10: error: this is not well-formed here: look for a \"<\", \"&\" or quotation "
     "mark too many or too few (write &lt; and &amp; in text) [TMPL_XML]\n"},
    {"<memo><p>&#xF0000;</p></memo>", "memo.xml:1:10: error: &#xF0000; is a character that may not "
                                      "be written; take it out [TMPL_CHARACTER]\n"},
    {"<memo><p>&#57344;</p></memo>", "memo.xml:1:10: error: &#57344; is a character that may not "
                                     "be written; take it out [TMPL_CHARACTER]\n"},
    {"<memo><p title=\"&#0;\"/></memo>", "memo.xml:1:17: error: &#0; is a character that may not "
                                         "be written; take it out [TMPL_CHARACTER]\n"},
    {"<memo><!-- x </memo>", "memo.xml:1:7: error: \"<!--\" begins a tag that has no \"-->\"; "
                             "close it [TMPL_TAG_UNCLOSED]\n"},
};

static void
markup_is_well_formed(void **state)
{
    (void)state;
    RUN_FAULTS(xml);
}

static const struct fault elements[] = {
    {"<memo><paragraph/></memo>",
     "memo.xml:1:7: error: there is no element <paragraph>; "
     "there are: memo, section, head, field, p, h1, h2, h3, ul, ol, li, table, thead, "
     "tbody, tr, th, td, img, qr, chart, bar, signature, opinion, keep, pagebreak, b, i, "
     "u, a, br, tab, checkbox, date [TMPL_ELEMENT_UNKNOWN]\n"},
    {"<memo><tabel/>\n<sectoin/></memo>",
     "memo.xml:1:7: error: there is no element <tabel>; did you mean <table>? [TMPL_ELEMENT_NEAR]\n"
     "memo.xml:2:1: error: there is no element <sectoin>; did you mean <section>? "
     "[TMPL_ELEMENT_NEAR]\n"},
    {"<memo><p klass=\"a\" background=\"b\"/></memo>",
     "memo.xml:1:7: error: <p> has no attribute klass; did you mean class? [TMPL_ATTRIBUTE_NEAR]\n"
     "memo.xml:1:7: error: <p> has no attribute background; those it takes: "
     "class, align, keep-with-next, id, refer [TMPL_ATTRIBUTE_UNKNOWN]\n"},
    {"<memo><qr text=\"{{เรื่อง}}\"/><qr size=\"2cm\"/></memo>",
     "memo.xml:1:30: error: <qr> cannot do without the attribute text; give it "
     "[DOC_ATTRIBUTE_MISSING]\n"},
    {"<memo><table><tr><td colspan=\"0\"/></tr></table></memo>",
     "memo.xml:1:18: error: \"0\" is no value for <td colspan>; it takes: 1 … 1000 "
     "[DOC_ATTRIBUTE_VALUE]\n"},
    {"<memo>\n  <tr/>\n  <p><table/></p>\n  loose text\n</memo>",
     "memo.xml:2:3: error: <tr> may not stand in <memo>; move it where it belongs [DOC_MISPLACED]\n"
     "memo.xml:3:6: error: <table> may not stand in <p>; move it where it belongs [DOC_MISPLACED]\n"
     "memo.xml:4:3: error: \"loose text\" may not stand in <memo>; move it where it belongs "
     "[DOC_MISPLACED]\n"},
    {"<p/>", "memo.xml:1:1: error: a template is one <memo>, or one {{<base}}…{{/base}}, and "
             "nothing beside it; put all "
             "inside [TMPL_ROOT]\n"},
    {"", "memo.xml:1:1: error: a template is one <memo>, or one {{<base}}…{{/base}}, and nothing "
         "beside it; put all "
         "inside [TMPL_ROOT]\n"},
    {"<memo/>\n<memo/>", "memo.xml:2:1: error: a template is one <memo>, or one "
                         "{{<base}}…{{/base}}, and nothing beside it; put all "
                         "inside [TMPL_ROOT]\n"},
    {"{{#จริง}}<memo/>{{/จริง}}", "memo.xml:1:1: error: a template is one <memo>, or one "
                                "{{<base}}…{{/base}}, and nothing beside it; put all "
                                "inside [TMPL_ROOT]\n"},
    {"x<memo/>", "memo.xml:1:1: error: a template is one <memo>, or one {{<base}}…{{/base}}, and "
                 "nothing beside it; put all "
                 "inside [TMPL_ROOT]\n"},
};

static void
elements_stand_where_they_may(void **state)
{
    (void)state;
    RUN_FAULTS(elements);
}

static const struct fault tags[] = {
    {"<memo>\n<p>{{#จริง}}<b>{{/จริง}}</b></p></memo>",
     "memo.xml:2:16: error: {{/จริง}} stands inside <b>, but its beginning does not; open and close "
     "it in the same "
     "element [TMPL_CROSSING]\n"},
    {"<memo><p><b>{{#จริง}}</b>{{/จริง}}</p></memo>",
     "memo.xml:1:13: error: \"จริง\" is opened here, but </b> comes before {{/จริง}}; close it "
     "inside <b> "
     "[TMPL_UNCLOSED_IN]\n"},
    {"<memo title=\"{{#จริง}}\">{{/จริง}}</memo>",
     "memo.xml:1:14: error: \"จริง\" is opened here and never closed; write {{/จริง}} "
     "[TMPL_UNCLOSED]\n"
     "memo.xml:1:25: error: {{/จริง}} closes nothing; take it out or open it before "
     "[TMPL_CLOSE_ALONE]\n"},
    {"{{#จริง}}<memo/>", "memo.xml:1:1: error: \"จริง\" is opened here and never closed; "
                        "write {{/จริง}} [TMPL_UNCLOSED]\n"},
    {"<memo/>{{/จริง}}", "memo.xml:1:8: error: {{/จริง}} closes nothing; take it out or open it "
                        "before [TMPL_CLOSE_ALONE]\n"},
    {"<memo>{{#จริง}}\n{{/คำ}}</memo>", "memo.xml:2:1: error: {{/คำ}} stands where {{/จริง}} is "
                                       "expected, which line 1 opens [TMPL_CLOSE_OTHER]\n"},
    {"<memo><p>{{{เรื่อง}}}</p></memo>", "memo.xml:1:10: error: {{{เรื่อง}}} and {{&เรื่อง}} are not "
                                       "needed: data never becomes markup; write {{เรื่อง}} "
                                       "[TMPL_RAW]\n"},
    {"<memo><p>{{เรื่อง</p></memo>", "memo.xml:1:10: error: \"{{\" begins a tag that has no \"}}\"; "
                                   "close it [TMPL_TAG_UNCLOSED]\n"},
    {"<memo><p>{{ลงนาม..ชื่อ}}</p></memo>",
     "memo.xml:1:12: error: \"ลงนาม..ชื่อ\" is no name; write the "
     "name of a field, as in {{เรื่อง}}, or of a file [TMPL_NAME]\n"},
    {"<memo>{{>a|b}}</memo>", "memo.xml:1:10: error: \"a|b\" is no name; write the name "
                              "of a field, as in {{เรื่อง}}, or of a file [TMPL_NAME]\n"},
};

static void
tags_are_paired(void **state)
{
    (void)state;
    RUN_FAULTS(tags);
}

static const struct fault names[] = {
    {"<memo><p>{{เรือง}}</p>\n<p>{{ลงนาม.ตำแน่ง}}</p><p>{{ไม่มีแน่นอน}}</p></memo>",
     "memo.xml:1:12: error: the report has no field \"เรือง\"; did you mean \"เรื่อง\"? "
     "[TMPL_UNKNOWN_NEAR]\n"
     "memo.xml:2:6: error: the report has no field \"ตำแน่ง\"; did you mean \"ตำแหน่ง\"? "
     "[TMPL_UNKNOWN_NEAR]\n"
     "memo.xml:2:29: error: the report has no field \"ไม่มีแน่นอน\"; schema.yaml lists all fields "
     "[TMPL_UNKNOWN_NAME]\n"},
    {"<memo><p>{{ชื่อ}}</p></memo>", "memo.xml:1:12: error: the report has no field \"ชื่อ\"; "
                                   "schema.yaml lists all fields [TMPL_UNKNOWN_NAME]\n"},
    {"<memo><p>{{เรื่อง.ชื่อ}}{{แถว.ข้อ}}</p></memo>",
     "memo.xml:1:12: error: \"เรื่อง\" has no field \"ชื่อ\" in it, it is: text; a list needs "
     "{{#เรื่อง}}…{{/เรื่อง}} [TMPL_NO_PARTS]\n"
     "memo.xml:1:27: error: \"แถว\" has no field \"ข้อ\" in it, it is: list; a list needs "
     "{{#แถว}}…{{/แถว}} "
     "[TMPL_NO_PARTS]\n"},
    {"<memo><p>{{@ลำดับ}}</p></memo>", "memo.xml:1:12: error: {{@ลำดับ}} means something only inside "
                                      "{{#list}}…{{/list}} [TMPL_NOT_IN_LOOP]\n"},
    {"<memo><p>{{แถว}}{{คำ}}{{ลงนาม}}</p></memo>",
     "memo.xml:1:10: error: \"แถว\" is not a single value but: list; write "
     "{{#แถว}}…{{/แถว}} or a filter "
     "[TMPL_NEEDS_SECTION]\n"
     "memo.xml:1:17: error: \"คำ\" is not a single value but: list of texts; write "
     "{{#คำ}}…{{/คำ}} or a "
     "filter [TMPL_NEEDS_SECTION]\n"
     "memo.xml:1:23: error: \"ลงนาม\" is not a single value but: map; write "
     "{{#ลงนาม}}…{{/ลงนาม}} or a filter "
     "[TMPL_NEEDS_SECTION]\n"},
    {"<memo title=\"{{เนื้อความ}}\"><p>{{เนื้อความ}}</p></memo>",
     "memo.xml:1:14: error: \"เนื้อความ\" are whole paragraphs, which may not stand in <memo>; write "
     "{{เนื้อความ}} outside "
     "of <p> and the like [TMPL_PARAGRAPHS_PLACE]\n"
     "memo.xml:1:32: error: \"เนื้อความ\" are whole paragraphs, which may not stand in <p>; write "
     "{{เนื้อความ}} outside of "
     "<p> and the like [TMPL_PARAGRAPHS_PLACE]\n"},
    {"<memo>{{เรื่อง}}<table>{{เรื่อง}}</table></memo>",
     "memo.xml:1:7: error: text may not stand in <memo>; write <p>{{เรื่อง}}</p> [TMPL_VALUE_PLACE]\n"
     "memo.xml:1:24: error: text may not stand in <table>; write <p>{{เรื่อง}}</p> "
     "[TMPL_VALUE_PLACE]\n"},
    /* every name is looked for where it would be used, whatever the data */
    {"<memo>{{#แถว}}{{^จริง}}<p>{{ขอ}}</p>{{/จริง}}{{/แถว}}</memo>",
     "memo.xml:1:29: error: the report has no field \"ขอ\"; did you mean \"ข้อ\"? "
     "[TMPL_UNKNOWN_NEAR]\n"},
};

static void
names_are_known(void **state)
{
    (void)state;
    RUN_FAULTS(names);
}

static const struct fault filters[] = {
    {"<memo><p>{{คะแนน | ทศนยม 2}}</p></memo>",
     "memo.xml:1:20: error: there is no filter \"ทศนยม\"; did you mean \"ทศนิยม\"? "
     "[TMPL_FILTER_NEAR]\n"},
    {"<memo><p>{{คะแนน | ทศนิยม}}</p></memo>",
     "memo.xml:1:20: error: arguments of the filter ทศนิยม: it takes 1, here are 0; correct that "
     "[TMPL_FILTER_COUNT]\n"},
    {"<memo><p>{{วันที่ | วันที่ไทย \"โรมัน\"}}</p></memo>",
     "memo.xml:1:21: error: the filter วันที่ไทย cannot use \"โรมัน\"; it takes: \"อารบิก\", \"ไทย\" "
     "[TMPL_FILTER_ARGUMENT]\n"},
    {"<memo>{{เนื้อความ | หัวข้อย่อย \"ab\"}}</memo>",
     "memo.xml:1:21: error: the filter หัวข้อย่อย cannot use \"ab\"; it takes: \"-\", \"•\", \"1.\", "
     "\"(1)\", \"ก.\" "
     "[TMPL_FILTER_ARGUMENT]\n"},
    {"<memo><p>{{เรื่อง | วันที่ไทย}}</p></memo>",
     "memo.xml:1:21: error: the filter วันที่ไทย does not work on \"เรื่อง\", which is: text "
     "[TMPL_FILTER_TYPE]\n"},
    {"<memo><p>{{ลงนาม | เลขไทย}}</p></memo>",
     "memo.xml:1:20: error: the filter เลขไทย does not work on \"ลงนาม\", which is: map "
     "[TMPL_FILTER_TYPE]\n"},
    {"<memo>{{#สถานะ | เท่ากับ \"เสร็จ\"}}<p/>{{/สถานะ}}</memo>",
     "memo.xml:1:18: error: \"เสร็จ\" is never the value of \"สถานะ\"; its values are: ดำเนินการ, "
     "ยังไม่ได้ดำเนินการ "
     "[TMPL_NOT_A_CHOICE]\n"},
    {"<memo>{{#คะแนน | เท่ากับ \"สูง\"}}<p/>{{/คะแนน}}{{#วันที่ | เท่ากับ \"x\"}}<p/>{{/วันที่}}"
     "{{#จริง | เท่ากับ \"x\"}}<p/>{{/จริง}}</memo>",
     "memo.xml:1:18: error: the filter เท่ากับ cannot use \"สูง\"; it takes: 86, 86.17 "
     "[TMPL_FILTER_ARGUMENT]\n"
     "memo.xml:1:59: error: the filter เท่ากับ cannot use \"x\"; it takes: 2566-09-29 "
     "[TMPL_FILTER_ARGUMENT]\n"
     "memo.xml:1:97: error: the filter เท่ากับ cannot use \"x\"; it takes: ใช่, ไม่ใช่, yes, no "
     "[TMPL_FILTER_ARGUMENT]\n"},
};

static void
filters_fit(void **state)
{
    (void)state;
    RUN_FAULTS(filters);
}

static const struct fault inclusions[] = {
    {"<memo>{{>self}}</memo>", "self:1:7: error: \"self\" goes deeper than 64 inclusions; most "
                               "likely the template includes itself "
                               "[TMPL_INCLUDE]\n"},
    {"<memo>\n{{>none}}</memo>",
     "memo.xml:2:1: error: cannot open none: no such partial [IO_OPEN]\n"},
    {"<memo>{{>broken}}</memo>",
     "broken:1:4: error: \"{{\" begins a tag that has no \"}}\"; close it [TMPL_TAG_UNCLOSED]\n"},
    {"<memo>{{>unknown}}{{>unknown}}</memo>",
     "unknown:1:6: error: the report has no field \"เรือง\"; did you mean \"เรื่อง\"? "
     "[TMPL_UNKNOWN_NEAR]\n"},
    {"<memo>{{>element}}</memo>",
     "element:1:1: error: <b> may not stand in <memo>; move it where it belongs [DOC_MISPLACED]\n"},
    {"<memo title=\"{{>element}}\"/>",
     "memo.xml:1:14: error: {{>element}} may not stand in an attribute of <memo>; only text may "
     "[TMPL_ELEMENT_IN_ATTRIBUTE]\n"},
    {"{{<base}}{{$t}}<b/>{{/t}}{{/base}}",
     "memo.xml:1:16: error: <b> may not stand in an attribute of <memo>; only text may "
     "[TMPL_ELEMENT_IN_ATTRIBUTE]\n"},
    {"{{<base}}\n<p>lost</p>{{$b}}{{/b}}{{/base}}",
     "memo.xml:2:1: error: inside {{<base}} only blocks {{$name}}…{{/name}} mean anything; put "
     "this into one "
     "[TMPL_PARENT_CONTENT]\n"},
};

static void
files_fit_together(void **state)
{
    (void)state;
    RUN_FAULTS(inclusions);
}

/* ---- limits */

static void
add_times(struct buf *out, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_text(out, text);
}

static void
expect_only(struct arena *arena, struct tmpl_case c, const char *code)
{
    struct str got = tmpl_case_run(arena, &c);
    struct str end = str_of(arena_printf(arena, " [%s]\n", code));

    if (!str_ends(got, end) || str_find(got, STR("\n")) != got.len - 1)
        print_error("expected %s, got\n%.*s\n", code, STR_FMT(str_sub(got, 0, 2000)));
    assert_true(str_ends(got, end));
    assert_int_equal(str_find(got, STR("\n")), got.len - 1);
}

static void
limits_of_one_file(void **state)
{
    struct arena *arena = arena_new(0);
    struct tmpl_case c = {.schema = str_of(schema), .load_only = true};
    struct buf deep = buf_in(arena), many = buf_in(arena), big = buf_in(arena);

    (void)state;
    add_times(&deep, "<keep>", 100000);
    c.template = buf_str(&deep);
    expect_only(arena, c, "TMPL_NESTING");
    add_times(&many, "{{!}}", 60001);
    c.template = buf_str(&many);
    expect_only(arena, c, "TMPL_TOO_MANY_TAGS");
    add_times(&big, "                ", 300000);
    c.template = buf_str(&big);
    expect_only(arena, c, "TMPL_FILE_SIZE");
    arena_free(arena);
}

static struct value *
add_file(struct arena *arena, struct value *map, const char *name, struct str text)
{
    struct value *file = value_new(arena, VALUE_TEXT, POS_NONE);

    file->key = str_of(name);
    file->text = text;
    value_append(map, file);
    return map;
}

static void
limits_of_all_files(void **state)
{
    struct arena *arena = arena_new(0);
    struct value *map = value_new(arena, VALUE_MAP, POS_NONE);
    struct tmpl_case c = {.schema = str_of(schema), .files = map, .load_only = true};
    struct buf many = buf_in(arena), deep = buf_in(arena);

    (void)state;
    /* thirty files, each twice in the one before: 2^30 inclusions of nothing */
    add_file(arena, map, "n30", STR(" "));
    for (int i = 0; i < 30; i++)
        add_file(arena, map, arena_printf(arena, "n%d", i),
                 str_of(arena_printf(arena, "{{>n%d}}{{>n%d}}", i + 1, i + 1)));
    c.template = STR("<memo>{{>n0}}</memo>");
    expect_only(arena, c, "TMPL_NODES");
    add_times(&deep, "<keep>", 50);
    buf_text(&deep, "{{>deep}}");
    add_times(&deep, "</keep>", 50);
    add_file(arena, map, "deep", buf_str(&deep));
    c.template = STR("<memo>{{>deep}}</memo>");
    expect_only(arena, c, "TMPL_NESTING");
    buf_text(&many, "<memo>");
    for (int i = 0; i < 1001; i++) {
        add_file(arena, map, arena_printf(arena, "f%d", i), STR("<p/>"));
        buf_printf(&many, "{{>f%d}}", i);
    }
    buf_text(&many, "</memo>");
    c.template = buf_str(&many);
    expect_only(arena, c, "TMPL_FILES");
    arena_free(arena);
}

/* What may be loaded may be run: both count the same things. */
static void
depth_is_the_same_with_data(void **state)
{
    struct arena *arena = arena_new(0);
    struct value *map = value_new(arena, VALUE_MAP, POS_NONE);
    struct tmpl_case c = {.schema = str_of(schema),
                          .files = map,
                          .template = STR("<memo>{{>d0}}</memo>"),
                          .data = STR("{}")};

    (void)state;
    add_file(arena, map, "d4", STR("<p/>"));
    for (int i = 0; i < 4; i++) {
        struct buf deep = buf_in(arena);
        add_times(&deep, "{{^จริง}}", 60);
        buf_printf(&deep, "{{>d%d}}", i + 1);
        add_times(&deep, "{{/จริง}}", 60);
        add_file(arena, map, arena_printf(arena, "d%d", i), buf_str(&deep));
    }
    assert_str(tmpl_case_run(arena, &c), "memo\n  p\n");
    arena_free(arena);
}

/* What is put together counts against the budget of the document. */
static void
limits_of_memory(void **state)
{
    struct arena *arena = arena_new((size_t)4 << 20);
    struct value *map = value_new(arena, VALUE_MAP, POS_NONE);
    struct tmpl_case c = {.schema = str_of(schema), .files = map, .load_only = true};

    (void)state;
    add_file(arena, map, "n16", STR("<p/>"));
    for (int i = 0; i < 16; i++)
        add_file(arena, map, arena_printf(arena, "n%d", i),
                 str_of(arena_printf(arena, "{{>n%d}}{{>n%d}}", i + 1, i + 1)));
    c.template = STR("<memo>{{>n0}}</memo>");
    expect_only(arena, c, "MEMORY_BUDGET");
    arena_free(arena);
}

/* Filters are work too, however many stand in one tag. */
static void
limits_of_filters(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf template = buf_in(arena), data = buf_in(arena);
    struct tmpl_case c = {.schema = str_of(schema)};

    (void)state;
    buf_text(&template, "<memo>{{#แถว}}{{#แถว}}<p>{{เรื่อง");
    add_times(&template, " | เลขไทย", 20000);
    buf_text(&template, "}}</p>{{/แถว}}{{/แถว}}</memo>");
    c.template = buf_str(&template);
    buf_text(&data, "แถว:\n");
    add_times(&data, "  - {ข้อ: x}\n", 40);
    c.data = buf_str(&data);
    expect_only(arena, c, "TMPL_STEPS");
    arena_free(arena);
}

static void
limits_of_the_document(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf data = buf_in(arena);
    struct tmpl_case c = {
        .schema = str_of(schema),
        .template = STR(
            "<memo>{{#แถว}}{{#แถว}}{{#แถว}}{{#แถว}}<p/>{{/แถว}}{{/แถว}}{{/แถว}}{{/แถว}}</memo>")};

    (void)state;
    buf_text(&data, "แถว:\n");
    add_times(&data, "  - {ข้อ: x}\n", 200);
    c.data = buf_str(&data);
    expect_only(arena, c, "TMPL_STEPS");
    arena_free(arena);
}

static void
messages_have_a_thai_form(void **state)
{
    struct arena *arena = arena_new(0);
    struct tmpl_case c = {.schema = str_of(schema),
                          .template = STR("<memo><p>{{เรือง}}</p></memo>"),
                          .lang = DIAG_THAI,
                          .load_only = true};

    (void)state;
    assert_str(
        tmpl_case_run(arena, &c),
        "memo.xml:1:12: ผิดพลาด: ไม่มีช่องข้อมูลชื่อ \"เรือง\" หมายถึง \"เรื่อง\" หรือไม่ [TMPL_UNKNOWN_NEAR]\n");
    arena_free(arena);
}

static void
filters_are_told_of(void **state)
{
    struct arena *arena = arena_new(0);
    struct tmpl_filter filter;

    (void)state;
    assert_true(tmpl_filter(arena, 0, &filter));
    assert_string_equal(filter.name, "เลขไทย");
    assert_string_equal(filter.alias, "thai-digits");
    assert_string_equal(filter.help[0], "all digits as Thai digits: 86.17 gives ๘๖.๑๗");
    assert_string_equal(filter.help[1], "ตัวเลขทุกตัวเป็นเลขไทย: 86.17 เป็น ๘๖.๑๗");
    assert_string_equal(filter.takes[1], "ข้อความ, ตัวเลข, วันที่");
    assert_string_equal(filter.gives[0], "text");
    assert_true(filter.each);
    assert_false(tmpl_filter(arena, 10000, &filter));
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markup_is_well_formed),
        cmocka_unit_test(elements_stand_where_they_may),
        cmocka_unit_test(tags_are_paired),
        cmocka_unit_test(names_are_known),
        cmocka_unit_test(filters_fit),
        cmocka_unit_test(files_fit_together),
        cmocka_unit_test(limits_of_one_file),
        cmocka_unit_test(limits_of_all_files),
        cmocka_unit_test(depth_is_the_same_with_data),
        cmocka_unit_test(limits_of_memory),
        cmocka_unit_test(limits_of_filters),
        cmocka_unit_test(limits_of_the_document),
        cmocka_unit_test(messages_have_a_thai_form),
        cmocka_unit_test(filters_are_told_of),
    };

    return cmocka_run_group_tests_name("tmpl_faults", tests, NULL, NULL);
}
