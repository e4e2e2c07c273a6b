/* From parsed files to the one tree that is evaluated. For files of this room only. */
#ifndef TMPL_RESOLVE_H
#define TMPL_RESOLVE_H

#include "tmpl/tmpl.h"
#include "tmpl/tree.h"

/* Puts partials, bases and blocks in their places, resolves names and checks where elements and
 * values stand. Returns the tree's root, a TNODE_ELEMENT of memo, or NULL with diagnostics. */
struct tnode *resolve(struct check *check, tmpl_source *source, void *context,
                      const struct tnode *parsed);

/* Reads a file as it is on disk into a parsed tree. NULL with diagnostics. */
struct tnode *resolve_parse(struct arena *arena, struct diags *diags, const char *file,
                            struct str bytes);

#endif
