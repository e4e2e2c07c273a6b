/* Pieces of making the document tree. For files of this room only. */
#ifndef TMPL_DOCUMENT_H
#define TMPL_DOCUMENT_H

#include "doc/node.h"

struct arena;
struct value;

/* Adds a text to `parent`; line ends become br. */
void document_text(struct arena *arena, struct node *parent, struct str text, unsigned flags,
                   struct pos pos);

/* Adds the entries of a text field (or a single text) as p and as nested ul and ol, each item
 * with its own marker. `class` is that of the paragraphs, or empty. */
void document_entries(struct arena *arena, struct node *parent, const struct value *value,
                      struct str class, struct pos pos);

/* Settles the white space of the whole tree: SOFT_SPACE becomes a space, or nothing at the start
 * and end of a line or block and beside another one; text between blocks goes. */
void document_settle_space(struct arena *arena, struct node *root);

#endif
