/* Blocks: from nodes of the document to strips, for a measure of a given width. Which
 * file sets which block: set.c single lines, paragraph.c paragraphs and headings, list.c,
 * head.c, signature.c (and opinions), picture.c, qr.c, table.c, chart.c; block.c chooses. */
#ifndef LAYOUT_BLOCK_H
#define LAYOUT_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "layout/layout.h"
#include "text/para.h"

struct arena;
struct node;
struct refers;
struct layout;

/* ---- strip.c */

/* Strips: what every block is set into before pages are filled. A strip is a horizontal band that
 * is never parted unless it says how (`split`): a line of text, a row of a table, a picture, room
 * for the pen. Blocks give strips, the flow (flow.h) fills pages with them. The content
 * of a table cell is strips too, so lists and check boxes in cells need nothing of their own.
 *
 * Items of a strip are placed from the strip's own top left corner, which is the left edge of the
 * measure it was set for; text items carry their baseline as everywhere (page.h). */
struct strips;

/* How strongly a strip holds on to the next one when a page ends. A weak hold gives way when what
 * is held together is taller than a page; a strong one (widows, orphans, headings) only when that
 * is still too tall. */
enum keep { KEEP_NONE, KEEP_WEAK, KEEP_STRONG };

struct strip {
    mpt before; /* space above, dropped at the top of a page; of it and of the `after` */
    mpt after;  /* of the strip above the larger one counts */
    mpt height;
    mpt rise;  /* how far it may reach above the text area when it is first on a page (the head) */
    mpt shift; /* added to x of items, foot and repeated heads when placed: lists, signatures */
    enum keep keep;
    bool new_page; /* a page ends before this strip */
    struct item *items;
    size_t count, cap;
    /* painted only when the page ends after this strip: a table's closing rule */
    struct item *foot;
    size_t foot_count, foot_cap;
    /* when this strip comes first on a page, these are set above it (heads of tables), or NULL;
     * their items carry ROLE_REPEATED already */
    const struct strips *repeat;
    /* the text it begins with and what follows that in its paragraph, for continuation words;
     * empty when it is no running text */
    struct str lead;
    /* Parts the strip: `upper` gets what fits into `room`, `rest` what follows on the next page
     * (with its own split when it may be parted again; the flow carries `shift` over to both).
     * Returns false when it had better go to the next page as a whole; with `force` set (the strip
     * stands first on its page) it must part if there is any way, however ugly. Both must be lower
     * than the strip itself. NULL: never. */
    bool (*split)(struct layout *layout, const struct strip *strip, mpt room, bool force,
                  struct strip *upper, struct strip *rest);
    const void *split_data;  /* for split() alone */
    const struct node *node; /* the block it comes from, for messages */
};

/* A sequence of strips, from top to bottom. */
struct strips {
    struct strip *strip;
    size_t count, cap;
};

/* Appends a zeroed strip. The pointer is valid until the next call. */
struct strip *strips_add(struct arena *arena, struct strips *strips);

/* Appends a zeroed item to the strip, or to its foot. Valid until the next call. */
struct item *strip_item(struct arena *arena, struct strip *strip);
struct item *strip_foot(struct arena *arena, struct strip *strip);

/* Appends all items of `from` to `strip`, moved by dx, dy and the shift of `from`. */
void strip_take(struct arena *arena, struct strip *strip, const struct strip *from, mpt dx, mpt dy);

/* Space between two strips that follow each other on a page; `above` may be NULL (top: 0). */
mpt strip_gap(const struct strip *above, const struct strip *below);

/* Height of strips from..to-1 set below each other, without the space above the first; at most
 * STRIPS_HEIGHT_MAX, which no page is as high as. */
#define STRIPS_HEIGHT_MAX ((mpt)1000000000)
mpt strips_height(const struct strips *strips, size_t from, size_t to);

/* Sets `keep` on all strips from `from` on but the last, where it is stronger than theirs. */
void strips_keep(struct strips *strips, size_t from, enum keep keep);

/* ---- all of layout */

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
    unsigned depth;         /* of nested blocks */
    struct buf *lines;      /* where layout_dump_lines() wants its text, or NULL */
    bool over;              /* MEMORY_BUDGET was reported */
    struct signer *signers; /* of the document */
    size_t signer_count;
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
    const struct style_para *class;
    /* in an item of a list the class of its texts; NULL elsewhere. Goes before `class`. */
    const struct style_para *item;
    int align; /* an enum style_align that replaces the class's for text that names none; or -1 */
    bool whole_words; /* no compound is parted as long as a word fits: heads of tables */
};

/* The plain measure of this width: no cell, no list, classes and alignment of the elements. */
struct measure measure_of(mpt width);

/* Nested deeper than this is LAYOUT_TOO_DEEP. */
#define LAYOUT_DEPTH_MAX 40

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

/* ---- list.c */

/* Appends the strips of a list: hanging items with their markers, nested lists further in. */
bool list_format(struct layout *layout, const struct node *node, const struct measure *measure,
                 struct strips *out);

/* How far the texts of the list's items stand from its left edge. False with TEXT_NO_GLYPH. */
bool list_indent(struct layout *layout, const struct node *node, const struct measure *measure,
                 mpt *indent);

/* The marker of item `index` (from 0) in a list whose first one is marked `pattern`: "3." and 2
 * give "5.", "(ก)" and 1 give "(ข)", "-" stays. The last number or Thai letter in it counts.
 * Letters go ก ข ค ง … ฮ without the obsolete ฃ and ฅ, then กก กข. */
struct str list_marker(struct arena *arena, struct str pattern, size_t index);

/* ---- picture.c */

/* Appends the strip of a picture: its width and height as given, else by the file's resolution,
 * made smaller in proportion when it does not fit the measure or a page. False after a diagnostic
 * of the reader. */
bool picture_format(struct layout *layout, const struct node *node, const struct measure *measure,
                    struct strips *out);

/* The width it has when there is room. */
bool picture_width(struct layout *layout, const struct node *node, mpt *width);

/* ---- qr.c */

/* Appends the strip of a QR code with the white above and below it, and nothing for an empty text.
 * It is made larger, with LAYOUT_QR_SMALL, where its modules would be too small, and smaller where
 * there is no room. False with LAYOUT_QR_LONG or LAYOUT_QR_ROOM. */
bool qr_format(struct layout *layout, const struct node *node, const struct measure *measure,
               struct strips *out);

/* The width that it and the white around it have when there is room. */
bool qr_width(struct layout *layout, const struct node *node, mpt *width);

/* ---- chart.c */

/* Appends the strip of a chart (one, never parted; the title is in it): bars as ITEM_BOX, axis and
 * grid as ITEM_RULE, all ROLE_FIGURE; title, labels and values as text with ROLE_FIGURE. Every item
 * carries the chart's node (labels and values that of their bar). Fits the measure's width and
 * page_room. False after a diagnostic: LAYOUT_CHART_VALUE (below 0, above max, no number). */
bool chart_format(struct layout *layout, const struct node *chart, const struct measure *measure,
                  struct strips *out);

/* ---- signature.c: signatures, and the opinions of the superiors that end in one */

/* Appends room for the pen, (name), post and acting post, centred where the style says (in a
 * landscape section at the same share of the paper's width), never beyond the measure. What
 * stands before it in `out` holds on to it, so that it is not alone on its page. */
bool signature_format(struct layout *layout, const struct node *node, const struct measure *measure,
                      struct strips *out);

/* Appends title, text or else dotted lines to write on, and signature, all held together. */
bool opinion_format(struct layout *layout, const struct node *node, const struct measure *measure,
                    struct strips *out);

/* ---- table.c */

/* Appends the strips of a table. One strip is one row, or the rows that a rowspan ties together:
 * - the head rows are one strip (kept with the first body row, KEEP_STRONG); every later strip has
 *   `repeat` = the same head with ROLE_REPEATED, below the words of `continued` where asked for;
 * - a row that may run over a page end has `split`: the cells are parted between their strips
 *   (honouring KEEP_STRONG between these where it can), rules are drawn for both parts. It refuses
 *   (unless forced) to leave or carry over less than two lines of a cell that has more;
 * - tr keep-with-next is KEEP_STRONG;
 * - each strip paints its left, right and inner rules and the rule above it; the one below it is in
 *   `foot`, and in `items` for the last row, so that rules join and none is painted twice;
 * - items of cells carry `row` = 1 + index of the row in the table, and the td/th as node, or the
 *   block inside it.
 * The items of cells come in reading order: cell by cell, line by line.
 * The widths of columns come from the `columns` attribute ("2cm 1* auto", measured on the measure's
 * width; a table without it shares the width by content); the table is centred when narrower.
 * space before and after come from its class (style_find_table, default "table").
 * False after a diagnostic: LAYOUT_TABLE_TOO_WIDE, LAYOUT_TABLE_COLUMNS (the attribute does not fit
 * the rows), LAYOUT_CLASS …, or those of the cells. */
bool table_format(struct layout *layout, const struct node *table, const struct measure *measure,
                  struct strips *out);

/* For block_widths(): what the whole table asks for, rules included. */
bool table_widths(struct layout *layout, const struct node *table, const struct measure *measure,
                  struct widths *widths);

/* ---- head.c: the head of a memo (form 29 of the regulation on clerical work) */

/* Appends emblem (or its blank box), title, urgency mark and the fields inside. */
bool head_format(struct layout *layout, const struct node *node, const struct measure *measure,
                 struct strips *out);

/* Appends a field with those after it that stand beside it. False with LAYOUT_FIELD_TOO_WIDE … */
bool field_format(struct layout *layout, const struct node *node, const struct measure *measure,
                  struct strips *out);

/* The node after a field and those that stand beside it. */
const struct node *field_after(const struct node *node);

/* How marks of urgency and secrecy look. */
struct text_look head_mark_look(const struct layout *layout, const struct node *node);

/* Adds a mark of urgency beside the emblem to a strip (or page) that begins at the paper's upper
 * edge: in the middle between `from` and `to`, or beginning at `from` where that is too narrow (red
 * over black it is still read). An empty text adds nothing. False with TEXT_NO_GLYPH. */
bool head_urgency(struct layout *layout, const struct node *node, struct str text, mpt from, mpt to,
                  struct strip *strip);

#endif
