/* Paragraphs: styled text in, filled lines out. A paragraph is shaped once; filling it again at
 * another width costs no shaping. */
#ifndef TEXT_PARA_H
#define TEXT_PARA_H

#include <stdbool.h>
#include <stddef.h>

#include "text/breaks.h"
#include "text/shape.h"

struct arena;

enum para_align { PARA_LEFT, PARA_RIGHT, PARA_CENTER, PARA_JUSTIFY };

/* How line ends are chosen and slack is shared out. */
enum para_method {
    PARA_GREEDY, /* each line takes what it can; spaces grow first, then gaps after Thai clusters */
    PARA_FIT,    /* all lines are weighed together (fit.c); slack as before */
    PARA_WORD    /* greedy; slack goes evenly behind every cluster, as Word's thaiDistribute */
};

struct para_tab {
    mpt at;    /* from the left edge of the lines */
    bool dots; /* dotted leader up to it */
};

/* What a paragraph is made of. In `text` U+000A is a line break, U+0009 a jump to the next tab
 * stop (beyond the last one it is as wide as a space). Spans cover the text without gaps. */
struct para_spec {
    struct str text;
    const struct span *spans;
    size_t span_count;
    const struct para_tab *tabs; /* ascending */
    size_t tab_count;
    struct text_places places;
    const struct text_link *links; /* ascending, apart from each other */
    size_t link_count;
};

/* The shaped paragraph: opaque but for these. `text` is what is painted and extracted, and what
 * clusters point into: that of the spec, but U+00A0 has become a space (at which no line is
 * broken) and U+200B, U+2060 and U+00AD, which only say where lines may end, are gone; spans
 * and links are moved accordingly. */
struct para {
    struct str text;
    const struct span *spans;
    size_t span_count;
    struct cluster *clusters;
    size_t cluster_count;
    mpt least_size;       /* the smallest drawing size of a cluster */
    unsigned char *grade; /* break places per byte of text, see breaks.h */
    const struct para_tab *tabs;
    size_t tab_count;
    const struct fonts *fonts;
    struct text_places places;
    const struct text_link *links;
    size_t link_count;
    const void *items; /* carried along: what layout's items have in common (layout/page.h) */
};

/* How to fill it. */
struct para_fill {
    mpt width;        /* of the lines */
    mpt first_indent; /* of the first line, may be negative (hanging) */
    mpt first_width;  /* when not 0, of the first line, from its indent on (for a head field) */
    enum para_align align;
    enum para_method method;
    bool whole_words; /* compounds are broken as a last resort only (PARA_FIT) */
    int cluster_max;  /* most that a gap between clusters may grow, 1/1000 of the drawing size */
    int space_max;    /* most that a space may grow, likewise */
    /* most that they may shrink, likewise; for PARA_FIT in justified lines only */
    int cluster_shrink, space_shrink;
};

/* A stretch of a line in one font, size and span, without tabs and line ends; in a justified line
 * also all Thai or all not. Paint `clusters`: they are those of the paragraph, or a copy shaped
 * again where the line was broken at a place that is unsafe to break. */
struct line_part {
    const struct cluster *clusters;
    size_t count;
    size_t from, to; /* the same stretch in clusters of the paragraph (about, when shaped again) */
    mpt x;           /* from the left edge of the lines, the indent included */
    /* with the gaps, without the spaces at which the line was broken; a part of nothing but such
     * spaces is 0 wide and may begin beyond the line */
    mpt width;
    /* added after each cluster but spaces and after each space, negative when the line shrinks;
     * cluster_gap is 0 unless Thai, but with PARA_WORD */
    mpt cluster_gap, space_gap;
};

struct line_leader {
    mpt from, to; /* x of a dotted leader */
};

struct line {
    size_t from, to; /* clusters, the space at which it was broken included */
    struct line_part *parts;
    size_t part_count;
    struct line_leader *leaders;
    size_t leader_count;
    mpt width;     /* of what is painted, without the space at its end */
    mpt ragged;    /* what a justified line misses at the right after the caps */
    mpt size;      /* largest drawing size in it, boxes and other fonts left aside */
    bool last;     /* of the paragraph or before a line break in the text */
    bool overfull; /* a single cluster is wider than the line */
};

struct lines {
    struct line *line;
    size_t count;
    size_t ragged_count;    /* justified lines that stay ragged */
    size_t emergency_count; /* lines that end in a word or at a space that a rule forbids */
};

/* Shapes, and finds the break places; spans with keep_together are kept. What the spec points to
 * must outlive the paragraph. NULL with TEXT_NO_GLYPH or TEXT_TOO_LONG. */
struct para *para_new(struct arena *arena, struct diags *diags, struct breaker *breaker,
                      const struct fonts *fonts, const struct para_spec *spec);

/* Fills lines: over all break places together (PARA_FIT, see fit.c), or greedily; then a good place
 * is preferred to a space that is held together, and that to one inside a word. Thai distribution
 * for justified lines: slack goes to the spaces first, up to space_max, then evenly to the gaps
 * after Thai clusters (never inside Latin words) up to cluster_max; the rest stays ragged. With
 * PARA_WORD it goes evenly to all of them, up to cluster_max. What stands before the last tab of a
 * line is not moved. There is always at least one line; a line break that ends the text adds none.
 * Never fails. */
struct lines *para_lines(struct arena *arena, const struct para *para,
                         const struct para_fill *fill);

/* Natural width without any break but those in the text, and the widest part that breaks of at
 * least `grade` (of BREAK_NONE: any between letters) leave; for columns whose width follows their
 * content. At most UNIT_MAX. */
mpt para_natural(const struct para *para);
mpt para_widest(const struct para *para, enum break_grade grade);

#endif
