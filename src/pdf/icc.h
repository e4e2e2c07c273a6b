/* The colour profile of what the pages' RGB and grey mean: sRGB (IEC 61966-2-1). */
#ifndef PDF_ICC_H
#define PDF_ICC_H

#include "base/str.h"

struct arena;

/* An ICC profile of version 4.2 (ISO 15076-1) for a display with three primaries and one tone
 * curve, always the same bytes; they live in `arena`. */
struct str icc_srgb(struct arena *arena);

#endif
