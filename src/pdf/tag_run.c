/* Runs of text with elements of their own: links, English around them, and boxes. */
#include "base/arena.h"
#include "pdf/reference.h"
#include "pdf/tag.h"

#define BOX_LEN 3 /* bytes of ☐ and its like */

struct runs {
    struct arena *arena;
    struct tag_run *run;
    size_t count, cap;
};

static void
add_run(struct runs *runs, struct tag_run run)
{
    runs->run = arena_grow(runs->arena, runs->run, runs->count, &runs->cap, sizeof(*runs->run), 4);
    runs->run[runs->count++] = run;
}

static bool
has_letter(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((text.ptr[i] | 32) >= 'a' && (text.ptr[i] | 32) <= 'z')
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
    (void)tag_english(arena, text, &words, &all);
    return address || words > 0;
}

struct tag_run *
tag_runs(struct arena *arena, const struct item *item, size_t *count, bool *all)
{
    struct str text = item->as.text.source;
    struct runs runs = {.arena = arena};
    size_t words = 0, links = 0, next = 0, done = 0;
    const struct tag_run *english = tag_english(arena, text, &words, all);
    const struct reference *reference = references_of(arena, item, &links);
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
