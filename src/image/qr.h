/* QR codes (ISO/IEC 18004), by libqrencode. */
#ifndef IMAGE_QR_H
#define IMAGE_QR_H

#include <stdint.h>

#include "base/str.h"

struct arena;

/* White modules that a reader needs around a code, on each side (§9.1). */
#define QR_QUIET 4

/* Modules of a side of version 1. */
#define QR_SIDE_LEAST 21

/* `modules` has side * side bytes, row by row from the top left corner: 1 is dark. */
struct qr {
    unsigned side;
    const uint8_t *modules;
};

/* The smallest code that holds the text, with error correction M (15 % may be lost); capitals,
 * digits and " $%*+-./:" take less room than others. Threads may make codes at once. NULL when the
 * text is too long for any (2,331 bytes), or empty. */
const struct qr *qr_make(struct arena *arena, struct str text);

#endif
