#include "archive/bag_write.h"

#include <stdlib.h>

#include "archive/bag.h"
#include "base/arena.h"
#include "base/folder.h"
#include "base/utf8.h"

struct line {
    const char *path;
    char sha256[2 * HASH_SIZE + 1], sha512[HASH512_HEX + 1];
};

struct list {
    struct line *line;
    size_t count, cap;
};

struct bag_out {
    struct arena *arena, *scratch;
    struct folder *folder;
    struct list files, tags; /* below data/, and beside it */
    uint64_t bytes;          /* of the files */
};

struct bag_out *
bag_begin(struct arena *arena, struct diags *diags, const char *path)
{
    struct bag_out *bag = arena_alloc(arena, sizeof *bag);

    bag->arena = arena;
    bag->folder = folder_begin(arena, diags, path);
    if (bag->folder == NULL)
        return NULL;
    bag->scratch = arena_new(0);
    return bag;
}

static bool
put(struct bag_out *bag, struct list *list, struct str path, struct str bytes)
{
    struct line *line = ARENA_ADD(bag->arena, list->line, list->count, list->cap, 256);
    struct hash hash = hash_of(bytes);

    line->path = str_cstr(bag->arena, path);
    hash_hex(&hash, line->sha256);
    hash512_hex(bytes, line->sha512);
    return folder_write(bag->folder, path, bytes);
}

bool
bag_put(struct bag_out *bag, struct str path, struct str bytes)
{
    bag->bytes += bytes.len;
    return put(bag, &bag->files, path, bytes);
}

size_t
bag_file_count(const struct bag_out *bag)
{
    return bag->files.count;
}

/* ---- what a bag says of itself */

static int
by_path(const void *a, const void *b)
{
    return str_cmp(str_of(((const struct line *)a)->path), str_of(((const struct line *)b)->path));
}

/* As sha256sum and sha512sum print it, and read it again. */
static struct str
manifest(struct bag_out *bag, struct list *list, bool is_512)
{
    struct buf out = buf_in(bag->scratch);

    if (list->count > 0)
        qsort(list->line, list->count, sizeof *list->line, by_path);
    for (size_t i = 0; i < list->count; i++) {
        buf_text(&out, is_512 ? list->line[i].sha512 : list->line[i].sha256);
        buf_text(&out, "  ");
        buf_text(&out, list->line[i].path);
        buf_byte(&out, '\n');
    }
    return buf_str(&out);
}

static struct str
info_of(struct bag_out *bag, const struct bag_info *info)
{
    struct buf out = buf_in(bag->scratch);

    if (info->name.len > 0 && utf8_is_shown(info->name))
        buf_printf(&out, "Source-Organization: %.*s\n", STR_FMT(info->name));
    buf_printf(&out, "External-Identifier: %.*s\n", STR_FMT(info->id));
    if (info->date.len > 0)
        buf_printf(&out, "Bagging-Date: %.*s\n", STR_FMT(info->date));
    buf_printf(&out, "Payload-Oxum: %llu.%zu\n", (unsigned long long)bag->bytes, bag->files.count);
    buf_text(&out, "Bag-Software-Agent: banthuek\n");
    return buf_str(&out);
}

bool
bag_commit(struct bag_out *bag, const struct bag_info *info)
{
    struct list *files = &bag->files, *tags = &bag->tags;
    struct str head = STR("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    bool good = put(bag, tags, STR("bagit.txt"), head) &&
                put(bag, tags, STR("bag-info.txt"), info_of(bag, info)) &&
                put(bag, tags, STR("manifest-sha256.txt"), manifest(bag, files, false)) &&
                put(bag, tags, STR("manifest-sha512.txt"), manifest(bag, files, true));

    return good &&
           folder_write(bag->folder, STR("tagmanifest-sha256.txt"), manifest(bag, tags, false)) &&
           folder_write(bag->folder, STR("tagmanifest-sha512.txt"), manifest(bag, tags, true)) &&
           folder_commit(bag->folder);
}

void
bag_end(struct bag_out *bag)
{
    if (bag == NULL)
        return;
    folder_end(bag->folder);
    arena_free(bag->scratch);
}
