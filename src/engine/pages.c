/* The document becomes pages: fonts, emblem and pictures are opened here. */
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/path.h"
#include "doc/node.h"
#include "doc/style.h"
#include "engine/cache.h"
#include "engine/pictures.h"
#include "engine/places.h"
#include "engine/stages.h"
#include "image/image.h"
#include "layout/layout.h"
#include "layout/pen.h"
#include "pdf/pdf.h"
#include "text/font.h"

/* ---- the emblem; reports share it */

struct emblem {
    struct arena *arena;
    const struct drawing *drawing;
    const struct image *picture; /* when it is none */
    struct pdf_form *form;       /* of the drawing; made when it is first asked for */
};

/* An SVG is a drawing, anything else a picture. */
static const void *
read_emblem(struct work *w, const void *job)
{
    const char *path = arena_printf(w->arena, "%s", (const char *)job);
    struct emblem *out = arena_alloc(w->arena, sizeof *out);
    struct str bytes;
    struct pos pos = {path, 0, 0};

    out->arena = w->arena;
    out->form = arena_alloc(w->arena, sizeof *out->form);
    if (!input_read(w, INPUT_EMBLEM, str_of(path_base(path)), path, IMAGE_BYTES_MAX, &bytes))
        return NULL;
    if (str_ends(str_of(path), STR(".svg")) || image_is_svg(bytes)) {
        out->drawing = drawing_read_svg(w->arena, w->diags, pos, bytes);
        return out->drawing == NULL ? NULL : out;
    }
    /* upright and without metadata; few are so large that making them smaller would tell */
    const struct image *head = image_open(w->arena, w->diags, pos, bytes);
    if (head == NULL || !image_print(w->arena, w->diags, pos, bytes, head, &bytes))
        return NULL;
    out->picture = image_read(w->arena, w->diags, pos, bytes);
    return out->picture == NULL ? NULL : out;
}

static const struct emblem *
use_kept(struct work *w, const struct kept_emblem *kept)
{
    struct emblem *out = arena_alloc(w->arena, sizeof *out);

    *out = (struct emblem){w->arena, kept->drawing, kept->picture, kept->form};
    input_add_known(w, INPUT_EMBLEM, kept->name, kept->size, &kept->hash);
    return out;
}

/* True for the file that the kept emblem was. */
static bool
is_kept(struct work *w, const char *path, const struct kept_emblem *kept)
{
    struct str bytes;

    if (!work_read(w, path, IMAGE_BYTES_MAX, &bytes))
        return false;
    struct hash hash = hash_of(bytes);
    return memcmp(hash.bytes, kept->hash.bytes, HASH_SIZE) == 0;
}

/* *out is NULL where there is none; *missing: none is to be found. */
static bool
open_emblem(struct work *w, const struct page_job *job, const struct emblem **out, bool *missing)
{
    const char *path = w->wishes->emblem;

    *out = NULL;
    *missing = false;
    if (w->wishes->preprinted || w->wishes->no_emblem ||
        (path == NULL && !node_holds(job->document, ELEMENT_head)))
        return true;
    const struct kept_emblem *kept = path == NULL ? w->wishes->kept_emblem : NULL;
    if (path == NULL)
        path = places_emblem(w, job->kit->style);
    if (kept != NULL && (path == NULL || !is_kept(w, path, kept))) {
        *out = use_kept(w, kept);
        return true;
    }
    *missing = path == NULL;
    if (path == NULL)
        return true;
    *out = cache_get(w, arena_printf(w->arena, "emblem %s", path), NULL, read_emblem, NULL, path);
    return *out != NULL;
}

/* ---- layout */

static const struct image *
find_image(void *context, struct str name)
{
    return pictures_find(context, name);
}

static struct pictures
pictures_for(struct work *w, const struct page_job *job)
{
    return (struct pictures){.w = w,
                             .document = job->document,
                             .report_dir = job->report_dir,
                             .template_dir = job->kit->dir};
}

static struct layout_job
layout_for(const struct page_job *job, const struct emblem *emblem, struct pictures *pictures)
{
    return (struct layout_job){
        .document = job->document,
        .style = job->kit->style,
        .breaker = job->breaker,
        .emblem = emblem == NULL ? NULL : emblem->drawing,
        .emblem_picture = emblem == NULL ? NULL : emblem->picture,
        .draft = pictures->w->wishes->draft,
        .fields = job->fields,
        .find_image = find_image,
        .image_context = pictures,
    };
}

/* Lays out until all pictures have the size that they are printed with: nearly always twice, where
 * there is one to be made smaller. Only what the last time says and takes of the fonts counts. */
static struct pages *
fit_pages(struct work *w, struct layout_job *job, struct pictures *pictures,
          const struct fonts *shared, struct fonts **fonts)
{
    struct arena_mark mark = arena_mark(w->arena);

    for (;;) {
        struct diags *faults = diags_new();
        job->fonts = *fonts = fonts_share(w->arena, shared);
        struct pages *pages = layout_run(w->arena, faults, job);
        bool again = pages != NULL && pictures_fit(pictures, pages, job->style->picture_dpi);
        if (!again)
            diags_add_new(w->diags, faults, DIAG_NOTE);
        diags_free(faults);
        if (!again)
            return pages;
        fonts_close(*fonts);
        arena_reset(w->arena, mark);
    }
}

/* The for-pen form of pages, in their place where it is asked for. It hides nothing of what else is
 * wrong; where nobody asks for it nothing is told of it either. */
static void
lay_out_pen(struct work *w, const struct layout_job *job, struct pages **pages, struct paged *out)
{
    bool wanted = w->wishes->for_pen;

    if (wanted && job->draft) {
        diag_add(w->diags, DIAG_ENGINE_PEN_DRAFT, POS_NONE, NULL, NULL, NULL);
        *pages = NULL;
    }
    if (*pages == NULL || job->draft)
        return;
    struct diags *quiet = diags_new();
    const struct pen *pen = pen_new(w->arena, wanted ? w->diags : quiet, job, *pages);
    diags_free(quiet);
    if (!wanted) {
        out->pen = pen;
        return;
    }
    *pages = NULL;
    if (pen == NULL)
        return;
    struct hash dump;
    const struct code code = pen_code(pen, &dump);
    out->code = str_dup(w->arena, str_of(code.text));
    *pages = pen_pages(pen, w->diags, job, &code);
}

/* What is wrong with the emblem or a picture does not hide what is wrong with the pages. */
static struct paged
lay_out(struct work *w, const struct page_job *job)
{
    struct pictures pictures = pictures_for(w, job);
    struct paged out = {.pages = NULL};
    const struct shared_fonts *shared = shared_fonts_of(w, job->kit->style->fonts_others);
    bool good = open_emblem(w, job, &out.emblem, &out.no_emblem);

    if (out.no_emblem && w->wishes->strict) {
        diag_add(w->diags, DIAG_ENGINE_EMBLEM_REQUIRED, POS_NONE, NULL, NULL, NULL);
        good = false;
    } else if (out.no_emblem && job->tells_emblem) {
        diag_add(w->diags, DIAG_ENGINE_EMBLEM_MISSING, POS_NONE, NULL, NULL, NULL);
    }
    bool opened = pictures_open(&pictures);
    if (shared == NULL)
        return out;
    struct layout_job layout = layout_for(job, out.emblem, &pictures);
    struct pages *pages = fit_pages(w, &layout, &pictures, shared->fonts, &out.fonts);
    lay_out_pen(w, &layout, &pages, &out);
    shared_fonts_note(w, shared, out.fonts);
    if (pages != NULL && opened)
        opened = pictures_print(&pictures);
    out.pages = good && opened ? pages : NULL;
    return out;
}

/* What is set several times (to be measured, in a head that is repeated) is told once. */
struct paged
pages_of(struct work *w, const struct page_job *job)
{
    struct work own = *w;

    own.diags = diags_new();
    struct paged out = lay_out(&own, job);
    diags_add_new(w->diags, own.diags, DIAG_NOTE);
    diags_free(own.diags);
    return out;
}

static bool
dump_lines(struct work *w, const struct page_job *job, struct buf *out)
{
    struct pictures pictures = pictures_for(w, job);
    const struct shared_fonts *shared = shared_fonts_of(w, job->kit->style->fonts_others);

    if (shared == NULL || !pictures_open(&pictures))
        return false;
    struct layout_job layout = layout_for(job, NULL, &pictures);
    struct fonts *fonts = fonts_share(w->arena, shared->fonts);
    layout.fonts = fonts;
    bool good = layout_dump_lines(out->arena, w->diags, &layout, out);
    fonts_close(fonts);
    return good;
}

bool
pages_lines(struct work *w, const struct page_job *job, struct buf *out)
{
    struct work own = *w;

    own.diags = diags_new();
    bool good = dump_lines(&own, job, out);
    diags_add_new(w->diags, own.diags, DIAG_NOTE);
    diags_free(own.diags);
    return good;
}

const struct pdf_form *
paged_emblem(struct work *w, const struct paged *paged)
{
    const struct emblem *emblem = paged->emblem;

    if (emblem == NULL || emblem->drawing == NULL)
        return NULL;
    cache_lock(w->cache);
    if (emblem->form->drawing == NULL)
        *emblem->form = pdf_form_of(emblem->arena, emblem->drawing);
    cache_unlock(w->cache);
    return emblem->form;
}

void
paged_close(struct paged *paged)
{
    fonts_close(paged->fonts);
    paged->fonts = NULL;
}
