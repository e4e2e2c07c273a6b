/* The record of a scan: what a PDF made of scanned pages says of the report that they are of, as
 * JSON that it carries beside the report's own files. paper/ writes it; whoever opens such a PDF
 * reads it. */
#ifndef INSPECT_SCAN_H
#define INSPECT_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

#define SCAN_RECORD_NAME "scan.json"
#define SCAN_RECORD_BYTES_MAX ((size_t)16 << 20)
#define SCAN_RECORD_PAGES_MAX 32767

/* A page of the scan. */
struct scan_record_page {
    size_t page;         /* of the report, from 1 */
    struct str file;     /* the scanner's, without its folder */
    size_t number;       /* in that file, from 1 */
    unsigned turned;     /* clockwise, of how it lies in the file: 0, 90, 180, 270 */
    struct str *recoded; /* why images of it were written anew: "cmyk", "jpx", "icc" … */
    size_t recoded_count;
};

struct scan_record {
    struct str sha256;   /* of the report's PDF as it was made, before anybody signed it */
    struct str code;     /* of the report, as its manifest has it; may be empty */
    size_t report_pages; /* how many the report has */
    struct scan_record_page *pages;
    size_t count;
    size_t *missing; /* pages of the report that none of these is, ascending */
    size_t missing_count;
};

/* Sets `missing` by the pages. */
void scan_record_complete(struct arena *arena, struct scan_record *record);

/* Writes it: the same record gives the same bytes. */
void scan_record_write(const struct scan_record *record, struct buf *out);

/* Reads what scan_record_write() wrote, out of any bytes; `file` is what places call it. False with
 * JSON_… or SCAN_RECORD_DAMAGED. */
bool scan_record_read(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
                      struct scan_record *out);

#endif
