/* What the files of the structure tree share: tags.c says which element content belongs to,
 * tag_table.c makes tables, tag_run.c finds what in a text has elements of its own, tag_write.c
 * writes the objects. */
#ifndef PDF_TAG_H
#define PDF_TAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/unit.h"
#include "pdf/tags.h"

/* Levels of headings. */
#define TAG_LEVELS 3

/* A child: an element, or with tag NULL an annotation, or else content of a page. */
struct tag_kid {
    struct tag *tag;
    unsigned annotation; /* handle, or 0 */
    unsigned page, content;
    struct tag_kid *next;
};

/* A box to be ticked, as a field of a form on paper says it (ISO 32000-1 §14.8.5.6). */
enum tag_box { TAG_NO_BOX, TAG_BOX_OFF, TAG_BOX_ON };

/* A link of a text. */
struct tag_link {
    bool english; /* all of it is */
    bool whole;   /* English in it has no elements of its own */
    struct tag *tag;
};

/* A stretch of text with an element of its own, English, (a part of) a link or a box: bytes of the
 * source. */
struct tag_run {
    size_t from, to;
    const char *type; /* of the element */
    bool english;
    enum tag_box box;
    struct tag_link *link; /* that it is or is in, or NULL */
    struct tag *tag;       /* its element, once there is one */
};

/* A cell of a table. */
struct tag_cell {
    unsigned row, column, rowspan, colspan;
    const char *scope; /* of a head cell, else NULL */
    unsigned id;       /* of a head cell that others name, else 0 */
    unsigned *headers; /* ids of the head cells of this one; NULL: scope says enough */
    size_t header_count;
};

struct tag_figure {
    struct str alt;
    bool placed;
    mpt left, bottom, right, top; /* on its page, y upwards */
};

struct tag {
    struct tags *tags;
    const char *type;
    struct tag *parent;
    struct tag_kid *first, *last;
    unsigned handle;
    bool english;       /* all of it is */
    bool waits;         /* is no child of its parent yet */
    const char *source; /* of an element with text: where it points */
    struct tag_run *runs;
    uint32_t run_count;
    enum tag_box box;
    const char *numbering; /* of a list */
    struct tag_cell *cell;
    struct tag_figure *figure;
};

/* The elements that content of a page has, by number. */
struct tag_page {
    struct tag **content;
    size_t count, cap;
};

/* A mark of urgency or secrecy that has been content already. */
struct tag_mark {
    struct str text;
    struct tag *tag;
    struct tag_mark *next;
};

enum tag_blocks { TAG_BLOCKS_UNKNOWN, TAG_BLOCKS_NONE, TAG_BLOCKS_SOME };

struct tags {
    struct arena *arena;
    struct tag *root;
    struct tag **of_node;  /* by id of the node; of what has an element of its own */
    unsigned char *blocks; /* by id of the node: enum tag_blocks, whether any stand in it */
    size_t nodes;
    int open[TAG_LEVELS]; /* levels in the template of the headings that what comes lies below */
    size_t open_count;
    const struct node *field; /* the last one that an element was made of */
    struct tag_mark *marks;
    struct tag **texts; /* hash table of the elements with text, by where it points */
    size_t text_count, text_slots;
    struct tag_page *pages;
    size_t page_count;
    struct tag **links; /* by number of the annotation */
    size_t link_count, link_cap;
    struct tag **ids; /* head cells with an id, which is 1 + the index */
    size_t id_count, id_cap;
    const unsigned *page_handles; /* while objects are written */
};

/* A new element, the last child of `parent` unless that is NULL. */
struct tag *tag_new(struct tags *tags, struct tag *parent, const char *type);
void tag_adopt(struct tag *parent, struct tag *child);

/* The place of a node's element. */
struct tag **tag_slot(struct tags *tags, const struct node *node);

/* Makes the rows and cells of a table's element. */
void tag_table(struct tags *tags, const struct node *node, struct tag *table);

/* The runs of an item's source that have elements of their own: links, what is English beside and
 * in them unless all is, and boxes. */
struct tag_run *tag_runs(struct arena *arena, const struct item *item, size_t *count, bool *all);

#endif
