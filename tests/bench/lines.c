/* Lines of segmented text set in several ways in one run: how loose they are and where they end.
 * usage: lines FILE…      (CoNLL-U)
 *
 * Last lines are left aside but for `short`; shares are of the others.
 *   r           slack to stretch: half the width of spaces, 3 % of the size for each gap after a
 *               Thai cluster; of lines that shrink, slack to what they can shrink by
 *   hard        ends inside a word, and the two parts are not both chains of other words
 *   inside      ends inside a word, these included
 *   connective  ends with ที่ และ หรือ ใน ของ or แต่ as a word of its own
 *   ragged      does not reach the margin with all stretching that is allowed
 *   resort      ends at a last resort
 *   short       last lines that fill less than 15 % */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/diag.h"
#include "breaks/engines.h"
#include "breaks/gold.h"
#include "text/breaks.h"
#include "text/fill.h"
#include "text/para.h"

#define SENTENCES 7
#define WIDTH 453543 /* 16 cm */
#define INDENT 70866 /* 2.5 cm */
#define SIZE 16000
#define LOOSE 1000

/* as in the official style */
static const struct para_fill official = {
    .width = WIDTH,
    .first_indent = INDENT,
    .align = PARA_JUSTIFY,
    .cluster_max = 90,
    .space_max = 300,
    .cluster_shrink = 15,
    .space_shrink = 70,
};

static const struct way {
    const char *name;
    engine_find *find;
    enum para_method method;
} ways[] = {
    {"ICU greedy", engine_icu, PARA_GREEDY},   {"libthai greedy", engine_thai, PARA_GREEDY},
    {"ours greedy", engine_ours, PARA_GREEDY}, {"ICU total fit", engine_icu, PARA_FIT},
    {"ours total fit", engine_ours, PARA_FIT},
};

/* Stretch ratios are in 1/1000. */
struct result {
    int64_t *ratio;
    size_t count, cap;
    size_t lines, loose, inside, hard, connectives, resorts, overfull, ragged, shorts;
    double seconds;
};

static double
now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ---- judging */

static bool
ends_with_connective(const struct gold_text *one, size_t at)
{
    static const char *const words[] = {"ที่", "และ", "หรือ", "ใน", "ของ", "แต่"};
    size_t from;

    while (at > 0 && one->text.ptr[at - 1] == ' ')
        at--;
    for (from = at > 0 ? at - 1 : 0; from > 0 && one->place[from] != GOLD_GOOD;)
        from--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_is(str_sub(one->text, from, at - from), words[i]))
            return true;
    }
    return false;
}

static int64_t
ratio_of(const struct para *para, const struct line *line, const struct para_fill *fill)
{
    struct fill_line own = {.clusters = &para->clusters[line->from],
                            .count = line->to - line->from};
    size_t count = fill_visible(own.clusters, own.count);
    int64_t slack = line->from == 0 ? WIDTH - INDENT : WIDTH, stretch = 0;

    for (size_t i = 0; i < count; i++) {
        slack -= own.clusters[i].advance;
        if ((own.clusters[i].flags & CLUSTER_SPACE) != 0)
            stretch += own.clusters[i].advance / 2;
        else if (fill_has_gap(own.clusters, i, count))
            stretch += own.clusters[i].run->size * 3 / 100;
    }
    if (slack < 0)
        stretch = line_shrink(fill, &own);
    return stretch == 0 ? 100000 : slack * 1000 / stretch;
}

static void
add_ratio(struct result *result, int64_t ratio)
{
    if (result->count == result->cap) {
        result->cap = result->cap * 2 + 1024;
        result->ratio = realloc(result->ratio, result->cap * sizeof *result->ratio);
        if (result->ratio == NULL)
            abort();
    }
    result->loose += ratio > LOOSE;
    result->ratio[result->count++] = ratio < 0 ? -ratio : ratio;
}

static void
judge(const struct gold *gold, const struct gold_text *one, const struct para *para,
      const struct para_fill *fill, const struct lines *lines, struct result *result)
{
    result->lines += lines->count;
    result->ragged += lines->ragged_count;
    result->resorts += lines->emergency_count;
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->line[i];
        result->overfull += line->overfull;
        if (line->last) {
            result->shorts += line->width < WIDTH * 15 / 100;
            continue;
        }
        size_t at = para->clusters[line->to].text;
        bool inside = gold_is_between(one->text, at) && one->place[at] != GOLD_GOOD;
        result->inside += inside;
        result->hard += inside && gold_is_hard(gold, one, at);
        result->connectives += ends_with_connective(one, at);
        add_ratio(result, ratio_of(para, line, fill));
    }
}

static int
compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void
print_share(size_t part, size_t whole)
{
    printf(" %5zu %4.1f%%", part, whole == 0 ? 0 : 100.0 * (double)part / (double)whole);
}

static void
print(const struct way *way, struct result *r)
{
    double sum = 0;
    size_t n = r->count;

    qsort(r->ratio, n, sizeof *r->ratio, compare);
    for (size_t i = 0; i < n; i++)
        sum += (double)r->ratio[i] / 1000;
    printf("%-15s %6zu", way->name, r->lines);
    print_share(r->loose, n);
    printf(" %6.3f %5.2f %5.2f", n == 0 ? 0 : sum / (double)n,
           n == 0 ? 0 : (double)r->ratio[n * 95 / 100] / 1000,
           n == 0 ? 0 : (double)r->ratio[n - 1] / 1000);
    print_share(r->hard, n);
    print_share(r->inside, n);
    print_share(r->connectives, n);
    printf(" %6zu %6zu %6zu %8zu %6.2f\n", r->ragged, r->resorts, r->shorts, r->overfull,
           r->seconds * 1000);
    free(r->ratio);
}

/* ---- running */

struct room {
    struct arena *arena;
    struct diags *diags;
    struct fonts *fonts;
    struct breaker *breaker;
    struct engines *engines;
};

/* Puts texts from `from` on together, one space between them. */
static struct gold_text
join(struct arena *arena, const struct gold *gold, size_t from)
{
    struct buf text = buf_in(arena), place = buf_in(arena);

    for (size_t i = from; i < from + SENTENCES && i < gold->count; i++) {
        const struct gold_text *one = &gold->texts[i];
        if (i > from) {
            buf_byte(&text, ' ');
            buf_byte(&place, GOLD_INSIDE);
        }
        buf_add(&text, one->text);
        for (size_t k = 0; k < one->text.len; k++)
            buf_byte(&place, (char)one->place[k]);
    }
    buf_byte(&place, GOLD_GOOD);
    return (struct gold_text){buf_str(&text), (unsigned char *)(uintptr_t)buf_str(&place).ptr};
}

/* Has the engine break the paragraph; where nothing else helps as we do. */
static void
find_breaks(const struct room *room, const struct way *way, struct para *para)
{
    unsigned char *place = arena_alloc(room->arena, para->text.len + 1);

    if (way->find == engine_ours)
        return;
    way->find(room->engines, para->text, place);
    for (size_t i = 0; i < para->text.len; i++) {
        if (place[i] != BREAK_NONE)
            para->grade[i] = place[i];
        else if (para->grade[i] != BREAK_NONE)
            para->grade[i] = BREAK_EMERGENCY;
    }
}

static void
set(const struct room *room, const struct gold *gold, size_t from, const struct way *way,
    struct result *result)
{
    struct arena_mark mark = arena_mark(room->arena);
    struct gold_text one = join(room->arena, gold, from);
    struct span span = {.to = one.text.len, .face = FONT_REGULAR, .size = SIZE};
    const struct para_spec spec = {.text = one.text, .spans = &span, .span_count = 1};
    struct para *para = para_new(room->arena, room->diags, room->breaker, room->fonts, &spec);
    struct para_fill fill = official;

    /* a text with hints in it is not the one that was judged */
    if (para == NULL || para->text.len != one.text.len) {
        arena_reset(room->arena, mark);
        return;
    }
    fill.method = way->method;
    find_breaks(room, way, para);
    double start = now();
    const struct lines *lines = para_lines(room->arena, para, &fill);
    result->seconds += now() - start;
    judge(gold, &one, para, &fill, lines, result);
    arena_reset(room->arena, mark);
}

static void
run(const struct room *room, const char *path)
{
    const struct gold *gold = gold_read(room->arena, path);

    printf("%s: paragraphs of %d sentences, 16 cm, first line 2.5 cm\n", path, SENTENCES);
    printf("%-15s %6s %11s %6s %5s %5s %11s %11s %11s %6s %6s %6s %8s %6s\n", "", "lines", "r>1  ",
           "mean", "p95", "max", "hard  ", "inside  ", "connective", "ragged", "resort", "short",
           "overfull", "ms");
    for (size_t w = 0; w < sizeof ways / sizeof ways[0]; w++) {
        struct result result = {.ratio = NULL};
        for (size_t i = 0; i < gold->count; i += SENTENCES)
            set(room, gold, i, &ways[w], &result);
        print(&ways[w], &result);
    }
    printf("\n");
}

int
main(int argc, char **argv)
{
    static const struct font_search search = {.use_system = true};
    struct room room = {.arena = arena_new(0), .diags = diags_new(), .breaker = breaker_open()};

    room.engines = engines_open(room.arena);
    room.fonts = fonts_open(room.arena, room.diags, &search);
    if (room.fonts == NULL)
        return 3;
    for (int i = 1; i < argc; i++)
        run(&room, argv[i]);
    fonts_close(room.fonts);
    engines_close(room.engines);
    breaker_close(room.breaker);
    diags_free(room.diags);
    arena_free(room.arena);
    return 0;
}
