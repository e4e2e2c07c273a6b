/* Total fit, for fill.c: where the lines of a paragraph end, chosen over all of them (Knuth and
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
#ifndef TEXT_FIT_H
#define TEXT_FIT_H

#include "text/para.h"

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
