/* A set of indirect objects, for finding loops, and for values that belong to them. */
#include <stdint.h>

#include "base/arena.h"
#include "pdfin/inner.h"
#include "pdfin/map.h"

struct seen {
    struct map *objects;
};

struct seen *
seen_new(struct arena *arena)
{
    struct seen *seen = arena_alloc(arena, sizeof *seen);

    seen->objects = map_new(arena);
    return seen;
}

void **
seen_value(struct pdfin *pdf, struct seen *seen, qpdf_oh object)
{
    int id = qpdf_oh_get_object_id(pdf->qpdf, object);
    uint32_t generation = id <= 0 ? 0 : (uint32_t)qpdf_oh_get_generation(pdf->qpdf, object);

    return id <= 0 ? NULL : map_put(seen->objects, (uint64_t)id << 32 | generation);
}

bool
seen_first(struct pdfin *pdf, struct seen *seen, qpdf_oh object)
{
    void **value = seen_value(pdf, seen, object);
    bool is_first = value == NULL || *value == NULL;

    if (value != NULL)
        *value = seen;
    return is_first;
}
