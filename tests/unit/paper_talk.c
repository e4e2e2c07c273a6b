/* Addresses of printers, and of those that are not there. */
#include "test.h"

#include "paper/talk.h"

static enum diag_code
fault_of(const char *address)
{
    struct diags *diags = diags_new();
    struct talk *talk = talk_open(diags, address, NULL);

    assert_null(talk);
    assert_int_equal(diags_count(diags), 1);
    enum diag_code code = diags_at(diags, 0)->code;
    diags_free(diags);
    return code;
}

static void
refuses_what_is_no_address(void **state)
{
    static const char *const addresses[] = {"http://127.0.0.1/",  "ipp://",
                                            "ipp:///ipp/print",   "://",
                                            "file:///etc/passwd", "ipp://clerk@127.0.0.1",
                                            "socket://10.0.0.1",  "ipp://127.0.0.1:99999/",
                                            "ipp://[::1/"};
    char longest[2000];

    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++)
        assert_int_equal(fault_of(addresses[i]), DIAG_PRINT_ADDRESS);
    memset(longest, 'a', sizeof longest);
    memcpy(longest, "ipp://", 6);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(fault_of(longest), DIAG_PRINT_ADDRESS);
}

static void
tells_who_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(fault_of("ipp://127.0.0.1:9/ipp/print"), DIAG_PRINT_AWAY);
    assert_int_equal(fault_of("ipp://no-such-host.invalid/ipp/print"), DIAG_PRINT_NO_HOST);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_is_no_address),
        cmocka_unit_test(tells_who_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
