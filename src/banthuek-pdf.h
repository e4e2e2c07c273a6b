/* libbanthuek-pdf, a second library on top of libbanthuek: what a PDF carries.
 *
 * These functions read PDFs, foreign and hostile ones too. They stand apart because libqpdf, which
 * reads for them, brings a C++ library and GnuTLS along. It unpacks some parts of a PDF without a
 * limit: call them in a process that has one of memory (RLIMIT_AS), as the command does. A path "-"
 * is standard input. Threads, ownership and errors are as in banthuek.h. */
#ifndef BANTHUEK_PDF_H
#define BANTHUEK_PDF_H

#include "banthuek.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Takes the files out of a PDF that this library made into the folder `dir`, which is made and may
 * be there already if it is empty; NULL: the PDF's name without ".pdf". It is there whole or not at
 * all. *made is its name, owned by the object. Warns when a file is not the one that the PDF was
 * made from, and when the data was left out. False with messages. */
bool banthuek_extract(struct banthuek *banthuek, const char *pdf, const char *dir,
                      const char **made);

/* banthuek_new(), or banthuek_new_form(), with the report that a PDF of this library carries as
 * last year's. Warns when it is not the one that the PDF was made from; of a signed PDF a note says
 * that nothing was verified. False with messages. */
bool banthuek_new_from_pdf(struct banthuek *banthuek, const char *dir, const char *template_name,
                           int year, const char *pdf, bool form);

/* ---- what a PDF holds
 *
 * Texts stand here as they do in the PDF and may hold anything, control characters and NUL too, but
 * are UTF-8; those that there are not are empty. Nothing is verified. */

/* Pages in a row that have one size, in thousandths of a point; 0: unknown. */
struct banthuek_pdf_pages {
    size_t count;
    int width, height;
};

struct banthuek_pdf_tag {
    struct banthuek_bytes type;
    size_t count;
};

struct banthuek_pdf_font {
    struct banthuek_bytes name; /* without "ABCDEF+" of a subset */
    struct banthuek_bytes subtype;
    bool embedded, to_unicode;
};

struct banthuek_pdf_file {
    struct banthuek_bytes name, relation, type;
    size_t size; /* unpacked; SIZE_MAX of stdint.h when it cannot be */
    bool listed; /* in the tree of names, not only associated (AF) */
};

struct banthuek_pdf_signature {
    struct banthuek_bytes field, name, time, reason, format;
    size_t covers; /* bytes of the file from its start; 0 when the range makes no sense */
    bool covers_all;
};

/* What comes out when the PDF is made again, with the templates and fonts at hand, from the data
 * inside. */
enum banthuek_again {
    BANTHUEK_AGAIN_FOREIGN, /* not one of ours */
    BANTHUEK_AGAIN_NO_DATA, /* one of ours, made without its data */
    BANTHUEK_AGAIN_FAILED,  /* could not be made; `why_not` says the first reason */
    BANTHUEK_AGAIN_EMBLEM,  /* the emblem it was made with is not at hand: nothing to be compared */
    BANTHUEK_AGAIN_OTHER,   /* pages that are not those of then */
    BANTHUEK_AGAIN_SAME,
    BANTHUEK_AGAIN_SCAN /* the scan of a report that was signed on paper: `scan` tells of it */
};

/* What the bytes made again are to those of the file. */
enum banthuek_again_bytes {
    BANTHUEK_BYTES_OTHER,
    BANTHUEK_BYTES_FIRST, /* the file begins with them: something was added, as signing does */
    BANTHUEK_BYTES_SAME
};

/* The scan of a report. */
struct banthuek_pdf_scan {
    struct banthuek_bytes code;   /* of the report, with its check character, as it is printed on
                                     paper; may be empty */
    struct banthuek_bytes sha256; /* of the report's PDF before anybody signed it */
    size_t report_pages;          /* how many the report has */
    const size_t *missing;        /* those of them that the scan has not, ascending */
    size_t missing_count;
    /* what comes out when the report is made again from the data inside: SAME is the PDF of that
     * hash, OTHER another */
    enum banthuek_again again;
};

struct banthuek_pdf {
    const char *file;              /* "<stdin>" for "-" */
    struct banthuek_bytes version; /* "1.7" */
    bool encrypted;                /* and opened without a password */
    struct banthuek_bytes title, language, producer;
    struct banthuek_bytes pdfa, pdfua; /* what it claims: "3A", "1" */
    bool marked, has_structure;
    size_t page_count, sizes_count, element_count, tag_count, font_count, file_count,
        signature_count;
    const struct banthuek_pdf_pages *const *sizes;
    const struct banthuek_pdf_tag *const *tags; /* in the order in which they first come */
    const struct banthuek_pdf_font *const *fonts;
    const struct banthuek_pdf_file *const *files;
    const struct banthuek_pdf_signature *const *signatures;
    struct banthuek_bytes made_by; /* the version that made it; empty when it is not one of ours */
    bool has_data;                 /* one of ours, with the report inside */
    enum banthuek_again again;
    enum banthuek_again_bytes bytes;  /* of the same or other pages */
    struct banthuek_bytes why_not[2]; /* in English and Thai */
    size_t differences; /* of versions and files that it was made with and those at hand, as notes
                           tell */
    struct banthuek_bytes made_sha256; /* of what was made, hexadecimal; empty: nothing was */
    /* where bytes are other: the page of the first text that is, with what stands there and what
     * was made; 0: texts are the same, or cannot be read */
    size_t other_page;
    struct banthuek_bytes other_then, other_now;
    /* the code (16 letters) that stands on the pages of its form for the pen; empty where there is
     * none, or where the file does not say and cannot be made again to the same pages */
    struct banthuek_bytes code, printed_code; /* the latter as people read it: "0123-…-CDEF-G" */
    bool for_pen;                             /* it is that form */
    const struct banthuek_pdf_scan *scan;     /* NULL: it is none */
};

/* Describes a PDF. One of ours is made again, and what differs is told. NULL with messages when it
 * cannot be read; a described one is not good when there are errors among the messages. */
const struct banthuek_pdf *banthuek_inspect(struct banthuek *banthuek, const char *pdf);

/* The description as JSON, with the messages: src/cli/inspect.schema.json. `file` is the name that
 * it is to tell; `pdf` is NULL for one that cannot be read. */
void banthuek_inspect_json(struct banthuek *banthuek, const char *file,
                           const struct banthuek_pdf *pdf, enum banthuek_lang lang,
                           struct banthuek_bytes *json);

/* Adds the message of banthuek_inspect() on a PDF that takes more time, or memory, than there is.
 * For a program that limits its process and must have it ready when nothing can be done any more.
 */
enum banthuek_limit { BANTHUEK_TIME, BANTHUEK_MEMORY };

void banthuek_inspect_given_up(struct banthuek *banthuek, const char *pdf,
                               enum banthuek_limit limit);

#ifdef __cplusplus
}
#endif

#endif
