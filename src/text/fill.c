/* Fills lines, one after the other, as they are planned for the whole paragraph (fit.c) or
 * greedily: then next_line() chooses an end with end_of(), shapes the line again where it was cut
 * at an unsafe place, and chooses an earlier end when that comes out too wide. A planned line for
 * which that happens is filled greedily, and what follows is planned anew. What sets lines (line.c)
 * asks only where they end. */
#include "text/fill.h"

#include "base/arena.h"

/* A line that is shaped again may come out wider than planned by what kerning had saved; then it
 * is broken earlier, at most so many times. */
#define RETRIES 3

/* How often a paragraph is planned anew; then it is filled greedily to its end. */
#define PLANS_MAX 16

int64_t
fill_advance(const struct para *para, const struct cluster *cluster, int64_t x, int64_t right,
             const struct para_tab **tab)
{
    *tab = NULL;
    if ((cluster->flags & CLUSTER_TAB) == 0)
        return cluster->advance;
    for (size_t i = 0; i < para->tab_count; i++) {
        if (para->tabs[i].at > x) {
            int64_t stop = para->tabs[i].at < right ? para->tabs[i].at : right;
            *tab = &para->tabs[i];
            return stop > x ? stop - x : 0;
        }
    }
    return cluster->advance;
}

bool
fill_unseen(const struct cluster *cluster)
{
    return (cluster->flags & (CLUSTER_SPACE | CLUSTER_NEWLINE | CLUSTER_INVISIBLE)) != 0;
}

bool
fill_parts(const struct cluster *cluster)
{
    return cluster->advance > 0 && !fill_unseen(cluster);
}

size_t
fill_visible(const struct cluster *clusters, size_t count)
{
    while (count > 0 && fill_unseen(&clusters[count - 1]))
        count--;
    return count;
}

/* Not a single cluster fits: the line has that one. */
static size_t
overfull_end(const struct para *para, size_t at, unsigned char *grade)
{
    for (at++; at < para->cluster_count; at++) {
        *grade = (unsigned char)break_grade(para->grade[para->clusters[at].text]);
        if (*grade != BREAK_NONE || fill_parts(&para->clusters[at]))
            return at;
    }
    *grade = BREAK_MUST;
    return at;
}

/* Lines as cluster indices: finds where the line that begins at `from` ends. Sets *grade to that
 * of the break (BREAK_MUST at the end of the text) and *overfull. Always behind `from`. */
static size_t
end_of(const struct para *para, size_t from, int64_t left, int64_t right, unsigned char *grade,
       bool *overfull)
{
    size_t best[BREAK_MUST + 1] = {0}, at = from;
    int64_t x = left, visible = left;
    const struct para_tab *tab;

    *overfull = false;
    for (; at < para->cluster_count; at++) {
        const struct cluster *cluster = &para->clusters[at];
        if (at > from && (para->grade[cluster->text] != BREAK_NONE || fill_parts(cluster)))
            best[break_grade(para->grade[cluster->text])] = at;
        *grade = BREAK_MUST;
        if ((cluster->flags & CLUSTER_NEWLINE) != 0)
            return at + 1;
        x += fill_advance(para, cluster, x, right, &tab);
        if (!fill_unseen(cluster))
            visible = x;
        if (visible > right)
            break;
    }
    if (at == para->cluster_count)
        return at;
    if (best[BREAK_COMPOUND] > best[BREAK_GOOD])
        best[BREAK_GOOD] = best[BREAK_COMPOUND];
    if (best[BREAK_MUST] > best[BREAK_GOOD])
        best[BREAK_GOOD] = best[BREAK_MUST];
    for (int try = BREAK_GOOD; try >= BREAK_NONE; try--) {
        *grade = (unsigned char)try;
        if (try != BREAK_COMPOUND && best[try] > 0)
            return best[try];
    }
    *overfull = true;
    return overfull_end(para, from, grade);
}

static bool
is_unsafe(const struct para *para, size_t at)
{
    return at > 0 && at < para->cluster_count && (para->clusters[at].flags & CLUSTER_UNSAFE) != 0;
}

/* Shapes the clusters of a line again as they stand alone. */
static void
shape_again(struct arena *arena, const struct para *para, size_t to, struct fill_line *line)
{
    const struct cluster *first = &para->clusters[line->from], *last = &para->clusters[to - 1];
    struct cluster *clusters;
    size_t count;

    /* a line that ends at a character without glyph would have been refused in para_new() */
    if (!shape_range(arena, para->fonts, para->text, first->text, last->text + last->text_len,
                     para->spans, first->run->span, last->run->span, &clusters, &count))
        return;
    line->clusters = clusters;
    line->count = count;
}

static int64_t
natural_end(const struct para *para, const struct fill_line *line)
{
    size_t count = fill_visible(line->clusters, line->count);
    const struct para_tab *tab;
    int64_t x = line->left;

    for (size_t i = 0; i < count; i++)
        x += fill_advance(para, &line->clusters[i], x, line->right, &tab);
    return x;
}

/* Finds the end of the line that begins at line->from and fills the rest of *line. */
static size_t
next_line(struct arena *arena, const struct para *para, struct fill_line *line,
          unsigned char *grade, bool *overfull)
{
    int64_t right = line->right;
    size_t to = line->from;

    for (int i = 0; i <= RETRIES; i++) {
        struct arena_mark mark = arena_mark(arena);
        to = end_of(para, line->from, line->left, right, grade, overfull);
        line->clusters = &para->clusters[line->from];
        line->count = to - line->from;
        if (!is_unsafe(para, line->from) && !is_unsafe(para, to))
            break;
        int64_t planned = natural_end(para, line);
        shape_again(arena, para, to, line);
        if (natural_end(para, line) <= line->right || *overfull || i == RETRIES)
            break;
        arena_reset(arena, mark);
        right = planned - 1; /* so that this place does not fit any more */
    }
    *overfull = *overfull || natural_end(para, line) > line->right;
    line->last = *grade == BREAK_MUST;
    return to;
}

/* ---- lines that are planned */

/* What is known of the lines to come. */
struct ahead {
    struct fit_plan plan;
    size_t next;    /* of its lines */
    size_t end;     /* of the text up to the next line end in it … */
    size_t tab_end; /* … and of what stands before its last tab, which depends on where it stands */
    int plans;
};

/* Looks for tabs up to the next line end in the text. */
static void
look_ahead(const struct para *para, size_t from, struct ahead *ahead)
{
    size_t at = from;

    for (ahead->tab_end = from; at < para->cluster_count; at++) {
        if ((para->clusters[at].flags & CLUSTER_TAB) != 0)
            ahead->tab_end = at + 1;
        if ((para->clusters[at].flags & CLUSTER_NEWLINE) != 0)
            break;
    }
    ahead->end = at + 1;
    ahead->plans = 0;
}

/* The planned end of the line that begins at `from`; NULL when it is to be filled greedily. */
static const struct fit_end *
planned_end(struct arena *arena, const struct para *para, const struct para_fill *fill, size_t from,
            struct ahead *ahead)
{
    if (fill->method != PARA_FIT)
        return NULL;
    if (from >= ahead->end)
        look_ahead(para, from, ahead);
    if (from < ahead->tab_end)
        return NULL;
    if (ahead->next == ahead->plan.count) {
        if (ahead->plans++ >= PLANS_MAX)
            return NULL;
        ahead->plan = fit_lines(arena, para, fill, from);
        ahead->next = 0;
    }
    return &ahead->plan.end[ahead->next++];
}

/* Fills *line up to the planned end. False when that does not fit after all. */
static bool
take_planned(struct arena *arena, const struct para *para, const struct para_fill *fill,
             const struct fit_end *end, struct fill_line *line)
{
    struct arena_mark mark = arena_mark(arena);

    line->clusters = &para->clusters[line->from];
    line->count = end->to - line->from;
    line->last = end->grade == BREAK_MUST;
    if (!is_unsafe(para, line->from) && !is_unsafe(para, end->to))
        return true;
    shape_again(arena, para, end->to, line);
    if (natural_end(para, line) - line_shrink(fill, line) <= line->right || end->overfull)
        return true;
    arena_reset(arena, mark);
    return false;
}

/* Fills the line that begins at line->from; returns where it ends. */
static size_t
fill_line(struct arena *arena, const struct para *para, const struct para_fill *fill,
          struct ahead *ahead, struct fill_line *line, unsigned char *grade, bool *overfull)
{
    if (para->cluster_count == 0) {
        line->last = true;
        return 0;
    }
    const struct fit_end *end = planned_end(arena, para, fill, line->from, ahead);
    if (end != NULL && take_planned(arena, para, fill, end, line)) {
        *grade = (unsigned char)end->grade;
        *overfull = end->overfull;
        return end->to;
    }
    ahead->next = ahead->plan.count;
    return next_line(arena, para, line, grade, overfull);
}

struct lines *
para_lines(struct arena *arena, const struct para *para, const struct para_fill *fill)
{
    struct lines *lines = arena_alloc(arena, sizeof *lines);
    struct ahead ahead = {.next = 0};
    size_t from = 0, cap = 0;

    do {
        bool overfull = false;
        struct fill_line plan = {.from = from, .right = fill->width};
        unsigned char grade = BREAK_MUST;
        if (from == 0) {
            plan.left = fill->first_indent;
            if (fill->first_width != 0)
                plan.right = plan.left + fill->first_width;
        }
        from = fill_line(arena, para, fill, &ahead, &plan, &grade, &overfull);
        lines->line = arena_grow(arena, lines->line, lines->count, &cap, sizeof *lines->line, 8);
        struct line *line = &lines->line[lines->count++];
        line->from = plan.from;
        line->to = from;
        line->overfull = overfull;
        line_set(arena, para, fill, &plan, line);
        lines->ragged_count += line->ragged > 0;
        lines->emergency_count += grade < BREAK_COMPOUND;
    } while (from < para->cluster_count);
    return lines;
}
