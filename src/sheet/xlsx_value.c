/* Numbers, dates and times of cells (ECMA-376 part 1, 18.17.4 and 22.9). */
#include "base/ascii.h"
#include "sheet/inner.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "thai/date.h"
#include "value/reader.h"

#define DIGITS 15            /* as many as Excel keeps */
#define SERIAL_MAX 2958465.0 /* 31 December 9999 */
#define LEAP_BUG 60          /* "29 February 1900" */
#define TEXT_MAX 64          /* bytes of a stored number */

void
xlsx_fault(struct cell *cell, enum diag_code code, struct str text)
{
    cell->kind = CELL_FAULT;
    cell->fault = code;
    cell->text = text;
}

static void
set(struct xlsx *x, struct cell *cell, enum cell_kind kind, struct buf *text)
{
    cell->kind = kind;
    cell->text = str_dup(x->reader->arena, buf_str(text));
}

static size_t
skip_digits(struct str s, size_t at)
{
    while (at < s.len && ascii_is_digit(s.ptr[at]))
        at++;
    return at;
}

static size_t
skip_sign(struct str s, size_t at)
{
    return at < s.len && (s.ptr[at] == '-' || s.ptr[at] == '+') ? at + 1 : at;
}

/* xsd:double without INF and NaN. */
static bool
is_number(struct str s)
{
    size_t from = skip_sign(s, 0), at = skip_digits(s, from), digits = at - from;

    if (at < s.len && s.ptr[at] == '.') {
        from = at + 1;
        at = skip_digits(s, from);
        digits += at - from;
    }
    if (digits > 0 && at < s.len && (s.ptr[at] | 0x20) == 'e') {
        from = skip_sign(s, at + 1);
        at = skip_digits(s, from);
        digits = at - from;
    }
    return digits > 0 && at == s.len;
}

static bool
parse(const struct xlsx *x, struct str s, double *out)
{
    char text[TEXT_MAX];

    if (s.len >= sizeof text || !is_number(s))
        return false;
    (void)snprintf(text, sizeof text, "%.*s", STR_FMT(s));
    *out = strtod_l(text, NULL, x->c_locale);
    return isfinite(*out);
}

/* Writes `value` with 15 significant digits and no exponent. */
static void
add_number(struct buf *out, double value)
{
    char text[TEXT_MAX], digits[DIGITS + 1];
    int count = 0;

    /* one digit, the point of whatever locale, fourteen digits, "e+01" */
    (void)snprintf(text, sizeof text, "%.*e", DIGITS - 1, fabs(value));
    const char *at = text;
    for (; *at != 'e'; at++)
        if (ascii_is_digit(*at) && count < DIGITS)
            digits[count++] = *at;
    int point = (int)strtol(at + 1, NULL, 10) + 1;
    while (count > 1 && digits[count - 1] == '0')
        count--;
    if (value < 0)
        buf_byte(out, '-');
    if (point <= 0 || value == 0) {
        buf_text(out, value == 0 ? "0" : "0.");
        for (int i = point; i < 0; i++)
            buf_byte(out, '0');
        point = 0;
    }
    for (int i = 0; value != 0 && (i < count || i < point); i++) {
        if (i == point && point > 0)
            buf_byte(out, '.');
        buf_add(out, i < count ? (struct str){&digits[i], 1} : STR("0"));
    }
}

/* ---- dates */

/* The day of the Gregorian calendar that is `days` after 1970-01-01; H. Hinnant,
 * chrono-Compatible Low-Level Date Algorithms, civil_from_days. */
static struct date
civil(long days)
{
    days += 719468;
    long era = (days >= 0 ? days : days - 146096) / 146097;
    long day_of_era = days - era * 146097;
    long year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long month = (5 * day_of_year + 2) / 153;
    int day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    int real = (int)(month < 10 ? month + 3 : month - 9);

    return (struct date){(int)(year_of_era + era * 400 + (real <= 2)), real, day};
}

/* `date` is of A.D. One of the years that the Buddhist era has now was typed as such. */
static void
set_date(struct xlsx *x, struct cell *cell, struct date date)
{
    struct buf text = buf_in(x->reader->scratch);

    if (date.year >= DATE_YEAR_MIN && date.year <= DATE_YEAR_MAX) {
        xlsx_fault(cell, DIAG_XLSX_DATE_ERA, date_iso(x->reader->arena, date));
        return;
    }
    date.year += DATE_ERA;
    buf_add(&text, date_iso(x->reader->scratch, date));
    set(x, cell, CELL_DATE, &text);
}

static void
set_serial(struct xlsx *x, struct cell *cell, double serial, struct str stored)
{
    double first = x->date1904 ? 0 : 1;

    if (serial < first || serial >= SERIAL_MAX + 1 || (!x->date1904 && floor(serial) == LEAP_BUG)) {
        xlsx_fault(cell, DIAG_XLSX_DATE, str_dup(x->reader->arena, stored));
        return;
    }
    /* 1904-01-01 is 24107 days before 1970-01-01; 1899-12-31 25568, for the days before the one
     * that never was, and after it one more */
    long days = (long)floor(serial);
    if (x->date1904)
        days -= 24107;
    else
        days -= days < LEAP_BUG ? 25568 : 25569;
    set_date(x, cell, civil(days));
}

static void
set_time(struct xlsx *x, struct cell *cell, double serial, bool elapsed)
{
    struct buf text = buf_in(x->reader->scratch);
    double part = elapsed ? serial : serial - floor(serial);
    long seconds = lround(part * 86400);

    if (!elapsed)
        seconds %= 86400;
    buf_printf(&text, "%02ld:%02ld", seconds / 3600, seconds / 60 % 60);
    if (seconds % 60 != 0)
        buf_printf(&text, ":%02ld", seconds % 60);
    set(x, cell, CELL_TEXT, &text);
}

/* Notes what is shown, when it is something else. */
static void
set_look(struct xlsx *x, struct cell *cell, struct str code)
{
    struct arena *arena = x->reader->arena, *scratch = x->reader->scratch;
    struct str shown = STR("");

    if (code.len == 0)
        return;
    bool known = cell->kind == CELL_NUMBER ? xlsx_shown_number(scratch, code, cell->text, &shown)
                                           : xlsx_shown_text(scratch, code, cell->text, &shown);
    if (known ? str_eq(shown, cell->text) : cell->kind != CELL_NUMBER)
        return;
    struct cell_look *look = arena_alloc(arena, sizeof *look);
    *look = (struct cell_look){.shown = known ? str_dup(arena, shown) : STR("")};
    cell->look = look;
}

/* What looks like a date or a time may have been typed as a number. */
static void
set_moment(struct xlsx *x, struct cell *cell, double value, struct str stored, enum format format)
{
    struct arena *arena = x->reader->arena;
    struct buf number = buf_in(x->reader->scratch);

    if (format == FORMAT_DATE)
        set_serial(x, cell, value, stored);
    else if (value < 0 || value > SERIAL_MAX)
        xlsx_fault(cell, DIAG_XLSX_DATE, str_dup(arena, stored));
    else
        set_time(x, cell, value, format == FORMAT_ELAPSED);
    add_number(&number, value);
    struct cell_look *look = arena_alloc(arena, sizeof *look);
    *look = (struct cell_look){.shown = cell->text, .stored = str_dup(arena, buf_str(&number))};
    cell->look = look;
}

void
xlsx_number(struct xlsx *x, struct cell *cell, struct str stored,
            const struct number_format *format)
{
    struct buf text = buf_in(x->reader->scratch);
    double value = 0;

    if (!parse(x, stored, &value)) {
        xlsx_fault(cell, DIAG_XLSX_VALUE, str_dup(x->reader->arena, stored));
    } else if (format->kind == FORMAT_NUMBER) {
        add_number(&text, value);
        set(x, cell, CELL_NUMBER, &text);
        set_look(x, cell, format->code);
    } else {
        set_moment(x, cell, value, stored, format->kind);
    }
}

void
xlsx_set_text_look(struct xlsx *x, struct cell *cell, const struct number_format *format)
{
    if (cell->kind == CELL_TEXT)
        set_look(x, cell, format->code);
}

/* Digits from `at` on as a number, or -1. */
static int
digits_at(struct str s, size_t at, size_t count)
{
    int value = 0;

    if (at + count > s.len)
        return -1;
    for (size_t i = at; i < at + count; i++) {
        if (!ascii_is_digit(s.ptr[i]))
            return -1;
        value = value * 10 + (s.ptr[i] - '0');
    }
    return value;
}

static bool
is_day(struct date date)
{
    static const int days[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);

    return date.year >= 1 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
           date.day <= days[date.month] + (leap && date.month == 2);
}

void
xlsx_iso_date(struct xlsx *x, struct cell *cell, struct str stored)
{
    struct date date = {digits_at(stored, 0, 4), digits_at(stored, 5, 2), digits_at(stored, 8, 2)};
    bool dashed = stored.len >= 10 && stored.ptr[4] == '-' && stored.ptr[7] == '-' &&
                  (stored.len == 10 || stored.ptr[10] == 'T');

    if (dashed && is_day(date))
        set_date(x, cell, date);
    else
        xlsx_fault(cell, DIAG_XLSX_DATE, str_dup(x->reader->arena, stored));
}
