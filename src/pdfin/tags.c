/* The structure tree: how many elements of which type. */
#include <stdint.h>

#include "base/arena.h"
#include "pdfin/inner.h"

#define SLOTS (2 * PDFIN_TAGS_MAX) /* a power of two */

struct walk {
    struct pdfin *pdf;
    struct seen *elements;
    size_t cap;
    unsigned short slots[SLOTS]; /* by hash: places in info.tags, from 1; 0 is free */
};

/* FNV-1a */
static size_t
hash_of(struct str text)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 16777619u;
    return hash;
}

/* The slot of a type, or the free one where it would go. */
static unsigned short *
slot_of(struct walk *walk, struct str type)
{
    size_t at = hash_of(type) & (SLOTS - 1);

    while (walk->slots[at] != 0 && !str_eq(walk->pdf->info.tags[walk->slots[at] - 1].type, type))
        at = (at + 1) & (SLOTS - 1);
    return &walk->slots[at];
}

static bool
count_element(struct walk *walk, struct str type)
{
    struct pdfin *pdf = walk->pdf;
    struct pdfin_info *info = &pdf->info;
    unsigned short *slot = slot_of(walk, type);

    info->element_count++;
    if (*slot != 0) {
        info->tags[*slot - 1].count++;
        return true;
    }
    if (info->tag_count == PDFIN_TAGS_MAX)
        return pdfin_fail(pdf, DIAG_PDFIN_TOO_MUCH,
                          diag_both(pdf->diags, "types of elements", "ชนิดของแท็ก"),
                          diag_printf(pdf->diags, "%d", PDFIN_TAGS_MAX));
    *ARENA_ADD(pdf->arena, info->tags, info->tag_count, walk->cap, 16) =
        (struct pdfin_tag){str_dup(pdf->arena, type), 1};
    *slot = (unsigned short)info->tag_count;
    return true;
}

/* The type without a copy for each of a million elements; what an indirect object says is kept. */
static bool
count_type(struct walk *walk, qpdf_oh element)
{
    struct pdfin *pdf = walk->pdf;
    qpdf_oh name = pdfin_get(pdf, element, "/S");
    bool is_direct = qpdf_oh_get_object_id(pdf->qpdf, name) <= 0;
    struct arena_mark mark = arena_mark(pdf->arena);
    size_t known = pdf->info.tag_count;
    bool good = count_element(walk, pdfin_text_of(pdf, name));

    if (is_direct && known == pdf->info.tag_count)
        arena_reset(pdf->arena, mark);
    pdfin_drop(pdf, name);
    return good;
}

static bool walk_kids(struct walk *walk, qpdf_oh kids, size_t depth);

/* Numbers, references to marked content (MCR) and to objects (OBJR) are no elements. */
static bool
walk_element(struct walk *walk, qpdf_oh element, size_t depth)
{
    struct pdfin *pdf = walk->pdf;

    if (!pdfin_step(pdf))
        return false;
    if (!pdfin_is_dict(pdf, element) || !pdfin_has(pdf, element, "/S"))
        return true;
    if (depth > PDFIN_DEPTH_MAX || !seen_first(pdf, walk->elements, element))
        return pdfin_fail(pdf, DIAG_PDFIN_LOOP, diag_both(pdf->diags, "tags", "แท็ก"), NULL);
    if (!count_type(walk, element))
        return false;
    qpdf_oh kids = pdfin_get(pdf, element, "/K");
    bool good = walk_kids(walk, kids, depth + 1);
    pdfin_drop(pdf, kids);
    return good;
}

static bool
walk_kids(struct walk *walk, qpdf_oh kids, size_t depth)
{
    size_t count = pdfin_count(walk->pdf, kids);
    bool good = true;

    if (!pdfin_is_array(walk->pdf, kids))
        return walk_element(walk, kids, depth);
    for (size_t i = 0; i < count && good; i++) {
        qpdf_oh kid = pdfin_item(walk->pdf, kids, i);
        good = walk_element(walk, kid, depth);
        pdfin_drop(walk->pdf, kid);
    }
    return good;
}

bool
pdfin_tags(struct pdfin *pdf, qpdf_oh root)
{
    struct walk walk = {.pdf = pdf, .elements = seen_new(pdf->arena)};
    qpdf_oh tree = pdfin_get(pdf, root, "/StructTreeRoot");
    bool good = true;

    pdf->info.has_structure = pdfin_is_dict(pdf, tree);
    if (pdf->info.has_structure) {
        qpdf_oh kids = pdfin_get(pdf, tree, "/K");
        good = walk_kids(&walk, kids, 0);
        pdfin_drop(pdf, kids);
    }
    pdfin_drop(pdf, tree);
    return good;
}
