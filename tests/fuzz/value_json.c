/* The JSON reader on any bytes: no crash, no hang; what it takes, it dumps, and what it refuses
 * has an error with a place. */
#include <stdlib.h>

#include "base/arena.h"
#include "value/read.h"
#include "value/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct buf out = buf_in(arena);
    const struct value *value =
        value_read_json(arena, diags, "fuzz.json", (struct str){(const char *)data, size});

    if ((value == NULL) != (diags_level_count(diags, DIAG_ERROR) > 0))
        abort();
    if (value != NULL)
        value_dump(value, &out);
    for (size_t i = 0; i < diags_count(diags); i++)
        if (diags_at(diags, i)->level == DIAG_ERROR && diags_at(diags, i)->pos.line == 0)
            abort();
    arena_free(arena);
    diags_free(diags);
    return 0;
}
