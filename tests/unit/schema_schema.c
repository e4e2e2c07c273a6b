/* Reading schema.yaml: what its fields become, and each fault in it. */
#include "check_case.h"

#include <stdio.h>

#include "base/files.h"

#define RUBRIC                 \
    "fields:\n"                \
    "  ปี: {type: year}\n" \
    "  เกณฑ์:\n"     \
    "    type: rubric\n"       \
    "    file: ปี\n"       \
    "    fields:\n"            \
    "      ข้อ:\n"       \
    "        type: list\n"     \
    "        item: {type: map, fields: {รหัส: {}, ชื่อ: {}, ส่วน: {type: paragraphs}}}\n"

static void
reads_fields_of_all_kinds(void **state)
{
    struct check_case test;
    const struct field *field;

    (void)state;
    case_open(&test);
    case_schema(&test,
                "help: ทั้งหมด\n"
                "fields:\n"
                "  a: {type: decimal, places: 2, range: [0, 100], unit: คะแนน, required: yes}\n"
                "  b: {type: enum, choices: {ทำ: [แล้ว, yes], ไม่ทำ: }, aliases: [ข, ค]}\n"
                "  c: {type: list, count: [1, 0], item: {name: yes, lines: no}}\n"
                "  d:\n"
                "  e: {type: map, fields: {f: {help: ช่วย}}}\n");
    assert_good(&test);
    assert_str(test.schema->root.help, "ทั้งหมด");
    assert_int_equal(test.schema->root.field_count, 5);
    field = schema_find(&test.schema->root, STR("a"));
    assert_int_equal(field->type, FIELD_DECIMAL);
    assert_int_equal(field->places, 2);
    assert_true(field->required && field->has_range);
    assert_int_equal(field->range[1].units, 100);
    field = schema_find(&test.schema->root, STR("ค"));
    assert_str(field->name, "b");
    assert_int_equal(field->choice_count, 2);
    assert_int_equal(field->choices[0].synonym_count, 2);
    assert_int_equal(field->choices[1].synonym_count, 0);
    field = schema_find(&test.schema->root, STR("c"));
    assert_true(schema_item(field)->is_name);
    assert_int_equal(field->count_min, 1);
    assert_int_equal(schema_find(&test.schema->root, STR("d"))->type, FIELD_TEXT);
    field = schema_find(&test.schema->root, STR("e"));
    assert_true(schema_is_map(field));
    assert_null(schema_item(field));
    assert_str(schema_find(field, STR("f"))->help, "ช่วย");
    case_close(&test);
}

static void
names_are_compared_as_people_type_them(void **state)
{
    struct check_case test;

    (void)state;
    case_open(&test);
    case_schema(&test, "fields: {ส่วนที่ 1: {}, IIT: {}, เรื่อง: {}}\n");
    assert_non_null(schema_find(&test.schema->root, STR("ส่วนที่ ๑")));
    assert_non_null(schema_find(&test.schema->root, STR(" ส่วนที่  1 ")));
    assert_non_null(schema_find(&test.schema->root, STR("iit")));
    assert_null(schema_find(&test.schema->root, STR("ส่วนที่1")));
    assert_str(schema_nearest(&test.schema->root, STR("เรือง")), "เรื่อง");
    assert_str(schema_nearest(&test.schema->root, STR("OIT")), "IIT");
    assert_str(schema_nearest(&test.schema->root, STR("ผู้รับผิดชอบ")), "");
    case_close(&test);
}

static void
keyed_fields_are_seen_with_the_rubrics(void **state)
{
    struct check_case test;

    (void)state;
    case_open(&test);
    case_schema(&test, RUBRIC "  ข้อมูล O:\n"
                              "    type: keyed\n"
                              "    from: เกณฑ์.ข้อ\n"
                              "    key: รหัส\n"
                              "    fields: {ชื่อ: {help: ของเรา}, สถานะ: {}}\n"
                              "  อ้าง: {type: reference, from: ข้อมูล O, key: รหัส}\n");
    assert_good(&test);
    const struct field *keyed = schema_find(&test.schema->root, STR("ข้อมูล O"));
    const struct field *item = schema_item(keyed);
    assert_int_equal(item->field_count, 4);
    assert_str(item->fields[0].name, "รหัส");
    assert_str(item->fields[1].help, "ของเรา");
    assert_str(item->fields[3].name, "สถานะ");
    const struct field *reference = schema_find(&test.schema->root, STR("อ้าง"));
    assert_true(schema_is_map(reference));
    assert_non_null(schema_find(reference, STR("สถานะ")));
    assert_ptr_equal(test.schema->rubric, schema_find(&test.schema->root, STR("เกณฑ์")));
    case_close(&test);
}

/* The schema gives this message first, at this place. */
static void
assert_fault(const char *yaml, const char *code, unsigned line)
{
    struct check_case test;

    case_open(&test);
    case_schema(&test, yaml);
    assert_null(test.schema);
    assert_true(diags_count(test.diags) > 0);
    assert_string_equal(diag_code_name(diags_at(test.diags, 0)->code), code);
    assert_int_equal(diags_at(test.diags, 0)->pos.line, line);
    case_close(&test);
}

static void
faults_of_keys(void **state)
{
    (void)state;
    assert_fault("- a\n", "SCHEMA_NOT_MAP", 1);
    assert_fault("fields:\n  a: text\n", "SCHEMA_NOT_MAP", 2);
    assert_fault("fields: []\n", "SCHEMA_NOT_MAP", 1);
    assert_fault("help: x\n", "SCHEMA_NEEDS", 1);
    assert_fault("fields: {a: {}}\nother: x\n", "SCHEMA_UNKNOWN_KEY", 2);
    assert_fault("fields:\n  a: {requird: yes}\n", "SCHEMA_UNKNOWN_KEY", 2);
    assert_fault("fields:\n  a: {type: text, places: 2}\n", "SCHEMA_UNKNOWN_KEY", 2);
    assert_fault("fields:\n  a: {type: string}\n", "SCHEMA_BAD_TYPE", 2);
    assert_fault("fields:\n  a: {type: [text]}\n", "SCHEMA_BAD_TYPE", 2);
    assert_fault("fields:\n  a.b: {}\n", "SCHEMA_BAD_NAME", 2);
    assert_fault("fields:\n  a|b: {}\n", "SCHEMA_BAD_NAME", 2);
    assert_fault("fields:\n  ยอมรับ: {}\n", "SCHEMA_BAD_NAME", 2);
    assert_fault("fields:\n  ก ๑: {}\n  ก 1: {}\n", "SCHEMA_TWICE", 3);
    assert_fault("fields:\n  a: {}\n  b: {aliases: [A]}\n", "SCHEMA_TWICE", 3);
}

static void
faults_of_values(void **state)
{
    static const char *const bad[] = {
        "required: maybe",
        "required: ~",
        "help: [x]",
        "aliases: {x: y}",
        "aliases: [[x]]",
        "type: decimal, places: x",
        "type: decimal, places: 10",
        "type: decimal, places: -1",
        "type: decimal, range: 5",
        "type: decimal, range: [5]",
        "type: decimal, range: [5, 1]",
        "type: decimal, range: [a, b]",
        "type: list, item: {}, count: [2, 1]",
        "type: list, item: {}, count: [1.5, 2]",
        "type: list, item: {}, count: [0, 9999999]",
        "type: enum, choices: x",
        "type: enum, choices: [[x]]",
        "type: enum, choices: {x: {y: z}}",
    };
    char yaml[200];

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        (void)snprintf(yaml, sizeof yaml, "fields:\n  a: {%s}\n", bad[i]);
        assert_fault(yaml, "SCHEMA_BAD_VALUE", 2);
    }
}

static void
types_need_their_keys(void **state)
{
    (void)state;
    assert_fault("fields:\n  a: {type: enum}\n", "SCHEMA_NEEDS", 2);
    assert_fault("fields:\n  a: {type: list}\n", "SCHEMA_NEEDS", 2);
    assert_fault("fields:\n  a: {type: map}\n", "SCHEMA_NEEDS", 2);
    assert_fault("fields:\n  a: {type: reference}\n", "SCHEMA_NEEDS", 2);
    assert_fault("fields:\n  a: {type: keyed, from: b, key: c}\n", "SCHEMA_NEEDS", 2);
    assert_fault("fields:\n  a: {type: rubric, fields: {b: {}}}\n", "SCHEMA_NEEDS", 2);
}

static void
faults_of_names(void **state)
{
    (void)state;
    assert_fault("fields:\n  a: {needs: b}\n", "SCHEMA_NO_FIELD", 2);
    assert_fault("fields:\n  a: {type: bool, repeats: b}\n", "SCHEMA_NO_FIELD", 2);
    assert_fault("fields:\n  a: {type: map, about: b, fields: {c: {}}}\n", "SCHEMA_NO_FIELD", 2);
    assert_fault("fields:\n  a: {type: list, former: b, item: {type: text}}\n", "SCHEMA_NO_FIELD",
                 2);
    assert_fault("fields:\n  b: {}\n  a: {type: list, former: b, item: {type: year}}\n",
                 "SCHEMA_NEEDS", 3);
    assert_fault("fields:\n  a: {type: rubric, file: b, fields: {c: {}}}\n", "SCHEMA_NO_FIELD", 2);
    assert_fault(RUBRIC "  a: {type: reference, from: เกณฑ์.ข้อ, key: ไม่มี}\n", "SCHEMA_NO_FIELD", 10);
    assert_fault(RUBRIC "  a: {type: reference, from: เกณฑ์.ข้อ, key: ส่วน}\n", "SCHEMA_NO_FIELD", 10);
    assert_fault(RUBRIC "  a: {type: keyed, from: เกณฑ์.ข้อ, key: รหัส, value: x, fields: {b: {}}}\n",
                 "SCHEMA_NO_FIELD", 10);
    assert_fault(RUBRIC "  a: {type: keyed, from: เกณฑ์.ข้อ, key: รหัส, fields: {รหัส: {}}}\n",
                 "SCHEMA_TWICE", 10);
}

static void
faults_of_paths(void **state)
{
    (void)state;
    assert_fault(RUBRIC "  a: {type: reference, from: เกณฑ์, key: x}\n", "SCHEMA_BAD_PATH", 10);
    assert_fault(RUBRIC "  a: {type: reference, from: เกณฑ์.ไม่มี, key: x}\n", "SCHEMA_BAD_PATH", 10);
    assert_fault(RUBRIC "  a: {type: reference, from: เกณฑ์.ข้อ.ชื่อ, key: x}\n", "SCHEMA_BAD_PATH",
                 10);
    assert_fault(RUBRIC "  a: {type: list, item: {type: map, fields: {k: {}}}}\n"
                        "  b: {type: reference, from: a, key: k}\n",
                 "SCHEMA_BAD_PATH", 11);
    assert_fault(RUBRIC "      k: {type: keyed, from: เกณฑ์.ข้อ, key: รหัส, fields: {x: {}}}\n",
                 "SCHEMA_BAD_PATH", 10);
}

static void
a_rubric_stands_once_at_the_root(void **state)
{
    (void)state;
    assert_fault(RUBRIC "  b: {type: rubric, file: ปี, fields: {x: {}}}\n", "SCHEMA_RUBRIC_PLACE",
                 10);
    assert_fault("fields:\n  a:\n    type: map\n    fields:\n"
                 "      b: {type: rubric, file: a, fields: {x: {}}}\n",
                 "SCHEMA_RUBRIC_PLACE", 5);
}

static void
references_end(void **state)
{
    (void)state;
    assert_fault("fields:\n  ปี: {}\n  r:\n    type: rubric\n    file: ปี\n    fields:\n"
                 "      a:\n        type: list\n        item:\n          type: map\n"
                 "          fields: {k: {}, b: {type: reference, from: r.b, key: k}}\n"
                 "      b:\n        type: list\n        item:\n          type: map\n"
                 "          fields: {k: {}, a: {type: reference, from: r.a, key: k}}\n",
                 "SCHEMA_CYCLE", 16);
}

static void
chains_of_references_are_limited(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf yaml = buf_in(arena);

    (void)state;
    buf_text(&yaml, "fields:\n  y: {}\n  r:\n    type: rubric\n    file: y\n    fields:\n");
    for (int i = 0; i <= SCHEMA_HOPS_MAX + 1; i++) {
        buf_printf(&yaml, "      a%d:\n        type: list\n        item:\n          type: map\n",
                   i);
        buf_printf(&yaml, "          fields: {k: {}");
        if (i > 0)
            buf_printf(&yaml, ", n: {type: reference, from: r.a%d, key: k}", i - 1);
        buf_text(&yaml, "}\n");
    }
    assert_fault(str_cstr(arena, buf_str(&yaml)), "SCHEMA_CYCLE",
                 7 + 5 * (SCHEMA_HOPS_MAX + 1) + 4);
    arena_free(arena);
}

static void
size_is_limited(void **state)
{
    struct arena *arena = arena_new(0);
    struct buf wide = buf_in(arena), deep = buf_in(arena);

    (void)state;
    buf_text(&wide, "fields:\n");
    for (int i = 0; i <= SCHEMA_FIELDS_MAX; i++)
        buf_printf(&wide, "  f%d:\n", i);
    assert_fault(str_cstr(arena, buf_str(&wide)), "SCHEMA_TOO_LARGE", 2);
    buf_text(&deep, "fields: ");
    for (int i = 0; i <= SCHEMA_DEPTH_MAX; i++)
        buf_text(&deep, "{a: {type: map, fields: ");
    buf_text(&deep, "{b: {}}");
    for (int i = 0; i <= SCHEMA_DEPTH_MAX; i++)
        buf_text(&deep, "}}");
    buf_text(&deep, "\n");
    assert_fault(str_cstr(arena, buf_str(&deep)), "SCHEMA_TOO_LARGE", 1);
    arena_free(arena);
}

static void
keys_of_the_engine(void **state)
{
    (void)state;
    assert_true(schema_key_is_engines(STR("template")));
    assert_true(schema_key_is_engines(STR("แม่แบบ")));
    assert_true(schema_key_is_engines(STR("ข้อมูล")));
    assert_true(schema_key_is_engines(STR("ยอมรับ")));
    assert_true(schema_key_is_engines(STR("คำเฉพาะ")));
    assert_false(schema_key_is_engines(STR("เรื่อง")));
}

static void
what_becomes_of_last_years_values(void **state)
{
    static const struct {
        const char *written;
        enum field_yearly yearly;
    } cases[] = {{"yes", YEARLY_HOLE},
                 {"no", YEARLY_NO},
                 {"drop", YEARLY_DROP},
                 {"tail", YEARLY_TAIL},
                 {"", YEARLY_INHERITED}};
    struct check_case test;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        case_open(&test);
        struct str yaml =
            str_of(arena_printf(test.arena, "sample: example.yaml\nfields: {a: {%s%s}}\n",
                                cases[i].written[0] == '\0' ? "" : "yearly: ", cases[i].written));
        case_schema(&test, yaml.ptr);
        assert_good(&test);
        assert_str(test.schema->sample, "example.yaml");
        assert_int_equal(schema_find(&test.schema->root, STR("a"))->yearly, cases[i].yearly);
        case_close(&test);
    }
    case_open(&test);
    case_schema(&test, "fields: {a: {yearly: often}}\n");
    assert_only(&test, SCHEMA_BAD_VALUE, 1, 22);
    case_close(&test);
}

static void
templates_of_the_project_are_good(void **state)
{
    static const char *const files[] = {"templates/memo/schema.yaml",
                                        "templates/ita-report/schema.yaml"};
    struct str bytes;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct check_case test;
        case_open(&test);
        assert_true(files_read(files_system(), test.arena, test.diags, POS_NONE, files[i], 1 << 20,
                               &bytes));
        case_schema(&test, str_cstr(test.arena, bytes));
        assert_good(&test);
        assert_non_null(schema_find(&test.schema->root, STR("เนื้อความ")));
        case_close(&test);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_fields_of_all_kinds),
        cmocka_unit_test(names_are_compared_as_people_type_them),
        cmocka_unit_test(keyed_fields_are_seen_with_the_rubrics),
        cmocka_unit_test(faults_of_keys),
        cmocka_unit_test(faults_of_values),
        cmocka_unit_test(types_need_their_keys),
        cmocka_unit_test(faults_of_names),
        cmocka_unit_test(faults_of_paths),
        cmocka_unit_test(a_rubric_stands_once_at_the_root),
        cmocka_unit_test(references_end),
        cmocka_unit_test(chains_of_references_are_limited),
        cmocka_unit_test(size_is_limited),
        cmocka_unit_test(keys_of_the_engine),
        cmocka_unit_test(what_becomes_of_last_years_values),
        cmocka_unit_test(templates_of_the_project_are_good),
    };

    return cmocka_run_group_tests_name("schema_schema", tests, NULL, NULL);
}
