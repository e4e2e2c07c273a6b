/* A tree that is written as YAML is read back as the same tree. */
#include "test.h"

#include <stdio.h>
#include <string.h>

#include "value/read.h"
#include "value/value.h"
#include "value/write.h"

static struct str
without(struct str line, struct str ending)
{
    return str_ends(line, ending) ? str_sub(line, 0, line.len - ending.len) : line;
}

/* The tree without places, and without how it was written. */
static const char *
shape(struct arena *arena, const struct value *value)
{
    struct buf all = buf_in(arena), out = buf_in(arena);
    struct str rest, line;

    value_dump(value, &all);
    rest = buf_str(&all);
    while (str_line(&rest, &line)) {
        line = str_sub(line, str_find(line, STR("\t")) + 1, SIZE_MAX);
        line = without(without(without(line, STR(" quoted")), STR(" block")), STR(" flow"));
        buf_add(&out, line);
        buf_byte(&out, '\n');
    }
    return str_cstr(arena, buf_str(&out));
}

static void
check(const char *json)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const struct value *value = value_read_json(arena, diags, "x.json", str_of(json));
    struct buf out = buf_in(arena);

    assert_non_null(value);
    value_write_yaml(value, &out);
    const struct value *again = value_read_yaml(arena, diags, "x.yaml", buf_str(&out));
    if (again == NULL)
        print_message("%.*s\n", STR_FMT(buf_str(&out)));
    assert_non_null(again);
    assert_string_equal(shape(arena, again), shape(arena, value));
    assert_int_equal(diags_count(diags), 0);
    diags_free(diags);
    arena_free(arena);
}

static void
all_kinds_of_values(void **state)
{
    (void)state;
    check("{\"ก\": {\"ข\": [\"ค\", {\"ง\": 86.10, \"จ\": null}, [\"ฉ\", []]], \"ช\": {}}, \"ซ\": "
          "\"\"}");
    check("{\"ส่วนที่ 1\": 1e3, \"10\": -0.50}");
    check("[1, [2, [3]]]");
    check("\"ก\"");
}

static void
texts_that_look_like_something_else(void **state)
{
    static const char *const texts[] = {
        "null",        "~",      "a: b",         "a #b",        "- ก",   "# ก",   "{ก}",
        "[ก",          "*ก",     "&ก",           "!ก",          "|",     ">",     "%ก",
        "@ก",          "`ก",     "\\\"ก\\\"",    "'ก'",         "ก:",    "ก\\nข", "ก\\n\\n  ข",
        "  ก\\nข",     "ก\\\\n", "ก\\n- ข",      "ก\\tข",       "<<",    "? ก",   "---",
        "ก  # ข",      "<กรอก>", "1. ก\\n(2) ข", "\\nก",        "ก, ข]", "yes",   "2566-09-29",
        "ก \\\"ข\\\"", "...",    "--- ก",        "ก\\n\\n\\nข",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char json[256];
        (void)snprintf(json, sizeof json, "{\"ก\": \"%s\", \"ข\": [\"%s\", {\"%s\": \"%s\"}]}",
                       texts[i], texts[i], strchr(texts[i], '\\') == NULL ? texts[i] : "ค",
                       texts[i]);
        check(json);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_kinds_of_values),
        cmocka_unit_test(texts_that_look_like_something_else),
    };

    return cmocka_run_group_tests_name("value_write", tests, NULL, NULL);
}
