/* Decoding and normalising any bytes: what comes out is UTF-8, and normalising it again changes
 * nothing. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "thai/normal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct pos at = {"fuzz", 1, 1};
    struct str text, once, twice;

    if (normal_decode(arena, diags, at, (struct str){(const char *)data, size}, &text)) {
        if (utf8_invalid_at(text) != SIZE_MAX)
            abort();
        bool good = normal_check(diags, at, text);
        if (normal_text(arena, diags, at, text, &once)) {
            if (!good || utf8_invalid_at(once) != SIZE_MAX)
                abort();
            if (!normal_text(arena, diags, at, once, &twice) || !str_eq(once, twice))
                abort();
        } else if (diags_level_count(diags, DIAG_ERROR) == 0) {
            abort();
        }
    } else if (diags_level_count(diags, DIAG_ERROR) == 0) {
        abort();
    }
    arena_free(arena);
    diags_free(diags);
    return 0;
}
