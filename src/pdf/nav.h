/* Finding one's way in the file: places, bookmarks (ISO 32000-1 §12.3.3), page labels (§12.4.2),
 * and links (§12.5.6.5; ISO 14289-1 §7.18.5). */
#ifndef PDF_NAV_H
#define PDF_NAV_H

#include "layout/page.h"
#include "pdf/object.h"

/* Where one gets to (§12.3.2): the page, by its handle, scrolled to `top`. */
struct pdf_value *nav_place(struct arena *arena, const struct page *page, mpt top, unsigned handle);

/* What stands there, for readers who only hear that there is a link: "ไปยังหน้า -6-: " and how the
 * text of the node begins. */
struct str nav_place_name(struct arena *arena, const struct page *page, const struct node *node);

/* Adds a bookmark for every heading, title of a head and title of an opinion, each below the one
 * before it of a higher level, and returns the handle of their root; 0 without any. handles[i] is
 * that of page i. */
unsigned nav_bookmarks(struct pdf_objects *objects, const struct pages *pages,
                       const unsigned *handles);

/* Adds the labels of all pages, their names, and returns the handle; 0 when no page has one. */
unsigned nav_labels(struct pdf_objects *objects, const struct pages *pages);

/* ---- link.c: links to web and mail addresses in the text, and to what the template links to, in
 * the document or outside */

/* Finds the next web or mail address in running text, which in Thai has no spaces around it, from
 * byte *to on: its bytes are *from up to *to. Found are http://, https:// and www. with a host, and
 * mail addresses. Punctuation at the end does not belong to them; Thai letters in a path do, after
 * one of /=-_&?#. An address that would lead to more than 8,000 bytes is none. False when there is
 * none left. All calls together take time in proportion to the text. */
bool link_next_address(struct str text, size_t *from, size_t *to);

/* What an address that was found links to (RFC 3986): "http://" before "www.", "mailto:" before a
 * mail address, escaped. */
struct str link_uri(struct arena *arena, struct str address);

/* A stretch of a text that is a link: one that layout carries along, or an address. */
struct reference {
    size_t from, to;         /* bytes of the item's source */
    const struct link *link; /* NULL: an address */
};

/* All of the source of a text item, in ascending order and apart from each other. Links of the
 * template go before addresses, these before words that were found in the text. A link to an
 * element of which nothing is printed is left out. */
struct reference *link_references(struct arena *arena, const struct item *item, size_t *count);

struct links;
struct tags;

/* `tags` may be NULL: links then belong to no structure. handles[i] is that of page i. */
struct links *links_new(struct pdf_objects *objects, struct tags *tags, const struct pages *pages,
                        const unsigned *handles);

/* Adds an annotation for every link on page `index` (from 0), whose content has been painted, and
 * returns an array of them; one over several lines has several boxes. Pages come in ascending
 * order. */
struct pdf_value *links_on_page(struct links *links, size_t index);

#endif
