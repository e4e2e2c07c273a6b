/* SVG 1.1 (second edition) through expat: elements, and the shapes made of them. Whatever would be
 * drawn and is not known here is refused, so that no emblem comes out looking otherwise than its
 * file; what draws nothing (metadata, definitions, elements of other namespaces) is passed over.
 * External entities are never loaded, own ones are refused. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "image/svg_job.h"

#define SVG_NAMESPACE "http://www.w3.org/2000/svg|"

static void
tell_too_large(struct diags *diags, struct pos pos)
{
    diag_add(
        diags, DIAG_SVG_TOO_LARGE, pos, diag_printf(diags, "%zu", DRAWING_BYTES_MAX / 1024 / 1024),
        diag_printf(diags, "%d", DRAWING_STEPS_MAX), diag_printf(diags, "%d", DRAWING_DEPTH_MAX));
}

void
svg_fail(struct svg_job *job, enum diag_code code, const char *what)
{
    struct pos pos = job->at;

    if (job->failed)
        return;
    job->failed = true;
    pos.line = (unsigned)XML_GetCurrentLineNumber(job->parser);
    pos.column = (unsigned)XML_GetCurrentColumnNumber(job->parser) + 1;
    if (code == DIAG_SVG_TOO_LARGE)
        tell_too_large(job->diags, pos);
    else
        diag_add(job->diags, code, pos, what, NULL, NULL);
    XML_StopParser(job->parser, XML_FALSE);
}

const char *
svg_character(struct svg_job *job, const char *english, const char *thai, size_t at)
{
    return diag_both(job->diags, diag_printf(job->diags, "%s, character %zu", english, at + 1),
                     diag_printf(job->diags, "%s ตัวอักษรที่ %zu", thai, at + 1));
}

const char *
svg_coordinates(struct svg_job *job)
{
    return diag_both(job->diags, "coordinates too large", "พิกัดใหญ่เกินไป");
}

/* Names an attribute or property with its value: fill="url(#a)". */
void
svg_refuse(struct svg_job *job, struct str name, struct str value)
{
    struct buf text = buf_in(job->arena);

    buf_add(&text, name);
    buf_text(&text, "=\"");
    buf_add(&text, value);
    buf_text(&text, "\"");
    svg_fail(job, DIAG_SVG_UNSUPPORTED, diag_str(job->diags, buf_str(&text)));
}

const char *
svg_find(const char **attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}

static void
keep_shape(struct svg_job *job, const struct svg_state *state, size_t from)
{
    struct svg_shape shape = {.from = from, .to = job->steps.count, .even_odd = state->even_odd};

    memcpy(shape.rgb, state->fill_is_current ? state->current : state->rgb, sizeof shape.rgb);
    job->shapes =
        arena_grow(job->arena, job->shapes, job->count, &job->cap, sizeof *job->shapes, 16);
    job->shapes[job->count++] = shape;
}

static void
draw_shape(struct svg_job *job, const struct svg_state *state, const char **attributes,
           svg_drawer *draw)
{
    size_t from = job->steps.count;

    if (!state->displayed || !state->visible)
        return;
    if (state->stroked) {
        svg_fail(job, DIAG_SVG_UNSUPPORTED, "stroke");
        return;
    }
    if (!state->filled)
        return;
    if (state->fill_is_current && !state->current_known) {
        svg_fail(job, DIAG_SVG_UNSUPPORTED, "currentColor");
        return;
    }
    job->steps.matrix = state->matrix;
    draw(job, attributes);
    if (job->steps.too_many)
        svg_fail(job, DIAG_SVG_TOO_LARGE, NULL);
    else if (job->steps.out_of_range)
        svg_fail(job, DIAG_SVG_DAMAGED, svg_coordinates(job));
    else if (job->steps.count > from)
        keep_shape(job, state, from);
}

/* ---- elements */

/* Elements that draw nothing where they stand. */
static const char *const skipped[] = {
    "defs",     "title",  "desc",           "metadata",       "symbol",
    "clipPath", "mask",   "linearGradient", "radialGradient", "pattern",
    "filter",   "marker", "view",           "cursor",         "font-face",
};

/* The name without the namespace of SVG, or NULL for an element of another namespace. Files
 * without any namespace are taken as SVG. */
static const char *
local_name(const char *name)
{
    size_t len = strlen(SVG_NAMESPACE);

    if (strncmp(name, SVG_NAMESPACE, len) == 0)
        return name + len;
    return strchr(name, '|') == NULL ? name : NULL;
}

static bool
draws_nothing(const char *name)
{
    for (size_t i = 0; i < sizeof skipped / sizeof skipped[0]; i++)
        if (strcmp(name, skipped[i]) == 0)
            return true;
    return false;
}

static void
push(struct svg_job *job, const struct svg_state *state)
{
    if (job->depth == DRAWING_DEPTH_MAX)
        svg_fail(job, DIAG_SVG_TOO_LARGE, NULL);
    else
        job->state[++job->depth] = *state;
}

static void
start_known(struct svg_job *job, const char *name, const char **attributes)
{
    bool group = strcmp(name, "g") == 0 || strcmp(name, "a") == 0;
    bool root = strcmp(name, "svg") == 0 && job->depth == 0;
    struct svg_state state = svg_state_of(job, attributes);
    svg_drawer *draw = svg_drawer_of(name);

    if (draw != NULL) {
        draw_shape(job, &state, attributes, draw);
        job->skipped = 1; /* what a shape holds (title, desc) draws nothing */
    } else if (group || root) {
        if (root)
            svg_read_view(job, attributes);
        push(job, &state);
    } else {
        svg_fail(job, DIAG_SVG_UNSUPPORTED,
                 diag_str(job->diags, str_of(arena_printf(job->arena, "<%s>", name))));
    }
}

static void
on_start(void *user, const char *full, const char **attributes)
{
    struct svg_job *job = user;
    const char *name = local_name(full);

    /* expat still reports what it has read when it is stopped */
    if (job->failed)
        return;
    if (job->depth == 0 && job->skipped == 0 && (name == NULL || strcmp(name, "svg") != 0))
        svg_fail(job, DIAG_SVG_DAMAGED,
                 diag_both(job->diags, "it does not begin with <svg>", "ไม่ได้ขึ้นต้นด้วย <svg>"));
    else if (job->skipped > 0)
        job->skipped++;
    else if (name == NULL || draws_nothing(name))
        job->skipped = 1;
    else
        start_known(job, name, attributes);
}

static void
on_end(void *user, const char *name)
{
    struct svg_job *job = user;

    (void)name;
    if (job->failed)
        return;
    if (job->skipped > 0)
        job->skipped--;
    else
        job->depth--;
}

static void
on_entity(void *user, const char *name, int is_parameter, const char *value, int length_of_value,
          const char *base, const char *system_id, const char *public_id, const char *notation)
{
    struct svg_job *job = user;

    (void)is_parameter, (void)value, (void)length_of_value, (void)base;
    (void)system_id, (void)public_id, (void)notation;
    svg_fail(job, DIAG_SVG_UNSUPPORTED,
             diag_str(job->diags, str_of(arena_printf(job->arena, "<!ENTITY %.40s>", name))));
}

static void
parse(struct svg_job *job, struct str bytes)
{
    job->parser = XML_ParserCreateNS(NULL, '|');
    if (job->parser == NULL)
        arena_oom(0);
    XML_SetUserData(job->parser, job);
    XML_SetElementHandler(job->parser, on_start, on_end);
    XML_SetEntityDeclHandler(job->parser, on_entity);
    if (XML_Parse(job->parser, bytes.ptr, (int)bytes.len, XML_TRUE) != XML_STATUS_OK)
        svg_fail(job, DIAG_SVG_DAMAGED, XML_ErrorString(XML_GetErrorCode(job->parser)));
    XML_ParserFree(job->parser);
}

struct drawing *
drawing_read_svg(struct arena *arena, struct diags *diags, struct pos at, struct str bytes)
{
    struct arena *scratch = arena_new(0);
    struct svg_job *job = arena_alloc(scratch, sizeof *job);
    struct drawing *drawing = NULL;

    job->arena = scratch;
    job->diags = diags;
    job->at = at;
    job->steps = (struct svg_steps){.arena = scratch, .matrix = SVG_IDENTITY};
    job->state[0] = (struct svg_state){.matrix = SVG_IDENTITY,
                                       .filled = true,
                                       .current_known = true,
                                       .displayed = true,
                                       .visible = true};
    if (bytes.len > DRAWING_BYTES_MAX) {
        tell_too_large(diags, at);
    } else {
        parse(job, bytes);
        if (!job->failed)
            drawing = svg_drawing(job, arena);
    }
    arena_free(scratch);
    return drawing;
}
