/* The bytes of a PDF out of pages. */
#ifndef KIT_PDF_FILE_H
#define KIT_PDF_FILE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "test.h"

#include "pdf/object.h"
#include "pdf/pdf.h"

/* Builds and saves. False with diagnostics of either. */
static inline bool
pdf_file(struct arena *arena, struct diags *diags, const struct pages *pages,
         const struct pdf_meta *meta, struct str *out)
{
    struct pdf_objects *objects = pdf_build(arena, diags, pages, meta);
    bool good = objects != NULL && pdf_save(diags, objects, out);

    pdf_objects_close(objects);
    return good;
}

/* qpdf's verdict, where it is installed. */
static inline void
assert_qpdf(struct str file)
{
    char path[] = "/tmp/banthuek-pdf-XXXXXX", command[128];
    int handle = mkstemp(path);

    assert_true(handle >= 0);
    assert_int_equal(write(handle, file.ptr, file.len), (ssize_t)file.len);
    assert_int_equal(close(handle), 0);
    snprintf(command, sizeof(command), "command -v qpdf >/dev/null || exit 0; qpdf --check %s >&2",
             path);
    int status = system(command); /* NOLINT(cert-env33-c): a test's own words */
    assert_int_equal(unlink(path), 0);
    assert_int_equal(status, 0);
}

#endif
