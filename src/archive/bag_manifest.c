/* Manifests, as sha256sum and sha512sum print them. */
#include <stdlib.h>

#include "archive/bag.h"
#include "archive/bag_read.h"
#include "base/arena.h"
#include "base/ascii.h"

static bool
refuse(struct diags *diags, const char *file, unsigned line)
{
    diag_add(diags, DIAG_ARCHIVE_BAG_LINE, (struct pos){file, line, 1}, NULL, NULL, NULL);
    return false;
}

/* The digits at the beginning of a line; empty where they are not so many. */
static struct str
take_hex(struct arena *arena, struct str line, size_t digits)
{
    char *hex = arena_alloc(arena, digits + 1);

    if (line.len <= digits || ascii_hex(line.ptr[digits]) >= 0)
        return STR("");
    for (size_t i = 0; i < digits; i++) {
        if (ascii_hex(line.ptr[i]) < 0)
            return STR("");
        hex[i] = ascii_small(line.ptr[i]);
    }
    return (struct str){hex, digits};
}

static bool
read_line(struct arena *arena, struct str line, size_t digits, struct bag_line *out)
{
    size_t at = digits;

    out->hex = take_hex(arena, line, digits);
    if (out->hex.len == 0)
        return false;
    while (at < line.len && (line.ptr[at] == ' ' || line.ptr[at] == '\t'))
        at++;
    out->path = str_sub(line, at, line.len);
    return at > digits && bag_is_name(out->path);
}

static int
by_path(const void *a, const void *b)
{
    return str_cmp(((const struct bag_line *)a)->path, ((const struct bag_line *)b)->path);
}

bool
bag_manifest_read(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
                  size_t digits, struct bag_manifest *out)
{
    struct str rest = bytes, text;
    unsigned number = 0;
    size_t cap = 0;

    *out = (struct bag_manifest){NULL, 0};
    while (str_line(&rest, &text)) {
        struct bag_line line;
        number++;
        if (!read_line(arena, text, digits, &line))
            return refuse(diags, file, number);
        *ARENA_ADD(arena, out->line, out->count, cap, 256) = line;
    }
    if (out->count > 0)
        qsort(out->line, out->count, sizeof *out->line, by_path);
    for (size_t i = 1; i < out->count; i++) {
        if (str_eq(out->line[i - 1].path, out->line[i].path)) {
            diag_add(diags, DIAG_ARCHIVE_BAG_TWICE, (struct pos){file, 0, 0},
                     diag_str(diags, out->line[i].path), NULL, NULL);
            return false;
        }
    }
    return true;
}
