/* What is odd in a signed file itself: made before it was signed, perhaps for a change after that.
 */
#include "changes/compare.h"

#define ANNOTATIONS_MAX 500    /* of a page that are compared with each other */
#define SIGNATURE_AREA 60000.0 /* pt², an eighth of A4: what signatures that are seen may take */

static void
warn(struct found *found, size_t revision, struct change change)
{
    change.sort = change_sort_of(change.code);
    change.revision = revision;
    change.signature = SIZE_MAX;
    found_add(found, change);
}

/* ---- what covers what */

struct box {
    double left, bottom, right, top;
    size_t number;
};

/* Where an annotation shows something; false where it shows nothing. */
static bool
box_of(struct revisions *r, size_t revision, const struct cos *ref, struct box *out)
{
    const struct cos *dict = cos_resolve(r, revision, ref);
    const struct cos *rect = cos_at(r, revision, dict, "Rect");
    const struct cos *look = cos_at(r, revision, cos_at(r, revision, dict, "AP"), "N");
    double side[4];

    if (rect->type != COS_ARRAY || rect->count != 4 || look->type == COS_NULL)
        return false;
    for (size_t i = 0; i < 4; i++)
        side[i] = cos_real(cos_resolve(r, revision, &rect->items[i]));
    *out = (struct box){.left = side[0] < side[2] ? side[0] : side[2],
                        .right = side[0] < side[2] ? side[2] : side[0],
                        .bottom = side[1] < side[3] ? side[1] : side[3],
                        .top = side[1] < side[3] ? side[3] : side[1],
                        .number = cos_number(ref)};
    return out->right > out->left && out->top > out->bottom;
}

/* More than a quarter of the smaller one. */
static bool
covers(const struct box *a, const struct box *b)
{
    double width =
        (a->right < b->right ? a->right : b->right) - (a->left > b->left ? a->left : b->left);
    double height =
        (a->top < b->top ? a->top : b->top) - (a->bottom > b->bottom ? a->bottom : b->bottom);
    double one = (a->right - a->left) * (a->top - a->bottom);
    double other = (b->right - b->left) * (b->top - b->bottom);

    return width > 0 && height > 0 && width * height * 4 > (one < other ? one : other);
}

static struct str
field_name(struct revisions *r, size_t revision, size_t number)
{
    size_t count;
    const struct field_node *nodes = revisions_field_nodes(r, revision, &count);

    for (size_t i = 0; i < count && number > 0; i++) {
        if (nodes[i].number == number)
            return nodes[i].name;
    }
    return STR("");
}

static void
warn_of_page(struct found *found, struct revisions *r, size_t revision, size_t number, size_t page,
             struct box *boxes)
{
    const struct cos *annots = cos_at(r, revision, revisions_object(r, revision, number), "Annots");
    size_t count = 0;

    for (size_t i = 0; annots->type == COS_ARRAY && i < annots->count && count < ANNOTATIONS_MAX;
         i++)
        count += box_of(r, revision, &annots->items[i], &boxes[count]);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (!revisions_step(r))
                return;
            if (!covers(&boxes[i], &boxes[k]))
                continue;
            struct buf names = buf_in(found->arena);
            buf_add(&names, field_name(r, revision, boxes[k].number));
            buf_text(&names, ", ");
            buf_add(&names, field_name(r, revision, boxes[i].number));
            warn(found, revision,
                 (struct change){.code = CHANGE_COVERED, .page = page, .field = buf_str(&names)});
            return;
        }
    }
}

bool
warn_hides(struct revisions *r, size_t revision, const struct cos *annots, size_t which)
{
    struct box own, other;

    if (!box_of(r, revision, &annots->items[which], &own))
        return false;
    if ((own.right - own.left) * (own.top - own.bottom) > SIGNATURE_AREA)
        return true;
    for (size_t i = 0; i < which && revisions_step(r); i++) {
        if (box_of(r, revision, &annots->items[i], &other) && covers(&own, &other))
            return true;
    }
    return false;
}

/* ---- what lies outside */

/* A stream may name a file that has its data: what is shown then is not what was signed. */
static void
warn_of_outside(struct found *found, struct revisions *r, size_t revision)
{
    const struct reached *reached = revisions_reached(r, revision);

    for (size_t i = 0; i <= revision; i++) {
        size_t count;
        const uint32_t *own = revisions_own(r, i, &count);
        for (size_t k = 0; k < count; k++) {
            if (!reached_has(reached, own[k]))
                continue;
            const struct cos *object = revisions_object(r, revision, own[k]);
            if (object->type != COS_STREAM || cos_get(object, "F")->type == COS_NULL)
                continue;
            warn(found, revision,
                 (struct change){.code = CHANGE_OUTSIDE,
                                 .where =
                                     str_of(arena_printf(found->arena, "%u", (unsigned)own[k]))});
            return;
        }
    }
}

/* ---- all */

void
warn_of(struct found *found, struct revisions *r, size_t revision)
{
    const struct cos *root = revisions_root(r, revision);
    const struct cos *form = cos_at(r, revision, root, "AcroForm");
    const struct cos *draws = cos_at(r, revision, form, "NeedAppearances");
    size_t count;
    const size_t *pages = revisions_pages(r, revision, &count);
    struct box *boxes = arena_array(found->arena, ANNOTATIONS_MAX, sizeof *boxes);
    bool is_loose = false;

    for (size_t i = 0; i <= revision; i++)
        is_loose = is_loose || revisions_at(r, i)->loose_bytes;
    if (is_loose)
        warn(found, revision, (struct change){.code = CHANGE_HIDDEN_OBJECT});
    if (cos_at(r, revision, root, "OCProperties")->type != COS_NULL)
        warn(found, revision, (struct change){.code = CHANGE_HIDDEN_LAYERS});
    if (draws->type == COS_BOOL && draws->integer != 0)
        warn(found, revision, (struct change){.code = CHANGE_NO_APPEARANCES});
    if (cos_at(r, revision, form, "XFA")->type != COS_NULL)
        warn(found, revision, (struct change){.code = CHANGE_XFA});
    warn_of_outside(found, r, revision);
    for (size_t i = 0; i < count; i++)
        warn_of_page(found, r, revision, pages[i], i + 1, boxes);
}

/* Objects of a step that nothing leads to; what holds other objects is led to by the table. */
void
warn_unused(struct compare *c)
{
    const struct reached *reached = revisions_reached(c->r, c->b);
    size_t count;
    const uint32_t *own = revisions_own(c->r, c->b, &count);

    for (size_t i = 0; i < count; i++) {
        const struct cos *object = revisions_object(c->r, c->b, own[i]);
        const struct cos *type = cos_get(object, "Type");
        if (reached_has(reached, own[i]) || cos_is_name(type, "XRef") ||
            cos_is_name(type, "ObjStm"))
            continue;
        compare_add(c,
                    (struct change){.code = CHANGE_UNUSED_OBJECT,
                                    .where = str_of(arena_printf(c->arena, "%u", (unsigned)own[i])),
                                    .signature = SIZE_MAX});
        return;
    }
}
