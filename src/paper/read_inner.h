/* What the readers of scans share. */
#ifndef PAPER_READ_INNER_H
#define PAPER_READ_INNER_H

#include "paper/decode.h"
#include "paper/read.h"

struct scan_reading {
    struct arena *arena;
    struct diags *diags;
    const char *file;
    struct str bytes;
    struct scan_pages pages;
    size_t cap;
    size_t recoded; /* bytes that were packed anew so far */
};

/* The number of the page that is read next. */
struct scan_at reading_at(const struct scan_reading *r);

/* Adds PAPER_FILE_DAMAGED for a file of this kind; false. */
bool reading_damaged(struct scan_reading *r, const char *kind, const char *why);

/* Adds PAPER_IMAGE_KIND or PAPER_IMAGE_LARGE; false. */
bool reading_kind(struct scan_reading *r, const char *english, const char *thai);
bool reading_large(struct scan_reading *r, uint64_t width, uint64_t height);

/* Adds a page; false with PAPER_FILE_PAGES. */
bool reading_add(struct scan_reading *r, const struct scan_page *page);

/* Counts what was packed anew; false with PAPER_FILE_LARGE when it is too much. */
bool reading_recoded(struct scan_reading *r, size_t size);

/* A page that is one image of this resolution (0: the file does not say), stored by an orientation
 * of EXIF; one that is mirrored is packed anew. */
bool reading_add_image(struct scan_reading *r, struct scan_image *image, double dpi_x, double dpi_y,
                       unsigned orientation);

/* The sides of a page of so many pixels. */
void reading_sides(uint32_t width, uint32_t height, double dpi_x, double dpi_y,
                   struct scan_page *page);

/* Degrees that an orientation of EXIF stands for, once what it mirrors was mirrored. */
int reading_turn(unsigned orientation);
bool reading_is_mirrored(unsigned orientation);

bool read_pdf(struct scan_reading *r);
bool read_jpeg(struct scan_reading *r);
bool read_png(struct scan_reading *r);
bool read_tiff(struct scan_reading *r);

#endif
