#include "check/sentence.h"

#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "check/inner.h"
#include "thai/date.h"
#include "thai/digits.h"

#define NUMBER_DIGITS_MAX 15
#define CANDIDATE_MAX 64 /* code points of what may be a misspelled name */
#define ALIKE_MAX 200    /* scores of one name that are told apart, and by how many names before: */
#define NAMED_MAX 8

#define IN_SENTENCES                                                                               \
    (WORD_BIT(WORD_POINTS) | WORD_BIT(WORD_PERCENT) | WORD_BIT(WORD_LEVEL) | WORD_BIT(WORD_YEAR) | \
     WORD_BIT(WORD_PAST) | WORD_BIT(WORD_NOW) | WORD_BIT(WORD_NEXT) | WORD_BIT(WORD_COMPARE) |     \
     WORD_BIT(WORD_APART) | WORD_BIT(WORD_TOPIC) | WORD_BIT(WORD_PLAN) | WORD_BIT(WORD_ASSESS) |   \
     WORD_BIT(WORD_ORDER) | WORD_BIT(WORD_OTHER) | WORD_BIT(WORD_SCORE) | WORD_BIT(WORD_BARE) |    \
     WORD_BIT(WORD_PART) | WORD_BIT(WORD_NUMBERED))

/* Letters that run on: what stands behind a name of these is still the same phrase. */
static bool
runs_on(uint32_t code)
{
    return utf8_is_thai_letter(code) && code != 0x0E2F && code != 0x0E3F;
}

static uint32_t
code_before(struct str text, size_t at)
{
    return at > 0 ? utf8_prev(text, &at) : 0;
}

static size_t
skip_blanks(struct str text, size_t at)
{
    while (at < text.len) {
        size_t next = at;
        if (!words_is_blank(utf8_next(text, &next)))
            break;
        at = next;
    }
    return at;
}

/* Past blanks and signs that may stand between a word and what it names. */
static size_t
skip_signs(struct str text, size_t at)
{
    while (at < text.len) {
        size_t next = at;
        uint32_t code = utf8_next(text, &next);
        bool sign = code == '"' || code == '\'' || code == '(' || code == ')' || code == ':' ||
                    code == 0x201C || code == 0x201D || code == 0x2018 || code == 0x2019 ||
                    code == '=';
        if (!words_is_blank(code) && !sign)
            break;
        at = next;
    }
    return at;
}

static bool
is_dash(uint32_t code)
{
    return code == '-' || code == 0x2013 || code == 0x2014 || code == 0x2012 || code == '~';
}

static struct token *
add(struct sentence_reader *reader, enum token_kind kind, size_t from, size_t to)
{
    struct token *token = &reader->tokens[reader->count++];

    *token = (struct token){.kind = kind, .from = from, .to = to};
    return token;
}

static struct token *
last_token(struct sentence_reader *reader)
{
    return reader->count == 0 ? NULL : &reader->tokens[reader->count - 1];
}

/* True when a digit follows a dash: "85.00 – 94.99", "2565-2566", "1 ถึง 8". */
static bool
is_range_from(struct str text, size_t at)
{
    at = skip_blanks(text, at);
    if (at >= text.len)
        return false;
    size_t next = at;
    struct str until = STR("ถึง");
    if (is_dash(utf8_next(text, &next)))
        at = next;
    else if (str_starts(str_sub(text, at, text.len), until))
        at += until.len;
    else
        return false;
    return digits_value(utf8_at(text, skip_blanks(text, at))) >= 0;
}

/* ---- numbers */

/* Reads digits with commas and a point; false for what is no plain number (a date, a code). Moves
 * *at behind it all the same. */
static bool
read_number(struct str text, size_t *at, struct decimal *out)
{
    char digits[NUMBER_DIGITS_MAX + 2];
    size_t count = 0, from = *at, end = from;
    bool point = false, good = true;

    while (end < text.len) {
        size_t next = end;
        uint32_t code = utf8_next(text, &next);
        int value = digits_value(code);
        bool joint = (code == '.' || code == ',') && digits_value(utf8_at(text, next)) >= 0;
        if (value < 0 && !joint)
            break;
        if (code == '.' && point)
            good = false;
        point = point || code == '.';
        if (count < NUMBER_DIGITS_MAX + 1)
            digits[count++] = (char)(value >= 0 ? '0' + value : (int)code);
        end = next;
    }
    uint32_t before = code_before(text, from), after = utf8_at(text, end);
    bool slashed = (before == '/' || after == '/') && (from > 1 || after == '/');
    bool latin = (before < 0x80 && before > ' ' && strchr("._/-#", (int)before) != NULL) ||
                 ascii_is_letter(before) || ascii_is_letter(after);
    *at = end;
    return good && !slashed && !latin && count <= NUMBER_DIGITS_MAX &&
           decimal_parse((struct str){digits, count}, out);
}

/* True for "จาก 200 คะแนน" here: the number before it has the same unit. */
static bool
is_out_of_points(const struct sentence_reader *reader, struct str text, size_t at)
{
    struct str from = STR("จาก");
    struct decimal number;
    size_t end;

    if (!str_starts(str_sub(text, at, SIZE_MAX), from))
        return false;
    at = skip_blanks(text, at + from.len);
    if (digits_value(utf8_at(text, at)) < 0 || !read_number(text, &at, &number))
        return false;
    at = skip_blanks(text, at);
    return at < text.len && words_at(reader->words, WORD_BIT(WORD_POINTS), text, at, &end) != NULL;
}

/* "คะแนน" or "%" behind a number, and a word that makes it a limit. */
static void
read_unit(struct sentence_reader *reader, struct str text, struct token *number)
{
    size_t at = skip_blanks(text, number->to), end;

    if (utf8_at(text, at) == '%') {
        number->flags |= TOKEN_PERCENT;
        number->to = at + 1;
    } else if (at < text.len &&
               words_at(reader->words, WORD_BIT(WORD_POINTS), text, at, &end) != NULL) {
        number->flags |= TOKEN_UNIT;
        number->to = end;
    } else if (is_out_of_points(reader, text, at)) {
        number->flags |= TOKEN_UNIT;
    }
    at = skip_blanks(text, number->to);
    const struct word *word =
        at < text.len ? words_at(reader->words, WORD_BIT(WORD_BEYOND), text, at, &end) : NULL;
    bool part = word != NULL && str_is(word->text, "ของ");
    if (word != NULL && (!part || (number->flags & TOKEN_PERCENT) != 0))
        number->flags |= TOKEN_BEYOND;
}

static size_t
take_number(struct sentence_reader *reader, struct str text, size_t from)
{
    struct decimal number;
    struct token *before = last_token(reader);
    size_t at = from;

    if (!read_number(text, &at, &number))
        return at;
    bool range = before != NULL && before->kind == TOKEN_NUMBER &&
                 (before->flags & TOKEN_RANGE) != 0 && is_range_from(text, before->digits);
    bool percent = before != NULL && before->kind == TOKEN_WORD &&
                   before->word->class == WORD_PERCENT && skip_signs(text, before->to) == from;
    struct token *token = add(reader, TOKEN_NUMBER, from, at);
    token->number = number;
    token->digits = at;
    token->flags =
        (percent ? TOKEN_PERCENT : 0U) | (range || is_range_from(text, at) ? TOKEN_RANGE : 0U);
    read_unit(reader, text, token);
    return token->to;
}

/* ---- years */

static bool
ends_as_year(struct str word)
{
    return str_ends(word, STR("ปี")) || str_ends(word, STR("ปีงบประมาณ")) ||
           str_ends(word, STR("ปีการประเมิน"));
}

static int
year_of(struct decimal number)
{
    if (number.places > 0)
        return 0;
    if (number.units >= 50 && number.units <= 99)
        return (int)number.units + 2500;
    if (number.units >= 1900 && number.units < 2200)
        return (int)number.units + DATE_ERA;
    /* also what can be none: a digit of it was mistyped */
    return number.units >= 500 && number.units <= 9999 ? (int)number.units : 0;
}

/* The year behind a word for it: "ปีงบประมาณ พ.ศ. 2566", "ปี (พ.ศ.) 2566", "ปี 66". */
static size_t
take_year(struct sentence_reader *reader, struct str text, size_t from, size_t at)
{
    static const char *const eras[] = {"พ.ศ.", "ค.ศ.", "พ.ศ"};
    struct decimal number;
    size_t digits = skip_signs(text, at);

    for (size_t i = 0; i < sizeof eras / sizeof eras[0]; i++) {
        if (str_starts(str_sub(text, digits, text.len), str_of(eras[i]))) {
            digits = skip_signs(text, digits + strlen(eras[i]));
            break;
        }
    }
    size_t end = digits;
    if (digits_value(utf8_at(text, digits)) < 0 || !read_number(text, &end, &number) ||
        year_of(number) == 0)
        return at;
    struct token *token = add(reader, TOKEN_YEAR, from, end);
    token->year = year_of(number);
    token->flags = is_range_from(text, end) ? TOKEN_RANGE : 0;
    return end;
}

/* ---- names of scores */

/* What is typed where a name should be: up to a blank, a sign or a digit. */
static struct str
candidate_at(struct str text, size_t at)
{
    size_t end = at;

    for (int i = 0; i < CANDIDATE_MAX && end < text.len; i++) {
        size_t next = end;
        if (!runs_on(utf8_next(text, &next)))
            break;
        end = next;
    }
    return str_sub(text, at, end - at);
}

static struct score *
numbered(const struct sentence_reader *reader, const struct word *word, struct decimal number)
{
    for (size_t i = 0; i < reader->scores->count; i++) {
        struct score *score = reader->scores->all[i];
        struct decimal code;
        if (!score->is_part && score->entry != NULL && decimal_parse(score->code, &code) &&
            decimal_cmp(code, number) == 0 && str_starts(score->name, word->text))
            return score;
    }
    return NULL;
}

/* "ตัวชี้วัดที่ 8 การปรับปรุงระบบการทำงาน". *from is behind the word. Not one of several, nor 9.1. */
static size_t
take_numbered(struct sentence_reader *reader, struct str text, size_t from, size_t at,
              const struct word *word)
{
    struct decimal number;
    size_t end = skip_signs(text, at);

    if (digits_value(utf8_at(text, end)) < 0)
        return at;
    if (!read_number(text, &end, &number) || number.places > 0)
        return end;
    struct token *token = add(reader, TOKEN_SCORE, from, end);
    token->word = word;
    token->score = numbered(reader, word, number);
    size_t next = skip_blanks(text, end);
    bool listed = utf8_at(text, next) == ',' || utf8_at(text, next) == '/' ||
                  (str_starts(str_sub(text, next, text.len), STR("และ")) &&
                   digits_value(utf8_at(text, skip_blanks(text, next + STR("และ").len))) >= 0);
    if (listed || is_range_from(text, end)) {
        token->flags = TOKEN_RANGE;
        return end;
    }
    size_t name = skip_signs(text, end), name_end;
    const struct word *called =
        name < text.len ? words_at(reader->words, WORD_BIT(WORD_BARE), text, name, &name_end)
                        : NULL;
    if (called != NULL) {
        token->called = called->score;
        token->name = str_sub(text, name, name_end - name);
        token->to = name_end;
    } else {
        token->name = candidate_at(text, name);
    }
    return token->to;
}

/* A name without number stands alone: nothing runs into it, and nothing but a verb out of it. */
static bool
stands_alone(struct sentence_reader *reader, struct str text, size_t from, size_t to,
             const struct score *score)
{
    struct str before = str_sub(text, 0, from), family = score_family(score, false);
    bool open = !runs_on(code_before(text, from)) || (family.len > 0 && str_ends(before, family));
    size_t end;

    for (size_t i = 0; i < language_word_count && !open; i++)
        open = language_words[i].class == WORD_BEFORE &&
               str_ends(before, str_of(language_words[i].text));
    if (!open)
        return false;
    return to >= text.len || !runs_on(utf8_at(text, to)) ||
           words_at(reader->words, WORD_BIT(WORD_FOLLOW), text, to, &end) != NULL;
}

/* The part of the score with parts that was named last. */
static struct score *
part_of_last(const struct sentence_reader *reader, const struct word *word)
{
    for (; word != NULL; word = word->next)
        if (word->class == WORD_PART && word->score->parent == reader->whole)
            return word->score;
    return NULL;
}

/* True when one score is spoken of in the surroundings of the other: below it, or beside it. */
static bool
is_near(const struct score *score, const struct score *named)
{
    return score_is_below(score, named) || (score != named && score->parent == named->parent);
}

/* Which of several scores of this name is meant ("ข้อ 1.1" of each part): the one that the last
 * name in the line that belongs to only one of them leads to. NULL when there is none. */
static struct score *
one_of_name(const struct sentence_reader *reader, const struct word *word)
{
    struct score *first = word->score;
    bool several = false;
    size_t alike = 0, names = 0;

    for (const struct word *other = word->next; other != NULL && alike < ALIKE_MAX;
         other = other->next, alike++)
        several = several || (other->class == word->class && other->score != first);
    for (size_t i = reader->count; several && alike < ALIKE_MAX && names < NAMED_MAX && i > 0;
         i--) {
        const struct score *named = reader->tokens[i - 1].score;
        struct score *found = NULL;
        size_t count = 0;
        if (reader->tokens[i - 1].kind != TOKEN_SCORE || named == NULL)
            continue;
        names++;
        for (const struct word *other = word; other != NULL; other = other->next) {
            if (other->class != word->class || other->score == found)
                continue;
            if (other->score == named || is_near(other->score, named)) {
                found = other->score;
                count++;
            }
        }
        if (count == 1)
            return found;
    }
    return several ? NULL : first;
}

static size_t
take_score(struct sentence_reader *reader, struct str text, size_t from, size_t end,
           const struct word *word)
{
    static const struct word unclear = {.class = WORD_APART};
    struct score *score =
        word->class == WORD_PART ? part_of_last(reader, word) : one_of_name(reader, word);

    if (score == NULL && word->class == WORD_SCORE) {
        add(reader, TOKEN_WORD, from, end)->word = &unclear; /* whose figure follows is not known */
        return end;
    }
    if (score == NULL ||
        (word->class == WORD_BARE && !stands_alone(reader, text, from, end, score)))
        return end;
    struct token *token = add(reader, TOKEN_SCORE, from, end);
    token->score = score;
    token->flags = word->class == WORD_BARE ? TOKEN_BARE : 0;
    if (score->parts != NULL)
        reader->whole = score;
    return end;
}

/* ---- levels */

static bool
ends_level(struct sentence_reader *reader, struct str text, size_t at)
{
    size_t end;

    return at >= text.len || !runs_on(utf8_at(text, at)) ||
           words_at(reader->words, WORD_BIT(WORD_FOLLOW), text, at, &end) != NULL;
}

/* The levels behind a word for it: "ระดับ A หรือ ผ่าน". */
static size_t
take_levels(struct sentence_reader *reader, struct str text, size_t at)
{
    for (;;) {
        size_t from = skip_signs(text, at), end;
        const struct word *word =
            from < text.len ? words_at(reader->words, WORD_BIT(WORD_LEVEL_NAME), text, from, &end)
                            : NULL;
        if (word == NULL || !ends_level(reader, text, end) || reader->count == SENTENCE_TOKENS_MAX)
            return at;
        struct token *token = add(reader, TOKEN_LEVEL, from, end);
        token->name = word->text;
        at = end;
        size_t next = skip_signs(text, end);
        struct str rest = str_sub(text, next, text.len), joint = STR("หรือ");
        if (str_starts(rest, joint))
            at = next + joint.len;
        else if (str_starts(rest, STR("/")))
            at = next + 1;
        else
            return at;
    }
}

/* ---- a line */

static size_t
take_word(struct sentence_reader *reader, struct str text, size_t from, size_t end,
          const struct word *word)
{
    const struct word *score =
        word_as(word, WORD_BIT(WORD_SCORE) | WORD_BIT(WORD_BARE) | WORD_BIT(WORD_PART));

    if (score != NULL)
        return take_score(reader, text, from, end, score);
    const struct word *family = word_as(word, WORD_BIT(WORD_NUMBERED));
    if (family != NULL)
        return take_numbered(reader, text, from, end, family);
    for (const struct word *meaning = word; meaning != NULL; meaning = meaning->next) {
        if ((IN_SENTENCES & WORD_BIT(meaning->class)) == 0 || meaning->class == WORD_OTHER ||
            meaning->class == WORD_YEAR || reader->count == SENTENCE_TOKENS_MAX)
            continue;
        add(reader, TOKEN_WORD, from, end)->word = meaning;
    }
    if (reader->count == SENTENCE_TOKENS_MAX)
        return end;
    if (ends_as_year(word->text))
        return take_year(reader, text, from, end);
    if (word_as(word, WORD_BIT(WORD_LEVEL)) != NULL)
        return take_levels(reader, text, end);
    return end;
}

/* What may be the name of another assessment: "ABC" in "ผลการประเมิน ABC". */
static size_t
take_capitals(struct sentence_reader *reader, struct str text, size_t from)
{
    static const struct word other = {.class = WORD_TOPIC};
    const struct token *before = last_token(reader);
    bool asked = before != NULL && before->kind == TOKEN_WORD &&
                 (str_is(before->word->text, "ประเมิน") || before->word->class == WORD_POINTS) &&
                 skip_blanks(text, before->to) == from;
    size_t end = from, word_end;

    while (end < text.len && ascii_is_capital(text.ptr[end]))
        end++;
    uint32_t next = utf8_at(text, end);
    bool goes_on = ascii_is_small(next) || digits_value(next) >= 0;
    if (asked && !goes_on && end > from + 1 &&
        words_at(reader->words, WORD_BIT(WORD_LEVEL_NAME), text, from, &word_end) == NULL)
        add(reader, TOKEN_WORD, from, end)->word = &other;
    return end > from ? end : from + 1;
}

size_t
sentence_read(struct sentence_reader *reader, struct str text, size_t at)
{
    reader->count = 0;
    reader->whole = NULL;
    while (at < text.len && reader->count < SENTENCE_TOKENS_MAX) {
        size_t next = at, end;
        uint32_t code = utf8_next(text, &next);
        if (code == '\n')
            return next;
        const struct word *word = words_at(reader->words, IN_SENTENCES, text, at, &end);
        if (digits_value(code) >= 0)
            at = take_number(reader, text, at);
        else if (word != NULL)
            at = take_word(reader, text, at, end, word);
        else
            at = reader->guesses && ascii_is_capital(code) ? take_capitals(reader, text, at) : next;
    }
    return at;
}
