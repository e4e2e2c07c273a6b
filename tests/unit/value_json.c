/* The JSON reader: kinds, texts, places. Which texts are JSON is tested in value_jsonsuite.c. */
#include "test.h"

#include "value/read.h"
#include "value/value.h"

static const struct value *
read_json(struct fixture *f, const char *text)
{
    return value_read(f->arena, f->diags, "report.JSON", str_of(text));
}

static void
each_kind_is_kept(void **state)
{
    struct fixture *f = *state;
    struct buf out = buf_in(f->arena);

    value_dump(read_json(f,
                         "{\"ก\": \"ข\", \"n\": 86.10,\n \"t\": true, \"f\": false, \"x\": null,\n"
                         " \"ล\": [-1e3, \"-\"], \"\": {}}"),
               &out);
    assert_string_equal(out.ptr, "1:1\tmap of 7\n"
                                 "1:7\t  ก: \"ข\" quoted\n"
                                 "1:17\t  n: \"86.10\"\n"
                                 "2:7\t  t: true\n"
                                 "2:18\t  f: false\n"
                                 "2:30\t  x: none\n"
                                 "3:7\t  ล: list of 2\n"
                                 "3:8\t    - \"-1e3\"\n"
                                 "3:14\t    - none quoted\n"
                                 "3:24\t  \"\": map of 0\n");
    assert_int_equal(diags_count(f->diags), 0);
}

static void
escapes_and_pairs_become_text(void **state)
{
    struct fixture *f = *state;

    assert_str(read_json(f, "\"\\u0e01\\n\\t\\\"\\\\\\/\\ud83d\\ude00\"")->text,
               "ก\n\t\"\\/\xF0\x9F\x98\x80");
}

static void
texts_and_keys_are_normalised_with_one_note(void **state)
{
    struct fixture *f = *state;
    const struct value *map = read_json(f, "{\"ก\": \"x\",\n \" เเละ \": \"น\\u0e4d้า\"}");

    assert_str(value_get(map, STR("และ"))->text, "น้ำ");
    assert_int_equal(diags_count(f->diags), 1);
    assert_diag(f->diags, 0, DATA_NORMALISED);
    assert_string_equal(diags_at(f->diags, 0)->arg[0], "2");
    assert_int_equal(diags_at(f->diags, 0)->pos.line, 2);
    assert_int_equal(diags_at(f->diags, 0)->pos.column, 2);
}

static void
faults_have_their_place(void **state)
{
    static const struct {
        const char *text;
        const char *code;
        unsigned line;
        unsigned column;
    } cases[] = {{"{\"กก\": 01}", "JSON_NUMBER", 1, 8},
                 {"[\"ก\",\r\n \"ข", "JSON_STRING_OPEN", 2, 2},
                 {"[\"กก\\q\"]", "JSON_ESCAPE", 1, 5},
                 {"[\r\r1,]", "JSON_COMMA", 3, 2},
                 {"{\"ก\": 1,\n  \"ก\": 2}", "DATA_DUPLICATE_KEY", 2, 3},
                 {"[\"ก\tข\"]", "JSON_CONTROL", 1, 4},
                 {"[1] 2", "JSON_TRAILING", 1, 5},
                 {"{\"a\" 1}", "JSON_EXPECTED", 1, 6},
                 {"[nein]", "JSON_WORD", 1, 2},
                 {"[\"\\ud800\"]", "JSON_SURROGATE", 1, 3},
                 {"{\"a\":\n", "JSON_END", 2, 1},
                 {"\xEF\xBB\xBF{}", "JSON_BOM", 1, 1},
                 {"\n[\"ก\xE0\"]", "JSON_ENCODING", 2, 4},
                 {"[\"ก\", \"\\u0007\"]", "TEXT_FORBIDDEN", 1, 7}};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_null(read_json(f, cases[i].text));
        const struct diag *diag = diags_at(f->diags, i);
        assert_string_equal(diag_code_name(diag->code), cases[i].code);
        assert_int_equal(diag->pos.line, cases[i].line);
        assert_int_equal(diag->pos.column, cases[i].column);
        assert_string_equal(diag->pos.file, "report.JSON");
    }
    assert_int_equal(diags_count(f->diags), sizeof cases / sizeof cases[0]);
}

static void
forbidden_text_does_not_hide_later_faults(void **state)
{
    struct fixture *f = *state;

    assert_null(read_json(f, "[\"\\u0007\", {\"a\":1,\"a\":2}, \"\\ue000\", 01]"));
    assert_diag(f->diags, 0, TEXT_FORBIDDEN);
    assert_diag(f->diags, 1, DATA_DUPLICATE_KEY);
    assert_diag(f->diags, 2, TEXT_FORBIDDEN);
    assert_diag(f->diags, 3, JSON_NUMBER);
}

static void
the_name_chooses_the_reader(void **state)
{
    struct fixture *f = *state;

    assert_null(value_read(f->arena, f->diags, "a.json", STR("a: b")));
    assert_diag(f->diags, 0, JSON_WORD);
    assert_non_null(value_read(f->arena, f->diags, "a.yaml", STR("a: b")));
    assert_non_null(value_read(f->arena, f->diags, "json", STR("a: b")));
    assert_non_null(value_read(f->arena, f->diags, NULL, STR("a: b")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_kind_is_kept),
        TEST(escapes_and_pairs_become_text),
        TEST(texts_and_keys_are_normalised_with_one_note),
        TEST(faults_have_their_place),
        TEST(forbidden_text_does_not_hide_later_faults),
        TEST(the_name_chooses_the_reader),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
