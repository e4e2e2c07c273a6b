/* Shapes that were read as a drawing: its coordinates become integers. */
#include <math.h>

#include "base/arena.h"
#include "image/svg_job.h"

/* Powers of ten bring very small and very large drawings into the range of the result. */
static double
choose_scale(const double box[4])
{
    double side = fmax(box[2] - box[0], box[3] - box[1]);
    double far = fmax(fmax(fabs(box[0]), fabs(box[2])), fmax(fabs(box[1]), fabs(box[3])));
    double scale = 1000;

    while (side * scale < 100000 && scale < 1e9)
        scale *= 10;
    /* handles may lie far outside of what a curve covers: leave room for them */
    while (far * scale > 1e8)
        scale /= 10;
    return scale;
}

static bool
to_integer(double value, double scale, int32_t *out)
{
    double scaled = floor(value * scale + 0.5);

    if (fabs(scaled) > 2e9)
        return false;
    *out = (int32_t)scaled;
    return true;
}

/* The view, at a scale that was chosen for what is drawn; where that is out of range, or nothing is
 * said of it, it is what is drawn. */
static void
convert_view(const struct svg_job *job, double scale, const double box[4], struct drawing *drawing)
{
    double width = job->width > 0 ? job->width : box[2] - box[0];
    bool good = job->width > 0 && job->width < 1e9;

    for (size_t i = 0; i < 4; i++)
        good = good && to_integer(job->view[i], scale, &drawing->view[i]);
    good = good && drawing->view[2] > drawing->view[0] && drawing->view[3] > drawing->view[1];
    for (size_t i = 0; i < 4 && !good; i++)
        drawing->view[i] = drawing->box[i];
    drawing->width = (int64_t)floor((width < 1e9 ? width : 1e9) * 1000 + 0.5);
}

static bool
convert_steps(struct svg_job *job, double scale, struct path_step *out)
{
    for (size_t i = 0; i < job->steps.count; i++) {
        const struct svg_step *step = &job->steps.step[i];
        size_t points = step->op == PATH_CLOSE ? 0 : step->op == PATH_CURVE ? 3 : 1;
        out[i].op = step->op;
        for (size_t k = 0; k < points; k++)
            if (!to_integer(step->x[k], scale, &out[i].x[k]) ||
                !to_integer(step->y[k], scale, &out[i].y[k]))
                return false;
    }
    return true;
}

static struct drawing *
convert(struct svg_job *job, struct arena *arena, const double box[4])
{
    struct drawing *drawing = arena_alloc(arena, sizeof *drawing);
    struct path_step *steps = arena_array(arena, job->steps.count, sizeof *steps);
    double scale = choose_scale(box);

    for (size_t i = 0; i < 4; i++)
        while (fabs(job->view[i]) * scale > 1.9e9)
            scale /= 10;

    if (!convert_steps(job, scale, steps))
        return NULL;
    drawing->paths = arena_array(arena, job->count, sizeof *drawing->paths);
    drawing->count = job->count;
    for (size_t i = 0; i < 4; i++)
        (void)to_integer(box[i], scale, &drawing->box[i]); /* smaller than any step, by scale */
    convert_view(job, scale, box, drawing);
    for (size_t i = 0; i < job->count; i++) {
        const struct svg_shape *shape = &job->shapes[i];
        struct path *path = &drawing->paths[i];
        path->steps = steps + shape->from;
        path->count = shape->to - shape->from;
        path->even_odd = shape->even_odd;
        path->red = shape->rgb[0];
        path->green = shape->rgb[1];
        path->blue = shape->rgb[2];
    }
    return drawing;
}

struct drawing *
svg_drawing(struct svg_job *job, struct arena *arena)
{
    double box[4];

    if (!svg_extent(job->steps.step, job->steps.count, box)) {
        diag_add(job->diags, DIAG_SVG_EMPTY, job->at, NULL, NULL, NULL);
        return NULL;
    }
    struct drawing *drawing = convert(job, arena, box);
    if (drawing == NULL || drawing->box[0] == drawing->box[2] ||
        drawing->box[1] == drawing->box[3]) {
        diag_add(job->diags, DIAG_SVG_DAMAGED, job->at, svg_coordinates(job), NULL, NULL);
        return NULL;
    }
    return drawing;
}
