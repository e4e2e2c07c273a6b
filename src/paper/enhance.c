#include "paper/enhance.h"

#include <string.h>

#include "base/arena.h"

/* How much darker than its surroundings a pixel is that becomes black, in 1/16 of their shade. */
#define DARKER 14

/* Of a picture, in 1/1000: what is darker than ink, and than paper. A code takes a hundredth of the
 * foot of a page. */
#define DARKEST 2
#define PAPER 700

struct raster
raster_part(struct arena *arena, const struct raster *raster, uint32_t x, uint32_t y,
            uint32_t width, uint32_t height)
{
    x = x < raster->width ? x : raster->width;
    y = y < raster->height ? y : raster->height;
    width = width < raster->width - x ? width : raster->width - x;
    height = height < raster->height - y ? height : raster->height - y;
    uint8_t *gray = arena_array(arena, (size_t)height + 1, width);
    for (uint32_t row = 0; row < height; row++)
        memcpy(gray + (size_t)row * width, raster->gray + (size_t)(y + row) * raster->width + x,
               width);
    return (struct raster){width, height, gray};
}

/* ---- size */

struct raster
raster_shrink(struct arena *arena, const struct raster *raster, uint32_t times)
{
    if (times <= 1)
        return *raster;
    uint32_t width = raster->width / times, height = raster->height / times;
    uint8_t *gray = arena_array(arena, (size_t)height + 1, width);
    uint32_t *sums = arena_array(arena, (size_t)width + 1, sizeof *sums);
    for (uint32_t y = 0; y < height; y++) {
        memset(sums, 0, width * sizeof *sums);
        for (uint32_t k = 0; k < times; k++) {
            const uint8_t *from = raster->gray + ((size_t)y * times + k) * raster->width;
            for (uint32_t x = 0; x < width; x++) {
                for (uint32_t i = 0; i < times; i++)
                    sums[x] += *from++;
            }
        }
        for (uint32_t x = 0; x < width; x++)
            gray[(size_t)y * width + x] = (uint8_t)(sums[x] / (times * times));
    }
    return (struct raster){width, height, gray};
}

/* Where pixel `at` of the larger picture lies in the smaller one: between *from and the one behind
 * it, in 1/256 of the way. */
static uint32_t
between(uint32_t at, uint32_t times, uint32_t len, uint32_t *from)
{
    int64_t place = ((int64_t)at * 256 + 128) / times - 128;

    place = place < 0 ? 0 : place;
    *from = (uint32_t)(place / 256);
    if (*from + 1 >= len) {
        *from = len >= 2 ? len - 2 : 0;
        return len >= 2 ? 256 : 0;
    }
    return (uint32_t)(place % 256);
}

struct raster
raster_grow(struct arena *arena, const struct raster *raster, uint32_t times)
{
    if (times <= 1 || raster->width < 2 || raster->height < 2)
        return *raster;
    uint32_t width = raster->width * times, height = raster->height * times;
    uint8_t *gray = arena_array(arena, height, width);
    for (uint32_t y = 0; y < height; y++) {
        uint32_t row, down = between(y, times, raster->height, &row);
        const uint8_t *above = raster->gray + (size_t)row * raster->width;
        const uint8_t *below = above + raster->width;
        for (uint32_t x = 0; x < width; x++) {
            uint32_t at, right = between(x, times, raster->width, &at);
            uint32_t upper = above[at] * (256 - right) + above[at + 1] * right;
            uint32_t lower = below[at] * (256 - right) + below[at + 1] * right;
            gray[(size_t)y * width + x] =
                (uint8_t)((upper * (256 - down) + lower * down + 32768) >> 16);
        }
    }
    return (struct raster){width, height, gray};
}

/* ---- grain. The pixels at the edges stay as they are. */

static uint8_t *
copy_of(struct arena *arena, const struct raster *raster)
{
    size_t size = (size_t)raster->width * raster->height;
    uint8_t *gray = arena_alloc(arena, size + 1);

    memcpy(gray, raster->gray, size);
    return gray;
}

struct raster
raster_blur(struct arena *arena, const struct raster *raster)
{
    uint8_t *gray = copy_of(arena, raster);
    size_t width = raster->width;

    for (uint32_t y = 1; y + 1 < raster->height; y++) {
        const uint8_t *row = raster->gray + y * width;
        for (uint32_t x = 1; x + 1 < raster->width; x++) {
            const uint8_t *at = row + x;
            unsigned sum = 0;
            for (int i = -1; i <= 1; i++)
                sum += at[i] + (unsigned)(at - width)[i] + (at + width)[i];
            gray[y * width + x] = (uint8_t)(sum / 9);
        }
    }
    return (struct raster){raster->width, raster->height, gray};
}

static void
sort_two(uint8_t *a, uint8_t *b)
{
    uint8_t low = *a < *b ? *a : *b, high = *a < *b ? *b : *a;

    *a = low;
    *b = high;
}

/* The middle one of nine, by the exchanges that suffice for it. */
static uint8_t
middle_of(uint8_t v[9])
{
    static const uint8_t pairs[][2] = {{1, 2}, {4, 5}, {7, 8}, {0, 1}, {3, 4}, {6, 7}, {1, 2},
                                       {4, 5}, {7, 8}, {0, 3}, {5, 8}, {4, 7}, {3, 6}, {1, 4},
                                       {2, 5}, {4, 7}, {4, 2}, {6, 4}, {4, 2}};

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        sort_two(&v[pairs[i][0]], &v[pairs[i][1]]);
    return v[4];
}

struct raster
raster_median(struct arena *arena, const struct raster *raster)
{
    uint8_t *gray = copy_of(arena, raster);
    size_t width = raster->width;

    for (uint32_t y = 1; y + 1 < raster->height; y++) {
        for (uint32_t x = 1; x + 1 < raster->width; x++) {
            const uint8_t *at = raster->gray + y * width + x;
            uint8_t around[9];
            memcpy(around, at - width - 1, 3);
            memcpy(around + 3, at - 1, 3);
            memcpy(around + 6, at + width - 1, 3);
            gray[y * width + x] = middle_of(around);
        }
    }
    return (struct raster){raster->width, raster->height, gray};
}

/* ---- shadows */

/* Adds a row to the sums of the columns, or takes it from them. */
static void
add_row(const struct raster *raster, uint32_t y, uint32_t *columns, bool away)
{
    const uint8_t *row = raster->gray + (size_t)y * raster->width;

    for (uint32_t x = 0; x < raster->width; x++)
        columns[x] = away ? columns[x] - row[x] : columns[x] + row[x];
}

/* One row, from the sums of the columns of its `rows` neighbours. */
static void
flatten_row(const struct raster *raster, uint32_t y, uint32_t half, const uint32_t *columns,
            uint32_t rows, uint8_t *out)
{
    const uint8_t *row = raster->gray + (size_t)y * raster->width;
    uint64_t sum = 0;
    uint32_t from = 0, to = 0;

    for (uint32_t x = 0; x < raster->width; x++) {
        for (; to < raster->width && to <= x + half; to++)
            sum += columns[to];
        for (; from + half < x; from++)
            sum -= columns[from];
        uint64_t area = (uint64_t)(to - from) * rows;
        out[x] = row[x] * area * 16 < sum * DARKER ? 0 : 255;
    }
}

struct raster
raster_flatten(struct arena *arena, const struct raster *raster, uint32_t side)
{
    uint8_t *gray = arena_array(arena, (size_t)raster->height + 1, raster->width);
    uint32_t *columns = arena_array(arena, (size_t)raster->width + 1, sizeof *columns);
    uint32_t half = side / 2, from = 0, to = 0;

    for (uint32_t y = 0; y < raster->height; y++) {
        for (; to < raster->height && to <= y + half; to++)
            add_row(raster, to, columns, false);
        for (; from + half < y; from++)
            add_row(raster, from, columns, true);
        flatten_row(raster, y, half, columns, to - from, gray + (size_t)y * raster->width);
    }
    return (struct raster){raster->width, raster->height, gray};
}

/* ---- stains */

/* The shade that so many thousandths of the picture are darker than. */
static unsigned
shade_at(const size_t count[256], size_t area, size_t thousandths)
{
    size_t below = 0;
    unsigned shade = 0;

    for (; shade < 255 && (below += count[shade]) * 1000 <= area * thousandths; shade++)
        continue;
    return shade;
}

struct raster
raster_darkest(struct arena *arena, const struct raster *raster, unsigned share)
{
    size_t area = (size_t)raster->width * raster->height, count[256] = {0};
    uint8_t *gray = arena_alloc(arena, area + 1), table[256];

    for (size_t i = 0; i < area; i++)
        count[raster->gray[i]]++;
    unsigned low = shade_at(count, area, DARKEST), high = shade_at(count, area, PAPER);
    unsigned middle = (high > low ? high - low : 1) * share / 100 + 1;
    for (unsigned shade = 0; shade < 256; shade++) {
        unsigned black = low + middle / 2;
        unsigned above = shade > black ? (shade - black) * 255 / middle : 0;
        table[shade] = (uint8_t)(above > 255 ? 255 : above);
    }
    for (size_t i = 0; i < area; i++)
        gray[i] = table[raster->gray[i]];
    return (struct raster){raster->width, raster->height, gray};
}
