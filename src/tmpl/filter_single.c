/* Filters that work on single values: digits, dates, numbers, comparisons, words around. */
#include "base/arena.h"
#include "base/ascii.h"
#include "base/decimal.h"
#include "thai/date.h"
#include "thai/digits.h"
#include "tmpl/filter.h"
#include "value/value.h"

#define DECIMAL_LIMIT INT64_C(1000000000000000000) /* of a decimal's units */

static const char *const letters[] = {"ก", "ข", "ค", "ง", "จ", "ฉ", "ช", "ซ", "ฌ", "ญ", "ฎ",
                                      "ฏ", "ฐ", "ฑ", "ฒ", "ณ", "ด", "ต", "ถ", "ท", "ธ", "น",
                                      "บ", "ป", "ผ", "ฝ", "พ", "ฟ", "ภ", "ม", "ย", "ร", "ล",
                                      "ว", "ศ", "ษ", "ส", "ห", "ฬ", "อ", "ฮ"};

#define LETTER_COUNT (sizeof letters / sizeof letters[0])

struct str
filter_text(struct arena *arena, const struct value *value)
{
    switch (value->kind) {
    case VALUE_TEXT:
    case VALUE_ENTRY:
    case VALUE_NUMBER:
        return value->text;
    case VALUE_DATE:
        return date_text(arena, value->date, false, true);
    case VALUE_BOOL:
        return value->boolean ? STR("ใช่") : STR("ไม่ใช่");
    case VALUE_NONE:
    case VALUE_LIST:
    case VALUE_MAP:
        break;
    }
    return STR("");
}

void
filter_give(struct filter_call *call, struct str text, unsigned flags)
{
    struct value *out = value_new(call->arena, VALUE_TEXT, call->value->pos);

    out->text = text;
    out->flags = flags;
    call->value = out;
}

static bool
is_single(const struct value *value)
{
    return value->kind != VALUE_LIST && value->kind != VALUE_MAP;
}

/* Flags that a text made of the value keeps. */
static unsigned
kept_flags(const struct value *value)
{
    if (value->kind == VALUE_NUMBER || value->kind == VALUE_DATE)
        return VALUE_NAME;
    return value->flags & (unsigned)VALUE_NAME;
}

/* A number, or a text that is one. */
static bool
read_number(const struct filter_call *call, struct decimal *out)
{
    const struct value *value = call->value;

    if (value->kind == VALUE_NUMBER) {
        *out = value->number;
        return true;
    }
    if (value->kind != VALUE_TEXT && value->kind != VALUE_ENTRY)
        return false;
    return decimal_parse(str_trim(digits_to_arabic(call->arena, value->text)), out);
}

static bool
read_date(const struct filter_call *call, struct date *out)
{
    const struct value *value = call->value;

    if (value->kind == VALUE_DATE) {
        *out = value->date;
        return true;
    }
    return value->kind == VALUE_TEXT && date_parse(value->text, out) == DATE_GOOD;
}

/* ---- digits */

static bool
change_text(struct filter_call *call, struct str (*change)(struct arena *, struct str))
{
    struct str text = filter_text(call->arena, call->value);

    if (!is_single(call->value))
        return false;
    filter_give(call, change(call->arena, text), kept_flags(call->value));
    return true;
}

bool
filter_thai_digits(struct filter_call *call)
{
    return change_text(call, digits_to_thai);
}

bool
filter_arabic_digits(struct filter_call *call)
{
    return change_text(call, digits_to_arabic);
}

bool
filter_sentence_digits(struct filter_call *call)
{
    return change_text(call, digits_in_sentence);
}

/* ---- dates */

static bool
wants_thai(const struct filter_call *call)
{
    return call->arg_count == 0 || str_is(call->args[0], "ไทย") || str_is(call->args[0], "thai");
}

/* No-break spaces where the day is left for the pen: about 1.3 cm at 16 pt. */
#define NBSP3 "\xC2\xA0\xC2\xA0\xC2\xA0"
#define DAY_ROOM NBSP3 NBSP3 NBSP3 NBSP3

static bool
give_date(struct filter_call *call, bool brief)
{
    struct date date;

    if (!read_date(call, &date))
        return false;
    struct str text = date_text(call->arena, date, brief, wants_thai(call));
    if (date.day == 0 && !brief)
        text = str_of(arena_printf(call->arena, DAY_ROOM "%.*s", STR_FMT(text)));
    filter_give(call, text, VALUE_NAME);
    return true;
}

bool
filter_date_long(struct filter_call *call)
{
    return give_date(call, false);
}

bool
filter_date_brief(struct filter_call *call)
{
    return give_date(call, true);
}

bool
filter_month_year(struct filter_call *call)
{
    struct date date;

    if (!read_date(call, &date))
        return false;
    date.day = 0;
    filter_give(call, date_text(call->arena, date, false, wants_thai(call)), VALUE_NAME);
    return true;
}

static bool
give_range(struct filter_call *call, bool brief)
{
    struct date_range range;

    if (call->value->kind != VALUE_TEXT || date_range_parse(call->value->text, &range) != DATE_GOOD)
        return false;
    filter_give(call, date_range_text(call->arena, range, brief, wants_thai(call)),
                kept_flags(call->value));
    return true;
}

bool
filter_month_range(struct filter_call *call)
{
    return give_range(call, false);
}

bool
filter_month_range_brief(struct filter_call *call)
{
    return give_range(call, true);
}

/* ---- numbers */

static bool
give_number(struct filter_call *call, struct decimal number)
{
    struct value *out = value_new(call->arena, VALUE_NUMBER, call->value->pos);

    out->number = number;
    out->text = decimal_text(call->arena, number, false);
    out->flags = VALUE_NAME;
    call->value = out;
    return true;
}

bool
filter_year_of(struct filter_call *call)
{
    struct date date;

    return read_date(call, &date) && give_number(call, (struct decimal){date.year, 0});
}

bool
filter_decimals(struct filter_call *call)
{
    uint8_t places = (uint8_t)(call->args[0].ptr[0] - '0');
    struct decimal number;

    return read_number(call, &number) && decimal_round(number, places, &number) &&
           give_number(call, number);
}

/* a - b, exact. */
static bool
subtract(struct decimal a, struct decimal b, struct decimal *out)
{
    uint8_t places = a.places > b.places ? a.places : b.places;

    if (!decimal_round(a, places, &a) || !decimal_round(b, places, &b))
        return false;
    *out = (struct decimal){a.units - b.units, places};
    return out->units < DECIMAL_LIMIT && out->units > -DECIMAL_LIMIT;
}

bool
filter_minus(struct filter_call *call)
{
    struct filter_call other = *call;
    struct decimal from, less;

    other.value = call->operand;
    if (call->operand->kind == VALUE_NONE) {
        call->value = value_new(call->arena, VALUE_NONE, call->value->pos);
        return true;
    }
    return read_number(call, &from) && read_number(&other, &less) && subtract(from, less, &from) &&
           give_number(call, from);
}

#define MINUS_SIGN "\xE2\x88\x92" /* U+2212: as wide as the plus sign, which a hyphen is not */

bool
filter_signed(struct filter_call *call)
{
    struct decimal number;

    if (!read_number(call, &number))
        return false;
    bool below = number.units < 0;
    const char *sign = below ? MINUS_SIGN : number.units > 0 ? "+" : "";
    number.units = below ? -number.units : number.units;
    struct str text = decimal_text(call->arena, number, false);
    filter_give(call, str_of(arena_printf(call->arena, "%s%.*s", sign, STR_FMT(text))), VALUE_NAME);
    return true;
}

bool
filter_thousands(struct filter_call *call)
{
    struct decimal number;

    if (!read_number(call, &number))
        return false;
    filter_give(call, decimal_text(call->arena, number, true), VALUE_NAME);
    return true;
}

bool
filter_baht(struct filter_call *call)
{
    struct decimal number;

    if (!read_number(call, &number))
        return false;
    filter_give(call, digits_baht(call->arena, number), 0);
    return true;
}

bool
filter_words(struct filter_call *call)
{
    struct decimal number;

    if (!read_number(call, &number))
        return false;
    filter_give(call, digits_words(call->arena, number), 0);
    return true;
}

bool
filter_letter(struct filter_call *call)
{
    struct decimal number;

    if (!read_number(call, &number) || !decimal_round(number, 0, &number) || number.units < 1 ||
        number.units > (int64_t)LETTER_COUNT)
        return false;
    filter_give(call, str_of(letters[number.units - 1]), VALUE_NAME);
    return true;
}

/* ---- comparisons */

static bool
give_bool(struct filter_call *call, bool answer)
{
    struct value *out = value_new(call->arena, VALUE_BOOL, call->value->pos);

    out->boolean = answer;
    call->value = out;
    return true;
}

bool
filter_is_equal(struct arena *arena, const struct value *value, struct str arg)
{
    struct decimal number;
    struct date date;

    switch (value->kind) {
    case VALUE_NUMBER:
        return decimal_parse(digits_to_arabic(arena, arg), &number) &&
               decimal_cmp(value->number, number) == 0;
    case VALUE_DATE:
        return date_parse(arg, &date) == DATE_GOOD && date.day == value->date.day &&
               date_cmp(value->date, date) == 0;
    case VALUE_BOOL:
        return value->boolean == (str_is(arg, "ใช่") || str_is(arg, "yes") || str_is(arg, "true"));
    default:
        return str_eq(filter_text(arena, value), arg);
    }
}

static bool
is_any(const struct filter_call *call)
{
    for (size_t i = 0; i < call->arg_count; i++) {
        if (filter_is_equal(call->arena, call->value, call->args[i]))
            return true;
    }
    return false;
}

bool
filter_equals(struct filter_call *call)
{
    return is_single(call->value) && give_bool(call, is_any(call));
}

bool
filter_differs(struct filter_call *call)
{
    return is_single(call->value) && give_bool(call, !is_any(call));
}

static bool
compare(const struct filter_call *call, int *order)
{
    struct decimal number, limit;

    if (!read_number(call, &number) || !decimal_parse(call->args[0], &limit))
        return false;
    *order = decimal_cmp(number, limit);
    return true;
}

bool
filter_above(struct filter_call *call)
{
    int order = 0;

    return compare(call, &order) && give_bool(call, order > 0);
}

bool
filter_below(struct filter_call *call)
{
    int order = 0;

    return compare(call, &order) && give_bool(call, order < 0);
}

/* ---- words around */

static bool
surround(struct filter_call *call, struct str before, struct str after)
{
    struct str text = filter_text(call->arena, call->value);
    struct buf out = buf_in(call->arena);

    if (!is_single(call->value))
        return false;
    if (text.len == 0)
        return true;
    buf_add(&out, before);
    buf_add(&out, text);
    buf_add(&out, after);
    filter_give(call, buf_str(&out), kept_flags(call->value));
    return true;
}

bool
filter_brackets(struct filter_call *call)
{
    return surround(call, STR("("), STR(")"));
}

bool
filter_prefix(struct filter_call *call)
{
    return surround(call, call->args[0], STR(""));
}

bool
filter_suffix(struct filter_call *call)
{
    return surround(call, STR(""), call->args[0]);
}

static struct str
to_capitals(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < text.len; i++)
        buf_byte(&out, ascii_capital(text.ptr[i]));
    return buf_str(&out);
}

bool
filter_capitals(struct filter_call *call)
{
    return change_text(call, to_capitals);
}

bool
filter_otherwise(struct filter_call *call)
{
    const struct value *value = call->value;
    bool empty = value->kind == VALUE_NONE || (value->kind == VALUE_TEXT && value->text.len == 0) ||
                 (value->kind == VALUE_LIST && value->count == 0);

    if (empty)
        filter_give(call, call->args[0], 0);
    return true;
}

/* ---- markers that count */

/* Where the number or letter of a marker stands: "(1)" has one, "-" none. */
static bool
find_core(struct str marker, size_t *from, size_t *len)
{
    *from = str_starts(marker, STR("(")) ? 1 : 0;
    struct str rest = str_sub(marker, *from, marker.len);
    if (rest.len < 2 || (rest.ptr[rest.len - 1] != '.' && rest.ptr[rest.len - 1] != ')') ||
        (*from == 1 && rest.ptr[rest.len - 1] != ')'))
        return false;
    *len = rest.len - 1;
    return true;
}

/* 0 when the text is no number, else the number; *thai says which digits. */
static int
number_of(struct arena *arena, struct str core, bool *thai)
{
    struct str arabic = digits_to_arabic(arena, core);
    size_t number;

    *thai = arabic.len != core.len;
    return arabic.len <= 3 && str_number(arabic, 999, &number) ? (int)number : 0;
}

static int
letter_of(struct str core)
{
    for (size_t i = 0; i < LETTER_COUNT; i++) {
        if (str_is(core, letters[i]))
            return (int)i + 1;
    }
    return 0;
}

bool
filter_is_marker(struct str text)
{
    static const char *const plain[] = {"-", "–", "•", "*", "●", "○", "▪"};
    struct arena *arena = arena_new(0);
    size_t from = 0, len = 0;
    bool thai, good = false;

    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        good = good || str_is(text, plain[i]);
    if (!good && find_core(text, &from, &len)) {
        struct str core = str_sub(text, from, len);
        good = number_of(arena, core, &thai) > 0 || letter_of(core) > 0;
    }
    arena_free(arena);
    return good;
}

struct str
filter_marker_at(struct arena *arena, struct str marker, size_t index)
{
    size_t from = 0, len = 0;
    struct buf out = buf_in(arena);
    bool thai = false;

    if (!find_core(marker, &from, &len))
        return marker;
    struct str core = str_sub(marker, from, len);
    int number = number_of(arena, core, &thai);
    size_t letter = (size_t)letter_of(core) + index;
    buf_add(&out, str_sub(marker, 0, from));
    if (number > 0) {
        struct str text = str_of(arena_printf(arena, "%zu", (size_t)number + index));
        buf_add(&out, thai ? digits_to_thai(arena, text) : text);
    } else {
        buf_text(&out, letters[(letter - 1) % LETTER_COUNT]);
    }
    buf_add(&out, str_sub(marker, from + len, marker.len));
    return buf_str(&out);
}
