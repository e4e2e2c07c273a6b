/* Filling, for para.c: where lines end (fill.c) and what a line looks like (line.c). */
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

/* Lines as cluster indices: finds where the line that begins at `from` ends. Sets *grade to that
 * of the break (BREAK_MUST at the end of the text) and *overfull. Always behind `from`. */
size_t fill_end(const struct para *para, size_t from, int64_t left, int64_t right,
                unsigned char *grade, bool *overfull);

/* True for a space, a line end or a mere hint: such a one at the end of a line takes no room. */
bool fill_unseen(const struct cluster *cluster);

/* True when a line may begin with the cluster if nothing else helps, whatever its grade: it has a
 * width, and is none of those. */
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

#endif
