/* Adding to a PDF that is there already, as an incremental update (ISO 32000-1 §7.5.6): its bytes
 * stay as they are, so that every signature in it stays good, and behind them come new objects, new
 * versions of old ones, and a cross-reference stream that lists these alone.
 *
 * Objects are described as for a new file (object.h). What the file has already is referred to by
 * pdf_old_ref(); an object of it gets a new version by pdf_put_old(), whose old entries are handed
 * on as they stood there with pdf_raw(); what is written into the file when all else is done (a
 * signature) gets room by pdf_room(). Nothing here reads PDFs, and libharu is not needed. */
#ifndef PDF_APPEND_H
#define PDF_APPEND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"
#include "pdf/object.h"

/* What must be known of the file that is added to. pdfin_tail() (pdfin/update.h) tells it of any
 * file, and pdf_append() of what it made. */
struct pdf_old {
    size_t xref;   /* offset of its newest cross-reference section: the number behind the last
                    * "startxref" */
    unsigned size; /* /Size: one more than the highest object number; new objects begin here */
    unsigned root, info; /* object numbers of /Root and /Info; info 0: there is none */
    struct str id;       /* first half of /ID, its bytes; empty: it has none and gets one */
};

/* What was made. All of it lives in the arena of the objects. */
struct pdf_appended {
    struct str file;        /* the whole new file */
    struct pdf_old now;     /* what must be known of it to add to it in turn */
    const unsigned *number; /* by handle: the object's number */
    const size_t *offset;   /* by handle: where in the file "12 0 obj" begins */
    char *bytes;            /* the same as file.ptr, for pdf_patch() */
};

/* Writes `file`, a line end where it has none at its end, each object by itself in the order of the
 * handles, a cross-reference stream, "%%EOF" and a line end. Objects that replace an old one keep
 * its number, the others are numbered from old->size on; the cross-reference stream has the last
 * number and lists itself. The first half of /ID stays, the second one is made of all bytes before
 * the cross-reference stream, so the same file and objects give the same bytes. /Root and /Info
 * are those of the old file. False with PDF_TOO_LARGE: 2 GB, or more object numbers than PDF/A
 * allows (8,388,607). */
bool pdf_append(struct diags *diags, struct str file, const struct pdf_old *old,
                const struct pdf_objects *objects, struct pdf_appended *out);

/* Writes `text` over the beginning of a room of what was made; the rest of the room stays. False,
 * with nothing written, when it is longer than the room. */
bool pdf_patch(struct pdf_appended *appended, const struct pdf_room *room, struct str text);

#endif
