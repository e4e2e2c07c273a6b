/* The emblem of a PDF that is made again. Its file is not carried, and is often not at hand where a
 * PDF is read; but the PDF shows it, and the manifest tells its box, size and hash: so all else of
 * the PDF can be compared with what is made again around it. */
#ifndef INSPECT_EMBLEM_H
#define INSPECT_EMBLEM_H

struct inspected;
struct kept_emblem;
struct manifest;
struct manifest_input;
struct opened;
struct work;

/* The emblem that a PDF was made with, or NULL. */
const struct manifest_input *emblem_of(const struct manifest *manifest);

/* That which an open PDF shows. NULL where there is none, where its manifest does not tell the box
 * (older versions), and where it is not as this library writes it. */
const struct kept_emblem *emblem_keep(struct work *w, const struct opened *opened);

/* After it was made again by `other`: notes where the emblem came out of the PDF. Without the
 * emblem of then the pages cannot be those of then, and that says nothing of the file. */
void emblem_tell(struct work *w, struct work *other, struct inspected *inspected);

#endif
