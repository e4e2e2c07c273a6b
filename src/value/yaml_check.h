/* What YAML changes without a word, found by looking at the text of the file. For files of this
 * room only. */
#ifndef VALUE_YAML_CHECK_H
#define VALUE_YAML_CHECK_H

#include "value/yaml_source.h"

/* Bytes of the file. */
struct yaml_span {
    size_t start;
    size_t end;
};

/* A scalar as libyaml found it. */
struct yaml_scalar {
    struct yaml_span span;
    struct pos pos;
    yaml_scalar_style_t style;
    bool in_flow;
    bool has_key; /* it is the value of a field */
    struct str key;
    struct yaml_span key_span;
    struct pos key_pos;
    const struct value *before; /* the field before it */
};

/* Adds YAML_HASH, YAML_FOLD, YAML_FOLD_LIST, YAML_QUOTE_OPEN or YAML_FLOW_KEY, one at most. */
void yaml_check_scalar(struct yaml_source *source, const struct yaml_scalar *scalar);

/* Tells of a no-break space and its like before a field's name, and of all others of the file;
 * reading ends with it. */
void yaml_check_key(struct yaml_source *source, struct yaml_span span, struct pos pos);

/* The value that begins at the span, to the end of its line, rewritten with `|`. */
const char *yaml_show_value(struct yaml_source *source, struct yaml_span span);

#endif
