/* The parts of reading a summary. For files of this room only. */
#ifndef INSPECT_SUMMARY_INNER_H
#define INSPECT_SUMMARY_INNER_H

#include "inspect/summary.h"

struct manifest_input;
struct opened;
struct pdfin_form;
struct style;
struct work;

/* Whom the route names, and who has signed. Who stands in for a signer is named where he signed. */
void summary_route(struct work *w, const struct opened *opened, const struct pdfin_form *form,
                   struct summary *out);

/* summary_report.c: what the report among these files says, as far as it can be read; *style is
 * that of its template, or stays as it was. */
void summary_report(struct work *w, const struct summary_part *parts, size_t count,
                    struct summary *out, const struct style **style);

/* summary_files.c: the bytes of a font, and of the emblem, that the manifest names, where they are
 * at hand. `style` may be NULL. */
bool summary_font(struct work *w, const struct style *style, const struct manifest_input *input,
                  struct str *bytes);
bool summary_emblem(struct work *w, const struct style *style, const struct manifest_input *input,
                    struct str *bytes);

#endif
