#include "layout/alone.h"

#include "base/arena.h"
#include "layout/text.h"

size_t
alone_room(const struct alone_job *job)
{
    /* places in a PDF are rounded to a thousandth */
    return job->pitch <= 0 || job->height < 0 ? 0 : (size_t)((job->height + 2) / job->pitch);
}

/* The nominal size that is drawn at this one. */
static mpt
nominal_of(const struct fonts *fonts, mpt size)
{
    mpt nominal = unit_scale(size, fonts->scale_denominator, fonts->scale_numerator);

    for (mpt step = -1; step <= 1; step++) {
        if (fonts_draw_size(fonts, nominal + step) == size)
            return nominal + step;
    }
    return nominal;
}

static bool
check_widths(struct layout *layout, const struct para *para, const struct lines *lines, mpt width)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->line[i];
        if (!line->overfull || line->from >= line->to)
            continue;
        const struct cluster *first = &para->clusters[line->from];
        const struct cluster *last = &para->clusters[line->to - 1];
        struct str text =
            str_sub(para->text, first->text, last->text + last->text_len - first->text);
        diag_add(layout->diags, DIAG_LAYOUT_WORD_TOO_WIDE,
                 text_place_at(&para->places, first->text), diag_str(layout->diags, str_trim(text)),
                 layout_cm(layout, width), NULL);
        return false;
    }
    return true;
}

static bool
set_all(struct layout *layout, const struct alone_job *job, const struct node *node,
        const struct inline_text *content, struct page *out, size_t *count)
{
    const struct para_fill how = {
        .width = job->width, .align = job->centred ? PARA_CENTER : PARA_LEFT, .method = PARA_FIT};
    const struct set_owner owner = {.node = node, .size = content->spans->size};
    const struct para *para = set_shape(layout, node, content);
    struct strip strip = {0};

    if (para == NULL)
        return false;
    const struct lines *lines = para_lines(layout->scratch, para, &how);
    mpt baseline = text_baseline(layout, job->pitch, content->spans->size);
    size_t room = alone_room(job);
    *count = lines->count;
    if (!check_widths(layout, para, lines, job->width))
        return false;
    if (lines->count > room)
        return true;
    if (job->centred)
        baseline += (mpt)(room - lines->count) * job->pitch;
    for (size_t i = 0; i < lines->count; i++)
        set_line(layout, para, &lines->line[i], &owner, 0, baseline + (mpt)i * job->pitch,
                 (unsigned)i + 1, i + 1 == lines->count, &strip);
    out->items = strip.items;
    out->count = out->cap = strip.count;
    return true;
}

bool
layout_alone(struct arena *arena, struct diags *diags, const struct alone_job *job,
             struct page *out, size_t *lines)
{
    const struct layout_job fonts = {.fonts = job->fonts, .breaker = job->breaker};
    struct layout layout = {
        .arena = arena, .strips = arena, .scratch = arena_new(0), .diags = diags, .job = &fonts};
    struct node *node = arena_alloc(arena, sizeof *node);
    struct span span = {.to = job->text.len,
                        .face = FONT_REGULAR,
                        .size = nominal_of(job->fonts, job->size),
                        .owner = node};
    const struct inline_text content = {.text = job->text, .spans = &span, .span_count = 1};

    node->pos = job->pos;
    *out = (struct page){.width = job->width, .height = job->height};
    *lines = 0;
    bool good = job->text.len == 0 || set_all(&layout, job, node, &content, out, lines);
    arena_free(layout.scratch);
    return good;
}
