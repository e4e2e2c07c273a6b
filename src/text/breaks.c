/* Break places: Thai words (thai/words.h), ICU for all else (breaks_icu.c), then what they must not
 * do (the rules of breaks_rules.c), and last resorts between grapheme clusters. */
#include "text/breaks.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "text/breaks_inner.h"
#include "thai/words.h"

/* Longer numbers may be broken as a last resort. */
#define NUMBER_MAX 20

#define SOFT_HYPHEN 0x00AD
#define NO_BREAK_SPACE 0x00A0
#define ZERO_WIDTH_SPACE 0x200B
#define WORD_JOINER 0x2060

struct breaker {
    struct breaks_icu *icu; /* NULL when ICU has no data */
    struct arena *arena;    /* of own words */
    struct words_own *thai; /* NULL when there are none */
    struct words_own *mixed;
};

struct breaker *
breaker_open(void)
{
    struct breaker *breaker = calloc(1, sizeof *breaker);

    if (breaker == NULL)
        arena_oom(sizeof *breaker);
    breaker->icu = breaks_icu_open();
    return breaker;
}

void
breaker_close(struct breaker *breaker)
{
    if (breaker == NULL)
        return;
    breaks_icu_close(breaker->icu);
    arena_free(breaker->arena);
    free(breaker);
}

void
breaker_words(struct breaker *breaker, const struct str *words, size_t count)
{
    arena_free(breaker->arena);
    breaker->arena = NULL;
    breaker->thai = breaker->mixed = NULL;
    if (count == 0)
        return;
    breaker->arena = arena_new(0);
    breaker->thai = words_own_new(breaker->arena, words, count);
    breaker->mixed = words_own_mixed(breaker->arena, words, count);
}

static bool
is_space(uint32_t c)
{
    return c == ' ' || c == NO_BREAK_SPACE;
}

/* ---- what no break may come near */

/* What stands before a place: the character, and the last one that is no space. */
struct left {
    uint32_t last, solid;
    size_t spaces;      /* number of spaces between solid and the place */
    size_t space_start; /* where they begin */
    bool abbreviated;   /* solid is the dot of an abbreviation in Thai letters */
    bool quoted;        /* an odd number of straight quotes (") on this line: the last one opened */
    bool alone;         /* last is a Latin letter with none before it */
    bool code;          /* solid is the hyphen after such a one or a digit: O1-O43, e-GP */
    bool brand;         /* solid is the hyphen after two letters, the first a capital: Wi-Fi */
    unsigned letters;   /* of the Latin word that ends here */
    bool capital;       /* it begins with one */
    bool scheme;   /* solid is the end of "//", as in an address of the web, or begins a word */
    size_t number; /* characters of the last number seen, and where it ends */
    size_t number_end;
};

/* True when no line may end at the place before the character `c`. */
static bool
is_forbidden(uint32_t c, const struct left *left)
{
    if (is_space(c) || c == ZERO_WIDTH_SPACE || c == WORD_JOINER || left->last == WORD_JOINER ||
        left->last == SOFT_HYPHEN)
        return true;
    if (rules_never_start(c) || rules_never_end(left->solid))
        return true;
    if ((c == '"' && left->quoted) || (left->solid == '"' && left->quoted))
        return true;
    if (left->spaces > 0)
        return false;
    return (left->abbreviated && rules_is_letter(c)) || left->scheme ||
           (c == '/' && (left->last == '/' || left->last == ':'));
}

/* True for a place in a number, or behind the hyphen of a code. */
static bool
is_held(size_t at, uint32_t c, const struct left *left)
{
    if (left->spaces > 0)
        return false;
    return (left->code && c < 0x80) || (left->brand && ascii_is_capital(c)) ||
           at < left->number_end;
}

/* Where a number or a code is broken when it is wider than a line: behind hyphens (dates of a
 * range, groups of a telephone number), then behind other signs, then anywhere. */
static unsigned char
grade_held(const struct left *left, unsigned char grade)
{
    if (left->last == '-')
        return BREAK_SPACE;
    if (left->last < 0x80 && strchr("./,:", (int)left->last) != NULL)
        return BREAK_SYLLABLE;
    return left->number > NUMBER_MAX ? grade : BREAK_NONE;
}

/* What begins with a sign: .png, .5, /etc. */
static bool
begins_with_sign(struct str text, size_t at, uint32_t c)
{
    size_t next = at + 1;
    uint32_t second = next < text.len ? utf8_next(text, &next) : 0;

    return (c == '.' && (ascii_is_letter(second) || rules_is_digit(second))) ||
           (c == '/' && ascii_is_letter(second));
}

/* In addresses and file names a sign is a better last resort than a letter. */
static bool
parts_address(uint32_t c, const struct left *left)
{
    return left->spaces == 0 && c < 0x80 && (ascii_is_letter(c) || rules_is_digit(c)) &&
           left->last < 0x80 && left->last > ' ' &&
           strchr("@./_-\\?&=#,;:+~", (int)left->last) != NULL;
}

/* Counts the characters of a number: digits with single . , : / - between them. */
static size_t
number_from(struct str text, size_t at, size_t *end)
{
    size_t count = 0;
    bool digit = false;

    for (*end = at; at < text.len;) {
        uint32_t c = utf8_next(text, &at);
        if (!rules_is_digit(c) && (!digit || strchr(".,:/-", (int)c) == NULL || c > 0x7F))
            break;
        digit = rules_is_digit(c);
        count++;
        if (digit)
            *end = at;
    }
    return count;
}

static bool
is_tone(uint32_t c)
{
    return c >= 0x0E48 && c <= 0x0E4B;
}

/* ั่ and ื้ ask for a letter just as ั and ื do. */
static uint32_t
step_solid(uint32_t solid, uint32_t c)
{
    return is_tone(c) && utf8_is_thai_mark(solid) ? solid : c;
}

/* Moves what is known of the left side past the character `c` at `at`. */
static void
step(struct str text, size_t at, uint32_t c, struct left *left)
{
    if (is_space(c)) {
        if (left->spaces++ == 0)
            left->space_start = at;
        left->last = c;
        return;
    }
    left->abbreviated = c == '.' && left->spaces == 0 && rules_is_letter(left->last);
    left->quoted = c == '\n' ? false : left->quoted != (c == '"');
    left->code = c == '-' && left->spaces == 0 && (rules_is_digit(left->last) || left->alone);
    left->brand = c == '-' && left->spaces == 0 && left->letters == 2 && left->capital;
    left->alone = ascii_is_letter(c) && !ascii_is_letter(left->last);
    left->capital = left->alone ? ascii_is_capital(c) : left->capital;
    left->letters = left->alone ? 1 : ascii_is_letter(c) ? left->letters + 1 : 0;
    left->scheme = c == '/' && (left->last == '/' || left->spaces > 0 || at == 0);
    left->spaces = 0;
    left->last = c;
    left->solid = step_solid(left->solid, c);
    if (rules_is_digit(c) && at >= left->number_end)
        left->number = number_from(text, at, &left->number_end);
}

/* Grade at one place after the rules for characters and spaces. */
static unsigned char
judge(struct str text, size_t at, uint32_t c, const struct left *left, const unsigned char *grades)
{
    unsigned char grade = grades[at];

    if (grade == BREAK_MUST || grade == BREAK_NONE)
        return grade;
    if (left->spaces > 0 && left->last == ' ' && begins_with_sign(text, at, c) &&
        !rules_never_end(left->solid))
        return BREAK_GOOD;
    if (is_forbidden(c, left))
        return BREAK_NONE;
    if (is_held(at, c, left))
        return grade_held(left, grade);
    if (grade == BREAK_EMERGENCY && parts_address(c, left))
        return BREAK_SYLLABLE;
    if (left->spaces > 0 && (left->last == NO_BREAK_SPACE || grade < BREAK_COMPOUND ||
                             rules_hold(text, left->space_start, at, grades)))
        return BREAK_SPACE;
    return grade;
}

/* The same for all letters from `from` to `to`. */
static uint32_t
step_solids(struct str text, size_t from, size_t to, uint32_t solid)
{
    uint32_t tone = 0;

    while (to > from) {
        uint32_t c = utf8_prev(text, &to);
        if (!is_tone(c)) {
            solid = c;
            break;
        }
        tone = c;
    }
    return tone == 0 ? solid : step_solid(solid, tone);
}

/* Moves past Thai letters after another: between them words end only where a line may. */
static size_t
step_letters(struct str text, size_t at, struct left *left)
{
    size_t end = words_letters_end(text, at), last = end;

    if (end == at)
        return at;
    left->abbreviated = left->alone = left->code = left->brand = left->scheme = false;
    left->letters = 0;
    left->last = utf8_prev(text, &last);
    left->solid = step_solids(text, at, end, left->solid);
    return end;
}

static void
apply_rules(struct str text, unsigned char *grade)
{
    struct left left = {.last = 0};

    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (start > 0)
            grade[start] = judge(text, start, c, &left, grade);
        step(text, start, c, &left);
        if (words_is_letter(c))
            at = step_letters(text, at, &left);
    }
}

/* ---- what is held together */

/* Between `from` and `to` lines are broken as a last resort only: at spaces, then between words and
 * syllables, then anywhere. */
static void
hold(struct str text, size_t from, size_t to, unsigned char *grade)
{
    for (size_t i = from + 1; i < to && i < text.len; i++) {
        if (grade[i] == BREAK_MUST || grade[i] <= BREAK_SPACE)
            continue;
        grade[i] = text.ptr[i - 1] == ' ' ? BREAK_SPACE : BREAK_SYLLABLE;
    }
}

/* A title with its name: the space before the family name stays what it is. */
static size_t
hold_name(struct str text, size_t from, unsigned char *grade)
{
    struct rules_name name;

    if (!rules_name(text, from, grade, &name))
        return from;
    hold(text, from, name.first_end, grade);
    hold(text, name.family, name.end, grade);
    return name.end;
}

/* "ที่ ๓" stays with what it counts: วันที่ ๓, ตัวชี้วัดที่ ๗. */
static void
hold_ordinal(struct str text, size_t at, unsigned char *grade)
{
    if (rules_ordinal(text, at) && grade[at] > BREAK_SPACE && text.ptr[at - 1] != ' ')
        grade[at] = BREAK_SYLLABLE;
}

/* Where what begins at `from` with the character `c`, and is held together, ends; else `from`. */
static size_t
hold_pattern(struct str text, size_t from, uint32_t c, unsigned char *grade)
{
    size_t end = from;

    if (c == 0x0E17 && from > 0)
        hold_ordinal(text, from, grade);
    if (c == '0' || c == 0x0E50)
        end = rules_telephone(text, from);
    else if (c == 0x0E17)
        end = rules_reference(text, from);
    else if (words_is_letter(c))
        return hold_name(text, from, grade);
    hold(text, from, end, grade);
    return end;
}

static void
hold_patterns(struct str text, unsigned char *grade)
{
    size_t letters = 0; /* where those end among which `at` is */
    uint32_t last = 0;

    for (size_t at = 0; at < text.len;) {
        size_t start = at, end;
        uint32_t c = utf8_next(text, &at);
        bool begins = grade[start] >= BREAK_COMPOUND || !words_is_letter(last);
        last = c;
        if (begins && (end = hold_pattern(text, start, c, grade)) > start) {
            at = end;
            last = utf8_prev(text, &end);
        } else if (words_is_letter(c)) {
            letters = at > letters ? words_letters_end(text, at) : letters;
            while (at < letters && grade[at] < BREAK_COMPOUND)
                at += 3;
        }
    }
}

static void
hold_own(struct str text, const struct words_own *mixed, unsigned char *grade)
{
    for (size_t at = 0; mixed != NULL && at < text.len;) {
        size_t end = words_own_longest(mixed, text, at);
        hold(text, at, end, grade);
        at = end > at ? end : at + 1;
    }
}

/* ---- what should not end a line */

/* A connective is one only as a word of its own: from one place to the next. In a name that is kept
 * together (กองสวัสดิการสังคม) the kind of a division goes with what follows before all else. */
static void
flag_connectives(struct str text, unsigned char *grade)
{
    size_t from = 0;

    for (size_t i = 0; i < text.len; i++) {
        size_t to = i;
        if (grade[i] == BREAK_SYLLABLE && i - from <= RULES_DIVISION_MAX &&
            rules_is_division(str_sub(text, from, i - from)))
            grade[i] = BREAK_EMERGENCY;
        if (grade[i] < BREAK_SPACE)
            continue;
        while (to > from && text.ptr[to - 1] == ' ')
            to--;
        if (to - from <= RULES_CONNECTIVE_MAX &&
            (grade[i] == BREAK_COMPOUND || grade[i] == BREAK_GOOD) &&
            rules_is_connective(str_sub(text, from, to - from)))
            grade[i] |= BREAK_BAD_END;
        from = i;
    }
}

/* ---- all of it */

_Static_assert(WORD_INSIDE == (int)BREAK_NONE && WORD_EDGE == (int)BREAK_EMERGENCY &&
                   WORD_SYLLABLE == (int)BREAK_SYLLABLE && WORD_PART == (int)BREAK_COMPOUND &&
                   WORD_END == (int)BREAK_GOOD,
               "what words_find() writes are grades");

void
breaks_find(struct breaker *breaker, struct str text, const struct break_keep *keeps,
            size_t keep_count, unsigned char *place)
{
    place[text.len] = BREAK_NONE;
    if (text.len == 0 || text.len > INT32_MAX) {
        memset(place, BREAK_NONE, text.len);
        return;
    }
    words_find(text, breaker->thai, place);
    breaks_icu_clusters(breaker->icu, text, place);
    breaks_icu_lines(breaker->icu, text, place);
    apply_rules(text, place);
    runs_grade(text, place);
    hold_patterns(text, place);
    hold_own(text, breaker->mixed, place);
    for (size_t i = 0; i < keep_count; i++)
        hold(text, keeps[i].from, keeps[i].to, place);
    place[0] = BREAK_NONE;
    flag_connectives(text, place);
}

struct str
breaks_mark(struct breaker *breaker, struct arena *arena, struct str line, bool emergency)
{
    static const char *const marks[] = {
        [BREAK_NONE] = "",   [BREAK_EMERGENCY] = "!", [BREAK_SYLLABLE] = "!",
        [BREAK_SPACE] = "!", [BREAK_COMPOUND] = "¦",  [BREAK_GOOD] = "|",
        [BREAK_MUST] = "|"};
    unsigned char *place = arena_alloc(arena, line.len + 1);
    struct buf out = buf_in(arena);
    size_t from = 0;

    breaks_find(breaker, line, NULL, 0, place);
    for (size_t i = 0; i < line.len; i++) {
        enum break_grade grade = break_grade(place[i]);
        if (grade == BREAK_NONE || (grade <= BREAK_SPACE && !emergency))
            continue;
        buf_add(&out, str_sub(line, from, i - from));
        buf_text(&out, marks[grade]);
        from = i;
    }
    buf_add(&out, str_sub(line, from, line.len - from));
    return buf_str(&out);
}
