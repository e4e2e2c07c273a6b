/* Hostile and huge files: limits with a place, and costs in proportion to the size. */
#include "test.h"

#include <time.h>

#include "value/read.h"
#include "value/value.h"

typedef struct value *(*reader)(struct arena *arena, struct diags *diags, const char *file,
                                struct str bytes);

/* `head`, `count` times `piece`, `tail`; %zu in `piece` is the number. */
static struct str
repeat(struct arena *arena, const char *head, const char *piece, size_t count, const char *tail)
{
    struct buf out = buf_in(arena);
    struct str text = str_of(piece);
    size_t number = str_find(text, STR("%"));

    buf_text(&out, head);
    for (size_t i = 0; i < count; i++) {
        buf_add(&out, str_sub(text, 0, number));
        if (number != SIZE_MAX) {
            buf_printf(&out, "%zu", i);
            buf_add(&out, str_sub(text, number + 1, text.len));
        }
    }
    buf_text(&out, tail);
    return buf_str(&out);
}

struct cost {
    double seconds;
    size_t bytes;
};

static struct cost
cost_of(reader read, struct str text)
{
    struct cost least = {1e9, 0};

    for (int i = 0; i < 3; i++) {
        struct arena *arena = arena_new(0);
        struct diags *diags = diags_new();
        clock_t before = clock();
        (void)read(arena, diags, "a", text);
        double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
        least.seconds = seconds < least.seconds ? seconds : least.seconds;
        least.bytes = arena_used(arena);
        arena_free(arena);
        diags_free(diags);
    }
    return least;
}

/* Four times the input may cost four times as much, with room for noise; were it quadratic it
 * would be sixteen times. */
static void
grows_in_proportion(reader read, const char *head, const char *piece, size_t count,
                    const char *tail)
{
    struct arena *arena = arena_new(0);
    struct cost once = cost_of(read, repeat(arena, head, piece, count, tail));
    struct cost four = cost_of(read, repeat(arena, head, piece, 4 * count, tail));

    if ((double)four.bytes > 5 * (double)once.bytes + 200000)
        fail_msg("%s: %zu bytes, then %zu", piece, once.bytes, four.bytes);
    if (four.seconds > 9 * once.seconds + 0.02)
        fail_msg("%s: %f s, then %f s", piece, once.seconds, four.seconds);
    arena_free(arena);
}

static void
yaml_costs_in_proportion(void **state)
{
    (void)state;
    grows_in_proportion(value_read_yaml, "ก:\n", "  - ข้อ %\n", 25000, "");
    grows_in_proportion(value_read_yaml, "", "k%: -\n", 25000, "");
    grows_in_proportion(value_read_yaml, "ก: [", "ข,", 25000, "]\n");
    grows_in_proportion(value_read_yaml, "{", "k%: \"x\",", 25000, "}\n");
    grows_in_proportion(value_read_yaml, "ก: ", "การประเมิน ", 25000, "\n");
    grows_in_proportion(value_read_yaml, "ก: >\n", "  การประเมิน x\n", 25000, "");
    grows_in_proportion(value_read_yaml, "ก: |\n", "  การ x: -\n", 25000, "ข: -\n");
    grows_in_proportion(value_read_yaml, "ก: \"", "x: -\n  ", 25000, "\"\nข: -\n");
    grows_in_proportion(value_read_yaml, "ก: \"", "\\u0e01\\\n  ", 25000, "\"\n");
    grows_in_proportion(value_read_yaml, "ก: [", "{b, c}, ", 25000, "]\n");
    grows_in_proportion(value_read_yaml, "ก: [", "{b,\n\n\n c}, #", 25000, "]\n");
    grows_in_proportion(value_read_yaml, "ก: &x b\nข:\n", "- *x\n", 25000, "");
    grows_in_proportion(value_read_yaml, "", "- ", 25000, "\n");
    grows_in_proportion(value_read_yaml, "", "\n", 250000, "ก: ข\n");
    grows_in_proportion(value_read_yaml, "", "k", 250000, ": ข\n");
    grows_in_proportion(value_read_yaml, "ก: ", "เเนํ้า", 25000, "\n");
    grows_in_proportion(value_read_yaml, "", "ก: ข #1\n", 25000, "\n");
}

static void
json_costs_in_proportion(void **state)
{
    (void)state;
    grows_in_proportion(value_read_json, "[0", ", %", 25000, "]");
    grows_in_proportion(value_read_json, "[0", ",\n\"นํ้า\"", 25000, "]");
    grows_in_proportion(value_read_json, "{\"\":0", ",\"k%\":0", 25000, "}");
    grows_in_proportion(value_read_json, "{\"\":0", ",\"k\":0", 25000, "}");
    grows_in_proportion(value_read_json, "\"", "\\u0e01", 100000, "\"");
    grows_in_proportion(value_read_json, "", "[", 100000, "");
}

static void
a_hundred_thousand_entries_are_read(void **state)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const struct value *list =
        value_read_yaml(arena, diags, "a.yaml", repeat(arena, "", "- ข้อ %\n", 100000, ""));

    (void)state;
    assert_non_null(list);
    assert_int_equal(list->count, 100000);
    assert_str(list->last->text, "ข้อ 99999");
    assert_int_equal(list->last->pos.line, 100000);
    arena_free(arena);
    diags_free(diags);
}

static void
a_text_of_a_megabyte_is_read(void **state)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const struct value *text =
        value_read_yaml(arena, diags, "a.yaml", repeat(arena, "ก: ", "x", 1 << 20, "\n"));

    (void)state;
    assert_int_equal(text->first->text.len, 1 << 20);
    arena_free(arena);
    diags_free(diags);
}

static void
expect_refused(reader read, struct str text, const char *code, unsigned line, unsigned column)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();

    assert_null(read(arena, diags, "a", text));
    assert_int_equal(diags_count(diags), 1);
    assert_string_equal(diag_code_name(diags_at(diags, 0)->code), code);
    assert_int_equal(diags_at(diags, 0)->pos.line, line);
    assert_int_equal(diags_at(diags, 0)->pos.column, column);
    arena_free(arena);
    diags_free(diags);
}

/* The nesting that is allowed, and one level more. */
static void
nesting_has_a_limit(void **state)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();

    (void)state;
    struct str close = repeat(arena, "", "]", VALUE_DEPTH_MAX, "");
    struct str open = repeat(arena, "", "[", VALUE_DEPTH_MAX, close.ptr);
    assert_non_null(value_read_yaml(arena, diags, "a", open));
    assert_non_null(value_read_json(arena, diags, "a", open));
    assert_int_equal(diags_count(diags), 0);
    close = repeat(arena, "", "]", VALUE_DEPTH_MAX + 1, "");
    open = repeat(arena, "", "[", VALUE_DEPTH_MAX + 1, close.ptr);
    expect_refused(value_read_yaml, open, "DATA_TOO_DEEP", 1, VALUE_DEPTH_MAX + 1);
    expect_refused(value_read_json, open, "DATA_TOO_DEEP", 1, VALUE_DEPTH_MAX + 1);
    expect_refused(value_read_yaml, repeat(arena, "", "- ", 5000, "a\n"), "DATA_TOO_DEEP", 1,
                   2 * VALUE_DEPTH_MAX + 1);
    expect_refused(value_read_yaml, repeat(arena, "", "[", 100000, ""), "DATA_TOO_DEEP", 1,
                   VALUE_DEPTH_MAX + 1);
    arena_free(arena);
    diags_free(diags);
}

static void
aliases_cannot_explode(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf wide = buf_in(arena), deep = buf_in(arena);

    (void)state;
    buf_text(&wide, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
        buf_printf(&wide, "a%d: &a%d [", i, i);
        for (int k = 0; k < 10; k++)
            buf_printf(&wide, "*a%d, ", i - 1);
        buf_text(&wide, "]\n");
    }
    expect_refused(value_read_yaml, buf_str(&wide), "DATA_TOO_MANY", 6, 45);
    /* each line is a level deeper than the one before */
    buf_text(&deep, "a0: &a0 [x]\n");
    for (int i = 1; i < 80; i++)
        buf_printf(&deep, "a%d: &a%d [*a%d]\n", i, i, i - 1);
    expect_refused(value_read_yaml, buf_str(&deep), "DATA_TOO_DEEP", 64, 12);
    struct str many = repeat(arena, "", "- &a% x\n", 101, "");
    expect_refused(value_read_yaml, many, "YAML_ANCHORS", 101, 3);
    arena_free(arena);
}

static void
values_and_bytes_have_a_limit(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    struct str many = repeat(arena, "[0", ",0", VALUE_COUNT_MAX, "]");
    expect_refused(value_read_json, many, "DATA_TOO_MANY", 1, 2 * VALUE_COUNT_MAX);
    struct str large = repeat(arena, "", "#", VALUE_BYTES_MAX + 1, "");
    expect_refused(value_read_yaml, large, "DATA_TOO_LARGE", 0, 0);
    expect_refused(value_read_json, large, "DATA_TOO_LARGE", 0, 0);
    arena_free(arena);
}

static void
a_reader_gives_up_after_many_errors(void **state)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();

    (void)state;
    assert_null(value_read_yaml(arena, diags, "a", repeat(arena, "", "k%: x #\n", 5000, "")));
    assert_int_equal(diags_level_count(diags, DIAG_ERROR), 100);
    arena_free(arena);
    diags_free(diags);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml_costs_in_proportion),
        cmocka_unit_test(json_costs_in_proportion),
        cmocka_unit_test(a_hundred_thousand_entries_are_read),
        cmocka_unit_test(a_text_of_a_megabyte_is_read),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(aliases_cannot_explode),
        cmocka_unit_test(values_and_bytes_have_a_limit),
        cmocka_unit_test(a_reader_gives_up_after_many_errors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
