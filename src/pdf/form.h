/* Fields to sign in (ISO 32000-1 §12.7; of signatures §12.7.4.5): for everyone who signs a node
 * that is named after the role, under it opinion, name, date and signature; beside them what
 * whoever registers a memo fills in. They have no value, and an empty appearance. Who signs needs
 * only the widget to set its text: /Rect, /Q and /DA "/F1 SIZE Tf PITCH TL 0 g". */
#ifndef PDF_FORM_H
#define PDF_FORM_H

#include <stddef.h>

#include "layout/page.h"
#include "pdf/object.h"
#include "pdf/tags.h"

struct forms;

/* handles[i] is that of page i. Without `tags` nothing says where in the document a field belongs.
 */
struct forms *forms_new(struct pdf_objects *objects, struct tags *tags, const struct pages *pages,
                        const unsigned *handles);

/* Adds the field of an item, in reading order, on page `page` (from 0); what is repeated is none.
 */
void forms_add(struct forms *forms, const struct item *item, size_t page);

/* Adds the widgets of a page, on which nothing more comes, to its annotations. */
void forms_on_page(const struct forms *forms, size_t page, struct pdf_value *annotations);

/* After the last page: adds the form and returns its handle, 0 without any field. `font` is what
 * text is set in. */
unsigned forms_put(struct forms *forms, unsigned font);

#endif
