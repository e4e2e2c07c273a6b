#include "renew/year.h"

#include <stdio.h>

#include "base/utf8.h"
#include "schema/schema.h"
#include "thai/date.h"
#include "thai/digits.h"
#include "value/value.h"

/* ---- the year of a report */

static int
year_in(const struct field *field, struct str text)
{
    struct date date;
    int year;

    if (field->type == FIELD_YEAR && date_year(text, &year) == DATE_GOOD)
        return year;
    if (field->type == FIELD_DATE && date_parse(text, &date) == DATE_GOOD)
        return date.year;
    return 0;
}

int
year_of(const struct field *map, const struct value *report)
{
    static const enum field_type types[] = {FIELD_YEAR, FIELD_DATE};

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        for (const struct value *child = report->first; child != NULL; child = child->next) {
            const struct field *field = schema_find(map, child->key);
            if (field == NULL || field->type != types[i] || child->kind != VALUE_TEXT)
                continue;
            int year = year_in(field, child->text);
            if (year != 0)
                return year;
        }
    }
    return 0;
}

/* ---- moving years */

/* A run of digits of a text. */
struct run {
    size_t from, to; /* bytes */
    size_t count;
    int value; /* of at most four digits */
    bool thai;
};

static struct run
run_at(struct str text, size_t at)
{
    struct run run = {.from = at, .to = at};

    while (run.to < text.len) {
        size_t next = run.to;
        uint32_t code = utf8_next(text, &next);
        int digit = digits_value(code);
        if (digit < 0)
            break;
        run.thai = code > 0x7F;
        if (++run.count <= 4)
            run.value = run.value * 10 + digit;
        run.to = next;
    }
    return run;
}

/* True when a point or comma with a digit beyond it makes the run part of an amount. */
static bool
is_amount(struct str text, struct run run)
{
    struct str rest = str_sub(text, run.to, SIZE_MAX);
    size_t at = run.from;

    if (rest.len > 1 && (rest.ptr[0] == '.' || rest.ptr[0] == ',')) {
        size_t next = 1;
        if (digits_value(utf8_next(rest, &next)) >= 0)
            return true;
    }
    if (at < 2 || (text.ptr[at - 1] != '.' && text.ptr[at - 1] != ','))
        return false;
    at--;
    return digits_value(utf8_prev(text, &at)) >= 0;
}

static struct str
trimmed_before(struct str text, size_t at)
{
    while (at > 0 && text.ptr[at - 1] == ' ')
        at--;
    return str_sub(text, 0, at);
}

/* The year of a law is a part of its name: "พระราชบัญญัติการจัดซื้อจัดจ้าง พ.ศ. 2560", but not
 * "… ประจำปี พ.ศ. 2566". */
static bool
is_of_law(struct str text, size_t at)
{
    static const char *const laws[] = {"พระราชบัญญัติ", "พ.ร.บ.", "พระราชกฤษฎีกา",
                                       "กฎกระทรวง",  "ระเบียบ", "ประมวล"};
    struct str before = trimmed_before(text, at);

    if (!str_ends(before, STR("พ.ศ.")))
        return false;
    before = trimmed_before(before, before.len - STR("พ.ศ.").len);
    if (str_ends(before, STR("ปี")) || str_ends(before, STR("ปีงบประมาณ")))
        return false;
    size_t from = before.len > 300 ? before.len - 300 : 0;
    for (size_t i = from; i < before.len; i++) {
        if (before.ptr[i] == '\n')
            from = i + 1;
    }
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
        if (str_find(str_sub(before, from, SIZE_MAX), str_of(laws[i])) != SIZE_MAX)
            return true;
    }
    return false;
}

static bool
follows_month(struct str text, size_t at)
{
    struct str before = trimmed_before(text, at);

    for (int month = 1; month <= 12; month++) {
        if (str_ends(before, str_of(date_month_name(month, true))) ||
            str_ends(before, str_of(date_month_name(month, false))))
            return true;
    }
    return false;
}

/* What the run becomes, or -1 when it stays. */
static int
moved(struct str text, struct run run, int from, int to)
{
    if (run.count == 4 && (run.value == from || run.value == from - 1))
        return is_amount(text, run) || is_of_law(text, run.from) ? -1 : to - (from - run.value);
    if (run.count == 2 && follows_month(text, run.from)) {
        if (run.value == from % 100)
            return to % 100;
        if (run.value == (from - 1) % 100)
            return (to - 1) % 100;
    }
    return -1;
}

static void
add_year(struct buf *out, int year, size_t count, bool thai)
{
    char digits[12];
    int len = snprintf(digits, sizeof digits, "%0*d", (int)count, year);

    for (int i = 0; i < len; i++)
        buf_utf8(out, (uint32_t)(digits[i] - '0') + (thai ? 0x0E50 : '0'));
}

struct str
year_moved(struct arena *arena, struct str text, int from, int to)
{
    struct buf out = buf_in(arena);
    size_t at = 0;

    if (from == 0 || to == 0 || from == to)
        return text;
    while (at < text.len) {
        struct run run = run_at(text, at);
        int year = run.count == 0 ? -1 : moved(text, run, from, to);
        size_t start = at;
        at = run.to;
        if (run.count == 0)
            (void)utf8_next(text, &at);
        if (year >= 0)
            add_year(&out, year, run.count, run.thai);
        else
            buf_add(&out, str_sub(text, start, at - start));
    }
    return buf_str(&out);
}
