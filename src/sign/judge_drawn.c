/* Whether what a field shows is its value. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "sign/compare.h"

#define NOTHING_MAX 4096 /* bytes of an appearance that draws nothing */
#define SARA_AM 0x0E33
#define NIKHAHIT 0x0E4D
#define SARA_AA 0x0E32

/* Operators that leave no mark on the page, and what may stand beside them. */
static bool
is_idle(struct str word)
{
    static const char *const idle[] = {"q", "Q", "BMC", "EMC", "BDC", "BT", "ET", "n", "W", "re"};

    for (size_t i = 0; i < sizeof idle / sizeof idle[0]; i++) {
        if (str_is(word, idle[i]))
            return true;
    }
    return word.ptr[0] == '/' || strchr("+-.0123456789", word.ptr[0]) != NULL;
}

bool
judge_draws_nothing(struct compare *c, size_t revision, const struct cos *stream)
{
    struct str content;

    if (!cos_unpack(c->r, revision, stream, NOTHING_MAX, c->arena, &content))
        return false;
    for (size_t at = 0; at < content.len;) {
        size_t from = at;
        if (ascii_is_space(content.ptr[at])) {
            at++;
            continue;
        }
        while (at < content.len && !ascii_is_space(content.ptr[at]))
            at++;
        if (!is_idle(str_sub(content, from, at - from)))
            return false;
    }
    return true;
}

/* ---- texts alike */

struct letters {
    uint32_t *code;
    size_t count;
};

static void
add(struct letters *out, uint32_t code)
{
    size_t at = out->count++;

    /* marks on a letter stand in the order in which they are drawn, which fonts choose */
    while (at > 0 && utf8_is_thai_mark(code) && utf8_is_thai_mark(out->code[at - 1]) &&
           out->code[at - 1] > code) {
        out->code[at] = out->code[at - 1];
        at--;
    }
    out->code[at] = code;
}

/* Without blanks, which appearances leave out at the ends of lines, and with ำ in its two parts. */
static struct letters
letters_of(struct arena *arena, struct str text)
{
    struct letters out = {.code = arena_array(arena, 2 * text.len + 1, sizeof *out.code)};

    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (code == UTF8_BAD || utf8_is_blank(code) || utf8_is_unseen(code))
            continue;
        add(&out, code == SARA_AM ? NIKHAHIT : code);
        if (code == SARA_AM)
            add(&out, SARA_AA);
    }
    return out;
}

static bool
read_alike(struct arena *arena, struct str a, struct str b)
{
    struct letters x = letters_of(arena, a), y = letters_of(arena, b);

    return x.count == y.count && memcmp(x.code, y.code, x.count * sizeof *x.code) == 0;
}

/* What a choice shows for a value: /Opt [[value shown] …]. */
static struct str
shown_for(struct compare *c, const struct cos *field, struct str value)
{
    const struct cos *options = cos_at(c->r, c->b, field, "Opt");

    for (size_t i = 0; options->type == COS_ARRAY && i < options->count; i++) {
        const struct cos *one = cos_resolve(c->r, c->b, &options->items[i]);
        if (one->type == COS_ARRAY && one->count == 2 &&
            str_eq(cos_text(c->arena, cos_resolve(c->r, c->b, &one->items[0])), value))
            return cos_text(c->arena, cos_resolve(c->r, c->b, &one->items[1]));
    }
    return value;
}

/* By the text in it, as far as its fonts can be believed. */
static enum drawn
drawn_as_text(struct compare *c, const struct change *change, const struct cos *field)
{
    /* who signs a revision signs what its fields show, with the fonts that it brings; nobody else
     * is answerable for what the letters of a new font are called */
    size_t trusted = rules_signed_at(c->r, c->b) ? c->b : c->a;
    struct str text;

    if (revisions_shown(c->r, c->arena, c->b, change->appearance, trusted, &text) != SHOWN_TEXT)
        return DRAWN_UNKNOWN;
    return read_alike(c->arena, text, change->is) ||
                   read_alike(c->arena, text, shown_for(c, field, change->is))
               ? DRAWN_YES
               : DRAWN_NO;
}

enum drawn
judge_drawn(struct compare *c, const struct change *change, const struct cos *field)
{
    enum drawn drawn = drawn_as_text(c, change, field), asked = DRAWN_UNKNOWN;

    if (drawn != DRAWN_YES && c->drawing != NULL && c->drawing->draws != NULL)
        asked = c->drawing->draws(c->drawing->context, change);
    return asked != DRAWN_UNKNOWN ? asked : drawn;
}
