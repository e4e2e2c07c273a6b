/* What an opinion means for the route. */
#include "test.h"

#include <string.h>

#include "banthuek-sign.h"

static enum banthuek_answer
answer(const char *opinion)
{
    return banthuek_answer_of((struct banthuek_bytes){opinion, strlen(opinion)});
}

static void
refusal_and_return_end_the_route(void **state)
{
    (void)state;
    assert_int_equal(answer("ไม่อนุมัติ"), BANTHUEK_REFUSED);
    assert_int_equal(answer("  ไม่เห็นชอบ เนื่องจากตัวเลขไม่ตรงกัน"), BANTHUEK_REFUSED);
    assert_int_equal(answer("ส่งคืนแก้ไขหน้า ๒"), BANTHUEK_RETURNED);
}

static void
other_opinions_go_on(void **state)
{
    (void)state;
    assert_int_equal(answer(""), BANTHUEK_FORWARD);
    assert_int_equal(answer("ทราบ"), BANTHUEK_FORWARD);
    assert_int_equal(answer("เห็นชอบ ไม่อนุมัติให้ขยายเวลา"), BANTHUEK_FORWARD);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusal_and_return_end_the_route),
        cmocka_unit_test(other_opinions_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
