/* Files of office machines as pages: PDF, JPEG, PNG, and TIFF with any number of pages, told apart
 * by their first bytes. Images are kept as they came (page.h); nothing is decoded that need not be.
 *
 * Of a PDF each page is one with images, in painting order, or `is_drawn`; one with neither is
 * empty. What a TIFF or PNG holds in a way that no PDF can is packed anew without loss. */
#ifndef PAPER_READ_H
#define PAPER_READ_H

#include "base/diag.h"
#include "base/str.h"
#include "paper/page.h"

struct arena;
struct files;

#define SCAN_BYTES_MAX ((size_t)512 << 20)    /* of a file */
#define SCAN_PAGES_MAX 5000                   /* in a file */
#define SCAN_PIECES_MAX 4096                  /* images on a page */
#define SCAN_RECODED_MAX ((size_t)1024 << 20) /* of a file, packed anew */

struct scan_pages {
    struct scan_page *page;
    size_t count;
};

/* Reads a file of this name for messages; `bytes` must stay, for images are parts of them. False
 * with PAPER_FILE_…, PAPER_PAGE_…, PAPER_IMAGE_…, IMAGE_… or PDFIN_…. */
bool scan_read(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
               struct scan_pages *out);

/* The same of a file that is read here, too, into *bytes; one that is too large is not. With IO_…
 * besides. */
bool scan_read_file(const struct files *files, struct arena *arena, struct diags *diags,
                    const char *path, struct str *bytes, struct scan_pages *out);

#endif
