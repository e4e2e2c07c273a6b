#include "sign/redraw.h"

#include "base/arena.h"
#include "engine/fill.h"
#include "engine/work.h"
#include "pdf/append.h"
#include "pdfin/cos.h"

struct redraw {
    struct work quiet; /* the caller's, with messages of its own that nobody reads */
    const struct fill_options *options;
    struct revisions *revisions;
    struct fill *fill;
    bool tried;
};

struct redraw *
redraw_new(struct work *w, const struct fill_options *options, struct revisions *revisions)
{
    struct redraw *redraw = arena_alloc(w->arena, sizeof *redraw);

    redraw->quiet = *w;
    redraw->quiet.diags = diags_new();
    redraw->options = options;
    redraw->revisions = revisions;
    return redraw;
}

void
redraw_close(struct redraw *redraw)
{
    if (redraw == NULL)
        return;
    fill_close(redraw->fill);
    diags_free(redraw->quiet.diags);
}

/* ---- the field */

static const struct cos *
widget_of(struct revisions *r, const struct change *change)
{
    size_t count;
    const struct field_node *nodes = revisions_field_nodes(r, change->revision, &count);

    for (size_t i = 0; i < count; i++) {
        const struct cos *looks = cos_at(r, change->revision, nodes[i].dict, "AP");
        if (str_eq(nodes[i].name, change->field) &&
            cos_number(cos_get(looks, "N")) == change->appearance)
            return nodes[i].dict;
    }
    return &cos_null;
}

static bool
read_box(struct redraw *redraw, const struct change *change, const struct cos *widget,
         struct fill_box *out)
{
    struct revisions *r = redraw->revisions;
    const struct cos *list = cos_at(r, change->revision, widget, "Rect");
    const struct cos *align = cos_at(r, change->revision, widget, "Q");
    struct str da = cos_text_at(r, change->revision, widget, "DA");
    mpt rect[4];

    if (list->type != COS_ARRAY || list->count != 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        double side = cos_real(cos_resolve(r, change->revision, &list->items[i])) * UNIT_PT;
        if (side < -1e8 || side > 1e8)
            return false;
        rect[i] = (mpt)(side + (side < 0 ? -0.5 : 0.5));
    }
    return fill_box_read(redraw->quiet.diags, POS_NONE, change->field, rect, da,
                         align->type == COS_INTEGER ? align->integer : 0, out);
}

/* ---- the appearance */

/* A file of no pages, for what is made again to stand behind. */
static struct str
bare_file(struct arena *arena, size_t *table)
{
    struct buf out = buf_in(arena);

    buf_text(&out, "%PDF-1.7\n");
    size_t catalog = out.len;
    buf_text(&out, "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
    size_t pages = out.len;
    buf_text(&out, "2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n");
    *table = out.len;
    buf_printf(&out,
               "xref\n0 3\n0000000000 65535 f \n%010zu 00000 n \n%010zu 00000 n \n"
               "trailer\n<</Size 3/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n",
               catalog, pages, *table);
    return buf_str(&out);
}

static bool
is_same(struct redraw *redraw, const struct change *change, const struct fill_box *box,
        struct pdf_objects *objects)
{
    struct work *w = &redraw->quiet;
    struct pdf_old old = {.size = 3, .root = 1, .id = STR("0")};
    struct pdf_appended made;
    struct str text;

    if (!fill_words(w, POS_NONE, change->is, &text) || !str_eq(text, change->is))
        return false;
    unsigned handle = fill_text(redraw->fill, objects, POS_NONE, change->field, box, text);
    struct str file = bare_file(objects->arena, &old.xref);
    if (handle == 0 || !pdf_append(w->diags, file, &old, objects, &made))
        return false;
    struct revisions *again = revisions_open(objects->arena, "again", made.file);
    return revisions_count(again) == 2 &&
           changes_same_objects(redraw->revisions, change->revision, change->appearance, again, 1,
                                made.number[handle]);
}

enum drawn
redraw_draws(void *context, const struct change *change)
{
    struct redraw *redraw = context;
    struct fill_box box;

    if (!redraw->tried)
        redraw->fill = fill_open(&redraw->quiet, redraw->options);
    redraw->tried = true;
    if (redraw->fill == NULL || change->appearance == 0 ||
        !read_box(redraw, change, widget_of(redraw->revisions, change), &box))
        return DRAWN_UNKNOWN;
    struct pdf_objects *objects = pdf_objects_open(redraw->quiet.arena);
    bool same = is_same(redraw, change, &box, objects);
    pdf_objects_close(objects);
    return same ? DRAWN_YES : DRAWN_UNKNOWN;
}
