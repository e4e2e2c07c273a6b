/* The YAML reader on any bytes: no crash, no hang; a tree that dumps, or an error with a place. */
#include <stdlib.h>

#include "base/arena.h"
#include "value/read.h"
#include "value/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
walk(struct arena *arena, const struct value *value)
{
    (void)value_as_block(arena, value);
    for (const struct value *child = value->first; child != NULL; child = child->next)
        walk(arena, child);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct buf out = buf_in(arena);
    const struct value *value =
        value_read_yaml(arena, diags, "fuzz.yaml", (struct str){(const char *)data, size});

    if ((value == NULL) != (diags_level_count(diags, DIAG_ERROR) > 0))
        abort();
    if (value != NULL) {
        value_dump(value, &out);
        walk(arena, value);
    }
    for (size_t i = 0; i < diags_count(diags); i++) {
        const struct diag *diag = diags_at(diags, i);
        if (diag->level == DIAG_ERROR && diag->pos.line == 0)
            abort();
        (void)diag_line(arena, diag, DIAG_THAI);
    }
    arena_free(arena);
    diags_free(diags);
    return 0;
}
