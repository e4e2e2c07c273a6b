/* What PDF/A-3 allows of colour profiles and of JPEG 2000. */
#include "test.h"

#include "bound_kit.h"
#include "paper/allowed.h"

#define TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

/* The profile with one byte changed. */
static struct str
changed(struct fixture *f, struct str bytes, size_t at, char byte)
{
    char *copy = arena_strndup(f->arena, bytes.ptr, bytes.len);

    copy[at] = byte;
    return (struct str){copy, bytes.len};
}

static void
test_profiles(void **state)
{
    struct fixture *f = *state;
    struct str rgb = icc_srgb(f->arena);

    assert_true(allowed_icc(rgb, 3));
    for (unsigned channels = 0; channels < 9; channels++)
        assert_int_equal(allowed_icc(rgb, channels), channels == 3);
    assert_true(allowed_icc(changed(f, rgb, 8, 2), 3));
    assert_false(allowed_icc(changed(f, rgb, 8, 5), 3));
    assert_false(allowed_icc(changed(f, rgb, 8, 1), 3));
    assert_false(allowed_icc(changed(f, rgb, 12, 'l'), 3)); /* of a link */
    assert_false(allowed_icc(changed(f, rgb, 16, 'H'), 3));
    assert_false(allowed_icc(changed(f, rgb, 36, 'x'), 3));
    assert_false(allowed_icc(changed(f, rgb, 0, 1), 3)); /* longer than it is */
    for (size_t len = 0; len < rgb.len; len++)
        assert_false(allowed_icc(str_sub(rgb, 0, len), 3));
}

static void
test_jpx(void **state)
{
    struct fixture *f = *state;
    struct str file = bound_jpx(f->arena, 0, 16);

    assert_true(allowed_jpx(file, false));
    assert_true(allowed_jpx(bound_jpx(f->arena, 0, 17), false));
    assert_true(allowed_jpx(bound_jpx(f->arena, 1, 18), false));
    assert_false(allowed_jpx(bound_jpx(f->arena, 0, 12), false)); /* inks */
    assert_true(allowed_jpx(bound_jpx(f->arena, 0, 12), true));
    assert_false(allowed_jpx(bound_jpx(f->arena, 0, 19), false));
    /* two channels; 39 bits; depths told elsewhere, and nowhere */
    size_t head = str_find(file, STR("ihdr")) + 4;
    assert_false(allowed_jpx(changed(f, file, head + 9, 2), true));
    assert_false(allowed_jpx(changed(f, file, head + 10, 38), true));
    assert_false(allowed_jpx(changed(f, file, head + 10, (char)0xff), true));
    /* no file but what is in one */
    assert_false(
        allowed_jpx(str_sub(file, str_find(file, STR("\xff\x4f\xff\x51")), SIZE_MAX), true));
    for (size_t len = 0; len < str_find(file, STR("jp2c")) - 4; len++)
        assert_false(allowed_jpx(str_sub(file, 0, len), true) && len < head + 14);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_profiles),
        TEST(test_jpx),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
