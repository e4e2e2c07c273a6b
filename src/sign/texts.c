#include "sign/texts.h"

#include "base/arena.h"
#include "engine/fill.h"
#include "engine/work.h"
#include "sign/memo.h"
#include "sign/names.h"
#include "sign/turn.h"
#include "thai/date.h"
#include "thai/digits.h"

/* ---- the parts */

struct reading {
    struct work *w;
    const struct memo *memo;
    const struct turn *turn;
    const struct banthuek_sign_options *options;
    const char *number_option; /* as messages call what gives the number */
};

static bool
refuse(const struct reading *reading, enum diag_code code, const char *arg)
{
    diag_add(reading->w->diags, code, (struct pos){reading->memo->opened.path, 0, 0}, arg, NULL,
             NULL);
    return false;
}

/* A text of an option; what is not given is empty. `option` is its name for messages. */
static bool
read_text(const struct reading *reading, const char *option, const char *text, struct str *out)
{
    *out = STR("");
    return text == NULL || fill_words(reading->w, (struct pos){option, 0, 0}, str_of(text), out);
}

static bool
acts(const char *acting)
{
    struct str words = str_of(acting);

    return str_is(words, "รักษาราชการแทน") || str_is(words, "ปฏิบัติราชการแทน");
}

/* Another than the one who was to sign says as what. */
static bool
read_stand_in(const struct reading *reading, struct texts *out)
{
    const struct banthuek_sign_options *options = reading->options;
    struct buf lines = buf_in(reading->w->arena);
    struct str position, acting;

    if (!acts(options->acting))
        return refuse(reading, DIAG_SIGN_ACTING,
                      diag_str(reading->w->diags, str_of(options->acting)));
    if (!read_text(reading, "--position", options->position, &position) ||
        !read_text(reading, "--acting", options->acting, &acting))
        return false;
    if (out->who.len == 0 || position.len == 0)
        return refuse(reading, DIAG_SIGN_STAND_IN, NULL);
    buf_add(&lines, out->who);
    buf_byte(&lines, '\n');
    buf_add(&lines, position);
    buf_byte(&lines, '\n');
    buf_add(&lines, acting);
    out->name = buf_str(&lines);
    out->stands_in = true;
    return true;
}

static bool
read_name(const struct reading *reading, struct texts *out)
{
    const struct route_role *role = reading->turn->role;
    const struct banthuek_sign_options *options = reading->options;

    if (!read_text(reading, "--name", options->name, &out->who))
        return false;
    if (options->acting != NULL)
        return read_stand_in(reading, out);
    if (out->who.len == 0)
        out->who = role->name;
    if (out->who.len == 0)
        return refuse(reading, DIAG_SIGN_NO_NAME, diag_str(reading->w->diags, role->role));
    if (options->position != NULL ||
        (role->name.len > 0 && !names_agree(reading->w->arena, out->who, role->name)))
        return refuse(reading, DIAG_SIGN_STAND_IN, NULL);
    out->name = out->who;
    return true;
}

/* ---- the time */

static void
set_time(struct arena *arena, time_t now, struct texts *out)
{
    struct tm tm;

    if (!date_there(now, &tm))
        tm = (struct tm){.tm_year = 70, .tm_mday = 1};
    out->date = date_text(arena, date_from_tm(&tm), false, true);
    out->m = str_of(arena_printf(arena, "D:%04d%02d%02d%02d%02d%02d+07'00'", tm.tm_year + 1900,
                                 tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec));
}

/* ---- the head */

/* True when a field of the head is there and was not filled in. */
static bool
is_open(const struct reading *reading, const char *name, const char *option)
{
    const struct pdfin_field *field = pdfin_field(&reading->memo->form, str_of(name));

    if (field == NULL || field->object == 0 || !str_is(field->type, "Tx"))
        return refuse(reading, DIAG_SIGN_HEAD_MISSING, option);
    return !field->has_value || refuse(reading, DIAG_SIGN_HEAD_FILLED, option);
}

/* The field stands behind the "/" that is printed; digits are Thai, as the template has them. */
static bool
read_number(const struct reading *reading, struct str *out)
{
    struct str typed;

    *out = STR("");
    if (!read_text(reading, "--number", reading->options->number, &typed))
        return false;
    if (reading->options->number == NULL)
        return true;
    if (!is_open(reading, MEMO_NUMBER, reading->number_option))
        return false;
    if (typed.len == 0 || str_find(typed, STR("/")) != SIZE_MAX)
        return refuse(reading, DIAG_SIGN_NUMBER, diag_str(reading->w->diags, typed));
    *out = digits_to_thai(reading->w->arena, typed);
    return true;
}

/* The day of a date: one alone, or one of the month that the report was made for, as the head has
 * it. 0: neither. */
static size_t
day_of(const struct reading *reading, struct str typed)
{
    struct str day = digits_to_arabic(reading->w->arena, typed);
    struct str made = str_sub(reading->memo->opened.manifest.created, 0, sizeof "2023-09" - 1);
    struct date date;
    size_t number;

    if (str_number(day, 31, &number))
        return number;
    if (date_parse(typed, &date) != DATE_GOOD ||
        !str_is(made,
                arena_printf(reading->w->arena, "%04d-%02d", date.year - DATE_ERA, date.month)))
        return 0;
    return (size_t)date.day;
}

static bool
read_day(const struct reading *reading, struct str *out)
{
    struct str typed;

    *out = STR("");
    if (!read_text(reading, "--date", reading->options->date, &typed))
        return false;
    if (reading->options->date == NULL)
        return true;
    if (!is_open(reading, MEMO_DATE, "--date"))
        return false;
    size_t day = day_of(reading, typed);
    if (day == 0)
        return refuse(reading, DIAG_SIGN_DATE, diag_str(reading->w->diags, typed));
    *out = digits_to_thai(reading->w->arena, str_of(arena_printf(reading->w->arena, "%zu", day)));
    return true;
}

/* One that was given and is empty comes from a script whose variable was not set. */
static bool
read_opinion(const struct reading *reading, struct str *out)
{
    struct diags *diags = reading->w->diags;

    if (!read_text(reading, "--opinion", reading->options->opinion, out))
        return false;
    if (reading->options->opinion != NULL && out->len == 0)
        diag_add(diags, DIAG_SIGN_OPINION_EMPTY, (struct pos){"--opinion", 0, 0}, NULL, NULL, NULL);
    if (banthuek_answer_of((struct banthuek_bytes){out->ptr, out->len}) == BANTHUEK_UNCLEAR)
        diag_add(diags, DIAG_SIGN_OPINION_UNCLEAR, (struct pos){"--opinion", 0, 0}, NULL, NULL,
                 NULL);
    return true;
}

bool
texts_read(struct work *w, const struct memo *memo, const struct turn *turn,
           const struct banthuek_sign_options *options, time_t now, struct texts *out)
{
    const struct reading reading = {w, memo, turn, options, "--number"};

    *out = (struct texts){.number = STR("")};
    set_time(w->arena, now, out);
    return read_opinion(&reading, &out->opinion) && read_name(&reading, out) &&
           read_number(&reading, &out->number) && read_day(&reading, &out->head_day);
}

bool
texts_read_head(struct work *w, const struct memo *memo,
                const struct banthuek_sign_options *options, struct texts *out)
{
    const struct reading reading = {w, memo, NULL, options, "--for"};
    const struct pdfin_field *date = pdfin_field(&memo->form, STR(MEMO_DATE));
    struct str typed;

    *out = (struct texts){.number = STR("")};
    if (!read_number(&reading, &out->number))
        return false;
    if (options->date == NULL || date == NULL || date->object == 0 || date->has_value)
        return true;
    return read_text(&reading, "--date", options->date, &typed) &&
           (day_of(&reading, typed) == 0 || read_day(&reading, &out->head_day));
}
