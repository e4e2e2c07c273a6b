/* Any bytes as what a bag says: as a list of hashes, and, cut at bytes that no UTF-8 has, as
 * data/archive.json and entries of a bag of which all hashes are right. What is read as a list is
 * in order, and what is read as a chain holds; a
 * name made of them is one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bag.h"
#include "archive/bag_chains.h"
#include "archive/bag_read.h"
#include "archive/bag_write.h"
#include "base/arena.h"
#include "base/unfinished.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_list(struct arena *arena, struct str text)
{
    struct diags *diags = diags_new();
    struct bag_manifest list;

    if (bag_manifest_read(arena, diags, "", text, (size_t)2 * HASH_SIZE, &list)) {
        for (size_t i = 0; i < list.count; i++) {
            if (!bag_is_name(list.line[i].path) ||
                (i > 0 && str_cmp(list.line[i - 1].path, list.line[i].path) >= 0))
                abort();
        }
    } else if (diags_count(diags) == 0) {
        abort();
    }
    diags_free(diags);
}

static void
write_bag(struct arena *arena, struct diags *diags, const char *path, struct str text)
{
    struct bag_out *out = bag_begin(arena, diags, path);
    const struct bag_info info = {STR("fuzz"), STR(""), STR("2026-01-01")};
    size_t n = 0;

    if (out == NULL)
        abort();
    for (size_t at = 0, end; at <= text.len && n < 8; at = end + 1, n++) {
        const char *cut = at == text.len ? NULL : memchr(text.ptr + at, 0xFF, text.len - at);
        end = cut == NULL ? text.len : (size_t)(cut - text.ptr);
        const char *name = n == 0 ? BAG_ARCHIVE : arena_printf(arena, "data/other/%06zu.json", n);
        if (!bag_put(out, str_of(name), str_sub(text, at, end - at)))
            abort();
    }
    if (!bag_commit(out, &info))
        abort();
    bag_end(out);
}

static void
read_bag(struct arena *arena, struct diags *diags, const char *path)
{
    struct bag *bag = bag_open(arena, diags, path);
    struct bag_chains chains;

    if (bag == NULL)
        abort(); /* all of it was written just now */
    if (bag_chains_read(bag, arena, &chains)) {
        if (chains.count == 0)
            abort();
    } else if (diags_count(diags) == 0) {
        abort();
    }
    bag_close(bag);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const struct str text = {(const char *)data, size};
    char dir[] = "/dev/shm/fuzz-bag.XXXXXX";

    read_list(arena, text);
    if (!bag_is_name(bag_name(arena, text, "x")))
        abort();
    if (mkdtemp(dir) == NULL)
        abort();
    write_bag(arena, diags, dir, text);
    read_bag(arena, diags, dir);
    unfinished_remove_path(dir);
    diags_free(diags);
    arena_free(arena);
    return 0;
}
