/* Pages of scans as pictures: to look at for codes and for blank ones, and to stand for pages that
 * are no images. */
#ifndef PAPER_LOOK_H
#define PAPER_LOOK_H

#include "base/diag.h"
#include "paper/page.h"
#include "paper/raster.h"

struct arena;

#define LOOK_DPI 200
#define LOOK_PIXELS_MAX (64u << 20)
#define RENDER_DPI 300
#define RENDER_SECONDS 60
#define RENDER_MEMORY ((size_t)1 << 30)

/* What a page looks like. */
struct look {
    struct raster raster;
    uint32_t dpi;
    bool is_turned;  /* it was drawn, as it is to be shown: page->turn is in the picture */
    bool is_unknown; /* the program that would draw it is not there, so that nobody knows */
};

/* Degrees clockwise, on top of page->turn, by which a page is to be turned so that a code stands
 * upright that lies in its picture by `code_turn` (find.h). */
static inline int
look_turn(const struct scan_page *page, const struct look *look, int code_turn)
{
    return (code_turn + 360 - (look->is_turned ? 0 : page->turn)) % 360;
}

/* A page in gray as it lies in the file, before it is turned: at LOOK_DPI or near it, or at what
 * its only image has where that is between that and twice as much. A page that is drawn, or whose
 * images are of a kind that is not read here, is drawn by pdftoppm. False with PAPER_IMAGE_…,
 * PAPER_PAGE_NO_PROGRAM (a warning, with out->is_unknown: its code is to be typed) or
 * PAPER_PAGE_NOT_DRAWN. */
bool page_look(struct arena *arena, struct diags *diags, const struct scan_page *page,
               struct look *out);

/* A page of a PDF as one image, in colours where it has any, drawn by pdftoppm under limits. The
 * new page lies as it is to be shown: its turn is 0. False with PAPER_PAGE_NO_PROGRAM or
 * PAPER_PAGE_NOT_DRAWN. */
bool page_render(struct arena *arena, struct diags *diags, const struct scan_page *page,
                 struct scan_page *out);

#endif
