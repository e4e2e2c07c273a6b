/* The document's catalog and information dictionary, its metadata, and the files inside it. */
#ifndef PDF_META_H
#define PDF_META_H

#include "pdf/object.h"
#include "pdf/pdf.h"

/* Stands, readable in the bytes of the file, in the metadata of each PDF of scanned pages, and in
 * no other of ours: nothing may be written over one. */
#define META_SCAN "banthuek-signed-scan"

/* What the catalog names: handles, 0 for what is not there. */
struct meta_parts {
    unsigned structure, bookmarks, labels, form;
};

/* Adds catalog and information dictionary; the page tree must be there. No clock is read: the same
 * pages give the same bytes whenever they are made. */
void meta_put(struct pdf_objects *objects, const struct pdf_meta *meta,
              const struct meta_parts *parts);

/* icc.c: what the pages' RGB and grey mean, sRGB (IEC 61966-2-1), as an ICC profile of version 4.2
 * (ISO 15076-1) for a display with three primaries and one tone curve. Always the same bytes, which
 * live in `arena`. */
struct str icc_srgb(struct arena *arena);

#endif
