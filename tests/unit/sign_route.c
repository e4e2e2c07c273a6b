/* The states of a route's roles. */
#include "test.h"

#include <string.h>

#include "sign/route.h"

#define ROLES 4

/* A route of four, in letters: "." has not signed; "s", "n" and "b" have, with an opinion that goes
 * on, refuses or gives back. */
static void
make(struct route *route, struct route_role roles[ROLES], const char *letters)
{
    static const char *const names[ROLES] = {"officer", "chief", "deputy", "mayor"};

    for (size_t i = 0; i < ROLES; i++) {
        roles[i] = (struct route_role){.role = str_of(names[i]), .has_signed = letters[i] != '.'};
        roles[i].opinion = str_of(letters[i] == 'n' ? "ไม่เห็นชอบ"
                                  : letters[i] == 'b' ? "ส่งคืนแก้ไขหน้า ๒"
                                                      : "ทราบ");
    }
    *route = (struct route){.roles = roles, .count = ROLES};
    route_states(route);
}

/* The states as letters: waiting, Next, signed, Refused, returned (B), skipped (-). */
static const char *
states_of(const char *letters)
{
    static const char shown[] = {
        [BANTHUEK_ROLE_WAITING] = 'w',  [BANTHUEK_ROLE_NEXT] = 'N',
        [BANTHUEK_ROLE_SIGNED] = 's',   [BANTHUEK_ROLE_REFUSED] = 'R',
        [BANTHUEK_ROLE_RETURNED] = 'B', [BANTHUEK_ROLE_SKIPPED] = '-',
    };
    static char out[ROLES + 2];
    struct route_role roles[ROLES];
    struct route route;

    make(&route, roles, letters);
    for (size_t i = 0; i < ROLES; i++)
        out[i] = shown[roles[i].state];
    out[ROLES] = route.ended ? '.' : '\0';
    out[ROLES + 1] = '\0';
    return out;
}

static void
one_after_the_other(void **state)
{
    (void)state;
    assert_string_equal(states_of("...."), "Nwww");
    assert_string_equal(states_of("s..."), "sNww");
    assert_string_equal(states_of("ssss"), "ssss");
}

static void
who_was_passed_over_is_skipped(void **state)
{
    (void)state;
    assert_string_equal(states_of(".s.."), "-sNw");
    assert_string_equal(states_of("s..s"), "s--s");
}

static void
a_refusal_ends_it_until_somebody_goes_on(void **state)
{
    (void)state;
    assert_string_equal(states_of("sn.."), "sRww.");
    assert_string_equal(states_of("sb.."), "sBww.");
    assert_string_equal(states_of("sns."), "sRsN");
    assert_string_equal(states_of("sssn"), "sssR.");
}

static void
what_is_next(void **state)
{
    struct route_role roles[ROLES];
    struct route route;

    (void)state;
    make(&route, roles, "s...");
    assert_ptr_equal(route_next(&route), &roles[1]);
    assert_ptr_equal(route_find(&route, STR("mayor")), &roles[3]);
    assert_null(route_find(&route, STR("may")));
    make(&route, roles, "n...");
    assert_null(route_next(&route));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_after_the_other),
        cmocka_unit_test(who_was_passed_over_is_skipped),
        cmocka_unit_test(a_refusal_ends_it_until_somebody_goes_on),
        cmocka_unit_test(what_is_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
