/* Page content streams (ISO 32000-1 §8, §9): a page of the page list becomes one stream. */
#ifndef PDF_CONTENT_H
#define PDF_CONTENT_H

#include "base/diag.h"
#include "layout/page.h"
#include "pdf/object.h"

struct content;
struct tags;

/* With `tags` all content says which element of these it belongs to; NULL for a plain file. */
struct content *content_new(struct pdf_objects *objects, struct diags *diags, struct tags *tags);

/* Adds the stream of page `index` (from 0) and returns its handle; 0 with PDF_CLUSTER. */
unsigned content_page(struct content *content, const struct page *page, size_t index);

/* After the last page: adds the fonts and fills the reserved handle with the resource dictionary
 * that all pages share. False with PDF_FONT. */
bool content_resources(struct content *content, unsigned handle);

#endif
