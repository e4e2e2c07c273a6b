/* What people type to search: words, all of which have to be there.
 *
 *   รายงานผล 2566      both, anywhere in the document
 *   "ผล การประเมิน"    as it stands, blanks too, in one paragraph ("" is a quote in it)
 *   -ร่าง -"ฉบับ ร่าง"  not that
 *
 * There is no more: other signs are looked for as they are. */
#ifndef ARCHIVE_EXPRESSION_H
#define ARCHIVE_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

#define EXPRESSION_BYTES_MAX 4096
#define EXPRESSION_TERMS_MAX 32

struct term {
    struct str text; /* folded (thai/fold.h), of two code points or more */
    bool is_excluded;
};

struct expression {
    struct term terms[EXPRESSION_TERMS_MAX];
    size_t count;
};

/* Reads any bytes. A quote without an end reaches to the end; a term that is there twice counts
 * once; one of nothing that is seen is none. False with ARCHIVE_SEARCH_BYTES (not UTF-8),
 * ARCHIVE_SEARCH_LONG, ARCHIVE_SEARCH_MANY, or ARCHIVE_SEARCH_SHORT for a term of one code point.
 */
bool expression_read(struct arena *arena, struct diags *diags, struct str text,
                     struct expression *out);

#endif
