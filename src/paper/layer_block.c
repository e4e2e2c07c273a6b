/* Which paragraph a sequence of marked content is a part of, as the report's structure tree has it
 * (ISO 32000-1 §14.7.4.4). */
#include "paper/layer.h"
#include "pdfin/cos.h"

/* Levels of a tree of numbers, and elements within a paragraph. */
#define DEPTH_MAX 32

/* The value of a number in a tree (§7.9.7). */
static const struct cos *
find(struct revisions *r, const struct cos *node, long long number, size_t depth)
{
    const struct cos *numbers = cos_at(r, 0, node, "Nums"), *kids = cos_at(r, 0, node, "Kids");

    for (size_t i = 0; numbers->type == COS_ARRAY && i + 1 < numbers->count; i += 2) {
        const struct cos *key = &numbers->items[i];
        if (key->type == COS_INTEGER && key->integer == number)
            return cos_resolve(r, 0, &numbers->items[i + 1]);
    }
    for (size_t i = 0; depth < DEPTH_MAX && kids->type == COS_ARRAY && i < kids->count; i++) {
        const struct cos *kid = cos_resolve(r, 0, &kids->items[i]);
        const struct cos *limits = cos_at(r, 0, kid, "Limits");
        if (limits->type != COS_ARRAY || limits->count != 2 ||
            cos_real(&limits->items[0]) > (double)number ||
            cos_real(&limits->items[1]) < (double)number)
            continue;
        return find(r, kid, number, depth + 1);
    }
    return &cos_null;
}

const struct cos *
layer_parents(struct revisions *r, const struct cos *page)
{
    const struct cos *tree = cos_at(r, 0, revisions_root(r, 0), "StructTreeRoot");
    const struct cos *number = cos_at(r, 0, page, "StructParents");

    return number->type == COS_INTEGER
               ? find(r, cos_at(r, 0, tree, "ParentTree"), number->integer, 0)
               : &cos_null;
}

/* Elements that are parts of a sentence. */
static bool
is_inline(const struct cos *type)
{
    static const char *const names[] = {"Span",  "Link",     "LBody", "Lbl",  "Reference", "Quote",
                                        "Annot", "BibEntry", "Form",  "Code", "Formula"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (cos_is_name(type, names[i]))
            return true;
    }
    return false;
}

struct layer_block
layer_block_of(struct revisions *r, const struct cos *parents, long long mark)
{
    struct layer_block block = {0};
    const struct cos *ref = parents->type == COS_ARRAY && mark >= 0 && (size_t)mark < parents->count
                                ? &parents->items[mark]
                                : &cos_null;

    for (size_t depth = 0; depth < DEPTH_MAX; depth++) {
        const struct cos *element = cos_resolve(r, 0, ref);
        const struct cos *type = cos_at(r, 0, element, "S");
        if (type->type != COS_NAME)
            break;
        block.element = cos_number(ref);
        block.is_figure = cos_is_name(type, "Figure");
        const struct cos *alt = cos_at(r, 0, element, "Alt");
        block.alt = alt->type == COS_STRING ? alt->text : STR("");
        if (cos_is_name(type, "Lbl"))
            block.label = block.element;
        if (!is_inline(type))
            break;
        ref = cos_get(element, "P");
    }
    return block;
}
