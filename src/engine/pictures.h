/* Pictures that the document names: opened before layout, and made into what is printed after it.
 * Layout sees a picture as its printed file will be, so that a report taken out of its PDF, which
 * carries that file, is laid out the same. */
#ifndef ENGINE_PICTURES_H
#define ENGINE_PICTURES_H

#include "engine/work.h"

struct image;
struct node;
struct pages;
struct picture;

struct pictures {
    struct work *w;
    const struct node *document;
    const char *report_dir, *template_dir; /* pictures lie beside the report, else the template */
    struct picture *first;
};

/* Opens all pictures of the document. False after diagnostics. */
bool pictures_open(struct pictures *pictures);

/* An opened picture, for layout. NULL after pictures_open() told that it could not be opened. */
const struct image *pictures_find(const struct pictures *pictures, struct str name);

/* Makes pictures smaller that are printed at more than `dpi`, unless this is 0. True when it made
 * one smaller: the pages are to be laid out again then. */
bool pictures_fit(struct pictures *pictures, const struct pages *pages, int dpi);

/* Reads what is printed: pixels into what pictures_find() gave, the file into the input. False
 * after diagnostics. */
bool pictures_print(struct pictures *pictures);

#endif
