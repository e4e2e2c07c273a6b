/* Metadata of the document as XMP (ISO 16684-1): what the information dictionary says, in the
 * words of Dublin Core, and which standards the file keeps to. */
#ifndef PDF_XMP_H
#define PDF_XMP_H

#include <stdbool.h>

#include "base/str.h"

struct arena;

/* Texts are UTF-8 without characters that XML forbids; empty ones are left out. */
struct xmp {
    struct str title, author, producer;
    struct str created; /* "2023-09-29T00:00:00+07:00"; also when it was changed last */
    const char *level;  /* of PDF/A-3: "A", "U" … */
    bool accessible;    /* PDF/UA-1 */
};

/* The packet, to be stored as it is. */
struct str xmp_packet(struct arena *arena, const struct xmp *xmp);

#endif
