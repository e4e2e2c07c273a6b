/* What changes are called, in both languages. */
#include "base/arena.h"
#include "base/utf8.h"
#include "changes/compare.h"

#define SHOWN_MAX 120 /* bytes of a value in a sentence */

static const char *const names[] = {
#define C(code, sort, english, thai) #code,
#include "changes/change.def"
#undef C
};

static const enum change_sort sorts[] = {
#define C(code, sort, english, thai) SORT_##sort,
#include "changes/change.def"
#undef C
};

static const char *const texts[][2] = {
#define C(code, sort, english, thai) {english, thai},
#include "changes/change.def"
#undef C
};

const char *
change_name(enum change_code code)
{
    return names[code];
}

enum change_sort
change_sort_of(enum change_code code)
{
    return sorts[code];
}

/* A value, cut at a letter's end, without what drives a terminal. */
static void
add_value(struct buf *out, struct str text)
{
    bool is_cut = text.len > SHOWN_MAX;

    text = str_sub(text, 0, SHOWN_MAX);
    while (is_cut && text.len > 0 && ((unsigned char)text.ptr[text.len - 1] & 0xC0) == 0x80)
        text.len--;
    if (is_cut && text.len > 0 && ((unsigned char)text.ptr[text.len - 1] & 0x80) != 0)
        text.len--;
    utf8_show(out, text, false);
    if (is_cut)
        buf_text(out, "…");
}

static void
add_quoted(struct buf *out, struct str text, bool thai)
{
    if (text.len == 0) {
        buf_text(out, thai ? "ค่าว่าง" : "nothing");
        return;
    }
    buf_text(out, "\"");
    add_value(out, text);
    buf_text(out, "\"");
}

static void
add_argument(struct buf *out, const struct change *change, char what, bool thai)
{
    switch (what) {
    case 'F':
        add_value(out, change->field);
        break;
    case 'P':
        if (change->page > 0)
            buf_printf(out, thai ? " หน้า %zu " : " on page %zu", change->page);
        break;
    case 'W':
        add_quoted(out, change->was, thai);
        break;
    case 'I':
        add_quoted(out, change->is, thai);
        break;
    default:
        add_value(out, change->where);
        break;
    }
}

struct str
change_text(struct arena *arena, const struct change *change, enum diag_lang lang)
{
    bool thai = lang == DIAG_THAI;
    struct buf out = buf_in(arena);

    for (const char *at = texts[change->code][thai ? 1 : 0]; *at != '\0'; at++) {
        bool is_argument = at[0] == '%' && at[1] != '\0';
        bool doubles = out.len > 0 && out.ptr[out.len - 1] == ' ' && *at == ' ';
        if (is_argument)
            add_argument(&out, change, *++at, thai);
        else if (!doubles)
            buf_byte(&out, *at);
    }
    return str_trim(buf_str(&out));
}
