/* Fields for those who sign with certificates: where they stand. They are empty when the report is
 * printed, so nothing makes way for them. */
#include "base/arena.h"
#include "layout/text.h"

/* Below this no letter could be read, nor the field be hit. */
#define LEAST (4 * UNIT_PT)

/* Name, post, and what the signer acts as. */
#define NAME_LINES 3

/* Lines of name and date stand closer than those of the page, in 1/1000 of the pitch of the class;
 * closer still, and the letters are smaller. */
#define CLOSE 750

bool
blank_fits(const struct layout *layout, mpt width)
{
    return width >= 2 * LEAST && layout->style->signature_room >= 3 * LEAST;
}

bool
blank_put(struct layout *layout, const struct blank *blank, const struct node *node,
          const struct area *area, struct strip *strip)
{
    if (area->width < LEAST || area->height < LEAST)
        return false;
    struct blank *own = arena_alloc(layout->arena, sizeof *own);
    struct item *item = strip_item(layout->strips, strip);

    *own = *blank;
    item->kind = ITEM_FIELD;
    item->role = ROLE_CONTENT;
    item->node = node;
    item->x = area->x;
    item->y = area->y;
    item->width = area->width;
    item->height = area->height;
    item->as.blank = own;
    return true;
}

/* What the fields of one who signs have in common. */
struct places {
    struct layout *layout;
    const struct signer *signer;
    const struct style_para *class;
    struct strip *strip;
};

/* The size of letters, lines of which stand so far from each other. */
static mpt
size_for(const struct style_para *class, mpt pitch)
{
    mpt wanted = unit_scale(class->pitch, CLOSE, 1000);

    return wanted > pitch ? unit_scale(class->size, pitch, wanted) : class->size;
}

static void
put(const struct places *places, enum blank_part part, mpt size, mpt pitch, const struct area *area)
{
    const struct blank blank = {
        .part = part,
        .signer = places->signer,
        .size = fonts_draw_size(places->layout->job->fonts, size),
        .pitch = pitch,
        .centred = part == BLANK_NAME || part == BLANK_DATE,
    };

    (void)blank_put(places->layout, &blank, places->signer->node, area, places->strip);
}

/* Lines of the page's own pitch, as many as there is room for. */
static void
put_opinion(const struct places *places, const struct area *area)
{
    mpt pitch = places->class->pitch;
    int lines = pitch > 0 ? area->height / pitch : 1;

    pitch = area->height / (lines < 1 ? 1 : lines);
    put(places, BLANK_OPINION, size_for(places->class, pitch), pitch, area);
}

/* Letters of one size in both. */
static void
put_name_and_date(const struct places *places, const struct area *area)
{
    struct area name = *area, date = *area;

    date.height = area->height / 3;
    name.height = area->height - date.height;
    date.y += name.height;
    mpt size = size_for(places->class, name.height / NAME_LINES);
    put(places, BLANK_NAME, size, name.height / NAME_LINES, &name);
    put(places, BLANK_DATE, size, date.height, &date);
}

/* In the left half name and date, in the right one the opinion above the signature. */
static void
share_room(const struct places *places, const struct area *room)
{
    struct area left = *room, right = *room;

    left.width = room->width / 2;
    right.x += left.width;
    right.width -= left.width;
    if (!places->signer->ruled) {
        right.height = room->height / 3;
        put_opinion(places, &right);
        right.y += right.height;
        right.height = room->height - right.height;
    }
    put(places, BLANK_SIGNATURE, 0, 0, &right);
    put_name_and_date(places, &left);
}

void
blank_signature(struct layout *layout, struct signer *signer, const struct area *room, mpt center,
                const struct area *beside, struct strip *strip)
{
    const struct style *style = layout->style;
    const struct places places = {
        .layout = layout,
        .signer = signer,
        .class = style_find_para(style, STR(CLASS_SIGNATURE)),
        .strip = strip,
    };
    mpt half = style->signature_width / 2, left = center - half, right = center + half;
    const struct area pen = {left, room->y, right - left, room->height};
    struct area free = {room->x, room->y, left - style->signature_gap - room->x, room->height};
    struct area lines = *beside;

    lines.width -= style->signature_gap;
    signer->placed = blank_fits(layout, room->width);
    if (!signer->placed)
        return;
    if (free.width < style->signature_beside || right > room->x + room->width ||
        (!signer->ruled && (lines.width < style->signature_beside || lines.height < LEAST))) {
        share_room(&places, room);
        return;
    }
    if (!signer->ruled)
        put_opinion(&places, &lines);
    put(&places, BLANK_SIGNATURE, 0, 0, &pen);
    put_name_and_date(&places, &free);
}
