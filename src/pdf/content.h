/* Page content streams (ISO 32000-1 §8, §9): a page of the page list becomes one stream. */
#ifndef PDF_CONTENT_H
#define PDF_CONTENT_H

#include "base/diag.h"
#include "layout/page.h"
#include "pdf/object.h"

struct content;

struct content *content_new(struct pdf_objects *objects, struct diags *diags);

/* Adds the stream of a page and returns its handle; 0 with PDF_CLUSTER. */
unsigned content_page(struct content *content, const struct page *page);

/* After the last page: adds the fonts and fills the reserved handle with the resource dictionary
 * that all pages share. False with PDF_FONT. */
bool content_resources(struct content *content, unsigned handle);

#endif
