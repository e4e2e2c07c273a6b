/* A value tree as YAML that value_read_yaml() reads back as the same tree, but for line ends at the
 * end of texts, which it drops. */
#ifndef VALUE_WRITE_H
#define VALUE_WRITE_H

#include "base/str.h"

struct value;

/* `root` is an untyped tree, as readers give it. Long texts and those that YAML would take for
 * something else are written as blocks, the rest plain. */
void value_write_yaml(const struct value *root, struct buf *out);

#endif
