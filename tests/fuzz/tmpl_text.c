/* Templates of text mode, with data that are always the same; the input is also there as the
 * partial "a". */
#include <stdint.h>

#include "base/arena.h"
#include "tmpl/tmpl.h"
#include "value/read.h"
#include "value/value.h"

static const char data_text[] =
    "{\"t\": \"<text>\\n&\", \"n\": 1.21, \"y\": true, \"z\": null, \"e\": [], \"a\": \"a\","
    " \"m\": {\"t\": \"in m\", \"m\": {\"x\": \"deep\"}}, \"l\": [1, 2, {\"t\": [3, [4]]}]}";

static bool
source(void *context, struct str name, struct pos pos, struct str *file, struct str *bytes)
{
    (void)pos;
    *file = name;
    *bytes = str_is(name, "a") ? *(const struct str *)context
                               : STR("one\n  {{$t}}\n  two {{t}}\n  {{/t}}\nthree\n");
    return name.len == 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new((size_t)256 * 1024 * 1024);
    struct diags *diags = diags_new();
    struct str input = {(const char *)bytes, size}, out;
    const struct value *data = value_read_json(arena, diags, "data", str_of(data_text));

    if (!tmpl_text(arena, diags, source, &input, input, data, &out) &&
        diags_level_count(diags, DIAG_ERROR) == 0)
        __builtin_trap();
    diags_free(diags);
    arena_free(arena);
    return 0;
}
