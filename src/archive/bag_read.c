#include "archive/bag_read.h"

#include <stdlib.h>
#include <string.h>

#include "archive/bag.h"
#include "archive/bag_tree.h"
#include "base/arena.h"

struct bag {
    struct arena *arena, *scratch; /* the second for a file */
    struct diags *diags;
    struct tree *tree;
    const char *name;
    struct bag_file *file;          /* by path */
    const struct bag_file **sorted; /* by hash */
    size_t count;
    size_t faults;
};

/* The files beside data/, by name. */
static const char *const tag_names[] = {
    "bag-info.txt",           "bagit.txt",
    "manifest-sha256.txt",    "manifest-sha512.txt",
    "tagmanifest-sha256.txt", "tagmanifest-sha512.txt",
};

#define TAGS (sizeof tag_names / sizeof tag_names[0])
#define LISTED_TAGS 4 /* the first of these: those that the others list */

struct diags *
bag_diags(const struct bag *bag)
{
    return bag->diags;
}

const char *
bag_shown(struct bag *bag, struct str path)
{
    return arena_printf(bag->arena, "%s/%.*s", bag->name, STR_FMT(path));
}

/* Tells one fault of several; false when it is time to stop. */
static bool
tell(struct bag *bag, enum diag_code code, struct str path)
{
    diag_add(bag->diags, code, (struct pos){bag->name, 0, 0}, diag_str(bag->diags, path), NULL,
             NULL);
    return ++bag->faults < BAG_TOLD;
}

/* ---- which files there are */

static bool
is_data(struct str path)
{
    return str_starts(path, STR("data/"));
}

static bool
is_tag(struct str path)
{
    for (size_t i = 0; i < TAGS; i++) {
        if (str_is(path, tag_names[i]))
            return true;
    }
    return false;
}

static bool
has_file(const struct tree_files *files, const char *path)
{
    const struct str wanted = str_of(path);
    size_t low = 0, high = files->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(files->file[middle].path, wanted);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool
check_tags(struct bag *bag, const struct tree_files *files)
{
    if (!has_file(files, "bagit.txt")) {
        diag_add(bag->diags, DIAG_ARCHIVE_BAG_NONE, (struct pos){bag->name, 0, 0}, NULL, NULL,
                 NULL);
        return false;
    }
    for (size_t i = 0; i < TAGS; i++) {
        if (!has_file(files, tag_names[i]) &&
            !tell(bag, DIAG_ARCHIVE_BAG_MISSING, str_of(tag_names[i])))
            return false;
    }
    for (size_t i = 0; i < files->count; i++) {
        struct str path = files->file[i].path;
        if (!is_data(path) && !is_tag(path) && !tell(bag, DIAG_ARCHIVE_BAG_EXTRA, path))
            return false;
    }
    return bag->faults == 0;
}

/* ---- manifests */

static bool
read_tag(struct bag *bag, const char *name, struct str *out)
{
    return tree_read(bag->tree, bag->arena, str_of(name), out);
}

static bool
read_manifest(struct bag *bag, const char *name, size_t digits, struct bag_manifest *out)
{
    struct str bytes;

    return read_tag(bag, name, &bytes) &&
           bag_manifest_read(bag->arena, bag->diags, bag_shown(bag, str_of(name)), bytes, digits,
                             out);
}

static bool
check_version(struct bag *bag)
{
    static const char *const known[] = {
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8",
        "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8", /* of other programs */
    };
    struct str bytes;

    if (!read_tag(bag, "bagit.txt", &bytes))
        return false;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_is(str_trim(bytes), known[i]))
            return true;
    }
    (void)tell(bag, DIAG_ARCHIVE_BAG_VERSION, STR("bagit.txt"));
    return false;
}

/* Whether a file is as both manifests say. */
static bool
check_file(struct bag *bag, struct str path, struct str hex256, struct str hex512)
{
    struct arena_mark mark = arena_mark(bag->scratch);
    char own256[2 * HASH_SIZE + 1], own512[HASH512_HEX + 1];
    struct str bytes;

    if (!tree_read(bag->tree, bag->scratch, path, &bytes)) {
        arena_reset(bag->scratch, mark);
        return ++bag->faults < BAG_TOLD;
    }
    struct hash hash = hash_of(bytes);
    hash_hex(&hash, own256);
    hash512_hex(bytes, own512);
    arena_reset(bag->scratch, mark);
    return (str_is(hex256, own256) && str_is(hex512, own512)) ||
           tell(bag, DIAG_ARCHIVE_BAG_CHANGED, path);
}

static bool
refuse_lists(struct bag *bag, const char *name)
{
    (void)tell(bag, DIAG_ARCHIVE_BAG_LISTS, str_of(name));
    return false;
}

/* The lists of the two kinds of hashes are of the same files. */
static bool
agree(const struct bag_manifest *a, const struct bag_manifest *b)
{
    bool good = a->count == b->count;

    for (size_t i = 0; good && i < a->count; i++)
        good = str_eq(a->line[i].path, b->line[i].path);
    return good;
}

static bool
check_tag_manifests(struct bag *bag)
{
    struct bag_manifest short_hashes, long_hashes;

    if (!read_manifest(bag, tag_names[4], (size_t)2 * HASH_SIZE, &short_hashes) ||
        !read_manifest(bag, tag_names[5], HASH512_HEX, &long_hashes))
        return false;
    if (short_hashes.count != LISTED_TAGS || !agree(&short_hashes, &long_hashes))
        return refuse_lists(bag, tag_names[4]);
    for (size_t i = 0; i < LISTED_TAGS; i++) {
        if (!str_is(short_hashes.line[i].path, tag_names[i]))
            return refuse_lists(bag, tag_names[4]);
        (void)check_file(bag, short_hashes.line[i].path, short_hashes.line[i].hex,
                         long_hashes.line[i].hex);
    }
    return bag->faults == 0;
}

/* Files that are listed and not there, or there and not listed. */
static bool
check_there(struct bag *bag, const struct tree_files *files, const struct bag_manifest *manifest)
{
    size_t at = 0;

    for (size_t i = 0; i < files->count; i++) {
        struct str path = files->file[i].path;
        if (!is_data(path))
            continue;
        for (; at < manifest->count && str_cmp(manifest->line[at].path, path) < 0; at++) {
            if (!tell(bag, DIAG_ARCHIVE_BAG_MISSING, manifest->line[at].path))
                return false;
        }
        bool listed = at < manifest->count && str_eq(manifest->line[at].path, path);
        if (!listed && !tell(bag, DIAG_ARCHIVE_BAG_EXTRA, path))
            return false;
        at += listed;
    }
    for (; at < manifest->count; at++) {
        if (!tell(bag, DIAG_ARCHIVE_BAG_MISSING, manifest->line[at].path))
            return false;
    }
    return bag->faults == 0;
}

static int
by_hash(const void *a, const void *b)
{
    return memcmp(&(*(const struct bag_file *const *)a)->sha256,
                  &(*(const struct bag_file *const *)b)->sha256, HASH_SIZE);
}

static void
keep_files(struct bag *bag, const struct bag_manifest *manifest)
{
    bag->count = manifest->count;
    bag->file = arena_array(bag->arena, bag->count, sizeof *bag->file);
    bag->sorted = arena_array(bag->arena, bag->count, sizeof *bag->sorted);
    for (size_t i = 0; i < bag->count; i++) {
        bag->file[i].path = manifest->line[i].path;
        (void)hash_of_hex(manifest->line[i].hex, &bag->file[i].sha256);
        bag->sorted[i] = &bag->file[i];
    }
    if (bag->count > 0)
        qsort(bag->sorted, bag->count, sizeof(const struct bag_file *), by_hash);
}

static bool
check_files(struct bag *bag, const struct tree_files *files)
{
    struct bag_manifest short_hashes, long_hashes;

    if (!read_manifest(bag, tag_names[2], (size_t)2 * HASH_SIZE, &short_hashes) ||
        !read_manifest(bag, tag_names[3], HASH512_HEX, &long_hashes))
        return false;
    if (!agree(&short_hashes, &long_hashes))
        return refuse_lists(bag, tag_names[2]);
    if (!check_there(bag, files, &short_hashes))
        return false;
    for (size_t i = 0; i < short_hashes.count; i++) {
        if (!check_file(bag, short_hashes.line[i].path, short_hashes.line[i].hex,
                        long_hashes.line[i].hex))
            return false;
    }
    keep_files(bag, &short_hashes);
    return bag->faults == 0;
}

/* ---- */

static bool
check(struct bag *bag)
{
    struct tree_files files;

    return tree_list(bag->tree, bag->arena, TREE_FILES_MAX, &files) && check_tags(bag, &files) &&
           check_version(bag) && check_tag_manifests(bag) && check_files(bag, &files);
}

struct bag *
bag_open(struct arena *arena, struct diags *diags, const char *path)
{
    struct bag *bag = arena_alloc(arena, sizeof *bag);

    *bag = (struct bag){.arena = arena, .diags = diags, .name = arena_printf(arena, "%s", path)};
    bag->tree = tree_open(arena, diags, path);
    if (bag->tree == NULL)
        return NULL;
    bag->scratch = arena_new(0);
    if (check(bag))
        return bag;
    bag_close(bag);
    return NULL;
}

void
bag_close(struct bag *bag)
{
    if (bag == NULL)
        return;
    tree_close(bag->tree);
    arena_free(bag->scratch);
}

size_t
bag_count(const struct bag *bag)
{
    return bag->count;
}

const struct bag_file *
bag_at(const struct bag *bag, size_t index)
{
    return &bag->file[index];
}

const struct bag_file *
bag_find(const struct bag *bag, struct str path)
{
    size_t low = 0, high = bag->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(bag->file[middle].path, path);
        if (order == 0)
            return &bag->file[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct bag_file *
bag_find_hash(const struct bag *bag, const struct hash *hash)
{
    const struct bag_file wanted = {.sha256 = *hash}, *key = &wanted;
    const struct bag_file **found =
        bag->count == 0
            ? NULL
            : bsearch(&key, bag->sorted, bag->count, sizeof(const struct bag_file *), by_hash);

    return found == NULL ? NULL : *found;
}

bool
bag_read(struct bag *bag, struct arena *arena, const struct bag_file *file, struct str *out)
{
    if (!tree_read(bag->tree, arena, file->path, out))
        return false;
    struct hash hash = hash_of(*out);
    if (memcmp(&hash, &file->sha256, sizeof hash) == 0)
        return true;
    (void)tell(bag, DIAG_ARCHIVE_BAG_CHANGED, file->path);
    return false;
}
