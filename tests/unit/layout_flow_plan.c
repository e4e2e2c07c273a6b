/* Page ends chosen over a whole section, on strips that are nothing but heights. */
#include "layout_kit.h"

#include "layout/flow.h"

#define PAGE ((mpt)100000)

struct made {
    struct layout layout;
    struct flow_section section;
    struct strips strips;
};

static uint32_t
next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static struct made
make_room(struct kit *kit)
{
    return (struct made){
        .layout = {.arena = kit->arena,
                   .strips = kit->arena,
                   .scratch = kit->arena,
                   .diags = kit->diags},
        .section = {.width = PAGE, .height = PAGE},
    };
}

static void
add(struct made *made, struct kit *kit, mpt height, enum keep keep)
{
    struct strip *strip = strips_add(kit->arena, &made->strips);

    strip->height = height;
    strip->keep = keep;
}

/* What is filled with these ends, page by page: first strip of each page, and what is bad about it
 * so far as it concerns strips that are only heights: 10 for 1/100 of a page that stays blank, 60
 * for a page that is asked to end, or the last one, with less than 1/20. */
struct filled {
    size_t pages;
    size_t first[400];
    double bad;
};

static struct filled
fill(struct made *made, const bool *ends)
{
    struct flow flow = {.layout = &made->layout, .dry = true, .ends = ends};
    struct filled filled = {.pages = 1};

    assert_true(flow_begin(&flow, &made->section));
    for (size_t at = 0; at < made->strips.count;) {
        size_t begun = flow.begun;
        assert_true(flow_step(&flow, &made->strips, &at));
        if (flow.begun == begun)
            continue;
        bool empty = flow.end_y * 20 < PAGE;
        filled.bad += !flow.asked ? (double)(PAGE - flow.end_y) * 1000 / PAGE : empty ? 60 : 0;
        filled.first[filled.pages++] = at;
    }
    filled.bad += flow.y * 20 < PAGE ? 60 : 0;
    return filled;
}

static struct filled
fill_planned(struct made *made)
{
    return fill(made, flow_plan(&made->layout, &made->section, &made->strips));
}

static void
test_pages_that_are_well_filled_stay(void **state)
{
    struct made made = make_room(*state);

    for (int i = 0; i < 50; i++)
        add(&made, *state, 10000, KEEP_NONE);
    assert_null(flow_plan(&made.layout, &made.section, &made.strips));
    assert_int_equal(fill_planned(&made).pages, 5);
}

static void
test_evenness_alone_moves_nothing(void **state)
{
    struct made made = make_room(*state);

    /* pages of 90 % and 55 %, or of 80 % and 65 % */
    add(&made, *state, 80000, KEEP_NONE);
    add(&made, *state, 10000, KEEP_NONE);
    add(&made, *state, 55000, KEEP_NONE);
    add(&made, *state, 46000, KEEP_NONE);
    assert_null(flow_plan(&made.layout, &made.section, &made.strips));
}

/* The last page would hold nearly nothing: the one before ends early, so long as it costs little.
 */
static void
test_the_last_page_gets_company(void **state)
{
    struct made made = make_room(*state);

    for (int i = 0; i < 33; i++)
        add(&made, *state, 3000, KEEP_NONE);
    add(&made, *state, 3000, KEEP_NONE);
    struct filled planned = fill_planned(&made);
    assert_int_equal(planned.pages, 2);
    assert_int_equal(planned.first[1], 32);
    made = make_room(*state);
    for (int i = 0; i < 10; i++)
        add(&made, *state, 10000, KEEP_NONE);
    add(&made, *state, 3000, KEEP_NONE);
    assert_null(flow_plan(&made.layout, &made.section, &made.strips));
}

static void
test_never_more_pages_and_never_worse(void **state)
{
    struct kit *kit = *state;
    uint32_t seed = 1;
    size_t better = 0;

    for (int i = 0; i < 1500; i++) {
        struct arena_mark mark = arena_mark(kit->arena);
        struct made made = make_room(kit);
        size_t count = 2 + next_random(&seed) % 120;
        for (size_t k = 0; k < count; k++) {
            mpt height = (mpt)(500 + next_random(&seed) % (i % 3 == 0 ? 50000 : 8000));
            enum keep keep = next_random(&seed) % 4 == 0 ? KEEP_STRONG : KEEP_NONE;
            add(&made, kit, height, keep);
            made.strips.strip[k].new_page = next_random(&seed) % 40 == 0;
        }
        struct filled first = fill(&made, NULL), planned = fill_planned(&made);
        assert_true(planned.pages <= first.pages);
        if (planned.pages == first.pages)
            assert_true(planned.bad <= first.bad + (double)first.pages); /* rounding */
        better += planned.bad < first.bad - 10;
        arena_reset(kit->arena, mark);
    }
    assert_true(better > 5);
}

static void
test_a_section_without_end_is_filled_first_fit(void **state)
{
    struct made made = make_room(*state);

    for (int i = 0; i < 20001; i++)
        add(&made, *state, 30000, KEEP_NONE);
    assert_null(flow_plan(&made.layout, &made.section, &made.strips));
}

/* What a strip is parted into while pages are filled on trial. */
static size_t most_taken;

static bool
split_with_much_memory(struct layout *layout, const struct strip *strip, mpt room, bool force,
                       struct strip *upper, struct strip *rest)
{
    (void)force;
    (void)arena_alloc(layout->strips, 100000);
    if (arena_used(layout->strips) > most_taken)
        most_taken = arena_used(layout->strips);
    *upper = (struct strip){.height = room, .split = split_with_much_memory};
    *rest = (struct strip){.height = strip->height - room, .split = split_with_much_memory};
    return true;
}

/* Of the trials only one at a time takes memory: there are as many as places where a page may
 * begin. */
static void
test_memory_of_a_trial_is_given_back(void **state)
{
    struct made made = make_room(*state);

    made.layout.strips = arena_new(0);
    most_taken = 0;
    for (int i = 0; i < 100; i++) {
        add(&made, *state, 7000, KEEP_NONE);
        made.strips.strip[i].split = split_with_much_memory;
    }
    (void)flow_plan(&made.layout, &made.section, &made.strips);
    /* pages are counted over the whole section before and after */
    assert_in_range(most_taken, 100000, 2500000);
    assert_int_equal(arena_used(made.layout.strips), 0);
    arena_free(made.layout.strips);
}

static void
test_no_single_row_is_carried(void **state)
{
    struct kit *kit = *state;
    struct buf out = buf_in(kit->arena);

    kit_style(kit, "paragraph: {p: {before: 0}}");
    buf_text(&out, "<memo><section>");
    for (int i = 0; i < 20; i++)
        buf_text(&out, "<p>x</p>");
    buf_text(&out, "<table><thead><tr><th>h</th></tr></thead>");
    for (int i = 1; i <= 13; i++)
        buf_printf(&out, "<tr><td>r%d</td></tr>", i);
    buf_text(&out, "</table></section></memo>");
    struct pages *pages = kit_pages(kit, str_cstr(kit->arena, buf_str(&out)));
    /* twelve rows have room on the first page */
    assert_non_null(strstr(kit_lines(kit, pages), "1|r11\n2|P:- ๒ -\n2|R:h\n2|r12\n2|r13"));
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, kit_setup, kit_teardown)
    const struct CMUnitTest tests[] = {
        T(test_pages_that_are_well_filled_stay),
        T(test_evenness_alone_moves_nothing),
        T(test_the_last_page_gets_company),
        T(test_never_more_pages_and_never_worse),
        T(test_a_section_without_end_is_filled_first_fit),
        T(test_memory_of_a_trial_is_given_back),
        T(test_no_single_row_is_carried),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
