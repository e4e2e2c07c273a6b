/* Finding one's way in the file: places, bookmarks (ISO 32000-1 §12.3.3) and page
 * labels (§12.4.2). */
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

#endif
