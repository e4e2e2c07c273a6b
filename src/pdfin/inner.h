/* What the files of pdfin/ share: the open PDF and careful ways to libqpdf's objects.
 *
 * Every handle that libqpdf gives is given back with drop(), or a large document fills memory with
 * them. None of these adds an error except where it says so. */
#ifndef PDFIN_INNER_H
#define PDFIN_INNER_H

#include <qpdf/qpdf-c.h>

#include "pdfin/pdfin.h"

struct seen;

#define PDFIN_KEPT_MAX ((size_t)4 << 20) /* of files inside, unpacked */

struct pdfin {
    struct arena *arena;
    struct diags *diags;
    const char *file;
    struct str bytes;
    qpdf_data qpdf;
    size_t walked;
    bool failed; /* an error was added */
    bool described;
    bool is_brief; /* see pdfin_describe_briefly() */
    struct pdfin_info info;
    qpdf_oh *streams;       /* of info.files; 0 where there is none */
    struct str *kept_files; /* of info.files; without an address where they are not kept */
    size_t file_cap, stream_cap, kept_cap;
    size_t unpacked;    /* files inside, also those that could not be, for the work it was */
    size_t kept;        /* bytes of them that are at hand */
    struct seen *texts; /* of indirect objects: thousands may share one long text */
    struct seen *sizes; /* of streams, unpacked */
    size_t looked_at;   /* bytes that signatures leave out */
};

/* ---- object.c */

/* Adds an error, once for a PDF; false. */
bool pdfin_fail(struct pdfin *pdf, enum diag_code code, const char *arg1, const char *arg2);

/* Counts one object; false with PDFIN_TOO_MUCH when there were too many, or after any error. */
bool pdfin_step(struct pdfin *pdf);

void pdfin_drop(struct pdfin *pdf, qpdf_oh object);
qpdf_oh pdfin_root(struct pdfin *pdf);

/* The value of a key ("/Kids") in a dictionary or in that of a stream; null where there is none. */
qpdf_oh pdfin_get(struct pdfin *pdf, qpdf_oh parent, const char *key);
qpdf_oh pdfin_item(struct pdfin *pdf, qpdf_oh array, size_t index);
size_t pdfin_count(struct pdfin *pdf, qpdf_oh array); /* 0 for what is no array */

bool pdfin_is_dict(struct pdfin *pdf, qpdf_oh object); /* a stream is none */
bool pdfin_is_stream(struct pdfin *pdf, qpdf_oh object);
bool pdfin_is_array(struct pdfin *pdf, qpdf_oh object);
bool pdfin_has(struct pdfin *pdf, qpdf_oh parent, const char *key);

/* Text of a string, or of a name without its "/", cut at PDFIN_TEXT_MAX bytes; empty for anything
 * else. */
struct str pdfin_text_of(struct pdfin *pdf, qpdf_oh object);
struct str pdfin_text(struct pdfin *pdf, qpdf_oh parent, const char *key);
/* The same, cut at `limit` bytes, and copied each time that it is asked for. */
struct str pdfin_long_text(struct pdfin *pdf, qpdf_oh object, size_t limit);
bool pdfin_true(struct pdfin *pdf, qpdf_oh parent, const char *key);

/* False when it is no integer. */
bool pdfin_integer(struct pdfin *pdf, qpdf_oh object, long long *out);

/* The number of an indirect object of generation 0, else 0. */
unsigned pdfin_number(struct pdfin *pdf, qpdf_oh object);
unsigned pdfin_number_at(struct pdfin *pdf, qpdf_oh parent, const char *key);

/* A field of a form, below another one. */
struct pdfin_named {
    struct str name;
    const struct pdfin_named *above;
};

/* "a.b.c": the names from above, made only where they are asked for, and no longer than a text. */
struct str pdfin_full_name(struct arena *arena, const struct pdfin_named *named);

/* ---- open.c: makes an error of libqpdf one of ours, if there is one, and is false then; its
 * warnings are told. To be asked when all was read. */
bool pdfin_no_error(struct pdfin *pdf);

/* ---- seen.c: which indirect objects were met, or a value for each; a set is asked for one of both
 */
struct seen *seen_new(struct arena *arena);

/* True the first time an object is met, and always for one without a number. */
bool seen_first(struct pdfin *pdf, struct seen *seen, qpdf_oh object);

/* The place for a value of an indirect object, which is NULL at first; NULL for one without a
 * number. It holds until the next call. */
void **seen_value(struct pdfin *pdf, struct seen *seen, qpdf_oh object);

/* ---- stream.c */

/* The size of a stream's data, unpacked; or the data itself. `what` is its name for messages.
 * False with PDFIN_FILE_…, which are `level`. Of what is counted, small data are kept besides, as
 * long as there is room (PDFIN_KEPT_MAX); *kept has no address where they are not. Of data that are
 * asked for with a name that has no address nothing is told. */
bool pdfin_unpacked_size(struct pdfin *pdf, qpdf_oh stream, struct str what, size_t limit,
                         enum diag_level level, size_t *size, struct str *kept);
bool pdfin_unpack(struct pdfin *pdf, qpdf_oh stream, struct str what, size_t limit,
                  enum diag_level level, struct arena *arena, struct str *out);

/* The data as it stands in the file, in `arena`; false, with no message, when it is longer. */
bool pdfin_raw_data(struct pdfin *pdf, qpdf_oh stream, size_t limit, struct arena *arena,
                    struct str *out);

/* Inflates what must come out as `size` bytes; false, with no message, when it does not. */
bool pdfin_inflate(struct pdfin *pdf, struct str raw, size_t size, struct arena *arena,
                   struct str *out);

/* ---- bombs.c: false when libqpdf would unpack more than PDFIN_STREAMS_MAX, or memory is short */
bool pdfin_no_bombs(struct str bytes);

/* A rectangle: left, bottom, right, top, in that order whatever stands there. False, with nothing
 * set, when there is none that can be used. */
bool pdfin_box(struct pdfin *pdf, qpdf_oh parent, const char *key, mpt out[4]);

/* ---- parts of the description; each function adds one and is false after an error */
bool pdfin_pages(struct pdfin *pdf, qpdf_oh root);
bool pdfin_tags(struct pdfin *pdf, qpdf_oh root);
bool pdfin_files(struct pdfin *pdf, qpdf_oh root);
bool pdfin_signatures(struct pdfin *pdf, qpdf_oh root);
void pdfin_xmp(struct pdfin *pdf, qpdf_oh root);

/* "D:20230929101500+07'00'" as "2023-09-29T10:15:00+07:00"; anything else as it is. */
struct str pdfin_iso_time(struct arena *arena, struct str m);

/* The fonts of a dictionary of resources, those of forms in it too. */
struct font_walk {
    struct seen *fonts, *resources, *forms;
    size_t cap;
};
bool pdfin_fonts(struct pdfin *pdf, struct font_walk *walk, qpdf_oh resources, size_t depth);

#endif
