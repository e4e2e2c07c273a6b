/* The document tree becomes pages: fonts and emblem are opened here. */
#include "base/arena.h"
#include "base/path.h"
#include "base/str.h"
#include "doc/node.h"
#include "doc/style.h"
#include "engine/engine.h"
#include "engine/input.h"
#include "engine/pictures.h"
#include "image/image.h"
#include "layout/layout.h"
#include "text/font.h"

static bool
open_fonts(struct banthuek *b)
{
    const char *data_dir = engine_data_dir(b);
    struct font_search search = {
        .files = b->files,
        .font_dir = b->options.font_dir,
        .local_dir = data_dir == NULL ? NULL : path_join(b->arena, data_dir, "fonts/local"),
        .use_system = true,
        .others = b->style->fonts_others,
    };

    if (b->fonts == NULL)
        b->fonts = fonts_open(b->arena, b->diags, &search);
    engine_open_breaker(b);
    return b->fonts != NULL;
}

/* Which fonts are taken is known when the pages are laid out. */
static void
note_fonts(struct banthuek *b)
{
    const struct font *font;

    for (size_t i = 0; (font = fonts_taken(b->fonts, i)) != NULL; i++)
        input_add(b, INPUT_FONT, str_of(path_base(font->path)), font->path, font->bytes);
}

/* An SVG is a drawing, anything else a picture. */
static bool
read_emblem(struct banthuek *b, const char *path)
{
    struct str bytes;
    struct pos pos = {path, 0, 0};

    if (!input_read(b, INPUT_EMBLEM, str_of(path_base(path)), path, IMAGE_BYTES_MAX, &bytes))
        return false;
    if (str_ends(str_of(path), STR(".svg")) || image_is_svg(bytes)) {
        b->emblem = drawing_read_svg(b->arena, b->diags, pos, bytes);
        return b->emblem != NULL;
    }
    /* upright and without metadata; few are so large that making them smaller would tell */
    const struct image *head = image_open(b->arena, b->diags, pos, bytes);
    if (head == NULL || !image_print(b->arena, b->diags, pos, bytes, head, &bytes))
        return false;
    b->emblem_picture = image_read(b->arena, b->diags, pos, bytes);
    return b->emblem_picture != NULL;
}

/* The head of the memo has the emblem. */
static bool
has_head(const struct node *document)
{
    for (const struct node *node = document; node != NULL; node = node_after(node, document)) {
        if (node->kind == NODE_ELEMENT && node->element == ELEMENT_head)
            return true;
    }
    return false;
}

static bool
open_emblem(struct banthuek *b)
{
    if (b->options.preprinted || b->no_emblem || b->emblem != NULL || b->emblem_picture != NULL)
        return true;
    if (b->options.emblem == NULL && !has_head(b->document))
        return true;
    const char *path = engine_find_emblem(b);
    if (path != NULL)
        return read_emblem(b, path);
    if (!b->options.strict && b->is_check) {
        b->emblem_is_unsaid = true;
        return true;
    }
    diag_add(b->diags, b->options.strict ? DIAG_ENGINE_EMBLEM_REQUIRED : DIAG_ENGINE_EMBLEM_MISSING,
             POS_NONE, NULL, NULL, NULL);
    return !b->options.strict;
}

static const struct image *
find_image(void *context, struct str name)
{
    return pictures_find(context, name);
}

static struct layout_job
job_for(struct banthuek *b)
{
    return (struct layout_job){
        .document = b->document,
        .style = b->style,
        .fonts = b->fonts,
        .breaker = b->breaker,
        .emblem = b->emblem,
        .emblem_picture = b->emblem_picture,
        .draft = b->options.draft,
        .find_image = find_image,
        .image_context = b,
    };
}

/* Lays out until all pictures have the size that they are printed with: nearly always twice, where
 * there is one to be made smaller. Only what the last time says is told. */
static struct pages *
fit_pages(struct banthuek *b)
{
    struct layout_job job = job_for(b);
    struct arena_mark mark = arena_mark(b->arena);
    struct pages *pages;
    struct diags *faults;

    for (bool again = true; again;) {
        faults = diags_new();
        pages = layout_run(b->arena, faults, &job);
        again = pages != NULL && pictures_fit(b, pages);
        if (again) {
            diags_free(faults);
            arena_reset(b->arena, mark);
        }
    }
    diags_add_new(b->diags, faults, DIAG_NOTE);
    diags_free(faults);
    return pages;
}

/* What is wrong with the emblem or a picture does not hide what is wrong with the pages. */
static struct pages *
lay_out(struct banthuek *b)
{
    bool fonts = open_fonts(b), emblem = open_emblem(b), pictures = pictures_open(b);

    if (!fonts)
        return NULL;
    struct pages *pages = fit_pages(b);
    note_fonts(b);
    if (pages != NULL && pictures)
        pictures = pictures_print(b);
    return emblem && pictures ? pages : NULL;
}

/* What is set several times (to be measured, in a head that is repeated) is told once. */
struct pages *
engine_lay_out(struct banthuek *b)
{
    struct diags *own = b->diags;

    if (b->pages_step != STEP_OPEN)
        return b->pages;
    b->diags = diags_new();
    b->pages = lay_out(b);
    diags_add_new(own, b->diags, DIAG_NOTE);
    diags_free(b->diags);
    b->diags = own;
    b->pages_step = b->pages == NULL ? STEP_FAILED : STEP_DONE;
    return b->pages;
}

struct pages *
engine_pages(struct banthuek *b)
{
    return engine_document(b) ? engine_lay_out(b) : NULL;
}

bool
engine_lines(struct banthuek *b, struct arena *arena, struct buf *out)
{
    if (!engine_document(b) || !open_fonts(b) || !pictures_open(b))
        return false;
    struct layout_job job = job_for(b);
    return layout_dump_lines(arena, b->diags, &job, out);
}
