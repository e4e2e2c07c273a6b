#include "renew/sentence.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "schema/schema.h"
#include "thai/date.h"
#include "thai/digits.h"

void
sentence_add_figure(struct sentence_facts *facts, struct decimal figure)
{
    if (facts->figure_count < SENTENCE_FIGURES_MAX)
        facts->figures[facts->figure_count++] = figure;
}

static void
add_word(struct sentence_facts *facts, struct str name, struct str word)
{
    if (facts->word_count == SENTENCE_WORDS_MAX || word.len == 0 || name.len == 0)
        return;
    facts->words[facts->word_count].name = name;
    facts->words[facts->word_count++].word = word;
}

void
sentence_add_word(struct sentence_facts *facts, struct str name, struct str word)
{
    struct str either = STR("หรือ");
    size_t at;

    add_word(facts, name, word); /* as a whole first */
    while ((at = str_find(word, either)) != SIZE_MAX) {
        add_word(facts, name, str_trim(str_sub(word, 0, at)));
        word = str_trim(str_sub(word, at + either.len, SIZE_MAX));
        if (str_find(word, either) == SIZE_MAX)
            add_word(facts, name, word);
    }
}

void
sentence_add_unit(struct sentence_facts *facts, struct str unit)
{
    for (size_t i = 0; i < facts->unit_count; i++) {
        if (str_eq(facts->units[i], unit))
            return;
    }
    if (facts->unit_count < SENTENCE_UNITS_MAX)
        facts->units[facts->unit_count++] = unit;
}

/* The end of the digits and points that begin at `at`; *decimals: they are a number with decimals.
 */
static size_t
number_end(struct str text, size_t at, bool *decimals)
{
    size_t end = at, digits = 0, points = 0;

    for (size_t next = at; next < text.len; end = next) {
        uint32_t code = utf8_next(text, &next);
        if (digits_value(code) >= 0) {
            digits++;
        } else if (code == '.' && digits > 0) {
            points++;
            digits = 0;
        } else {
            break;
        }
    }
    *decimals = points == 1 && digits > 0;
    return end;
}

static size_t
skip_blanks(struct str text, size_t at)
{
    while (at < text.len && text.ptr[at] == ' ')
        at++;
    return at;
}

static bool
is_figure(struct arena *arena, const struct sentence_facts *facts, struct str text, size_t from,
          size_t to)
{
    struct str after = str_sub(text, skip_blanks(text, to), SIZE_MAX);
    struct decimal number;

    for (size_t i = 0; i < facts->unit_count; i++) {
        if (str_starts(after, facts->units[i]))
            return true;
    }
    if (!decimal_parse(digits_to_arabic(arena, str_sub(text, from, to - from)), &number))
        return false;
    for (size_t i = 0; i < facts->figure_count; i++) {
        if (decimal_cmp(facts->figures[i], number) == 0)
            return true;
    }
    return false;
}

/* True when the text's next letter would lengthen the word that ends here. */
static bool
goes_on(struct str text, size_t at)
{
    if (at >= text.len)
        return false;
    uint32_t code = utf8_next(text, &at);
    bool latin = ascii_is_letter(code);
    return latin || (code >= 0x0E01 && code <= 0x0E4E);
}

/* A word behind its name at `at`: sets where it begins and ends. */
static bool
word_at(const struct sentence_facts *facts, struct str text, size_t at, size_t *from, size_t *to)
{
    for (size_t i = 0; i < facts->word_count; i++) {
        if (!str_starts(str_sub(text, at, SIZE_MAX), facts->words[i].name))
            continue;
        *from = skip_blanks(text, at + facts->words[i].name.len);
        *to = *from + facts->words[i].word.len;
        if (str_starts(str_sub(text, *from, SIZE_MAX), facts->words[i].word) && !goes_on(text, *to))
            return true;
    }
    return false;
}

/* The digits at `at`; -1 when there are more than four. */
static size_t
digits_end(struct str text, size_t at, int *value)
{
    size_t end = at, count = 0;

    *value = 0;
    for (size_t next = at; next < text.len; end = next) {
        int digit = digits_value(utf8_next(text, &next));
        if (digit < 0)
            break;
        *value = ++count > 4 ? -1 : *value * 10 + digit;
    }
    return end;
}

static size_t
month_end(struct str text, size_t at, int *month)
{
    for (*month = 1; *month <= 12; ++*month) {
        for (int brief = 0; brief < 2; brief++) {
            struct str name = str_of(date_month_name(*month, brief == 1));
            if (str_starts(str_sub(text, at, SIZE_MAX), name))
                return at + name.len;
        }
    }
    return at;
}

/* 1 October to 31 March, 1 April to 30 September. */
static bool
is_fiscal(int day, int month)
{
    return (day == 1 && (month == 10 || month == 4)) || (day == 31 && month == 3) ||
           (day == 30 && month == 9);
}

/* The end of a day of the years that is written out at `at`, or `at`. */
static size_t
day_end(const struct sentence_facts *facts, struct str text, size_t at)
{
    int day, month, year;
    size_t end = digits_end(text, at, &day), next;

    if (facts->year == 0 || end == at || day < 1 || day > 31)
        return at;
    next = month_end(text, skip_blanks(text, end), &month);
    if (month > 12 || is_fiscal(day, month))
        return at;
    next = skip_blanks(text, next);
    if (str_starts(str_sub(text, next, SIZE_MAX), STR("พ.ศ.")))
        next = skip_blanks(text, next + STR("พ.ศ.").len);
    end = digits_end(text, next, &year);
    int back = facts->year - year, back_short = facts->year % 100 - year;
    bool is_long = back == 0 || back == 1, is_short = back_short == 0 || back_short == 1;
    return end > next && (is_long || is_short) ? end : at;
}

struct str
sentence_holes(struct arena *arena, const struct sentence_facts *facts, struct str text)
{
    struct buf out = buf_in(arena);
    size_t at = 0, from, to;
    bool decimals;

    while (at < text.len) {
        size_t start = at;
        if (word_at(facts, text, at, &from, &to)) {
            buf_add(&out, str_sub(text, at, from - at));
            buf_text(&out, SCHEMA_HOLE);
            at = to;
            continue;
        }
        to = day_end(facts, text, at);
        if (to > at) {
            buf_text(&out, SCHEMA_HOLE);
            at = to;
            continue;
        }
        at = number_end(text, at, &decimals);
        if (decimals && is_figure(arena, facts, text, start, at)) {
            buf_text(&out, SCHEMA_HOLE);
            continue;
        }
        if (at == start)
            (void)utf8_next(text, &at);
        buf_add(&out, str_sub(text, start, at - start));
    }
    return buf_str(&out);
}
