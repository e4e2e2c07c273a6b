/* Thai words and line breaks through the public header alone. */
#include "test.h"

#include "banthuek.h"

static struct banthuek_bytes
bytes(const char *text)
{
    return (struct banthuek_bytes){text, strlen(text)};
}

static void
words_without_anything_opened(void **state)
{
    static const char text[] = "คนและวัด";
    unsigned char places[sizeof text];

    (void)state;
    banthuek_words(bytes(text), places);
    for (size_t i = 0; i < sizeof text; i++)
        assert_int_equal(places[i] == BANTHUEK_BREAK_GOOD, i == 6 || i == 15);
    banthuek_words(bytes(""), places);
    assert_int_equal(places[0], BANTHUEK_BREAK_NONE);
}

static void
breaks_with_own_words(void **state)
{
    static const char text[] = "คนและวัด";
    struct banthuek_bytes own = {"คนและ", strlen("คนและ")};
    struct banthuek_breaker *plain = banthuek_breaker_open(NULL, 0);
    struct banthuek_breaker *breaker = banthuek_breaker_open(&own, 1);
    unsigned char places[sizeof text];

    (void)state;
    banthuek_breaker_find(plain, bytes(text), places);
    assert_int_equal(places[6], BANTHUEK_BREAK_GOOD);
    assert_int_equal(places[15], BANTHUEK_BREAK_GOOD | BANTHUEK_BREAK_BAD_END);
    banthuek_breaker_find(breaker, bytes(text), places);
    assert_true(places[6] < BANTHUEK_BREAK_SPACE);
    assert_int_equal(places[15], BANTHUEK_BREAK_GOOD);
    banthuek_breaker_close(plain);
    banthuek_breaker_close(breaker);
    banthuek_breaker_close(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_without_anything_opened),
        cmocka_unit_test(breaks_with_own_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
