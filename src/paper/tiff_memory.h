/* TIFF structures in memory for libtiff, with limits, and without a word on standard error. */
#ifndef PAPER_TIFF_MEMORY_H
#define PAPER_TIFF_MEMORY_H

#include <tiffio.h>

#include "base/str.h"

/* Two pieces that are one file: a head made by us, and what stands in a file. */
struct tiff_memory {
    struct str head, bytes;
    toff_t at;
    char why[120]; /* what libtiff said first, of what is lost */
    unsigned odd;  /* what else it said */
};

/* NULL when it is none, with `why`. What is given back by TIFFClose() holds `memory`. */
TIFF *tiff_memory_open(struct tiff_memory *memory);

#endif
