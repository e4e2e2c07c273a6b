/* Lists of messages: copying from one to another, counts beyond what is kept, codes by name. */
#include "test.h"

static void
copies_keep_what_they_say(void **state)
{
    struct diags *from = diags_new(), *to = diags_new();
    struct arena *arena = arena_new(0);

    (void)state;
    diag_add_as(from, DIAG_WARNING, DIAG_FIELD_UNKNOWN, (struct pos){"a.yaml", 2, 3}, "x", NULL,
                NULL);
    diag_copy(to, diags_at(from, 0), NULL, NULL);
    diag_copy(to, diags_at(from, 0), "นายก", "ตามประกาศ");
    diags_free(from);
    assert_int_equal(diags_level_count(to, DIAG_WARNING), 1);
    assert_int_equal(diags_level_count(to, DIAG_NOTE), 1);
    assert_str(diag_line(arena, diags_at(to, 0), DIAG_ENGLISH),
               "a.yaml:2:3: warning: the template has no field \"x\"; remove it, or see the "
               "template's list of fields [FIELD_UNKNOWN]");
    assert_str(diag_line(arena, diags_at(to, 1), DIAG_ENGLISH),
               "a.yaml:2:3: note: the template has no field \"x\"; remove it, or see the "
               "template's list of fields [FIELD_UNKNOWN]\n    accepted by นายก: ตามประกาศ");
    assert_null(diags_at(to, 0)->accepted_by);
    assert_string_equal(diags_at(to, 1)->accepted_why, "ตามประกาศ");
    diags_free(to);
    arena_free(arena);
}

static void
no_error_is_lost_beyond_what_is_kept(void **state)
{
    struct diags *from = diags_new(), *to = diags_new();

    (void)state;
    for (int i = 0; i < 300; i++)
        diag_add_as(from, i < 250 ? DIAG_WARNING : DIAG_ERROR, DIAG_FIELD_NOT_REPORT, POS_NONE,
                    NULL, NULL, NULL);
    for (size_t i = 0; i < diags_count(from); i++)
        diag_copy(to, diags_at(from, i), NULL, NULL);
    diags_count_dropped(to, from);
    assert_int_equal(diags_level_count(to, DIAG_WARNING), 250);
    assert_int_equal(diags_level_count(to, DIAG_ERROR), 50);
    diags_free(from);
    diags_free(to);
}

static void
codes_are_found_by_name(void **state)
{
    enum diag_code code;

    (void)state;
    assert_true(diag_code_find(STR("FIELD_UNKNOWN"), &code));
    assert_int_equal(code, DIAG_FIELD_UNKNOWN);
    assert_true(diag_code_find(STR("field_unknown"), &code));
    assert_false(diag_code_find(STR("FIELD_UNKNOW"), &code));
    assert_false(diag_code_find(STR(""), &code));
    assert_true(diag_code_nearest(STR("feild_unknown"), &code));
    assert_int_equal(code, DIAG_FIELD_UNKNOWN);
    assert_false(diag_code_nearest(STR("COMPLETELY_ELSE"), &code));
    assert_false(diag_code_nearest(STR(""), &code));
    assert_false(diag_code_is_finding(DIAG_FIELD_UNKNOWN));
}

/* What every finding must have in base/diag/explain.def; texts are sentences, not words. */
static void
every_finding_is_explained(void **state)
{
    size_t findings = 0;

    (void)state;
    for (int i = 0; i < DIAG_CODE_COUNT; i++) {
        for (int lang = DIAG_ENGLISH; lang <= DIAG_THAI; lang++) {
            const struct diag_explanation *says =
                diag_code_explanation((enum diag_code)i, (enum diag_lang)lang);
            if (says == NULL && diag_code_is_finding((enum diag_code)i))
                fail_msg("%s has no explanation in explain.def", diag_code_name((enum diag_code)i));
            if (says == NULL)
                continue;
            assert_true(strlen(says->meaning) > 40);
            assert_true(strlen(says->why) > 40);
            assert_true(strlen(says->example) > 10);
            assert_true(strlen(says->remedy) > 40);
        }
        findings += diag_code_is_finding((enum diag_code)i);
    }
    assert_true(findings > 0);
    assert_true(diag_code_is_finding(DIAG_FIGURE_MEAN));
    assert_str(diag_code_room(DIAG_FIGURE_MEAN), "finding");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_keep_what_they_say),
        cmocka_unit_test(no_error_is_lost_beyond_what_is_kept),
        cmocka_unit_test(codes_are_found_by_name),
        cmocka_unit_test(every_finding_is_explained),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
