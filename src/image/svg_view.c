/* The size of an SVG (SVG 1.1, 7.2 and 7.7). What cannot be read is as if it were not said: the
 * drawing then is as large as what it draws. */
#include <string.h>

#include "image/svg_job.h"

/* CSS pixels of a length; 0 when it is none, or a part of something else (%). */
static double
read_length(const char *text)
{
    static const struct {
        const char *name;
        double pixels;
    } units[] = {{"", 1},           {"px", 1},          {"in", 96},
                 {"cm", 96 / 2.54}, {"mm", 9.6 / 2.54}, {"pt", 96.0 / 72},
                 {"pc", 96.0 / 6}};
    struct svg_scan scan = {.text = text == NULL ? STR("") : str_trim(str_of(text))};
    double number = 0;

    if (!svg_number(&scan, &number) || number <= 0)
        return 0;
    struct str unit = str_trim(str_sub(scan.text, scan.at, scan.text.len));
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (str_is(unit, units[i].name))
            return number * units[i].pixels;
    }
    return 0;
}

static bool
read_box(const char *text, double view[4])
{
    struct svg_scan scan = {.text = str_of(text)};
    double number[4];

    svg_skip_blank(&scan);
    for (size_t i = 0; i < 4; i++) {
        if (!svg_number(&scan, &number[i]))
            return false;
        svg_skip_comma(&scan);
    }
    if (number[2] <= 0 || number[3] <= 0)
        return false;
    view[0] = number[0];
    view[1] = number[1];
    view[2] = number[0] + number[2];
    view[3] = number[1] + number[3];
    return true;
}

/* A view in a window of other proportions is drawn whole inside it; refused is what would be
 * stretched ("none") or cut ("xMidYMid slice"). 1 % is nothing to see. */
static void
check_proportion(struct svg_job *job, const char **attributes, double across, double down)
{
    static const char name[] = "preserveAspectRatio";
    const char *value = svg_find(attributes, name);

    if (value == NULL || across <= 0 || down <= 0 ||
        (across <= down * 1.01 && down <= across * 1.01))
        return;
    if (strstr(value, "none") != NULL || strstr(value, "slice") != NULL)
        svg_refuse(job, str_of(name), str_of(value));
}

void
svg_read_view(struct svg_job *job, const char **attributes)
{
    double width = read_length(svg_find(attributes, "width"));
    double height = read_length(svg_find(attributes, "height"));
    const char *box = svg_find(attributes, "viewBox");

    if (box != NULL && read_box(box, job->view)) {
        job->width = job->view[2] - job->view[0];
        double across = width / job->width, down = height / (job->view[3] - job->view[1]);
        check_proportion(job, attributes, across, down);
        if (across > 0 && (down <= 0 || across < down))
            job->width = width;
        else if (down > 0)
            job->width *= down;
    } else if (width > 0 && height > 0) {
        job->view[2] = job->width = width;
        job->view[3] = height;
    }
}
