/* Folding: what is the same to those who search. */
#include "test.h"

#include "thai/fold.h"

static void
each(void **state, const char *const pairs[][2], size_t count)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < count; i++) {
        struct str once = fold_text(f->arena, str_of(pairs[i][0]));
        assert_str(once, pairs[i][1]);
        assert_str(fold_text(f->arena, once), pairs[i][1]);
    }
}

#define EACH(...)                                            \
    do {                                                     \
        static const char *const pairs[][2] = {__VA_ARGS__}; \
        each(state, pairs, sizeof pairs / sizeof pairs[0]);  \
    } while (0)

static void
digits_and_capitals_are_one(void **state)
{
    EACH({"ปี ๒๕๖๖", "ปี 2566"}, {"O26 ITA", "o26 ita"}, {"ÉCOLE ΑΒΓ Привет", "école αβγ привет"},
         {"Ⅳ ﬁ ß", "ⅳ ﬁ ß"});
}

static void
thai_has_one_order(void **state)
{
    EACH({"นํ้า จํานวน นำ้", "น้ำ จำนวน น้ำ"}, {"ท่ี เเละ", "ที่ และ"}, {"ที่่", "ที่"}, {"ก\xef\x9c\x8a", "ก่"});
}

static void
blanks_are_one_and_the_unseen_is_none(void **state)
{
    EACH({"ก  \t\n ข", "ก ข"}, {" ก\xc2\xa0", " ก "},
         {"ก\xe2\x80\x8bข\xc2\xadค\xe2\x81\xa0ง", "กขคง"}, {"ก \xe2\x80\x8b ข", "ก ข"},
         {"ก\x01ข", "ก ข"}, {"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7", "👩👧"});
}

static void
quotes_and_dashes_are_straight(void **state)
{
    EACH({"“ก” ‘ข’", "\"ก\" 'ข'"}, {"๒๕๖๕–๒๕๖๖ — ก\xe2\x80\x91ข", "2565-2566 - ก-ข"},
         {"Ａ（ก）", "a(ก)"});
}

static void
marks_of_letters_compose(void **state)
{
    EACH({"e\xcc\x81 E\xcc\x81", "é é"}, {"\xe2\x84\xaa\xe2\x84\xa6", "kω"},
         {"\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", "각"});
}

static void
what_is_repeated_or_shortened_stays(void **state)
{
    EACH({"ต่าง ๆ ฯลฯ กรุงเทพฯ ฿ ๏", "ต่าง ๆ ฯลฯ กรุงเทพฯ ฿ ๏"}, {"ก ๆ", "ก ๆ"}, {"", ""});
}

static void
nothing_is_refused(void **state)
{
    EACH({"ก\xff\xe0\xb8ข", "ก\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdข"},
         {"\xee\x80\x80ก", "\xee\x80\x80ก"}, {"\xe0\xb8\x80ก", "\xe0\xb8\x80ก"},
         {"\xee\x80\x80\xef\x9c\x8a", "\xee\x80\x80่"});
}

/* Of a heap of marks that is no letter the first are enough to find it again. */
static void
a_heap_of_marks_is_cut(void **state)
{
    struct fixture *f = *state;
    struct buf heap = buf_in(f->arena);

    for (int i = 0; i < 500; i++)
        buf_text(&heap, i == 0 ? "ก" : i % 2 == 0 ? "่" : "ิ");
    struct str once = fold_text(f->arena, buf_str(&heap));
    assert_int_equal(once.len, 15);
    assert_true(str_eq(fold_text(f->arena, once), once));
}

/* Also with a mark that is moved by what follows it. */
static void
pieces_of_marks_stay(void **state)
{
    struct fixture *f = *state;
    static const char *const texts[] = {"นํู้", "นํุ่", "นู้ํ", "กํิ่", "ก็ํ้", "นํู้า", "นํ้า", "กุํ"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct str once = fold_text(f->arena, str_of(texts[i]));
        for (size_t from = 0; from < once.len; from += 3) {
            for (size_t to = from + 3; to <= once.len; to += 3) {
                struct str piece = str_sub(once, from, to - from);
                if (!str_eq(fold_text(f->arena, piece), piece))
                    fail_msg("%s: %.*s", texts[i], STR_FMT(piece));
            }
        }
    }
}

static void
places_are_those_of_the_original(void **state)
{
    struct fixture *f = *state;
    struct folded folded = fold_with_places(f->arena, STR("“นํ้า”  ๒"));

    /* " น ้ ำ " blank 2 */
    assert_str(folded.text, "\"น้ำ\" 2");
    assert_int_equal(folded.place[0].from, 0);
    assert_int_equal(folded.place[1].from, 3); /* น with its marks is one piece */
    assert_int_equal(folded.place[9].from, 3);
    assert_int_equal(folded.place[9].to, 15);
    assert_int_equal(folded.place[10].from, 15);
    assert_int_equal(folded.place[11].from, 18); /* both blanks */
    assert_int_equal(folded.place[11].to, 20);
    assert_int_equal(folded.place[12].from, 20);
    assert_int_equal(folded.place[12].to, 23);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(digits_and_capitals_are_one),
        TEST(thai_has_one_order),
        TEST(blanks_are_one_and_the_unseen_is_none),
        TEST(quotes_and_dashes_are_straight),
        TEST(marks_of_letters_compose),
        TEST(what_is_repeated_or_shortened_stays),
        TEST(nothing_is_refused),
        TEST(a_heap_of_marks_is_cut),
        TEST(pieces_of_marks_stay),
        TEST(places_are_those_of_the_original),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
