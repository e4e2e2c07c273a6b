/* Markers at the start of lines: 1. (1) ก. - and the like; see schema.h. For this room only. */
#ifndef SCHEMA_MARKER_H
#define SCHEMA_MARKER_H

#include <stdbool.h>

#include "base/str.h"

#define MARKER_PARTS_MAX 4

/* The numbers of the last marker of the kind 1. or 1.2, which decides whether 1.3 is one. Begin
 * with {0}. */
struct marker_numbers {
    int parts[MARKER_PARTS_MAX];
    int count;
};

/* Cuts the marker off a line without blanks at its ends. False when there is none. *depth is the
 * number of numbers in it less one (1.2: 1), else 0. */
bool marker_cut(struct str line, struct marker_numbers *last, struct str *marker, struct str *rest,
                int *depth);

/* True for - – * • and the like, which carry no number. */
bool marker_is_bullet(struct str marker);

#endif
