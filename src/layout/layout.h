/* From the document tree to the page list. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include <stdbool.h>

#include "base/diag.h"
#include "doc/style.h"
#include "layout/page.h"
#include "text/breaks.h"
#include "text/font.h"

struct arena;
struct node;

struct layout_job {
    const struct node *document;
    const struct style *style;
    const struct fonts *fonts;
    struct breaker *breaker;
    const struct drawing *emblem;       /* NULL: its box stays blank */
    const struct image *emblem_picture; /* a PNG emblem, or NULL */
    bool draft;                         /* the stamp on every page */
    bool fields;                        /* for those who sign with certificates */
    /* a picture named by the document; NULL when it could not be opened, which has been told */
    const struct image *(*find_image)(void *context, struct str name);
    void *image_context;
};

/* Lays out the whole document; everything returned lives in `arena` and borrows from the job.
 * NULL with a diagnostic (LAYOUT_TABLE_TOO_WIDE, LAYOUT_WORD_TOO_WIDE, TEXT_NO_GLYPH …). */
struct pages *layout_run(struct arena *arena, struct diags *diags, const struct layout_job *job);

/* Sides of an emblem as its file gives them, of a drawing or a picture; in proportion to them it
 * stands on the page. Neither is more than 2^32. */
void layout_emblem_box(const struct drawing *drawing, const struct image *picture, size_t box[2]);

/* The lines of every paragraph, for `dump --stage=lines`. */
bool layout_dump_lines(struct arena *arena, struct diags *diags, const struct layout_job *job,
                       struct buf *out);

#endif
