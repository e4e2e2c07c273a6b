/* Paragraphs: styled text to strips, one a line. */
#ifndef LAYOUT_PARAGRAPH_H
#define LAYOUT_PARAGRAPH_H

#include "layout/block.h"
#include "layout/inline.h"

struct paragraph {
    const struct node *node;
    const struct style_para *class;
    const struct inline_text *content;
    int align; /* an enum style_align that replaces that of the class, or -1 */
    enum role role;
    bool keep_with_next; /* as the class's */
    bool whole_words;    /* as the measure's */
};

/* Appends a strip for each line; nothing for an empty text. Widows and orphans are held together,
 * and all lines of a class that keeps with what follows. False with TEXT_NO_GLYPH,
 * LAYOUT_WORD_TOO_WIDE or MEMORY_BUDGET. */
bool paragraph_format(struct layout *layout, const struct paragraph *paragraph,
                      const struct measure *measure, struct strips *out);

/* p, h1, h2, h3. */
bool paragraph_block(struct layout *layout, const struct node *node, const struct measure *measure,
                     struct strips *out);

/* The inline nodes from `first` up to `end` among the children of `parent`, as a paragraph of it.
 */
bool paragraph_run(struct layout *layout, const struct node *parent, const struct node *first,
                   const struct node *end, const struct measure *measure, struct strips *out);

/* The class of a p, h1 … node, or of the runs of inline nodes in one (of `parent`). */
const struct style_para *paragraph_class(struct layout *layout, const struct node *node,
                                         const struct measure *measure);
const struct style_para *paragraph_run_class(struct layout *layout, const struct node *parent,
                                             const struct measure *measure);

#endif
