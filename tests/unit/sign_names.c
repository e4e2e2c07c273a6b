/* Names in memos and in certificates. */
#include "test.h"

#include <stdio.h>

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

/* Nobody sees them, so they are no part of a name. */
static void
hidden_letters_are_no_name(void **state)
{
    static const char *const hidden[] = {"\u200B", "\u200D", "\u202E", "\u2066",    "\uFEFF",
                                         "\u00AD", "\u3164", "\u2800", "\U000E0041"};

    (void)state;
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        char text[64];
        static const char *const forms[] = {"%sสมชาย ใจดี", "นาย%sสมชาย ใจดี", "สมชาย%s ใจดี",
                                            "สมชาย ใจดี%s"};
        for (size_t k = 0; k < sizeof forms / sizeof forms[0]; k++) {
            size_t from = (size_t)(strchr(forms[k], '%') - forms[k]);
            (void)snprintf(text, sizeof text, "%.*s%s%s", (int)from, forms[k], hidden[i],
                           forms[k] + from + 2);
            assert_false(agree(text, "สมชาย ใจดี"));
            assert_false(agree("สมชาย ใจดี", text));
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_and_blanks_do_not_count),
        cmocka_unit_test(others_are_others),
        cmocka_unit_test(hidden_letters_are_no_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
