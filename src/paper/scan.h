/* The object behind the scans of banthuek-paper.h: what was found on every page of the files. The
 * files themselves are read again when their pages are written, one at a time: a folder of scans is
 * larger than any memory. */
#ifndef PAPER_SCAN_H
#define PAPER_SCAN_H

#include "banthuek-paper.h"
#include "base/hash.h"
#include "inspect/lent.h"
#include "paper/page.h"
#include "paper/sort.h"

struct arena;
struct scan_entry;

struct scan_file {
    const char *path;
    struct hash hash;    /* of its bytes: it must stay as it was while this is at work */
    size_t first, count; /* its pages among all */
};

struct banthuek_scan {
    struct arena *arena;
    struct scan_file *files;
    size_t file_count;
    struct sheet *sheets; /* of all pages, in the order of the files */
    size_t count, cap;
    struct sorted_all sorted;
    size_t unread; /* files that could not be read */
    bool incomplete;
};

/* The file that a sheet is of, and which page of it. */
const struct scan_file *scan_file_of(const struct banthuek_scan *scan, const struct sheet *sheet);
size_t scan_number_of(const struct banthuek_scan *scan, const struct sheet *sheet);

/* Where messages say that a sheet is, and how they call its page: "2", or "2 (7 of all)" where
 * there are several files, as --code counts. */
struct pos scan_pos(const struct banthuek_scan *scan, const struct sheet *sheet);
const char *scan_page_name(const struct banthuek_scan *scan, struct diags *diags,
                           const struct sheet *sheet);

/* ---- bind.c: one report */

/* What a report's PDF is, and what of the scan belongs to it. */
struct binding {
    struct banthuek_scan *scan;
    struct sorted *sorted; /* the sheets of its code */
    struct str name;       /* of the PDF, for messages */
    struct str pdf;
    size_t kept; /* the entry of a scan of it, in whose place one that lacks pages must not be; 0 */
    struct banthuek_scanned *out; /* all but what the archive makes of it is set */
};

/* Makes the PDF, which lives in the lent arena. False with PAPER_…: pages are missing, or have no
 * place. */
bool scan_bind(struct banthuek *banthuek, const struct binding *binding, struct str *pdf);

/* A result about this code, of which nothing is known yet. */
struct banthuek_scanned *scan_result(struct banthuek_scan *scan, const struct code *code);

#endif
