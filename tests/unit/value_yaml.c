/* The YAML reader where all is well: kinds, texts, places, aliases, what is left alone. */
#include "test.h"

#include "base/utf8.h"
#include "value/read.h"
#include "value/value.h"

/* The value of a text that must be good. */
static const struct value *
read_yaml(struct fixture *f, const char *text)
{
    const struct value *value = value_read(f->arena, f->diags, "a.yaml", str_of(text));

    if (value == NULL)
        fail_msg("%s: %s", text, diag_code_name(diags_at(f->diags, 0)->code));
    return value;
}

static const struct value *
get(const struct value *map, const char *key)
{
    const struct value *value = value_get(map, str_of(key));

    assert_non_null(value);
    return value;
}

static void
expect_dump(struct fixture *f, const char *text, const char *expected)
{
    struct buf out = buf_in(f->arena);

    value_dump(read_yaml(f, text), &out);
    assert_string_equal(out.ptr, expected);
    assert_int_equal(diags_count(f->diags), 0);
}

static void
a_report_becomes_a_tree_with_places(void **state)
{
    expect_dump(*state,
                "template: memo\n"
                "ส่วนราชการ: สำนักปลัด องค์การบริหารส่วนตำบลตัวอย่าง\n"
                "ที่: นม ๘๓๗๐๑/                # room for the pen\n"
                "เนื้อความ: |\n"
                "  ย่อหน้าที่หนึ่ง\n"
                "\n"
                "  ย่อหน้าที่สอง\n"
                "ลงนาม:\n"
                "  ชื่อ: 'นายสมมติ ตัวอย่าง'  # brackets are the template's\n"
                "ความเห็น:\n"
                "  - หัวข้อ: ความเห็นของปลัด\n"
                "    ชื่อ: \"\"\n"
                "  - []\n"
                "คู่: {ก: ข, ค: [ง, จ]}\n",
                "1:1\tmap of 7\n"
                "1:11\t  template: \"memo\"\n"
                "2:13\t  ส่วนราชการ: \"สำนักปลัด องค์การบริหารส่วนตำบลตัวอย่าง\"\n"
                "3:6\t  ที่: \"นม ๘๓๗๐๑/\"\n"
                "4:12\t  เนื้อความ: \"ย่อหน้าที่หนึ่ง\\n\\nย่อหน้าที่สอง\" block\n"
                "9:3\t  ลงนาม: map of 1\n"
                "9:9\t    ชื่อ: \"นายสมมติ ตัวอย่าง\" quoted\n"
                "11:3\t  ความเห็น: list of 2\n"
                "11:5\t    - map of 2\n"
                "11:13\t      หัวข้อ: \"ความเห็นของปลัด\"\n"
                "12:11\t      ชื่อ: \"\" quoted\n"
                "13:5\t    - list of 0 flow\n"
                "14:6\t  คู่: map of 2 flow\n"
                "14:10\t    ก: \"ข\"\n"
                "14:16\t    ค: list of 2 flow\n"
                "14:17\t      - \"ง\"\n"
                "14:20\t      - \"จ\"\n");
}

static void
scalars_stay_text_as_written(void **state)
{
    static const char *const texts[] = {"86.10",        "no",
                                        "yes",          "true",
                                        "1e3",          "0x1F",
                                        "01",           "๘๖.๑๐",
                                        "-5",           "08:30",
                                        "30/9/2566",    "2566-09-29",
                                        "044-000-0",    "http://a.b/c?d=e#f",
                                        "+66",          "ก:ข",
                                        "a, b [c] {d}", "-",
                                        "ก - ข",        "100%",
                                        "a@b.go.th",    "=",
                                        "#x#y"};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0] - 1; i++) {
        const struct value *map = read_yaml(f, arena_printf(f->arena, "ก: %s\n", texts[i]));
        assert_str(get(map, "ก")->text, texts[i]);
        assert_int_equal(get(map, "ก")->flags, 0);
    }
    assert_int_equal(diags_count(f->diags), 0);
}

static void
nothing_and_a_dash_mean_none(void **state)
{
    expect_dump(*state,
                "ก: -\n"
                "ข:\n"
                "ค: ~\n"
                "ง: null\n"
                "จ: \"-\"\n"
                "ฉ: -  # none\n"
                "ช:\n"
                "  -\n"
                "ซ:\n"
                "  - -\n"
                "  - ฌ: -\n"
                "    ญ: -   \n"
                "ฎ: {ฏ: -, ฐ: - , ฑ: [ - , - ]}\n"
                "ฒ: \"null\"\n"
                "ณ: |\n"
                "  -\n"
                "'ด: ต': -\n",
                "1:1\tmap of 12\n"
                "1:4\t  ก: none\n"
                "2:3\t  ข: none\n"
                "3:4\t  ค: none\n"
                "4:4\t  ง: none\n"
                "5:4\t  จ: none quoted\n"
                "6:4\t  ฉ: none\n"
                "8:3\t  ช: list of 1\n"
                "8:4\t    - none\n"
                "10:3\t  ซ: list of 2\n"
                "10:5\t    - none\n"
                "11:5\t    - map of 2\n"
                "11:8\t      ฌ: none\n"
                "12:8\t      ญ: none\n"
                "13:4\t  ฎ: map of 3 flow\n"
                "13:8\t    ฏ: none\n"
                "13:14\t    ฐ: none\n"
                "13:21\t    ฑ: list of 2 flow\n"
                "13:23\t      - none\n"
                "13:27\t      - none\n"
                "14:4\t  ฒ: \"null\" quoted\n"
                "15:4\t  ณ: none block\n"
                "17:9\t  ด: ต: none\n");
}

static void
none_keeps_what_was_typed(void **state)
{
    struct fixture *f = *state;
    const struct value *map = read_yaml(f, "ก: -\nข: ~\nค:\nง: [-]\nจ: [ ]\n");

    assert_str(get(map, "ก")->text, "-");
    assert_str(get(map, "ข")->text, "~");
    assert_str(get(map, "ค")->text, "");
    assert_true(value_is_empty_list(get(map, "ง")));
    assert_true(value_is_empty_list(get(map, "จ")));
    assert_false(value_is_empty_list(get(map, "ค")));
}

static void
dashes_inside_texts_stay(void **state)
{
    struct fixture *f = *state;
    const struct value *map = read_yaml(f, "ก: |\n"
                                           "  ข: -\n"
                                           "  - -\n"
                                           "ค: >-\n"
                                           "  x: -\n"
                                           "\n"
                                           "  y: -\n"
                                           "ง:\n"
                                           "  - |\n"
                                           "    x: -\n"
                                           "  - จ: |2\n"
                                           "      y: -\n"
                                           "ฉ: \"a\n"
                                           "  x: -\n"
                                           "  y\"\n"
                                           "ช: -\n");

    assert_str(get(map, "ก")->text, "ข: -\n- -");
    assert_str(get(map, "ค")->text, "x: -\ny: -");
    assert_str(get(map, "ง")->first->text, "x: -");
    assert_str(get(get(map, "ง")->last, "จ")->text, "y: -");
    /* a quoted text of several lines is no field, whatever its lines look like */
    assert_str(get(map, "ฉ")->text, "a x: - y");
}

static void
comments_are_left_out(void **state)
{
    expect_dump(*state,
                "# one\n"
                "ก: ข  # two spaces\n"
                "  # indented\n"
                "ค: \"ง\" # after a quote one space is enough\n"
                "จ: |  # at a block\n"
                "  ฉ # text\n"
                "ช: # above a map\n"
                "  ซ: ฌ\t# after a tab\n",
                "2:1\tmap of 4\n"
                "2:4\t  ก: \"ข\"\n"
                "4:4\t  ค: \"ง\" quoted\n"
                "5:4\t  จ: \"ฉ # text\" block\n"
                "8:3\t  ช: map of 1\n"
                "8:6\t    ซ: \"ฌ\"\n");
}

static void
lines_without_thai_at_the_join_are_folded(void **state)
{
    struct fixture *f = *state;
    const struct value *map = read_yaml(f, "a: one\n  two\nข: >\n  ปี 2566\n  และ\n\n  ต่อ\n"
                                           "ค: >\n  ก\n    ข\n  ค\nง: \"x\n  y\"\n");

    assert_str(get(map, "a")->text, "one two");
    assert_str(get(map, "ข")->text, "ปี 2566 และ\nต่อ");
    assert_str(get(map, "ค")->text, "ก\n  ข\nค");
    assert_str(get(map, "ง")->text, "x y");
}

static void
aliases_repeat_a_value(void **state)
{
    expect_dump(*state,
                "ก: &one {x: 1}\n"
                "ข: *one\n"
                "ค:\n"
                "  - &one two\n"
                "  - *one\n",
                "1:1\tmap of 3\n"
                "1:4\t  ก: map of 1 flow\n"
                "1:13\t    x: \"1\"\n"
                "2:4\t  ข: map of 1 flow\n"
                "1:13\t    x: \"1\"\n"
                "4:3\t  ค: list of 2\n"
                "4:5\t    - \"two\"\n"
                "5:5\t    - \"two\"\n");
}

static void
an_empty_file_is_none(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(read_yaml(f, "")->kind, VALUE_NONE);
    assert_int_equal(read_yaml(f, "# only this\n")->kind, VALUE_NONE);
    assert_int_equal(read_yaml(f, "---\n")->kind, VALUE_NONE);
    assert_int_equal(diags_count(f->diags), 0);
}

static void
places_count_code_points_of_the_file(void **state)
{
    struct fixture *f = *state;
    const struct value *map = read_yaml(f, "\xEF\xBB\xBFกี่: ข\r\n\r\nค: {งี่: จ}\r\n");

    assert_int_equal(get(map, "กี่")->pos.column, 6);
    assert_int_equal(get(map, "ค")->pos.line, 3);
    assert_int_equal(get(map, "ค")->key_pos.column, 1);
    assert_int_equal(value_get(get(map, "ค"), STR("งี่"))->pos.column, 10);
    assert_int_equal(value_get(get(map, "ค"), STR("งี่"))->key_pos.column, 5);
}

static void
texts_and_keys_are_normalised_with_one_note(void **state)
{
    struct fixture *f = *state;
    const struct value *map = read_yaml(f, "ก: ข\nเเละ: นํ้า\n");

    assert_str(get(map, "และ")->text, "น้ำ");
    assert_int_equal(diags_count(f->diags), 1);
    assert_diag(f->diags, 0, DATA_NORMALISED);
    assert_int_equal(diags_at(f->diags, 0)->pos.line, 2);
}

static void
other_encodings_are_converted_with_a_note(void **state)
{
    struct fixture *f = *state;
    const struct value *map = read_yaml(f, "\xA1: \xA2\xD5\xE8\n\xA4: -\n");

    assert_str(get(map, "ก")->text, "ขี่");
    assert_int_equal(get(map, "ค")->pos.column, 4);
    assert_int_equal(diags_count(f->diags), 1);
    assert_diag(f->diags, 0, ENCODING_CONVERTED);
}

static void
the_source_is_what_stands_in_the_file(void **state)
{
    struct fixture *f = *state;
    const struct value *map = read_yaml(f, "ก:\n"
                                           "  - รายงาน ITA : ผล\n"
                                           "  - ข:\n"
                                           "      - ค\n"
                                           "ง: [ร่าง]\n"
                                           "จ: ฉ  # ช\n");
    const struct value *list = get(map, "ก");

    assert_str(list->first->source, "รายงาน ITA : ผล");
    assert_string_equal(value_as_block(f->arena, list->first), "- |\n  รายงาน ITA : ผล\n");
    assert_string_equal(value_as_block(f->arena, list->last), "- |\n  ข:\n    - ค\n");
    assert_string_equal(value_as_block(f->arena, get(map, "ง")), "ง: |\n  [ร่าง]\n");
    assert_string_equal(value_as_block(f->arena, list),
                        "ก: |\n  - รายงาน ITA : ผล\n  - ข:\n      - ค\n");
    assert_str(get(map, "จ")->source, "ฉ");
    const struct value *json = value_read_json(f->arena, f->diags, "a.json", STR("[]"));
    assert_string_equal(value_as_block(f->arena, json), "");
}

static void
a_long_source_is_cut(void **state)
{
    struct fixture *f = *state;
    const struct value *map = read_yaml(f, "ก:\n- 1\n- 2\n- 3\n- 4\n- 5\n");

    assert_string_equal(value_as_block(f->arena, get(map, "ก")),
                        "ก: |\n  - 1\n  - 2\n  - 3\n  - 4\n  …\n");
    struct buf text = buf_in(f->arena);
    buf_text(&text, "ก: [");
    for (int i = 0; i < 500; i++)
        buf_text(&text, "ข");
    buf_text(&text, "]\n");
    const char *shown = value_as_block(f->arena, get(read_yaml(f, text.ptr), "ก"));
    assert_int_equal(utf8_count(str_of(shown)), 7 + 240 + 2);
    assert_non_null(strstr(shown, "ขข…\n"));
}

static void
typed_values_are_dumped(void **state)
{
    struct fixture *f = *state;
    struct buf out = buf_in(f->arena);
    struct value *list = value_new(f->arena, VALUE_LIST, (struct pos){"a", 1, 1});
    struct value *number = value_new(f->arena, VALUE_NUMBER, (struct pos){"a", 1, 2});
    struct value *date = value_new(f->arena, VALUE_DATE, (struct pos){"a", 1, 3});
    struct value *month = value_new(f->arena, VALUE_DATE, (struct pos){"a", 1, 4});
    struct value *entry = value_new(f->arena, VALUE_ENTRY, (struct pos){"a", 1, 5});
    struct value *truth = value_new(f->arena, VALUE_BOOL, (struct pos){"a", 1, 6});

    list->flags = VALUE_LINES;
    number->number = (struct decimal){8610, 2};
    date->date = (struct date){2566, 9, 29};
    date->flags = VALUE_NAME;
    month->date = (struct date){2566, 9, 0};
    entry->level = 1;
    entry->marker = STR("(ก)");
    entry->text = STR("a\t\"\\\n");
    value_append(list, number);
    value_append(list, date);
    value_append(list, month);
    value_append(list, entry);
    value_append(list, truth);
    value_dump(list, &out);
    assert_string_equal(out.ptr, "1:1\tlist of 5 lines\n"
                                 "1:2\t  - number 86.10\n"
                                 "1:3\t  - date 2566-09-29 name\n"
                                 "1:4\t  - date 2566-09\n"
                                 "1:5\t  - entry 1 \"(ก)\" \"a\\t\\\"\\\\\\n\"\n"
                                 "1:6\t  - false\n");
}

static void
get_takes_anything(void **state)
{
    struct fixture *f = *state;

    assert_null(value_get(NULL, STR("ก")));
    assert_null(value_get(read_yaml(f, "- ก\n"), STR("ก")));
    assert_null(value_get(read_yaml(f, "ก: ข\n"), STR("ค")));
}

/* libyaml would end a line of the file at them, or refuse the file. */
static void
line_ends_of_other_programs_are_text(void **state)
{
    struct fixture *f = *state;
    const struct value *map =
        read_yaml(f, "ก: ข\u2028ค\u2029ง\vจ\fฉ\nซ: |\n  ก\u2028ข\n  ค\nฌ: ก\uFEFFข\nญ\uFEFF: 1\n");

    assert_str(value_get(map, STR("ก"))->text, "ข\nค\nง\nจ\nฉ");
    assert_str(value_get(map, STR("ซ"))->text, "ก\nข\nค");
    assert_str(value_get(map, STR("ฌ"))->text, "กข");
    assert_str(value_get(map, STR("ญ"))->text, "1");
    assert_int_equal(value_get(map, STR("ฌ"))->pos.line, 5);
    assert_int_equal(diags_count(f->diags), 2);
    assert_diag(f->diags, 0, TEXT_UNSEEN);
    assert_string_equal(diags_at(f->diags, 0)->arg[0], "2");
    assert_int_equal(diags_at(f->diags, 0)->pos.line, 5);
    assert_diag(f->diags, 1, TEXT_REPLACED);
    assert_string_equal(diags_at(f->diags, 1)->arg[0], "5");
    assert_int_equal(diags_at(f->diags, 1)->pos.line, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_report_becomes_a_tree_with_places),
        TEST(scalars_stay_text_as_written),
        TEST(nothing_and_a_dash_mean_none),
        TEST(none_keeps_what_was_typed),
        TEST(dashes_inside_texts_stay),
        TEST(comments_are_left_out),
        TEST(lines_without_thai_at_the_join_are_folded),
        TEST(aliases_repeat_a_value),
        TEST(an_empty_file_is_none),
        TEST(places_count_code_points_of_the_file),
        TEST(texts_and_keys_are_normalised_with_one_note),
        TEST(line_ends_of_other_programs_are_text),
        TEST(other_encodings_are_converted_with_a_note),
        TEST(the_source_is_what_stands_in_the_file),
        TEST(a_long_source_is_cut),
        TEST(typed_values_are_dumped),
        TEST(get_takes_anything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
