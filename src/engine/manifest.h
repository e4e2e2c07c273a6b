/* The manifest: what a PDF was made from, with what, and how, as JSON that the PDF carries. When
 * the same report is made again, what differs from it is told. */
#ifndef ENGINE_MANIFEST_H
#define ENGINE_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/hash.h"
#include "base/str.h"

struct arena;
struct paged;
struct work;

/* A program or library, and a file; `pos` is where a manifest that was read says so. */
struct manifest_version {
    struct str name, version;
    struct pos pos;
};

struct manifest_input {
    struct str role; /* "report", "data", "template", "rubric", "font", "emblem" */
    struct str name; /* as the PDF carries it; of fonts and emblem the file's own */
    size_t size;
    struct str sha256; /* 64 hexadecimal digits */
    struct pos pos;
};

/* Somebody who is to sign, as the pages name them; what is not said is empty. */
struct manifest_signer {
    struct str role, title, name, position, acting, acting_for;
    struct str certificate; /* its SHA-256 */
};

struct manifest {
    struct pos pos;
    struct manifest_version *versions; /* banthuek itself first */
    size_t version_count;
    bool preprinted, draft, data; /* options; data: the report is carried, and an input here */
    bool for_pen;                 /* another: the pages are those that are signed with a pen */
    bool says_for_pen;            /* one from before there were any says nothing of it */
    struct str created;           /* ISO 8601; may be empty */
    size_t pages;
    struct str pages_sha256; /* of the text of dump --stage=pages */
    bool fields;             /* the pages have fields to sign in */
    bool says_fields;        /* so it says; a manifest from before there were any says nothing */
    struct str code; /* of the for-pen form of the pages (layout/pen.h); empty: there is none */
    struct manifest_signer *routing;
    size_t routing_count;
    struct str replaces; /* SHA-256 of the PDF in whose place this one is made, or empty */
    /* Sides of the emblem as its file gives them, which say how wide it stands on the pages; 0
     * where there is none, and in manifests from before this was told. */
    size_t emblem_box[2];
    struct manifest_input *inputs;
    size_t input_count;
};

/* Bytes of a manifest that are read. */
#define MANIFEST_BYTES_MAX ((size_t)1 << 20)

/* The manifest of a report whose inputs were read. */
struct manifest manifest_of(struct work *w, const struct paged *paged, struct str created,
                            struct str replaces);

/* True when this program and the libraries that set its text are those of the manifest. */
bool manifest_is_of_this(const struct manifest *manifest);

/* Writes it: the same facts give the same bytes. */
void manifest_write(const struct manifest *manifest, struct buf *out);

/* Reads what manifest_write() wrote, out of any bytes; `file` is what places call it. False with
 * JSON_… or MANIFEST_DAMAGED. */
bool manifest_read(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
                   struct manifest *out);

struct manifest_differences {
    bool pages;
    size_t others;
};

/* Compares two manifests, and tells all that differs but the pages as notes MANIFEST_…. */
struct manifest_differences manifest_compare(struct diags *diags, const struct manifest *then,
                                             const struct manifest *now);

#endif
