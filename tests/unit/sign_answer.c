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
    assert_int_equal(answer("ไม่ขัดข้อง เห็นควรอนุมัติ"), BANTHUEK_FORWARD);
    assert_int_equal(answer("พิจารณาแล้ว เห็นควร"), BANTHUEK_FORWARD);
    assert_int_equal(answer("ไม่"), BANTHUEK_FORWARD);
}

/* What officials write before the word that decides. */
static void
words_before_count_for_nothing(void **state)
{
    static const char *const refusals[] = {
        "เห็นควรไม่อนุมัติ",
        "พิจารณาแล้วไม่เห็นชอบ",
        "พิจารณาแล้ว เห็นสมควรไม่อนุมัติ เนื่องจากเอกสารไม่ครบ",
        "ได้ตรวจสอบแล้ว จึงเห็นควรไม่เห็นชอบ",
        "1. ไม่อนุมัติ",
        "- ไม่เห็นชอบ",
        "ไม่สมควรอนุมัติ",
        "เห็นว่าไม่ควรให้ความเห็นชอบ",
        "ไม่ อาจอนุมัติได้",
    };

    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        if (answer(refusals[i]) != BANTHUEK_REFUSED)
            fail_msg("%s", refusals[i]);
    }
    assert_int_equal(answer("เห็นควรส่งคืนแก้ไข"), BANTHUEK_RETURNED);
    assert_int_equal(answer("ให้ส่งคืนเรื่องเพื่อแก้ไข"), BANTHUEK_RETURNED);
}

static void
such_words_elsewhere_are_unclear(void **state)
{
    (void)state;
    assert_int_equal(answer("เห็นชอบ ไม่อนุมัติให้ขยายเวลา"), BANTHUEK_UNCLEAR);
    assert_int_equal(answer("เรียน นายกเทศมนตรี\nเอกสารไม่ครบ เห็นควรไม่อนุมัติ"), BANTHUEK_UNCLEAR);
    assert_int_equal(answer("ไม่เห็นด้วยกับข้อ ๓"), BANTHUEK_UNCLEAR);
    assert_int_equal(answer("ส่งคืน"), BANTHUEK_UNCLEAR);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusal_and_return_end_the_route),
        cmocka_unit_test(other_opinions_go_on),
        cmocka_unit_test(words_before_count_for_nothing),
        cmocka_unit_test(such_words_elsewhere_are_unclear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
