/* From the pages of a scan, and the report that they are of, to one PDF/A-3b: the scanned pages as
 * they came, under them the report's own text, and inside the files of the report, so that the
 * paper that was signed is searched, and taken apart, like the original. */
#ifndef PAPER_WRITE_H
#define PAPER_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"
#include "inspect/report_of.h"
#include "paper/page.h"

struct arena;

/* Of all streams together: what a PDF may have that is read back (PDFIN_BYTES_MAX), with room for what
 * is no stream. */
#define SCAN_WRITTEN_MAX ((size_t)480 << 20)

/* A page of the new PDF. */
struct scan_entry {
    const struct scan_page *page;
    unsigned turn;      /* clockwise degrees to make it upright, on top of page->turn */
    size_t report_page; /* which page of the report it is, from 1 */
};

/* The report: its PDF, printed for the pen or not, signed by certificates or not; and what
 * report_facts() told of it. `name` is what messages call it. */
struct scan_of {
    const char *name;
    struct str bytes;
    const struct report_facts *facts;
};

/* Makes the PDF of these entries in their order. The same input gives the same bytes, which live in
 * `arena`; what is pointed to must stay until this returns. Image streams are copied as they came;
 * what PDF/A-3 forbids is written anew without loss, and told (PAPER_RECODED); a page of the report
 * whose text cannot be read gives one without a text layer, and is told (PAPER_NO_TEXT).
 *
 * False with PAPER_SCAN_OF_SCAN (the report is a scan itself), PAPER_NO_PAGES, PAPER_NO_SUCH_PAGE,
 * PAPER_NAME_TAKEN (a file of the report has the name of the record), PAPER_IMAGE (an image can
 * neither be copied nor written anew), PAPER_SCAN_LARGE, or PDFIN_…. */
bool scan_write(struct arena *arena, struct diags *diags, const struct scan_of *report,
                const struct scan_entry *entries, size_t count, struct str *out);

#endif
