#include "engine/year.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "thai/date.h"
#include "thai/digits.h"
#include "value/value.h"

int
year_of_report(struct arena *arena, const struct value *report)
{
    const struct value *year = value_get(report, STR("ปีงบประมาณ"));
    const struct value *day = value_get(report, STR("วันที่"));
    struct decimal number;
    struct date date;

    if (year != NULL && year->kind == VALUE_TEXT &&
        decimal_parse(digits_to_arabic(arena, year->text), &number) && number.places == 0 &&
        number.units > 2400 && number.units < 3000)
        return (int)number.units;
    if (day != NULL && day->kind == VALUE_TEXT && date_parse(day->text, &date) == DATE_GOOD)
        return date.year;
    return 0;
}

static void
add_year(struct buf *out, int year, bool thai)
{
    char digits[12];
    int len = snprintf(digits, sizeof digits, "%d", year);

    for (int i = 0; i < len; i++)
        buf_utf8(out, (uint32_t)(digits[i] - '0') + (thai ? 0x0E50 : '0'));
}

/* Reads the run of digits at *at; *value is -1 when it is longer than four. */
static struct str
digit_run(struct str text, size_t *at, int *value, bool *thai)
{
    size_t start = *at, count = 0;

    *value = 0;
    while (*at < text.len) {
        size_t next = *at;
        uint32_t code = utf8_next(text, &next);
        int digit = digits_value(code);
        if (digit < 0)
            break;
        *thai = code > 0x7F;
        if (++count <= 4)
            *value = *value * 10 + digit;
        *at = next;
    }
    if (count != 4)
        *value = -1;
    return str_sub(text, start, *at - start);
}

struct str
year_moved(struct arena *arena, struct str text, int from, int to)
{
    struct buf out = buf_in(arena);
    size_t at = 0;

    if (from == 0 || from == to)
        return text;
    while (at < text.len) {
        int value = -1;
        bool thai = false;
        struct str run = digit_run(text, &at, &value, &thai);
        if (run.len > 0 && (value == from || value == from - 1)) {
            add_year(&out, to - (from - value), thai);
        } else if (run.len > 0) {
            buf_add(&out, run);
        } else {
            size_t start = at;
            (void)utf8_next(text, &at);
            buf_add(&out, str_sub(text, start, at - start));
        }
    }
    return buf_str(&out);
}

/* Byte where a line of the text starts, lines from 1. */
static size_t
line_start(struct str text, unsigned line)
{
    size_t at = 0;

    while (line > 1 && at < text.len) {
        size_t end = str_find(str_sub(text, at, text.len), STR("\n"));
        if (end == SIZE_MAX)
            return text.len;
        at += end + 1;
        line--;
    }
    return at;
}

struct cut_list {
    size_t *from;
    size_t *len;
    size_t count;
};

/* Notes where a score stands when the file has it there as it was read. */
static void
note_figure(struct str text, const struct value *value, struct cut_list *cuts)
{
    struct decimal number;

    if (value->kind != VALUE_TEXT || !decimal_parse(value->text, &number) || number.places == 0)
        return;
    size_t at = line_start(text, value->pos.line);
    for (unsigned column = 1; column < value->pos.column && at < text.len; column++)
        (void)utf8_next(text, &at);
    if (!str_starts(str_sub(text, at, text.len), value->text))
        return;
    cuts->from[cuts->count] = at;
    cuts->len[cuts->count++] = value->text.len;
}

static void
note_figures(struct str text, const struct value *value, struct cut_list *cuts)
{
    if (value->kind != VALUE_MAP && value->kind != VALUE_LIST) {
        note_figure(text, value, cuts);
        return;
    }
    for (const struct value *child = value->first; child != NULL; child = child->next)
        note_figures(text, child, cuts);
}

static size_t
count_values(const struct value *value)
{
    size_t count = 1;

    for (const struct value *child = value->first; child != NULL; child = child->next)
        count += count_values(child);
    return count;
}

struct str
year_without_figures(struct arena *arena, const struct value *report, struct str text)
{
    size_t most = count_values(report);
    struct cut_list cuts = {arena_array(arena, most, sizeof(size_t)),
                            arena_array(arena, most, sizeof(size_t)), 0};
    struct buf out = buf_in(arena);
    size_t at = 0;

    note_figures(text, report, &cuts);
    for (size_t i = 0; i < cuts.count; i++) {
        if (cuts.from[i] < at)
            continue;
        buf_add(&out, str_sub(text, at, cuts.from[i] - at));
        at = cuts.from[i] + cuts.len[i];
    }
    buf_add(&out, str_sub(text, at, text.len));
    return buf_str(&out);
}
