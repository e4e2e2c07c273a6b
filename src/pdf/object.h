/* PDF objects as plain descriptions (ISO 32000-1 §7.3): what content, font, tags and meta return,
 * and what raw.h hands to libharu. Objects refer to each other by handle. */
#ifndef PDF_OBJECT_H
#define PDF_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

enum pdf_kind {
    PDF_NULL,
    PDF_BOOL,
    PDF_INT,
    PDF_REAL,
    PDF_NAME,
    PDF_STRING,
    PDF_ARRAY,
    PDF_DICT,
    PDF_REF
};

struct pdf_value {
    enum pdf_kind kind;
    bool boolean;
    int64_t number;  /* PDF_INT; PDF_REAL in 1/1000 */
    struct str text; /* PDF_NAME without "/", PDF_STRING as bytes */
    unsigned ref;    /* PDF_REF: handle of an object of the same list */
    struct str key;  /* in a dictionary */
    struct pdf_value *first, *last, *next;
    size_t count;
};

/* An indirect object: a value, and for a stream its bytes (already compressed when the dictionary
 * says /Filter). */
struct pdf_object {
    struct pdf_value *value;
    bool is_stream;
    struct str stream;
};

/* The objects of a document. Handle 0 is none. */
struct pdf_objects {
    struct arena *arena;
    struct pdf_object *object;
    size_t count, cap;
    unsigned catalog, info; /* handles */
    uint8_t id[16];         /* /ID of the trailer */
};

struct pdf_value *pdf_null(struct arena *arena);
struct pdf_value *pdf_bool(struct arena *arena, bool boolean);
struct pdf_value *pdf_int(struct arena *arena, int64_t number);
struct pdf_value *pdf_real(struct arena *arena, int64_t thousandths);
struct pdf_value *pdf_name(struct arena *arena, const char *name);
struct pdf_value *pdf_string(struct arena *arena, struct str bytes);
/* A text string: PDFDocEncoding when it is ASCII, else UTF-16BE with its mark. */
struct pdf_value *pdf_text(struct arena *arena, struct str utf8);
struct pdf_value *pdf_ref(struct arena *arena, unsigned handle);
struct pdf_value *pdf_array(struct arena *arena);
struct pdf_value *pdf_dict(struct arena *arena);
void pdf_add(struct pdf_value *array, struct pdf_value *item);
void pdf_set(struct pdf_value *dict, const char *key, struct pdf_value *item);

/* Reserves a handle, to be filled later, and adds an object. */
unsigned pdf_reserve(struct pdf_objects *objects);
unsigned pdf_put(struct pdf_objects *objects, struct pdf_value *value);
void pdf_fill(struct pdf_objects *objects, unsigned handle, struct pdf_value *value);
/* Compresses `bytes` with libdeflate and adds the stream; `dict` may be NULL. */
unsigned pdf_put_stream(struct pdf_objects *objects, struct pdf_value *dict, struct str bytes);

/* Writes a number of 1/1000 units the shortest way: "12.5", "-3", "0.001". */
void pdf_number(struct buf *out, int64_t thousandths);

#endif
