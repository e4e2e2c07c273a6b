/* The reader of records of scans on any bytes: no crash; what it takes is written and read again as
 * the same, what it refuses has an error. */
#include <stdlib.h>

#include "base/arena.h"
#include "inspect/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str
written(struct arena *arena, const struct scan_record *record)
{
    struct buf out = buf_in(arena);

    scan_record_write(record, &out);
    return buf_str(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct scan_record first, second;
    bool good =
        scan_record_read(arena, diags, "fuzz.json", (struct str){(const char *)data, size}, &first);

    if (good != (diags_level_count(diags, DIAG_ERROR) == 0))
        abort();
    if (good) {
        struct str bytes = written(arena, &first);
        if (!scan_record_read(arena, diags, "again.json", bytes, &second) ||
            !str_eq(bytes, written(arena, &second)))
            abort();
    }
    arena_free(arena);
    diags_free(diags);
    return 0;
}
