/* Total fit: against brute force and the greedy filling on made-up clusters, and what it does for
 * real paragraphs. */
#include "text_fonts.h"

#include <time.h>

#include "text/fill.h"
#include "text/para.h"

/* ---- made-up paragraphs: a byte is a cluster */

static uint32_t
next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* `spread` more or less places that a line may end at; 0: last resorts only. */
static struct para *
make_up(const struct text_room *room, struct arena *arena, size_t count, unsigned spread,
        uint32_t *seed)
{
    struct para *para = arena_alloc(arena, sizeof *para);
    struct cluster_run *run = arena_alloc(arena, sizeof *run);
    char *text = arena_alloc(arena, count + 1);

    *run = (struct cluster_run){.font = room->fonts->face[FONT_REGULAR], .size = 10000};

    para->fonts = room->fonts;
    para->clusters = arena_array(arena, count, sizeof *para->clusters);
    para->cluster_count = count;
    para->least_size = 10000;
    para->grade = arena_alloc(arena, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct cluster *cluster = &para->clusters[i];
        unsigned kind = next_random(seed) % 12;
        bool space = i > 0 && kind == 0;
        text[i] = space ? ' ' : 'x';
        *cluster = (struct cluster){
            .text = (uint32_t)i,
            .text_len = 1,
            .run = run,
            .advance = space ? 2500 : (mpt)(200 + next_random(seed) % 80 * 100),
            .flags = space       ? CLUSTER_SPACE
                     : kind < 10 ? CLUSTER_THAI
                                 : 0,
        };
        if (i == 0 || space)
            continue;
        unsigned place = next_random(seed) % 16;
        para->grade[i] = BREAK_EMERGENCY;
        if (spread > 0 && (place < spread || (text[i - 1] == ' ' && place < 12)))
            para->grade[i] = place % 4 == 0 ? BREAK_COMPOUND : BREAK_GOOD;
        else if (text[i - 1] == ' ')
            para->grade[i] = BREAK_SPACE;
        else if (place > 12)
            para->grade[i] = BREAK_NONE;
        if (para->grade[i] >= BREAK_COMPOUND && next_random(seed) % 5 == 0)
            para->grade[i] |= BREAK_BAD_END;
    }
    para->text = (struct str){text, count};
    return para;
}

static struct para_fill
make_up_fill(mpt width, uint32_t *seed)
{
    struct para_fill fill = {
        .width = width,
        .align = next_random(seed) % 4 == 0 ? PARA_LEFT : PARA_JUSTIFY,
        .method = PARA_FIT,
        .cluster_max = 90,
        .space_max = 300,
    };

    if (next_random(seed) % 2 == 0) {
        fill.cluster_shrink = 10;
        fill.space_shrink = 50;
    }
    if (next_random(seed) % 2 == 0)
        fill.first_indent = width / 4 - (mpt)(next_random(seed) % 3) * width / 4;
    return fill;
}

static mpt
room_of(const struct para_fill *fill, size_t from)
{
    return fill->width - (from == 0 ? fill->first_indent : 0);
}

/* Widths of a line: natural, and with all shrinking. */
static int64_t
width_of(const struct para *para, const struct para_fill *fill, size_t from, size_t to, bool tight)
{
    struct fill_line line = {.clusters = &para->clusters[from], .count = to - from};
    size_t count = fill_visible(line.clusters, line.count);
    int64_t width = 0;

    for (size_t i = 0; i < count; i++)
        width += line.clusters[i].advance;
    return tight ? width - line_shrink(fill, &line) : width;
}

static struct fit_end *
ends_of(struct arena *arena, const struct lines *lines)
{
    struct fit_end *ends = arena_array(arena, lines->count, sizeof *ends);

    for (size_t i = 0; i < lines->count; i++)
        ends[i].to = lines->line[i].to;
    return ends;
}

static void
assert_planned_well(struct arena *arena, const struct para *para, const struct para_fill *fill)
{
    struct fit_plan plan = fit_lines(arena, para, fill, 0);
    size_t from = 0;

    assert_true(plan.count > 0);
    for (size_t i = 0; i < plan.count; i++) {
        size_t to = plan.end[i].to;
        assert_true(to > from && to <= para->cluster_count);
        assert_true(to == para->cluster_count || para->grade[to] != BREAK_NONE ||
                    fill_parts(&para->clusters[to]));
        bool fits = width_of(para, fill, from, to, true) <= room_of(fill, from);
        assert_true(fits || plan.end[i].overfull);
        for (size_t at = from + 1; plan.end[i].overfull && at < to; at++)
            assert_false(para->grade[at] != BREAK_NONE || fill_parts(&para->clusters[at]));
        from = to;
    }
    assert_int_equal(from, para->cluster_count);
}

static void
no_line_is_overfull_that_need_not_be(void **state)
{
    uint32_t seed = 1;

    for (int i = 0; i < 3000; i++) {
        struct arena *arena = arena_new(0);
        const struct para *para =
            make_up(*state, arena, 1 + next_random(&seed) % 200, (unsigned)i % 10, &seed);
        struct para_fill fill = make_up_fill((mpt)(2000 + next_random(&seed) % 120000), &seed);
        assert_planned_well(arena, para, &fill);
        arena_free(arena);
    }
}

static bool
parts_words(const struct para *para, const struct lines *lines)
{
    for (size_t i = 0; i + 1 < lines->count; i++)
        if (break_grade(para->grade[lines->line[i].to]) < BREAK_GOOD)
            return true;
    return false;
}

/* Never behind in lines where the greedy filling parts no word. */
static void
never_worse_than_greedy(void **state)
{
    uint32_t seed = 2;
    size_t fewer = 0, better = 0, whole = 0;

    for (int i = 0; i < 2000; i++) {
        struct arena *arena = arena_new(0);
        const struct para *para =
            make_up(*state, arena, 1 + next_random(&seed) % 300, 3 + (unsigned)i % 8, &seed);
        struct para_fill fill = make_up_fill((mpt)(60000 + next_random(&seed) % 120000), &seed);
        struct fit_plan plan = fit_lines(arena, para, &fill, 0);
        fill.method = PARA_GREEDY;
        const struct lines *greedy = para_lines(arena, para, &fill);
        int64_t fit = fit_demerits(para, &fill, 0, plan.end, plan.count);
        int64_t other = fit_demerits(para, &fill, 0, ends_of(arena, greedy), greedy->count);
        if (!parts_words(para, greedy)) {
            assert_true(plan.count <= greedy->count);
            whole++;
        }
        assert_true(fit <= other);
        fewer += plan.count < greedy->count;
        better += fit < other;
        arena_free(arena);
    }
    assert_true(fewer > 100 && better > 1000 && whole > 100);
}

/* ---- against brute force */

struct brute {
    const struct para *para;
    const struct para_fill *fill;
    struct fit_end end[32];
    size_t lines[32]; /* of the greedy filling up to each cluster */
    int64_t best;
};

static void
try_all(struct brute *brute, size_t from, size_t count)
{
    const struct para *para = brute->para;

    if (from == para->cluster_count) {
        int64_t sum = fit_demerits(para, brute->fill, 0, brute->end, count);
        if (brute->best < 0 || sum < brute->best)
            brute->best = sum;
        return;
    }
    for (size_t to = from + 1; to <= para->cluster_count; to++) {
        if (to < para->cluster_count && break_grade(para->grade[to]) < BREAK_COMPOUND)
            continue;
        if (count + 1 > brute->lines[to] ||
            width_of(para, brute->fill, from, to, true) > room_of(brute->fill, from))
            continue;
        brute->end[count].to = to;
        try_all(brute, to, count + 1);
    }
}

/* The first beginning of a line to `to` that is of grade `least` or better; 0 is the text's. */
static size_t
first_begin(const struct brute *brute, size_t to, enum break_grade least)
{
    for (size_t from = 0; from < to; from++) {
        if ((from == 0 || break_grade(brute->para->grade[from]) >= least) &&
            brute->lines[from] != SIZE_MAX &&
            width_of(brute->para, brute->fill, from, to, false) <= room_of(brute->fill, from))
            return from;
    }
    return SIZE_MAX;
}

/* Lines without shrinking up to each place, of which one begins inside a word only where it must;
 * false when something does not fit. */
static bool
count_lines(struct brute *brute)
{
    const struct para *para = brute->para;

    for (size_t to = 1; to <= para->cluster_count; to++) {
        brute->lines[to] = SIZE_MAX;
        if (to < para->cluster_count && break_grade(para->grade[to]) < BREAK_COMPOUND)
            continue;
        size_t from = first_begin(brute, to, BREAK_GOOD);
        if (from == SIZE_MAX)
            from = first_begin(brute, to, BREAK_COMPOUND);
        if (from == SIZE_MAX)
            return false;
        brute->lines[to] = brute->lines[from] + 1;
    }
    return true;
}

static void
best_of_all_fillings(void **state)
{
    uint32_t seed = 3;
    size_t tried = 0;

    for (int i = 0; i < 6000; i++) {
        struct arena *arena = arena_new(0);
        const struct para *para =
            make_up(*state, arena, 1 + next_random(&seed) % 24, 6 + (unsigned)i % 6, &seed);
        struct para_fill fill = make_up_fill((mpt)(12000 + next_random(&seed) % 30000), &seed);
        struct brute brute = {.para = para, .fill = &fill, .best = -1};
        if (count_lines(&brute)) {
            struct fit_plan plan = fit_lines(arena, para, &fill, 0);
            try_all(&brute, 0, 0);
            assert_true(fit_demerits(para, &fill, 0, plan.end, plan.count) == brute.best);
            tried++;
        }
        arena_free(arena);
    }
    assert_true(tried > 2000);
}

/* ---- growth */

/* Seconds that filling takes, the least of some. */
static double
seconds(const struct text_room *room, size_t count, unsigned spread)
{
    double least = 1e9;

    for (int i = 0; i < 3; i++) {
        struct arena *arena = arena_new(0);
        uint32_t seed = 4;
        const struct para *para = make_up(room, arena, count, spread, &seed);
        struct para_fill fill = {.width = 450000, .align = PARA_JUSTIFY, .method = PARA_FIT};
        clock_t start = clock();
        assert_true(fit_lines(arena, para, &fill, 0).count > 1);
        double took = (double)(clock() - start) / CLOCKS_PER_SEC;
        least = took < least ? took : least;
        arena_free(arena);
    }
    return least;
}

static void
takes_time_in_proportion(void **state)
{
    /* sixteen times as much would take 256 times as long if each looked at all others; on a machine
     * with other work it takes up to some fifty times as long, for it is too much for caches */
    assert_true(seconds(*state, 320000, 4) < 100 * seconds(*state, 20000, 4) + 0.01);
    assert_true(seconds(*state, 320000, 0) < 100 * seconds(*state, 20000, 0) + 0.01);
}

/* The same for lines that are written as such. */
static double
seconds_of_breaks(const struct text_room *room, size_t count)
{
    double least = 1e9;

    for (int i = 0; i < 3; i++) {
        struct arena *arena = arena_new(0);
        uint32_t seed = 6;
        struct para *para = make_up(room, arena, count, 4, &seed);
        struct para_fill fill = {.width = 450000, .align = PARA_JUSTIFY, .method = PARA_FIT};
        for (size_t c = 9; c < count; c += 10)
            para->clusters[c].flags = CLUSTER_NEWLINE;
        clock_t start = clock();
        assert_int_equal(para_lines(arena, para, &fill)->count, (count + 9) / 10);
        double took = (double)(clock() - start) / CLOCKS_PER_SEC;
        least = took < least ? took : least;
        arena_free(arena);
    }
    return least;
}

static void
line_breaks_take_time_in_proportion(void **state)
{
    assert_true(seconds_of_breaks(*state, 320000) < 100 * seconds_of_breaks(*state, 20000) + 0.2);
}

static void
letters_without_width_do_no_harm(void **state)
{
    struct arena *arena = arena_new(0);
    uint32_t seed = 5;
    struct para *para = make_up(*state, arena, 100000, 0, &seed);
    struct para_fill fill = {.width = 90000, .align = PARA_JUSTIFY, .method = PARA_FIT};

    for (size_t i = 0; i < para->cluster_count; i++)
        para->clusters[i].advance = i % 2000 == 0 ? 8000 : 0;
    assert_planned_well(arena, para, &fill);
    arena_free(arena);
}

/* ---- real paragraphs */

static struct para *
simple(const struct text_room *room, struct str text)
{
    struct span *span = arena_alloc(room->arena, sizeof *span);
    struct para_spec spec = {.text = text, .spans = span, .span_count = 1};
    struct breaker *breaker = breaker_open();

    *span = (struct span){.to = text.len, .face = FONT_REGULAR, .size = 16000};
    struct para *para = para_new(room->arena, room->diags, breaker, room->fonts, &spec);
    breaker_close(breaker);
    assert_non_null(para);
    return para;
}

static struct str
text_of(const struct para *para, const struct line *line)
{
    size_t from = para->clusters[line->from].text;
    size_t to = line->to < para->cluster_count ? para->clusters[line->to].text : para->text.len;

    return str_sub(para->text, from, to - from);
}

static struct para_fill
body(mpt width)
{
    return (struct para_fill){.width = width,
                              .align = PARA_JUSTIFY,
                              .method = PARA_FIT,
                              .cluster_max = 90,
                              .space_max = 300,
                              .cluster_shrink = 10,
                              .space_shrink = 50};
}

static void
lines_even_out(void **state)
{
    /* greedy: "aaa bb cc" and then "ddd" alone with much room before the long word */
    const struct para *para = simple(*state, STR("aaa bb cc ddd eeeeeee ff gg hh ii"));
    mpt width = para_natural(simple(*state, STR("aaa bb cc"))) + 2000;
    struct para_fill fill = body(width);

    fill.space_shrink = fill.cluster_shrink = 0;
    const struct lines *fit = para_lines(((struct text_room *)*state)->arena, para, &fill);
    fill.method = PARA_GREEDY;
    const struct lines *greedy = para_lines(((struct text_room *)*state)->arena, para, &fill);
    assert_int_equal(fit->count, greedy->count);
    assert_str(text_of(para, &greedy->line[0]), "aaa bb cc ");
    assert_str(text_of(para, &fit->line[0]), "aaa bb ");
    assert_str(text_of(para, &fit->line[1]), "cc ddd ");
}

static void
a_line_shrinks_to_take_a_word_in(void **state)
{
    const struct text_room *room = *state;
    const struct para *para = simple(room, STR("กก ขข คค งง จจ ฉฉ"));
    mpt natural = para_natural(simple(room, STR("กก ขข คค งง")));
    struct para_fill fill = body(natural - 1000);
    const struct lines *lines = para_lines(room->arena, para, &fill);
    const struct line *line = &lines->line[0];

    assert_str(text_of(para, line), "กก ขข คค งง ");
    assert_in_range(line->width, fill.width - 2, fill.width);
    assert_int_equal(line->ragged, 0);
    assert_false(line->overfull);
    assert_int_equal(line->parts[0].space_gap, -334); /* three spaces */
    assert_int_equal(line->parts[0].cluster_gap, 0);
    /* spaces give what they can before letters do */
    fill.width = natural - 1700;
    line = &para_lines(room->arena, para, &fill)->line[0];
    assert_int_equal(line->parts[0].space_gap, -unit_scale(para->clusters[0].run->size, 50, 1000));
    assert_in_range(-line->parts[0].cluster_gap, 1, para->clusters[0].run->size / 100);
    assert_in_range(line->width, fill.width - 10, fill.width);
    fill.space_shrink = fill.cluster_shrink = 0;
    line = &para_lines(room->arena, para, &fill)->line[0];
    assert_str(text_of(para, line), "กก ขข คค ");
}

static void
a_last_line_shrinks_but_never_stretches(void **state)
{
    const struct text_room *room = *state;
    const struct para *para = simple(room, STR("กก ขข คค งง"));
    struct para_fill fill = body(para_natural(para) - 1000);
    const struct lines *lines = para_lines(room->arena, para, &fill);

    assert_int_equal(lines->count, 1);
    assert_true(lines->line[0].last);
    assert_in_range(lines->line[0].width, fill.width - 2, fill.width);
    fill.width = para_natural(para) + 1000;
    lines = para_lines(room->arena, para, &fill);
    assert_int_equal(lines->line[0].width, para_natural(para));
}

#define BODY                                                                                                                                                                                                                                                                                                                                      \
    "กองคลังได้ติดตามการใช้งานในเดือนแรกแล้วพบว่าเจ้าหน้าที่บางส่วนลงทะเบียนหนังสือไม่ถูกต้อง และยังจัดเก็บเอกสารไว้" \
    "นอกระบบ เพื่อให้การรับการส่งและการเก็บหนังสือเป็นไปในแนวทางเดียวกัน นั้น"

static void
bad_ends_are_avoided(void **state)
{
    const struct text_room *room = *state;
    struct para *para = simple(room, STR(BODY));
    size_t moved = 0, all = 0;

    for (mpt width = 350000; width < 460000; width += 1000, all++) {
        struct para_fill fill = body(width);
        struct fit_plan plan = fit_lines(room->arena, para, &fill, 0);
        size_t at = plan.end[0].to;
        if ((para->grade[para->clusters[at].text] & BREAK_BAD_END) != 0)
            continue;
        int64_t good = fit_demerits(para, &fill, 0, plan.end, plan.count);
        para->grade[para->clusters[at].text] |= BREAK_BAD_END;
        assert_int_equal(fit_demerits(para, &fill, 0, plan.end, plan.count) - good, 80 * 80);
        moved += fit_lines(room->arena, para, &fill, 0).end[0].to != at;
        para->grade[para->clusters[at].text] &= BREAK_GRADES;
    }
    assert_true(moved * 4 > all);
}

static void
no_short_word_is_left_for_the_last_line(void **state)
{
    const struct text_room *room = *state;
    const struct para *para = simple(room, STR(BODY));
    mpt alone = para_natural(simple(room, STR("นั้น")));
    size_t fit_short = 0, greedy_short = 0;

    for (mpt width = 350000; width < 460000; width += 250) {
        struct para_fill fill = body(width);
        const struct lines *fit = para_lines(room->arena, para, &fill);
        fill.method = PARA_GREEDY;
        const struct lines *greedy = para_lines(room->arena, para, &fill);
        fit_short += fit->line[fit->count - 1].width <= alone;
        greedy_short += greedy->line[greedy->count - 1].width <= alone;
    }
    assert_true(greedy_short > 20);
    assert_true(fit_short * 3 < greedy_short);
}

static void
what_is_kept_breaks_only_when_nothing_else_helps(void **state)
{
    const struct text_room *room = *state;
    struct str text = STR("ก ข ค นายตัวอย่าง นามสกุลสมมติ ก ข ค");
    size_t from = 12, to = text.len - 12;
    struct span spans[] = {
        {.to = from, .face = FONT_REGULAR, .size = 16000},
        {.from = from, .to = to, .face = FONT_REGULAR, .size = 16000, .keep_together = true},
        {.from = to, .to = text.len, .face = FONT_REGULAR, .size = 16000}};
    struct para_spec spec = {.text = text, .spans = spans, .span_count = 3};
    struct breaker *breaker = breaker_open();
    const struct para *para = para_new(room->arena, room->diags, breaker, room->fonts, &spec);
    mpt name = para_natural(simple(room, str_sub(text, from, to - from)));

    breaker_close(breaker);
    for (mpt width = name + 100; width < 2 * name; width += 500) {
        struct para_fill fill = body(width);
        assert_int_equal(para_lines(room->arena, para, &fill)->emergency_count, 0);
    }
    struct para_fill narrow = body(name - 5000);
    const struct lines *lines = para_lines(room->arena, para, &narrow);
    assert_int_equal(lines->emergency_count, 1);
    for (size_t i = 0; i < lines->count; i++)
        assert_false(lines->line[i].overfull);
}

static void
lines_that_cannot_stretch_are_filled(void **state)
{
    const struct text_room *room = *state;
    char text[301];

    memset(text, 'x', sizeof text - 1);
    const struct para *para = simple(room, (struct str){text, sizeof text - 1});
    struct para_fill fill = body(250000);
    fill.first_indent = 50000;
    const struct lines *lines = para_lines(room->arena, para, &fill);
    for (size_t i = 0; i + 1 < lines->count; i++)
        assert_true(lines->line[i].ragged <= para->clusters[0].advance);
}

static void
line_ends_and_tabs_in_the_text_stay(void **state)
{
    const struct text_room *room = *state;
    static const struct para_tab tabs[] = {{60000, true}};
    struct str text = STR("ก ข\n\nกก\tขข คค งง จจ ฉฉ ชช ซซ\nจบ\n");
    struct span span = {.to = text.len, .face = FONT_REGULAR, .size = 16000};
    struct para_spec spec = {
        .text = text, .spans = &span, .span_count = 1, .tabs = tabs, .tab_count = 1};
    struct breaker *breaker = breaker_open();
    const struct para *para = para_new(room->arena, room->diags, breaker, room->fonts, &spec);
    struct para_fill fill = body(100000);

    breaker_close(breaker);
    const struct lines *lines = para_lines(room->arena, para, &fill);
    assert_int_equal(lines->count, 5);
    assert_str(text_of(para, &lines->line[0]), "ก ข\n");
    assert_str(text_of(para, &lines->line[1]), "\n");
    assert_int_equal(lines->line[2].leader_count, 1);
    assert_int_equal(lines->line[2].leaders[0].to, 60000);
    assert_true(lines->line[0].last && lines->line[1].last && !lines->line[2].last);
    assert_str(text_of(para, &lines->line[4]), "จบ\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_line_is_overfull_that_need_not_be),
        cmocka_unit_test(never_worse_than_greedy),
        cmocka_unit_test(best_of_all_fillings),
        cmocka_unit_test(takes_time_in_proportion),
        cmocka_unit_test(line_breaks_take_time_in_proportion),
        cmocka_unit_test(letters_without_width_do_no_harm),
        cmocka_unit_test(lines_even_out),
        cmocka_unit_test(a_line_shrinks_to_take_a_word_in),
        cmocka_unit_test(a_last_line_shrinks_but_never_stretches),
        cmocka_unit_test(bad_ends_are_avoided),
        cmocka_unit_test(no_short_word_is_left_for_the_last_line),
        cmocka_unit_test(what_is_kept_breaks_only_when_nothing_else_helps),
        cmocka_unit_test(lines_that_cannot_stretch_are_filled),
        cmocka_unit_test(line_ends_and_tabs_in_the_text_stay),
    };

    return cmocka_run_group_tests(tests, text_room_open, text_room_close);
}
