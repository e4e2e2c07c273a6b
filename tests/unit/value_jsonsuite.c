/* What is JSON and what is not (RFC 8259), case by case; each bad one with the message it gets.
 *
 * With $BANTHUEK_JSON_SUITE the test also runs the files of a folder that are named as in
 * JSONTestSuite: y_… must be taken, n_… must be refused, i_… must not crash. */
#include "test.h"

#include <dirent.h>
#include <stdio.h>

#include "base/files.h"
#include "base/path.h"
#include "value/read.h"
#include "value/value.h"

#define TEXT(literal)                   \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }

static const struct str good[] = {
    TEXT("[]"),
    TEXT("{}"),
    TEXT("[ ]"),
    TEXT("{ }"),
    TEXT("0"),
    TEXT("-0"),
    TEXT("-1"),
    TEXT("null"),
    TEXT("true"),
    TEXT("false"),
    TEXT("\"\""),
    TEXT("\"a\""),
    TEXT(" 1 "),
    TEXT("[1]"),
    TEXT("[1,2]"),
    TEXT("[[]]"),
    TEXT("[[],[]]"),
    TEXT("{\"a\":1}"),
    TEXT("{\"a\":{}}"),
    TEXT("{\"a\":[]}"),
    TEXT("[null]"),
    TEXT("[true]"),
    TEXT("[false]"),
    TEXT("[\"\"]"),
    TEXT("[\"a\"]"),
    TEXT("[1 ]"),
    TEXT("[ 1]"),
    TEXT("[1, 2]"),
    TEXT("[1 ,2]"),
    TEXT("[1,\n2]"),
    TEXT("[\t1]"),
    TEXT("[\r\n1]"),
    TEXT("\n[]"),
    TEXT("[]\n"),
    TEXT("[] \t\r\n"),
    TEXT("[-0]"),
    TEXT("[-1]"),
    TEXT("[-123]"),
    TEXT("[0]"),
    TEXT("[10]"),
    TEXT("[123]"),
    TEXT("[0.0]"),
    TEXT("[0.5]"),
    TEXT("[-0.1]"),
    TEXT("[1.000]"),
    TEXT("[86.10]"),
    TEXT("[123456789012345678901234567890]"),
    TEXT("[0e1]"),
    TEXT("[0e+1]"),
    TEXT("[0e-1]"),
    TEXT("[0E1]"),
    TEXT("[1e1]"),
    TEXT("[1E+2]"),
    TEXT("[1e-2]"),
    TEXT("[1.5e3]"),
    TEXT("[1.5E-3]"),
    TEXT("[-1e1]"),
    TEXT("[-0.0e0]"),
    TEXT("[1e00]"),
    TEXT("[1e9999]"),
    TEXT("[-1e-9999]"),
    TEXT("[0.00000000000000000000000000000001]"),
    TEXT("[\"\\\"\"]"),
    TEXT("[\"\\\\\"]"),
    TEXT("[\"\\/\"]"),
    TEXT("[\"/\"]"),
    TEXT("[\"\\n\"]"),
    TEXT("[\"\\r\"]"),
    TEXT("[\"\\t\"]"),
    TEXT("[\"a\\nb\"]"),
    TEXT("[\"\\u0e01\"]"),
    TEXT("[\"\\u0E01\\u0e34\"]"),
    TEXT("[\"\\u0041\"]"),
    TEXT("[\"\\ud83d\\ude00\"]"),
    TEXT("[\"\\uD834\\uDD1E\"]"),
    TEXT("[\"\\uD840\\uDC00\"]"),
    TEXT("[\"\\u0020\"]"),
    TEXT("[\"\\\\u0000\"]"),
    TEXT("[\"\\\\\\\"\"]"),
    TEXT("[\"\\u002c\"]"),
    TEXT("[\"ก\"]"),
    TEXT("[\"é\"]"),
    TEXT("[\"€\"]"),
    TEXT("[\"😀\"]"),
    TEXT("[\"นายสมมติ\"]"),
    TEXT("[\"\\u00e9\"]"),
    TEXT("[\" \"]"),
    TEXT("[\"  a  \"]"),
    TEXT("[\"//\"]"),
    TEXT("[\"/**/\"]"),
    TEXT("[\"#\"]"),
    TEXT("[\"'\"]"),
    TEXT("[\"{}[]:,\"]"),
    TEXT("[\"null\"]"),
    TEXT("[\"1\"]"),
    TEXT("[\"-\"]"),
    TEXT("{\"\":0}"),
    TEXT("{\"a\":1,\"b\":2}"),
    TEXT("{\"a\" :1}"),
    TEXT("{\"a\": 1}"),
    TEXT("{\"a\"\n:\n1}"),
    TEXT("{ \"a\":1 }"),
    TEXT("{\"a\":1 ,\"b\":2}"),
    TEXT("{\"a\":[{\"a\":1}]}"),
    TEXT("{\"ก\":\"ข\"}"),
    TEXT("{\"\\u0e01\":1}"),
    TEXT("{\"a\":null}"),
    TEXT("{\"a b\":1}"),
    TEXT("{\"1\":1}"),
    TEXT("{\"A\":1,\"a\":2}"),
    TEXT("{\"a\":{\"a\":{\"a\":1}}}"),
    TEXT("[1,[2,[3,[4]]]]"),
    TEXT("[{},{}]"),
    TEXT("[{\"a\":1},{\"a\":1}]"),
    TEXT("[[[[[[[[[[]]]]]]]]]]"),
    TEXT("[\"a\",\"a\"]"),
    TEXT("\"\\u0e01\""),
    TEXT("-86.10"),
    TEXT("1e5"),
    TEXT("[\"a\xC2\xA0"
         "b\"]"),
    TEXT("[\"\\ufffd\"]"),
    TEXT("[\"0123456789012345678901234567890123456789\"]"),
};

static const struct {
    enum diag_code code;
    struct str text;
} bad[] = {
    {DIAG_JSON_END, TEXT("")},
    {DIAG_JSON_END, TEXT(" ")},
    {DIAG_JSON_END, TEXT("\n")},
    {DIAG_JSON_END, TEXT("[")},
    {DIAG_JSON_END, TEXT("{")},
    {DIAG_JSON_END, TEXT("[1")},
    {DIAG_JSON_END, TEXT("[1,")},
    {DIAG_JSON_END, TEXT("[[]")},
    {DIAG_JSON_END, TEXT("{\"a\"")},
    {DIAG_JSON_END, TEXT("{\"a\":")},
    {DIAG_JSON_END, TEXT("{\"a\":1")},
    {DIAG_JSON_END, TEXT("{\"a\":1,")},
    {DIAG_JSON_END, TEXT("[[[[")},
    {DIAG_JSON_END, TEXT("{\"a\":{")},
    {DIAG_JSON_END, TEXT("[\"a\"")},
    {DIAG_JSON_END, TEXT("[true")},
    {DIAG_JSON_EXPECTED, TEXT("]")},
    {DIAG_JSON_EXPECTED, TEXT("}")},
    {DIAG_JSON_EXPECTED, TEXT(",")},
    {DIAG_JSON_EXPECTED, TEXT(":")},
    {DIAG_JSON_EXPECTED, TEXT("[,]")},
    {DIAG_JSON_EXPECTED, TEXT("[,1]")},
    {DIAG_JSON_EXPECTED, TEXT("[1,,2]")},
    {DIAG_JSON_EXPECTED, TEXT("[1 2]")},
    {DIAG_JSON_EXPECTED, TEXT("[1}")},
    {DIAG_JSON_EXPECTED, TEXT("{\"a\":1]")},
    {DIAG_JSON_EXPECTED, TEXT("[\"a\" \"b\"]")},
    {DIAG_JSON_EXPECTED, TEXT("[\"a\":1]")},
    {DIAG_JSON_EXPECTED, TEXT("[:]")},
    {DIAG_JSON_EXPECTED, TEXT("[}")},
    {DIAG_JSON_EXPECTED, TEXT("{,}")},
    {DIAG_JSON_EXPECTED, TEXT("{a:1}")},
    {DIAG_JSON_EXPECTED, TEXT("{'a':1}")},
    {DIAG_JSON_EXPECTED, TEXT("{1:1}")},
    {DIAG_JSON_EXPECTED, TEXT("{null:1}")},
    {DIAG_JSON_EXPECTED, TEXT("{\"a\" 1}")},
    {DIAG_JSON_EXPECTED, TEXT("{\"a\",1}")},
    {DIAG_JSON_EXPECTED, TEXT("{\"a\"}")},
    {DIAG_JSON_EXPECTED, TEXT("{\"a\"::1}")},
    {DIAG_JSON_EXPECTED, TEXT("{\"a\":}")},
    {DIAG_JSON_EXPECTED, TEXT("{\"a\":,}")},
    {DIAG_JSON_EXPECTED, TEXT("{[]:1}")},
    {DIAG_JSON_EXPECTED, TEXT("{\"a\":1 \"b\":2}")},
    {DIAG_JSON_EXPECTED, TEXT("{\"a\":1,,\"b\":2}")},
    {DIAG_JSON_EXPECTED, TEXT("{\"a\":1:2}")},
    {DIAG_JSON_EXPECTED, TEXT("{{}}")},
    {DIAG_JSON_EXPECTED, TEXT("{\"a\"=\"b\"}")},
    {DIAG_JSON_EXPECTED, TEXT("[\"a\"x]")},
    {DIAG_JSON_EXPECTED, TEXT("[1 true]")},
    {DIAG_JSON_TRAILING, TEXT("[]]x")},
    {DIAG_JSON_EXPECTED, TEXT("{\"a\":1;\"b\":2}")},
    {DIAG_JSON_COMMA, TEXT("[1,]")},
    {DIAG_JSON_COMMA, TEXT("[\"a\",]")},
    {DIAG_JSON_COMMA, TEXT("[1 , ]")},
    {DIAG_JSON_COMMA, TEXT("{\"a\":1,}")},
    {DIAG_JSON_COMMA, TEXT("{\"a\":1,\n}")},
    {DIAG_JSON_COMMA, TEXT("[[],]")},
    {DIAG_JSON_NUMBER, TEXT("[01]")},
    {DIAG_JSON_NUMBER, TEXT("[-01]")},
    {DIAG_JSON_NUMBER, TEXT("[00]")},
    {DIAG_JSON_NUMBER, TEXT("[1.]")},
    {DIAG_JSON_NUMBER, TEXT("[-]")},
    {DIAG_JSON_NUMBER, TEXT("[- 1]")},
    {DIAG_JSON_NUMBER, TEXT("[-a]")},
    {DIAG_JSON_NUMBER, TEXT("[-.5]")},
    {DIAG_JSON_NUMBER, TEXT("[1.e1]")},
    {DIAG_JSON_NUMBER, TEXT("[1e]")},
    {DIAG_JSON_NUMBER, TEXT("[1e+]")},
    {DIAG_JSON_NUMBER, TEXT("[1E-]")},
    {DIAG_JSON_NUMBER, TEXT("[1.5e]")},
    {DIAG_JSON_NUMBER, TEXT("[1eE2]")},
    {DIAG_JSON_NUMBER, TEXT("[0.1.2]")},
    {DIAG_JSON_NUMBER, TEXT("[1e1.5]")},
    {DIAG_JSON_NUMBER, TEXT("[--1]")},
    {DIAG_JSON_NUMBER, TEXT("[1-2]")},
    {DIAG_JSON_NUMBER, TEXT("[1+2]")},
    {DIAG_JSON_NUMBER, TEXT("[012]")},
    {DIAG_JSON_NUMBER, TEXT("[-Infinity]")},
    {DIAG_JSON_NUMBER, TEXT("[-NaN]")},
    {DIAG_JSON_NUMBER, TEXT("[0e]")},
    {DIAG_JSON_NUMBER, TEXT("[9.e+]")},
    {DIAG_JSON_NUMBER, TEXT("[-01.5]")},
    {DIAG_JSON_NUMBER, TEXT("[1ee2]")},
    {DIAG_JSON_NUMBER, TEXT("0.")},
    {DIAG_JSON_NUMBER, TEXT("-")},
    {DIAG_JSON_EXPECTED, TEXT("[0x1]")},
    {DIAG_JSON_EXPECTED, TEXT("[1a]")},
    {DIAG_JSON_EXPECTED, TEXT("[1_000]")},
    {DIAG_JSON_WORD, TEXT("[๑ 2]X")},
    {DIAG_JSON_EXPECTED, TEXT("[1#]")},
    {DIAG_JSON_WORD, TEXT("[+1]")},
    {DIAG_JSON_WORD, TEXT("[.5]")},
    {DIAG_JSON_WORD, TEXT("[NaN]")},
    {DIAG_JSON_WORD, TEXT("[Infinity]")},
    {DIAG_JSON_WORD, TEXT("[True]")},
    {DIAG_JSON_WORD, TEXT("[nul]")},
    {DIAG_JSON_WORD, TEXT("[nulll]")},
    {DIAG_JSON_WORD, TEXT("[tru]")},
    {DIAG_JSON_WORD, TEXT("[fals]")},
    {DIAG_JSON_WORD, TEXT("[a]")},
    {DIAG_JSON_WORD, TEXT("['a']")},
    {DIAG_JSON_WORD, TEXT("[๑]")},
    {DIAG_JSON_WORD, TEXT("abc")},
    {DIAG_JSON_WORD, TEXT("{\"a\":b}")},
    {DIAG_JSON_WORD, TEXT("{\"a\":'b'}")},
    {DIAG_JSON_WORD, TEXT("[undefined]")},
    {DIAG_JSON_WORD, TEXT("[TRUE]")},
    {DIAG_JSON_WORD, TEXT("//")},
    {DIAG_JSON_WORD, TEXT("/**/[]")},
    {DIAG_JSON_WORD, TEXT("#")},
    {DIAG_JSON_WORD, TEXT("[*]")},
    {DIAG_JSON_WORD, TEXT("\xC2\xA0[]")},
    {DIAG_JSON_WORD, TEXT("\x0C[]")},
    {DIAG_JSON_WORD, TEXT("[\x0B"
                          "1]")},
    {DIAG_JSON_WORD, TEXT("\xE2\x81\xA0[]")},
    {DIAG_JSON_WORD, TEXT("[‘a’]")},
    {DIAG_JSON_WORD, TEXT("[-1,\\n]")},
    {DIAG_JSON_STRING_OPEN, TEXT("\"")},
    {DIAG_JSON_STRING_OPEN, TEXT("[\"")},
    {DIAG_JSON_STRING_OPEN, TEXT("[\"a")},
    {DIAG_JSON_STRING_OPEN, TEXT("[\"a\\\"]")},
    {DIAG_JSON_STRING_OPEN, TEXT("{\"a")},
    {DIAG_JSON_STRING_OPEN, TEXT("{\"a\":\"")},
    {DIAG_JSON_STRING_OPEN, TEXT("[\"a\\\\\\\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\a\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\'\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\x41\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\0\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\u\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\u0\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\u00\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\u004\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\u00g0\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\u 041\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\U0041\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\ \"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\ก\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\u004")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\-\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\N\"]")},
    {DIAG_JSON_ESCAPE, TEXT("{\"\\q\":1}")},
    {DIAG_JSON_ESCAPE, TEXT("[\"C:\\windows\"]")},
    {DIAG_JSON_ESCAPE, TEXT("[\"\\\n\"]")},
    {DIAG_JSON_SURROGATE, TEXT("[\"\\ud800\"]")},
    {DIAG_JSON_SURROGATE, TEXT("[\"\\udc00\"]")},
    {DIAG_JSON_SURROGATE, TEXT("[\"\\ud800\\u0041\"]")},
    {DIAG_JSON_SURROGATE, TEXT("[\"\\ud800\\ud800\"]")},
    {DIAG_JSON_SURROGATE, TEXT("[\"\\ud800a\"]")},
    {DIAG_JSON_SURROGATE, TEXT("[\"\\ud83d\\n\"]")},
    {DIAG_JSON_SURROGATE, TEXT("[\"\\udc00\\ud800\"]")},
    {DIAG_JSON_SURROGATE, TEXT("{\"\\udfaa\":0}")},
    {DIAG_JSON_SURROGATE, TEXT("[\"\\ud83d\\uDE0\"]")},
    {DIAG_JSON_SURROGATE, TEXT("[\"\\uDBFF\"")},
    {DIAG_JSON_CONTROL, TEXT("[\"\n\"]")},
    {DIAG_JSON_CONTROL, TEXT("[\"\t\"]")},
    {DIAG_JSON_CONTROL, TEXT("[\"\r\"]")},
    {DIAG_JSON_CONTROL, TEXT("[\"a\x1F"
                             "b\"]")},
    {DIAG_JSON_CONTROL, TEXT("{\"a\n\":1}")},
    {DIAG_JSON_CONTROL, TEXT("[\"\x01\"]")},
    {DIAG_JSON_CONTROL, TEXT("[\"\x08\"]")},
    {DIAG_JSON_TRAILING, TEXT("[]]")},
    {DIAG_JSON_TRAILING, TEXT("[]x")},
    {DIAG_JSON_TRAILING, TEXT("{}{}")},
    {DIAG_JSON_TRAILING, TEXT("1 2")},
    {DIAG_JSON_TRAILING, TEXT("\"a\" \"b\"")},
    {DIAG_JSON_TRAILING, TEXT("[],")},
    {DIAG_JSON_TRAILING, TEXT("{}}")},
    {DIAG_JSON_TRAILING, TEXT("[] //")},
    {DIAG_JSON_TRAILING, TEXT("{}#")},
    {DIAG_JSON_TRAILING, TEXT("null null")},
    {DIAG_JSON_TRAILING, TEXT("[1]x")},
    {DIAG_JSON_TRAILING, TEXT("{\"a\":1}\"x\"")},
    {DIAG_JSON_TRAILING, TEXT("\"\"x")},
    {DIAG_JSON_BOM, TEXT("﻿[]")},
    {DIAG_JSON_BOM, TEXT("﻿")},
    {DIAG_JSON_BOM, TEXT("﻿{\"a\":1}")},
    {DIAG_JSON_ENCODING, TEXT("[\"\xFF\"]")},
    {DIAG_JSON_ENCODING, TEXT("[\"\xE0\xB8\"]")},
    {DIAG_JSON_ENCODING, TEXT("[\"\xC0\xAF\"]")},
    {DIAG_JSON_ENCODING, TEXT("[\"\xED\xA0\x80\"]")},
    {DIAG_JSON_ENCODING, TEXT("[\"\xF4\x90\x80\x80\"]")},
    {DIAG_JSON_ENCODING, TEXT("[\xE5]")},
    {DIAG_JSON_ENCODING, TEXT("\xFF\xFE[\x00]\x00")},
    {DIAG_JSON_ENCODING, TEXT("[\"\x80\"]")},
    {DIAG_JSON_ENCODING, TEXT("[\"\xA1\xD2\xC3\"]")},
    {DIAG_JSON_ENCODING, TEXT("[1\xE5]")},
    {DIAG_JSON_ENCODING, TEXT("{\"\xB9\":0,}")},
    {DIAG_JSON_ENCODING, TEXT("[\"\xFC\x83\xBF\xBF\xBF\xBF\"]")},
    {DIAG_DATA_DUPLICATE_KEY, TEXT("{\"a\":1,\"a\":1}")},
    {DIAG_DATA_DUPLICATE_KEY, TEXT("{\"a\":1,\"b\":2,\"a\":3}")},
    {DIAG_DATA_DUPLICATE_KEY, TEXT("{\"\\u0061\":1,\"a\":2}")},
    {DIAG_DATA_DUPLICATE_KEY, TEXT("{\"a\":1,\" a \":2}")},
    {DIAG_DATA_DUPLICATE_KEY, TEXT("[{\"b\":{\"\":1,\"\":2}}]")},
    {DIAG_TEXT_FORBIDDEN, TEXT("[\"\\u0000\"]")},
    {DIAG_TEXT_FORBIDDEN, TEXT("[\"\\b\"]")},
    {DIAG_TEXT_FORBIDDEN, TEXT("[\"\\u001f\"]")},
    {DIAG_TEXT_FORBIDDEN, TEXT("[\"\\uffff\"]")},
    {DIAG_TEXT_FORBIDDEN, TEXT("[\"\\ue000\"]")},
    {DIAG_TEXT_FORBIDDEN, TEXT("[\"\x7F\"]")},
    {DIAG_TEXT_FORBIDDEN, TEXT("{\"\\u0000\":1}")},
    {DIAG_TEXT_FORBIDDEN, TEXT("[\"\\udbff\\udffe\"]")},
};

static void
json_is_taken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct arena *arena = arena_new(0);
        struct diags *diags = diags_new();
        if (value_read_json(arena, diags, "a.json", good[i]) == NULL)
            fail_msg("refused: %.*s", STR_FMT(good[i]));
        assert_int_equal(diags_count(diags), 0);
        arena_free(arena);
        diags_free(diags);
    }
}

static void
all_else_is_refused_with_a_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct arena *arena = arena_new(0);
        struct diags *diags = diags_new();
        if (value_read_json(arena, diags, "a.json", bad[i].text) != NULL)
            fail_msg("taken: %.*s", STR_FMT(bad[i].text));
        assert_int_equal(diags_count(diags), 1);
        const struct diag *diag = diags_at(diags, 0);
        if (diag->code != bad[i].code)
            fail_msg("%.*s: %s", STR_FMT(bad[i].text), diag_code_name(diag->code));
        assert_true(diag->pos.line >= 1 && diag->pos.column >= 1);
        arena_free(arena);
        diags_free(diags);
    }
}

/* Of what JSONTestSuite calls good, the library refuses what no memo can hold: it says so. */
static bool
is_refused_on_purpose(const struct diags *diags)
{
    for (size_t i = 0; i < diags_count(diags); i++) {
        enum diag_code code = diags_at(diags, i)->code;
        if (code != DIAG_TEXT_FORBIDDEN && code != DIAG_DATA_DUPLICATE_KEY)
            return false;
    }
    return diags_count(diags) > 0;
}

static void
run_file(const char *folder, const char *name)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct str bytes;

    assert_true(files_read(files_system(), arena, diags, POS_NONE, path_join(arena, folder, name),
                           VALUE_BYTES_MAX, &bytes));
    bool taken = value_read_json(arena, diags, name, bytes) != NULL;
    if (name[0] == 'y' && !taken && !is_refused_on_purpose(diags))
        fail_msg("refused: %s", name);
    if (name[0] == 'n' && taken)
        fail_msg("taken: %s", name);
    assert_true(taken || diags_level_count(diags, DIAG_ERROR) > 0);
    arena_free(arena);
    diags_free(diags);
}

static void
json_test_suite(void **state)
{
    const char *folder = getenv("BANTHUEK_JSON_SUITE");
    const struct dirent *entry;
    size_t count = 0;

    (void)state;
    if (folder == NULL)
        skip();
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        if (strlen(entry->d_name) < 2 || entry->d_name[1] != '_')
            continue;
        run_file(folder, entry->d_name);
        count++;
    }
    assert_int_equal(closedir(dir), 0);
    assert_true(count >= 300);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_taken),
        cmocka_unit_test(all_else_is_refused_with_a_place),
        cmocka_unit_test(json_test_suite),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
