/* Total fit over graded break places. The search is one pass: lines to a place come from the few
 * places before it that a line with as few lines as possible reaches, so what is looked at for
 * each place is a part of a line, whatever the length of the paragraph. */
#include "text/fill.h"

#include "base/arena.h"

/* Demerits. Stretch ratios are in 1/1000; beyond RATIO_MAX all lines are equally hopeless. */
#define BASE 10
#define RATIO_MAX 20000
#define PENALTY_COMPOUND 100
#define PENALTY_COMPOUND_RAGGED 600 /* a ragged edge hides a short line, not a word in two */
#define PENALTY_LAST_RESORT 400
#define PENALTY_BAD_END 80
#define UNLIKE 3000
#define LAST_SHORT 20000
#define LAST_ALONE 100000

/* A last line is short when it fills less than this part of its room, in 1/100; worse when it is a
 * single word. */
#define LAST_LEAST 15

/* What stretches at a ratio of 1: of a space's width 1/SPACE_PART, of the size so many 1/1000. */
#define SPACE_PART 2
#define GAP_STRETCH 30

/* Ragged lines have no stretch; one of this part of the room is taken for it. Justified ones have
 * at least this much, so that those in which hardly anything stretches are told apart. */
#define RAGGED_PART 6
#define LEAST_PART 100

/* Lines that differ by more than one class look unlike. */
#define CLASSES 4

/* Lines saved against the greedy filling are counted this far. */
#define SAVED_MAX 2

/* Ways to a place: by lines saved, then by the class of the last line. */
#define WAYS ((size_t)(SAVED_MAX + 1) * CLASSES)

/* No more than so many beginnings of a line are weighed for one end: those of the fullest lines.
 * Only letters without width stand so close. */
#define BEGIN_MAX 400

/* Sums up to a place: for a line that begins there, or for one that ends there. */
struct sums {
    int64_t width, tight, stretch; /* tight: the width with all shrinking */
};

struct place {
    size_t at; /* cluster before which the line ends */
    enum break_grade grade;
    bool bad_end;
    unsigned lines; /* of the greedy filling up to here, see count_greedily() */
    unsigned ways;  /* bits of those that are known */
    struct sums begin, end;
};

/* The best way to a place; the line that leads there begins at `place`. */
struct node {
    int64_t demerits;
    uint32_t place;
    unsigned char way; /* which one to that place */
};

struct fitter {
    struct arena *arena;
    const struct para *para;
    const struct para_fill *fill;
    mpt space_shrink, gap_shrink;
    struct place *place;
    size_t count, cap;
    struct node *nodes; /* WAYS for each place */
};

/* ---- what a line costs */

static mpt
room_of(const struct para_fill *fill, bool first)
{
    if (!first)
        return fill->width;
    return fill->first_width != 0 ? fill->first_width : fill->width - fill->first_indent;
}

/* A line between two places. */
struct candidate {
    int64_t room, stretch, shrink, width;
    bool ragged, last, short_last, alone;
};

/* True when there is no place to break between the two. */
static bool
is_alone(const struct para *para, const struct place *a, const struct place *b)
{
    for (size_t at = a->at + 1; at < b->at; at++) {
        if (break_grade(para->grade[para->clusters[at].text]) >= BREAK_COMPOUND)
            return false;
    }
    return true;
}

static struct candidate
line_between(const struct fitter *fitter, const struct place *a, const struct place *b)
{
    const struct para_fill *fill = fitter->fill;
    int64_t width = b->end.width - a->begin.width, tight = b->end.tight - a->begin.tight;
    int64_t stretch = b->end.stretch - a->begin.stretch;
    struct candidate line = {
        .room = room_of(fill, a->at == 0),
        .width = width > 0 ? width : 0,
        .shrink = width > tight ? width - tight : 0,
        .stretch = stretch > 0 ? stretch : 0,
        .ragged = fill->align != PARA_JUSTIFY,
        .last = b->grade == BREAK_MUST,
    };

    if (line.ragged)
        line.stretch = line.room / RAGGED_PART;
    else if (line.stretch < line.room / LEAST_PART)
        line.stretch = line.room / LEAST_PART;
    line.short_last = line.last && line.width * 100 < line.room * LAST_LEAST;
    line.alone = line.short_last && a->at > 0 && is_alone(fitter->para, a, b);
    return line;
}

/* Slack to stretch, or when the line must shrink, negative, to shrink. */
static int64_t
ratio_of(const struct candidate *line)
{
    int64_t slack = line->room - line->width;
    int64_t by = slack < 0 ? line->shrink : line->stretch;
    int64_t size = slack < 0 ? -slack : slack;

    if (slack == 0 || (slack > 0 && line->last))
        return 0;
    if (by == 0 || size * 1000 >= by * RATIO_MAX)
        return slack < 0 ? -RATIO_MAX : RATIO_MAX;
    return slack * 1000 / by;
}

static unsigned char
class_of(int64_t ratio)
{
    return ratio < -500 ? 0 : ratio <= 500 ? 1 : ratio <= 1000 ? 2 : 3;
}

static int64_t
demerits_of(const struct candidate *line, int64_t ratio, const struct place *end)
{
    int64_t size = ratio < 0 ? -ratio : ratio;
    int64_t badness = BASE + size * size * size / 10000000;
    int64_t penalty = 0, more = line->alone ? LAST_ALONE : line->short_last ? LAST_SHORT : 0;

    if (end->grade < BREAK_COMPOUND)
        penalty = PENALTY_LAST_RESORT;
    else if (end->grade == BREAK_COMPOUND)
        penalty = line->ragged ? PENALTY_COMPOUND_RAGGED : PENALTY_COMPOUND;
    if (end->bad_end)
        penalty += PENALTY_BAD_END;
    return badness * badness + penalty * penalty + more;
}

static int64_t
unlike(unsigned a, unsigned b)
{
    return a > b + 1 || b > a + 1 ? UNLIKE : 0;
}

/* ---- places */

static enum break_grade
grade_at(const struct para *para, size_t at)
{
    if (at >= para->cluster_count || (para->clusters[at - 1].flags & CLUSTER_NEWLINE) != 0)
        return BREAK_MUST;
    enum break_grade grade = break_grade(para->grade[para->clusters[at].text]);
    return grade == BREAK_MUST ? BREAK_GOOD : grade;
}

static void
add_place(struct fitter *fitter, size_t at)
{
    fitter->place = arena_grow(fitter->arena, fitter->place, fitter->count, &fitter->cap,
                               sizeof *fitter->place, 32);
    struct place *place = &fitter->place[fitter->count++];
    *place = (struct place){.at = at, .grade = at == 0 ? BREAK_NONE : grade_at(fitter->para, at)};
    place->bad_end = place->grade != BREAK_MUST && place->grade != BREAK_NONE &&
                     (fitter->para->grade[fitter->para->clusters[at].text] & BREAK_BAD_END) != 0;
}

/* Adds the places in from+1..to, `to` itself always, that are of grade `least` or better; between
 * two that stand wider apart than a line also those of the next lower grade, in the end all (see
 * fill_parts()). `before` is the width of what stands before `from` in the first line of the
 * paragraph. */
static void
add_places(struct fitter *fitter, size_t from, size_t to, int64_t before, enum break_grade least)
{
    const struct cluster *clusters = fitter->para->clusters;
    const struct para_fill *fill = fitter->fill;
    size_t begin = from;
    int64_t x = 0, visible = 0;

    for (size_t at = from + 1; at <= to; at++) {
        x += clusters[at - 1].advance;
        if (!fill_unseen(&clusters[at - 1]))
            visible = x;
        if (at < to && (grade_at(fitter->para, at) < least ||
                        (least == BREAK_NONE && !fill_parts(&clusters[at]))))
            continue;
        if (least > BREAK_NONE && visible > room_of(fill, begin == 0) &&
            before + visible > room_of(fill, true))
            add_places(fitter, begin, at, before, (enum break_grade)(least - 1));
        else
            add_place(fitter, at);
        begin = at;
        before += x;
        x = visible = 0;
    }
}

/* Adds a cluster, the gap behind it left out. */
static void
add_cluster(const struct fitter *fitter, const struct cluster *cluster, struct sums *sums)
{
    sums->width += cluster->advance;
    sums->tight += cluster->advance;
    if ((cluster->flags & CLUSTER_SPACE) != 0) {
        sums->tight -= fitter->space_shrink < cluster->advance ? fitter->space_shrink : 0;
        sums->stretch += cluster->advance / SPACE_PART;
    }
}

/* Adds the gap behind a cluster, when there may be one. */
static void
add_gap(const struct fitter *fitter, size_t at, struct sums *sums)
{
    const struct cluster *clusters = fitter->para->clusters;

    if (!fill_has_gap(clusters, at, fitter->para->cluster_count))
        return;
    sums->tight -= fitter->gap_shrink < clusters[at].advance ? fitter->gap_shrink : 0;
    sums->stretch += (int64_t)clusters[at].run->size * GAP_STRETCH / 1000;
}

/* Sums up widths between the places. */
static void
measure_places(struct fitter *fitter)
{
    const struct cluster *clusters = fitter->para->clusters;
    struct sums begin = {0}, end = {0};
    size_t at = fitter->place[0].at;

    for (size_t p = 0; p < fitter->count; p++) {
        for (; at < fitter->place[p].at; at++) {
            add_cluster(fitter, &clusters[at], &begin);
            if (!fill_unseen(&clusters[at]))
                end = begin;
            add_gap(fitter, at, &begin);
        }
        fitter->place[p].begin = begin;
        fitter->place[p].end = end;
    }
}

/* Spaces that begin a line neither stretch nor shrink in it: takes out of what a line from each
 * place has what they would add. */
static void
hold_leading_spaces(struct fitter *fitter)
{
    const struct cluster *clusters = fitter->para->clusters;
    size_t stop = fitter->para->cluster_count;
    struct sums after = {0};

    for (size_t p = fitter->count; p-- > 0; stop = fitter->place[p].at) {
        struct place *place = &fitter->place[p];
        struct sums lead = {0};
        size_t at = place->at;
        for (; at < stop && (clusters[at].flags & CLUSTER_SPACE) != 0; at++) {
            add_cluster(fitter, &clusters[at], &lead);
            add_gap(fitter, at, &lead);
        }
        if (at == stop) {
            lead.width += after.width;
            lead.tight += after.tight;
            lead.stretch += after.stretch;
        }
        place->begin.tight -= lead.width - lead.tight;
        place->begin.stretch += lead.stretch;
        after = lead;
    }
}

/* What shrinks does so by the smallest size of the paragraph, as in a line by that of the line. */
static void
find_shrink(struct fitter *fitter)
{
    mpt size = fitter->para->least_size;

    if (fitter->fill->align != PARA_JUSTIFY)
        return;
    fitter->space_shrink = unit_scale(size, fitter->fill->space_shrink, 1000);
    fitter->gap_shrink = unit_scale(size, fitter->fill->cluster_shrink, 1000);
}

/* ---- the search */

static bool
fits(const struct para_fill *fill, const struct place *a, const struct place *b)
{
    return b->end.width - a->begin.width <= room_of(fill, a->at == 0);
}

static bool
fits_tight(const struct para_fill *fill, const struct place *a, const struct place *b)
{
    return b->end.tight - a->begin.tight <= room_of(fill, a->at == 0);
}

/* The first place from a on, but before b, that parts no word; b when there is none. */
static size_t
next_good(const struct place *place, size_t a, size_t b)
{
    while (a > 0 && a < b && place[a].grade < BREAK_GOOD)
        a++;
    return a;
}

/* Counts the lines of the greedy filling up to each place, which parts words only where a line has
 * no other place. */
static void
count_greedily(struct fitter *fitter)
{
    struct place *place = fitter->place;

    for (size_t a = 0, b = 1, good = 0; b < fitter->count; b++) {
        while (a + 1 < b && !fits(fitter->fill, &place[a], &place[b]))
            a++;
        good = next_good(place, good > a ? good : a, b);
        place[b].lines = place[good < b ? good : a].lines + 1;
    }
}

/* Weighs the line from place a to place b against the ways to b that are known. Ways that need
 * more lines than the greedy filling are none. */
static void
weigh(struct fitter *fitter, size_t a, size_t b)
{
    struct place *end = &fitter->place[b];
    struct candidate line = line_between(fitter, &fitter->place[a], end);
    int64_t ratio = ratio_of(&line), own = demerits_of(&line, ratio, end);
    unsigned char class = class_of(ratio);

    for (unsigned i = 0; i < WAYS; i++) {
        unsigned all = end->lines + i / CLASSES, used = fitter->place[a].lines + 1;
        if ((fitter->place[a].ways >> i & 1) == 0 || used > all)
            continue;
        /* the first line has none before it, and the last one is like any */
        int64_t sum = fitter->nodes[a * WAYS + i].demerits + own;
        if (a > 0 && !line.last)
            sum += unlike(i % CLASSES, class);
        unsigned saved = all - used < SAVED_MAX ? all - used : SAVED_MAX;
        unsigned way = saved * CLASSES + class;
        struct node *best = &fitter->nodes[b * WAYS + way];
        if ((end->ways >> way & 1) != 0 && best->demerits <= sum)
            continue;
        *best = (struct node){sum, (uint32_t)a, (unsigned char)i};
        end->ways |= 1U << way;
    }
}

/* Finds the best ways to all places. */
static void
search(struct fitter *fitter)
{
    struct place *place = fitter->place;

    fitter->nodes = arena_array(fitter->arena, fitter->count * WAYS, sizeof *fitter->nodes);
    place[0].ways = 1U << class_of(0);
    for (size_t low = 0, b = 1; b < fitter->count; b++) {
        while (low + 1 < b && !fits_tight(fitter->fill, &place[low], &place[b]))
            low++;
        size_t most = b - low > BEGIN_MAX ? low + BEGIN_MAX : b;
        for (size_t a = low; a < most; a++) {
            /* a first line that hangs out may take what no other line can */
            if (fits_tight(fitter->fill, &place[a], &place[b]) || low + 1 == b)
                weigh(fitter, a, b);
        }
    }
}

/* The best of the ways to the last place. */
static size_t
best_way(const struct fitter *fitter)
{
    size_t last = fitter->count - 1;
    size_t best = WAYS;

    for (size_t i = 0; i < WAYS; i++) {
        if ((fitter->place[last].ways >> i & 1) != 0 &&
            (best == WAYS ||
             fitter->nodes[last * WAYS + i].demerits < fitter->nodes[last * WAYS + best].demerits))
            best = i;
    }
    return best;
}

static struct fit_plan
trace(const struct fitter *fitter)
{
    size_t end = fitter->count - 1, index = end * WAYS + best_way(fitter);
    const struct node *node = &fitter->nodes[index];
    struct fit_plan plan = {.count = 1};

    for (; node->place > 0; node = &fitter->nodes[node->place * WAYS + node->way])
        plan.count++;
    plan.end = arena_array(fitter->arena, plan.count, sizeof *plan.end);
    node = &fitter->nodes[index];
    for (size_t line = plan.count; line-- > 0;
         end = node->place, node = &fitter->nodes[node->place * WAYS + node->way]) {
        const struct place *a = &fitter->place[node->place], *b = &fitter->place[end];
        plan.end[line] = (struct fit_end){b->at, b->grade, !fits_tight(fitter->fill, a, b)};
    }
    return plan;
}

struct fit_plan
fit_lines(struct arena *arena, const struct para *para, const struct para_fill *fill, size_t from)
{
    struct fitter fitter = {.arena = arena, .para = para, .fill = fill};
    size_t to = from;

    while (to < para->cluster_count && (para->clusters[to].flags & CLUSTER_NEWLINE) == 0)
        to++;
    if (to < para->cluster_count)
        to++;
    find_shrink(&fitter);
    add_place(&fitter, from);
    add_places(&fitter, from, to, from == 0 ? 0 : UNIT_MAX,
               fill->whole_words ? BREAK_GOOD : BREAK_COMPOUND);
    measure_places(&fitter);
    hold_leading_spaces(&fitter);
    count_greedily(&fitter);
    search(&fitter);
    return trace(&fitter);
}

int64_t
fit_demerits(const struct para *para, const struct para_fill *fill, size_t from,
             const struct fit_end *end, size_t count)
{
    struct arena *arena = arena_new(0);
    struct fitter fitter = {.arena = arena, .para = para, .fill = fill};
    int64_t sum = 0;
    unsigned char before = 0;

    find_shrink(&fitter);
    add_place(&fitter, from);
    for (size_t i = 0; i < count; i++)
        add_place(&fitter, end[i].to);
    measure_places(&fitter);
    hold_leading_spaces(&fitter);
    for (size_t i = 0; i < count; i++) {
        struct candidate line = line_between(&fitter, &fitter.place[i], &fitter.place[i + 1]);
        int64_t ratio = ratio_of(&line);
        sum += demerits_of(&line, ratio, &fitter.place[i + 1]);
        if (i > 0 && !line.last)
            sum += unlike(before, class_of(ratio));
        before = class_of(ratio);
    }
    arena_free(arena);
    return sum;
}
