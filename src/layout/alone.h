/* A text that is set by itself into a box: what is written into a field of a finished PDF. */
#ifndef LAYOUT_ALONE_H
#define LAYOUT_ALONE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "layout/page.h"

struct arena;
struct breaker;

struct alone_job {
    const struct fonts *fonts;
    struct breaker *breaker;
    struct str text; /* normalised; line ends in it are kept */
    struct pos pos;  /* where it comes from, for messages */
    mpt width, height;
    mpt size;  /* to draw at */
    mpt pitch; /* from baseline to baseline */
    bool centred;
};

/* Sets the text in the regular face, as a page of the box's size: the first baseline as that of a
 * line of height `pitch` at the top (centred lines stand at the bottom), lines broken like those of
 * a left-aligned paragraph. *lines is how many they are; when the box has no room for them
 * (alone_room()), nothing is on the page. The page lives in `arena` and borrows the text. False
 * with TEXT_NO_GLYPH, TEXT_TOO_LONG or LAYOUT_WORD_TOO_WIDE. */
bool layout_alone(struct arena *arena, struct diags *diags, const struct alone_job *job,
                  struct page *out, size_t *lines);

/* How many lines the box has room for. */
size_t alone_room(const struct alone_job *job);

#endif
