/* Reading PDFs, foreign and hostile ones too: a plain description, and the files that one carries.
 *
 * Nothing is repaired: a file whose cross-reference is damaged is refused. Nothing is verified
 * either: signatures are described as they stand there. Everything walked is counted and guarded
 * against loops. What libqpdf itself unpacks (object streams) is measured before, as far as it can
 * be found; against what is hidden better, a program that reads foreign files sets a limit of
 * memory for itself (RLIMIT_AS): libqpdf's failing to get more comes back as PDFIN_MEMORY.
 *
 * Texts are UTF-8, ill-formed bytes replaced by U+FFFD; they may hold control characters. */
#ifndef PDFIN_PDFIN_H
#define PDFIN_PDFIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"
#include "base/unit.h"

struct arena;
struct pdfin;

#define PDFIN_BYTES_MAX ((size_t)512 << 20) /* of a PDF */
#define PDFIN_OBJECTS_MAX 4000000           /* looked at while describing */
#define PDFIN_DEPTH_MAX 256                 /* of any tree */
#define PDFIN_PAGES_MAX 100000
#define PDFIN_FONTS_MAX 4096
#define PDFIN_FILES_MAX 4096
#define PDFIN_SIGNATURES_MAX 1024
#define PDFIN_TAGS_MAX 256                    /* different types of elements */
#define PDFIN_FILE_MAX ((size_t)512 << 20)    /* a file inside, unpacked */
#define PDFIN_TOTAL_MAX ((size_t)1 << 30)     /* all files inside, unpacked */
#define PDFIN_STREAMS_MAX ((size_t)256 << 20) /* object and cross-reference streams, unpacked */
#define PDFIN_TEXT_MAX ((size_t)4096)         /* bytes of a text; the rest is cut */
#define PDFIN_XMP_MAX ((size_t)4 << 20)

/* As it is shown: turned as /Rotate says, in units of the page. */
struct pdfin_page {
    mpt width, height; /* 0 when the page has none that can be used */
    unsigned object;   /* number of its dictionary; 0: none, or a generation other than 0 */
};

struct pdfin_font {
    struct str name;    /* without "ABCDEF+" of a subset */
    struct str subtype; /* Type0, TrueType, … */
    bool embedded;
    bool to_unicode;
};

struct pdfin_file {
    struct str name; /* UF, else F; may lead anywhere: pdfin_check_names() */
    struct str relation;
    struct str mime;
    struct str description; /* for people */
    size_t size;            /* unpacked, counted; SIZE_MAX when it cannot be unpacked */
    bool is_listed;         /* stands in the tree of names, not only under /AF */
};

/* A field of signature that is signed. */
struct pdfin_signature {
    struct str field, name, reason;
    struct str time;   /* of M as ISO 8601, or as it stands there */
    struct str format; /* ETSI.CAdES.detached, … */
    size_t covers;     /* bytes of the file from its start, but the signature itself; or 0 when
                        * ByteRange makes no sense */
    bool covers_all;
};

struct pdfin_tag {
    struct str type; /* as it stands there */
    size_t count;
};

/* What the XMP claims; empty texts where it claims nothing. */
struct pdfin_claims {
    struct str pdfa, pdfua; /* "3A", "1" */
};

struct pdfin_info {
    struct str version; /* "1.7" */
    bool encrypted;     /* and opened without a password */
    struct str language, title, author, producer;
    struct pdfin_claims claims;
    bool marked, has_structure;
    struct pdfin_page *pages;
    size_t page_count;
    struct pdfin_tag *tags; /* in the order in which they first come */
    size_t tag_count, element_count;
    struct pdfin_font *fonts; /* of pages and of forms on them */
    size_t font_count;
    struct pdfin_file *files; /* of the document: the tree of names, then /AF of the catalog */
    size_t file_count;
    struct pdfin_signature *signatures;
    size_t signature_count;
};

/* Opens `bytes`, which stay the caller's and must stay as they are until pdfin_close(). What is
 * given out lives in `arena`. `file` is the name for messages, whose lines are 0: places are told
 * as byte offsets. NULL with PDFIN_EMPTY, PDFIN_NOT_PDF, PDFIN_PASSWORD, PDFIN_DAMAGED or
 * PDFIN_MEMORY. */
struct pdfin *pdfin_open(struct arena *arena, struct diags *diags, const char *file,
                         struct str bytes);
void pdfin_close(struct pdfin *pdf);

/* Describes the PDF, once. NULL with PDFIN_TOO_MUCH, PDFIN_LOOP, PDFIN_PAGES, PDFIN_DAMAGED or
 * PDFIN_MEMORY. What is odd without being in the way is a warning: PDFIN_ODD, PDFIN_XMP,
 * PDFIN_FILE_…. */
const struct pdfin_info *pdfin_describe(struct pdfin *pdf);

/* The same without structure elements and fonts, of which none are told then, and of files inside
 * only names and sizes: all that is asked for by who adds to the PDF, in a third of the time. */
const struct pdfin_info *pdfin_describe_briefly(struct pdfin *pdf);

/* The index behind the last of the pages that follow page `from` and have its size. */
size_t pdfin_size_end(const struct pdfin_info *info, size_t from);

/* True when all files may be written into one folder under their names: no name leads out of it,
 * none comes twice or is a file and a folder at once. Else false with PDFIN_NAME_OUTSIDE,
 * PDFIN_NAME_TWICE or PDFIN_NAME_FOLDER. After pdfin_describe(). */
bool pdfin_check_names(struct pdfin *pdf);

/* A picture that pages show, by the name that the first page's resources give it. */
struct pdfin_picture {
    bool is_form;            /* a drawing: */
    struct str form;         /* its content as it stands there, deflated */
    long long width, height; /* of the form's box, which begins at 0; or in pixels */
    /* of a raster of 8 bits a channel, one or three of them: */
    unsigned channels;
    struct str jpeg;   /* as it stands there; else */
    struct str pixels; /* its rows, unpacked; and their alpha, or an empty text */
    struct str alpha;
};

#define PDFIN_PICTURE_PIXELS_MAX 50000000
#define PDFIN_PICTURE_BYTES_MAX ((size_t)64 << 20) /* as it stands there */

/* Finds it. False, with no message, where there is none of this name or it is of any other make
 * than those that this library writes. After pdfin_describe(). */
bool pdfin_picture(struct pdfin *pdf, struct arena *arena, const char *name,
                   struct pdfin_picture *out);

/* The bytes of a file, in `arena`. False with PDFIN_FILE_FILTER, PDFIN_FILE_PACKED or
 * PDFIN_FILE_LARGE. After pdfin_describe(). */
bool pdfin_read(struct pdfin *pdf, struct arena *arena, size_t index, struct str *out);

#endif
