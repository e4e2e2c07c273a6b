/* A report, its tables and pictures and a template out of memory, of any names and bytes: no crash,
 * errors where there is no PDF, and the second time in one context, after the first has filled what
 * reports share, the same messages and bytes. An input holds files: a line "== NAME" begins one. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "banthuek.h"
#include "base/arena.h"
#include "base/str.h"
#include "fuzz_fonts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FILES_MAX 16
#define REPORT "r/report.yaml"

struct made {
    bool good, checked;
    struct str pdf, said;
};

/* Ends at the next line that begins with "== ", or at the end. */
static struct str
take_file(struct str *rest)
{
    size_t end = str_find(*rest, STR("\n== "));
    struct str file = str_sub(*rest, 0, end == SIZE_MAX ? rest->len : end + 1);

    *rest = str_sub(*rest, file.len, rest->len);
    return file;
}

static void
add_files(struct arena *arena, struct banthuek *b, struct str rest)
{
    struct str name = STR("report.yaml"), file = take_file(&rest);

    for (int i = 0; i < FILES_MAX; i++) {
        const char *path = arena_printf(arena, "r/%.*s", STR_FMT(name));
        banthuek_add_file(b, path, (struct banthuek_bytes){file.ptr, file.len});
        if (rest.len == 0)
            return;
        file = take_file(&rest);
        (void)str_line(&file, &name);
        name = str_sub(name, 3, name.len);
    }
}

static struct made
make(struct arena *arena, struct banthuek_context *context, struct str input, bool check)
{
    struct banthuek_options options = {.struct_size = sizeof options,
                                       .flags = BANTHUEK_PREPRINTED,
                                       .memory_limit = (size_t)64 << 20};
    struct banthuek *b = banthuek_open(context, &options);
    struct banthuek_bytes bytes;
    struct made made = {.good = false};

    add_files(arena, b, input);
    if (banthuek_load(b, REPORT)) {
        made.checked = check && banthuek_check(b);
        made.good = banthuek_render(b, &bytes);
    }
    if (made.good)
        made.pdf = str_dup(arena, (struct str){bytes.data, bytes.size});
    if (made.good == (banthuek_level_count(b, BANTHUEK_ERROR) > 0))
        abort();
    banthuek_messages_json(b, BANTHUEK_THAI, &bytes);
    made.said = str_dup(arena, (struct str){bytes.data, bytes.size});
    banthuek_close(b);
    return made;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct banthuek_context *context;
    struct banthuek_context_options options = {.struct_size = sizeof options, .data_dir = "."};
    struct str input = {(const char *)data, size};
    struct arena *arena = arena_new(0);

    if (context == NULL)
        context = banthuek_context_open(&options);
    bool check = size % 2 == 0;
    struct made first = make(arena, context, input, check);
    struct made second = make(arena, context, input, check);
    if (first.good != second.good || !str_eq(first.pdf, second.pdf) ||
        !str_eq(first.said, second.said) || (check && first.good != first.checked))
        abort();
    arena_free(arena);
    return 0;
}
