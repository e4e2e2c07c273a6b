/* Text: inline content gathered from nodes, the links in it, and how it is set into lines and
 * paragraphs (inline.c, link.c, set.c, paragraph.c). */
#ifndef LAYOUT_TEXT_H
#define LAYOUT_TEXT_H

#include "layout/block.h"

/* ---- inline.c */

/* Text of a paragraph with its spans (every span's owner is the paragraph's node). */
struct inline_text {
    struct str text;
    struct span *spans;
    size_t span_count;
    const struct para_tab *tabs;
    size_t tab_count;
    struct text_place *places; /* where the text of the nodes was written */
    size_t place_count;
    struct text_link *links;
    size_t link_count;
};

/* Gathers the inline nodes from `first` up to but not including `end` (NULL: all siblings), for a
 * paragraph of `owner` in a class; `width` is that of its lines (a tab without a stop of its class
 * jumps to it). With `trim`, spaces at both ends are dropped (what stands between blocks). The text
 * with its links lives in the layout's arena, all else in its scratch arena. False with
 * LAYOUT_TOO_DEEP, and with LAYOUT_TAB or LAYOUT_TAB_FIELD where a jump has no stop left and no
 * dots to the end of its line; neither comes for a width of UNIT_MAX, which has no end. */
bool inline_collect(struct layout *layout, const struct node *first, const struct node *end,
                    const struct node *owner, const struct style_para *class, mpt width, bool trim,
                    struct inline_text *out);

/* The same for a plain text. */
void inline_plain(struct layout *layout, struct str text, const struct node *owner,
                  const struct style_para *class, struct inline_text *out);

/* ---- link.c: where stretches of text lead, and on which page that stands */

/* Links of a paragraph, ascending; they live in the layout's arena. */
struct link_list {
    struct text_link *link;
    size_t count, cap;
};

/* Finds the elements of the job's document that text may lead to. It is called before anything is
 * set, since memory that is taken on trial is given back. */
void link_start(struct layout *layout);

/* Adds the link that `node`, an <a>, makes of the bytes from..to-1; nothing when it leads nowhere.
 * Links come in ascending order. */
void link_add(struct layout *layout, struct link_list *links, const struct node *node, size_t from,
              size_t to);

/* Adds links for the words of `text` that speak of an element (attribute refer), but where one is
 * already, and inside the element itself; `owner` is the paragraph's node. */
void link_find(struct layout *layout, struct link_list *links, struct str text,
               const struct node *owner);

/* Moves the links of a shaped paragraph into the arena. A found link that is only a part of a Thai
 * word (แผน in แผนก) is left out; places to break lines tell words apart. */
void link_settle(struct arena *arena, struct para *para);

/* Tells all targets where they stand. Page furniture and repeated heads do not count. */
void link_place(const struct layout *layout, struct pages *pages);

/* ---- set.c: from filled lines of a paragraph (text/para.h) to items of strips */

/* Who the items of a line belong to. */
struct set_owner {
    const struct node *node;
    enum role role;
    struct colour colour;
    mpt size; /* nominal, for underlines and leaders */
};

/* Shapes content for the lines that are filled from it at once: what it returns lives in the
 * layout's scratch arena, set_line() copies what is painted. The text itself must live on. NULL
 * with TEXT_NO_GLYPH. */
struct para *set_shape(struct layout *layout, const struct node *node,
                       const struct inline_text *content);

/* Adds the items of one line: its parts, the rules below underlined ones and its dotted leaders;
 * baseline at y, the lines' left edge at x. `number` is that of the line, `end` says that it is
 * the last of its paragraph. */
void set_line(struct layout *layout, const struct para *para, const struct line *line,
              const struct set_owner *owner, mpt x, mpt y, unsigned number, bool end,
              struct strip *strip);

/* Adds a dotted leader on the baseline y from x to `to`, its dots on one grid with those of all
 * other leaders of the measure. Nothing when there is no room for three dots. */
void set_leader(struct layout *layout, const struct node *node, enum role role, mpt x, mpt to,
                mpt y, mpt size, struct strip *strip);

/* ---- signer.c, blank.c: those who sign, and the fields for it */

/* Lists the signatures of the job's document in layout->signers; none when there are more than
 * SIGNERS_MAX. Only where fields are asked for that is told (LAYOUT_SIGNERS), and what they are
 * called is checked: false with LAYOUT_ROLE, LAYOUT_ROLE_TWICE or LAYOUT_CERTIFICATE. */
#define SIGNERS_MAX 200
bool signers_find(struct layout *layout);

/* Who signs at this signature; NULL where there are too many. */
struct signer *signer_of(const struct layout *layout, const struct node *node);

/* A part of a strip or of strips below each other. */
struct area {
    mpt x, y, width, height;
};

/* True when the room for the pen in a measure of this width has room for fields. */
bool blank_fits(const struct layout *layout, mpt width);

/* Adds a field to a strip; `node` is what it is read with. False where the area has no room. */
bool blank_put(struct layout *layout, const struct blank *blank, const struct node *node,
               const struct area *area, struct strip *strip);

/* Adds the fields of one who signs to the strip of the room for the pen: the signature around
 * `center`, name and date left of it, and the opinion, when it has no ruled room, in `beside`: what
 * is free left of name and post. Where these are too narrow all four share the room. */
void blank_signature(struct layout *layout, struct signer *signer, const struct area *room,
                     mpt center, const struct area *beside, struct strip *strip);

/* ---- single lines of text that are no paragraphs: chart labels, page numbers, marks */

struct text_look {
    enum font_face face;
    mpt size; /* nominal */
    struct colour colour;
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

/* ---- paragraph.c: styled text to strips, one a line */

/* p, h1, h2, h3. */
bool paragraph_block(struct layout *layout, const struct node *node, const struct measure *measure,
                     struct strips *out);

/* The inline nodes from `first` up to `end` among the children of `parent`, as a paragraph of it.
 */
bool paragraph_run(struct layout *layout, const struct node *parent, const struct node *first,
                   const struct node *end, const struct measure *measure, struct strips *out);

/* The class of a p, h1 … node, or of the runs of inline nodes in one (of `parent`). */
const struct style_para *paragraph_class(struct layout *layout, const struct node *node,
                                         const struct measure *measure);
const struct style_para *paragraph_run_class(struct layout *layout, const struct node *parent,
                                             const struct measure *measure);

#endif
