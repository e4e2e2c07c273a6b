/* The report of a folder or of a PDF, for a room that does not see the engine. */
#ifndef INSPECT_REPORT_OF_H
#define INSPECT_REPORT_OF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/code.h"
#include "base/hash.h"
#include "base/str.h"

struct banthuek;

/* The file of a report: in a folder that of the name that reports have. NULL with ENGINE_NO_REPORT.
 */
const char *report_of_path(struct banthuek *banthuek, const char *path);

/* The report that a PDF of ours carries. An empty name where it carries none; false with IO_… or
 * PDFIN_… where it cannot be read. */
bool report_of_pdf(struct banthuek *banthuek, const char *pdf, struct str *name, struct str *bytes);

/* What is to be known of a report's PDF to bind its scan to it; texts that are not said are empty.
 */
struct report_facts {
    bool is_ours;  /* else nothing below counts but `pages` */
    bool has_data; /* the report's data is inside */
    bool is_scan;  /* it is no report but the scan of one (inspect/scan.h) */
    bool is_draft;
    size_t pages;
    struct str title;
    struct str created; /* ISO 8601 */
    struct str code;    /* of the manifest; of a scan that of its record */
    /* of the PDF as it was made, before anybody signed it; of a scan that of its record */
    struct hash sha256;
    size_t made; /* so many of the file's bytes these are; of a scan 0 */
};

/* `name` is what messages call the bytes, which stay the caller's; the texts live as long as the
 * object. False with PDFIN_… where it cannot be read. */
bool report_facts(struct banthuek *banthuek, const char *name, struct str bytes,
                  struct report_facts *out);

/* Whether a report's PDF may have this code: it is made again, and false where that gives the very
 * pages that it says it has, and they have another code. Nothing is told. */
bool report_has_code(struct banthuek *banthuek, const char *name, struct str bytes,
                     const struct code *code);

#endif
