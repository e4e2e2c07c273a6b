/* Strips and sequences of them: growing, moving, measuring. */
#include "layout/block.h"

#include <string.h>

#include "base/arena.h"

struct strip *
strips_add(struct arena *arena, struct strips *strips)
{
    return ARENA_ADD(arena, strips->strip, strips->count, strips->cap, 1);
}

struct item *
strip_item(struct arena *arena, struct strip *strip)
{
    strip->items =
        arena_grow(arena, strip->items, strip->count, &strip->cap, sizeof *strip->items, 1);
    memset(&strip->items[strip->count], 0, sizeof *strip->items);
    return &strip->items[strip->count++];
}

struct item *
strip_foot(struct arena *arena, struct strip *strip)
{
    strip->foot =
        arena_grow(arena, strip->foot, strip->foot_count, &strip->foot_cap, sizeof *strip->foot, 1);
    memset(&strip->foot[strip->foot_count], 0, sizeof *strip->foot);
    return &strip->foot[strip->foot_count++];
}

void
strip_take(struct arena *arena, struct strip *strip, const struct strip *from, mpt dx, mpt dy)
{
    for (size_t i = 0; i < from->count; i++) {
        struct item *item = strip_item(arena, strip);
        *item = from->items[i];
        item->x += dx + from->shift;
        item->y += dy;
    }
}

mpt
strip_gap(const struct strip *above, const struct strip *below)
{
    if (above == NULL)
        return 0;
    return above->after > below->before ? above->after : below->before;
}

mpt
strips_height(const struct strips *strips, size_t from, size_t to)
{
    int64_t height = 0;

    for (size_t i = from; i < to; i++) {
        const struct strip *above = i == from ? NULL : &strips->strip[i - 1];
        height += strip_gap(above, &strips->strip[i]) + strips->strip[i].height;
        if (height > STRIPS_HEIGHT_MAX)
            return STRIPS_HEIGHT_MAX;
    }
    return (mpt)height;
}

void
strips_keep(struct strips *strips, size_t from, enum keep keep)
{
    for (size_t i = from; i + 1 < strips->count; i++) {
        if (strips->strip[i].keep < keep)
            strips->strip[i].keep = keep;
    }
}
