/* Shaping: clusters, runs of script, boxes, characters without a glyph. */
#include "text_fonts.h"

#include <hb.h>

#include "base/utf8.h"
#include "text/shape.h"

struct shaped {
    struct cluster *clusters;
    size_t count;
};

static struct shaped
shape(const struct text_room *room, struct str text)
{
    struct span span = {.to = text.len, .face = FONT_REGULAR, .size = 16000};
    struct shaped out;

    assert_true(shape_text(room->arena, room->diags, room->fonts, &(struct text_places){0}, text,
                           &span, 1, &out.clusters, &out.count));
    return out;
}

/* Every byte of the text is in one cluster, in order. */
static void
assert_covers(const struct shaped *shaped, struct str text)
{
    size_t at = 0;

    for (size_t i = 0; i < shaped->count; i++) {
        assert_int_equal(shaped->clusters[i].text, at);
        at += shaped->clusters[i].text_len;
    }
    assert_int_equal(at, text.len);
}

static void
marks_stay_with_their_letter(void **state)
{
    static const struct {
        const char *text;
        size_t clusters;
    } samples[] = {{"น้ำ", 1},  {"ที่", 1},   {"กำ", 1},  {"ปี่", 1},   {"ฐุ", 1},
                   {"เก้า", 3}, {"สิทธิ์", 3}, {"ต่าง", 3}, {"๏ ๛", 3}, {"฿๑๐", 3}};

    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        struct str text = str_of(samples[i].text);
        struct shaped shaped = shape(*state, text);
        assert_int_equal(shaped.count, samples[i].clusters);
        assert_covers(&shaped, text);
    }
}

/* Glyphs of a run as HarfBuzz gives them for the whole text. */
static void
assert_as_harfbuzz(const struct text_room *room, struct str text)
{
    struct shaped shaped = shape(room, text);
    hb_buffer_t *buffer = hb_buffer_create();
    unsigned count, at = 0;

    hb_buffer_add_utf8(buffer, text.ptr, (int)text.len, 0, (int)text.len);
    hb_buffer_set_script(buffer, HB_SCRIPT_THAI);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, hb_language_from_string("th", -1));
    hb_shape(room->fonts->face[FONT_REGULAR]->hb, buffer, NULL, 0);
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *place = hb_buffer_get_glyph_positions(buffer, NULL);
    for (size_t i = 0; i < shaped.count; i++) {
        for (size_t j = 0; j < shaped.clusters[i].glyph_count; j++, at++) {
            const struct glyph *glyph = &shaped.clusters[i].glyphs[j];
            assert_true(at < count);
            assert_int_equal(glyph->id, info[at].codepoint);
            assert_int_equal(glyph->advance, place[at].x_advance);
            assert_int_equal(glyph->dx, place[at].x_offset);
            assert_int_equal(glyph->dy, place[at].y_offset);
        }
    }
    assert_int_equal(at, count);
    hb_buffer_destroy(buffer);
}

/* 46 letters with 12 vowels and 5 tones, and with ำ. */
static void
systematic_syllables(void **state)
{
    static const char *const vowels[] = {"", "ั", "า", "ำ", "ิ", "ี", "ึ", "ื", "ุ", "ู", "็", "์"};
    static const char *const tones[] = {"", "่", "้", "๊", "๋"};
    const struct text_room *room = *state;

    for (int letter = 0; letter < 46; letter++) {
        struct arena_mark mark = arena_mark(room->arena);
        struct buf text = buf_in(room->arena);
        for (size_t v = 0; v < 12; v++) {
            for (size_t t = 0; t < 5; t++) {
                bool after = strcmp(vowels[v], "า") == 0 || strcmp(vowels[v], "ำ") == 0;
                buf_utf8(&text, 0x0E01 + (uint32_t)letter);
                buf_text(&text, after ? tones[t] : vowels[v]);
                buf_text(&text, after ? vowels[v] : tones[t]);
            }
        }
        assert_as_harfbuzz(room, buf_str(&text));
        arena_reset(room->arena, mark);
    }
}

static void
thai_and_latin_in_either_order(void **state)
{
    static const char *const texts[] = {"ITA กำ", "กำ ITA", "(ITA) น้ำ (OIT)", "“น้ำ” ITA๒", "1. น้ำ"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct str text = str_of(texts[i]);
        struct shaped shaped = shape(*state, text);
        assert_covers(&shaped, text);
        for (size_t j = 0; j < shaped.count; j++) {
            size_t at = shaped.clusters[j].text;
            uint32_t c = utf8_next(text, &at);
            if (c >= 'A' && c <= 'Z')
                assert_int_equal(shaped.clusters[j].flags & CLUSTER_THAI, 0);
            if (c >= 0x0E01 && c <= 0x0E59)
                assert_int_not_equal(shaped.clusters[j].flags & CLUSTER_THAI, 0);
        }
    }
}

static void
advances_are_in_thousandths_of_a_point(void **state)
{
    const struct text_room *room = *state;
    struct shaped shaped = shape(room, STR("น้ำ"));
    int units = 0;

    for (size_t i = 0; i < shaped.clusters[0].glyph_count; i++)
        units += shaped.clusters[0].glyphs[i].advance;
    assert_int_equal(shaped.clusters[0].run->size, fonts_draw_size(room->fonts, 16000));
    assert_int_equal(shaped.clusters[0].advance, font_length(room->fonts->face[FONT_REGULAR],
                                                             shaped.clusters[0].run->size, units));
}

static void
boxes_come_from_their_own_font(void **state)
{
    const struct text_room *room = *state;
    struct shaped shaped = shape(room, STR("☐ ทำ ☑✓"));

    assert_int_equal(shaped.count, 6);
    assert_ptr_equal(shaped.clusters[0].run->font, room->fonts->face[FONT_BOXES]);
    assert_int_equal(shaped.clusters[0].run->size, 16000); /* the nominal size */
    assert_int_equal(shaped.clusters[0].advance, 9600);
    assert_ptr_equal(shaped.clusters[2].run->font, room->fonts->face[FONT_REGULAR]);
    assert_int_equal(shaped.clusters[4].glyphs[0].id, 13);
    assert_int_equal(shaped.clusters[5].glyphs[0].id, 15);
}

/* What is pasted from word processors and no Thai font has. */
static void
bullets_and_arrows_come_from_the_font_of_boxes(void **state)
{
    const struct text_room *room = *state;
    struct shaped shaped = shape(room, STR("□☒●▪○◦→✔"));

    assert_int_equal(shaped.count, 8);
    for (size_t i = 0; i < shaped.count; i++) {
        assert_ptr_equal(shaped.clusters[i].run->font, room->fonts->face[FONT_BOXES]);
        assert_int_equal(shaped.clusters[i].glyph_count, 1);
        assert_int_not_equal(shaped.clusters[i].glyphs[0].id, 0);
    }
}

static void
spans_choose_face_and_size(void **state)
{
    const struct text_room *room = *state;
    struct str text = STR("กขค");
    struct span spans[] = {{.to = 3, .face = FONT_REGULAR, .size = 16000},
                           {.from = 3, .to = 9, .face = FONT_BOLD, .size = 20000}};
    struct cluster *clusters;
    size_t count;

    assert_true(shape_text(room->arena, room->diags, room->fonts, &(struct text_places){0}, text,
                           spans, 2, &clusters, &count));
    assert_int_equal(count, 3);
    assert_int_equal(clusters[0].run->span, 0);
    assert_int_equal(clusters[1].run->span, 1);
    assert_ptr_equal(clusters[2].run->font, room->fonts->face[FONT_BOLD]);
    assert_int_equal(clusters[2].run->size, fonts_draw_size(room->fonts, 20000));
}

static void
what_has_no_glyph_is_flagged(void **state)
{
    struct str text = STR("ก\tข\nค\xE2\x80\x8B \xC2\xA0x");
    struct shaped shaped = shape(*state, text);
    static const unsigned flags[] = {
        0, CLUSTER_TAB, 0, CLUSTER_NEWLINE, 0, CLUSTER_INVISIBLE, CLUSTER_SPACE, CLUSTER_SPACE, 0};

    assert_int_equal(shaped.count, 9);
    assert_covers(&shaped, text);
    for (size_t i = 0; i < 9; i++) {
        unsigned kind = shaped.clusters[i].flags & ~(unsigned)(CLUSTER_THAI | CLUSTER_UNSAFE);
        assert_int_equal(kind, flags[i]);
        if ((kind & ~(unsigned)CLUSTER_SPACE) != 0)
            assert_int_equal(shaped.clusters[i].glyph_count, 0);
    }
    assert_int_equal(shaped.clusters[1].advance, shaped.clusters[6].advance);
    assert_int_equal(shaped.clusters[5].advance, 0);
}

static void
a_character_without_glyph_is_named_once(void **state)
{
    const struct text_room *room = *state;
    struct diags *diags = diags_new();
    struct str text = STR("ก中ข中 \xF0\x9F\x98\x80");
    struct span span = {.to = text.len, .face = FONT_BOLD, .size = 16000};
    const struct text_place written[] = {{0, {"a.yaml", 7, 3}}, {5, {"b.yaml", 9, 1}}};
    const struct text_places places = {written, 2};
    struct shaped out;

    assert_false(shape_text(room->arena, diags, room->fonts, &places, text, &span, 1, &out.clusters,
                            &out.count));
    assert_int_equal(diags_count(diags), 2);
    assert_diag(diags, 0, TEXT_NO_GLYPH);
    assert_string_equal(diags_at(diags, 0)->arg[0], "中");
    assert_string_equal(diags_at(diags, 0)->arg[1], "U+4E2D");
    assert_int_equal(diags_at(diags, 0)->pos.line, 7);
    assert_string_equal(diags_at(diags, 1)->arg[1], "U+1F600");
    assert_int_equal(diags_at(diags, 1)->pos.line, 9);
    diags_free(diags);
}

static void
an_endless_paragraph_is_refused(void **state)
{
    const struct text_room *room = *state;
    struct diags *diags = diags_new();
    size_t len = SHAPE_TEXT_MAX + 1;
    char *text = malloc(len);
    struct span span = {.to = len, .face = FONT_REGULAR, .size = 16000};
    struct shaped out;

    memset(text, 'a', len);
    assert_false(shape_text(room->arena, diags, room->fonts, &(struct text_places){0},
                            (struct str){text, len}, &span, 1, &out.clusters, &out.count));
    assert_diag(diags, 0, TEXT_TOO_LONG);
    free(text);
    diags_free(diags);
}

static void
a_range_is_shaped_as_if_alone(void **state)
{
    const struct text_room *room = *state;
    struct str text = STR("xAVx");
    struct span span = {.to = text.len, .face = FONT_REGULAR, .size = 100000};
    struct shaped whole = shape(room, STR("A")), out;

    assert_true(
        shape_range(room->arena, room->fonts, text, 1, 2, &span, 0, 0, &out.clusters, &out.count));
    assert_int_equal(out.count, 1);
    assert_int_equal(out.clusters[0].text, 1);
    assert_int_equal(out.clusters[0].glyphs[0].advance, whole.clusters[0].glyphs[0].advance);
}

static void
assert_same(const struct shaped *a, const struct shaped *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct cluster *x = &a->clusters[i], *y = &b->clusters[i];
        assert_int_equal(x->text, y->text);
        assert_int_equal(x->text_len, y->text_len);
        assert_int_equal(x->advance, y->advance);
        assert_int_equal(x->flags, y->flags);
        assert_int_equal(x->glyph_count, y->glyph_count);
        assert_memory_equal(x->glyphs, y->glyphs, x->glyph_count * sizeof *x->glyphs);
    }
}

/* A run is kept from the second time on, and stands elsewhere in the text then. */
static void
what_comes_again_is_shaped_the_same(void **state)
{
    static const char *const texts[] = {"ดีมาก", "ที่ ITA score ดีมาก", "ITA score ดีมาก",
                                        "กกดีมาก ITA score", "๑๒.๕๐"};
    const struct text_room *room = *state;
    struct fonts alone = *room->fonts;

    alone.again = NULL;
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            struct text_room plain = *room;
            struct shaped kept = shape(room, str_of(texts[i])), fresh;
            plain.fonts = &alone;
            fresh = shape(&plain, str_of(texts[i]));
            assert_same(&kept, &fresh);
            assert_covers(&kept, str_of(texts[i]));
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_stay_with_their_letter),
        cmocka_unit_test(systematic_syllables),
        cmocka_unit_test(thai_and_latin_in_either_order),
        cmocka_unit_test(advances_are_in_thousandths_of_a_point),
        cmocka_unit_test(boxes_come_from_their_own_font),
        cmocka_unit_test(bullets_and_arrows_come_from_the_font_of_boxes),
        cmocka_unit_test(spans_choose_face_and_size),
        cmocka_unit_test(what_has_no_glyph_is_flagged),
        cmocka_unit_test(a_character_without_glyph_is_named_once),
        cmocka_unit_test(an_endless_paragraph_is_refused),
        cmocka_unit_test(a_range_is_shaped_as_if_alone),
        cmocka_unit_test(what_comes_again_is_shaped_the_same),
    };

    return cmocka_run_group_tests(tests, text_room_open, text_room_close);
}
