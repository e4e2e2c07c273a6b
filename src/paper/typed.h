/* Codes that people type for pages whose QR code cannot be read: "3=XXXX-XXXX-XXXX-XXXX-X" says of
 * the third page of all that is scanned whose it is, and with "/2" behind it that it is page 2. */
#ifndef PAPER_TYPED_H
#define PAPER_TYPED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/code.h"
#include "base/diag.h"
#include "base/str.h"

struct arena;

struct typed {
    size_t sheet; /* from 1 */
    struct code code;
    unsigned page; /* of the report; 0: not said */
};

#define TYPED_SHEETS_MAX 1000000

/* False with PAPER_TYPED_FORM, PAPER_TYPED_LENGTH, PAPER_TYPED_LETTER or PAPER_TYPED_CHECK. */
bool typed_read(struct arena *arena, struct diags *diags, struct str text, struct typed *out);

#endif
