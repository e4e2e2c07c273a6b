/* Bar charts as vectors. */
#ifndef LAYOUT_CHART_H
#define LAYOUT_CHART_H

#include <stdbool.h>

struct layout;
struct measure;
struct node;
struct strips;

/* Appends the strip of a chart (one, never parted; the title is in it): bars as ITEM_BOX, axis and
 * grid as ITEM_RULE, all ROLE_FIGURE; title, labels and values as text with ROLE_FIGURE. Every item
 * carries the chart's node (labels and values that of their bar). Fits the measure's width and
 * page_room. False after a diagnostic: LAYOUT_CHART_VALUE (below 0, above max, no number). */
bool chart_format(struct layout *layout, const struct node *chart, const struct measure *measure,
                  struct strips *out);

#endif
