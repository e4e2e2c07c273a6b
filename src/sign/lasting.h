/* What makes a signature last (ETSI EN 319 142-1, B-LT and B-LTA): revisions behind it that hold
 * certificates, OCSP answers and CRLs (/DSS), and a time stamp of the whole file. */
#ifndef SIGN_LASTING_H
#define SIGN_LASTING_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"
#include "pdf/append.h"
#include "pdfin/form.h"
#include "pdfin/revisions.h"
#include "pdfin/update.h"

struct pdfin;
struct revocations;
struct stamp;
struct stamp_server;
struct work;

/* A file that grows by revisions, without being read anew after each. */
struct lasting {
    struct work *w;
    struct pos pos;
    struct pdf_appended appended; /* the file as it is now */
    struct pdf_old now;           /* what must be known of it */
    unsigned root_number;
    struct pdfin_entries root; /* as the file had it that was read */
    unsigned certifies;        /* the signature that /Perms names since; 0: as it was */
    unsigned form_number;
    struct pdfin_entries form, dss; /* the latter empty where there is none */
    unsigned dss_number;            /* 0: there is none yet */
    struct dss known;               /* what of it need not be added again */
    size_t stamps;                  /* fields of document time stamps */
    struct str fields;              /* /Fields of the form, as it is now */
};

/* Reads what must be known of an open PDF of these bytes. False with PDFIN_… or SIGN_DSS_ODD. */
bool lasting_read(struct work *w, struct pos pos, struct pdfin *pdf, struct str bytes,
                  const struct pdfin_form *form, struct lasting *out);

/* Adds a revision with what was collected and is not there yet. */
bool lasting_add(struct lasting *lasting, const struct revocations *collected);

/* Adds a revision with a time stamp of all before it, in a field without a place on the pages.
 * False with SIGN_FETCH_…, SIGN_STAMP_… or SIGN_ROOM. `stamp` is to be closed in any case. */
bool lasting_stamp(struct lasting *lasting, const struct stamp_server *server, struct stamp *stamp);

#endif
