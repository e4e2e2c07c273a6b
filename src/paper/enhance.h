/* Pictures of a page made easier to read for who looks for codes. What each returns is in `arena`,
 * or the raster itself where nothing was to be done. */
#ifndef PAPER_ENHANCE_H
#define PAPER_ENHANCE_H

#include "paper/raster.h"

struct arena;

/* The part that begins at x, y, cut to what there is. */
struct raster raster_part(struct arena *arena, const struct raster *raster, uint32_t x, uint32_t y,
                          uint32_t width, uint32_t height);

/* One pixel of the mean of times × times pixels; what is left over at the right and below goes. */
struct raster raster_shrink(struct arena *arena, const struct raster *raster, uint32_t times);

/* times × times pixels of one, with even steps between neighbours. */
struct raster raster_grow(struct arena *arena, const struct raster *raster, uint32_t times);

/* Each pixel the mean of the 3 × 3 around it: grain and the dots of dithering go. */
struct raster raster_blur(struct arena *arena, const struct raster *raster);

/* Each pixel the one in the middle of the 3 × 3 around it, by shade: specks go, edges stay. */
struct raster raster_median(struct arena *arena, const struct raster *raster);

/* Each pixel black or white, by the mean of a square of `side` pixels around it: shadows go. */
struct raster raster_flatten(struct arena *arena, const struct raster *raster, uint32_t side);

/* Only what is as dark as the darkest stays: pencil, stains, folds and show-through become light.
 * `share` hundredths of the way from the darkest to the paper are in the middle between black and
 * white then; half of it is black, and one and a half times it is white. */
struct raster raster_darkest(struct arena *arena, const struct raster *raster, unsigned share);

#endif
