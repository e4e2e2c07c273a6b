/* The reader of manifests on any bytes: no crash; what it takes is written and read again as the
 * same, what it refuses has an error. */
#include <stdlib.h>

#include "base/arena.h"
#include "engine/manifest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str
written(struct arena *arena, const struct manifest *manifest)
{
    struct buf out = buf_in(arena);

    manifest_write(manifest, &out);
    return buf_str(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct manifest first, second;
    bool good =
        manifest_read(arena, diags, "fuzz.json", (struct str){(const char *)data, size}, &first);

    if (good != (diags_level_count(diags, DIAG_ERROR) == 0))
        abort();
    if (good) {
        struct str bytes = written(arena, &first);
        if (!manifest_read(arena, diags, "again.json", bytes, &second) ||
            !str_eq(bytes, written(arena, &second)))
            abort();
        /* the reader has notes of its own, of texts that it normalised */
        size_t notes = diags_level_count(diags, DIAG_NOTE);
        manifest_compare(diags, &first, &second);
        if (diags_level_count(diags, DIAG_NOTE) > notes)
            abort();
    }
    arena_free(arena);
    diags_free(diags);
    return 0;
}
