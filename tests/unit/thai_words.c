/* Thai words: "|" is a word's end, "¦" one between parts of a compound. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "thai/words.h"

/* The text with its marks; those for syllables only when asked for. */
static struct str
marked(struct arena *arena, const struct words_own *own, struct str text, bool syllables)
{
    static const char *const marks[] = {[WORD_INSIDE] = "",
                                        [WORD_EDGE] = "",
                                        [WORD_SYLLABLE] = "!",
                                        [WORD_PART] = "¦",
                                        [WORD_END] = "|"};
    unsigned char *end = arena_alloc(arena, text.len + 1);
    struct buf out = buf_in(arena);

    words_find(text, own, end);
    for (size_t i = 0; i < text.len; i++) {
        if (end[i] != WORD_SYLLABLE || syllables)
            buf_text(&out, marks[end[i]]);
        buf_byte(&out, text.ptr[i]);
    }
    return buf_str(&out);
}

static void
assert_words(struct arena *arena, const struct words_own *own, const char *expected, bool syllables)
{
    struct buf plain = buf_in(arena);

    for (const char *c = expected; *c != '\0'; c++) {
        if (strncmp(c, "¦", 2) == 0)
            c++;
        else if (*c != '|' && *c != '!')
            buf_byte(&plain, *c);
    }
    assert_str(marked(arena, own, buf_str(&plain), syllables), expected);
}

static void
each(const char *const *list, size_t count, bool syllables)
{
    struct arena *arena = arena_new(0);

    for (size_t i = 0; i < count; i++)
        assert_words(arena, NULL, list[i], syllables);
    arena_free(arena);
}

#define EACH(syllables, ...)                                   \
    do {                                                       \
        static const char *const list[] = {__VA_ARGS__};       \
        each(list, sizeof list / sizeof list[0], (syllables)); \
    } while (0)

static void
running_text(void **state)
{
    (void)state;
    EACH(false, "แม่¦ซื้อ|ปลา|ที่|ตลาด", "ฝน|ตกหนัก|ตั้งแต่|เช้า", "ครู|อ่าน|หนังสือ|ให้|เด็ก|ฟัง");
}

static void
offices_are_not_cut(void **state)
{
    (void)state;
    EACH(false, "ผู้¦อำนวยการ|กอง|คลัง", "กอง|ช่าง", "เฟซบุ๊ก", "ธรรมาภิบาล");
}

static void
compounds_have_parts(void **state)
{
    (void)state;
    EACH(false, "หน่วย¦งาน", "สำนัก¦งาน", "วัน¦ที่");
}

static void
unknown_stretches_stay_whole(void **state)
{
    (void)state;
    EACH(false, "ไป|ฮงซาเก|กับ|แม่", "เด็ก|ชื่อ|ณฐัฑฒิกาณ์");
    EACH(true, "ฮงซา!เก");
}

static void
signs_stay_with_their_word(void **state)
{
    (void)state;
    EACH(false, "เพื่อนๆ|ไป|ตลาด", "กรุงเทพฯ|และ|เชียงใหม่", "ต่างๆฯลฯ|และ");
}

static void
places_stay_whole_after_their_title(void **state)
{
    (void)state;
    EACH(false, "ตำบล|ในเมือง", "ตำบล|บ้านใหม่|อำเภอ|เมือง", "ที่|บ้าน|ใหม่");
}

static void
letters_typed_in_two(void **state)
{
    (void)state;
    /* nikhahit and aa for am, also with a tone; e and e for ae */
    EACH(false, "คน|ทําให้|ดู", "ดื่ม|นํ้า|เย็น", "คน|เเละ|วัด");
}

static void
what_is_not_thai_parts_words(void **state)
{
    (void)state;
    EACH(false, "คน ITA คน", "ปลา,ปลา", "คน\xE0\xB8คน", "คน\xE2\x80\x8Bคน", "๑คน๒");
}

static void
own_words(void **state)
{
    struct arena *arena = arena_new(0);
    struct str words[] = {STR("ฮงซาเกและ"), STR("ปลาที่ตลาด"), STR("ITA"), STR(""), STR("ก ข")};
    struct words_own *own = words_own_new(arena, words, 5);

    (void)state;
    assert_words(arena, NULL, "ไป|ฮงซาเก|และ|มา|แล้ว", false);
    assert_words(arena, own, "ไป|ฮงซาเกและ|มา|แล้ว", false);
    assert_words(arena, own, "แม่¦ซื้อ|ปลาที่ตลาด", false);
    assert_true(words_are_thai(STR("เเละฯๆ")));
    assert_false(words_are_thai(STR("๑")));
    assert_false(words_are_thai(STR("\xE0\xB8")));
    arena_free(arena);
}

/* No line may begin with a sign, a vowel after its letter or a mark, nor end after a leading vowel.
 */
static void
no_end_parts_a_cluster(void **state)
{
    enum { LETTERS = 20000 };
    struct arena *arena = arena_new(0);
    struct buf text = buf_in(arena);
    unsigned char *end = arena_alloc(arena, LETTERS * 3 + 1);
    unsigned seed = 7;

    (void)state;
    for (int i = 0; i < LETTERS; i++) {
        seed = seed * 1103515245 + 12345;
        unsigned code = 1 + (seed >> 16) % 0x4E;
        buf_utf8(&text, 0x0E00 + (code > 0x3A && code < 0x40 ? 0x01 : code));
    }
    words_find(buf_str(&text), NULL, end);
    for (size_t i = 3; i < text.len; i += 3) {
        uint32_t c =
            0x0E00 + ((unsigned)text.ptr[i + 1] & 1) * 64 + ((unsigned)text.ptr[i + 2] & 63);
        uint32_t last =
            0x0E00 + ((unsigned)text.ptr[i - 2] & 1) * 64 + ((unsigned)text.ptr[i - 1] & 63);
        bool dependent = c >= 0x0E2F && !(c >= 0x0E40 && c <= 0x0E44);
        assert_true(end[i] == WORD_INSIDE || !(dependent || (last >= 0x0E40 && last <= 0x0E44)));
        assert_true(end[i + 1] == WORD_INSIDE && end[i + 2] == WORD_INSIDE);
    }
    arena_free(arena);
}

/* ---- long runs */

static struct str
repeated(struct arena *arena, const char *text, size_t count)
{
    struct buf out = buf_in(arena);

    while (count-- > 0)
        buf_text(&out, text);
    return buf_str(&out);
}

/* A run longer than a window comes out as its parts do. */
static void
windows_leave_no_seam(void **state)
{
    struct arena *arena = arena_new(0);
    struct str text = repeated(arena, "แม่ซื้อปลาที่ตลาด", 200);

    (void)state;
    struct str whole = repeated(arena, "แม่¦ซื้อ|ปลา|ที่|ตลาด|", 200);
    assert_str(marked(arena, NULL, text, false), str_cstr(arena, str_sub(whole, 0, whole.len - 1)));
    arena_free(arena);
}

static double
seconds(struct str text, unsigned char *end)
{
    struct timespec from, to;
    double best = 0;

    for (int i = 0; i < 3; i++) {
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
        words_find(text, NULL, end);
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
        double took = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
        best = i == 0 || took < best ? took : best;
    }
    return best;
}

/* Eight times the text takes no more than sixteen times as long. */
static void
time_grows_with_the_text(void **state)
{
    static const char *const units[] = {"กา", "ก่้๊๋็์ํ๎", "ฮ", "แม่ซื้อปลา", "ๆ", "เ", "กรรม"};
    struct arena *arena = arena_new(0);

    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        size_t count = 1000000 / strlen(units[i]);
        struct str text = repeated(arena, units[i], count);
        unsigned char *end = arena_alloc(arena, text.len + 1);
        double part = seconds(str_sub(text, 0, strlen(units[i]) * (count / 8)), end);
        assert_true(seconds(text, end) < part * 16 + 0.001);
    }
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(running_text),
        cmocka_unit_test(offices_are_not_cut),
        cmocka_unit_test(compounds_have_parts),
        cmocka_unit_test(unknown_stretches_stay_whole),
        cmocka_unit_test(signs_stay_with_their_word),
        cmocka_unit_test(places_stay_whole_after_their_title),
        cmocka_unit_test(letters_typed_in_two),
        cmocka_unit_test(what_is_not_thai_parts_words),
        cmocka_unit_test(own_words),
        cmocka_unit_test(no_end_parts_a_cluster),
        cmocka_unit_test(windows_leave_no_seam),
        cmocka_unit_test(time_grows_with_the_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
