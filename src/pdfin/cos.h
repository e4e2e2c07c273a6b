/* COS: objects of a PDF as they stand there, for comparing two revisions, read by a strict reader
 * of our own, because libqpdf tells neither where an object stands nor which of two places a table
 * means.
 *
 * Nodes live as long as their revisions. What stands at one place of the file is one node, whatever
 * revisions it belongs to, so two pointers that are equal are the same bytes; but references in it
 * may lead elsewhere in each revision. */
#ifndef PDFIN_COS_H
#define PDFIN_COS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "pdfin/revisions.h"

enum cos_type {
    COS_NULL,
    COS_BOOL,
    COS_INTEGER,
    COS_REAL, /* one that is no whole number */
    COS_STRING,
    COS_NAME,
    COS_ARRAY,
    COS_DICT,
    COS_STREAM,
    COS_REF
};

#define COS_NOWHERE SIZE_MAX

struct cos {
    enum cos_type type;
    uint32_t count; /* of items, of entries */
    size_t at;      /* where it begins in the file; COS_NOWHERE inside an object stream */
    union {
        long long integer; /* of COS_BOOL too */
        /* bytes of a string, a name without "/", a real in one fixed form */
        struct str text;
        struct {
            uint32_t number, generation;
        } ref;
        const struct cos *items;
        const struct cos_entry *entries; /* by key, each once; values may be null */
        const struct cos_stream *stream;
    };
};

struct cos_entry {
    struct str key;
    struct cos value;
};

struct cos_stream {
    struct cos dict;
    struct str data; /* as it stands in the file */
};

extern const struct cos cos_null;

/* The value of a key ("Kids", without "/") in a dictionary or in that of a stream, as it stands
 * there; cos_null where there is none. */
const struct cos *cos_get(const struct cos *parent, const char *key);

/* The dictionary of a stream; anything else is itself. */
const struct cos *cos_dict(const struct cos *node);

bool cos_is_name(const struct cos *node, const char *name);

/* The number a reference names, 0 for anything else. */
size_t cos_number(const struct cos *node);

/* A number; 0 for anything else. */
double cos_real(const struct cos *node);

/* A string as a text (PDFDocEncoding, UTF-16, UTF-8), or a name; anything else is empty. */
struct str cos_text(struct arena *arena, const struct cos *node);

/* What stands behind references in a revision; cos_null where nothing does, and with a doubt where
 * it cannot be read. */
const struct cos *cos_resolve(struct revisions *revisions, size_t revision, const struct cos *node);

/* cos_get() and cos_resolve(). */
const struct cos *cos_at(struct revisions *revisions, size_t revision, const struct cos *parent,
                         const char *key);

/* The text at a key of a dictionary. */
struct str cos_text_at(struct revisions *revisions, size_t revision, const struct cos *parent,
                       const char *key);

/* An object by its number. */
const struct cos *revisions_object(struct revisions *revisions, size_t revision, size_t number);

/* True when the number stands for something in a revision; and when that revision's own tables name
 * it. */
bool revisions_has(const struct revisions *revisions, size_t revision, size_t number);
bool revisions_names(const struct revisions *revisions, size_t revision, size_t number);

/* Numbers of objects that a revision's own tables give a place. */
const uint32_t *revisions_own(const struct revisions *revisions, size_t revision, size_t *count);

/* The trailer and the catalog of a revision. */
const struct cos *revisions_trailer(const struct revisions *revisions, size_t revision);
const struct cos *revisions_root(struct revisions *revisions, size_t revision);

/* Counts work; false, with a doubt, when there was too much. */
bool revisions_step(struct revisions *revisions);
void revisions_doubt_add(struct revisions *revisions, enum doubt_code code, size_t offset,
                         size_t number, const char *detail);

/* The bytes of a stream, unpacked (FlateDecode, with or without a predictor, or nothing). */
bool cos_unpack(struct revisions *revisions, size_t revision, const struct cos *stream,
                size_t limit, struct arena *arena, struct str *out);

/* True when two XMP packets say the same, but for the dates and the program of the last saving. */
bool cos_xmp_same(struct arena *arena, struct str a, struct str b);

/* ---- trees of a revision, each read once and with guards against loops */

/* Numbers of the pages in their order; a page without a number is 0 (and a doubt). */
const size_t *revisions_pages(struct revisions *revisions, size_t revision, size_t *count);

/* The page, from 1, whose /Annots have an object; 0 for none. */
size_t revisions_page_of(struct revisions *revisions, size_t revision, size_t number);

/* A node of the tree of fields: fields that have a name, and widgets that have none. */
struct field_node {
    size_t number; /* 0 for one that stands directly in /Kids */
    const struct cos *dict;
    struct str name;         /* full */
    struct str type;         /* own or from above: Tx, Btn, Ch, Sig */
    const struct cos *value; /* own or from above, resolved; cos_null without */
    size_t parent;           /* index of the node above, SIZE_MAX at the root */
    bool has_name;           /* a /T of its own */
    bool is_widget;
    bool has_kids;
};

const struct field_node *revisions_field_nodes(struct revisions *revisions, size_t revision,
                                               size_t *count);

/* Sets whether each number up to the largest can be reached from the trailer of a revision. */
struct reached;
struct reached *revisions_reached(struct revisions *revisions, size_t revision);
bool reached_has(const struct reached *reached, size_t number);

#endif
