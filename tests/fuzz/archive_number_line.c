/* Any bytes as a report whose line ที่: gets a number: it is refused, or longer by the number alone,
 * which then is at the end of the text; it never gets a second one. */
#include <stdlib.h>
#include <string.h>

#include "archive/number_line.h"
#include "base/arena.h"
#include "value/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
    if (!holds)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct str bytes = {(const char *)data, size}, out;
    struct number_line line, again;

    if (number_line_find(arena, diags, "fuzz.yaml", bytes, &line) &&
        number_line_put(arena, diags, "fuzz.yaml", bytes, &line, 407, &out)) {
        size_t more = line.thai ? strlen("๔๐๗") : strlen("407");
        must(diags_level_count(diags, DIAG_ERROR) == 0 && out.len == size + more);
        must(memcmp(out.ptr, bytes.ptr, line.at) == 0);
        must(memcmp(out.ptr + line.at + more, bytes.ptr + line.at, size - line.at) == 0);
        must(!number_line_find(arena, diags, "fuzz.yaml", out, &again));
    } else {
        must(diags_level_count(diags, DIAG_ERROR) > 0);
    }
    diags_free(diags);
    arena_free(arena);
    return 0;
}
