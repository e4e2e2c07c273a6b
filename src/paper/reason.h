/* What printers tell of themselves and of jobs (printer-state-reasons and job-state-reasons, RFC
 * 8011 §5.4.12 and §5.3.8, and IANA's registry), in words for who has to do something about it. */
#ifndef PAPER_REASON_H
#define PAPER_REASON_H

#include <stdbool.h>

#include "banthuek-paper.h"
#include "base/str.h"

struct arena;

#define REASON_MAX 32        /* that are kept of one printer or job */
#define REASON_TEXT_BYTES 80 /* of one that is not known */

/* Sets what a reason means. The end of its name says how grave it is ("-error", "-warning",
 * "-report"); without, our table does. One that is not known is shown as it came, without what
 * drives a terminal. False for one that says nothing: "none", or what every job passes through. */
bool reason_read(struct arena *arena, struct str name, struct banthuek_printer_reason *out);

#endif
