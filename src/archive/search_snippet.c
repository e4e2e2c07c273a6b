/* Snippets: pieces of paragraphs around what was found, as they stand in the document. */
#include <stdlib.h>

#include "archive/search_inner.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "thai/fold.h"

#define BEFORE 50 /* code points before what was found, about */
#define ALL 160   /* of a snippet, about */
#define MARKS_MAX 64

struct window {
    size_t from, to;
};

/* ---- places of terms */

struct places {
    struct search_mark *list; /* of the original, in order, none over another */
    size_t count, cap;
};

static int
by_start(const void *a, const void *b)
{
    const struct search_mark *x = a, *y = b;

    return (x->from > y->from) - (x->from < y->from);
}

static void
find_term(struct arena *arena, const struct folded *folded, struct str term, struct places *out)
{
    for (size_t at = 0; at < folded->text.len && out->count < MARKS_MAX;) {
        size_t found = str_find(str_sub(folded->text, at, SIZE_MAX), term);
        if (found == SIZE_MAX)
            return;
        at += found;
        *ARENA_ADD(arena, out->list, out->count, out->cap, 8) =
            (struct search_mark){folded->place[at].from, folded->place[at + term.len - 1].to};
        at += term.len;
    }
}

/* Marks that touch become one. */
static void
join_marks(struct places *marks)
{
    size_t kept = 0;

    qsort(marks->list, marks->count, sizeof *marks->list, by_start);
    for (size_t i = 0; i < marks->count; i++) {
        struct search_mark *last = kept == 0 ? NULL : &marks->list[kept - 1];
        if (last == NULL || marks->list[i].from > last->to)
            marks->list[kept++] = marks->list[i];
        else if (marks->list[i].to > last->to)
            last->to = marks->list[i].to;
    }
    marks->count = kept;
}

static struct places
find_terms(struct search *s, struct arena *arena, struct str text)
{
    struct folded folded = fold_with_places(arena, text);
    struct places marks = {NULL, 0, 0};

    for (size_t i = 0; i < s->count; i++) {
        if (!s->sought[i].term->is_excluded)
            find_term(arena, &folded, s->sought[i].term->text, &marks);
    }
    join_marks(&marks);
    return marks;
}

/* ---- windows */

/* A letter whose marks follow it is not cut from them. */
static bool
is_cut_well(struct str text, size_t at)
{
    uint32_t code = utf8_at(text, at);

    return code == 0 ||
           !(utf8_is_thai_mark(code) || code == 0x0E33 || (code >= 0x0300 && code <= 0x036F));
}

static struct window
window_around(struct str text, struct search_mark mark)
{
    struct window window = {mark.from, mark.to};
    size_t left = BEFORE, all;

    while (window.from > 0 && (left > 0 || !is_cut_well(text, window.from))) {
        (void)utf8_prev(text, &window.from);
        left -= left > 0;
    }
    all = utf8_count(str_sub(text, window.from, window.to - window.from));
    while (window.to < text.len && (all < ALL || !is_cut_well(text, window.to))) {
        (void)utf8_next(text, &window.to);
        all++;
    }
    return window;
}

/* The page on which a byte of a paragraph stands. */
static size_t
page_of(const struct paragraph_place *place, size_t at)
{
    size_t page = place->page;

    for (size_t i = 0; i < place->turn_count && place->turns[i].at <= at; i++)
        page = place->turns[i].page;
    return page;
}

static struct search_snippet
snippet_of(struct search *s, const struct paragraph_place *place, struct str text,
           const struct places *marks)
{
    struct window window = window_around(text, marks->list[0]);
    struct search_snippet snippet = {.page = page_of(place, marks->list[0].from),
                                     .cut_before = window.from > 0,
                                     .cut_behind = window.to < text.len};

    snippet.text = str_dup(s->arena, str_sub(text, window.from, window.to - window.from));
    snippet.marks = arena_array(s->arena, marks->count, sizeof *snippet.marks);
    for (size_t i = 0; i < marks->count && marks->list[i].from < window.to; i++) {
        size_t to = marks->list[i].to < window.to ? marks->list[i].to : window.to;
        snippet.marks[snippet.mark_count++] =
            (struct search_mark){marks->list[i].from - window.from, to - window.from};
    }
    return snippet;
}

/* ---- which paragraphs */

/* Which terms a paragraph has, a bit each. */
static bool
terms_in(struct search *s, int64_t paragraph, uint32_t *out)
{
    bool good = true, is_in;

    *out = 0;
    for (size_t i = 0; i < s->count && good; i++) {
        if (s->sought[i].term->is_excluded)
            continue;
        good = search_is_in(s, &s->sought[i], paragraph, &is_in);
        *out |= is_in ? (uint32_t)1 << i : 0;
    }
    return good;
}

/* The first paragraphs that have a term which those before do not have, in their order. */
bool
search_snippets(struct search *s, const struct paragraph_place *places, size_t count,
                struct search_hit *hit)
{
    uint32_t all = 0, shown = 0, has;

    for (size_t i = 0; i < s->count; i++)
        all |= s->sought[i].term->is_excluded ? 0 : (uint32_t)1 << i;
    hit->snippets = arena_array(s->arena, SEARCH_SNIPPETS, sizeof *hit->snippets);
    for (size_t i = 0; i < count && shown != all && hit->snippet_count < SEARCH_SNIPPETS; i++) {
        struct str text;
        if (!terms_in(s, places[i].paragraph, &has))
            return false;
        if ((has & ~shown) == 0)
            continue;
        if (!search_text(s, places[i].paragraph, &text))
            return false;
        struct arena *scratch = arena_new(0);
        struct places marks = find_terms(s, scratch, text);
        if (marks.count > 0)
            hit->snippets[hit->snippet_count++] = snippet_of(s, &places[i], text, &marks);
        arena_free(scratch);
        shown |= has;
    }
    return true;
}
