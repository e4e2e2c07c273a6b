/* Single values of style files. */
#include "doc/setting.h"

#include "base/ascii.h"
#include "base/unit.h"
#include "doc/style.h"

#define INT_MAX_SETTING 100000
#define SIZE_MIN UNIT_PT
#define SIZE_LARGEST (500 * UNIT_PT)

static const char *const align_names[] = {"left", "right", "center", "justify", NULL};
static const char *const justify_names[] = {"fit", "word", "none", NULL};

static bool
read_length(struct str text, enum setting_kind kind, mpt *out)
{
    mpt length = 0;

    if (!unit_parse(text, &length) || (length < 0 && kind != SETTING_SIGNED))
        return false;
    if (kind == SETTING_SIZE && (length < SIZE_MIN || length > SIZE_LARGEST))
        return false;
    *out = length;
    return true;
}

static bool
read_int(struct str text, int *out)
{
    size_t number;

    if (!str_number(text, INT_MAX_SETTING, &number))
        return false;
    *out = (int)number;
    return true;
}

static bool
read_bool(struct str text, bool *out)
{
    *out = str_is(text, "yes");
    return *out || str_is(text, "no");
}

static bool
read_colour(struct str text, struct colour *out)
{
    unsigned char byte[3] = {0};

    if (text.len == 7 && text.ptr[0] == '#')
        text = str_sub(text, 1, 6);
    if (text.len != 6)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        int digit = ascii_hex(text.ptr[i]);
        if (digit < 0)
            return false;
        byte[i / 2] = (unsigned char)(byte[i / 2] * 16 + digit);
    }
    *out = (struct colour){byte[0], byte[1], byte[2]};
    return true;
}

/* Index of the name, or -1. */
static int
find_name(struct str text, const char *const names[])
{
    for (int i = 0; names[i] != NULL; i++) {
        if (str_is(text, names[i]))
            return i;
    }
    return -1;
}

static bool
read_align(struct str text, enum style_align *out)
{
    int found = find_name(text, align_names);

    if (found >= 0)
        *out = (enum style_align)found;
    return found >= 0;
}

static bool
read_justify(struct str text, enum style_justify *out)
{
    int found = find_name(text, justify_names);

    if (found >= 0)
        *out = (enum style_justify)found;
    return found >= 0;
}

const char *
setting_form(enum setting_kind kind)
{
    switch (kind) {
    case SETTING_SIZE:
        return "16pt (1pt … 500pt)";
    case SETTING_LENGTH:
        return "2.5cm, 6pt, 3mm, 0";
    case SETTING_SIGNED:
        return "2.5cm, -1cm, 0";
    case SETTING_INT:
        return "0 … 100000";
    case SETTING_BOOL:
        return "yes, no";
    case SETTING_COLOUR:
        return "'#CC0000'";
    case SETTING_ALIGN:
        return "left, right, center, justify";
    case SETTING_JUSTIFY:
        return "fit, word, none";
    case SETTING_TEXT:
        break;
    }
    return "\"…\"";
}

bool
setting_read(struct str text, enum setting_kind kind, void *field)
{
    switch (kind) {
    case SETTING_LENGTH:
    case SETTING_SIZE:
    case SETTING_SIGNED:
        return read_length(text, kind, field);
    case SETTING_INT:
        return read_int(text, field);
    case SETTING_BOOL:
        return read_bool(text, field);
    case SETTING_COLOUR:
        return read_colour(text, field);
    case SETTING_ALIGN:
        return read_align(text, field);
    case SETTING_JUSTIFY:
        return read_justify(text, field);
    case SETTING_TEXT:
        *(struct str *)field = text;
        return true;
    }
    return false;
}
