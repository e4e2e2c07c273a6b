/* YAML as clerks type it: each slip gets its message, its place, and the line rewritten. */
#include "test.h"

#include "value/read.h"
#include "value/value.h"

struct slip {
    const char *text;
    const char *code;
    unsigned line;
    unsigned column;
    const char *shown; /* a part of the message: the line rewritten */
};

static void
expect(const struct slip *slip)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();

    if (value_read_yaml(arena, diags, "a.yaml", str_of(slip->text)) != NULL)
        fail_msg("taken: %s", slip->text);
    const struct diag *diag = diags_at(diags, 0);
    const char *line = str_cstr(arena, diag_line(arena, diag, DIAG_ENGLISH));
    if (strcmp(diag_code_name(diag->code), slip->code) != 0 || diag->pos.line != slip->line ||
        diag->pos.column != slip->column || diags_count(diags) != 1 ||
        strstr(line, slip->shown) == NULL)
        fail_msg("%s\ngives %zu messages, first: %s\nnot %s at %u:%u with: %s", slip->text,
                 diags_count(diags), line, slip->code, slip->line, slip->column, slip->shown);
    const char *thai = str_cstr(arena, diag_message(arena, diag, DIAG_THAI));
    if (slip->shown[0] == '\n')
        assert_non_null(strstr(thai, slip->shown));
    arena_free(arena);
    diags_free(diags);
}

#define EXPECT_ALL(slips)                                             \
    do {                                                              \
        (void)state;                                                  \
        for (size_t i = 0; i < sizeof(slips) / sizeof(slips)[0]; i++) \
            expect(&(slips)[i]);                                      \
    } while (0)

static void
a_hash_after_one_space_cuts_a_text(void **state)
{
    static const struct slip slips[] = {
        {"ก: ข\nเรื่อง: รายงาน #3 ปี\n", "YAML_HASH", 2, 16, "\n  เรื่อง: |\n    รายงาน #3 ปี\n"},
        {"เรื่อง: #3\n", "YAML_HASH", 1, 9, "\n  เรื่อง: |\n    #3\n"},
        {"- ข้อ #1\n", "YAML_HASH", 1, 7, "\n  - |\n    ข้อ #1\n"},
        {"- # 1\n", "YAML_HASH", 1, 3, "\n  - |\n    # 1\n"},
        {"- ก: ข #1\n  ค: ง\n", "YAML_HASH", 1, 8, "\n  - ก: |\n      ข #1\n"},
        {"ก: {ข: ค #3, ง: จ\n  }\n", "YAML_HASH", 1, 10, "\n  ข: 'ค #3'\n"},
        {"ก: a\n  b #c\n", "YAML_HASH", 1, 4, "\n  ก: |\n    a b #c\n"},
    };

    EXPECT_ALL(slips);
}

static void
folding_would_part_thai_words(void **state)
{
    static const struct slip slips[] = {
        {"ก: การประ\n  เมินผล\n", "YAML_FOLD", 1, 4, "\n  ก: |\n    การประเมินผล\n"},
        {"ก: ITA\n  ปี\n  นี้ดี\nข: ค\n", "YAML_FOLD", 1, 4, "\n  ก: |\n    ITA ปีนี้ดี\n"},
        {"ก: >\n  การประ\n  เมินผล\nข: ค\n", "YAML_FOLD", 1, 4, "\n  ก: |\n    การประเมินผล\n"},
        {"ก: >-\n    x\n\n    การประ\n    เมิน\n", "YAML_FOLD", 1, 4, "ก: |\n    x การประเมิน\n"},
        {"ก: \"การประ\n  เมินผล\"\n", "YAML_FOLD", 1, 4, "\n  ก: |\n    การประเมินผล\n"},
        {"- 'การประ\n  เมินผล'\n", "YAML_FOLD", 1, 3, "\n  - |\n    การประเมินผล\n"},
        {"ก: [การประ\n  เมิน]\n", "YAML_FOLD", 1, 5, "'การประเมิน'\n"},
        {"ก: การประ\r\n  เมินผล\r\n", "YAML_FOLD", 1, 4, "\n  ก: |\n    การประเมินผล\n"},
    };

    EXPECT_ALL(slips);
}

static void
folding_would_make_a_list_one_line(void **state)
{
    static const struct slip slips[] = {
        {"ก: ดังนี้\n  - หนึ่ง\n  - สอง\n", "YAML_FOLD_LIST", 1, 4,
         "\n  ก: |\n    ดังนี้\n    - หนึ่ง\n    - สอง\n"},
        {"ก: >\n  - x\n  - y\n", "YAML_FOLD_LIST", 1, 4, "\n  ก: |\n    - x\n    - y\n"},
        {"ก: \"1\n  • 2\"\n", "YAML_FOLD_LIST", 1, 4, "\n  ก: |\n    1\n    • 2\n"},
    };

    EXPECT_ALL(slips);
}

static void
a_colon_in_a_text_makes_a_field(void **state)
{
    static const struct slip slips[] = {
        {"เรื่อง: รายงาน: ผล\n", "YAML_COLON", 1, 9, "\n  เรื่อง: |\n    รายงาน: ผล\n"},
        {"ก: ข\nเรื่อง: ผล ITA :\nค: ง\n", "YAML_COLON", 2, 9, "\n  เรื่อง: |\n    ผล ITA :\n"},
        {"- ก: ข: ค\n", "YAML_COLON", 1, 6, "\n  - ก: |\n      ข: ค\n"},
    };

    EXPECT_ALL(slips);
    /* before a text of more than 1024 letters libyaml sees no field at all */
    struct buf text = buf_in(arena_new(0));
    buf_text(&text, "- ");
    for (int i = 0; i < 1100; i++)
        buf_text(&text, "ก");
    buf_text(&text, " : ข\n");
    const struct slip slip = {text.ptr, "YAML_COLON", 1, 3, "\n  - |\n    กกก"};
    expect(&slip);
    arena_free(text.arena);
}

static void
a_colon_needs_a_space(void **state)
{
    static const struct slip slips[] = {
        {"เรื่อง:รายงาน\nเรียน: นายก\n", "YAML_COLON_SPACE", 1, 7, "\n  เรื่อง: รายงาน\n"},
        {"ก: ข\nเรียน:นายก\n", "YAML_COLON_SPACE", 2, 6, "\n  เรียน: นายก\n"},
        {"ก: ข\nเรียน:\xC2\xA0นายก\nค: ง\n", "YAML_COLON_SPACE", 2, 6, "\n  เรียน: นายก\n"},
    };

    EXPECT_ALL(slips);
}

static void
a_line_without_a_field_belongs_to_the_text_above(void **state)
{
    static const struct slip slips[] = {
        {"ก: ข\nข้อความลอย ๆ\nค: ง\n", "YAML_NO_FIELD", 2, 1, "\n  ก: |\n    ข\n    ข้อความลอย ๆ\n"},
        {"ก: |\n  ข้อ\nต่อ\nง: จ\n", "YAML_NO_FIELD", 3, 1, "\n  ก: |\n    ข้อ\n    ต่อ\n"},
        {"ก: |\n  1\n  2\n  3\nต่อ\nง: จ\n", "YAML_NO_FIELD", 5, 1,
         "\n  ก: |\n    …\n    3\n    ต่อ\n"},
        {"ก: ข\n- x\n- y\n", "YAML_NO_FIELD", 2, 1, "\n  ก: |\n    ข\n    - x\n"},
        {"ก: ข\n08:30 น.\nค: ง\n", "YAML_NO_FIELD", 2, 1, "\n  ก: |\n    ข\n    08:30 น.\n"},
    };

    EXPECT_ALL(slips);
}

static void
signs_that_mean_something_begin_no_text(void **state)
{
    static const struct slip slips[] = {
        {"ก: * หมายเหตุ\n", "YAML_BEGINS_WITH", 1, 4, "with * means"},
        {"ก: *หมายเหตุ\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    *หมายเหตุ\n"},
        {"ก: & บริษัท\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    & บริษัท\n"},
        {"ก: % ร้อยละ\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    % ร้อยละ\n"},
        {"% ร้อยละ: ก\n", "YAML_BEGINS_WITH", 1, 1, "\n  |\n    % ร้อยละ: ก\n"},
        {"ก: @home\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    @home\n"},
        {"- `a`\n", "YAML_BEGINS_WITH", 1, 3, "\n  - |\n    `a`\n"},
        {"ก: [1] ดู\nข: ง\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    [1] ดู\n"},
        {"ก: {ข} ค\nข: ง\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    {ข} ค\n"},
        {"ก: {{ข}}\nค: ง\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    {{ข}}\n"},
        {"ก: {{ข}} ปี {{ค}}  # x\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    {{ข}} ปี {{ค}}\n"},
        {"ก: {{ข: ค}}\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    {{ข: ค}}\n"},
        {"ก: {{ข}}: ค\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    {{ข}}: ค\n"},
        {"ก: {{ข\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    {{ข\n"},
        {"- ก: {{ข}}\n  ค: ง\n", "YAML_BEGINS_WITH", 1, 6, "\n  - ก: |\n      {{ข}}\n"},
        {"ก:\n  - {{ข}}\n", "YAML_BEGINS_WITH", 2, 5, "\n  - |\n    {{ข}}\n"},
        {"ก: {{ข}}\n  ต่อ\n  จบ\nค: ง\n", "YAML_BEGINS_WITH", 1, 4,
         "\n  ก: |\n    {{ข}}\n    ต่อ\n    จบ\n"},
        {"ก: {% if ข %}\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    {% if ข %}\n"},
        {"ก: [[ข\nค: ง\n", "YAML_FLOW", 2, 2, "\n  ก: |\n    [[ข\n"},
        {"ก: {ข, ค}\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    {ข, ค}\n"},
        {"ก: {ข: {{ค}}, ง: จ}\n", "YAML_BEGINS_WITH", 1, 8, "\n  ก: {ข: '{{ค}}', ง: จ}\n"},
        {"ก: {ข: @ค, ง: จ}\n", "YAML_BEGINS_WITH", 1, 8, "\n  ก: {ข: '@ค', ง: จ}\n"},
        {"ก: | ข้อความ\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    | ข้อความ\n"},
        {"ก: > 5\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    > 5\n"},
        {"ก: |0\n  x\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    |0\n"},
        {"ก: ? x\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    ? x\n"},
        {"ก: ]x\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    ]x\n"},
        {"ก: ,x\n", "YAML_BEGINS_WITH", 1, 4, "\n  ก: |\n    ,x\n"},
        {"%YAML 1.1\n%YAML 1.1\n---\nก: ข\n", "YAML_BEGINS_WITH", 2, 1, "%YAML 1.1"},
    };

    EXPECT_ALL(slips);
}

static void
tags_are_refused(void **state)
{
    static const struct slip slips[] = {
        {"ก: !สำคัญ มาก\n", "YAML_TAG", 1, 4, "\n  ก: |\n    !สำคัญ มาก\n"},
        {"ก: ! มาก\n", "YAML_TAG", 1, 4, "\n  ก: |\n    ! มาก\n"},
        {"ก: !!str x\n", "YAML_TAG", 1, 4, "\n  ก: |\n    !!str x\n"},
        {"ก: !e!x y\n", "YAML_TAG", 1, 4, "\n  ก: |\n    !e!x y\n"},
        {"ก: !!seq [a]\n", "YAML_TAG", 1, 4, "\n  ก: |\n    !!seq [a]\n"},
        {"!!str ก: ข\n", "YAML_TAG", 1, 1, "!!str ก: ข\n"},
    };

    EXPECT_ALL(slips);
}

static void
quotes_are_the_whole_text_or_none(void **state)
{
    static const struct slip slips[] = {
        {"เรื่อง: \"ดี\" มาก\nค: ง\n", "YAML_QUOTE_TAIL", 1, 9, "\n  เรื่อง: |\n    \"ดี\" มาก\n"},
        {"ก: 'it's'\n", "YAML_QUOTE_TAIL", 1, 4, "\n  ก: |\n    'it's'\n"},
        {"- \"a\" และ \"b\"\n", "YAML_QUOTE_TAIL", 1, 3, "\n  - |\n    \"a\" และ \"b\"\n"},
        {"ก: \"ดี มาก\nข: ค\n", "YAML_QUOTE_OPEN", 1, 4, "\n  ก: |\n    \"ดี มาก\n"},
        {"ก: \"ดี\nเรียน: ก\nโทร: \"1\"\n", "YAML_QUOTE_OPEN", 1, 4, "\n  ก: |\n    \"ดี\n"},
        {"ก: 'ดี\n---\n'\n", "YAML_QUOTE_OPEN", 1, 4, "\n  ก: |\n    'ดี\n"},
        {"ก: \"C:\\งาน\"\n", "YAML_ESCAPE", 1, 7, "\n  ก: |\n    C:\\งาน\n"},
        {"ก: \"\\xg0\"\n", "YAML_ESCAPE", 1, 7, "\n  ก: |\n    \\xg0\n"},
    };

    EXPECT_ALL(slips);
}

static void
a_dash_begins_a_list(void **state)
{
    static const struct slip slips[] = {
        {"ก: - ข้อหนึ่ง\nข: ค\n", "YAML_DASH", 1, 4, "\n  ก: |\n    - ข้อหนึ่ง\n"},
        {"- ก: - ข\n", "YAML_DASH", 1, 6, "\n  - ก: |\n      - ข\n"},
        {"ก: -\n  - ข\n", "YAML_DASH", 1, 4, "\n  ก: |\n    -\n"},
    };

    EXPECT_ALL(slips);
}

static void
commas_end_values_in_braces(void **state)
{
    static const struct slip slips[] = {
        {"ก: {งบ: 1,000}\n", "YAML_FLOW_KEY", 1, 11, "\n  งบ: '1,000'\n"},
        {"ก: {ชื่อ: นาย ก, ข}\n", "YAML_FLOW_KEY", 1, 18, "\n  ชื่อ: 'นาย ก, ข'\n"},
        {"ก: {ชื่อ:x}\n", "YAML_FLOW_KEY", 1, 5, "\n  ชื่อ: 'x'\n"},
        {"ก: {ข, ค: it's}\n", "YAML_FLOW_KEY", 1, 5, "\n  'ข'\n"},
        {"ก: {ข: it's, ค}\n", "YAML_FLOW_KEY", 1, 14, "\n  ข: 'it''s, ค'\n"},
    };

    EXPECT_ALL(slips);
}

static void
brackets_must_be_closed(void **state)
{
    static const struct slip slips[] = {
        {"ก: {ข: ค\nง: จ\n", "YAML_FLOW", 2, 2, "bracket { opened in line 1"},
        {"ก: [ข, ค\n", "YAML_FLOW", 2, 1, "\n  ก: |\n    [ข, ค\n"},
        {"- {ข: \"ก\" ข}\n", "YAML_FLOW", 1, 11, "\n  - |\n    {ข: \"ก\" ข}\n"},
        {"ก: [ข,\n  ค, ,\n  ง]\n", "YAML_SYNTAX", 2, 6, "did not find expected node content"},
    };

    EXPECT_ALL(slips);
}

static void
fields_of_a_level_stand_in_line(void **state)
{
    static const struct slip slips[] = {
        {"ก: ข\n  ค: ง\n", "YAML_INDENT", 2, 3, "\n  ก: ข\n  ค: ง\n"},
        {"ก:\n  ข: ค\n ง: จ\n", "YAML_INDENT", 3, 2, "\n  ข: ค\n  ง: จ\n"},
        {"ก:\n    ข: ค\n  ง: จ\n", "YAML_INDENT", 3, 3, "\n  ข: ค\n  ง: จ\n"},
        {"- a\n- b\nค: ง\n", "YAML_INDENT", 3, 1, "\n  ค: ง\n"},
    };

    EXPECT_ALL(slips);
}

static void
only_spaces_stand_before_a_line(void **state)
{
    static const struct slip slips[] = {
        {"ก:\n\tข: ค\n", "YAML_TAB", 2, 1, "\n    ข: ค\n"},
        {"ก:\n  - ข\n\t- ค\n", "YAML_TAB", 3, 1, "\n    - ค\n"},
        {"ก: |\n\tข\n", "YAML_TAB", 2, 1, "\n    ข\n"},
        {"\xC2\xA0ก: 1\n", "YAML_TAB", 1, 1, "begins with U+00A0"},
    };

    EXPECT_ALL(slips);
}

#define NB "\xC2\xA0"

static void
other_blanks_are_no_spaces(void **state)
{
    static const struct slip slips[] = {
        {"ก: 1\n" NB "ข: 2\n", "YAML_TAB", 2, 1, "\n  ข: 2\n"},
        {"\xE3\x80\x80ก: 1\n", "YAML_TAB", 1, 1, "begins with U+3000"},
        {"ก:\n  ข: 1\n" NB NB "ค: 2\n", "YAML_TAB", 3, 1, "\n    ค: 2\n"},
        {"ก:\n" NB NB "ข: 1\n  ค: 2\n", "YAML_TAB", 2, 1, "\n    ข: 1\n"},
        {"ก:\n  ข: 1\n " NB "ค: 2\n", "YAML_TAB", 3, 2, "\n    ค: 2\n"},
        {"ก: |\n  หนึ่ง\n" NB NB "สอง\nข: 1\n", "YAML_TAB", 3, 1, "\n    สอง\n"},
        {"ก: |\n  หนึ่ง\n " NB "สอง\nข: 1\n", "YAML_TAB", 3, 2, "\n    สอง\n"},
        {"ก: |\n  หนึ่ง\n\xE3\x80\x80สอง\nข: 1\n", "YAML_TAB", 3, 1, "\n    สอง\n"},
        {"ก: |\n" NB NB "หนึ่ง\nข: 1\n", "YAML_TAB", 2, 1, "\n    หนึ่ง\n"},
        {"ก: |\n  หนึ่ง\n\xE2\x80\x8Bสอง\nข: 1\n", "YAML_TAB", 3, 1, "begins with U+200B"},
        {"ก: |\n  หนึ่ง\n" NB "\nข: 1\n", "YAML_BLANK_LINE", 3, 1, "U+00A0"},
        {"ก: 1\n" NB NB "\nข: 1\n", "YAML_BLANK_LINE", 2, 1, "U+00A0"},
        {"ก:\n  -" NB "ข: 1\n    ค: 2\n", "YAML_BLANK", 2, 4, "\n    - ข: 1\n"},
        {"ก:\n  - " NB "ข: 1\n    ค: 2\n", "YAML_BLANK", 2, 5, "\n    - ข: 1\n"},
        {"ก: |" NB "\n  หนึ่ง\nข: 1\n", "YAML_BLANK", 1, 5, "\n  ก: |\n"},
        {"ก:" NB "|\n  หนึ่ง\nข: 1\n", "YAML_COLON_SPACE", 1, 2, "\n  ก: |\n"},
        {"ก:\xE2\x80\xAF 1\nข: 1\n", "YAML_COLON_SPACE", 1, 2, "\n  ก: 1\n"},
    };

    EXPECT_ALL(slips);
}

static void
anchors_and_aliases_must_match(void **state)
{
    static const struct slip slips[] = {
        {"ก: *abc\n", "YAML_ALIAS", 1, 4, "\n  ก: |\n    *abc\n"},
        {"ก: &a [*a]\n", "YAML_ALIAS", 1, 8, "*a refers to"},
        {"ก: *a\nข: &a x\n", "YAML_ALIAS", 1, 4, "\n  ก: |\n    *a\n"},
        {"ก: &co บริษัท\n", "YAML_ANCHOR", 1, 4, "\n  ก: |\n    &co บริษัท\n"},
    };
    static const struct slip alias_slip[] = {{"<<: {a: 1}\n", "YAML_MERGE", 1, 1, "<<"}};

    /* the unknown alias leaves the anchor after it unused: two messages, so these stand apart */
    for (size_t i = 0; i < 4; i++) {
        struct arena *arena = arena_new(0);
        struct diags *diags = diags_new();
        assert_null(value_read_yaml(arena, diags, "a.yaml", str_of(slips[i].text)));
        assert_string_equal(diag_code_name(diags_at(diags, 0)->code), slips[i].code);
        assert_int_equal(diags_at(diags, 0)->pos.column, slips[i].column);
        const char *line = str_cstr(arena, diag_line(arena, diags_at(diags, 0), DIAG_ENGLISH));
        assert_non_null(strstr(line, slips[i].shown));
        arena_free(arena);
        diags_free(diags);
    }
    EXPECT_ALL(alias_slip);
}

static void
a_field_has_a_name_of_one_line(void **state)
{
    static const struct slip slips[] = {
        {"? [a]\n: b\n", "YAML_KEY", 1, 3, "name: value"}, {"{a: 1}: b\n", "YAML_KEY", 1, 1, ""},
        {"ก: &x a\n*x : b\n", "YAML_KEY", 2, 1, ""},       {": x\n", "YAML_KEY", 1, 1, ""},
        {"บันทึก\nก: ข\n", "YAML_KEY", 1, 1, "name: value"}, {"'': x\n", "YAML_KEY", 1, 1, ""},
        {"? |\n  a\n  b\n: c\n", "YAML_KEY", 1, 3, ""},
    };

    EXPECT_ALL(slips);
}

static void
no_field_twice_and_no_second_document(void **state)
{
    static const struct slip slips[] = {
        {"ก: 1\nข: 2\nก : 3\n", "DATA_DUPLICATE_KEY", 3, 1, "\"ก\" stands here a second time"},
        {"น้ำ: 1\nนํ้า: 2\n", "DATA_DUPLICATE_KEY", 2, 1, "first in line 1"},
        {"ก:\n  - {a: 1, b: 2, \"a\": 3}\n", "DATA_DUPLICATE_KEY", 2, 18, "\"a\""},
        {"ก: 1\n---\nข: 2\n", "YAML_DOCUMENTS", 2, 1, "---"},
        {"ก: \"\\0\"\n", "TEXT_FORBIDDEN", 1, 4, "U+0000"},
        {"ก: ข\nกข\x01: ค\n", "TEXT_FORBIDDEN", 2, 3, "U+0001"},
        {"ก: |\n  x\n  ก่่่่่่่่่\n", "TEXT_MARKS", 3, 3, "8"},
        {"ก: \xFF\n", "ENCODING_UNKNOWN", 1, 4, "0xFF"},
    };
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();

    for (size_t i = 0; i < sizeof slips / sizeof slips[0]; i++) {
        size_t count = diags_count(diags);
        assert_null(value_read_yaml(arena, diags, "a.yaml", str_of(slips[i].text)));
        const struct diag *diag = diags_at(diags, count);
        assert_string_equal(diag_code_name(diag->code), slips[i].code);
        assert_int_equal(diag->pos.line, slips[i].line);
        assert_int_equal(diag->pos.column, slips[i].column);
        const char *line = str_cstr(arena, diag_line(arena, diag, DIAG_ENGLISH));
        assert_non_null(strstr(line, slips[i].shown));
    }
    arena_free(arena);
    diags_free(diags);
    (void)state;
}

static void
one_slip_does_not_hide_the_next(void **state)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();

    (void)state;
    assert_null(value_read_yaml(arena, diags, "a.yaml",
                                STR("ก: ข #1\nค: การ\n  ประเมิน\nง: {จ: 1,000}\nฉ: -\nก: 2\n"
                                    "ช: ซ: ฌ\n")));
    assert_int_equal(diags_count(diags), 4);
    assert_diag(diags, 0, YAML_HASH);
    assert_diag(diags, 1, YAML_FOLD);
    assert_diag(diags, 2, YAML_FLOW_KEY);
    assert_diag(diags, 3, YAML_COLON);
    arena_free(arena);
    diags_free(diags);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hash_after_one_space_cuts_a_text),
        cmocka_unit_test(folding_would_part_thai_words),
        cmocka_unit_test(folding_would_make_a_list_one_line),
        cmocka_unit_test(a_colon_in_a_text_makes_a_field),
        cmocka_unit_test(a_colon_needs_a_space),
        cmocka_unit_test(a_line_without_a_field_belongs_to_the_text_above),
        cmocka_unit_test(signs_that_mean_something_begin_no_text),
        cmocka_unit_test(tags_are_refused),
        cmocka_unit_test(quotes_are_the_whole_text_or_none),
        cmocka_unit_test(a_dash_begins_a_list),
        cmocka_unit_test(commas_end_values_in_braces),
        cmocka_unit_test(brackets_must_be_closed),
        cmocka_unit_test(fields_of_a_level_stand_in_line),
        cmocka_unit_test(only_spaces_stand_before_a_line),
        cmocka_unit_test(other_blanks_are_no_spaces),
        cmocka_unit_test(anchors_and_aliases_must_match),
        cmocka_unit_test(a_field_has_a_name_of_one_line),
        cmocka_unit_test(no_field_twice_and_no_second_document),
        cmocka_unit_test(one_slip_does_not_hide_the_next),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
