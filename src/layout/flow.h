/* The flow: fills pages with strips. Nothing but layout.c and the tests uses it, and flow_plan.c,
 * which goes through the steps of flow.c without painting. */
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
    /* for each strip: the page ends before it though it would fit; or NULL (flow_plan.h) */
    const bool *ends;
    bool dry;     /* nothing is painted and no page made; these tell then: */
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

#endif
