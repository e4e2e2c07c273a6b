/* The parts of writing the PDF of a scan. For files of this room only. */
#ifndef PAPER_WRITE_INNER_H
#define PAPER_WRITE_INNER_H

#include "base/diag.h"
#include "paper/page.h"
#include "pdf/object.h"

/* ---- write_tags.c: the structure (ISO 32000-1 §14.7): a figure for each page, with the paragraphs
 * of the report below it, so that readers take words over line ends as the report's own */

struct layer_block;

/* What the structure has of a page. */
struct write_page {
    unsigned handle, figure;
    const struct layer_block *marks; /* of its text, whose numbers begin at 1 */
    size_t mark_count;
    unsigned *owner; /* the element of each of these */
};

/* Puts the page's figure, whose images are its marked content 0, and its paragraphs. */
void writer_figure(struct pdf_objects *objects, unsigned document, struct write_page *page,
                   struct str alternative);

/* Puts the rest, and returns its root. */
unsigned writer_structure(struct pdf_objects *objects, unsigned document,
                          const struct write_page *pages, size_t count);

/* ---- write_image.c: images as XObjects */

struct writer_images;

/* Why bytes of an image in the PDF are not those of the scanner's file: bits of these. */
enum write_reason {
    /* as in struct scan_image: 1 << enum scan_recoded */
    WRITE_DECRYPTED = 1 << 16,
    WRITE_CMYK = 1 << 17,    /* colours of inks, of which nothing says what they look like */
    WRITE_PALETTE = 1 << 18, /* the same in a palette: only that is another */
    WRITE_JPX = 1 << 19,
    WRITE_ICC = 1 << 20, /* a profile was left out */
    WRITE_DEPTH = 1 << 21
};

/* For a record, and for people in both languages. */
struct write_reason_text {
    unsigned bit;
    const char *name, *english, *thai;
};
const struct write_reason_text *write_reasons(size_t *count);

struct writer_images *writer_images_open(struct pdf_objects *objects, struct diags *diags);

/* Adds an image, once however often it is asked for, and adds to *reasons. 0 with PAPER_IMAGE_…;
 * `file` and `page` are told then. */
unsigned writer_image(struct writer_images *images, const struct scan_image *image,
                      const char *file, size_t page, unsigned *reasons);

#endif
