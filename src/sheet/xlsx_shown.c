/* What a spreadsheet shows of a number or text under a format (ECMA-376 part 1, 18.8.31): literals,
 * places for digits, groups of thousands, percentages, sections for signs. Fractions and exponents
 * are not worked out. */
#include "sheet/inner.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "thai/digits.h"

#define SECTIONS_MAX 4
#define PLACES_MAX 32 /* for digits, before and behind the point */
#define COMMAS_MAX 6
#define PERCENTS_MAX 4

/* A section of a code, read. */
struct section {
    struct str code;
    struct str condition; /* ">=100" */
    struct str places;    /* the placeholders as they stand, "#0.00" without anything between */
    size_t whole, part;   /* placeholders before and behind the point */
    size_t commas;        /* that divide by a thousand */
    size_t percents;
    bool groups, point, general, text, thai, unknown;
};

/* A number as digits: those before the point, those behind it. */
struct digits {
    bool negative;
    struct str whole, part;
};

/* ---- reading a code */

/* The bytes of the sign at `at`, with what it hides: text in quotes, a letter behind a backslash, a
 * bracket. */
static size_t
token_length(struct str code, size_t at)
{
    char first = code.ptr[at];
    size_t next = at;

    (void)utf8_next(code, &next);
    if (first == '"' || first == '[') {
        char end = first == '"' ? '"' : ']';
        while (next < code.len && code.ptr[next] != end)
            next++;
        return (next < code.len ? next + 1 : next) - at;
    }
    if ((first == '\\' || first == '_' || first == '*') && next < code.len)
        (void)utf8_next(code, &next);
    return next - at;
}

static bool
is_place(char c)
{
    return c == '0' || c == '#' || c == '?';
}

/* "[>=100]", "[$฿-41E]", "[$-D00041E]", "[NatNum1]". */
static void
read_bracket(struct section *section, struct str inside)
{
    if (inside.len == 0)
        return;
    if (strchr("<>=", inside.ptr[0]) != NULL) {
        section->condition = inside;
    } else if (str_is(inside, "NatNum1")) {
        section->thai = true;
    } else if (inside.ptr[0] == '$') {
        size_t dash = str_find(inside, STR("-"));
        char hex[9] = {0};
        for (size_t i = 0; dash != SIZE_MAX && i < 8 && dash + 1 + i < inside.len; i++)
            hex[i] = inside.ptr[dash + 1 + i];
        section->thai = section->thai || strtoul(hex, NULL, 16) >> 24 == 0x0D;
    }
}

/* What is no literal: places, separators, what changes the value. `left` is what follows. */
static void
read_sign(struct section *section, struct buf *places, char c, struct str left)
{
    bool behind = left.len > 0 && is_place(left.ptr[0]);

    if (is_place(c)) {
        buf_byte(places, c);
        *(section->point ? &section->part : &section->whole) += 1;
    } else if (c == '.') {
        section->unknown = section->unknown || section->point;
        section->point = true;
    } else if (c == ',' && places->len > 0) {
        section->groups = section->groups || (behind && !section->point);
        section->commas += !behind;
    } else if (c == '%') {
        section->percents++;
    } else if (c == '@') {
        section->text = true;
    } else if (((c == 'E' || c == 'e') && left.len > 0 &&
                (left.ptr[0] == '+' || left.ptr[0] == '-')) ||
               (c == '/' && places->len > 0)) {
        section->unknown = true; /* an exponent, a fraction */
    } else if ((c == 't' || c == 'T') && behind) {
        section->thai = true;
    }
}

static struct section
read_section(struct arena *arena, struct str code)
{
    struct section section = {.code = code};
    struct buf places = buf_in(arena);

    for (size_t at = 0, len; at < code.len; at += len) {
        struct str rest = str_sub(code, at, code.len);
        len = token_length(code, at);
        if (str_starts_same(rest, STR("general"))) {
            section.general = true;
            len = STR("general").len;
        } else if (rest.ptr[0] == '[') {
            read_bracket(&section, str_sub(rest, 1, len < 2 ? 0 : len - 2));
        } else if (len == 1) {
            read_sign(&section, &places, rest.ptr[0], str_sub(rest, 1, rest.len));
        }
    }
    section.places = buf_str(&places);
    section.unknown = section.unknown || places.len > PLACES_MAX || section.commas > COMMAS_MAX ||
                      section.percents > PERCENTS_MAX;
    return section;
}

static size_t
read_sections(struct arena *arena, struct str code, struct section sections[SECTIONS_MAX])
{
    size_t count = 0, from = 0;

    for (size_t at = 0; at <= code.len && count < SECTIONS_MAX;) {
        if (at < code.len && code.ptr[at] != ';') {
            at += token_length(code, at);
            continue;
        }
        sections[count++] = read_section(arena, str_sub(code, from, at - from));
        from = ++at;
    }
    return count;
}

/* ---- choosing a section */

static bool
meets(struct str condition, struct decimal number)
{
    size_t signs = condition.len > 1 && strchr("<>=", condition.ptr[1]) != NULL ? 2 : 1;
    struct str sign = str_sub(condition, 0, signs);
    struct decimal limit;

    if (!decimal_parse(str_trim(str_sub(condition, signs, condition.len)), &limit))
        return false;
    int order = decimal_cmp(number, limit);
    return (order < 0 && (str_is(sign, "<") || str_is(sign, "<=") || str_is(sign, "<>"))) ||
           (order > 0 && (str_is(sign, ">") || str_is(sign, ">=") || str_is(sign, "<>"))) ||
           (order == 0 && (str_is(sign, "=") || str_is(sign, "<=") || str_is(sign, ">=")));
}

/* The section for a number, or NULL; *minus: a negative one has its sign written. */
static const struct section *
section_for(const struct section *sections, size_t count, struct str number, bool *minus)
{
    bool negative = str_starts(number, STR("-")), conditions = false;
    struct decimal value;

    for (size_t i = 0; i < count; i++)
        conditions = conditions || sections[i].condition.len > 0;
    *minus = negative;
    if (conditions && !decimal_parse(number, &value))
        return NULL;
    for (size_t i = 0; conditions && i < count; i++)
        if (sections[i].condition.len == 0 || meets(sections[i].condition, value))
            return &sections[i];
    if (conditions)
        return NULL;
    *minus = negative && count < 2;
    if (str_is(number, "0") && count > 2)
        return &sections[2];
    return &sections[negative && count > 1 ? 1 : 0];
}

/* ---- digits */

/* Moves the point of a plain number and rounds half away from zero to `places` behind it. */
static struct digits
digits_of(struct arena *arena, struct str number, long shift, size_t places)
{
    bool negative = str_starts(number, STR("-"));
    struct str plain = str_sub(number, negative ? 1 : 0, number.len);
    size_t dot = str_find(plain, STR("."));
    struct buf all = buf_in(arena);
    long point = (long)(dot == SIZE_MAX ? plain.len : dot) + shift;

    for (; point < 1; point++)
        buf_byte(&all, '0');
    for (size_t i = 0; i < plain.len; i++)
        if (plain.ptr[i] != '.')
            buf_byte(&all, plain.ptr[i]);
    while (all.len < (size_t)point + places + 1)
        buf_byte(&all, '0');
    size_t end = (size_t)point + places, from = 0;
    bool carry = all.ptr[end] >= '5';
    for (size_t i = end; carry && i > 0; i--) {
        carry = all.ptr[i - 1] == '9';
        all.ptr[i - 1] = (char)(carry ? '0' : all.ptr[i - 1] + 1);
    }
    while (!carry && from < (size_t)point && all.ptr[from] == '0')
        from++;
    struct str whole = str_sub(buf_str(&all), from, (size_t)point - from);
    if (carry)
        whole = str_of(arena_printf(arena, "1%.*s", STR_FMT(whole)));
    return (struct digits){negative, whole, str_sub(buf_str(&all), (size_t)point, places)};
}

/* ---- writing */

struct writing {
    struct buf out;
    const struct section *section;
    const struct digits *digits;
    struct str plain; /* the number or text as it is */
    size_t place;     /* which of the section's */
};

/* A digit `left` places before the point, with the comma behind it. */
static void
add_digit(struct writing *w, char digit, size_t left)
{
    buf_byte(&w->out, digit);
    if (w->section->groups && left > 0 && left % 3 == 0)
        buf_byte(&w->out, ',');
}

/* The digits that a place before the point stands for: the first one for all that are more. */
static void
add_whole(struct writing *w, char place)
{
    struct str whole = w->digits->whole;
    size_t left = w->section->whole - 1 - w->place;

    for (size_t i = w->section->whole; w->place == 0 && i < whole.len; i++)
        add_digit(w, whole.ptr[i - w->section->whole], whole.len - 1 - (i - w->section->whole));
    if (left < whole.len)
        add_digit(w, whole.ptr[whole.len - 1 - left], left);
    else if (place == '0')
        add_digit(w, '0', left);
}

/* Zeros at the end are written only where a 0 is. */
static void
add_part(struct writing *w, char place)
{
    size_t at = w->place - w->section->whole;
    struct str rest = str_sub(w->digits->part, at, w->digits->part.len);
    bool zeros = true;

    if (rest.len == 0)
        return;
    for (size_t i = 0; i < rest.len; i++)
        zeros = zeros && rest.ptr[i] == '0' && w->section->places.ptr[w->place + i] != '0';
    if (!zeros || place == '0')
        buf_byte(&w->out, rest.ptr[0]);
}

static void
add_token(struct writing *w, struct str token)
{
    const struct section *section = w->section;
    char c = token.ptr[0];

    if (c == '"') {
        buf_add(&w->out, str_sub(token, 1, token.len < 2 ? 0 : token.len - 2));
    } else if (c == '\\') {
        buf_add(&w->out, str_sub(token, 1, token.len));
    } else if (c == '_') {
        buf_byte(&w->out, ' ');
    } else if (c == '[' && token.len > 2 && token.ptr[1] == '$') {
        size_t dash = str_find(token, STR("-"));
        buf_add(&w->out, str_sub(token, 2, (dash == SIZE_MAX ? token.len - 1 : dash) - 2));
    } else if (is_place(c)) {
        (w->place < section->whole ? add_whole : add_part)(w, c);
        w->place++;
    } else if (c == '.') {
        if (section->whole == 0)
            buf_add(&w->out, w->digits->whole);
        buf_byte(&w->out, '.');
    } else if (c == '@') {
        buf_add(&w->out, w->plain);
    } else if (c != '*' && c != '[' && !(c == ',' && w->place > 0) &&
               !((c == 't' || c == 'T') && section->thai)) {
        buf_add(&w->out, token);
    }
}

static struct str
write_section(struct arena *arena, const struct section *section, const struct digits *digits,
              struct str plain, bool minus)
{
    struct writing w = {buf_in(arena), section, digits, plain, 0};

    if (minus)
        buf_byte(&w.out, '-');
    for (size_t at = 0, len; at < section->code.len; at += len) {
        struct str rest = str_sub(section->code, at, section->code.len);
        len = str_starts_same(rest, STR("general")) ? STR("general").len
                                                    : token_length(section->code, at);
        if (str_starts_same(rest, STR("general")))
            buf_add(&w.out, plain);
        else
            add_token(&w, str_sub(rest, 0, len));
    }
    struct str text = utf8_trim(buf_str(&w.out));
    return section->thai ? digits_to_thai(arena, text) : text;
}

bool
xlsx_shown_number(struct arena *arena, struct str code, struct str number, struct str *out)
{
    struct section sections[SECTIONS_MAX] = {0};
    size_t count = read_sections(arena, code, sections);
    bool minus = false;
    const struct section *section = section_for(sections, count, number, &minus);

    if (section == NULL || section->unknown)
        return false;
    long shift = 2 * (long)section->percents - 3 * (long)section->commas;
    struct digits digits = digits_of(arena, number, shift, section->part);
    struct str plain = digits.negative ? str_sub(number, 1, number.len) : number;
    *out = write_section(arena, section, &digits, plain, minus);
    return out->len > 0;
}

bool
xlsx_shown_text(struct arena *arena, struct str code, struct str text, struct str *out)
{
    struct section sections[SECTIONS_MAX];
    size_t count = read_sections(arena, code, sections);

    if (count == 0 || !sections[count - 1].text)
        return false;
    *out = write_section(arena, &sections[count - 1], &(struct digits){.negative = false}, text,
                         false);
    return out->len > 0;
}
