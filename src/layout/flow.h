/* The flow: fills pages with strips (flow.c), at ends that are chosen before by going through its
 * steps without painting (flow_plan.c), and adds what stands beside the text (frame.c). */
#ifndef LAYOUT_FLOW_H
#define LAYOUT_FLOW_H

#include <stdbool.h>

#include "layout/block.h"

/* The pages of a section: geometry, numbering, marks. */
struct flow_section {
    const struct node *node; /* section or memo */
    unsigned number;         /* from 1 */
    mpt width, height;       /* of the paper */
    mpt left, right, top, bottom;
    bool numbered;      /* pages carry numbers */
    bool first_number;  /* the section's first page too */
    bool thai;          /* digits */
    struct str format;  /* "- {n} -" */
    int first;          /* number of its first page; 0: goes on counting */
    bool continuation;  /* continuation words at the foot */
    struct str urgency; /* on its first page, when no head carries it; or empty */
    struct str secrecy; /* on all pages, or empty */
};

struct flow {
    struct layout *layout;
    struct pages *pages;
    const struct flow_section *section;
    mpt y;             /* where the last strip ended */
    bool fresh;        /* nothing stands on the page yet */
    struct strip last; /* the strip placed last, unless fresh */
    int number;        /* of the last page begun */
    int level;         /* holds weaker than this give way for now: see flow.c */
    bool break_asked;  /* a page ends before the next strip */
    /* for each strip: the page ends before it though it would fit; or NULL */
    const bool *ends;
    bool dry;     /* nothing is painted and no page made; instead these are set: */
    size_t begun; /* number of pages */
    mpt end_y;    /* where the page ended last was filled to … */
    bool asked;   /* … and whether it was asked to end there */
};

struct flow flow_start(struct layout *layout, struct pages *pages);

/* Places the strips in order, on pages of the section; the first one begins a new page. Strips
 * that are parted change in the process. False with LAYOUT_TOO_TALL or MEMORY_BUDGET. */
bool flow_fill(struct flow *flow, const struct flow_section *section, struct strips *strips);

/* One step through strips, for flow_plan.c: places those from *at on that hold together, or a part
 * of them, or ends the page. False as flow_fill(), but without a message when dry. */
bool flow_step(struct flow *flow, struct strips *strips, size_t *at);

/* Begins the first page of the section. */
bool flow_begin(struct flow *flow, const struct flow_section *section);

/* ---- flow_plan.c */

/* Which pages had better end before they are full, so that the section as a whole is parted least
 * badly (see flow_plan.c): for each strip, true when a page ends before it. Never more pages than
 * without. NULL when there is nothing to gain: one page, or so many strips that it would take too
 * long. Changes nothing in the strips; the array lives in the layout's arena. */
const bool *flow_plan(struct layout *layout, const struct flow_section *section,
                      const struct strips *strips);

/* ---- frame.c: number, marks, stamp, continuation words */

/* Adds draft stamp, marks and page number to the new page, and sets its label. `first`:
 * it is the section's first page. False with TEXT_NO_GLYPH. */
bool frame_begin(struct layout *layout, const struct flow_section *section, struct page *page,
                 bool first);

/* Adds the continuation words for the text that `next` begins with below y. */
bool frame_continue(struct layout *layout, const struct flow_section *section, struct page *page,
                    const struct strip *next, mpt y);

#endif
