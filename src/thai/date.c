/* Dates of Thai offices. The form on a memo (day, full month, year without "พ.ศ.") follows the
 * regulation on correspondence of 2526 B.E.; months have their usual abbreviations. */
#include "thai/date.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "thai/digits.h"

#define OFFSET (7 * 3600)
#define TEXT_MAX 160 /* bytes; no date is longer */

static const struct {
    const char *name;
    const char *brief;
} months[12] = {
    {"มกราคม", "ม.ค."},  {"กุมภาพันธ์", "ก.พ."}, {"มีนาคม", "มี.ค."},    {"เมษายน", "เม.ย."},
    {"พฤษภาคม", "พ.ค."}, {"มิถุนายน", "มิ.ย."},  {"กรกฎาคม", "ก.ค."},  {"สิงหาคม", "ส.ค."},
    {"กันยายน", "ก.ย."},  {"ตุลาคม", "ต.ค."},   {"พฤศจิกายน", "พ.ย."}, {"ธันวาคม", "ธ.ค."},
};

/* What a text says of a date: 0 where it says nothing (day, month), -1 for no year. */
struct parts {
    int day;
    int month;
    int year;
    int year_digits;
    bool day_given;
    bool western; /* "ค.ศ." */
};

/* The text with Arabic digits and plain blanks, in a buffer of TEXT_MAX bytes. */
static bool
simplify(struct str text, char buffer[TEXT_MAX], struct str *out)
{
    size_t len = 0;

    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (code == UTF8_BAD || len + 4 > TEXT_MAX)
            return false;
        if (code >= 0x0E50 && code <= 0x0E59)
            code = '0' + (code - 0x0E50);
        else if (utf8_is_blank(code))
            code = ' ';
        if (utf8_is_unseen(code))
            continue;
        len += utf8_put(code, buffer + len);
    }
    *out = str_trim((struct str){buffer, len});
    return true;
}

static void
skip_blanks(struct str *rest)
{
    while (rest->len > 0 && rest->ptr[0] == ' ')
        *rest = str_sub(*rest, 1, rest->len);
}

static bool
skip_word(struct str *rest, const char *word)
{
    struct str prefix = str_of(word);

    if (!str_starts(*rest, prefix))
        return false;
    *rest = str_sub(*rest, prefix.len, rest->len);
    skip_blanks(rest);
    return true;
}

/* A number of at most four digits; false when there is none or a longer one. */
static bool
read_number(struct str *rest, int *number, int *digits)
{
    int value = 0, count = 0;

    while (rest->len > 0 && ascii_is_digit(rest->ptr[0])) {
        if (++count > 4)
            return false;
        value = value * 10 + (rest->ptr[0] - '0');
        *rest = str_sub(*rest, 1, rest->len);
    }
    *number = value;
    *digits = count;
    return count > 0;
}

/* True when `rest` begins with the abbreviation, whose dots may be left out. */
static bool
skip_brief(struct str *rest, const char *brief)
{
    struct str left = *rest, pattern = str_of(brief);

    while (pattern.len > 0) {
        if (left.len > 0 && left.ptr[0] == pattern.ptr[0])
            left = str_sub(left, 1, left.len);
        else if (pattern.ptr[0] != '.')
            return false;
        pattern = str_sub(pattern, 1, pattern.len);
    }
    *rest = left;
    return true;
}

static int
read_month(struct str *rest)
{
    (void)skip_word(rest, "เดือน");
    for (int i = 0; i < 12; i++) {
        struct str name = str_of(months[i].name);
        if (!str_starts(*rest, name))
            continue;
        *rest = str_sub(*rest, name.len, rest->len);
        return i + 1;
    }
    for (int i = 0; i < 12; i++)
        if (skip_brief(rest, months[i].brief))
            return i + 1;
    return 0;
}

static bool
read_year(struct str *rest, struct parts *parts)
{
    if (skip_word(rest, "ค.ศ."))
        parts->western = true;
    else if (!skip_word(rest, "พ.ศ."))
        (void)skip_word(rest, "ปี");
    return read_number(rest, &parts->year, &parts->year_digits);
}

/* "2566-09-29", "2566-09", "29/9/2566", "9/2566": the part of four digits is the year. */
static bool
read_numbers(struct str rest, struct parts *parts)
{
    int number[3], digits[3], count = 0;
    char separator = '\0';

    for (;;) {
        if (!read_number(&rest, &number[count], &digits[count]))
            return false;
        count++;
        if (rest.len == 0)
            break;
        char c = rest.ptr[0];
        if (count == 3 || (c != '-' && c != '/' && c != '.') || (count > 1 && c != separator))
            return false;
        separator = c;
        rest = str_sub(rest, 1, rest.len);
    }
    if (count < 2)
        return false;
    bool year_first = digits[0] == 4;
    int year = year_first ? 0 : count - 1, day = year_first ? 2 : 0;
    int month = count == 3 || year_first ? 1 : 0;
    if (digits[month] > 2 || (count == 3 && digits[day] > 2) || (count == 2 && digits[year] != 4))
        return false;
    parts->year = number[year];
    parts->year_digits = digits[year];
    parts->month = number[month];
    parts->day = count == 3 ? number[day] : 0;
    parts->day_given = count == 3;
    return parts->month > 0 || count == 3 || year_first;
}

/* "29 กันยายน พ.ศ. 2566" and parts of it; a number alone is a day. */
static bool
read_words(struct str rest, struct parts *parts)
{
    int digits = 0;

    parts->year = -1;
    if (rest.len > 0 && ascii_is_digit(rest.ptr[0])) {
        if (!read_number(&rest, &parts->day, &digits) || digits > 2)
            return false;
        parts->day_given = true;
        skip_blanks(&rest);
        if (rest.len == 0)
            return true;
    }
    parts->month = read_month(&rest);
    if (parts->month == 0)
        return false;
    skip_blanks(&rest);
    return rest.len == 0 || (read_year(&rest, parts) && rest.len == 0);
}

static bool
read_parts(struct str text, struct parts *parts)
{
    *parts = (struct parts){.year = -1};
    (void)skip_word(&text, "วันที่");
    if (read_numbers(text, parts))
        return true;
    *parts = (struct parts){.year = -1};
    return read_words(text, parts);
}

static int
month_days(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int western = year - DATE_ERA;
    bool leap = western % 4 == 0 && (western % 100 != 0 || western % 400 == 0);

    return month == 2 && leap ? 29 : days[month - 1];
}

/* Turns a year as written into one of B.E. */
static enum date_fault
settle_year(int year, int digits, bool western, int *out)
{
    if (digits == 2 && !western) {
        *out = 2500 + year;
        return DATE_GOOD;
    }
    if (digits != 4)
        return DATE_NOT_A_DATE;
    bool wrong = western || (year >= 1900 && year <= 2199);
    *out = wrong ? year + DATE_ERA : year;
    if (*out < DATE_YEAR_MIN || *out > DATE_YEAR_MAX)
        return DATE_IMPOSSIBLE;
    return wrong ? DATE_WRONG_ERA : DATE_GOOD;
}

static enum date_fault
settle(const struct parts *parts, struct date *out)
{
    struct date date = {0, parts->month, parts->day};

    if (parts->year < 0)
        return DATE_NOT_A_DATE;
    enum date_fault fault =
        settle_year(parts->year, parts->year_digits, parts->western, &date.year);
    if (fault == DATE_NOT_A_DATE || fault == DATE_IMPOSSIBLE)
        return fault;
    if (date.month < 1 || date.month > 12)
        return DATE_IMPOSSIBLE;
    if (parts->day_given && (date.day < 1 || date.day > month_days(date.year, date.month)))
        return DATE_IMPOSSIBLE;
    *out = date;
    return fault;
}

enum date_fault
date_parse(struct str text, struct date *out)
{
    char buffer[TEXT_MAX];
    struct str simple;
    struct parts parts;

    if (!simplify(text, buffer, &simple) || !read_parts(simple, &parts))
        return DATE_NOT_A_DATE;
    return settle(&parts, out);
}

enum date_fault
date_year(struct str text, int *year)
{
    char buffer[TEXT_MAX];
    struct str simple;
    struct parts parts = {0};

    if (!simplify(text, buffer, &simple) || !read_year(&simple, &parts) || simple.len > 0 ||
        parts.year_digits != 4)
        return DATE_NOT_A_DATE;
    return settle_year(parts.year, parts.year_digits, parts.western, year);
}

/* Cuts at the first `separator`; false when it is not there or nothing stands on a side. */
static bool
cut(struct str text, const char *separator, struct str *from, struct str *to)
{
    struct str word = str_of(separator);
    size_t at = str_find(text, word);

    if (at == SIZE_MAX)
        return false;
    *from = str_trim(str_sub(text, 0, at));
    *to = str_trim(str_sub(text, at + word.len, text.len));
    return from->len > 0 && to->len > 0;
}

static bool
read_range(struct str text, struct parts *from, struct parts *to)
{
    /* a hyphen between blanks before one without: "2565-10 - 2566-09" */
    static const char *const separators[] = {"จนถึง", "ถึง", "–", "—", " - ", "-"};

    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++) {
        struct str a, b;
        if (cut(text, separators[i], &a, &b))
            return read_parts(a, from) && read_parts(b, to);
    }
    return false;
}

enum date_fault
date_range_parse(struct str text, struct date_range *out)
{
    char buffer[TEXT_MAX];
    struct str simple;
    struct parts from, to;
    struct date_range range;

    if (!simplify(text, buffer, &simple) || !read_range(simple, &from, &to))
        return DATE_NOT_A_DATE;
    if (from.month == 0)
        from.month = to.month;
    if (from.year < 0) {
        from.year = to.year;
        from.year_digits = to.year_digits;
        from.western = to.western;
    }
    if (from.day_given != to.day_given)
        return DATE_NOT_A_DATE;
    enum date_fault first = settle(&from, &range.from), second = settle(&to, &range.to);
    if (first != DATE_GOOD && first != DATE_WRONG_ERA)
        return first;
    if (second != DATE_GOOD && second != DATE_WRONG_ERA)
        return second;
    if (date_cmp(range.from, range.to) > 0)
        return DATE_IMPOSSIBLE;
    *out = range;
    return first != DATE_GOOD ? first : second;
}

struct str
date_text(struct arena *arena, struct date date, bool brief, bool thai_digits)
{
    struct buf out = buf_in(arena);

    if (date.day > 0)
        buf_printf(&out, "%d ", date.day);
    buf_text(&out, date_month_name(date.month, brief));
    if (brief)
        buf_printf(&out, " %02d", date.year % 100);
    else
        buf_printf(&out, " %d", date.year);
    return thai_digits ? digits_to_thai(arena, buf_str(&out)) : buf_str(&out);
}

struct str
date_range_text(struct arena *arena, struct date_range range, bool brief, bool thai_digits)
{
    struct buf out = buf_in(arena);

    buf_add(&out, date_text(arena, range.from, brief, thai_digits));
    if (date_cmp(range.from, range.to) == 0)
        return buf_str(&out);
    buf_text(&out, brief ? " ถึง " : " – ");
    buf_add(&out, date_text(arena, range.to, brief, thai_digits));
    return buf_str(&out);
}

struct str
date_iso(struct arena *arena, struct date date)
{
    struct buf out = buf_in(arena);

    buf_printf(&out, "%04d-%02d", date.year, date.month);
    if (date.day > 0)
        buf_printf(&out, "-%02d", date.day);
    return buf_str(&out);
}

static int
order(struct date date)
{
    return (date.year * 16 + date.month) * 32 + (date.day > 0 ? date.day : 1);
}

bool
date_there(time_t at, struct tm *out)
{
    time_t there = at + OFFSET;

    return gmtime_r(&there, out) != NULL;
}

struct date
date_from_tm(const struct tm *time)
{
    return (struct date){
        .year = time->tm_year + 1900 + DATE_ERA, .month = time->tm_mon + 1, .day = time->tm_mday};
}

int
date_cmp(struct date a, struct date b)
{
    int x = order(a), y = order(b);

    return (x > y) - (x < y);
}

const char *
date_month_name(int month, bool brief)
{
    return brief ? months[month - 1].brief : months[month - 1].name;
}

struct str
date_moment_text(struct arena *arena, time_t at, bool thai)
{
    struct buf out = buf_in(arena);
    struct tm tm;

    if (!date_there(at, &tm))
        return STR("?");
    struct date day = date_from_tm(&tm);
    if (thai)
        buf_printf(&out, "%d %s %d เวลา %02d.%02d น.", day.day, date_month_name(day.month, true),
                   day.year, tm.tm_hour, tm.tm_min);
    else
        buf_printf(&out, "%04d-%02d-%02d %02d:%02d (UTC+7)", day.year - DATE_ERA, day.month,
                   day.day, tm.tm_hour, tm.tm_min);
    return buf_str(&out);
}
