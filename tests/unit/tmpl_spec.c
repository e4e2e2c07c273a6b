/* Text mode against the tests of the Mustache specification, where BANTHUEK_SHARED names a folder
 * that has them, and against a table of our own that always runs. */
#include "test.h"

#include <stdio.h>

#include "base/files.h"
#include "base/path.h"
#include "tmpl/tmpl.h"
#include "value/read.h"
#include "value/value.h"

/* Partials come out of a map of the data; a missing one is nothing. */
static bool
from_map(void *context, struct str name, struct pos pos, struct str *file, struct str *bytes)
{
    const struct value *partial = value_get(context, name);

    (void)pos;
    *file = name;
    if (partial == NULL)
        return false;
    *bytes = partial->text;
    return true;
}

static size_t
check_one(const char *file, const struct value *test)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const struct value *partials = value_get(test, STR("partials"));
    struct str expected = value_get(test, STR("expected"))->text, got = STR("(error)");
    struct value *context = value_new(arena, VALUE_MAP, POS_NONE);

    if (partials != NULL)
        *context = *partials;
    (void)tmpl_text(arena, diags, from_map, context, value_get(test, STR("template"))->text,
                    value_get(test, STR("data")), &got);
    bool good = str_eq(got, expected);
    if (!good) {
        print_error("%s: %.*s\n expected %.*s\n      got %.*s\n", file,
                    STR_FMT(value_get(test, STR("name"))->text), STR_FMT(expected), STR_FMT(got));
        for (size_t i = 0; i < diags_count(diags); i++)
            print_error("%.*s\n", STR_FMT(diag_line(arena, diags_at(diags, i), DIAG_ENGLISH)));
    }
    diags_free(diags);
    arena_free(arena);
    return good ? 0 : 1;
}

/* Keys of reports are trimmed, so that one test's "! comment" and "! comment " would be the same
 * key twice. The second gets another name; that none of them is printed is still shown. */
static struct str
rename_key(struct arena *arena, struct str bytes)
{
    struct str key = STR("\"! comment \":");
    size_t at = str_find(bytes, key);
    struct buf out = buf_in(arena);

    if (at == SIZE_MAX)
        return bytes;
    buf_add(&out, str_sub(bytes, 0, at));
    buf_text(&out, "\"! comment .\":");
    buf_add(&out, str_sub(bytes, at + key.len, bytes.len));
    return buf_str(&out);
}

static void
run_file(const char *folder, const char *name)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const char *path = path_join(arena, folder, name);
    size_t count = 0, failed = 0;
    struct str bytes;

    assert_true(files_read(files_system(), arena, diags, POS_NONE, path, VALUE_BYTES_MAX, &bytes));
    const struct value *root = value_read_json(arena, diags, path, rename_key(arena, bytes));
    for (size_t i = 0; i < diags_count(diags); i++)
        print_error("%.*s\n", STR_FMT(diag_line(arena, diags_at(diags, i), DIAG_ENGLISH)));
    assert_non_null(root);
    for (const struct value *test = value_get(root, STR("tests"))->first; test != NULL;
         test = test->next, count++)
        failed += check_one(name, test);
    print_message("%s: %zu tests, %zu failed\n", name, count, failed);
    assert_true(count > 0);
    assert_int_equal(failed, 0);
    diags_free(diags);
    arena_free(arena);
}

static void
specification(void **state)
{
    static const char *const files[] = {
        "comments.json", "delimiters.json", "interpolation.json", "inverted.json",
        "partials.json", "sections.json",   "~inheritance.json",  "~dynamic-names.json"};
    const char *shared = getenv("BANTHUEK_SHARED");

    (void)state;
    if (shared == NULL) {
        print_message("skipped: BANTHUEK_SHARED is not set, no Mustache specification here\n");
        skip();
    }
    struct arena *arena = arena_new(0);
    const char *folder = path_join(arena, shared, "mustache-spec");
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        run_file(folder, files[i]);
    arena_free(arena);
}

struct own_test {
    const char *name;
    const char *template;
    const char *data; /* JSON; its "p" and "q" are partials too */
    const char *expected;
};

static const struct own_test own_tests[] = {
    {"text passes through", "ก <b> & ข\r\n", "{}", "ก <b> & ข\r\n"},
    {"values are escaped", "{{a}}", "{\"a\": \"<&\\\">\"}", "&lt;&amp;&quot;&gt;"},
    {"three braces or & do not escape", "{{{a}}}{{&a}}{{& a }}", "{\"a\": \"<\"}", "<<<"},
    {"numbers as written", "{{a}} {{b}}", "{\"a\": 86.10, \"b\": -0}", "86.10 -0"},
    {"true and false", "{{a}}{{b}}", "{\"a\": true, \"b\": false}", "truefalse"},
    {"null and missing are nothing", "[{{a}}{{b}}{{c.d.e}}]", "{\"a\": null}", "[]"},
    {"dotted names are followed strictly", "{{#a}}{{b.c}}{{/a}}",
     "{\"a\": {\"b\": {}}, \"b\": {\"c\": \"X\"}}", ""},
    {"null hides an outer name", "{{#a}}[{{b}}]{{/a}}", "{\"a\": {\"b\": null}, \"b\": 1}", "[]"},
    {"names with blanks inside", "{{ a b . c d }}|{{a b.c d}}", "{\"a b\": {\"c d\": 1}}", "|1"},
    {"sections", "{{#a}}x{{/a}}{{^a}}y{{/a}}{{#b}}x{{/b}}{{^b}}y{{/b}}", "{\"a\": true}", "xy"},
    {"nothing is false", "{{#a}}1{{/a}}{{#b}}2{{/b}}{{#c}}3{{/c}}{{#d}}4{{/d}}",
     "{\"a\": \"\", \"b\": [], \"c\": null, \"d\": false}", ""},
    {"zero is true", "{{#a}}{{.}}{{/a}}", "{\"a\": 0}", "0"},
    {"lists are run through", "{{#a}}<{{.}}>{{/a}}", "{\"a\": [1, 2, 3]}", "<1><2><3>"},
    {"row numbers", "{{#a}}{{@ลำดับ}}{{^@สุดท้าย}},{{/@สุดท้าย}}{{/a}}", "{\"a\": [5, 5, 5]}", "1,2,3"},
    {"row numbers in English", "{{#a}}{{#@first}}>{{/@first}}{{@index}}{{/a}}{{@index}}",
     "{\"a\": [5, 5]}", ">12"},
    {"inner names first", "{{#a}}{{b}}{{c}}{{/a}}",
     "{\"a\": {\"b\": \"i\"}, \"b\": \"o\", \"c\": \"o\"}", "io"},
    {"comments go", "a{{! no }}b{{!\nnor this }}c", "{}", "abc"},
    {"a comment alone takes its line", "a\n  {{! no }}  \nb\n", "{}", "a\nb\n"},
    {"a section alone takes its lines", "1\n {{#a}}\n2\n {{/a}}\n3", "{\"a\": true}", "1\n2\n3"},
    {"two sections on a line do not", "{{#a}}{{/a}}\n", "{}", "\n"},
    {"a value alone does not", "1\n {{a}}\n2", "{}", "1\n \n2"},
    {"CRLF lines", "1\r\n{{#a}}\r\n2\r\n{{/a}}\r\n3", "{\"a\": true}", "1\r\n2\r\n3"},
    {"delimiters", "{{=<% %>=}}<%a%>{{a}}<%={{ }}=%>{{a}}", "{\"a\": 1}", "1{{a}}1"},
    {"filters stand in three braces as in two", "{{{x | default '}}}'}}}{{=  {{ ]]] =}}{{{a}}}",
     "{\"a\": \"<\"}", "}}}<"},
    {"triple braces need the default delimiters", "{{=| |=}}|{a}|", "{\"{a}\": 1}", "1"},
    {"delimiters end with a section's partial", "{{=| |=}}|>p||a|",
     "{\"a\": 1, \"p\": \"{{a}}|a|\"}", "1|a|1"},
    {"a partial", "<{{>p}}>", "{\"p\": \"{{a}}\", \"a\": 1}", "<1>"},
    {"a missing partial is nothing", "<{{>none}}>", "{}", "<>"},
    {"a partial is indented", "a\n  {{>p}}\nb", "{\"p\": \"1\\n2\\n\"}", "a\n  1\n  2\nb"},
    {"its data is not", " {{>p}}\n", "{\"p\": \"{{{a}}}\\n\", \"a\": \"1\\n2\"}", " 1\n2\n"},
    {"partials in partials add up", " {{>p}}\n", "{\"p\": \"x\\n {{>q}}\\n\", \"q\": \"1\\n2\\n\"}",
     " x\n  1\n  2\n"},
    {"a partial that goes down a tree", "{{>p}}",
     "{\"p\": \"{{n}}{{#l}}({{>p}}){{/l}}\", \"n\": 1, \"l\": [{\"n\": 2, \"l\": []}, "
     "{\"n\": 3, \"l\": [{\"n\": 4, \"l\": false}]}]}",
     "1(2)(3(4))"},
    {"a block's own content", "{{$a}}x{{/a}}", "{}", "x"},
    {"a block replaced", "{{<p}}{{$a}}new{{/a}}{{/p}}", "{\"p\": \"[{{$a}}old{{/a}}]\"}", "[new]"},
    {"what else a parent holds is dropped", "{{<p}}no{{$a}}1{{/a}}no{{/p}}",
     "{\"p\": \"{{$b}}2{{/b}}{{$a}}{{/a}}\"}", "21"},
    {"the outermost wins", "{{<p}}{{$a}}1{{/a}}{{/p}}",
     "{\"p\": \"{{<q}}{{$a}}2{{/a}}{{/q}}\", \"q\": \"{{$a}}3{{/a}}\"}", "1"},
    {"a block sees the names where it is put", "{{<p}}{{$a}}{{x}}{{/a}}{{/p}}",
     "{\"x\": 1, \"l\": [{\"x\": 2}, {\"x\": 3}], \"p\": \"{{#l}}{{$a}}{{/a}}{{/l}}\"}", "23"},
    {"a block moves to the indentation of its place",
     "{{<p}}\n{{$a}}\n      one\n        two\n{{/a}}\n{{/p}}\n",
     "{\"p\": \"x\\n  {{$a}}\\n  {{/a}}\\n\"}", "x\n  one\n    two\n"},
    {"names of partials from the data", "{{>*which}}{{>*none}}",
     "{\"which\": \"p\", \"p\": \"yes\"}", "yes"},
    {"filters", "{{a | เลขไทย}} {{b | join \", \" \" และ \"}} {{c | default \"-\" | prefix '('}}",
     "{\"a\": \"86.17\", \"b\": [1, 2, 3]}", "๘๖.๑๗ 1, 2 และ 3 (-"},
    {"braces inside an argument", "{{a | default \"}}\\\"\" }}", "{}", "}}&quot;"},
    {"sections with filters", "{{#a | equals \"x\" \"y\"}}1{{/a}}{{^a | equals \"z\"}}2{{/a}}",
     "{\"a\": \"y\"}", "12"},
};

static void
own_table(void **state)
{
    size_t failed = 0;

    (void)state;
    for (size_t i = 0; i < sizeof own_tests / sizeof own_tests[0]; i++) {
        const struct own_test *test = &own_tests[i];
        struct arena *arena = arena_new(0);
        struct diags *diags = diags_new();
        struct value *data = value_read_json(arena, diags, "data.json", str_of(test->data));
        struct str got = STR("(error)");
        assert_non_null(data);
        (void)tmpl_text(arena, diags, from_map, data, str_of(test->template), data, &got);
        if (!str_is(got, test->expected)) {
            print_error("%s\n expected %s\n      got %.*s\n", test->name, test->expected,
                        STR_FMT(got));
            failed++;
        }
        diags_free(diags);
        arena_free(arena);
    }
    assert_int_equal(failed, 0);
}

/* Templates that are refused, with the message. */
static const struct {
    const char *template, *message;
} refused[] = {
    {"a\n {{b", "template:2:2: error: \"{{\" begins a tag that has no \"}}\"; close it "
                "[TMPL_TAG_UNCLOSED]"},
    {"{{{b}}", "template:1:1: error: \"{{\" begins a tag that has no \"}}}\"; close it "
               "[TMPL_TAG_UNCLOSED]"},
    {"{{=<% =}}", "template:1:1: error: \"<%\" cannot be delimiters; write two without blanks and "
                  "\"=\", as in {{=<% %>=}} [TMPL_DELIMITERS]"},
    {"{{}}", "template:1:3: error: \"\" is no name; write the name of a field, as in "
             "{{เรื่อง}}, or of a file [TMPL_NAME]"},
    {"{{#a}}", "template:1:1: error: \"a\" is opened here and never closed; write {{/a}} "
               "[TMPL_UNCLOSED]"},
    {"{{/a}}", "template:1:1: error: {{/a}} closes nothing; take it out or open it before "
               "[TMPL_CLOSE_ALONE]"},
    {"{{#a}}\n{{/b}}", "template:2:1: error: {{/b}} stands where {{/a}} is expected, which line 1 "
                       "opens [TMPL_CLOSE_OTHER]"},
    {"{{a | joyn}}", "template:1:7: error: there is no filter \"joyn\"; did you mean \"join\"? "
                     "[TMPL_FILTER_NEAR]"},
    {"{{a | ไม่มีชื่อนี้}}",
     "template:1:7: error: there is no filter \"ไม่มีชื่อนี้\"; `banthuek filters` lists all "
     "[TMPL_FILTER_UNKNOWN]"},
    {"{{a | join}}",
     "template:1:7: error: arguments of the filter รวมด้วย: it takes 1–2, here are 0; correct that "
     "[TMPL_FILTER_COUNT]"},
    {"{{a | decimals x}}",
     "template:1:7: error: the filter ทศนิยม cannot use \"x\"; it takes: 0 … 9 "
     "[TMPL_FILTER_ARGUMENT]"},
    {"{{a | }}", "template:1:6: error: \"a |\" cannot be read from here on; a filter is written | "
                 "name \"argument\" [TMPL_FILTER_SYNTAX]"},
    {"{{t | decimals 2}}",
     "template:1:7: error: the filter ทศนิยม can make nothing of \"much\" (data.json:1:7); correct "
     "the value [TMPL_FILTER_VALUE]"},
    {"{{>self}}", "self:1:1: error: \"self\" goes deeper than 64 inclusions; most likely the "
                  "template includes itself [TMPL_INCLUDE]"},
};

static void
refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        struct arena *arena = arena_new(0);
        struct diags *diags = diags_new();
        struct value *data = value_read_json(arena, diags, "data.json",
                                             STR("{\"t\": \"much\", \"self\": \"{{>self}}\"}"));
        struct str got;
        assert_false(
            tmpl_text(arena, diags, from_map, data, str_of(refused[i].template), data, &got));
        assert_int_equal(diags_count(diags), 1);
        assert_str(diag_line(arena, diags_at(diags, 0), DIAG_ENGLISH), refused[i].message);
        diags_free(diags);
        arena_free(arena);
    }
}

static struct str
repeated(struct arena *arena, const char *text, size_t count)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < count; i++)
        buf_text(&out, text);
    return buf_str(&out);
}

static void
expect_code(const char *code, struct arena *arena, struct str bytes, const char *json)
{
    struct diags *diags = diags_new();
    struct value *data = value_read_json(arena, diags, "data.json", str_of(json));
    struct str got;

    assert_non_null(data);
    assert_false(tmpl_text(arena, diags, from_map, data, bytes, data, &got));
    assert_string_equal(diag_code_name(diags_at(diags, 0)->code), code);
    diags_free(diags);
}

static void
limits(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf bomb = buf_in(arena);

    (void)state;
    expect_code("TMPL_NESTING", arena, repeated(arena, "{{#a}}", 65), "{}");
    expect_code("TMPL_TOO_MANY_TAGS", arena, repeated(arena, "{{a}}", 60001), "{}");
    /* forty partials, each twice in the one before: 2^40 inclusions */
    buf_text(&bomb, "{\"p40\": \"\"");
    for (int i = 0; i < 40; i++)
        buf_printf(&bomb, ", \"p%d\": \"{{>p%d}}{{>p%d}}\"", i, i + 1, i + 1);
    buf_text(&bomb, "}");
    expect_code("TMPL_STEPS", arena, STR("{{>p0}}"), str_cstr(arena, buf_str(&bomb)));
    expect_code("TMPL_NESTING", arena, STR("{{>p}}"),
                "{\"a\": true, \"p\": \"{{#a}}{{#a}}{{#a}}{{>p}}{{/a}}{{/a}}{{/a}}\"}");
    struct buf many = buf_in(arena), names = buf_in(arena);
    buf_text(&many, "{\"x\": 1");
    for (int i = 0; i < 1001; i++) {
        buf_printf(&many, ", \"p%d\": \"\"", i);
        buf_printf(&names, "{{>p%d}}", i);
    }
    buf_text(&many, "}");
    expect_code("TMPL_FILES", arena, buf_str(&names), str_cstr(arena, buf_str(&many)));
    arena_free(arena);
}

static void
memory_budget_is_kept(void **state)
{
    struct arena *input = arena_new(0), *small = arena_new((size_t)1024 * 1024);
    struct diags *diags = diags_new();
    struct value *data =
        value_read_json(input, diags, "data.json", STR("{\"l\": [1,2,3,4,5,6,7,8,9,0]}"));
    struct str got;

    (void)state;
    assert_false(tmpl_text(
        small, diags, from_map, data,
        STR("{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{@index}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}"), data, &got));
    assert_diag(diags, 0, MEMORY_BUDGET);
    diags_free(diags);
    arena_free(small);
    arena_free(input);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(specification),
        cmocka_unit_test(own_table),
        cmocka_unit_test(refusals),
        cmocka_unit_test(limits),
        cmocka_unit_test(memory_budget_is_kept),
    };

    return cmocka_run_group_tests_name("tmpl_spec", tests, NULL, NULL);
}
