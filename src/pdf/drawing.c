/* Drawings (the emblem) as form XObjects: whole numbers only, so that 100 kB of path data
 * compress well; the page scales them. */
#include "base/arena.h"
#include "base/unit.h"
#include "pdf/xobject.h"

struct pen {
    struct buf out;
    const struct drawing *drawing;
    int64_t span; /* of the longer side, in units of the drawing */
    int height;
};

static int64_t
scaled(const struct pen *pen, int64_t value)
{
    int64_t product = value * DRAWING_SIDE;

    return (product + (product < 0 ? -pen->span : pen->span) / 2) / pen->span;
}

static void
add_point(struct pen *pen, int32_t x, int32_t y)
{
    pdf_decimal(&pen->out, scaled(pen, (int64_t)x - pen->drawing->box[0]), 0);
    buf_byte(&pen->out, ' ');
    pdf_decimal(&pen->out, pen->height - scaled(pen, (int64_t)y - pen->drawing->box[1]), 0);
    buf_byte(&pen->out, ' ');
}

static void
add_path(struct pen *pen, const struct path *path)
{
    static const char *const operator[] = {"m\n", "l\n", "c\n", "h\n"};
    static const int points[] = {1, 1, 3, 0};

    pdf_color(&pen->out, path->red, path->green, path->blue, false);
    for (size_t i = 0; i < path->count; i++) {
        const struct path_step *step = &path->steps[i];

        for (int k = 0; k < points[step->op]; k++)
            add_point(pen, step->x[k], step->y[k]);
        buf_text(&pen->out, operator[step->op]);
    }
    if (path->count > 0)
        buf_text(&pen->out, path->even_odd ? "f*\n" : "f\n");
}

/* A side of the box in units of the form, at least one. */
static int
units_across(const struct pen *pen, int64_t side)
{
    int64_t units = scaled(pen, side);

    return units < 1 ? 1 : (int)units;
}

unsigned
drawing_put(struct pdf_objects *objects, const struct drawing *drawing, int *width, int *height)
{
    struct arena *arena = objects->arena;
    struct pen pen = {buf_in(arena), drawing, 1, 0};
    struct pdf_value *dict = pdf_dict(arena), *box = pdf_array(arena);
    int64_t across = (int64_t)drawing->box[2] - drawing->box[0];
    int64_t down = (int64_t)drawing->box[3] - drawing->box[1];

    if (across > pen.span)
        pen.span = across;
    if (down > pen.span)
        pen.span = down;
    *width = units_across(&pen, across);
    *height = pen.height = units_across(&pen, down);
    for (size_t i = 0; i < drawing->count; i++)
        add_path(&pen, &drawing->paths[i]);

    pdf_add(box, pdf_int(arena, 0));
    pdf_add(box, pdf_int(arena, 0));
    pdf_add(box, pdf_int(arena, *width));
    pdf_add(box, pdf_int(arena, *height));
    pdf_set(dict, "Type", pdf_name(arena, "XObject"));
    pdf_set(dict, "Subtype", pdf_name(arena, "Form"));
    pdf_set(dict, "BBox", box);
    pdf_set(dict, "Resources", pdf_dict(arena));
    return pdf_put_stream(objects, dict, buf_str(&pen.out));
}
