/* Pictures that the document names: opened before layout, and made into what is printed after it.
 * Layout sees a picture as its printed file will be, so that a report taken out of its PDF, which
 * carries that file, is laid out the same. */
#ifndef ENGINE_PICTURES_H
#define ENGINE_PICTURES_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"

struct banthuek;
struct image;
struct pages;

/* Opens all pictures of the document, beside the report or else beside the template. False after
 * diagnostics. */
bool pictures_open(struct banthuek *b);

/* One of them, for layout; NULL when it could not be opened, which has been told. */
const struct image *pictures_find(const struct banthuek *b, struct str name);

/* Makes those smaller that are printed at more than the style's resolution. True when any was:
 * then the pages are to be laid out again. */
bool pictures_fit(struct banthuek *b, const struct pages *pages);

/* Reads what is printed: pixels into what pictures_find() gave, the file into the input. False
 * after diagnostics. */
bool pictures_print(struct banthuek *b);

#endif
