/* Any bytes end in a drawing within its box or in one message. */
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "image/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const struct drawing *drawing =
        drawing_read_svg(arena, diags, POS_NONE, (struct str){(const char *)data, size});

    if ((drawing == NULL) != (diags_count(diags) == 1))
        abort();
    if (drawing != NULL &&
        (drawing->box[0] >= drawing->box[2] || drawing->box[1] >= drawing->box[3]))
        abort();
    diags_free(diags);
    arena_free(arena);
    return 0;
}
