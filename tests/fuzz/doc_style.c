/* Style files: the input on top of the official one (run from the project's folder), and alone. */
#include <stdint.h>

#include "base/arena.h"
#include "base/files.h"
#include "doc/style.h"
#include "value/read.h"
#include "value/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new((size_t)256 * 1024 * 1024);
    struct diags *diags = diags_new();
    struct str official;
    if (!files_read(files_system(), arena, diags, POS_NONE, "templates/official.yaml",
                    VALUE_BYTES_MAX, &official))
        __builtin_trap();
    const struct value *base = value_read_yaml(arena, diags, "official", official);
    const struct value *own =
        value_read_yaml(arena, diags, "own", (struct str){(const char *)bytes, size});
    const struct value *files[] = {base, own};

    if (own != NULL) {
        const struct style *style = style_load(arena, diags, files, 2);
        const struct style *alone = style_load(arena, diags, &own, 1);
        if ((style == NULL || alone == NULL) && diags_level_count(diags, DIAG_ERROR) == 0)
            __builtin_trap();
        if (style != NULL && style_find_para(style, STR("p")) == NULL)
            __builtin_trap();
    }
    diags_free(diags);
    arena_free(arena);
    return 0;
}
