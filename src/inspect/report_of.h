/* The report of a folder or of a PDF, for a room that does not see the engine. */
#ifndef INSPECT_REPORT_OF_H
#define INSPECT_REPORT_OF_H

#include <stdbool.h>

#include "base/str.h"

struct banthuek;

/* The file of a report: in a folder that of the name that reports have. NULL with ENGINE_NO_REPORT.
 */
const char *report_of_path(struct banthuek *banthuek, const char *path);

/* The report that a PDF of ours carries. An empty name where it carries none; false with IO_… or
 * PDFIN_… where it cannot be read. */
bool report_of_pdf(struct banthuek *banthuek, const char *pdf, struct str *name, struct str *bytes);

#endif
