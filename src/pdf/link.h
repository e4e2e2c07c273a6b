/* Links (ISO 32000-1 §12.5.6.5; ISO 14289-1 §7.18.5): to web and mail addresses in the text and to
 * what the template links to, in the document or outside. */
#ifndef PDF_LINK_H
#define PDF_LINK_H

#include "layout/page.h"
#include "pdf/object.h"

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
