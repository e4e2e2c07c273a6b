/* Paragraphs: filling, Thai distribution, tabs, hints, last resorts. */
#include "text_fonts.h"

#include <time.h>

#include "base/utf8.h"
#include "text/para.h"

#define SAMPLE                                                                                                                                                                                                                                                                                                \
    "ด้วยสำนักปลัดได้รับมอบหมายให้จัดทำรายงานผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงาน " \
    "(Integrity and Transparency Assessment : ITA) ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ "                                                                                                                                                                                      \
    "จึงขอรายงานผลการดำเนินงานต่าง ๆ ดังต่อไปนี้"

static struct para *
make(const struct text_room *room, const struct para_spec *spec)
{
    struct breaker *breaker = breaker_open();
    struct para *para = para_new(room->arena, room->diags, breaker, room->fonts, spec);

    breaker_close(breaker);
    assert_non_null(para);
    return para;
}

static struct para *
simple(const struct text_room *room, struct str text)
{
    struct span *span = arena_alloc(room->arena, sizeof *span);
    struct para_spec spec = {.text = text, .spans = span, .span_count = 1};

    *span = (struct span){.to = text.len, .face = FONT_REGULAR, .size = 16000};
    return make(room, &spec);
}

static struct str
text_of(const struct para *para, const struct line *line)
{
    size_t from =
        line->from < para->cluster_count ? para->clusters[line->from].text : para->text.len;
    size_t to = line->to < para->cluster_count ? para->clusters[line->to].text : para->text.len;

    return str_sub(para->text, from, to - from);
}

/* What must hold for every filling: lines follow each other without loss, parts cover what is
 * painted and do not overlap, nothing is wider than allowed unless it says so. */
static void
assert_sound(const struct para *para, const struct lines *lines, const struct para_fill *fill)
{
    size_t next = 0;

    assert_true(lines->count > 0);
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->line[i];
        mpt left = i == 0 ? fill->first_indent : 0, right = fill->width;
        if (i == 0 && fill->first_width != 0)
            right = left + fill->first_width;
        assert_int_equal(line->from, next);
        assert_true(line->to > line->from || para->cluster_count == 0);
        next = line->to;
        mpt x = left;
        for (size_t j = 0; j < line->part_count; j++) {
            assert_true(line->parts[j].x >= x);
            assert_true(line->parts[j].count > 0);
            x = line->parts[j].x + line->parts[j].width;
        }
        assert_true(line->overfull || x <= right);
    }
    assert_int_equal(next, para->cluster_count);
}

static struct lines *
fill_with(const struct text_room *room, const struct para *para, struct para_fill fill)
{
    struct lines *lines = para_lines(room->arena, para, &fill);

    assert_sound(para, lines, &fill);
    return lines;
}

static struct lines *
fill_to(const struct text_room *room, const struct para *para, mpt width)
{
    return fill_with(room, para, (struct para_fill){.width = width});
}

static void
lines_hold_the_whole_text(void **state)
{
    const struct para *para = simple(*state, STR(SAMPLE));

    for (mpt width = 1; width < 700000; width += width / 3 + 1) {
        struct lines *lines = fill_to(*state, para, width);
        size_t len = 0;
        for (size_t i = 0; i < lines->count; i++)
            len += text_of(para, &lines->line[i]).len;
        assert_int_equal(len, sizeof SAMPLE - 1);
        assert_true(lines->line[lines->count - 1].last);
    }
}

static void
greedy_fills_what_fits(void **state)
{
    const struct para *para = simple(*state, STR("aa bb cc"));
    const struct para *two = simple(*state, STR("aa bb"));
    struct lines *lines = fill_to(*state, para, para_natural(two));

    assert_int_equal(lines->count, 2);
    assert_str(text_of(para, &lines->line[0]), "aa bb ");
    assert_int_equal(lines->line[0].width, para_natural(two));
    assert_str(text_of(para, &lines->line[1]), "cc");
    lines = fill_to(*state, para, para_natural(two) - 1);
    assert_str(text_of(para, &lines->line[0]), "aa ");
}

static void
the_space_at_the_end_is_painted_but_has_no_width(void **state)
{
    const struct para *para = simple(*state, STR("aa bb"));
    const struct para *one = simple(*state, STR("aa"));
    struct lines *lines = fill_to(*state, para, para_natural(one));

    assert_int_equal(lines->line[0].part_count, 1);
    assert_int_equal(lines->line[0].parts[0].count, 3);
    assert_int_equal(lines->line[0].parts[0].width, para_natural(one));
    assert_false(lines->line[0].overfull);
}

static void
spaces_before_a_line_end_take_no_room(void **state)
{
    mpt natural = para_natural(simple(*state, STR("กข")));

    assert_int_equal(para_natural(simple(*state, STR("กข   \nก"))), natural);
    assert_int_equal(para_widest(simple(*state, STR("ก\nกข   ")), BREAK_COMPOUND), natural);
}

static void
line_breaks_in_the_text(void **state)
{
    const struct para *para = simple(*state, STR("ก\n\nข\n"));
    struct lines *lines = fill_to(*state, para, 100000);

    assert_int_equal(lines->count, 3);
    assert_int_equal(lines->line[1].part_count, 0);
    assert_int_equal(lines->line[1].width, 0);
    assert_true(lines->line[0].last && lines->line[1].last && lines->line[2].last);
    assert_int_equal(para_natural(para), para_natural(simple(*state, STR("ก"))));
}

static void
an_empty_paragraph_has_one_line(void **state)
{
    const struct text_room *room = *state;
    struct lines *lines = fill_to(room, simple(room, STR("")), 100000);

    assert_int_equal(lines->count, 1);
    assert_int_equal(lines->line[0].part_count, 0);
    assert_true(lines->line[0].last);
    assert_int_equal(lines->line[0].size, fonts_draw_size(room->fonts, 16000));
}

static void
indents_and_first_width(void **state)
{
    const struct para *para = simple(*state, STR(SAMPLE));
    struct lines *lines =
        fill_with(*state, para, (struct para_fill){.width = 300000, .first_indent = 70000});

    assert_int_equal(lines->line[0].parts[0].x, 70000);
    assert_int_equal(lines->line[1].parts[0].x, 0);
    lines = fill_with(*state, para, (struct para_fill){.width = 300000, .first_indent = -50000});
    assert_int_equal(lines->line[0].parts[0].x, -50000);
    lines = fill_with(
        *state, para,
        (struct para_fill){.width = 300000, .first_indent = 20000, .first_width = 100000});
    assert_true(lines->line[0].width <= 100000);
}

static void
right_and_center(void **state)
{
    const struct para *para = simple(*state, STR("กขค"));
    mpt width = para_natural(para);
    struct lines *lines =
        fill_with(*state, para, (struct para_fill){.width = 100000, .align = PARA_RIGHT});

    assert_int_equal(lines->line[0].parts[0].x, 100000 - width);
    lines = fill_with(*state, para, (struct para_fill){.width = 100000, .align = PARA_CENTER});
    assert_int_equal(lines->line[0].parts[0].x, (100000 - width) / 2);
}

/* Where the painter comes out at the end of a part. */
static mpt
painted_end(const struct line_part *part, size_t visible)
{
    mpt x = part->x;

    for (size_t i = 0; i < visible; i++) {
        x += part->clusters[i].advance;
        if ((part->clusters[i].flags & CLUSTER_SPACE) != 0)
            x += part->space_gap;
        else if (i + 1 < visible)
            x += line_gap(part->clusters, part->count, i, part->cluster_gap, part->space_gap);
    }
    return x;
}

static void
justified_lines_reach_the_edge(void **state)
{
    const struct para *para = simple(*state, STR(SAMPLE));
    struct para_fill fill = {
        .width = 300000, .align = PARA_JUSTIFY, .cluster_max = 90, .space_max = 300};
    struct lines *lines = fill_with(*state, para, fill);
    mpt most_space = 0, most_cluster = 0;

    assert_true(lines->count > 2);
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->line[i];
        for (size_t j = 0; j < line->part_count; j++) {
            const struct line_part *part = &line->parts[j];
            size_t visible = part->count;
            bool latin = false;
            if (j + 1 == line->part_count)
                while (visible > 0 && (part->clusters[visible - 1].flags & CLUSTER_SPACE) != 0)
                    visible--;
            for (size_t k = 0; k < part->count; k++)
                latin = latin || (part->clusters[k].flags & (CLUSTER_THAI | CLUSTER_SPACE)) == 0;
            assert_true(!latin || part->cluster_gap == 0);
            assert_int_equal(painted_end(part, visible), part->x + part->width);
            most_space = part->space_gap > most_space ? part->space_gap : most_space;
            most_cluster = part->cluster_gap > most_cluster ? part->cluster_gap : most_cluster;
            assert_true(part->space_gap == 0 || !line->last);
        }
        if (!line->last)
            assert_in_range(line->width + line->ragged, 300000 - 200, 300000);
    }
    mpt size = para->clusters[0].run->size;
    assert_true(most_space > 0 && most_space <= size * 300 / 1000);
    assert_true(most_cluster > 0 && most_cluster <= size * 90 / 1000);
}

/* A template may name such characters (&#x200E;); data lose them when they are read. */
static void
what_has_no_width_takes_no_gap(void **state)
{
    const struct para *para = simple(*state, STR("กข\u200Eคง จ\u200E\u200Eฉชซ ฌ\u200Eญ กขคง จฉชซ"));
    static const enum para_method methods[] = {PARA_GREEDY, PARA_FIT, PARA_WORD};

    for (size_t m = 0; m < 3; m++) {
        struct para_fill fill = {.width = para_natural(para) * 6 / 10,
                                 .align = PARA_JUSTIFY,
                                 .method = methods[m],
                                 .cluster_max = 900};
        struct lines *lines = fill_with(*state, para, fill);
        assert_true(lines->count > 1);
        for (size_t j = 0; j < lines->line[0].part_count; j++) {
            const struct line_part *part = &lines->line[0].parts[j];
            size_t visible = part->count;
            while (visible > 0 && (part->clusters[visible - 1].flags & CLUSTER_SPACE) != 0)
                visible--;
            assert_true(part->cluster_gap > 0);
            assert_int_equal(painted_end(part, visible), part->x + part->width);
            assert_true(painted_end(part, visible) <= fill.width);
        }
    }
}

static void
spaces_grow_before_letters(void **state)
{
    const struct para *para = simple(*state, STR("กข กข กข กข"));
    mpt natural = para_natural(simple(*state, STR("กข กข กข")));
    struct para_fill fill = {
        .width = natural + 400, .align = PARA_JUSTIFY, .cluster_max = 90, .space_max = 300};
    struct lines *lines = fill_with(*state, para, fill);

    assert_int_equal(lines->line[0].parts[0].space_gap, 200);
    assert_int_equal(lines->line[0].parts[0].cluster_gap, 0);
    fill.space_max = 0;
    lines = fill_with(*state, para, fill);
    /* ก ข_ก ข_ก ข: five gaps, the last letter has none */
    assert_int_equal(lines->line[0].parts[0].cluster_gap, 80);
    fill.cluster_max = 1;
    lines = fill_with(*state, para, fill);
    assert_int_equal(lines->ragged_count, 1);
    assert_int_equal(lines->line[0].ragged, 400 - 5 * (para->clusters[0].run->size / 1000));
}

static void
latin_is_never_spaced_out(void **state)
{
    const struct para *para = simple(*state, STR("กข abc กข กข"));
    mpt natural = para_natural(simple(*state, STR("กข abc กข")));
    struct para_fill fill = {.width = natural + 600, .align = PARA_JUSTIFY, .cluster_max = 90};
    struct lines *lines = fill_with(*state, para, fill);
    const struct line *line = &lines->line[0];

    assert_int_equal(line->part_count, 3);
    assert_int_equal(line->parts[0].cluster_gap, 200); /* ก_ข_ , then ก_ข */
    assert_int_equal(line->parts[1].cluster_gap, 0);
    assert_int_equal(line->parts[2].cluster_gap, 200);
    assert_int_equal(line->parts[2].x + line->parts[2].width, natural + 600);
}

static void
word_spreads_over_every_cluster(void **state)
{
    const struct para *para = simple(*state, STR("กข abc กข กข"));
    mpt natural = para_natural(simple(*state, STR("กข abc กข")));
    struct para_fill fill = {.width = natural + 800,
                             .align = PARA_JUSTIFY,
                             .method = PARA_WORD,
                             .cluster_max = 90,
                             .space_max = 300};
    struct lines *lines = fill_with(*state, para, fill);
    const struct line_part *part = &lines->line[0].parts[0];

    /* กข abc กข: nine clusters, behind eight of them 100 more */
    assert_int_equal(lines->line[0].part_count, 1);
    assert_int_equal(part->cluster_gap, 100);
    assert_int_equal(part->space_gap, 100);
    assert_int_equal(part->x + part->width, natural + 800);
    fill.cluster_max = 1;
    lines = fill_with(*state, para, fill);
    assert_int_equal(lines->line[0].ragged, 800 - 8 * (para->clusters[0].run->size / 1000));
}

static void
tabs_and_leaders(void **state)
{
    const struct text_room *room = *state;
    static const struct para_tab tabs[] = {{50000, false}, {200000, true}};
    struct str text = STR("ก\tข\tค\tง");
    struct span span = {.to = text.len, .face = FONT_REGULAR, .size = 16000};
    struct para_spec spec = {
        .text = text, .spans = &span, .span_count = 1, .tabs = tabs, .tab_count = 2};
    const struct para *para = make(room, &spec);
    struct lines *lines = fill_to(room, para, 300000);
    const struct line *line = &lines->line[0];

    assert_int_equal(line->part_count, 4);
    assert_int_equal(line->parts[1].x, 50000);
    assert_int_equal(line->parts[2].x, 200000);
    assert_int_equal(line->leader_count, 1);
    assert_int_equal(line->leaders[0].from, 50000 + line->parts[1].width);
    assert_int_equal(line->leaders[0].to, 200000);
    /* beyond the last stop a tab is a space wide; a stop beyond the line is its edge */
    assert_int_equal(line->parts[3].x, 200000 + line->parts[2].width + para->clusters[5].advance);
    lines = fill_to(room, para, 150000);
    assert_int_equal(lines->line[0].leaders[0].to, 150000);
    /* the leader moves with the line */
    lines = fill_with(room, para, (struct para_fill){.width = 300000, .align = PARA_RIGHT});
    assert_true(lines->line[0].leaders[0].to > 200000);
}

static void
what_is_before_a_tab_is_not_moved(void **state)
{
    const struct text_room *room = *state;
    static const struct para_tab tabs[] = {{80000, false}};
    struct str text = STR("ก ข\tก ข ก ข");
    struct span span = {.to = text.len, .face = FONT_REGULAR, .size = 16000};
    struct para_spec spec = {
        .text = text, .spans = &span, .span_count = 1, .tabs = tabs, .tab_count = 1};
    const struct para *para = make(room, &spec);
    struct lines *lines =
        fill_with(room, para,
                  (struct para_fill){
                      .width = para_natural(para) - 1, .align = PARA_JUSTIFY, .space_max = 300});

    assert_int_equal(lines->count, 2);
    assert_int_equal(lines->line[0].parts[0].space_gap, 0);
    assert_int_equal(lines->line[0].parts[1].x, 80000);
    assert_true(lines->line[0].parts[1].space_gap > 0);
}

static void
long_words_break_as_a_last_resort(void **state)
{
    const struct para *para = simple(*state, STR("xx aaaaaaaaaaaaaaaaaaaa"));
    mpt width = para_natural(simple(*state, STR("aaaaaaaa")));
    struct lines *lines = fill_to(*state, para, width);

    assert_str(text_of(para, &lines->line[0]), "xx ");
    assert_str(text_of(para, &lines->line[1]), "aaaaaaaa");
    assert_int_equal(lines->emergency_count, 2);
    assert_false(lines->line[1].overfull);
}

static void
a_held_space_goes_before_a_word(void **state)
{
    const struct para *para = simple(*state, STR("๘๖.๑๗ คะแนน"));
    mpt width = para_natural(simple(*state, STR("๘๖.๑๗ คะแน")));
    struct lines *lines = fill_to(*state, para, width);

    assert_int_equal(lines->count, 2);
    assert_str(text_of(para, &lines->line[0]), "๘๖.๑๗ ");
    assert_int_equal(lines->emergency_count, 1);
}

static void
what_cannot_be_broken_is_overfull(void **state)
{
    const struct para *para = simple(*state, STR("๑๒๓๔๕ ก"));
    struct lines *lines = fill_to(*state, para, 5000);

    assert_int_equal(lines->count, 6);
    assert_true(lines->line[0].overfull);
    assert_str(text_of(para, &lines->line[0]), "๑");
    assert_str(text_of(para, &lines->line[4]), "๕ ");
    assert_false(lines->line[5].overfull && lines->line[5].width <= 5000);
}

/* However it is filled: nothing is refused that has room for its letters. */
static void
anything_is_broken_at_last(void **state)
{
    static const char *const texts[] = {"๑๒๓๔๕๖๗๘",     "!!!!!!!!!!!!",    "%%%%%%%%%%%%",
                                        "////////////", "((((((((((((",    "ๆๆๆๆๆๆๆๆๆๆๆๆ",
                                        "ะะะะะะะะะะะะ", "เเเเเเเเเเเเ",    "ฯฯฯฯฯฯฯฯฯฯฯฯ",
                                        "............", ". . . . . . . .", "๐๐%%%))))!!??"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        for (int method = PARA_GREEDY; method <= PARA_WORD; method++) {
            const struct text_room *room = *state;
            const struct para *para = simple(*state, str_of(texts[i]));
            struct para_fill how = {
                .width = 20000, .align = PARA_JUSTIFY, .method = (enum para_method)method};
            const struct lines *lines = para_lines(room->arena, para, &how);
            for (size_t k = 0; k < lines->count; k++)
                assert_false(lines->line[k].overfull);
            assert_true(lines->count > 1);
        }
    }
}

static void
hints_are_heeded_and_gone(void **state)
{
    const struct text_room *room = *state;
    struct str text = STR("กก\xC2\xA0ขข\xE2\x80\x8Bคค\xE2\x81\xA0งง");
    struct span spans[] = {{.to = 6, .face = FONT_REGULAR, .size = 16000},
                           {.from = 6, .to = 17, .face = FONT_BOLD, .size = 16000},
                           {.from = 17, .to = text.len, .face = FONT_REGULAR, .size = 16000}};
    struct para_spec spec = {.text = text, .spans = spans, .span_count = 3};
    const struct para *para = make(room, &spec);

    assert_str(para->text, "กก ขขคคงง");
    assert_int_equal(para->spans[1].from, 6);
    assert_int_equal(para->spans[1].to, 13);
    assert_int_equal(para->spans[2].to, para->text.len);
    assert_int_equal(para->cluster_count, 9);
    assert_int_equal(para->clusters[2].flags & CLUSTER_SPACE, CLUSTER_SPACE);
    assert_int_equal(para->clusters[3].run->span, 1);
    assert_int_equal(para->grade[7], BREAK_SPACE); /* after the no-break space */
    assert_int_equal(para->grade[13], BREAK_GOOD); /* where U+200B was */
    assert_int_equal(para->grade[19], BREAK_NONE); /* where U+2060 was */
}

/* Else two words would be read as one. */
static void
a_tab_without_a_stop_is_a_blank(void **state)
{
    const struct text_room *room = *state;
    struct str text = STR("กอง\tคลัง");
    struct para_tab stop = {.at = 100000};
    struct span span = {.to = text.len, .face = FONT_REGULAR, .size = 16000};
    struct para_spec spec = {.text = text, .spans = &span, .span_count = 1};
    const struct para *para = make(room, &spec);

    assert_str(para->text, "กอง คลัง");
    assert_int_equal(para->grade[10], BREAK_GOOD);
    spec.tabs = &stop;
    spec.tab_count = 1;
    assert_str(make(room, &spec)->text, "กอง\tคลัง");
}

static void
names_from_data_are_kept_together(void **state)
{
    const struct text_room *room = *state;
    struct str text = STR("และสมมติ ตัวอย่าง");
    struct span spans[] = {
        {.to = 9, .face = FONT_REGULAR, .size = 16000},
        {.from = 9, .to = text.len, .face = FONT_REGULAR, .size = 16000, .keep_together = true}};
    struct para_spec spec = {.text = text, .spans = spans, .span_count = 2};
    const struct para *para = make(room, &spec);
    struct lines *lines = fill_to(room, para, para_natural(para) - 1);

    assert_str(text_of(para, &lines->line[0]), "และ");
    assert_int_equal(para_widest(para, BREAK_COMPOUND),
                     para_natural(simple(room, STR("สมมติ ตัวอย่าง"))));
}

static void
a_bold_word_is_a_part_of_its_own(void **state)
{
    const struct text_room *room = *state;
    struct str text = STR("กขค");
    struct span spans[] = {{.to = 3, .face = FONT_REGULAR, .size = 16000},
                           {.from = 3, .to = 6, .face = FONT_BOLD, .size = 18000},
                           {.from = 6, .to = 9, .face = FONT_REGULAR, .size = 16000}};
    struct para_spec spec = {.text = text, .spans = spans, .span_count = 3};
    struct lines *lines = fill_to(room, make(room, &spec), 300000);
    const struct line *line = &lines->line[0];

    assert_int_equal(line->part_count, 3);
    assert_int_equal(line->size, fonts_draw_size(room->fonts, 18000));
    for (int i = 0; i < 2; i++)
        assert_int_equal(line->parts[i].x + line->parts[i].width, line->parts[i + 1].x);
}

static void
boxes_do_not_make_lines_larger(void **state)
{
    const struct text_room *room = *state;
    struct lines *lines = fill_to(room, simple(room, STR("☐ ก")), 300000);

    assert_int_equal(lines->line[0].size, fonts_draw_size(room->fonts, 16000));
    lines = fill_to(room, simple(room, STR("☐")), 300000);
    assert_int_equal(lines->line[0].size, 16000);
}

/* Where kerning would reach over a line's end, the line is shaped again as it stands. */
static void
lines_are_shaped_again_at_unsafe_breaks(void **state)
{
    const struct text_room *room = *state;
    struct str text = STR("xxAVAVAVAVAVAVAVAVxx");
    const struct para *para = simple(room, text);
    struct lines *lines = fill_to(room, para, para_natural(simple(room, STR("xxAVAVA"))));
    bool again = false;

    assert_true(lines->count > 2);
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->line[i];
        mpt alone = para_natural(simple(room, text_of(para, line)));
        assert_int_equal(line->width, alone);
        again = again || line->parts[0].clusters != &para->clusters[line->from];
    }
    assert_true(again);
    /* kerning that the line's end takes away must not push it over the edge */
    for (mpt width = para_natural(simple(room, STR("xxAV"))), i = 0; i < 300; i++)
        fill_to(room, para, width + i * 100);
}

static void
a_missing_glyph_stops_the_paragraph(void **state)
{
    const struct text_room *room = *state;
    struct diags *diags = diags_new();
    struct breaker *breaker = breaker_open();
    struct str text = STR("中");
    struct span span = {.to = text.len, .face = FONT_REGULAR, .size = 16000};
    struct para_spec spec = {.text = text, .spans = &span, .span_count = 1};

    assert_null(para_new(room->arena, diags, breaker, room->fonts, &spec));
    assert_diag(diags, 0, TEXT_NO_GLYPH);
    breaker_close(breaker);
    diags_free(diags);
}

/* A million bytes without and with breaks; time that grew with the square would never end. */
static void
long_texts_take_time_in_proportion(void **state)
{
    static const char *const units[] = {"ก", "กข ", "a", "ผู้อำนวยการ", "๑", "ก\n", "่", "น้ำ"};
    clock_t start = clock();

    (void)state;
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++) {
        void *room = NULL;
        assert_int_equal(text_room_open(&room), 0);
        struct buf text = buf_in(((struct text_room *)room)->arena);
        while (text.len < 1000000)
            buf_text(&text, units[u]);
        const struct para *para = simple(room, buf_str(&text));
        fill_with(room, para,
                  (struct para_fill){
                      .width = 450000, .align = PARA_JUSTIFY, .space_max = 300, .cluster_max = 90});
        assert_true(para_natural(para) <= UNIT_MAX);
        text_room_close(&room);
    }
    assert_true((clock() - start) / CLOCKS_PER_SEC < 60);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_hold_the_whole_text),
        cmocka_unit_test(greedy_fills_what_fits),
        cmocka_unit_test(the_space_at_the_end_is_painted_but_has_no_width),
        cmocka_unit_test(spaces_before_a_line_end_take_no_room),
        cmocka_unit_test(line_breaks_in_the_text),
        cmocka_unit_test(an_empty_paragraph_has_one_line),
        cmocka_unit_test(indents_and_first_width),
        cmocka_unit_test(right_and_center),
        cmocka_unit_test(justified_lines_reach_the_edge),
        cmocka_unit_test(what_has_no_width_takes_no_gap),
        cmocka_unit_test(spaces_grow_before_letters),
        cmocka_unit_test(latin_is_never_spaced_out),
        cmocka_unit_test(word_spreads_over_every_cluster),
        cmocka_unit_test(tabs_and_leaders),
        cmocka_unit_test(what_is_before_a_tab_is_not_moved),
        cmocka_unit_test(long_words_break_as_a_last_resort),
        cmocka_unit_test(a_held_space_goes_before_a_word),
        cmocka_unit_test(what_cannot_be_broken_is_overfull),
        cmocka_unit_test(anything_is_broken_at_last),
        cmocka_unit_test(hints_are_heeded_and_gone),
        cmocka_unit_test(a_tab_without_a_stop_is_a_blank),
        cmocka_unit_test(names_from_data_are_kept_together),
        cmocka_unit_test(a_bold_word_is_a_part_of_its_own),
        cmocka_unit_test(boxes_do_not_make_lines_larger),
        cmocka_unit_test(lines_are_shaped_again_at_unsafe_breaks),
        cmocka_unit_test(a_missing_glyph_stops_the_paragraph),
        cmocka_unit_test(long_texts_take_time_in_proportion),
    };

    return cmocka_run_group_tests(tests, text_room_open, text_room_close);
}
