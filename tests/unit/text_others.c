/* Letters that other fonts lend. The lending fonts are made here out of the one that the system
 * has: other families, with letters that it lacks drawn as letters that it has. */
#include "text_fonts.h"

#include <hb.h>

#include "base/files.h"
#include "base/path.h"
#include "text/font_inner.h"
#include "text/shape.h"

#define HAN 0x4E2D
#define PI 0x03C0
#define MACRON 0x0304

static const char *const names[] = {"r.ttf", "b.ttf", "i.ttf", "bi.ttf", "x.ttf", "y.ttf"};

/* A folder, in memory, with the report's font, and two that lend: x has π and 中, y has π, x and
 * its macron. */
struct lending {
    struct arena *arena;
    struct diags *diags;
    struct files files;
    struct fonts *fonts;
    struct cluster *clusters;
    size_t count;
};

static void
save(struct lending *l, size_t i, struct str bytes)
{
    struct files_named *named = arena_alloc(l->arena, sizeof *named);

    *named =
        (struct files_named){path_join(l->arena, "laid", names[i]), bytes, l->files.named, false};
    l->files.named = named;
}

/* Adds a family: "Laksama" and a letter. */
static void
add_lender(struct lending *l, const struct text_room *room, size_t i, char letter,
           uint32_t (*map)[2], size_t count)
{
    struct str bytes = text_font_with_map(l->arena, room->fonts->face[FONT_REGULAR], map, count);

    text_rename_font((char *)bytes.ptr, bytes.len, letter);
    save(l, i, bytes);
}

static void
lending_open(struct lending *l, const struct text_room *room, const char *order)
{
    uint32_t first[][2] = {{'1', '1'}, {'x', 'x'}, {PI, 'p'}, {HAN, 'H'}};
    uint32_t second[][2] = {{'1', '1'}, {'x', 'x'}, {MACRON, 0x0E4D}, {PI, 'q'}};
    struct font_search search = {.files = &l->files, .font_dir = "laid"};

    *l = (struct lending){.arena = arena_new(0), .diags = diags_new()};
    for (size_t i = 0; i < 4; i++)
        save(l, i, room->fonts->face[i]->bytes);
    add_lender(l, room, 4, 'x', first, 4);
    add_lender(l, room, 5, 'y', second, 4);
    search.others = str_of(order);
    l->fonts = fonts_open(l->arena, l->diags, &search);
    assert_non_null(l->fonts);
}

static void
lending_close(struct lending *l)
{
    fonts_close(l->fonts);
    diags_free(l->diags);
    arena_free(l->arena);
}

static bool
shape(struct lending *l, const char *text, enum font_face face)
{
    struct str whole = str_of(text);
    struct span span = {.to = whole.len, .face = face, .size = 16000};
    struct text_places none = {0};

    return shape_text(l->arena, l->diags, l->fonts, &none, whole, &span, 1, &l->clusters,
                      &l->count);
}

/* The family that cluster `i` is drawn in. */
static const char *
family(const struct lending *l, size_t i)
{
    assert_true(i < l->count);
    return str_cstr(l->arena, l->clusters[i].run->font->family);
}

static void
families_are_asked_in_the_order_of_their_names(void **state)
{
    struct lending l;

    lending_open(&l, *state, "");
    assert_true(shape(&l, "กπ中ข", FONT_REGULAR));
    assert_int_equal(l.count, 4);
    assert_string_equal(family(&l, 0), "Laksaman");
    assert_string_equal(family(&l, 1), "Laksamax");
    assert_string_equal(family(&l, 2), "Laksamax");
    assert_string_equal(family(&l, 3), "Laksaman");
    assert_int_equal(diags_count(l.diags), 2);
    assert_diag(l.diags, 0, TEXT_OTHER_FONT);
    assert_string_equal(diags_at(l.diags, 0)->arg[0], "π");
    assert_string_equal(diags_at(l.diags, 0)->arg[1], "U+03C0");
    assert_string_equal(diags_at(l.diags, 0)->arg[2], "Laksamax");
    /* each letter is told once */
    assert_true(shape(&l, "π", FONT_BOLD));
    assert_int_equal(diags_count(l.diags), 2);
    lending_close(&l);
}

static void
those_that_the_style_names_come_first(void **state)
{
    struct lending l;

    lending_open(&l, *state, "Nowhere, LAKSAMAY");
    assert_true(shape(&l, "π中", FONT_REGULAR));
    assert_string_equal(family(&l, 0), "Laksamay");
    assert_string_equal(family(&l, 1), "Laksamax");
    assert_ptr_equal(lent_font(l.fonts->lent, 0), l.clusters[0].run->font);
    assert_ptr_equal(lent_font(l.fonts->lent, 1), l.clusters[1].run->font);
    assert_null(lent_font(l.fonts->lent, 2));
    lending_close(&l);
}

static void
nothing_is_lent_where_nothing_is_missing(void **state)
{
    struct lending l;

    lending_open(&l, *state, "");
    assert_true(shape(&l, "ก x\t๑๕ ☐ •", FONT_REGULAR));
    assert_null(lent_font(l.fonts->lent, 0));
    assert_int_equal(diags_count(l.diags), 0);
    lending_close(&l);
}

/* x is there, its macron is not: both come from the font that has both. */
static void
a_letter_stays_with_its_marks(void **state)
{
    struct lending l;

    lending_open(&l, *state, "");
    assert_true(shape(&l, "x x\xCC\x84 x", FONT_REGULAR));
    assert_int_equal(l.count, 5);
    assert_string_equal(family(&l, 0), "Laksaman");
    assert_string_equal(family(&l, 2), "Laksamay");
    assert_int_equal(l.clusters[2].text_len, 3);
    assert_string_equal(family(&l, 4), "Laksaman");
    assert_int_equal(diags_count(l.diags), 1);
    assert_string_equal(diags_at(l.diags, 0)->arg[1], "U+0304");
    /* no font has both of these */
    assert_false(shape(&l, "中\xCC\x84", FONT_REGULAR));
    assert_diag(l.diags, 1, TEXT_NO_GLYPH);
    lending_close(&l);
}

/* The lending font's digits are as high as the report's, though its em is twice as large. */
static void
letters_are_scaled_by_digits(void **state)
{
    const struct text_room *room = *state;
    const struct font *regular = room->fonts->face[FONT_REGULAR];
    uint32_t map[11][2] = {[10] = {HAN, 'H'}};
    struct lending l;

    for (uint32_t i = 0; i < 10; i++)
        map[i][0] = map[i][1] = '0' + i;
    lending_open(&l, room, "");
    struct str bytes = text_font_with_map(l.arena, regular, map, 11);
    unsigned char *head = (unsigned char *)bytes.ptr;
    while (memcmp(head, "head", 4) != 0)
        head++;
    head = (unsigned char *)bytes.ptr + (head[10] << 8 | head[11]) + (head[9] << 16) + 18;
    head[0] = (unsigned char)(2 * regular->upem >> 8);
    head[1] = (unsigned char)(2 * regular->upem & 0xFF);
    text_rename_font((char *)bytes.ptr, bytes.len, 'x');
    save(&l, 4, bytes);
    assert_true(shape(&l, "中H", FONT_REGULAR));
    assert_true(l.clusters[0].run->font->other);
    assert_int_equal(l.clusters[0].run->font->upem, 2 * regular->upem);
    assert_int_equal(l.clusters[0].run->size, 2 * l.clusters[1].run->size);
    assert_int_equal(l.clusters[0].advance, l.clusters[1].advance);
    lending_close(&l);
}

static void
the_same_is_found_in_any_order(void **state)
{
    struct lending one, two;

    lending_open(&one, *state, "");
    lending_open(&two, *state, "");
    assert_true(shape(&one, "π x\xCC\x84 中", FONT_ITALIC));
    assert_true(shape(&two, "中 x\xCC\x84 π", FONT_ITALIC));
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(family(&one, i), family(&two, 4 - i));
    lending_close(&one);
    lending_close(&two);
}

static void
what_is_not_lent(void **state)
{
    struct lending l;

    lending_open(&l, *state, "");
    assert_false(shape(&l, "漢", FONT_REGULAR));
    assert_diag(l.diags, 0, TEXT_NO_GLYPH);
    assert_string_equal(diags_at(l.diags, 0)->arg[1], "U+6F22");
    assert_false(shape(&l, "א", FONT_REGULAR));
    assert_diag(l.diags, 1, TEXT_LEFTWARD);
    lending_close(&l);
}

static void
damaged_fonts_lend_nothing(void **state)
{
    const struct text_room *room = *state;
    struct lending l;

    lending_open(&l, room, "");
    struct str whole = room->fonts->face[FONT_REGULAR]->bytes;
    uint32_t map[][2] = {{'1', '1'}, {HAN, 'H'}};
    struct str made = text_font_with_map(l.arena, room->fonts->face[FONT_REGULAR], map, 2);
    char *copy = arena_strndup(l.arena, made.ptr, made.len);
    text_rename_font(copy, made.len, 'x');
    for (size_t i = 0; i + 4 < 400; i++) { /* the directory says where the outlines are */
        if (memcmp(copy + i, "glyf", 4) == 0)
            memset(copy + i + 8, 0x7F, 4);
    }
    save(&l, 4, (struct str){copy, made.len});
    save(&l, 5, str_sub(whole, 0, 3000));
    assert_false(shape(&l, "中", FONT_REGULAR));
    assert_int_equal(diags_count(l.diags), 1);
    assert_diag(l.diags, 0, TEXT_NO_GLYPH);
    lending_close(&l);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(families_are_asked_in_the_order_of_their_names),
        cmocka_unit_test(those_that_the_style_names_come_first),
        cmocka_unit_test(nothing_is_lent_where_nothing_is_missing),
        cmocka_unit_test(a_letter_stays_with_its_marks),
        cmocka_unit_test(letters_are_scaled_by_digits),
        cmocka_unit_test(the_same_is_found_in_any_order),
        cmocka_unit_test(what_is_not_lent),
        cmocka_unit_test(damaged_fonts_lend_nothing),
    };

    return cmocka_run_group_tests(tests, text_room_open, text_room_close);
}
