/* Where pages end, chosen over a whole section. */
#ifndef LAYOUT_FLOW_PLAN_H
#define LAYOUT_FLOW_PLAN_H

#include "layout/flow.h"

/* Which pages had better end before they are full, so that the section as a whole is parted least
 * badly (see flow_plan.c): for each strip, true when a page ends before it. Never more pages than
 * without. NULL when there is nothing to gain: one page, or so many strips that it would take too
 * long. Changes nothing in the strips; the array lives in the layout's arena. */
const bool *flow_plan(struct layout *layout, const struct flow_section *section,
                      const struct strips *strips);

#endif
