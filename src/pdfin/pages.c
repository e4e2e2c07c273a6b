/* The tree of pages: how many, of which size, with which fonts. Walked here rather than by
 * libqpdf, which follows it as deep as it goes. */
#include <math.h>

#include "base/arena.h"
#include "pdfin/inner.h"

/* What a node hands down to its children. */
struct inherited {
    mpt width, height;
    long long rotate;
    qpdf_oh resources; /* the nearest ones above; 0 is none */
};

struct walk {
    struct pdfin *pdf;
    struct seen *nodes;
    struct font_walk fonts;
    size_t cap;
};

/* A number of the page's space in mpt; false for what is none or larger than any page. */
static bool
length_of(struct pdfin *pdf, qpdf_oh object, double *out)
{
    if (qpdf_oh_is_number(pdf->qpdf, object) != QPDF_TRUE)
        return false;
    *out = qpdf_oh_get_numeric_value(pdf->qpdf, object) * UNIT_PT;
    return isfinite(*out) && fabs(*out) <= UNIT_MAX;
}

/* The four numbers of a rectangle, in any order. */
static bool
sides_of(struct pdfin *pdf, qpdf_oh parent, const char *key, double side[4])
{
    qpdf_oh box = pdfin_get(pdf, parent, key);
    bool good = pdfin_count(pdf, box) == 4;

    for (size_t i = 0; i < 4 && good; i++) {
        qpdf_oh item = pdfin_item(pdf, box, i);
        good = length_of(pdf, item, &side[i]);
        pdfin_drop(pdf, item);
    }
    pdfin_drop(pdf, box);
    return good;
}

bool
pdfin_box(struct pdfin *pdf, qpdf_oh parent, const char *key, mpt out[4])
{
    double side[4];

    if (!sides_of(pdf, parent, key, side))
        return false;
    for (size_t i = 0; i < 2; i++) {
        out[i] = (mpt)lround(fmin(side[i], side[i + 2]));
        out[i + 2] = (mpt)lround(fmax(side[i], side[i + 2]));
    }
    return true;
}

static void
media_box(struct pdfin *pdf, qpdf_oh node, struct inherited *now)
{
    double side[4];

    if (!sides_of(pdf, node, "/MediaBox", side))
        return;
    now->width = (mpt)lround(fabs(side[2] - side[0]));
    now->height = (mpt)lround(fabs(side[3] - side[1]));
}

/* The node's own entries go before those from above. The resources are to be dropped by the
 * caller when they differ from those above. */
static struct inherited
of_node(struct pdfin *pdf, qpdf_oh node, const struct inherited *above)
{
    struct inherited now = *above;
    qpdf_oh rotate = pdfin_get(pdf, node, "/Rotate");

    media_box(pdf, node, &now);
    (void)pdfin_integer(pdf, rotate, &now.rotate);
    pdfin_drop(pdf, rotate);
    if (pdfin_has(pdf, node, "/Resources"))
        now.resources = pdfin_get(pdf, node, "/Resources");
    return now;
}

static bool
add_page(struct walk *walk, qpdf_oh page, const struct inherited *now)
{
    struct pdfin *pdf = walk->pdf;
    struct pdfin_info *info = &pdf->info;
    bool turned = now->rotate % 180 != 0;

    if (info->page_count == PDFIN_PAGES_MAX)
        return pdfin_fail(pdf, DIAG_PDFIN_TOO_MUCH, diag_both(pdf->diags, "pages", "หน้า"),
                          diag_printf(pdf->diags, "%d", PDFIN_PAGES_MAX));
    *ARENA_ADD(pdf->arena, info->pages, info->page_count, walk->cap, 16) =
        (struct pdfin_page){.width = turned ? now->height : now->width,
                            .height = turned ? now->width : now->height,
                            .object = pdfin_number(pdf, page)};
    return now->resources == 0 || pdf->is_brief ||
           pdfin_fonts(pdf, &walk->fonts, now->resources, 0);
}

static bool walk_node(struct walk *walk, qpdf_oh node, const struct inherited *above, size_t depth);

static bool
walk_kids(struct walk *walk, qpdf_oh kids, const struct inherited *now, size_t depth)
{
    size_t count = pdfin_count(walk->pdf, kids);
    bool good = true;

    for (size_t i = 0; i < count && good; i++) {
        qpdf_oh kid = pdfin_item(walk->pdf, kids, i);
        good = walk_node(walk, kid, now, depth + 1);
        pdfin_drop(walk->pdf, kid);
    }
    return good;
}

static bool
walk_node(struct walk *walk, qpdf_oh node, const struct inherited *above, size_t depth)
{
    struct pdfin *pdf = walk->pdf;

    if (!pdfin_step(pdf))
        return false;
    if (depth > PDFIN_DEPTH_MAX || !seen_first(pdf, walk->nodes, node))
        return pdfin_fail(pdf, DIAG_PDFIN_LOOP, diag_both(pdf->diags, "pages", "หน้า"), NULL);
    if (!pdfin_is_dict(pdf, node))
        return pdfin_fail(pdf, DIAG_PDFIN_PAGES, NULL, NULL);
    struct inherited now = of_node(pdf, node, above);
    qpdf_oh kids = pdfin_get(pdf, node, "/Kids");
    /* some programs leave /Type out, so a node is what has children */
    bool good =
        pdfin_is_array(pdf, kids) ? walk_kids(walk, kids, &now, depth) : add_page(walk, node, &now);
    pdfin_drop(pdf, kids);
    if (now.resources != above->resources)
        pdfin_drop(pdf, now.resources);
    return good;
}

bool
pdfin_pages(struct pdfin *pdf, qpdf_oh root)
{
    struct arena *arena = pdf->arena;
    struct walk walk = {.pdf = pdf, .nodes = seen_new(arena)};
    const struct inherited none = {0};
    qpdf_oh pages = pdfin_get(pdf, root, "/Pages");

    walk.fonts = (struct font_walk){
        .fonts = seen_new(arena), .resources = seen_new(arena), .forms = seen_new(arena)};
    bool good = pdfin_is_dict(pdf, pages) ? walk_node(&walk, pages, &none, 0)
                                          : pdfin_fail(pdf, DIAG_PDFIN_PAGES, NULL, NULL);
    pdfin_drop(pdf, pages);
    return good;
}

size_t
pdfin_size_end(const struct pdfin_info *info, size_t from)
{
    size_t end = from + 1;

    while (end < info->page_count && info->pages[end].width == info->pages[from].width &&
           info->pages[end].height == info->pages[from].height)
        end++;
    return end;
}
