/* The page list: what stands where, on which page. Layout makes it, pdf/ and the dump read it.
 * Places are in mpt from the top left corner of the paper, y downwards. Every item carries its
 * role and the node of the document it belongs to, so that tagging needs nothing more. */
#ifndef LAYOUT_PAGE_H
#define LAYOUT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/unit.h"
#include "doc/node.h"
#include "doc/style.h"
#include "image/image.h"
#include "image/qr.h"
#include "text/font.h"
#include "text/shape.h"

enum item_kind {
    ITEM_TEXT,  /* a part of a line in one font and size */
    ITEM_RULE,  /* a straight line */
    ITEM_BOX,   /* a filled rectangle */
    ITEM_IMAGE, /* a raster picture */
    ITEM_PATHS, /* a drawing (the emblem); the same one may stand on several pages */
    ITEM_FIELD, /* a place that is filled when somebody signs; nothing is painted there */
    ITEM_QR     /* a QR code: dark modules, without the white around it */
};

/* What an item is to a reader. All but the first four and the last are artifacts in PDF/UA; marks
 * are content where they stand first. */
enum role {
    ROLE_CONTENT, /* of its node */
    ROLE_MARKER,  /* marker of a list item */
    ROLE_FIGURE,  /* part of a picture or chart */
    ROLE_EMBLEM,  /* of its head */
    ROLE_RULE,    /* rules of tables and room for the pen */
    ROLE_LEADER,  /* dotted leaders */
    ROLE_PAGE_NUMBER,
    ROLE_CONTINUATION, /* continuation words at the foot */
    ROLE_REPEATED,     /* repeated table heads, (ต่อ) */
    ROLE_MARK,         /* urgency and secrecy marks */
    ROLE_STAMP,        /* ร่าง */
    ROLE_CODE /* of the report, as a QR code and in print (pen.h): content of its section */
};

/* An element of the document that text leads to: where on which page what stands first of it. */
struct target {
    const struct node *node;
    bool placed; /* false: nothing of it is printed */
    size_t page; /* from 0 */
    mpt top;     /* of the highest of its items on that page */
};

/* Where a stretch of text leads: to an element, or to an address. */
struct link {
    struct target *target; /* or NULL: */
    struct str address;    /* as written: "https://…", "mailto:…" */
    bool found;            /* not asked for by the template, but found in the text (refer) */
};

/* The text of a paragraph, for all its items. */
struct item_text {
    struct str text; /* that clusters point into */
    const struct text_link *links;
    size_t link_count;
};

/* Somebody who is to sign. */
struct signer {
    const struct node *node; /* the signature */
    struct str role;         /* "preparer", "opinion-1" …: what the fields are called after */
    struct str title;        /* of the opinion that the signature stands in, or empty */
    struct str name, position, acting, acting_for;
    struct str certificate; /* SHA-256 of the one to sign with, or empty */
    bool ruled;             /* the opinion has ruled room */
    bool placed;            /* the pages have fields for it */
};

enum blank_part {
    BLANK_OPINION,
    BLANK_NAME,
    BLANK_DATE,
    BLANK_SIGNATURE,
    BLANK_MEMO_NUMBER, /* of the head, as the next one is: nobody's own */
    BLANK_MEMO_DATE
};

/* What a field is for, and how text is to stand in it: the first baseline is where that of a line
 * of height `pitch` at the top of the field would be. */
struct blank {
    enum blank_part part;
    const struct signer *signer; /* NULL for those of the head */
    mpt size, pitch;             /* what letters are drawn in; from baseline to baseline */
    bool centred;
};

/* A QR code with what it says, and that in words for who cannot see it. */
struct qr_text {
    const struct qr *qr; /* NULL: not known yet */
    struct str text, alt;
};

/* What the field is called in full: "preparer.opinion", "memo_number". */
void blank_name(const struct blank *blank, struct buf *out);

struct item {
    enum item_kind kind;
    enum role role;
    const struct node *node; /* never NULL */
    unsigned row;            /* in a table: 1 + index of the row in its node, else 0 */
    struct colour colour;
    mpt x, y;          /* text: start of the baseline; else the top left corner */
    mpt width, height; /* rule: x, y to x + width, y + height */
    union {
        struct {
            const struct item_text *whole;
            const struct cluster *clusters;
            uint32_t count;
            unsigned line; /* parts with the same number are one line; never 0 */
            mpt cluster_gap, space_gap;
            bool underline; /* its rule is an item of its own (ROLE_RULE) after it */
            bool line_end;  /* last part of its line */
            bool para_end;  /* last line of its paragraph */
            short turn;     /* degrees counter-clockwise, for the stamp; else 0 */
        } text;
        struct {
            mpt thickness; /* of the line; of a dotted one the diameter of its round dots */
            mpt dot_pitch; /* dotted: from dot to dot; the first dot's centre is at x */
            bool dotted;
        } rule;
        const struct image *image;
        const struct drawing *drawing;
        const struct blank *blank;
        const struct qr_text *qr;
    } as;
};

struct page {
    mpt width, height;
    mpt left, bottom;        /* margins */
    const struct node *node; /* of its section, or of the memo outside of any */
    unsigned section;        /* from 1 */
    int number;              /* as counted in its section's numbering */
    struct str folio;        /* the number in its section's digits, whether it is written or not */
    struct str label;        /* as written on the page; empty when none is */
    struct str name;    /* what to ask a viewer for: the label without dashes around it, also of a
                         * first page that does not show its own; empty in a section without */
    struct item *items; /* in painting order, which is reading order */
    size_t count;
    size_t cap;
    size_t likely; /* how many: about as many as on the page before; 0: not known */
};

struct pages {
    struct page *page;
    size_t count;
    size_t cap;
    size_t ragged_lines, justified_lines;
    struct target **targets; /* those that are placed, by page */
    size_t target_count, target_cap;
    const struct signer *signers; /* in the order of the document; none where nobody asks for
                                     fields */
    size_t signer_count;
    bool with_fields; /* these were asked for; else those among the items only tell where there is
                       * room for a pen */
    unsigned lines;   /* the highest number of a line */
};

/* Adds a page, and an item to the last page. Memory comes from the arena. */
struct page *pages_add(struct arena *arena, struct pages *pages);
struct item *page_add(struct arena *arena, struct page *page);

/* Writes the list as text for `dump --stage=pages`: a page line, then an item a line; lengths in
 * pt with three decimals, text as it is set, one line of the page per line. After the page line
 * stand the targets of links on it with their tops; after a text the links in it, each with as much
 * of its text as stands there, and where it leads: -> "text" node#12, -> "text" "https://…";
 * repeated heads have none. A field tells its name, the size and the pitch of its text, and how
 * that stands in it, a QR code its text. */
void pages_dump(const struct pages *pages, struct buf *out);

/* The part of it that is about the page with this index. */
void page_dump(const struct pages *pages, size_t index, struct buf *out);

/* That part is what page_dump_head() writes, and for a page of these pages or one in its place the
 * items from the one with index `from` on, where a line begins. */
void page_dump_head(const struct pages *pages, size_t index, struct buf *out);
void page_dump_items(const struct pages *pages, const struct page *page, size_t from,
                     struct buf *out);

#endif
