#include "archive/bag_chains.h"

#include <string.h>

#include "archive/bag.h"
#include "archive/canon.h"
#include "archive/entry.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "value/read.h"
#include "value/value.h"

#define CHAINS_MAX 10000
#define TIME_BYTES 20 /* chain_is_time() */

static bool
refuse(struct bag *bag, enum diag_code code, struct str path, const char *arg)
{
    diag_add(bag_diags(bag), code, (struct pos){bag_shown(bag, path), 0, 0}, arg, NULL, NULL);
    return false;
}

bool
bag_malformed(struct bag *bag, struct str path)
{
    return refuse(bag, DIAG_ARCHIVE_BAG_FORM, path, NULL);
}

/* What was changed in texts while they were read is told nowhere: the hashes decide. */
static const struct value *
read_json(struct bag *bag, struct arena *arena, const struct bag_file *file)
{
    struct diags *quiet = diags_new();
    const struct value *map = NULL;
    struct str bytes;

    if (bag_read(bag, arena, file, &bytes)) {
        map = value_read_json(arena, quiet, "", bytes);
        if (map == NULL || map->kind != VALUE_MAP) {
            map = NULL;
            (void)bag_malformed(bag, file->path);
        }
    }
    diags_free(quiet);
    return map;
}

/* ---- an entry */

/* All of an entry but what is sealed. */
static bool
take_entry(const struct value *map, struct chain_entry *out)
{
    *out = (struct chain_entry){
        .n = canon_number(map, "n", 0),
        .time = canon_text(map, "time"),
        .kind = canon_text(map, "kind"),
    };
    return out->n > 0 && out->kind.len > 0 && chain_is_time(out->time) &&
           hash_of_hex(canon_text(map, "digest"), &out->digest) &&
           hash_of_hex(canon_text(map, "previous"), &out->previous) &&
           hash_of_hex(canon_text(map, "hash"), &out->hash);
}

/* What is sealed. An entry whose document could not be read when the bag was written says all but
 * that, which is not enough here. */
static bool
take_sealed(struct arena *arena, const struct value *map, struct bag_entry *out)
{
    struct hash *salt = arena_alloc(arena, sizeof *salt), *content;
    struct buf columns = buf_in(arena);
    struct str hex = canon_text(map, "content");

    out->says_something = canon_text(map, "left_out").len == 0;
    if (!out->says_something)
        return true;
    out->columns = value_get(map, STR("columns"));
    if (out->columns == NULL || out->columns->kind != VALUE_MAP ||
        !hash_of_hex(canon_text(map, "salt"), salt))
        return false;
    canon_write(out->columns, &columns);
    out->sealed.salt = (struct str){(const char *)salt->bytes, HASH_SIZE};
    out->sealed.columns = buf_str(&columns);
    if (hex.len == 0)
        return true;
    content = arena_alloc(arena, sizeof *content);
    out->sealed.content = content;
    return hash_of_hex(hex, content);
}

/* A document has a content and columns as they are written; nothing else has a content. */
static bool
is_whole(struct arena *arena, const struct bag_entry *item)
{
    struct columns columns;

    if (!item->says_something || !str_is(item->entry.kind, CHAIN_ADD))
        return item->sealed.content == NULL;
    return item->sealed.content != NULL && columns_parse(arena, item->columns, &columns);
}

static bool
check_entry(struct bag *bag, struct arena *arena, struct str path, struct bag_entry *out)
{
    if (!out->says_something)
        return true;
    struct hash digest = chain_digest(arena, &out->sealed);
    if (memcmp(&digest, &out->entry.digest, sizeof digest) != 0)
        return refuse(bag, DIAG_ARCHIVE_BAG_CHAIN, path, NULL);
    if (out->sealed.content == NULL)
        return true;
    out->content = bag_find_hash(bag, out->sealed.content);
    return out->content != NULL ||
           refuse(bag, DIAG_ARCHIVE_BAG_CONTENT, path,
                  diag_str(bag_diags(bag), bag_hex(arena, out->sealed.content)));
}

bool
bag_entry_read(struct bag *bag, struct arena *arena, const struct bag_chain *chain, int64_t n,
               struct bag_entry *out)
{
    const struct bag_file *file = chain->entry[n - 1];
    const struct value *map = read_json(bag, arena, file);

    *out = (struct bag_entry){.says_something = false};
    if (map == NULL)
        return false;
    if (!take_entry(map, &out->entry) || !take_sealed(arena, map, out) || !is_whole(arena, out))
        return bag_malformed(bag, file->path);
    return check_entry(bag, arena, file->path, out);
}

/* ---- which entries there are */

/* Files stand by their paths, so that those of a chain follow each other: `last` is asked first. */
static struct bag_chain *
chain_of(const struct bag_chains *chains, struct bag_chain *last, struct str id)
{
    if (id.len == 0)
        return &chains->chain[0];
    if (last != NULL && str_eq(last->id, id))
        return last;
    for (size_t i = 1; i < chains->count; i++) {
        if (str_eq(chains->chain[i].id, id))
            return &chains->chain[i];
    }
    return NULL;
}

static bool
place_entry(struct bag *bag, const struct bag_chains *chains, struct bag_chain **last,
            const struct bag_file *file)
{
    struct str id;
    int64_t n = bag_entry_of(file->path, &id);
    struct bag_chain *chain = n == 0 ? NULL : chain_of(chains, *last, id);

    if (n == 0)
        return true;
    if (chain == NULL || n > chain->entries || chain->entry[n - 1] != NULL)
        return refuse(bag, DIAG_ARCHIVE_BAG_CHAIN, file->path, NULL);
    chain->entry[n - 1] = file;
    *last = chain;
    return true;
}

static bool
place_entries(struct bag *bag, const struct bag_chains *chains)
{
    struct bag_chain *last = NULL;
    bool good = true;

    for (size_t i = 0; i < bag_count(bag) && good; i++)
        good = place_entry(bag, chains, &last, bag_at(bag, i));
    for (size_t i = 0; i < chains->count && good; i++) {
        const struct bag_chain *chain = &chains->chain[i];
        for (int64_t n = 1; n <= chain->entries && good; n++) {
            if (chain->entry[n - 1] == NULL)
                good = refuse(bag, DIAG_ARCHIVE_BAG_ENTRY, STR(BAG_ARCHIVE),
                              diag_printf(bag_diags(bag), "%lld", (long long)n));
        }
    }
    return good;
}

/* ---- data/archive.json */

static bool
is_id(struct str id)
{
    for (size_t i = 0; i < id.len; i++) {
        if (ascii_hex(id.ptr[i]) < 0 || ascii_is_capital(id.ptr[i]))
            return false;
    }
    return id.len == BAG_ID_DIGITS;
}

static bool
take_chain(struct bag *bag, struct arena *arena, const struct value *map, struct bag_chain *out)
{
    *out = (struct bag_chain){
        .id = canon_text(map, "archive"),
        .name = canon_text(map, "name"),
        .entries = canon_number(map, "entries", -1),
    };
    /* each entry has a file */
    if (!is_id(out->id) || out->entries < 0 || (uint64_t)out->entries > bag_count(bag) ||
        !hash_of_hex(canon_text(map, "head"), &out->head))
        return false;
    out->entry = arena_array(arena, (size_t)out->entries, sizeof(const struct bag_file *));
    return true;
}

static bool
has_twice(const struct bag_chains *chains)
{
    for (size_t i = 0; i < chains->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (str_eq(chains->chain[i].id, chains->chain[j].id))
                return true;
        }
    }
    return false;
}

/* Together they have no more entries than the bag has files. */
static bool
take_chains(struct bag *bag, struct arena *arena, const struct value *list, struct bag_chains *out)
{
    uint64_t entries = 0;

    if (list == NULL || list->kind != VALUE_LIST || list->count == 0 || list->count > CHAINS_MAX)
        return false;
    out->chain = arena_array(arena, list->count, sizeof *out->chain);
    for (const struct value *map = list->first; map != NULL; map = map->next) {
        struct bag_chain *chain = &out->chain[out->count++];
        if (map->kind != VALUE_MAP || !take_chain(bag, arena, map, chain))
            return false;
        entries += (uint64_t)chain->entries;
        if (entries > bag_count(bag))
            return false;
    }
    return !has_twice(out);
}

static bool
read_archive(struct bag *bag, struct arena *arena, struct bag_chains *out)
{
    const struct bag_file *file = bag_find(bag, STR(BAG_ARCHIVE));

    if (file == NULL)
        return refuse(bag, DIAG_ARCHIVE_BAG_OTHER, STR(BAG_ARCHIVE), NULL);
    const struct value *map = read_json(bag, arena, file);
    if (map == NULL)
        return false;
    int64_t format = canon_number(map, "format", 0);
    if (format > BAG_FORMAT)
        return refuse(bag, DIAG_ARCHIVE_BAG_NEWER, file->path, NULL);
    if (format < 1 || !take_chains(bag, arena, value_get(map, STR("chains")), out))
        return bag_malformed(bag, file->path);
    return true;
}

/* ---- the chains */

static bool
check_chain(struct bag *bag, const struct bag_chain *chain)
{
    struct chain_entry last = {.hash = chain_begin(chain->id)};
    struct arena *arena = arena_new(0);
    char time[TIME_BYTES];
    bool good = true;

    for (int64_t n = 1; n <= chain->entries && good; n++) {
        struct arena_mark mark = arena_mark(arena);
        struct bag_entry item;
        good = bag_entry_read(bag, arena, chain, n, &item);
        if (good && chain_follows(arena, &last, &item.entry) != CHAIN_GOOD)
            good = refuse(bag, DIAG_ARCHIVE_BAG_CHAIN, chain->entry[n - 1]->path, NULL);
        if (good) {
            last = item.entry;
            last.time = (struct str){memcpy(time, last.time.ptr, TIME_BYTES), TIME_BYTES};
        }
        arena_reset(arena, mark);
    }
    arena_free(arena);
    if (!good || memcmp(&last.hash, &chain->head, sizeof last.hash) == 0)
        return good;
    return refuse(bag, DIAG_ARCHIVE_BAG_HEAD, STR(BAG_ARCHIVE),
                  diag_str(bag_diags(bag), chain->id));
}

bool
bag_chains_read(struct bag *bag, struct arena *arena, struct bag_chains *out)
{
    *out = (struct bag_chains){NULL, 0};
    if (!read_archive(bag, arena, out) || !place_entries(bag, out))
        return false;
    for (size_t i = 0; i < out->count; i++) {
        if (!check_chain(bag, &out->chain[i]))
            return false;
    }
    return true;
}
