/* Break places: ICU's line break iterator (UAX #14 with its Thai dictionary), then what it must
 * not do (the rules of breaks_rules.c), then last resorts between grapheme clusters (UAX #29). */
#include "text/breaks.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/breaks_rules.h"

/* Longer numbers may be broken as a last resort. */
#define NUMBER_MAX 20

#define SOFT_HYPHEN 0x00AD
#define NO_BREAK_SPACE 0x00A0
#define ZERO_WIDTH_SPACE 0x200B
#define WORD_JOINER 0x2060

struct breaker {
    UBreakIterator *line;      /* NULL when ICU has no data */
    UBreakIterator *character; /* likewise */
};

struct breaker *
breaker_open(void)
{
    struct breaker *breaker = calloc(1, sizeof *breaker);
    UErrorCode status = U_ZERO_ERROR;

    if (breaker == NULL)
        arena_oom(sizeof *breaker);
    breaker->line = ubrk_open(UBRK_LINE, "th", NULL, 0, &status);
    if (U_FAILURE(status))
        breaker->line = NULL;
    status = U_ZERO_ERROR;
    breaker->character = ubrk_open(UBRK_CHARACTER, "th", NULL, 0, &status);
    if (U_FAILURE(status))
        breaker->character = NULL;
    return breaker;
}

void
breaker_close(struct breaker *breaker)
{
    if (breaker == NULL)
        return;
    ubrk_close(breaker->line);
    ubrk_close(breaker->character);
    free(breaker);
}

static bool
is_space(uint32_t c)
{
    return c == ' ' || c == NO_BREAK_SPACE;
}

/* True when byte i begins a character as utf8_next() counts them, so far as one byte tells; ICU
 * may part ill-formed text otherwise. */
static bool
is_start(struct str text, size_t i)
{
    return ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
}

/* Sets `grade` at each boundary of the iterator; hard line ends get BREAK_MUST. */
static void
mark_boundaries(UBreakIterator *iterator, struct str text, unsigned char value,
                unsigned char *grade)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *view = utext_openUTF8(NULL, text.ptr, (int64_t)text.len, &status);

    ubrk_setUText(iterator, view, &status);
    if (U_SUCCESS(status)) {
        for (int32_t at = ubrk_next(iterator); at != UBRK_DONE; at = ubrk_next(iterator)) {
            size_t i = (size_t)at;
            if (at <= 0 || i >= text.len || !is_start(text, i))
                continue;
            /* to UAX #14 a mark on a space is a letter; it must not be parted from it */
            if (value == BREAK_GOOD && grade[i] == BREAK_NONE)
                continue;
            grade[i] = value;
            if (value == BREAK_GOOD && ubrk_getRuleStatus(iterator) >= UBRK_LINE_HARD)
                grade[i] = BREAK_MUST;
        }
    }
    utext_close(view);
}

/* Without ICU: after spaces and line ends, and between any two characters as a last resort. */
static void
mark_plainly(struct str text, unsigned char *grade)
{
    for (size_t i = 1; i < text.len; i++) {
        if (text.ptr[i - 1] == '\n')
            grade[i] = BREAK_MUST;
        else if (text.ptr[i - 1] == ' ')
            grade[i] = BREAK_GOOD;
        else if (is_start(text, i))
            grade[i] = BREAK_EMERGENCY;
    }
}

/* ---- what no break may come near */

/* A consonant silenced by ์ (with ุ or ิ between) belongs to what is before it. */
static bool
is_silenced(struct str text, size_t at)
{
    uint32_t c = utf8_next(text, &at);

    if (c < 0x0E01 || c > 0x0E2E || at == text.len)
        return false;
    c = utf8_next(text, &at);
    if ((c == 0x0E34 || c == 0x0E38) && at < text.len)
        c = utf8_next(text, &at);
    return c == 0x0E4C;
}

/* What stands before a place: the character, and the last one that is no space. */
struct left {
    uint32_t last, solid;
    size_t spaces;      /* number of spaces between solid and the place */
    size_t space_start; /* where they begin */
    bool abbreviated;   /* solid is the dot of an abbreviation in Thai letters */
    bool quoted;        /* an odd number of straight quotes (") on this line: the last one opened */
    bool code;          /* solid is the hyphen after a digit, as in O1-O43 */
    bool scheme;        /* solid is the end of "//", as in an address of the web */
    size_t number;      /* characters of the last number seen, and where it ends */
    size_t number_end;
};

/* True when no line may end at the place before byte `at`, whose character is `c`. */
static bool
is_forbidden(struct str text, size_t at, uint32_t c, const struct left *left)
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
    if (left->code && c < 0x80)
        return true;
    if ((left->abbreviated && rules_is_letter(c)) || left->scheme)
        return true;
    if (at < left->number_end && left->number <= NUMBER_MAX)
        return true;
    return rules_is_letter(left->last) && is_silenced(text, at);
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
    left->code = c == '-' && left->spaces == 0 && rules_is_digit(left->last);
    left->scheme = c == '/' && left->last == '/';
    left->spaces = 0;
    left->last = c;
    /* ั่ and ื้ ask for a letter just as ั and ื do */
    if (c < 0x0E48 || c > 0x0E4B || !utf8_is_thai_mark(left->solid))
        left->solid = c;
    if (rules_is_digit(c) && at >= left->number_end)
        left->number = number_from(text, at, &left->number_end);
}

/* Grade at one place after the rules for characters and spaces. */
static unsigned char
judge(struct str text, size_t at, uint32_t c, const struct left *left, unsigned char grade)
{
    if (grade == BREAK_MUST || grade == BREAK_NONE)
        return grade;
    if (is_forbidden(text, at, c, left))
        return BREAK_NONE;
    /* ็ asks for a letter too, but in ก็; ICU knows that word */
    if (left->solid == 0x0E47 && left->spaces == 0 && grade == BREAK_EMERGENCY)
        return BREAK_NONE;
    if (left->spaces > 0 && (left->last == NO_BREAK_SPACE || grade < BREAK_COMPOUND ||
                             rules_hold(text, left->space_start, at)))
        return BREAK_SPACE;
    return grade;
}

static void
apply_rules(struct str text, unsigned char *grade)
{
    struct left left = {.last = 0};

    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t c = utf8_next(text, &at);
        if (start > 0)
            grade[start] = judge(text, start, c, &left, grade[start]);
        step(text, start, c, &left);
    }
}

/* ---- what is held together */

/* Between `from` and `to` lines are broken as a last resort only, at spaces before elsewhere. */
static void
hold(struct str text, size_t from, size_t to, unsigned char *grade)
{
    for (size_t i = from + 1; i < to && i < text.len; i++) {
        if (grade[i] == BREAK_MUST || grade[i] <= BREAK_SPACE)
            continue;
        grade[i] = text.ptr[i - 1] == ' ' ? BREAK_SPACE : BREAK_EMERGENCY;
    }
}

/* A title with its name: the space before the family name stays a good place. */
static void
hold_name(struct str text, size_t from, size_t to, unsigned char *grade)
{
    size_t last = to;

    while (last > from && text.ptr[last - 1] != ' ')
        last--;
    unsigned char kept = grade[last];
    hold(text, from, to, grade);
    if (last > from && rules_name(str_sub(text, 0, last - 1), from) == last - 1)
        grade[last] = kept;
}

/* Words that ICU parts; where one follows another, the line may end between them. */
static void
hold_words(struct str text, unsigned char *grade)
{
    size_t last_end = 0;

    for (size_t at = 0; at < text.len;) {
        size_t start = at, end;
        uint32_t c = utf8_next(text, &at);
        if (c < 0x0E01 || c > 0x0E44 || (end = rules_word(text, start)) == start)
            continue;
        hold(text, start, end, grade);
        if (start == last_end && start > 0 && grade[start] == BREAK_EMERGENCY)
            grade[start] = BREAK_GOOD;
        last_end = at = end;
    }
}

static void
hold_patterns(struct str text, unsigned char *grade)
{
    for (size_t at = 0; at < text.len;) {
        size_t start = at, end;
        uint32_t c = utf8_next(text, &at);
        if (c == '0' || c == 0x0E50) {
            end = rules_telephone(text, start);
        } else if (c >= 0x0E01 && c <= 0x0E44) {
            end = rules_reference(text, start);
            if (end == start && (end = rules_name(text, start)) > start) {
                hold_name(text, start, end, grade);
                at = end;
                continue;
            }
        } else {
            continue;
        }
        if (end > start) {
            hold(text, start, end, grade);
            at = end;
        }
    }
}

/* ---- what should not end a line */

/* A connective is one only as a word of its own: from one place to the next. */
static void
flag_connectives(struct str text, unsigned char *grade)
{
    size_t from = 0;

    for (size_t i = 1; i < text.len; i++) {
        if (grade[i] < BREAK_SPACE)
            continue;
        size_t to = i;
        while (to > from && text.ptr[to - 1] == ' ')
            to--;
        if (grade[i] != BREAK_SPACE && grade[i] != BREAK_MUST &&
            rules_is_connective(str_sub(text, from, to - from)))
            grade[i] |= BREAK_BAD_END;
        from = i;
    }
}

void
breaks_find(struct breaker *breaker, struct arena *arena, struct str text,
            const struct break_keep *keeps, size_t keep_count, unsigned char *place)
{
    (void)arena;
    memset(place, BREAK_NONE, text.len + 1);
    if (text.len == 0 || text.len > INT32_MAX)
        return;
    if (breaker->character != NULL && breaker->line != NULL) {
        mark_boundaries(breaker->character, text, BREAK_EMERGENCY, place);
        mark_boundaries(breaker->line, text, BREAK_GOOD, place);
    } else {
        mark_plainly(text, place);
    }
    apply_rules(text, place);
    hold_words(text, place);
    hold_patterns(text, place);
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

    breaks_find(breaker, arena, line, NULL, 0, place);
    for (size_t i = 0; i < line.len; i++) {
        enum break_grade grade = break_grade(place[i]);
        if (grade > BREAK_SPACE || emergency)
            buf_text(&out, marks[grade]);
        buf_byte(&out, line.ptr[i]);
    }
    return buf_str(&out);
}
