/* The fields of a PDF's form (ISO 32000-1 §12.7), as they describe themselves. */
#ifndef PDFIN_FORM_H
#define PDFIN_FORM_H

#include "pdfin/pdfin.h"

#define PDFIN_FIELDS_MAX 20000
#define PDFIN_WIDGETS_MAX 100000
#define PDFIN_VALUE_MAX ((size_t)128 << 10) /* bytes of a value; the rest is cut */
#define PDFIN_VALUES_MAX ((size_t)64 << 20) /* of all values together */

/* Where a field is shown. */
struct pdfin_widget {
    unsigned object;      /* number of its dictionary, which may be that of the field; 0: none */
    size_t page;          /* from 0: the first page that has it under /Annots; SIZE_MAX: no page */
    unsigned page_object; /* that page's number */
    mpt rect[4];          /* left, bottom, right, top; all 0 when it has none that can be used */
    long long flags;      /* /F */
    unsigned
        appearance; /* number of the stream /AP /N; 0: none, or one for each of several states */
};

/* What a signature locks. */
enum pdfin_lock_action {
    PDFIN_LOCK_NONE, /* there is no /Lock */
    PDFIN_LOCK_ALL,
    PDFIN_LOCK_INCLUDE,
    PDFIN_LOCK_EXCLUDE,
    PDFIN_LOCK_OTHER /* an action that is none of these */
};

struct pdfin_lock {
    enum pdfin_lock_action action;
    struct str *names; /* full names */
    size_t count;
};

/* A field that has no fields below it. What it inherits (§12.7.3.1) counts as its own. */
struct pdfin_field {
    struct str name;   /* in full: "preparer.opinion" */
    struct str part;   /* its own: "opinion" */
    struct str type;   /* "Tx", "Sig", "Btn", "Ch"; empty: none */
    long long flags;   /* /Ff */
    unsigned object;   /* number of its dictionary; 0: it has none of its own, or a generation */
    bool has_value;    /* /V is there, whatever it is */
    struct str value;  /* of text and choice: /V as UTF-8, of the first one where it is a list */
    bool value_is_cut; /* at PDFIN_VALUE_MAX */
    unsigned
        signature;  /* number of the signature dictionary that /V is; 0: none, or a direct one */
    bool is_signed; /* it is a signature field, and /V is a dictionary */
    struct str da;  /* /DA, of the form where it has none */
    struct str tooltip; /* /TU */
    long long align;    /* /Q, of the form where it has none */
    struct pdfin_lock lock;
    struct pdfin_widget *widgets;
    size_t widget_count;
};

struct pdfin_form {
    bool is_there;             /* the catalog has an /AcroForm */
    unsigned object;           /* its number; 0: it stands in the catalog itself */
    long long signature_flags; /* /SigFlags */
    bool has_xfa, needs_appearances;
    struct pdfin_field *fields; /* in the order of the tree */
    size_t count;
};

/* Describes the form, whose texts and arrays live in the PDF's arena. After pdfin_describe(). False
 * with PDFIN_TOO_MUCH, PDFIN_LOOP, PDFIN_DAMAGED or PDFIN_MEMORY. */
bool pdfin_form(struct pdfin *pdf, struct pdfin_form *out);

/* The same without widgets, locks, tooltips and looks: for who reads what was filled in. */
bool pdfin_form_values(struct pdfin *pdf, struct pdfin_form *out);

/* The field of this full name, or NULL; the first one when a damaged file has several. */
const struct pdfin_field *pdfin_field(const struct pdfin_form *form, struct str name);

#endif
