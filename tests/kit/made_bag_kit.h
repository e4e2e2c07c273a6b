/* Bags out of a few lines, of which all hashes and the chain are right, whatever the entries say.
 *
 * Entries are cut at 0xFF: a byte for the kind (made_kinds; with 8 in it what is sealed is left
 * out), lines KEY=TEXT or JSON for the columns, and behind 0xFE the content. */
#ifndef MADE_BAG_KIT_H
#define MADE_BAG_KIT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/bag.h"
#include "archive/bag_write.h"
#include "archive/canon.h"
#include "archive/chain.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "value/read.h"
#include "value/value.h"

#define MADE_ENTRIES_MAX 100
#define MADE_CONTENTS 4
#define MADE_OWN "00000000000000000000000000000001"
#define MADE_OTHER "00000000000000000000000000000002"

#define MADE_MUST(holds) ((holds) ? (void)0 : abort())

struct making {
    struct arena *arena;
    struct bag_out *bag;
    const char *folder;
    struct chain_entry last;
    size_t count;
    struct hash contents[MADE_CONTENTS];
};

static inline struct str
made_take(struct str *rest, int cut)
{
    const char *at = memchr(rest->ptr, cut, rest->len);
    size_t len = at == NULL ? rest->len : (size_t)(at - rest->ptr);
    struct str part = str_sub(*rest, 0, len);

    *rest = str_sub(*rest, len + (at != NULL), rest->len);
    return part;
}

static inline bool
made_is_one_of(struct str key, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(key, list[i]))
            return true;
    }
    return false;
}

/* A list of a map with texts, which stand between "|"; the hash of a part is that of a content so
 * far. */
static inline struct value *
made_list_of(struct making *making, struct str key, struct str text)
{
    static const char *const of_person[] = {"name", "position", "role"};
    static const char *const of_score[] = {"item", "value"}, *const of_part[] = {"name", "role"};
    bool part = str_is(key, "parts"), score = str_is(key, "scores");
    const char *const *names = part ? of_part : score ? of_score : of_person;
    struct arena *arena = making->arena;
    struct value *list = canon_list(arena), *map = canon_map(arena);

    for (size_t i = 0; i < (part || score ? 2 : 3); i++)
        canon_add_text(arena, map, names[i], made_take(&text, '|'));
    if (part)
        canon_add_text(arena, map, "sha256",
                       bag_hex(arena, &making->contents[text.len % MADE_CONTENTS]));
    value_append(list, map);
    return list;
}

static inline void
made_add_column(struct making *making, struct value *map, struct str key, struct str text)
{
    static const char *const numbers[] = {"n",     "year", "entry",     "about",
                                          "newer", "ours", "supersedes"};
    static const char *const lists[] = {"parts", "persons", "scores"};
    struct arena *arena = making->arena;
    const char *name = str_cstr(arena, key);

    if (value_get(map, key) != NULL)
        return;
    if (made_is_one_of(key, numbers, sizeof numbers / sizeof numbers[0]))
        canon_add_number(arena, map, name, strtoll(str_cstr(arena, text), NULL, 10));
    else if (made_is_one_of(key, lists, sizeof lists / sizeof lists[0]))
        canon_add(map, name, made_list_of(making, key, text));
    else if (str_is(key, "kit"))
        canon_add_text(arena, map, "kit",
                       bag_hex(arena, &making->contents[text.len % MADE_CONTENTS]));
    else
        canon_add_text(arena, map, name, text);
}

static inline const struct value *
made_columns_of(struct making *making, struct str lines)
{
    struct diags *quiet = diags_new();
    const struct value *map = lines.len > 0 && lines.ptr[0] == '{'
                                  ? value_read_json(making->arena, quiet, "", lines)
                                  : NULL;

    diags_free(quiet);
    if (map != NULL && map->kind == VALUE_MAP)
        return map;
    struct value *own = canon_map(making->arena);
    while (lines.len > 0) {
        struct str line = made_take(&lines, '\n'), key = made_take(&line, '=');
        if (key.len > 0 && utf8_invalid_at(key) == SIZE_MAX)
            made_add_column(making, own, key, line);
    }
    return own;
}

/* A PDF would be read by other programs. */
static inline const struct hash *
made_put_content(struct making *making, struct str bytes)
{
    struct hash *hash = arena_alloc(making->arena, sizeof *hash);
    char hex[2 * HASH_SIZE + 1];

    if (bytes.len > 0 && bytes.ptr[0] == '%')
        bytes = str_sub(bytes, 1, bytes.len);
    *hash = hash_of(bytes);
    hash_hex(hash, hex);
    MADE_MUST(bag_put(making->bag,
                      str_of(arena_printf(making->arena, "data/kits/%zu-%s", making->count, hex)),
                      bytes));
    making->contents[making->count % MADE_CONTENTS] = *hash;
    return hash;
}

static inline void
made_write_entry(struct making *making, const struct chain_entry *entry,
                 const struct chain_sealed *sealed, const struct value *columns)
{
    struct arena *arena = making->arena;
    struct value *map = canon_map(arena);
    struct buf out = buf_in(arena);

    if (columns != NULL) {
        struct value *copy = canon_map(arena);
        *copy = *columns;
        canon_add(map, "columns", copy);
        if (columns->count == 0)
            copy->key = STR("columns"), value_append(map, copy);
        canon_add_text(arena, map, "salt", bag_hex(arena, &(struct hash){{1}}));
        if (sealed->content != NULL)
            canon_add_text(arena, map, "content", bag_hex(arena, sealed->content));
    } else {
        canon_add_text(arena, map, "left_out", STR("removed"));
    }
    canon_add_text(arena, map, "digest", bag_hex(arena, &entry->digest));
    canon_add_text(arena, map, "hash", bag_hex(arena, &entry->hash));
    canon_add_text(arena, map, "kind", entry->kind);
    canon_add_number(arena, map, "n", entry->n);
    canon_add_text(arena, map, "previous", bag_hex(arena, &entry->previous));
    canon_add_text(arena, map, "time", entry->time);
    canon_write(map, &out);
    MADE_MUST(
        bag_put(making->bag,
                str_of(arena_printf(arena, "%s/%06lld.json", making->folder, (long long)entry->n)),
                buf_str(&out)));
}

/* By the first byte of an entry, without 8. */
static const char *const made_kinds[] = {
    CHAIN_ADD,    CHAIN_NUMBER, CHAIN_VOID,  CHAIN_NOTE,
    CHAIN_REMOVE, CHAIN_IMPORT, "otherwise", CHAIN_ADD,
};

static inline void
made_put_entry(struct making *making, struct str part)
{
    static const struct hash salt = {{1}};
    struct arena *arena = making->arena;
    uint8_t head = (uint8_t)part.ptr[0];
    struct str rest = str_sub(part, 1, part.len), json = made_take(&rest, 0xFE);
    const struct value *columns = made_columns_of(making, json);
    struct buf text = buf_in(arena);

    canon_write(columns, &text);
    const struct chain_sealed sealed = {{(const char *)salt.bytes, HASH_SIZE},
                                        head % 8 == 0 ? made_put_content(making, rest) : NULL,
                                        buf_str(&text)};
    struct chain_entry entry = {.n = making->last.n + 1,
                                .time = STR("2026-01-01T00:00:00Z"),
                                .kind = str_of(made_kinds[head % 8]),
                                .digest = chain_digest(arena, &sealed),
                                .previous = making->last.hash};
    entry.hash = chain_hash(arena, &entry);
    made_write_entry(making, &entry, &sealed, (head & 8) != 0 ? NULL : columns);
    making->last = entry;
    making->count++;
}

static inline void
made_put_chain(struct arena *arena, struct buf *out, const char *id, int64_t entries,
               const struct hash *head)
{
    buf_printf(out, "{\"archive\":\"%s\",\"entries\":%lld,\"head\":\"%.*s\"}", id,
               (long long)entries, STR_FMT(bag_hex(arena, head)));
}

/* The entries are of the bag's own archive, or of one that it imported. */
static inline void
made_bag(struct arena *arena, struct diags *diags, const char *path, struct str text, bool other)
{
    struct making making = {.arena = arena,
                            .bag = bag_begin(arena, diags, path),
                            .folder = other ? "data/chains/" MADE_OTHER "/other" : "data/other",
                            .last = {.hash = chain_begin(other ? STR(MADE_OTHER) : STR(MADE_OWN))}};
    const struct hash none = chain_begin(STR(MADE_OWN));
    struct buf out = buf_in(arena);

    MADE_MUST(making.bag != NULL);
    while (text.len > 0 && making.count < MADE_ENTRIES_MAX) {
        struct str part = made_take(&text, 0xFF);
        if (part.len > 0)
            made_put_entry(&making, part);
    }
    buf_text(&out, "{\"chains\":[");
    made_put_chain(arena, &out, MADE_OWN, other ? 0 : making.last.n,
                   other ? &none : &making.last.hash);
    if (other) {
        buf_byte(&out, ',');
        made_put_chain(arena, &out, MADE_OTHER, making.last.n, &making.last.hash);
    }
    buf_text(&out, "],\"format\":1}");
    MADE_MUST(bag_put(making.bag, STR(BAG_ARCHIVE), buf_str(&out)));
    MADE_MUST(
        bag_commit(making.bag, &(struct bag_info){STR(MADE_OWN), STR(""), STR("2026-01-01")}));
    bag_end(making.bag);
}

#endif
