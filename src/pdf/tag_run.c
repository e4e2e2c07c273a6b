/* Runs of text with elements of their own: links, English around them, and boxes. */
#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "pdf/nav.h"
#include "pdf/tag.h"

/* ---- English */

static bool
is_letter(uint32_t code)
{
    return ascii_is_letter(code) || (code >= 0xc0 && code <= 0x24f && code != 0xd7 && code != 0xf7);
}

/* What may stand between words of a run: ASCII, dashes and quotation marks. */
static bool
is_between(uint32_t code)
{
    return (code >= ' ' && code <= '~') || (code >= 0x2010 && code <= 0x201f);
}

/* The run that begins at the letter at `from`; whether a word of it has two letters. */
static size_t
run_end(struct str text, size_t from, bool *word)
{
    size_t at = from, end = from;
    bool after_letter = false;

    *word = false;
    while (at < text.len) {
        uint32_t code = utf8_next(text, &at);
        bool letter = is_letter(code);

        if (!letter && !is_between(code))
            break;
        if (letter)
            end = at;
        *word = *word || (letter && after_letter);
        after_letter = letter;
    }
    return end;
}

/* True when nothing but what may stand between words is outside of the run. */
static bool
covers(struct str text, size_t from, size_t to)
{
    for (size_t at = 0; at < text.len;) {
        size_t start = at;

        if (!is_between(utf8_next(text, &at)) && (start < from || start >= to))
            return false;
    }
    return true;
}

/* Finds the runs of English of a text: words of Latin letters with what stands between them, one
 * of two letters or more among them. Sets *all when there is nothing else to read. */
static struct tag_run *
english_runs(struct arena *arena, struct str text, size_t *count, bool *all)
{
    struct tag_run *runs = NULL;
    size_t cap = 0;

    *count = 0;
    *all = false;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        bool word = false;

        if (!is_letter(utf8_next(text, &at)))
            continue;
        at = run_end(text, from, &word);
        if (!word)
            continue;
        runs = arena_grow(arena, runs, *count, &cap, sizeof(*runs), 1);
        runs[(*count)++] =
            (struct tag_run){.from = from, .to = at, .type = "Span", .english = true};
    }
    *all = *count == 1 && covers(text, runs[0].from, runs[0].to);
    return runs;
}

/* ---- all runs */

#define BOX_LEN 3 /* bytes of ☐ and its like */

struct runs {
    struct arena *arena;
    struct tag_run *run;
    size_t count, cap;
};

static void
add_run(struct runs *runs, struct tag_run run)
{
    *ARENA_ADD(runs->arena, runs->run, runs->count, runs->cap, 4) = run;
}

static bool
has_letter(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (ascii_is_letter(text.ptr[i]))
            return true;
    return false;
}

static bool
is_ascii(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((text.ptr[i] & 0x80) != 0)
            return false;
    return true;
}

static enum tag_box
box_at(struct str text, size_t at)
{
    if (text.ptr[at] != '\xe2')
        return TAG_NO_BOX;

    struct str here = str_sub(text, at, BOX_LEN);
    if (str_is(here, "☐") || str_is(here, "□"))
        return TAG_BOX_OFF;
    return str_is(here, "☑") || str_is(here, "☒") ? TAG_BOX_ON : TAG_NO_BOX;
}

/* English and boxes, none of which has the other inside. */
static struct runs
inner_runs(struct arena *arena, struct str text, const struct tag_run *english, size_t count)
{
    struct runs all = {.arena = arena};
    size_t next = 0;

    for (size_t at = 0; at < text.len; at++) {
        enum tag_box box = box_at(text, at);

        if (box == TAG_NO_BOX)
            continue;
        while (next < count && english[next].from < at)
            add_run(&all, english[next++]);
        add_run(&all, (struct tag_run){.from = at, .to = at + BOX_LEN, .type = "Form", .box = box});
    }
    while (next < count)
        add_run(&all, english[next++]);
    return all;
}

static void
add_link_run(struct runs *runs, size_t from, size_t to, struct tag_link *link)
{
    if (from < to)
        add_run(
            runs,
            (struct tag_run){
                .from = from, .to = to, .type = "Link", .english = link->english, .link = link});
}

/* Adds what the bytes from … to - 1 have of the inner runs, and of `link`, when there is one, what
 * is beside them; *next is the first inner run that reaches there. */
static void
add_range(struct runs *runs, struct str text, const struct runs *inner, size_t *next, size_t from,
          size_t to, struct tag_link *link)
{
    size_t done = from;

    for (size_t i = *next; i < inner->count && inner->run[i].from < to; i++) {
        struct tag_run run = inner->run[i];

        *next = i;
        run.from = run.from > from ? run.from : from;
        run.to = run.to < to ? run.to : to;
        run.link = link;
        if (run.from >= run.to ||
            (run.english && ((link != NULL && link->whole) ||
                             !has_letter(str_sub(text, run.from, run.to - run.from)))))
            continue;
        if (link != NULL)
            add_link_run(runs, done, run.from, link);
        add_run(runs, run);
        done = run.to;
    }
    if (link != NULL)
        add_link_run(runs, done, to, link);
}

/* All of a link's text is English: an address, or words. A code ("O26") is not. */
static bool
is_english(struct arena *arena, struct str text, bool address)
{
    size_t words = 0;
    bool all = false;

    if (!is_ascii(text))
        return false;
    (void)english_runs(arena, text, &words, &all);
    return address || words > 0;
}

struct tag_run *
tag_runs(struct arena *arena, const struct item *item, size_t *count, bool *all)
{
    struct str text = item->as.text.whole->text;
    struct runs runs = {.arena = arena};
    size_t words = 0, links = 0, next = 0, done = 0;
    const struct tag_run *english = english_runs(arena, text, &words, all);
    const struct reference *reference = link_references(arena, item, &links);
    const struct runs inner = inner_runs(arena, text, english, *all ? 0 : words);

    for (size_t i = 0; i < links; done = reference[i++].to) {
        size_t from = reference[i].from, to = reference[i].to;
        struct tag_link *link = arena_alloc(arena, sizeof(*link));
        bool address = reference[i].link == NULL;

        link->english = !*all && is_english(arena, str_sub(text, from, to - from), address);
        link->whole = link->english || address;
        add_range(&runs, text, &inner, &next, done, from, NULL);
        add_range(&runs, text, &inner, &next, from, to, link);
    }
    add_range(&runs, text, &inner, &next, done, text.len, NULL);
    *count = runs.count;
    return runs.run;
}
