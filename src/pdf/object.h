/* PDF objects as plain descriptions (ISO 32000-1 §7.3): pdf_build() (pdf.h) makes them, pdf_save()
 * hands them to libharu. Objects refer to each other by handle. */
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
    PDF_REF,
    PDF_OLD_REF,
    PDF_RAW,
    PDF_ROOM
};

/* Room in a file that is filled when all else is written: /ByteRange and /Contents of a signature.
 * pdf_append() sets `at`. */
struct pdf_room {
    struct str text; /* in PDF syntax, what stands there at first */
    size_t at;       /* its offset in the file */
};

/* A string may have at most this many bytes (ISO 19005-3 §6.1.13). */
#define PDF_STRING_MAX 32767

struct pdf_value {
    enum pdf_kind kind;
    bool boolean;
    int64_t number;  /* PDF_INT; PDF_REAL in 1/1000 */
    struct str text; /* PDF_NAME without "/", PDF_STRING as bytes, PDF_RAW in PDF syntax */
    unsigned ref;    /* PDF_REF: a handle of the same list; PDF_OLD_REF: an object number */
    struct pdf_room *room;
    struct str key; /* in a dictionary */
    struct pdf_value *first, *last, *next;
    size_t count;
};

/* An indirect object: a dictionary, and for a stream its bytes (already compressed when the
 * dictionary says /Filter). /Length is never in the dictionary: who writes the file adds it. Of
 * objects of which there are very many, a function writes the entries in place of `value`. */
typedef void pdf_writer(struct buf *out, const void *data, const unsigned *numbers);

struct pdf_object {
    pdf_writer *write; /* or NULL */
    union {
        struct pdf_value *value; /* without write() */
        const void *data;        /* for write() */
    };
    struct str stream; /* of one that is; else ptr is NULL */
    bool is_aside;     /* see pdf_put_aside() */
    unsigned old;      /* the number of the old object that it replaces (append.h); 0: it is new */
};

struct deflate;
struct pdf_form;

/* The objects of a document. Handle 0 is none. */
struct pdf_objects {
    struct arena *arena;
    struct pdf_object *object;
    size_t count, cap;
    unsigned catalog, pages, info; /* handles; pages is the root of the page tree */
    bool is_aside;                 /* said of the objects that are reserved now */
    struct deflate *deflate;
    const struct pdf_form *form; /* of a drawing that was made before; or NULL */
};

/* An empty list whose memory comes from `arena`; pdf_objects_close() gives back the compressor. */
struct pdf_objects *pdf_objects_open(struct arena *arena);
void pdf_objects_close(struct pdf_objects *objects);

/* Values. One value stands in one place only. */
struct pdf_value *pdf_null(struct arena *arena);
struct pdf_value *pdf_bool(struct arena *arena, bool boolean);
struct pdf_value *pdf_int(struct arena *arena, int64_t number);
struct pdf_value *pdf_real(struct arena *arena, int64_t thousandths);
/* `name` is borrowed and must live as long as the objects. */
struct pdf_value *pdf_name(struct arena *arena, const char *name);
struct pdf_value *pdf_string(struct arena *arena, struct str bytes);
/* A text string: PDFDocEncoding when it is ASCII, else UTF-16BE with its mark. What does not fit
 * into PDF_STRING_MAX is cut off. */
struct pdf_value *pdf_text(struct arena *arena, struct str utf8);
struct pdf_value *pdf_ref(struct arena *arena, unsigned handle);
/* A reference to an object of an older file, by its number there: what is appended to a file speaks
 * of its objects. */
struct pdf_value *pdf_old_ref(struct arena *arena, unsigned number);
/* A value in PDF syntax, written as it is: what an old object had already. `text` is borrowed. */
struct pdf_value *pdf_raw(struct arena *arena, struct str text);
/* The same, whose place in the file is told. `room` is borrowed, and stands in one place only. */
struct pdf_value *pdf_room(struct arena *arena, struct pdf_room *room);
struct pdf_value *pdf_array(struct arena *arena);
struct pdf_value *pdf_dict(struct arena *arena);
void pdf_add(struct pdf_value *array, struct pdf_value *item);
/* `key` is borrowed; a key is set once. */
void pdf_set(struct pdf_value *dict, const char *key, struct pdf_value *item);
void pdf_set_key(struct pdf_value *dict, struct str key, struct pdf_value *item);

/* Objects that are reserved from here on are kept aside in the file, or no longer: those that
 * nobody asks for who wants pages, fields and files alone. So who signs a file need not read its
 * structure. */
void pdf_put_aside(struct pdf_objects *objects, bool is_aside);

/* Reserves a handle, to be filled later with a dictionary, and adds an object. */
unsigned pdf_reserve(struct pdf_objects *objects);
unsigned pdf_put(struct pdf_objects *objects, struct pdf_value *dict);
void pdf_fill(struct pdf_objects *objects, unsigned handle, struct pdf_value *dict);
/* The same for a dictionary that a function writes; `data` is borrowed. */
void pdf_fill_written(struct pdf_objects *objects, unsigned handle, pdf_writer *write,
                      const void *data);
/* Adds a new version of the object that an older file has under this number; no number twice. */
unsigned pdf_put_old(struct pdf_objects *objects, unsigned number, struct pdf_value *dict);
/* Compresses `bytes` with libdeflate and adds the stream; `dict` may be NULL. */
unsigned pdf_put_stream(struct pdf_objects *objects, struct pdf_value *dict, struct str bytes);
/* The same of bytes that are compressed already (pdf_deflated()), which are borrowed. */
unsigned pdf_put_deflated(struct pdf_objects *objects, struct pdf_value *dict, struct str deflated);
/* Adds a stream as it is; its dictionary names the filter. `bytes` is borrowed. */
unsigned pdf_put_stored(struct pdf_objects *objects, struct pdf_value *dict, struct str bytes);

/* Writes a number of 1/1000 units the shortest way: "12.5", "-3", "0.001". */
void pdf_number(struct buf *out, int64_t thousandths);

/* Writes `units` / 10^places, places <= 12, the shortest way. */
void pdf_decimal(struct buf *out, int64_t units, unsigned places);

/* Writes the operator that sets the colour for filling or stroking: "0 g", "1 0.5 0 RG". */
void pdf_colour(struct buf *out, unsigned char red, unsigned char green, unsigned char blue,
                bool stroke);

/* Writes UTF-16BE in hexadecimal, without mark or brackets. */
void pdf_utf16_hex(struct buf *out, struct str utf8);

/* Writes a value in PDF syntax. numbers[handle] is the object number of a reference. */
void pdf_write_value(struct buf *out, const struct pdf_value *value, const unsigned *numbers);

/* Writes the entries of an object's dictionary. */
void pdf_write_object(struct buf *out, const struct pdf_object *object, const unsigned *numbers);

/* Writes a reference: "12 0 R". */
void pdf_write_ref(struct buf *out, unsigned handle, const unsigned *numbers);

#endif
