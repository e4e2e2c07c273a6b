/* The document tree: elements, attributes and text leaves. Templates with data make it, layout
 * reads it. It is generic on purpose: element.def says which elements there are, where each may
 * stand and which attributes it takes, for the template checker and for layout alike. */
#ifndef DOC_NODE_H
#define DOC_NODE_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

enum element {
#define E(name, group, content, help) ELEMENT_##name,
#include "doc/element.def"
#undef E
    ELEMENT_COUNT
};

/* Where an element may stand and what it may hold; sets of groups. */
enum element_group {
    GROUP_ROOT = 1 << 0,
    GROUP_SECTION = 1 << 1,
    GROUP_BLOCK = 1 << 2,  /* p, table, ul, signature … */
    GROUP_INLINE = 1 << 3, /* text, b, checkbox … */
    GROUP_FIELD = 1 << 4,  /* fields of a memo's head */
    GROUP_ITEM = 1 << 5,   /* li */
    GROUP_ROWS = 1 << 6,   /* thead, tbody */
    GROUP_ROW = 1 << 7,    /* tr */
    GROUP_CELL = 1 << 8,   /* th, td */
    GROUP_BAR = 1 << 9,    /* bar of a chart */
    GROUP_EMPTY = 0
};

enum attribute_type {
    ATTRIBUTE_TEXT,
    ATTRIBUTE_LENGTH, /* "2.5cm" */
    ATTRIBUTE_COUNT,  /* 1 … 1000 */
    ATTRIBUTE_DECIMAL,
    ATTRIBUTE_CHOICE /* one of the words in `choices`, separated by blanks */
};

enum attribute {
#define A(element, name, written, type, choices, help) ATTRIBUTE_##element##_##name,
#include "doc/element.def"
#undef A
    ATTRIBUTE_COUNT_OF_ALL
};

struct attribute_info {
    enum element element;
    const char *name; /* as written in templates: with "-" where the code has "_" */
    enum attribute_type type;
    const char *choices;
    const char *help;
};

struct element_info {
    const char *name;
    unsigned group;   /* the groups it belongs to */
    unsigned content; /* the groups it may hold */
    const char *help;
};

const struct element_info *element_info(enum element element);
const struct attribute_info *attribute_info(enum attribute attribute);

/* Finds by name as written in templates; false when there is none. */
bool element_find(struct str name, enum element *out);
bool attribute_find(enum element element, struct str name, enum attribute *out);

/* The known name nearest to a wrong one, or NULL when none is near. */
const char *element_nearest(struct str name);
const char *attribute_nearest(enum element element, struct str name);

/* True when `value` is one that an attribute of this type may have; the empty text always is (it
 * counts as absent). */
bool attribute_accepts(enum attribute attribute, struct str value);

/* What such a value looks like, for messages: "2.5cm 16pt", or the choices. */
const char *attribute_form(enum attribute attribute);

/* UTF-16 code units of a text that PDF/A lets through beside the pages: a title, an alternative
 * (ISO 19005-3 §6.1.13: strings have at most 32,767 bytes, two of them the byte order mark). */
#define NODE_TEXT_UNITS_MAX 16382

enum node_kind { NODE_ELEMENT, NODE_TEXT };

enum node_flag {
    NODE_KEEP_TOGETHER = 1 /* text that a line may break only as a last resort (names, dates) */
};

struct node_attribute {
    enum attribute name;
    struct str value;
    struct pos pos;
    struct node_attribute *next;
};

struct node {
    enum node_kind kind;
    enum element element; /* NODE_ELEMENT */
    unsigned flags;
    unsigned id;     /* 1 for the root, then in the order of the document */
    struct pos pos;  /* in the template; for data, in the data file */
    struct str text; /* NODE_TEXT */
    struct node_attribute *attributes;
    struct node *parent;
    struct node *first;
    struct node *last;
    struct node *next;
};

struct node *node_element(struct arena *arena, enum element element, struct pos pos);
struct node *node_text(struct arena *arena, struct str text, unsigned flags, struct pos pos);
void node_append(struct node *parent, struct node *child);
void node_set(struct arena *arena, struct node *node, enum attribute name, struct str value,
              struct pos pos);

/* True for an element of this kind. */
bool node_is_a(const struct node *node, enum element element);

/* True for text, and for elements that are a part of a line. */
bool node_is_inline(const struct node *node);

/* True when `root` or something in it is such an element. */
bool node_holds(const struct node *root, enum element element);

/* The node after `node` in document order inside `root`, or NULL after the last one. */
const struct node *node_after(const struct node *node, const struct node *root);

/* The value of an attribute, or an empty text when it is absent. */
struct str node_get(const struct node *node, enum attribute name);
const struct node_attribute *node_find(const struct node *node, enum attribute name);

/* True when the attribute is "yes". */
bool node_is(const struct node *node, enum attribute name);

/* Number of an ATTRIBUTE_COUNT, or `otherwise` when it is absent. */
int node_count(const struct node *node, enum attribute name, int otherwise);

/* Gives every node its id, root first, in document order. */
void node_number(struct node *root);

/* Checks attribute values against their types (after data went in), that none is missing which
 * an element cannot do without, and where elements and text stand. False with
 * DOC_ATTRIBUTE_VALUE, DOC_ATTRIBUTE_LONG, DOC_ATTRIBUTE_MISSING or DOC_MISPLACED. */
bool node_check(struct diags *diags, const struct node *root);

/* Writes the tree, a node per line, for `dump --stage=document`: an element with its attributes,
 * or a text in quotation marks (\n, \t, \" and \\ escaped), children indented by two spaces. A
 * text that is to be kept together is marked with "~". */
void node_dump(const struct node *root, struct buf *out);

#endif
