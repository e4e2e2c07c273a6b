/* Texts that are set by themselves into a box. */
#include "text_fonts.h"

#include "layout/alone.h"
#include "text/breaks.h"

#define PITCH 14200

/* The baseline of a text's only line in a box of three. */
static mpt
baseline_of(const struct text_room *room, struct breaker *breaker, bool centred)
{
    const struct alone_job job = {.fonts = room->fonts,
                                  .breaker = breaker,
                                  .text = STR("ชื่อ"),
                                  .width = 100000,
                                  .height = 3 * PITCH,
                                  .size = 9464,
                                  .pitch = PITCH,
                                  .centred = centred};
    size_t lines;
    struct page page;

    assert_true(layout_alone(room->arena, room->diags, &job, &page, &lines));
    assert_int_equal(lines, 1);
    assert_int_equal(page.count, 1);
    return page.items[0].y;
}

static void
centred_lines_stand_at_the_bottom(void **state)
{
    const struct text_room *room = *state;
    struct breaker *breaker = breaker_open();

    assert_int_equal(baseline_of(room, breaker, true),
                     baseline_of(room, breaker, false) + 2 * PITCH);
    breaker_close(breaker);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(centred_lines_stand_at_the_bottom),
    };
    return cmocka_run_group_tests(tests, text_room_open, text_room_close);
}
