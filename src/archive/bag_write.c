#include "archive/bag_write.h"

#include "archive/bag.h"
#include "base/arena.h"
#include "base/folder.h"
#include "base/utf8.h"

enum kind { SHA256, SHA512, KINDS };

/* As manifests are called and have them. */
static const char *const kinds[KINDS] = {"sha256", "sha512"};

struct sums {
    char hex[KINDS][HASH512_HEX + 1];
};

/* A file of the bag that grows. */
struct bag_file_out {
    struct bag_out *bag;
    const char *path;
    struct folder_file *file;
    struct hash_state *sha256;
    struct hash512_state *sha512;
};

struct bag_out {
    struct arena *arena, *scratch;
    struct folder *folder;
    struct bag_file_out manifests[KINDS];
    struct buf tags[KINDS]; /* the manifests of the few files beside data/ */
    size_t count;           /* of the files below it */
    uint64_t bytes;         /* of these */
};

/* ---- files that grow */

static bool
begin_file(struct bag_out *bag, const char *path, struct bag_file_out *out)
{
    *out = (struct bag_file_out){
        .bag = bag,
        .path = path,
        .file = folder_open(bag->folder, str_of(path)),
        .sha256 = hash_begin(bag->arena),
        .sha512 = hash512_begin(bag->arena),
    };
    return out->file != NULL;
}

static void
add(struct bag_file_out *file, struct str bytes)
{
    hash_add(file->sha256, bytes);
    hash512_add(file->sha512, bytes);
    folder_add(file->file, bytes);
}

static bool
end_file(struct bag_file_out *file, struct sums *out)
{
    struct hash hash = hash_end(file->sha256);

    hash_hex(&hash, out->hex[SHA256]);
    hash512_end(file->sha512, out->hex[SHA512]);
    return folder_close(file->file);
}

/* ---- manifests, as sha256sum and sha512sum print them, and read them again */

static void
add_line(struct buf *out, const struct sums *sums, enum kind kind, struct str path)
{
    buf_printf(out, "%s  ", sums->hex[kind]);
    buf_add(out, path);
    buf_byte(out, '\n');
}

/* Of a file below data/. */
static void
note_file(struct bag_out *bag, struct str path, const struct sums *sums)
{
    struct arena_mark mark = arena_mark(bag->scratch);

    for (enum kind kind = SHA256; kind < KINDS; kind++) {
        struct buf line = buf_in(bag->scratch);
        add_line(&line, sums, kind, path);
        add(&bag->manifests[kind], buf_str(&line));
    }
    bag->count++;
    arena_reset(bag->scratch, mark);
}

/* Of a file beside it. */
static void
note_tag(struct bag_out *bag, const char *path, const struct sums *sums)
{
    for (enum kind kind = SHA256; kind < KINDS; kind++)
        add_line(&bag->tags[kind], sums, kind, str_of(path));
}

static struct sums
sums_of(struct str bytes)
{
    struct hash hash = hash_of(bytes);
    struct sums sums;

    hash_hex(&hash, sums.hex[SHA256]);
    hash512_hex(bytes, sums.hex[SHA512]);
    return sums;
}

/* ---- files below data/ */

struct bag_out *
bag_begin(struct arena *arena, struct diags *diags, const char *path)
{
    struct bag_out *bag = arena_alloc(arena, sizeof *bag);

    *bag = (struct bag_out){.arena = arena, .folder = folder_begin(arena, diags, path)};
    if (bag->folder == NULL)
        return NULL;
    bag->scratch = arena_new(0);
    for (enum kind kind = SHA256; kind < KINDS; kind++) {
        bag->tags[kind] = buf_in(arena);
        if (!begin_file(bag, arena_printf(arena, "manifest-%s.txt", kinds[kind]),
                        &bag->manifests[kind])) {
            bag_end(bag);
            return NULL;
        }
    }
    return bag;
}

bool
bag_put(struct bag_out *bag, struct str path, struct str bytes)
{
    const struct sums sums = sums_of(bytes);

    bag->bytes += bytes.len;
    note_file(bag, path, &sums);
    return folder_write(bag->folder, path, bytes);
}

struct bag_file_out *
bag_begin_file(struct bag_out *bag, const char *path)
{
    struct bag_file_out *file = arena_alloc(bag->arena, sizeof *file);

    return begin_file(bag, path, file) ? file : NULL;
}

void
bag_add(struct bag_file_out *file, struct str bytes)
{
    file->bag->bytes += bytes.len;
    add(file, bytes);
}

bool
bag_end_file(struct bag_file_out *file)
{
    struct sums sums;

    if (!end_file(file, &sums))
        return false;
    note_file(file->bag, str_of(file->path), &sums);
    return true;
}

size_t
bag_file_count(const struct bag_out *bag)
{
    return bag->count;
}

/* ---- what a bag says of itself */

static struct str
info_of(struct bag_out *bag, const struct bag_info *info)
{
    struct buf out = buf_in(bag->scratch);

    if (info->name.len > 0 && utf8_is_shown(info->name))
        buf_printf(&out, "Source-Organization: %.*s\n", STR_FMT(info->name));
    buf_printf(&out, "External-Identifier: %.*s\n", STR_FMT(info->id));
    if (info->date.len > 0)
        buf_printf(&out, "Bagging-Date: %.*s\n", STR_FMT(info->date));
    buf_printf(&out, "Payload-Oxum: %llu.%zu\n", (unsigned long long)bag->bytes, bag->count);
    buf_text(&out, "Bag-Software-Agent: banthuek\n");
    return buf_str(&out);
}

static bool
put_tag(struct bag_out *bag, const char *path, struct str bytes)
{
    const struct sums sums = sums_of(bytes);

    note_tag(bag, path, &sums);
    return folder_write(bag->folder, str_of(path), bytes);
}

static bool
end_manifest(struct bag_out *bag, enum kind kind)
{
    struct sums sums;

    if (!end_file(&bag->manifests[kind], &sums))
        return false;
    note_tag(bag, bag->manifests[kind].path, &sums);
    return true;
}

static bool
put_tag_manifest(struct bag_out *bag, enum kind kind)
{
    const char *path = arena_printf(bag->scratch, "tagmanifest-%s.txt", kinds[kind]);

    return folder_write(bag->folder, str_of(path), buf_str(&bag->tags[kind]));
}

bool
bag_commit(struct bag_out *bag, const struct bag_info *info)
{
    struct str head = STR("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");

    return put_tag(bag, "bag-info.txt", info_of(bag, info)) && put_tag(bag, "bagit.txt", head) &&
           end_manifest(bag, SHA256) && end_manifest(bag, SHA512) &&
           put_tag_manifest(bag, SHA256) && put_tag_manifest(bag, SHA512) &&
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
