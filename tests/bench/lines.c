/* Lines of segmented text set by several ways in one run: how loose they are and where they end.
 * usage: lines FILE.conllu… */
#include "gold.h"

#include <stdint.h>
#include <time.h>

#include <thai/thbrk.h>
#include <thai/thwbrk.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/diag.h"
#include "text/breaks.h"
#include "text/fill.h"
#include "text/para.h"

#define SENTENCES 7
#define WIDTH 453543 /* 16 cm */
#define INDENT 70866 /* 2.5 cm */
#define SIZE 16000
#define SPACE_MAX 300
#define CLUSTER_MAX 90
#define SPACE_SHRINK 50
#define CLUSTER_SHRINK 10

struct way {
    const char *name;
    enum { OURS, ICU, LIBTHAI } engine;
    enum para_method method;
};

static const struct way ways[] = {
    {"ICU greedy", ICU, PARA_GREEDY},   {"libthai greedy", LIBTHAI, PARA_GREEDY},
    {"ICU total fit", ICU, PARA_FIT},   {"ours greedy", OURS, PARA_GREEDY},
    {"ours total fit", OURS, PARA_FIT},
};

/* Stretch ratios of all lines but last ones, in 1/1000, and what else is counted. */
struct result {
    int64_t *ratio;
    size_t count, cap;
    size_t lines, loose, inside, hard, connectives, last_resorts, overfull, ragged, short_last;
    double seconds;
};

static double
now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ---- other engines: good places, the rest of ours last resorts */

static void
only_last_resorts(struct para *para)
{
    for (size_t i = 0; i < para->text.len; i++)
        para->grade[i] = para->grade[i] == BREAK_NONE ? BREAK_NONE : BREAK_EMERGENCY;
}

static void
break_by_icu(struct para *para)
{
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *line = ubrk_open(UBRK_LINE, "th", NULL, 0, &status);
    UText *view = utext_openUTF8(NULL, para->text.ptr, (int64_t)para->text.len, &status);

    ubrk_setUText(line, view, &status);
    for (int32_t at = ubrk_next(line); at != UBRK_DONE; at = ubrk_next(line)) {
        if ((size_t)at < para->text.len)
            para->grade[at] = BREAK_GOOD;
    }
    utext_close(view);
    ubrk_close(line);
}

static void
break_by_libthai(struct para *para)
{
    static ThBrk *engine;
    size_t count = 0, *byte = calloc(para->text.len + 1, sizeof *byte);
    thwchar_t *wide = calloc(para->text.len + 1, sizeof *wide);
    int *places = calloc(para->text.len + 1, sizeof *places);

    if (engine == NULL)
        engine = th_brk_new(NULL);
    for (size_t at = 0; at < para->text.len; count++) {
        byte[count] = at;
        wide[count] = (thwchar_t)utf8_next(para->text, &at);
    }
    int found = th_brk_wc_find_breaks(engine, wide, places, count + 1);
    for (int i = 0; i < found; i++) {
        if ((size_t)places[i] < count)
            para->grade[byte[places[i]]] = BREAK_GOOD;
    }
    free(byte);
    free(wide);
    free(places);
}

/* ---- judging */

static bool
is_connective(struct str text, size_t at)
{
    static const char *const words[] = {"ที่", "และ", "หรือ", "ใน", "ของ", "แต่"};

    while (at > 0 && text.ptr[at - 1] == ' ')
        at--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t len = strlen(words[i]);
        if (at >= len && memcmp(text.ptr + at - len, words[i], len) == 0)
            return true;
    }
    return false;
}

/* True when the word before `at` begins there as the file has it. */
static bool
ends_word(const struct gold_text *gold, size_t at, size_t len)
{
    for (size_t i = 0; i < gold->word_count; i++) {
        if (gold->word[i].to == at)
            return gold->word[i].to - gold->word[i].from == len;
    }
    return false;
}

static bool
ends_with_connective(const struct gold_text *gold, size_t at)
{
    while (at > 0 && gold->text.ptr[at - 1] == ' ')
        at--;
    return is_connective(gold->text, at) &&
           (ends_word(gold, at, 6) || ends_word(gold, at, 9) || ends_word(gold, at, 12));
}

/* Slack to stretch: half the width of spaces, 3 % of the size for gaps after Thai clusters. */
static int64_t
ratio_of(const struct para *para, const struct line *line, int64_t room)
{
    const struct cluster *clusters = &para->clusters[line->from];
    size_t count = fill_visible(clusters, line->to - line->from);
    int64_t width = 0, stretch = 0;

    for (size_t i = 0; i < count; i++) {
        width += clusters[i].advance;
        if ((clusters[i].flags & CLUSTER_SPACE) != 0)
            stretch += clusters[i].advance / 2;
        else if (fill_has_gap(clusters, i, count))
            stretch += clusters[i].size * 3 / 100;
    }
    return stretch == 0 ? 100000 : (room - width) * 1000 / stretch;
}

static void
judge(const struct gold *gold, const struct gold_text *text, const struct para *para,
      const struct lines *lines, struct result *result)
{
    result->ragged += lines->ragged_count;
    result->last_resorts += lines->emergency_count;
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->line[i];
        int64_t room = i == 0 ? WIDTH - INDENT : WIDTH;
        result->overfull += line->overfull;
        if (line->last) {
            result->short_last += line->width < WIDTH * 15 / 100;
            continue;
        }
        size_t at = para->clusters[line->to].text;
        enum gold_verdict verdict = gold_judge(gold, text, at);
        result->inside += verdict != GOLD_RIGHT;
        result->hard += verdict == GOLD_HARD;
        result->connectives += ends_with_connective(text, at);
        if (result->count == result->cap) {
            result->cap = result->cap * 2 + 1024;
            result->ratio = realloc(result->ratio, result->cap * sizeof *result->ratio);
        }
        int64_t ratio = ratio_of(para, line, room);
        result->loose += ratio > 1000;
        result->ratio[result->count++] = ratio;
    }
    result->lines += lines->count;
}

static int
compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static void
print(const struct way *way, struct result *r)
{
    double sum = 0, n = r->count > 0 ? (double)r->count : 1;

    qsort(r->ratio, r->count, sizeof *r->ratio, compare);
    for (size_t i = 0; i < r->count; i++)
        sum += (double)(r->ratio[i] < 0 ? -r->ratio[i] : r->ratio[i]) / 1000;
    printf("%-16s %6zu %6zu %5.1f%% %6.3f %6.2f %6.2f %5zu %5.1f%% %5zu %5.1f%% %5zu %5.1f%% %5zu "
           "%5zu %5zu %5zu %7.2f\n",
           way->name, r->lines, r->loose, 100 * (double)r->loose / n, sum / n,
           r->count == 0 ? 0 : (double)r->ratio[r->count * 95 / 100] / 1000,
           r->count == 0 ? 0 : (double)r->ratio[r->count - 1] / 1000, r->hard,
           100 * (double)r->hard / n, r->inside, 100 * (double)r->inside / n, r->connectives,
           100 * (double)r->connectives / n, r->ragged, r->short_last, r->last_resorts, r->overfull,
           r->seconds * 1000);
    free(r->ratio);
}

/* ---- running */

struct room {
    struct arena *arena;
    struct diags *diags;
    struct fonts *fonts;
    struct breaker *breaker;
};

static void
set_text(const struct room *room, const struct gold *gold, const struct gold_text *text,
         const struct way *way, struct result *result)
{
    struct arena_mark mark = arena_mark(room->arena);
    struct span span = {.to = text->text.len, .face = FONT_REGULAR, .size = SIZE};
    const struct para_spec spec = {.text = text->text, .spans = &span, .span_count = 1};
    const struct para_fill fill = {.width = WIDTH,
                                   .first_indent = INDENT,
                                   .align = PARA_JUSTIFY,
                                   .method = way->method,
                                   .cluster_max = CLUSTER_MAX,
                                   .space_max = SPACE_MAX,
                                   .cluster_shrink = CLUSTER_SHRINK,
                                   .space_shrink = SPACE_SHRINK};
    struct para *para = para_new(room->arena, room->diags, room->breaker, room->fonts, &spec);

    if (para != NULL && para->text.len == text->text.len) {
        if (way->engine != OURS)
            only_last_resorts(para);
        if (way->engine == ICU)
            break_by_icu(para);
        if (way->engine == LIBTHAI)
            break_by_libthai(para);
        double start = now();
        const struct lines *lines = para_lines(room->arena, para, &fill);
        result->seconds += now() - start;
        judge(gold, text, para, lines, result);
    }
    arena_reset(room->arena, mark);
}

static void
run(const struct room *room, const char *name)
{
    struct str file;

    if (!io_read(room->arena, room->diags, POS_NONE, name, 64 << 20, &file)) {
        fprintf(stderr, "%s: not read\n", name);
        exit(1);
    }
    struct gold gold = gold_read(room->arena, file, SENTENCES);
    printf("%s: %zu paragraphs, 16 cm, first line 2.5 cm\n", name, gold.count);
    printf("%-16s %6s %6s %6s %6s %6s %6s %12s %12s %12s %5s %5s %5s %5s %7s\n", "", "lines", "r>1",
           "", "mean", "p95", "max", "hard-wrong", "inside", "connective", "rag", "short", "last",
           "over", "ms");
    for (size_t w = 0; w < sizeof ways / sizeof ways[0]; w++) {
        struct result result = {.ratio = NULL};
        for (size_t i = 0; i < gold.count; i++)
            set_text(room, &gold, &gold.text[i], &ways[w], &result);
        print(&ways[w], &result);
    }
}

int
main(int argc, char **argv)
{
    static const struct font_search search = {.use_system = true};
    struct room room = {arena_new(0), diags_new(), NULL, breaker_open()};

    room.fonts = fonts_open(room.arena, room.diags, &search);
    if (room.fonts == NULL)
        return 3;
    for (int i = 1; i < argc; i++)
        run(&room, argv[i]);
    fonts_close(room.fonts);
    breaker_close(room.breaker);
    diags_free(room.diags);
    arena_free(room.arena);
    return 0;
}
