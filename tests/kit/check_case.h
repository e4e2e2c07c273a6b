/* A schema, a rubric and a report written as YAML in a test, and what check/ says of them. */
#ifndef CHECK_CASE_H
#define CHECK_CASE_H

#include "test.h"

#include "base/files.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "sheet/sheet.h"
#include "value/read.h"
#include "value/value.h"

struct check_case {
    struct arena *arena;
    struct diags *diags;
    struct schema *schema;
    struct value *rubric;
    struct value *typed;
};

static inline void
case_open(struct check_case *test)
{
    *test = (struct check_case){arena_new(0), diags_new(), NULL, NULL, NULL};
}

static inline void
case_close(struct check_case *test)
{
    diags_free(test->diags);
    arena_free(test->arena);
}

static inline const struct value *
case_read(struct check_case *test, const char *file, const char *yaml)
{
    const struct value *value = value_read_yaml(test->arena, test->diags, file, str_of(yaml));

    assert_non_null(value);
    return value;
}

/* A file of the project, as text. */
static inline const char *
case_file(struct check_case *test, const char *path)
{
    struct str text;

    assert_true(
        files_read(files_system(), test->arena, test->diags, POS_NONE, path, SIZE_MAX, &text));
    return str_cstr(test->arena, text);
}

/* Reads a schema; its diagnostics are for the test to look at. */
static inline void
case_schema(struct check_case *test, const char *yaml)
{
    test->schema = schema_load(test->arena, test->diags, case_read(test, "schema.yaml", yaml));
}

static inline void
case_rubric(struct check_case *test, const char *yaml)
{
    test->rubric =
        rubric_load(test->arena, test->diags, test->schema, case_read(test, "2566.yaml", yaml));
}

static inline void
case_report(struct check_case *test, const char *yaml)
{
    assert_non_null(test->schema);
    test->typed = schema_apply(test->arena, test->diags, test->schema,
                               case_read(test, "report.yaml", yaml), test->rubric);
    assert_non_null(test->typed);
}

/* The schema of ita-report and its rubric of 2566; opens the case too. */
static inline void
case_open_ita(struct check_case *test)
{
    case_open(test);
    case_schema(test, case_file(test, "templates/ita-report/schema.yaml"));
    case_rubric(test, case_file(test, "templates/ita-report/rubric/2566.yaml"));
    assert_non_null(test->rubric);
}

/* A schema of fields alone, and a report: opens the case too. */
static inline void
case_apply(struct check_case *test, const char *schema, const char *report)
{
    case_open(test);
    case_schema(test, schema);
    case_report(test, report);
}

static inline const struct value *
case_get(const struct check_case *test, const char *name)
{
    const struct value *value = value_get(test->typed, str_of(name));

    assert_non_null(value);
    return value;
}

/* The typed tree, a value per line, without places. */
static inline const char *
case_dump(struct check_case *test, const struct value *value)
{
    struct buf all = buf_in(test->arena), out = buf_in(test->arena);
    struct str rest, line;

    value_dump(value, &all);
    rest = buf_str(&all);
    while (str_line(&rest, &line)) {
        size_t tab = str_find(line, STR("\t"));
        buf_add(&out, str_sub(line, tab + 1, line.len));
        buf_byte(&out, '\n');
    }
    return str_cstr(test->arena, buf_str(&out));
}

/* A sheet that a workbook must have. */
static inline const struct sheet *
case_sheet(const struct workbook *workbook, const char *name)
{
    const struct sheet *sheet = workbook_sheet(workbook, str_of(name));

    assert_non_null(sheet);
    return sheet;
}

/* The one message so far is this, at this place. */
#define assert_only(test, expected, line_, column_)                        \
    do {                                                                   \
        if (diags_count((test)->diags) != 1)                               \
            case_print(test);                                              \
        assert_int_equal(diags_count((test)->diags), 1);                   \
        assert_diag((test)->diags, 0, expected);                           \
        assert_int_equal(diags_at((test)->diags, 0)->pos.line, line_);     \
        assert_int_equal(diags_at((test)->diags, 0)->pos.column, column_); \
    } while (0)

#define assert_good(test)                                \
    do {                                                 \
        if (diags_count((test)->diags) != 0)             \
            case_print(test);                            \
        assert_int_equal(diags_count((test)->diags), 0); \
    } while (0)

/* Shows the messages of a test that fails. */
static inline void
case_print(struct check_case *test)
{
    for (size_t i = 0; i < diags_count(test->diags); i++) {
        struct str line = diag_line(test->arena, diags_at(test->diags, i), DIAG_ENGLISH);
        print_message("%.*s\n", STR_FMT(line));
    }
}

#endif
