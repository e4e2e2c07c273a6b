/* Filling, for para.c: where lines end (fill.c, and fit.c over a whole paragraph) and what a line
 * looks like (line.c). */
#ifndef TEXT_FILL_H
#define TEXT_FILL_H

#include "text/para.h"

/* Clusters that stand on one line, and the room they have. */
struct fill_line {
    const struct cluster *clusters; /* of the whole paragraph, or shaped again for this line */
    size_t count;
    size_t from;  /* index in the paragraph of the first one */
    int64_t left; /* x of the first cluster */
    int64_t right;
    bool last;
};

/* Advance of a cluster at `x`: tabs jump to their stop, but not beyond `right`. *tab is then the
 * stop, else NULL. */
int64_t fill_advance(const struct para *para, const struct cluster *cluster, int64_t x,
                     int64_t right, const struct para_tab **tab);

/* True for a space, a line end or a mere hint: they take no room at the end of a line. */
bool fill_unseen(const struct cluster *cluster);

/* True when a line may begin with the cluster if nothing else helps, whatever its grade: it has a
 * width and is seen. */
bool fill_parts(const struct cluster *cluster);

/* Number of clusters without the spaces and the line end after the last visible one. */
size_t fill_visible(const struct cluster *clusters, size_t count);

/* True when a gap may grow after cluster i of `count` visible ones: after a Thai cluster that has
 * another or a space behind it. */
bool fill_has_gap(const struct cluster *clusters, size_t i, size_t count);

/* Most that a line can shrink. */
int64_t line_shrink(const struct para_fill *fill, const struct fill_line *line);

/* Sets parts, leaders, width, ragged and size of a line. */
void line_set(struct arena *arena, const struct para *para, const struct para_fill *fill,
              const struct fill_line *from, struct line *out);

/* ---- fit.c: total fit, where the lines of a paragraph end, chosen over all of them (Knuth and
 * Plass, Breaking paragraphs into lines, 1981).
 *
 * Of the fillings that are at no place behind the greedy one in lines, which may not shrink, it
 * takes the one with the least demerits, the sum over its lines of (10 + 100 |r|³)² + p² + what two
 * lines that differ much add. r is slack to stretch, or to what the line can shrink by: a space
 * stretches by half its width, a gap after a Thai cluster by 3 % of the size. p says how bad
 * the end is: compound 100, connective 80 more. A last line that is hardly longer than the first
 * one's indent costs as much as a loose line, a short word alone on it as much as a few. The
 * figures are in fit.c.
 *
 * Places of a grade below BREAK_COMPOUND count only in what is wider than a line by itself, so
 * that a name is broken where nothing else helps and never to make a line look better. */

/* A line: it ends before cluster `to`, at a place of this grade. Overfull: a single
 * cluster is wider than its room. */
struct fit_end {
    size_t to;
    enum break_grade grade;
    bool overfull;
};

struct fit_plan {
    struct fit_end *end;
    size_t count;
};

/* Plans the lines from cluster `from` up to and with the next line end in the text, or to its
 * end; there must be no tab in them. At least one. Widths are those of the paragraph as it was
 * shaped. Takes time and memory in proportion to what is planned. */
struct fit_plan fit_lines(struct arena *arena, const struct para *para,
                          const struct para_fill *fill, size_t from);

/* Sum of the demerits of such lines, whoever chose them. */
int64_t fit_demerits(const struct para *para, const struct para_fill *fill, size_t from,
                     const struct fit_end *end, size_t count);

#endif
