/* QR codes on a picture of a page. */
#ifndef PAPER_FIND_H
#define PAPER_FIND_H

#include "base/code.h"
#include "base/str.h"
#include "paper/raster.h"

struct arena;

#define FIND_PIXELS_MAX (64u << 20) /* of a raster; in one with more nothing is found */
#define FIND_CODES_MAX 64

struct found_code {
    struct str text;
    bool is_ours; /* then these: */
    struct code code;
    unsigned page;
    int32_t x, y;  /* its middle, in pixels from the upper left corner */
    uint32_t side; /* of the code, without the white around it */
    int turn; /* degrees clockwise by which the picture is to be turned, so that the code stands
               * upright: 0, 90, 180, 270 */
    /* it stands in the lower left corner of a page that lies by this turn, where the code of a page
     * is printed: all others are pictures of pages, or slips that lie on them */
    bool is_in_corner;
};

struct found_codes {
    struct found_code code[FIND_CODES_MAX];
    size_t count;
};

/* Finds the codes on a page. It is looked at in several ways, one after the other, until a code of
 * ours is found in its corner: so one page with it costs little, and one without it about a second
 * of a processor. What is found then is what was found in all these ways; each code once. */
struct found_codes raster_codes(struct arena *arena, const struct raster *raster, uint32_t dpi);

#endif
