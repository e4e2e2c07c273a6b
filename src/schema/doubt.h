/* How sure a rubric is of its entries, and which of them people compared with the publication: what
 * the words `certainty`, `source`, `compared` and `about` of the schema say of its fields. */
#ifndef SCHEMA_DOUBT_H
#define SCHEMA_DOUBT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct schema;
struct value;

/* An entry of a list, or a field that another one is `about`. */
struct doubt {
    struct pos pos;
    struct str list;      /* the field's name */
    struct str code;      /* what tells the entry from the others; empty where it has no code */
    struct str name;      /* its first other required text, or the field's value */
    struct str certainty; /* the most doubtful that is said of it; empty when none is */
    size_t rank;          /* of the certainty among its choices; behind all when none is said */
    struct str source;    /* that of this certainty */
    bool is_compared;     /* people say so */
    bool is_open;         /* they say that they did not, or that something is doubtful */
};

struct doubts {
    struct doubt *items;
    size_t count;
    size_t compared; /* of them */
};

/* The entries of a typed rubric for which the schema can say it, the most doubtful first; those of
 * one source stand together. */
struct doubts doubts_of(struct arena *arena, const struct schema *schema,
                        const struct value *rubric);

#endif
