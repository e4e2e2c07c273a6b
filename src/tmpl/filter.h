/* Filters: what may stand behind a bar in a tag. filter.def holds the table. For files of this
 * room only. */
#ifndef TMPL_FILTER_H
#define TMPL_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct value;

/* What a value is, as far as it is known before there is data; sets of these. */
enum type {
    TYPE_TEXT = 1,
    TYPE_NUMBER = 2,
    TYPE_DATE = 4,
    TYPE_BOOL = 8,
    TYPE_TEXTS = 16, /* a list of single values */
    TYPE_PARAS = 32, /* paragraphs and lists of a text field */
    TYPE_LIST = 64,  /* a list of maps */
    TYPE_MAP = 128,
    TYPE_SAME = 0, /* as a filter's result: what went in */
    TYPE_ANY = 255 /* not known */
};

#define TYPE_SINGLE (TYPE_TEXT | TYPE_NUMBER | TYPE_DATE | TYPE_BOOL)

enum argument {
    ARGUMENT_TEXT,
    ARGUMENT_NUMBER,  /* a decimal */
    ARGUMENT_PLACES,  /* 0 to 9 */
    ARGUMENT_DIGITS,  /* อารบิก or ไทย */
    ARGUMENT_MARKER,  /* of a list: -, •, 1., ก. … */
    ARGUMENT_VALUE,   /* compared with the value: a number for numbers, a choice for enumerations */
    ARGUMENT_NAME,    /* the name of a number, as it would stand in a tag of its own */
    ARGUMENT_ENTRY,   /* a field of the list's entries; further ones are compared with its values */
    ARGUMENT_NUMBERS, /* a field of the list's entries, a number in each */
    ARGUMENT_SAME     /* a field of the list's entries that the tag's surroundings have too. A field
                         of what a reference in the entries leads to is named behind it and a dot, in
                         these three */
};

#define FILTER_ARGS_MAX 8

/* A filter at work. It replaces `value`, or the `class` of paragraphs. */
struct filter_call {
    struct arena *arena;
    const struct value *value; /* never VALUE_NONE unless the filter is FILTER_NONE */
    const struct str *args;
    size_t arg_count;
    const struct value *operand; /* what the argument names around the tag; never NULL for
                                    ARGUMENT_NAME and ARGUMENT_SAME */
    struct str class;
};

enum filter_flag {
    FILTER_EACH = 1,   /* works on the entries of TYPE_TEXTS and TYPE_PARAS one by one */
    FILTER_NONE = 2,   /* is called for absent values too; others pass them on */
    FILTER_MARKERS = 4 /* with FILTER_EACH: works on the markers of entries too */
};

struct filter {
    const char *name;
    const char *alias; /* English */
    unsigned takes;    /* set of enum type; FILTER_EACH adds lists of these */
    unsigned gives;
    size_t arg_min, arg_max;
    enum argument argument;
    unsigned flags;
    bool (*run)(struct filter_call *call); /* false: nothing that it can work on */
    const char *english, *thai;
};

/* The filter of this name or alias, or NULL; the nearest name, or NULL when none is near. */
const struct filter *filter_find(struct str name);
const char *filter_nearest(struct str name);

/* True when `arg` may be an argument of the filter, as far as the filter alone says. */
bool filter_accepts(const struct filter *filter, struct str arg);

/* What the filter makes of a value of `type` (a set), or false when it does not take it. */
bool filter_type(const struct filter *filter, unsigned type, unsigned *out);

/* Runs the filter. False when the value is none that it can work on. */
bool filter_run(const struct filter *filter, struct filter_call *call);

/* What a set of types is called, as an argument of a message. */
const char *filter_type_name(struct diags *diags, unsigned type);

/* ---- the functions of filter.def */

#define F(function, name, alias, takes, gives, least, most, argument, flags, english, thai) \
    bool filter_##function(struct filter_call *call);
#include "tmpl/filter.def"
#undef F

/* The text of a single value or an entry as it is printed without a filter; a date long and with
 * Thai digits. Empty for lists and maps. */
struct str filter_text(struct arena *arena, const struct value *value);

/* True when a single value is the one that an argument tells (ARGUMENT_VALUE). */
bool filter_is_equal(struct arena *arena, const struct value *value, struct str arg);

/* Replaces the value by a text with the place of the old one. */
void filter_give(struct filter_call *call, struct str text, unsigned flags);

/* True for "-", "•", "1.", "(1)", "๑)", "ก." and the like. */
bool filter_is_marker(struct str text);

/* The marker that stands `index` entries after one with this marker: "1." and 2 give "3."; "-"
 * stays. */
struct str filter_marker_at(struct arena *arena, struct str marker, size_t index);

#endif
