/* The logical structure of a tagged PDF (ISO 32000-1 §14.7 and §14.8; ISO 14289-1): while pages
 * are painted, content asks here which structure element it belongs to; afterwards the elements
 * are written. The tree is made of the document's nodes in reading order. An element comes into
 * being with its first content, a table with all its cells, empty ones too. */
#ifndef PDF_TAGS_H
#define PDF_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "layout/page.h"
#include "pdf/object.h"

struct tag;
struct tags;

/* For a file of so many pages. */
struct tags *tags_new(struct arena *arena, size_t pages);

/* The element of an item's content, or NULL when it is an artifact: page furniture, rules, what is
 * repeated. Marks of urgency and secrecy are content where they stand first. */
struct tag *tags_of(struct tags *tags, const struct item *item);

/* The element of the text from byte `at` of the item's source on: `tag` as tags_of() gave it, or in
 * it a Span for a run of English or a Link for an address; *end is where that ends. */
struct tag *tags_at(struct tags *tags, struct tag *tag, const struct item *item, size_t at,
                    size_t *end);

/* The Link that the text of an item of content is in at byte `at` of its source; NULL when there is
 * none, as in a marker. */
struct tag *tags_link(struct tags *tags, const struct item *item, size_t at);

/* Gives content of page `page` (from 0), which is about to be painted, its number on that page.
 * Pages come in ascending order. */
unsigned tags_content(struct tags *tags, struct tag *tag, size_t page);

/* The element of a field that is filled when somebody signs: a new Form in that of the item's node.
 */
struct tag *tags_field(struct tags *tags, const struct item *item);

/* Makes an annotation, by its handle, a part of a Link or a Form on page `page`, of a Link whose
 * content there has been painted. Returns the annotation's /StructParent. */
unsigned tags_annotation(struct tags *tags, struct tag *link, size_t page, unsigned handle);

/* Tells where an item of a figure stands, on a page of this height. */
void tags_cover(struct tag *tag, const struct item *item, mpt page_height);

/* True when content of the page has a number; the page is then to say /StructParents `page`. */
bool tags_on_page(const struct tags *tags, size_t page);

/* Adds all objects and returns the handle of the structure tree's root. pages[i] is the handle of
 * page i. */
unsigned tags_put(struct tags *tags, struct pdf_objects *objects, const unsigned *pages);

#endif
