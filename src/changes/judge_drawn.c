/* Whether what a field shows is its value. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "changes/compare.h"

#define NOTHING_MAX 4096 /* bytes of an appearance that draws nothing */
#define SCALE_MAX 2      /* an appearance may be drawn as many times larger, or smaller */
#define SARA_AM 0x0E33
#define NIKHAHIT 0x0E4D
#define SARA_AA 0x0E32

/* A name, and nothing joined to it: "/a[]f" fills what stands before it. */
static bool
is_name(struct str word)
{
    bool good = word.ptr[0] == '/';

    for (size_t i = 1; i < word.len && good; i++)
        good = ascii_is_letter(word.ptr[i]) || ascii_is_digit(word.ptr[i]);
    return good;
}

static bool
is_number(struct str word)
{
    bool good = true;

    for (size_t i = 0; i < word.len && good; i++)
        good = ascii_is_digit(word.ptr[i]) || word.ptr[i] == '.' || word.ptr[i] == '-' ||
               word.ptr[i] == '+';
    return good;
}

/* Operators that leave no mark on the page, and what may stand beside them. */
static bool
is_idle(struct str word)
{
    static const char *const idle[] = {"q", "Q", "BMC", "EMC", "BDC", "BT", "ET", "n", "W", "re"};

    for (size_t i = 0; i < sizeof idle / sizeof idle[0]; i++) {
        if (str_is(word, idle[i]))
            return true;
    }
    return is_name(word) || is_number(word);
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
    size_t count, blanks;
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
        out.blanks += code != '\n' && code != '\r' && utf8_is_blank(code);
        if (code == UTF8_BAD || utf8_is_blank(code) || utf8_is_unseen(code))
            continue;
        add(&out, code == SARA_AM ? NIKHAHIT : code);
        if (code == SARA_AM)
            add(&out, SARA_AA);
    }
    return out;
}

/* More blanks than the value has may push its end out of the box. */
static bool
read_alike(struct arena *arena, struct str shown, struct str value)
{
    struct letters x = letters_of(arena, shown), y = letters_of(arena, value);

    return x.count == y.count && memcmp(x.code, y.code, x.count * sizeof *x.code) == 0 &&
           x.blanks <= y.blanks;
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

/* An appearance is drawn as large as its field (ISO 32000-1 §12.5.5): it must be made for that, or
 * what is large in it is small on the page. */
static bool
fits_field(struct compare *c, const struct change *change, const struct cos *field)
{
    const struct cos *stream = revisions_object(c->r, c->b, change->appearance);
    const struct cos *box = cos_at(c->r, c->b, stream, "BBox");
    const struct cos *rect = cos_at(c->r, c->b, field, "Rect");

    if (box->type != COS_ARRAY || box->count != 4 || rect->type != COS_ARRAY || rect->count != 4)
        return false;
    for (size_t i = 0; i < 2; i++) {
        double made = compare_side(c, box, i), side = compare_side(c, rect, i);
        double seen = side < 0 ? -side : side;
        if (made <= 0 || seen < made / SCALE_MAX || seen > made * SCALE_MAX)
            return false;
    }
    return true;
}

/* By the text in it, as far as its fonts can be believed. */
static enum drawn
drawn_as_text(struct compare *c, const struct change *change, const struct cos *field)
{
    /* who signs a revision signs what its fields show, with the fonts that it brings; nobody else
     * is answerable for what the letters of a new font are called */
    size_t trusted = rules_signed_at(c->r, c->b) ? c->b : c->a;
    struct str text;

    if ((change->is.len > 0 && !fits_field(c, change, field)) ||
        revisions_shown(c->r, c->arena, c->b, change->appearance, trusted, &text) != SHOWN_TEXT)
        return DRAWN_UNKNOWN;
    return read_alike(c->arena, text, change->is) ||
                   read_alike(c->arena, text, shown_for(c, field, change->is))
               ? DRAWN_YES
               : DRAWN_NO;
}

enum drawn
judge_drawn(struct compare *c, const struct change *change, const struct cos *field)
{
    enum drawn asked = DRAWN_UNKNOWN;

    if (c->drawing != NULL && c->drawing->draws != NULL)
        asked = c->drawing->draws(c->drawing->context, change);
    return asked != DRAWN_UNKNOWN ? asked : drawn_as_text(c, change, field);
}
