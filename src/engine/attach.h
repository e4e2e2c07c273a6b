/* What the PDF carries besides its pages: the report as it was given and as canonical JSON, what it
 * names, the template, what the check said, and the manifest. */
#ifndef ENGINE_ATTACH_H
#define ENGINE_ATTACH_H

#include "engine/stages.h"

struct pdf_meta;

/* The manifest beside a report that was taken out of a PDF. */
enum beside { BESIDE_NONE, BESIDE_DAMAGED, BESIDE_READ };
enum beside attach_beside(struct work *w, const struct source *source, struct manifest *out);

/* Sets meta->files, and meta->any_size where nothing has changed since a version that said nothing
 * of it. Without the data these are the template and the manifest only, which then tells nothing of
 * the report but who is to sign, as the pages do. Notes what differs from the manifest beside the
 * report, if there is one. False with ENGINE_CARRIED_TWICE. */
bool attach_files(struct work *w, const struct print_job *job, struct pdf_meta *meta,
                  struct printed *out);

/* False with ENGINE_CARRIED_TWICE where attach_files() would say so. All inputs must have been read
 * before. */
bool attach_try(struct work *w, bool no_data);

#endif
