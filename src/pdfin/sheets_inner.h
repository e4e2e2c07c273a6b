/* What the files that read pages of scans share. */
#ifndef PDFIN_SHEETS_INNER_H
#define PDFIN_SHEETS_INNER_H

#include "pdfin/inner.h"
#include "pdfin/sheets.h"

struct sheets {
    struct pdfin *pdf;
    struct seen *images; /* by object: struct sheet_image, or `bad` for one that is not read here */
    struct sheet_image bad;
    struct seen *profiles; /* struct str, of streams that were unpacked */
    bool is_decrypted;
    size_t nodes; /* of all pages so far */
    size_t found; /* behind the data that were last found in the file */
};

/* The image of a stream; NULL for one that is not read here. `resources` name its colours. */
const struct sheet_image *sheet_image_of(struct sheets *sheets, qpdf_oh stream, qpdf_oh resources);

/* The image of a dictionary, with these data; false for one that is not read here. */
bool sheet_image_read(struct sheets *sheets, qpdf_oh dict, qpdf_oh resources, struct str bytes,
                      struct sheet_image *out);

/* Interprets the content of a page. `page` is its dictionary, `to_page` moves its origin. */
void sheet_content(struct sheets *sheets, qpdf_oh page, qpdf_oh resources, const double to_page[6],
                   struct sheet *out);

#endif
