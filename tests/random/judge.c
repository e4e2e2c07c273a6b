/* What must be true of a PDF and its report. */
#include <string.h>

#include "base/utf8.h"
#include "random/random.h"

/* ---- texts */

/* Without blanks: where a line ends, and where blanks are left out, is for other tests. */
static struct str
squash(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);

        if (code > ' ' && code != 0xA0)
            buf_add(&out, str_sub(text, from, at - from));
    }
    return buf_str(&out);
}

static size_t
same_until(struct str a, struct str b)
{
    size_t i = 0;

    while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i])
        i++;
    while (i > 0 && i < b.len && ((unsigned char)b.ptr[i] & 0xC0) == 0x80)
        i--;
    return i;
}

const char *
judge_texts(const struct report *report, const struct paper *paper)
{
    struct str rest = squash(report->arena, buf_str(&paper->text));

    for (size_t i = 0; i < report->count; i++) {
        struct str want = squash(report->arena, report->wants[i].text);

        if (!str_starts(rest, want)) {
            size_t same = same_until(want, rest);

            return arena_printf(report->arena,
                                "%s: want \"%.*s\", have \"%.*s\", the same: \"%.*s\"",
                                report->wants[i].field, STR_FMT(str_sub(want, same, want.len)),
                                STR_FMT(str_sub(rest, same, want.len - same + 60)),
                                STR_FMT(str_sub(want, 0, same)));
        }
        rest = str_sub(rest, want.len, rest.len);
    }
    if (rest.len > 0)
        return arena_printf(report->arena, "more than the report says: \"%.*s\"", STR_FMT(rest));
    return NULL;
}

/* ---- lines */

#define CM (72 / 2.54)
#define PAD 4.0    /* of cells, from their rule */
#define SLACK 0.05 /* widths of glyphs are rounded in the file */

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
        if (mark->x < column[0] - SLACK || mark->x + mark->width > column[1] + SLACK)
            return arena_printf(paper->arena,
                                "page %u: a line from %.3f to %.3f in a column from %.3f to %.3f: "
                                "\"%.*s\"",
                                mark->page + 1, mark->x, mark->x + mark->width, column[0],
                                column[1], STR_FMT(mark->text));
    }
    return NULL;
}
