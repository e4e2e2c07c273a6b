/* What the PDF carries besides its pages: the report as it was given and as canonical JSON, what it
 * names, the template, what the check said, and the manifest. */
#ifndef ENGINE_ATTACH_H
#define ENGINE_ATTACH_H

#include <stdbool.h>

struct banthuek;
struct pages;
struct pdf_meta;

/* Sets meta->files. Under options.no_data these are the template and the manifest only, which then
 * tells nothing of the data. Notes what differs from the manifest beside the report, if there is
 * one. False with ENGINE_CARRIED_TWICE. */
bool attach_files(struct banthuek *b, const struct pages *pages, struct pdf_meta *meta);

/* False when that would be, for the same reason; to be called when all inputs were read. */
bool attach_try(struct banthuek *b);

#endif
