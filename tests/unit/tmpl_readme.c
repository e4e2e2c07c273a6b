/* The guide to templates (templates/README.md): each example in it is run, and it names every
 * element, attribute and filter there is.
 *
 * Examples are fenced blocks: "yaml schema" the fields, "xml" the template, "xml NAME" a partial,
 * "yaml" the data, "text" what comes out of the ones before. */
#include "test.h"

#include <stdio.h>

#include "base/files.h"
#include "tmpl_case.h"

#define GUIDE "templates/README.md"

struct guide {
    struct arena *arena;
    struct value *files;
    struct tmpl_case example;
    size_t examples, failed;
};

static struct str
read_guide(struct arena *arena)
{
    struct diags *diags = diags_new();
    struct str text;

    assert_true(files_read(files_system(), arena, diags, POS_NONE, GUIDE, (size_t)1 << 20, &text));
    diags_free(diags);
    return text;
}

static void
run_example(struct guide *guide, struct str expected)
{
    struct str got = tmpl_case_run(guide->arena, &guide->example);

    guide->examples++;
    if (str_eq(got, expected))
        return;
    guide->failed++;
    print_error("%.*s expected\n%.*s got\n%.*s\n", STR_FMT(guide->example.template),
                STR_FMT(expected), STR_FMT(got));
}

static void
take_block(struct guide *guide, struct str info, struct str body)
{
    if (str_is(info, "yaml schema")) {
        guide->example.schema = body;
        guide->files = value_new(guide->arena, VALUE_MAP, POS_NONE);
        guide->example.files = guide->files;
    } else if (str_is(info, "xml")) {
        guide->example.template = body;
    } else if (str_starts(info, STR("xml "))) {
        struct value *file = value_new(guide->arena, VALUE_TEXT, POS_NONE);
        file->key = str_sub(info, 4, info.len);
        file->text = body;
        value_append(guide->files, file);
    } else if (str_is(info, "yaml")) {
        guide->example.data = body;
    } else if (str_is(info, "text")) {
        run_example(guide, body);
    }
}

static void
every_example_is_true(void **state)
{
    struct guide guide = {.arena = arena_new(0), .example = {.lang = DIAG_THAI}};
    struct str rest = read_guide(guide.arena), line, info = STR("");
    const char *body = NULL;

    (void)state;
    while (str_line(&rest, &line)) {
        if (!str_starts(line, STR("```")))
            continue;
        if (body == NULL) {
            info = str_sub(line, 3, line.len);
            body = line.ptr + line.len + 1;
        } else {
            take_block(&guide, info, (struct str){body, (size_t)(line.ptr - body)});
            body = NULL;
        }
    }
    print_message("%zu examples\n", guide.examples);
    assert_true(guide.examples > 10);
    assert_int_equal(guide.failed, 0);
    arena_free(guide.arena);
}

static void
expect_named(struct arena *arena, struct str text, struct str name)
{
    const char *wanted = arena_printf(arena, "`%.*s`", STR_FMT(name));

    if (str_find(text, str_of(wanted)) == SIZE_MAX)
        fail_msg("%s does not name %s", GUIDE, wanted);
}

/* The line of the table that begins with this element. */
static struct str
row_of(struct arena *arena, struct str text, const char *element)
{
    const char *wanted = arena_printf(arena, "| `%s` |", element);
    size_t at = str_find(text, str_of(wanted));
    struct str rest, row = STR("");

    if (at == SIZE_MAX)
        fail_msg("%s has no row for %s", GUIDE, element);
    rest = str_sub(text, at, text.len);
    (void)str_line(&rest, &row);
    return row;
}

/* The line that says which elements take `id` and `refer`. */
static struct str
targets_line(struct str text)
{
    size_t at = str_find(text, STR("แอตทริบิวต์ `id` และ `refer`"));
    struct str rest, line = STR("");

    assert_true(at != SIZE_MAX);
    rest = str_sub(text, at, text.len);
    (void)str_line(&rest, &line);
    return line;
}

static void
every_name_is_in_it(void **state)
{
    struct arena *arena = arena_new(0);
    struct str text = read_guide(arena);
    struct tmpl_filter filter;

    (void)state;
    for (int i = 0; i < ATTRIBUTE_COUNT_OF_ALL; i++) {
        const struct attribute_info *info = attribute_info((enum attribute)i);
        const char *element = element_info(info->element)->name;

        if (strcmp(info->name, "id") == 0 || strcmp(info->name, "refer") == 0)
            expect_named(arena, targets_line(text), str_of(element));
        else
            expect_named(arena, row_of(arena, text, element), str_of(info->name));
    }
    for (int i = 0; i < ELEMENT_COUNT; i++)
        (void)row_of(arena, text, element_info((enum element)i)->name);
    for (size_t i = 0; tmpl_filter(arena, i, &filter); i++)
        expect_named(arena, text, str_of(filter.name));
    arena_free(arena);
}

/* The cells of the row in which a word stands in the first cell, within the chapter on fields. */
static void
cells_of(struct arena *arena, struct str chapter, const char *word, struct str cells[3])
{
    const char *wanted = arena_printf(arena, "`%s`", word);
    struct str rest = chapter, line;

    while (str_line(&rest, &line)) {
        if (!str_starts(line, STR("| ")))
            continue;
        struct str row = str_sub(line, 2, SIZE_MAX);
        for (int i = 0; i < 3; i++) {
            size_t bar = str_find(row, STR(" |"));
            cells[i] = str_sub(row, 0, bar);
            row = bar == SIZE_MAX ? STR("") : str_sub(row, bar + 3, SIZE_MAX);
        }
        if (str_find(cells[0], str_of(wanted)) != SIZE_MAX)
            return;
    }
    fail_msg("%s does not describe %s", GUIDE, word);
}

static struct str
chapter_of(struct str text, const char *from, const char *to)
{
    size_t start = str_find(text, str_of(from));

    assert_true(start != SIZE_MAX);
    text = str_sub(text, start, SIZE_MAX);
    size_t end = str_find(text, str_of(to));
    assert_true(end != SIZE_MAX);
    return str_sub(text, 0, end);
}

/* Each type and word of schema.yaml, and at which types the word may stand. */
static void
every_word_of_a_schema_is_in_it(void **state)
{
    struct arena *arena = arena_new(0);
    struct str text = read_guide(arena), cells[3];
    struct str types = chapter_of(text, "| ชนิด | รายงาน", "คำอธิบายช่องใช้คำเหล่านี้");
    struct str words = chapter_of(text, "คำอธิบายช่องใช้คำเหล่านี้", "ตัวอย่าง\n");
    const char *name;
    unsigned at;

    (void)state;
    for (int type = 0; (name = schema_type_name((enum field_type)type)) != NULL; type++)
        cells_of(arena, types, name, cells);
    for (size_t i = 0; (name = schema_word(i, &at)) != NULL; i++) {
        cells_of(arena, words, name, cells);
        bool all = str_is(cells[1], "ทุกชนิด");
        for (int type = 0; schema_type_name((enum field_type)type) != NULL; type++) {
            const char *wanted =
                arena_printf(arena, "`%s`", schema_type_name((enum field_type)type));
            bool said = all || str_find(cells[1], str_of(wanted)) != SIZE_MAX;
            if (said != ((at >> type & 1) != 0))
                fail_msg("%s says wrongly whether %s may stand at %s", GUIDE, name, wanted);
        }
    }
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_is_true),
        cmocka_unit_test(every_name_is_in_it),
        cmocka_unit_test(every_word_of_a_schema_is_in_it),
    };

    return cmocka_run_group_tests_name("tmpl_readme", tests, NULL, NULL);
}
