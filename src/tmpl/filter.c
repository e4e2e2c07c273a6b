/* The table of filters and what runs them. */
#include "tmpl/filter.h"

#include "base/ascii.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "tmpl/tmpl.h"
#include "value/value.h"

#define NEAREST_MAX 4

static const struct filter filters[] = {
#define F(function, name, alias, takes, gives, least, most, argument, flags, english, thai)    \
    {name,    alias, takes, gives, least, most, ARGUMENT_##argument, flags, filter_##function, \
     english, thai},
#include "tmpl/filter.def"
#undef F
};

#define FILTER_COUNT (sizeof filters / sizeof filters[0])

const struct filter *
filter_find(struct str name)
{
    for (size_t i = 0; i < FILTER_COUNT; i++) {
        if (str_is(name, filters[i].name) || str_is(name, filters[i].alias))
            return &filters[i];
    }
    return NULL;
}

const char *
filter_nearest(struct str name)
{
    const char *best = NULL;
    size_t best_distance = NEAREST_MAX;

    for (size_t i = 0; i < FILTER_COUNT; i++) {
        const char *names[] = {filters[i].name, filters[i].alias};
        for (size_t j = 0; j < 2; j++) {
            size_t distance = str_distance(name, str_of(names[j]));
            if (distance < best_distance && distance * 2 < utf8_count(name)) {
                best = names[j];
                best_distance = distance;
            }
        }
    }
    return best;
}

bool
filter_accepts(const struct filter *filter, struct str arg)
{
    struct decimal number;

    switch (filter->argument) {
    case ARGUMENT_NUMBER:
        return decimal_parse(arg, &number);
    case ARGUMENT_PLACES:
        return arg.len == 1 && ascii_is_digit(arg.ptr[0]);
    case ARGUMENT_DIGITS:
        return str_is(arg, "อารบิก") || str_is(arg, "arabic") || str_is(arg, "ไทย") ||
               str_is(arg, "thai");
    case ARGUMENT_MARKER:
        return filter_is_marker(arg);
    case ARGUMENT_TEXT:
    case ARGUMENT_VALUE:
    case ARGUMENT_NAME:
    case ARGUMENT_ENTRY:
    case ARGUMENT_NUMBERS:
    case ARGUMENT_SAME:
        break;
    }
    return true;
}

bool
filter_type(const struct filter *filter, unsigned type, unsigned *out)
{
    bool each = (filter->flags & FILTER_EACH) != 0;
    unsigned lists = TYPE_TEXTS | TYPE_PARAS;
    unsigned takes = filter->takes | (each ? lists : 0);

    if ((type & takes) == 0)
        return false;
    if (filter->gives == TYPE_SAME || (each && (type & lists) != 0))
        *out = type;
    else
        *out = filter->gives;
    return true;
}

/* The marker of an entry as the filter makes it. */
static struct str
run_marker(const struct filter *filter, const struct filter_call *call, struct str marker)
{
    struct filter_call one = *call;
    struct value *text = value_new(call->arena, VALUE_TEXT, POS_NONE);

    text->text = marker;
    one.value = text;
    return filter->run(&one) ? filter_text(call->arena, one.value) : marker;
}

/* Runs the filter on each entry of a list and makes a list of the results. */
static bool
run_each(const struct filter *filter, struct filter_call *call)
{
    const struct value *list = call->value;
    struct value *out = value_new(call->arena, VALUE_LIST, list->pos);

    out->flags = list->flags;
    for (const struct value *entry = list->first; entry != NULL; entry = entry->next) {
        struct filter_call one = *call;
        struct value *copy = value_new(call->arena, entry->kind, entry->pos);
        one.value = entry;
        if (entry->kind != VALUE_NONE && !filter->run(&one))
            return false;
        *copy = *(entry->kind == VALUE_ENTRY ? entry : one.value);
        copy->next = NULL;
        if (entry->kind == VALUE_ENTRY)
            copy->text = filter_text(call->arena, one.value);
        if (entry->kind == VALUE_ENTRY && (filter->flags & FILTER_MARKERS) != 0)
            copy->marker = run_marker(filter, call, entry->marker);
        value_append(out, copy);
    }
    call->value = out;
    return true;
}

bool
filter_run(const struct filter *filter, struct filter_call *call)
{
    if (call->value->kind == VALUE_NONE && (filter->flags & FILTER_NONE) == 0)
        return true;
    if (call->value->kind == VALUE_LIST && (filter->flags & FILTER_EACH) != 0)
        return run_each(filter, call);
    return filter->run(call);
}

static const struct {
    unsigned type;
    const char *in[2];
} types[] = {
    {TYPE_TEXT, {"text", "ข้อความ"}},
    {TYPE_NUMBER, {"number", "ตัวเลข"}},
    {TYPE_DATE, {"date", "วันที่"}},
    {TYPE_BOOL, {"yes or no", "ใช่หรือไม่ใช่"}},
    {TYPE_TEXTS, {"list of texts", "รายการข้อความ"}},
    {TYPE_PARAS, {"paragraphs", "ย่อหน้า"}},
    {TYPE_LIST, {"list", "รายการ"}},
    {TYPE_MAP, {"map", "กลุ่มข้อมูล"}},
};

#define TYPE_COUNT (sizeof types / sizeof types[0])

const char *
filter_type_name(struct diags *diags, unsigned type)
{
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if ((type & types[i].type) != 0)
            return diag_both(diags, types[i].in[0], types[i].in[1]);
    }
    return "";
}

/* ---- listing */

static const char *
types_text(struct arena *arena, unsigned set, bool thai)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if ((set & types[i].type) != 0)
            buf_printf(&out, "%s%s", out.len == 0 ? "" : ", ", types[i].in[thai]);
    }
    return str_cstr(arena, buf_str(&out));
}

bool
tmpl_filter(struct arena *arena, size_t index, struct tmpl_filter *out)
{
    if (index >= FILTER_COUNT)
        return false;
    const struct filter *filter = &filters[index];
    *out = (struct tmpl_filter){
        .name = filter->name,
        .alias = filter->alias,
        .least = (unsigned)filter->arg_min,
        .most = (unsigned)filter->arg_max,
        .each = (filter->flags & FILTER_EACH) != 0,
        .help = {filter->english, filter->thai},
    };
    for (int thai = 0; thai < 2; thai++) {
        out->takes[thai] = types_text(arena, filter->takes, thai);
        out->gives[thai] =
            filter->gives == TYPE_SAME ? NULL : types_text(arena, filter->gives, thai);
    }
    return true;
}
