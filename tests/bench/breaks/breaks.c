/* How good break places are, and how long finding them takes.
 * usage: breaks [-v] FILE...      (CoNLL-U, or marked prose; -v prints every fault of ours)
 *
 * Only places between two Thai letters count, so that spaces, digits and Latin flatter nobody:
 *   bad     share of permitted breaks that fall inside a gold word
 *   hard    bad, and the two parts are not both chains of other words of the same file
 *   missed  share of gold word ends at which no break is permitted
 *   errors  in marked prose: share of permitted breaks at unmarked places
 *   found   in marked prose: share of the good places at which a break is permitted
 *   spaces  breaks at a space that is marked as forbidden
 *   before  breaks before ๆ ฯ or a dependent vowel or mark
 *   connective  breaks after a connective that nothing warns of, in all breaks after one */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "engines.h"
#include "gold.h"
#include "text/breaks.h"
#include "text/breaks_inner.h"

struct count {
    size_t permitted, bad, hard, gold, found, spaces, before, connective, unwarned;
};

static const struct engine {
    const char *name;
    engine_find *find;
    enum break_grade least; /* from which on a break counts */
} engines[] = {
    {"ours |", engine_ours, BREAK_GOOD},       {"ours | and ¦", engine_ours, BREAK_COMPOUND},
    {"words |", engine_words, BREAK_GOOD},     {"words | and ¦", engine_words, BREAK_COMPOUND},
    {"ICU alone", engine_icu, BREAK_COMPOUND}, {"libthai", engine_thai, BREAK_COMPOUND},
};

#define ENGINES (sizeof engines / sizeof engines[0])

static bool
starts_badly(struct str text, size_t at)
{
    uint32_t c = utf8_next(text, &at);

    return c == 0x0E2F || (c >= 0x0E30 && c <= 0x0E3A) || (c >= 0x0E45 && c <= 0x0E4E);
}

static void
tell(const struct engine *engine, const struct gold_text *one, size_t at, const char *what)
{
    size_t from = at > 45 ? at - 45 : 0, to = at + 45 < one->text.len ? at + 45 : one->text.len;

    while (from > 0 && ((unsigned char)one->text.ptr[from] & 0xC0) == 0x80)
        from--;
    while (to < one->text.len && ((unsigned char)one->text.ptr[to] & 0xC0) == 0x80)
        to++;
    printf("%s\t%s\t%.*s[]%.*s\n", what, engine->name, STR_FMT(str_sub(one->text, from, at - from)),
           STR_FMT(str_sub(one->text, at, to - at)));
}

static void
count_connective(const struct gold_text *one, size_t from, size_t at, unsigned char place,
                 struct count *count)
{
    if (!rules_is_connective(str_trim(str_sub(one->text, from, at - from))))
        return;
    count->connective++;
    count->unwarned += (place & BREAK_BAD_END) == 0;
}

static void
count_text(const struct engine *engine, const struct gold *gold, const struct gold_text *one,
           const unsigned char *place, bool verbose, struct count *count)
{
    size_t last = 0;

    for (size_t i = 1; i < one->text.len; i++) {
        bool allowed = break_grade(place[i]) >= engine->least;
        if (allowed) {
            count_connective(one, last, i, place[i], count);
            last = i;
            count->before += starts_badly(one->text, i);
            count->spaces += one->place[i] == GOLD_FORBIDDEN;
        }
        if (!gold_is_between(one->text, i))
            continue;
        count->gold += one->place[i] == GOLD_GOOD;
        count->found += one->place[i] == GOLD_GOOD && allowed;
        if (verbose && one->place[i] == GOLD_GOOD && !allowed)
            tell(engine, one, i, "missed");
        count->permitted += allowed;
        if (!allowed || one->place[i] != GOLD_INSIDE)
            continue;
        count->bad++;
        bool hard = !gold->marked && gold_is_hard(gold, one, i);
        count->hard += hard;
        if (verbose && (hard || gold->marked))
            tell(engine, one, i, hard ? "hard" : "error");
    }
}

static double
percent(size_t part, size_t whole)
{
    return whole == 0 ? 0 : 100.0 * (double)part / (double)whole;
}

static void
print(const struct engine *engine, const struct gold *gold, const struct count *n)
{
    printf("%-14s %6zu ", engine->name, n->permitted);
    if (gold->marked)
        printf("errors %3zu %5.2f%%  found %6.2f%%  spaces %3zu", n->bad,
               percent(n->bad, n->permitted), percent(n->found, n->gold), n->spaces);
    else
        printf("bad %5.2f%%  hard %4zu %5.2f%%  missed %5.2f%%", percent(n->bad, n->permitted),
               n->hard, percent(n->hard, n->permitted), percent(n->gold - n->found, n->gold));
    printf("  before %zu  connective %zu/%zu\n", n->before, n->unwarned, n->connective);
}

/* ---- time */

static double
now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/* The Thai of a file and nothing else: its stretches, one after the other with a space between. */
static struct str
thai_only(struct arena *arena, const struct gold *gold)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < gold->count; i++) {
        struct str text = gold->texts[i].text;
        for (size_t at = 0; at < text.len;) {
            uint32_t c = utf8_next(text, &at);
            if (rules_is_letter(c) || c == 0x0E2F || c == 0x0E46)
                buf_utf8(&out, c);
            else if (out.len > 0 && out.ptr[out.len - 1] != ' ')
                buf_byte(&out, ' ');
        }
    }
    return buf_str(&out);
}

/* The fastest of several runs through the text in pieces of a paragraph's length, in microseconds
 * for a thousand characters. */
static double
measure(struct engines *tools, const struct engine *engine, struct str text, unsigned char *place)
{
    double best = 0;

    for (int run = 0; run < 7; run++) {
        double begin = now();
        for (size_t at = 0, to; at < text.len; at = to) {
            for (to = at + 2000 < text.len ? at + 2000 : text.len; to < text.len; to++) {
                if (text.ptr[to] == ' ')
                    break;
            }
            engine->find(tools, str_sub(text, at, to - at), place);
        }
        double took = now() - begin;
        best = run == 0 || took < best ? took : best;
    }
    return best * 1000 / (double)utf8_count(text);
}

static void
bench(struct arena *arena, const char *path, bool verbose)
{
    struct gold *gold = gold_read(arena, path);
    struct engines *tools = engines_open(arena);
    struct str thai = thai_only(arena, gold);
    unsigned char *place = arena_alloc(arena, thai.len + 100000);

    printf("%s: %zu texts\n", path, gold->count);
    for (size_t e = 0; e < ENGINES; e++) {
        struct count count = {0};
        for (size_t i = 0; i < gold->count; i++) {
            engines[e].find(tools, gold->texts[i].text, place);
            count_text(&engines[e], gold, &gold->texts[i], place, verbose && e < 2, &count);
        }
        print(&engines[e], gold, &count);
    }
    printf("µs per 1,000 characters, Thai only:");
    for (size_t e = 1; e < ENGINES; e += e == 3 ? 1 : e == 1 ? 2 : 1)
        printf("  %s %.1f", engines[e].name, measure(tools, &engines[e], thai, place));
    printf("\n\n");
    engines_close(tools);
}

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new(0);
    bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0;

    for (int i = 1 + verbose; i < argc; i++)
        bench(arena, argv[i], verbose);
    arena_free(arena);
    return 0;
}
