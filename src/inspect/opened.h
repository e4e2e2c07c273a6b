/* A PDF that was opened to be told about or unpacked, and whether it is one of ours. */
#ifndef INSPECT_OPENED_H
#define INSPECT_OPENED_H

#include <stdbool.h>

#include "base/str.h"
#include "engine/manifest.h"
#include "inspect/scan.h"

struct files;
struct folder;
struct pdfin;
struct pdfin_info;
struct work;

struct opened {
    const char *path; /* "<stdin>" for "-" */
    struct str bytes;
    struct pdfin *pdf;
    const struct pdfin_info *info;
    bool is_ours; /* it carries a manifest of ours */
    struct manifest manifest;
    bool has_report;
    bool is_scan; /* of pages that were signed on paper: `scan` tells of them */
    struct scan_record scan;
};

/* Reads and describes it. False with IO_… or PDFIN_…; opened_close() is needed in any case, and may
 * be called twice. The description lives as long as the work. */
bool opened_read(struct work *w, const char *path, struct opened *out);

/* Like opened_read(), but described only as far as who adds to the PDF asks
 * (pdfin_describe_briefly()). */
bool opened_briefly(struct work *w, const char *path, struct opened *out);

/* Like opened_briefly() of bytes that are at hand already, which stay the caller's; `name` is told
 * as the file's. */
bool opened_bytes(struct work *w, const char *name, struct str bytes, struct opened *out);
void opened_close(struct opened *opened);

/* Writes all files that it carries into a folder; warns of those that are not what the manifest
 * says (ENGINE_PDF_CHANGED, ENGINE_PDF_GONE). False with PDFIN_… or FOLDER_WRITE. */
bool opened_unpack(struct work *w, const struct opened *opened, struct folder *folder);

/* Lays all files that it carries over `files`, as if they lay in the folder `dir`, and warns like
 * opened_unpack(). Their bytes live as long as the work. False with PDFIN_…. */
bool opened_lay(struct work *w, const struct opened *opened, const char *dir, struct files *files);

/* The bytes of a file inside, which live as long as the work; warns like opened_unpack(). False
 * with PDFIN_FILE_…. */
bool opened_file(struct work *w, const struct opened *opened, size_t index, struct str *bytes);

/* The report that it carries: its name and bytes, which live as long as the work. Warns where it is
 * not the one that the PDF was made from (ENGINE_PDF_CHANGED). False with PDFIN_NAME_… or
 * PDFIN_FILE_… where it cannot be unpacked. */
bool opened_report(struct work *w, const struct opened *opened, struct str *name,
                   struct str *bytes);

#endif
