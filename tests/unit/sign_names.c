/* Names in memos and in certificates. */
#include "test.h"

#include "sign/names.h"

static bool
agree(const char *a, const char *b)
{
    struct arena *arena = arena_new(0);
    bool same = names_agree(arena, str_of(a), str_of(b));

    arena_free(arena);
    return same;
}

static void
titles_and_blanks_do_not_count(void **state)
{
    (void)state;
    assert_true(agree("นายสมชาย ใจดี", "สมชาย  ใจดี "));
    assert_true(agree("นางสาวสมหญิง ใจดี", "นางสมหญิง ใจดี"));
    assert_true(agree("ว่าที่ ร.ต. สมชาย ใจดี", "สมชาย\nใจดี"));
    assert_true(agree("Somchai JAIDEE", "somchai jaidee"));
}

static void
others_are_others(void **state)
{
    (void)state;
    assert_false(agree("สมชาย ใจดี", "สมชาย ใจดีมาก"));
    assert_false(agree("สมชายใจดี", "สมชาย ใจดี"));
    assert_false(agree("", ""));
    assert_false(agree("นาย", "นาง"));
    assert_false(agree("\xff", "\xfe a"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_and_blanks_do_not_count),
        cmocka_unit_test(others_are_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
