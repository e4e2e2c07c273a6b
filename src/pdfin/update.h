/* What must be known of a PDF to add to it (pdf/append.h): its end, and its objects as they stand
 * there, entry by entry, so that new versions of them keep what is not changed. */
#ifndef PDFIN_UPDATE_H
#define PDFIN_UPDATE_H

#include "pdfin/pdfin.h"

#define PDFIN_ENTRIES_MAX 100000             /* of one dictionary */
#define PDFIN_SYNTAX_MAX ((size_t)64 << 20)  /* bytes of one object, written out */
#define PDFIN_NUMBER_MAX ((unsigned)8388607) /* object numbers (ISO 19005-3 §6.1.13) */

/* The newest trailer of a file. */
struct pdfin_tail {
    size_t xref;         /* the offset behind the last "startxref" */
    bool is_stream;      /* what stands there is a cross-reference stream, not a table: only to such
                          * a file another one may be added without making it a hybrid */
    unsigned size;       /* /Size */
    unsigned root, info; /* object numbers; info 0: there is none */
    struct str id[2];    /* both halves of /ID, their bytes; empty: there is none */
    bool ends_line;      /* a line end follows the last "%%EOF" and ends the file */
};

/* False with PDFIN_NO_UPDATE, naming why nothing can be added: something stands before the header
 * or behind the last %%EOF, the file is encrypted, the root has no number or a generation other
 * than 0, numbers are out of range. */
bool pdfin_tail(struct pdfin *pdf, struct pdfin_tail *out);

struct pdfin_entry {
    struct str key; /* as bytes, without "/" and without escapes */
    struct str raw; /* the value in PDF syntax; what is indirect is a reference: "12 0 R" */
};

struct pdfin_entries {
    struct pdfin_entry *entry;
    size_t count;
    bool is_stream; /* they are those of a stream's dictionary */
};

/* The dictionary of the object with this number (and generation 0), in the order of its keys. False
 * with PDFIN_NO_OBJECT where there is none or it is no dictionary, or with PDFIN_TOO_MUCH. */
bool pdfin_entries(struct pdfin *pdf, unsigned number, struct pdfin_entries *out);

/* The value of a key, "AP" say; an empty text where there is none. */
struct str pdfin_raw(const struct pdfin_entries *entries, const char *key);

#endif
