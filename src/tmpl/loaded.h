/* A loaded template. For files of this room only. */
#ifndef TMPL_LOADED_H
#define TMPL_LOADED_H

#include "tmpl/tree.h"

struct schema;
struct value;

struct tmpl {
    const struct schema *schema;
    const struct tnode *root;
    struct used used;
};

/* Adds TMPL_UNUSED for each datum that the template does not refer to. */
void unused_tell(struct diags *diags, const struct tmpl *tmpl, const struct value *data);

#endif
