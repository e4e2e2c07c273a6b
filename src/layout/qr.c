/* QR codes that templates ask for. */
#include "layout/block.h"

#include "base/arena.h"
#include "base/utf8.h"

/* Printed smaller than this a module is not read by telephones at an arm's length. */
#define MODULE_LEAST ((mpt)936) /* 0.33 mm */

/* The side where none is asked for. */
#define SIDE ((mpt)56693) /* 2 cm */

/* A code and where it goes; the white around it is not counted in `side`. */
struct code_size {
    const struct qr *qr;
    mpt side, least, quiet;
};

/* Without blanks around it; empty where the data says nothing. */
static struct str
text_of(const struct node *node)
{
    return utf8_trim(node_get(node, ATTRIBUTE_qr_text));
}

static mpt
quiet_for(const struct qr *qr, mpt side)
{
    return unit_scale(side, QR_QUIET, (mpt)qr->side);
}

/* At least as large as its modules ask for; that a size was asked for that is too small is told. */
static bool
size_of(struct layout *layout, const struct node *node, struct code_size *out)
{
    struct str asked = node_get(node, ATTRIBUTE_qr_size);
    const struct qr *qr = qr_make(layout->arena, text_of(node));

    *out = (struct code_size){.qr = qr, .side = SIDE};
    if (qr == NULL) {
        diag_add(layout->diags, DIAG_LAYOUT_QR_LONG, node_find(node, ATTRIBUTE_qr_text)->pos, NULL,
                 NULL, NULL);
        return false;
    }
    out->least = (mpt)qr->side * MODULE_LEAST;
    if (asked.len > 0)
        (void)unit_parse(asked, &out->side);
    if (out->side < out->least) {
        if (asked.len > 0)
            diag_add(layout->diags, DIAG_LAYOUT_QR_SMALL, node_find(node, ATTRIBUTE_qr_size)->pos,
                     layout_cm(layout, out->least), NULL, NULL);
        out->side = out->least;
    }
    out->quiet = quiet_for(qr, out->side);
    return true;
}

bool
qr_width(struct layout *layout, const struct node *node, mpt *width)
{
    struct code_size size;

    *width = 0;
    if (text_of(node).len == 0)
        return true;
    if (!size_of(layout, node, &size))
        return false;
    *width = size.side + 2 * size.quiet;
    return true;
}

/* Makes it as small as the room asks for; false where that would be too small. */
static bool
fit(struct layout *layout, const struct node *node, mpt room, struct code_size *size)
{
    int64_t modules = (int64_t)size->qr->side + 2 * QR_QUIET;

    if (size->side + 2 * size->quiet <= room)
        return true;
    size->side = (mpt)((int64_t)room * size->qr->side / modules);
    size->quiet = quiet_for(size->qr, size->side);
    if (size->side >= size->least)
        return true;
    diag_add(layout->diags, DIAG_LAYOUT_QR_ROOM, node->pos,
             layout_cm(layout, modules * MODULE_LEAST), layout_cm(layout, room), NULL);
    return false;
}

static void
put(struct layout *layout, const struct node *node, const struct code_size *size, mpt x,
    struct strip *strip)
{
    struct qr_text *text = arena_alloc(layout->arena, sizeof *text);
    struct item *item = strip_item(layout->arena, strip);

    *text = (struct qr_text){.qr = size->qr, .text = text_of(node)};
    strip->height = size->side + 2 * size->quiet;
    strip->node = node;
    item->kind = ITEM_QR;
    item->role = ROLE_FIGURE;
    item->node = node;
    item->x = x;
    item->y = size->quiet;
    item->width = item->height = size->side;
    item->as.qr = text;
}

/* The white around it stands in the margins where there are any, so that its edge is on theirs. */
bool
qr_format(struct layout *layout, const struct node *node, const struct measure *measure,
          struct strips *out)
{
    int align = layout_align(node_get(node, ATTRIBUTE_qr_align));
    mpt outside = 0;
    struct code_size size;

    if (text_of(node).len == 0)
        return true;
    if (!size_of(layout, node, &size))
        return false;
    if (measure->paper_width > 0)
        outside = size.quiet;
    mpt room = measure->width + 2 * outside;
    if (!fit(layout, node, room < measure->page_room ? room : measure->page_room, &size))
        return false;
    mpt x = (measure->width - size.side) / 2;
    if (align == STYLE_LEFT)
        x = size.quiet - outside;
    else if (align == STYLE_RIGHT)
        x = measure->width - size.side - size.quiet + outside;
    put(layout, node, &size, x, strips_add(layout->arena, out));
    return true;
}
