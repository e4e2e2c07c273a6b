/* A signature in a PDF (ISO 32000-1 §12.8): its dictionary with room for what is known last, and
 * what goes into that room once all other bytes are written. */
#ifndef SIGN_SEAL_H
#define SIGN_SEAL_H

#include <stdbool.h>

#include <openssl/evp.h>

#include "base/diag.h"
#include "base/str.h"
#include "pdf/append.h"

struct arena;
struct pdf_value;

/* Bytes of the value; in the file are twice as many digits, which makes the string that a reader
 * gets as long as the value. */
#define SEAL_ROOM ((size_t)8192)
#define SEAL_STAMP ((size_t)8192)     /* what a time stamp may take besides */
#define SEAL_ROOM_MAX ((size_t)32767) /* of a string (ISO 19005-3 §6.1.13) */

struct seal {
    struct pdf_room range, contents;
    struct pdf_value *dict; /* /Type, /Filter, /SubFilter, /ByteRange, /Contents */
};

/* Starts a dictionary with room for `size` bytes, at most SEAL_ROOM_MAX. `type` and `format` are
 * names: "Sig", "ETSI.CAdES.detached". The seal must stay until the file is written. */
void seal_begin(struct arena *arena, struct seal *seal, const char *type, const char *format,
                size_t size);

/* Writes /ByteRange into the file that was made. */
bool seal_range(struct seal *seal, struct pdf_appended *appended);

/* What is signed: all bytes but those of /Contents. */
void seal_parts(const struct seal *seal, const struct pdf_appended *appended, struct str part[2]);

/* The hash of what is signed, in `arena`; empty when OpenSSL has no memory. */
struct str seal_hash(struct arena *arena, const struct seal *seal,
                     const struct pdf_appended *appended, const EVP_MD *md);

/* Writes the value into the file, reads back what a reader will find there, the range and the
 * value, and compares them. False with SIGN_ROOM or SIGN_WRITTEN_WRONG. */
bool seal_close(struct arena *arena, struct diags *diags, struct pos pos, struct seal *seal,
                struct pdf_appended *appended, struct str der);

#endif
