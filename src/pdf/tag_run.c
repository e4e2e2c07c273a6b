/* Runs of text with elements of their own: links, English around them, and boxes. */
#include "base/arena.h"
#include "pdf/address.h"
#include "pdf/tag.h"

#define BOX_LEN 3 /* bytes of ☐ and ☑ */

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

/* Adds what is English of the bytes from … to - 1; *next is the first run that reaches there. */
static void
add_english(struct runs *runs, struct str text, const struct tag_run *english, size_t count,
            size_t *next, size_t from, size_t to)
{
    for (size_t i = *next; i < count && english[i].from < to; i++) {
        size_t start = english[i].from > from ? english[i].from : from;
        size_t end = english[i].to < to ? english[i].to : to;

        if (start < end && has_letter(str_sub(text, start, end - start)))
            add_run(runs,
                    (struct tag_run){.from = start, .to = end, .type = "Span", .english = true});
        *next = i;
    }
}

static enum tag_box
box_at(struct str text, size_t at)
{
    struct str here = str_sub(text, at, BOX_LEN);

    if (str_is(here, "☐"))
        return TAG_BOX_OFF;
    return str_is(here, "☑") ? TAG_BOX_ON : TAG_NO_BOX;
}

/* Puts the boxes of the text among the other runs, none of which has one inside. */
static void
add_boxes(struct runs *runs, struct str text)
{
    struct runs all = {.arena = runs->arena};
    size_t next = 0;

    for (size_t at = 0; at < text.len; at++) {
        enum tag_box box = box_at(text, at);

        if (box == TAG_NO_BOX)
            continue;
        while (next < runs->count && runs->run[next].from < at)
            add_run(&all, runs->run[next++]);
        add_run(&all, (struct tag_run){.from = at, .to = at + BOX_LEN, .type = "Form", .box = box});
    }
    if (all.count == 0)
        return;
    while (next < runs->count)
        add_run(&all, runs->run[next++]);
    *runs = all;
}

struct tag_run *
tag_runs(struct arena *arena, struct str text, size_t *count, bool *all)
{
    struct runs runs = {.arena = arena};
    size_t total = 0, next = 0, done = 0;
    const struct tag_run *english = tag_english(arena, text, &total, all);

    if (*all)
        total = 0;
    for (size_t from = 0, to = 0; address_next(text, &from, &to); done = to) {
        bool own = !*all && is_ascii(str_sub(text, from, to - from));

        add_english(&runs, text, english, total, &next, done, from);
        add_run(&runs, (struct tag_run){.from = from, .to = to, .type = "Link", .english = own});
    }
    add_english(&runs, text, english, total, &next, done, text.len);
    add_boxes(&runs, text);
    *count = runs.count;
    return runs.run;
}
