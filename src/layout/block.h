/* Blocks: from nodes of the document to strips (strip.h), for a measure of a given width. Which
 * file sets which block: set.c single lines, paragraph.c paragraphs and headings, list.c,
 * head.c, signature.c (and opinions), picture.c, table.c, chart.c; block.c chooses. */
#ifndef LAYOUT_BLOCK_H
#define LAYOUT_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/layout.h"
#include "layout/strip.h"
#include "text/para.h"

struct arena;
struct node;
struct refers;

/* What is handed through all of layout. */
struct layout {
    struct arena *arena;   /* everything that ends up in the page list */
    struct arena *strips;  /* strips and their items, until the pages of their section are full */
    struct arena *scratch; /* taken back by whoever marks it */
    struct diags *diags;
    const struct layout_job *job;
    const struct style *style; /* of the job */
    unsigned next_line;        /* number for the next set line; text items of one line share it */
    size_t ragged_lines, justified_lines;
    unsigned depth;              /* of nested blocks */
    struct buf *lines;           /* where layout_dump_lines() wants its text, or NULL */
    bool over;                   /* MEMORY_BUDGET was reported */
    const struct refers *refers; /* this and the following by link_start() */
    struct target **target_of;   /* by id of the node; NULL: no text leads to it */
    struct target *targets;      /* room for all that there can be */
    size_t target_count;
};

/* Where blocks are set. */
struct measure {
    mpt width;
    mpt paper_left;  /* x of the measure's left edge on the paper; of no meaning in a cell */
    mpt paper_width; /* 0 in a cell */
    mpt paper_top;   /* y of the text area's top on the paper; 0 in a cell */
    mpt page_room;   /* height of an empty page's text area: pictures are made to fit */
    /* class of paragraphs that name none, e.g. "cell"; NULL: the element's own (p, h1, li …) */
    const char *class;
    /* in an item of a list the class of its texts; NULL elsewhere. Goes before `class`. */
    const struct style_para *item;
    int align; /* an enum style_align that replaces the class's for text that names none; or -1 */
    bool whole_words; /* no compound is parted as long as a word fits: heads of tables */
};

/* The plain measure of this width: no cell, no list, classes and alignment of the elements. */
struct measure measure_of(mpt width);

/* Nested deeper than this is LAYOUT_TOO_DEEP. */
#define LAYOUT_DEPTH_MAX 40

/* Appends the strips of one block node. False after a diagnostic. */
bool block_format(struct layout *layout, const struct node *node, const struct measure *measure,
                  struct strips *out);

/* Appends the strips of all children of `parent`: blocks as they are, runs of inline nodes (text,
 * b, checkbox …) as paragraphs that belong to `parent`. For td, th, li, opinion, keep. */
bool block_children(struct layout *layout, const struct node *parent, const struct measure *measure,
                    struct strips *out);

/* The same for the children from `first` up to but not including `end` (NULL: to the last). */
bool block_range(struct layout *layout, const struct node *parent, const struct node *first,
                 const struct node *end, const struct measure *measure, struct strips *out);

/* Widths that content asks for, none narrower than the one before: of its widest part … */
enum need {
    NEED_FEW,   /* when it is broken anywhere, but a few letters in a line at least */
    NEED_PART,  /* at syllables, signs of addresses, and spaces that are held */
    NEED_WORD,  /* at good breaks and inside compounds */
    NEED_WHOLE, /* at good breaks only */
    NEED_LINE,  /* without any line break but those written */
    NEEDS
};

struct widths {
    mpt of[NEEDS];
};

/* Widths that the children of `parent` (a cell) ask for, for columns whose width follows their
 * content. Tables and pictures inside count too. */
bool block_widths(struct layout *layout, const struct node *parent, const struct measure *measure,
                  struct widths *widths);

/* True, with MEMORY_BUDGET reported once, when the arena is over its budget. For loops. */
bool layout_over(struct layout *layout);

/* The class of style.yaml that `name` asks for (pos: where), or with an empty `name` the class
 * `otherwise`. NULL with LAYOUT_CLASS, which names the nearest. */
const struct style_para *layout_class(struct layout *layout, struct str name, struct pos pos,
                                      const char *otherwise);

/* A length (or a sum of such) in centimetres with one decimal, for messages. */
const char *layout_cm(struct layout *layout, int64_t length);

/* The enum style_align of an `align` attribute, or -1 when it is empty. */
int layout_align(struct str name);

/* Names of the paragraph classes that layout itself asks for; every style has them. */
#define CLASS_BODY "p"
#define CLASS_CELL "cell"
#define CLASS_CELL_HEAD "cell-head"
#define CLASS_ITEM "li"
#define CLASS_SIGNATURE "signature"
#define CLASS_OPINION "opinion-title"
#define CLASS_OPINION_TEXT "opinion"
#define CLASS_CHART_TITLE "chart-title"

/* ---- single lines of text that are no paragraphs: chart labels, page numbers, marks */

struct text_look {
    enum font_face face;
    mpt size; /* nominal */
    struct color color;
    enum role role;
    const struct node *node;
};

/* A set single line, at the origin. */
struct set_text {
    const struct item *items;
    size_t count;
    mpt width;
    mpt size; /* drawing size */
};

/* Sets `text` as one line (line breaks and tabs become spaces); its width is then known. False with
 * TEXT_NO_GLYPH. */
bool text_set(struct layout *layout, const struct text_look *look, struct str text,
              struct set_text *out);

/* Adds the line's items to a strip: baseline at y, the line beginning at (STYLE_LEFT), ending at
 * (STYLE_RIGHT) or centred on x. */
void text_put(struct layout *layout, const struct set_text *text, mpt x, mpt y,
              enum style_align align, struct strip *strip);

/* Distance of the baseline from the top of a line of this pitch whose largest nominal size is
 * `size`: the face's ascent and descent are centred in the pitch. */
mpt text_baseline(const struct layout *layout, mpt pitch, mpt size);

/* Adds a rule item: from x, y by width, height (one of them 0), solid. */
struct item *strip_rule(struct arena *arena, struct strip *strip, const struct node *node,
                        enum role role, mpt x, mpt y, mpt width, mpt height, mpt thickness);

/* Paragraph from plain text in a class of the style, as if it were a child of `node`: wrapped
 * chart titles and labels. */
bool block_text(struct layout *layout, const struct node *node, struct str text,
                const struct style_para *class, const struct measure *measure, struct strips *out);

#endif
