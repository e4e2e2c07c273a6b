/* A memo to be signed: a PDF of ours with the fields of its roles, opened and described. */
#ifndef SIGN_MEMO_H
#define SIGN_MEMO_H

#include <stdbool.h>

#include "base/str.h"
#include "inspect/opened.h"
#include "pdfin/form.h"
#include "sign/route.h"

struct pdf_old;
struct work;

struct memo {
    struct opened opened;
    struct pdfin_form form;
    struct route route;
    struct str number, date; /* what fills the fields of the head; empty where there is none */
};

/* The fields of the head, which belong to no role. */
#define MEMO_NUMBER "memo_number"
#define MEMO_DATE "memo_date"

/* Reads and describes it. False with IO_…, PDFIN_…, SIGN_NOT_OURS, SIGN_DRAFT or SIGN_NO_FIELDS;
 * memo_close() is needed in any case. The texts live as long as the work. */
bool memo_read(struct work *w, const char *path, struct memo *out);
void memo_close(struct memo *memo);

/* What is to be known of the file to add to it (pdf/append.h). False with PDFIN_… or SIGN_NOT_OURS.
 */
bool memo_old(struct work *w, const struct memo *memo, struct pdf_old *out);

/* The field of a role ("opinion"), or NULL. */
const struct pdfin_field *memo_field(struct work *w, const struct memo *memo, struct str role,
                                     const char *part);

#endif
