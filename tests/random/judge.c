/* What must be true of a PDF and its report. */
#include <string.h>

#include "base/utf8.h"
#include "random/random.h"

/* ---- texts */

enum blank { BLANK_NONE, BLANK_PLAIN, BLANK_LINE };

/* Goes behind the blanks at *at. */
static enum blank
skip(struct str text, size_t *at)
{
    enum blank blank = BLANK_NONE;

    while (*at < text.len) {
        size_t next = *at;
        uint32_t code = utf8_next(text, &next);

        if (code > ' ' && code != 0xA0)
            break;
        blank = code == '\n' || blank == BLANK_LINE ? BLANK_LINE : BLANK_PLAIN;
        *at = next;
    }
    return blank;
}

/* Goes behind what is wanted: the same letters, and blanks between them where there are some. What
 * a line's end becomes, and what stands between elements, is left open. False at the first letter
 * that is otherwise: both places are there. */
static bool
follow(const struct want *want, struct str have, size_t *at, size_t *from)
{
    for (*at = 0; *at < want->text.len;) {
        size_t place = *at, other = *from;
        enum blank wanted = skip(want->text, at), found = skip(have, from);
        uint32_t code = *at < want->text.len ? utf8_next(want->text, at) : 0;

        if (code == 0)
            break;
        bool same = *from < have.len && utf8_next(have, from) == code;
        bool blank = place == 0 || want->loose || wanted == BLANK_LINE ||
                     (wanted == BLANK_PLAIN) == (found != BLANK_NONE);
        if (same && blank)
            continue;
        *at = place;
        *from = other;
        return false;
    }
    return true;
}

/* For showing: at most so many bytes, and whole letters. */
static struct str
piece(struct str text, size_t from, size_t len)
{
    while (from > 0 && from < text.len && ((unsigned char)text.ptr[from] & 0xC0) == 0x80)
        from--;
    while (from + len < text.len && ((unsigned char)text.ptr[from + len] & 0xC0) == 0x80)
        len--;
    return str_sub(text, from, len);
}

const char *
judge_texts(const struct report *report, const struct paper *paper)
{
    struct str have = buf_str(&paper->text);
    size_t from = 0, at;

    for (size_t i = 0; i < report->count; i++) {
        const struct want *want = &report->wants[i];

        if (!follow(want, have, &at, &from))
            return arena_printf(
                report->arena, "%s: want \"%.*s\", have \"%.*s\", behind \"%.*s\"", want->field,
                STR_FMT(piece(want->text, at, 150)), STR_FMT(piece(have, from, 150)),
                STR_FMT(piece(have, from > 60 ? from - 60 : 0, from < 60 ? from : 60)));
    }
    (void)skip(have, &from);
    if (from < have.len)
        return arena_printf(report->arena, "more than the report says: \"%.*s\"",
                            STR_FMT(piece(have, from, 300)));
    return NULL;
}

/* ---- lines */

#define CM (72 / 2.54)
#define PAD 4.0 /* of cells, from their rule */

/* The column in which a line is: between the rules beside it, or the margins. */
static void
column_of(const struct paper *paper, const struct mark *mark, double column[2])
{
    bool landscape = paper->sizes[mark->page][0] > paper->sizes[mark->page][1];
    double middle = mark->x + mark->width / 2;

    column[0] = (landscape ? 2 : 3) * CM;
    column[1] = paper->sizes[mark->page][0] - 2 * CM;
    for (size_t i = 0; i < paper->upright_count; i++) {
        const struct upright *upright = &paper->uprights[i];

        if (upright->page != mark->page || mark->y < upright->low || mark->y > upright->high)
            continue;
        if (upright->x <= middle && upright->x + PAD > column[0])
            column[0] = upright->x + PAD;
        if (upright->x > middle && upright->x - PAD < column[1])
            column[1] = upright->x - PAD;
    }
}

static bool
overlap(const struct mark *a, const struct mark *b)
{
    double size = a->size < b->size ? a->size : b->size, apart = a->y - b->y;

    return a->page == b->page && apart < size / 2 && -apart < size / 2 && a->width > 0 &&
           b->width > 0 && a->x + a->width > b->x + 0.3 && b->x + b->width > a->x + 0.3;
}

const char *
judge_lines(const struct paper *paper)
{
    for (size_t i = 0; i < paper->mark_count; i++) {
        const struct mark *mark = &paper->marks[i];
        double column[2];

        for (size_t j = i + 1; j < paper->mark_count; j++)
            if (overlap(mark, &paper->marks[j]))
                return arena_printf(paper->arena, "page %u: \"%.*s\" stands on \"%.*s\"",
                                    mark->page + 1, STR_FMT(mark->text),
                                    STR_FMT(paper->marks[j].text));
        if (mark->artifact || mark->width == 0)
            continue;
        column_of(paper, mark, column);
        if (mark->x < column[0] - mark->slack || mark->x + mark->width > column[1] + mark->slack)
            return arena_printf(paper->arena,
                                "page %u: a line from %.3f to %.3f in a column from %.3f to %.3f: "
                                "\"%.*s\"",
                                mark->page + 1, mark->x, mark->x + mark->width, column[0],
                                column[1], STR_FMT(mark->text));
    }
    return NULL;
}
