/* What is to be known of a PDF before it is handed on: whether it can be read at all, what it is,
 * and who has signed it. Nothing is verified. */
#ifndef INSPECT_BRIEF_H
#define INSPECT_BRIEF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/unit.h"
#include "inspect/summary.h"

struct banthuek;

struct brief {
    const char *file; /* for messages: "<stdin>" for "-" */
    struct str bytes; /* live as long as the object, as everything here does */
    struct str title;
    size_t page_count;
    mpt width, height; /* of the first page, as it is shown; 0: unknown */
    bool is_encrypted; /* it could be opened without a password */
    bool ours, draft, for_pen, has_fields, is_scan;
    size_t signature_count;         /* with certificates, time stamps among them */
    struct summary_person *persons; /* of the route */
    size_t person_count;
};

/* Reads it, from the files of the object. False with IO_… or PDFIN_…. */
bool brief_read(struct banthuek *banthuek, const char *path, struct brief *out);

#endif
