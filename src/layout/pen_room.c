/* Room for the pen, where others have fields to sign in: a dotted line at the foot of the room for
 * the signature, and left of it, on the same baseline, one for the date; dots in the head for a
 * number or a day that is open, where there is no leader. Room for opinions is ruled in both forms,
 * and names that are not known have dots in their brackets. */
#include <string.h>

#include "base/arena.h"
#include "layout/pen_inner.h"

/* Dots for day, month and year; where there is less room, as many as there is room for. */
#define DOTS_MOST 14
#define DOTS_LEAST 3

/* "วันที่ ...../...../....." */
struct date_line {
    mpt width; /* for which it was set */
    struct set_text text;
};

struct rooms {
    struct layout *layout;
    const struct page *from;
    struct page *to;
    struct date_line date; /* the last one: most have the same room */
};

struct layout
pen_layout(struct arena *arena, struct arena *scratch, struct diags *diags,
           const struct layout_job *job, unsigned lines)
{
    return (struct layout){
        .arena = arena,
        .strips = arena, /* a line that was set outlives what setting it took */
        .scratch = scratch,
        .diags = diags,
        .job = job,
        .style = job->style,
        .next_line = lines + 1,
    };
}

/* Adds what stands in place of the field; in a head that is repeated it is so, too. */
static void
take(struct rooms *rooms, const struct strip *strip, const struct item *field)
{
    for (size_t i = 0; i < strip->count; i++) {
        struct item *item = page_add(rooms->layout->arena, rooms->to);
        *item = strip->items[i];
        item->node = field->node;
        item->row = field->row;
        if (field->role == ROLE_REPEATED)
            item->role = field->role;
    }
}

/* Dots from x to `to`. */
static void
put_dots(struct rooms *rooms, const struct item *field, enum role role, mpt x, mpt to, mpt y)
{
    struct strip strip = {0};

    set_leader(rooms->layout, field->node, role, x, to, y, rooms->layout->style->head_value_size,
               &strip);
    take(rooms, &strip, field);
}

/* ---- the head */

/* A number is written on the leader behind it, if there is one; a day before the month. */
static void
put_head(struct rooms *rooms, const struct item *field)
{
    const struct style *style = rooms->layout->style;
    bool led = style->head_leader && !str_is(node_get(field->node, ATTRIBUTE_field_leader), "no");
    mpt y = field->y + text_baseline(rooms->layout, style->head_pitch, style->head_value_size);

    if (field->as.blank->part == BLANK_MEMO_DATE)
        put_dots(rooms, field, ROLE_LEADER, field->x,
                 field->x + field->width - style->head_leader_gap, y);
    else if (!led)
        put_dots(rooms, field, ROLE_LEADER, field->x, field->x + field->width, y);
}

/* ---- who signs */

static const struct style_para *
class_of(const struct layout *layout)
{
    return style_find_para(layout->style, STR(CLASS_SIGNATURE));
}

/* The baseline of a last line of text in the room. */
static mpt
baseline_in(const struct layout *layout, const struct item *field)
{
    const struct style_para *class = class_of(layout);

    return field->y + field->height - class->pitch +
           text_baseline(layout, class->pitch, class->size);
}

/* The room for the signature of the one whose date this is; both are in one strip. */
static const struct item *
signature_beside(const struct page *page, const struct item *date)
{
    for (const struct item *item = date; item-- > page->items;) {
        if (item->kind == ITEM_FIELD && item->as.blank->part == BLANK_SIGNATURE &&
            item->as.blank->signer == date->as.blank->signer)
            return item;
    }
    return NULL;
}

static struct str
date_text(struct arena *arena, int dots)
{
    struct buf out = buf_in(arena);

    buf_text(&out, "วันที่ ");
    for (int part = 0; part < 3; part++) {
        buf_text(&out, part > 0 ? "/" : "");
        for (int i = 0; i < dots; i++)
            buf_byte(&out, '.');
    }
    return buf_str(&out);
}

/* Sets as many dots as there is room for; none where that is too narrow for any date. */
static bool
set_date(struct rooms *rooms, const struct item *field)
{
    struct layout *layout = rooms->layout;
    const struct text_look look = {
        .face = FONT_REGULAR,
        .size = class_of(layout)->size,
        .role = ROLE_CONTENT,
        .node = field->node,
    };

    if (rooms->date.width == field->width)
        return true;
    rooms->date = (struct date_line){.width = field->width};
    for (int dots = DOTS_MOST; dots >= DOTS_LEAST; dots--) {
        struct set_text text;
        if (!text_set(layout, &look, date_text(layout->arena, dots), &text))
            return false;
        if (text.width > field->width)
            continue;
        rooms->date.text = text;
        break;
    }
    return true;
}

static bool
put_date(struct rooms *rooms, const struct item *field)
{
    const struct item *signature = signature_beside(rooms->from, field);
    struct strip strip = {0};

    if (signature == NULL)
        return true;
    if (!set_date(rooms, field))
        return false;
    text_put(rooms->layout, &rooms->date.text, field->x + field->width / 2,
             baseline_in(rooms->layout, signature), STYLE_CENTER, &strip);
    take(rooms, &strip, field);
    return true;
}

static bool
put_room(struct rooms *rooms, const struct item *field)
{
    switch (field->as.blank->part) {
    case BLANK_MEMO_NUMBER:
    case BLANK_MEMO_DATE:
        put_head(rooms, field);
        return true;
    case BLANK_SIGNATURE:
        put_dots(rooms, field, ROLE_RULE, field->x, field->x + field->width,
                 baseline_in(rooms->layout, field));
        return true;
    case BLANK_DATE:
        return put_date(rooms, field);
    case BLANK_OPINION:
    case BLANK_NAME:
        break;
    }
    return true;
}

/* ---- pages */

static bool
has_fields(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->items[i].kind == ITEM_FIELD)
            return true;
    }
    return false;
}

static bool
make_page(struct rooms *rooms)
{
    const struct page *from = rooms->from;
    struct page *to = rooms->to;

    *to = *from;
    to->items = NULL;
    to->count = to->cap = 0;
    to->likely = from->count + 8;
    for (size_t i = 0; i < from->count; i++) {
        const struct item *item = &from->items[i];
        if (item->kind != ITEM_FIELD)
            *page_add(rooms->layout->arena, to) = *item;
        else if (!put_room(rooms, item))
            return false;
    }
    return true;
}

bool
pen_rooms(struct layout *layout, const struct pages *pages, struct page *own)
{
    struct rooms rooms = {.layout = layout};

    for (size_t i = 0; i < pages->count; i++) {
        rooms.from = &pages->page[i];
        rooms.to = &own[i];
        if (has_fields(rooms.from) && !make_page(&rooms))
            return false;
    }
    return true;
}
