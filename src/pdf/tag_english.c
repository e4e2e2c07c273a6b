#include "base/arena.h"
#include "base/utf8.h"
#include "pdf/tag.h"

static bool
is_letter(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
           (code >= 0xc0 && code <= 0x24f && code != 0xd7 && code != 0xf7);
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

struct tag_run *
tag_english(struct arena *arena, struct str text, size_t *count, bool *all)
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
        runs = arena_grow(arena, runs, *count, &cap, sizeof(*runs), 4);
        runs[(*count)++] =
            (struct tag_run){.from = from, .to = at, .type = "Span", .english = true};
    }
    *all = *count == 1 && covers(text, runs[0].from, runs[0].to);
    return runs;
}
