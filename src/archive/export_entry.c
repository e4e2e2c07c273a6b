/* An entry as files of a bag: its JSON, its document and what belongs to it. */
#include <string.h>

#include "archive/bag.h"
#include "archive/canon.h"
#include "archive/export_inner.h"
#include "base/arena.h"
#include "value/json_write.h"
#include "value/value.h"

struct item {
    struct exporting *e;
    struct chain_entry entry;
    struct chain_sealed sealed;
    int64_t content;
    struct columns columns; /* of a document */
    bool has_columns;
    const char *left_out; /* NULL: nothing is */
    struct str stem;
    struct str *paths; /* of its files, below data/ */
    size_t path_count, path_cap;
};

/* ---- a set of hashes: they are as good as random, so their first bytes are the place */

static size_t
place_of(const struct hash_set *set, const struct hash *hash)
{
    size_t at;

    memcpy(&at, hash->bytes, sizeof at);
    return at & (set->size - 1);
}

static bool
is_free(const struct hash *hash)
{
    static const struct hash none;

    return memcmp(hash, &none, sizeof none) == 0;
}

static bool
put_hash(struct hash_set *set, const struct hash *hash)
{
    size_t at = place_of(set, hash);

    for (; !is_free(&set->hash[at]); at = (at + 1) & (set->size - 1)) {
        if (memcmp(&set->hash[at], hash, sizeof *hash) == 0)
            return false;
    }
    set->hash[at] = *hash;
    set->count++;
    return true;
}

bool
hash_set_add(struct arena *arena, struct hash_set *set, const struct hash *hash)
{
    if (2 * set->count >= set->size) {
        struct hash_set wider = {.size = set->size == 0 ? 64 : 2 * set->size};
        wider.hash = arena_array(arena, wider.size, sizeof *wider.hash);
        for (size_t i = 0; i < set->size; i++) {
            if (!is_free(&set->hash[i]))
                (void)put_hash(&wider, &set->hash[i]);
        }
        *set = wider;
    }
    return put_hash(set, hash);
}

bool
hash_set_has(const struct hash_set *set, const struct hash *hash)
{
    if (set->size == 0)
        return false;
    size_t at = place_of(set, hash);
    for (; !is_free(&set->hash[at]); at = (at + 1) & (set->size - 1)) {
        if (memcmp(&set->hash[at], hash, sizeof *hash) == 0)
            return true;
    }
    return false;
}

/* ---- files */

static bool
put_file(struct item *item, struct str path, struct str bytes)
{
    struct exporting *e = item->e;

    *ARENA_ADD(e->scratch, item->paths, item->path_count, item->path_cap, 8) =
        str_sub(path, 5, path.len);
    return bag_put(e->bag, path, bytes);
}

/* The bytes of a content. What cannot be read was told, and is left out of the bag. */
static bool
get(struct item *item, int64_t content, struct str *bytes)
{
    if (content_get(item->e->store, item->e->scratch, content, bytes))
        return true;
    item->e->out->unread++;
    return false;
}

static struct str
document_path(const struct item *item)
{
    struct arena *arena = item->e->scratch;
    struct str name = bag_name(arena, item->columns.file, "document");

    return str_of(arena_printf(arena, "%.*s-%.*s", STR_FMT(item->stem), STR_FMT(name)));
}

static bool
put_document(struct item *item)
{
    struct exporting *e = item->e;
    struct str bytes;

    if (!get(item, item->content, &bytes)) {
        item->left_out = LEFT_OUT_DAMAGED;
        if (item->sealed.content != NULL)
            (void)hash_set_add(e->lent.arena, &e->damaged, item->sealed.content);
        return true;
    }
    e->out->documents++;
    return put_file(item, document_path(item), bytes);
}

/* What documents share is written once. */
static bool
put_shared(struct item *item, const char *folder, const struct hash *hash, struct str name,
           int64_t content)
{
    struct exporting *e = item->e;
    struct str hex = bag_hex(e->scratch, hash), bytes;

    if (!hash_set_add(e->lent.arena, &e->assets, hash) || !get(item, content, &bytes))
        return true;
    const char *path =
        name.len == 0
            ? arena_printf(e->scratch, "data/%s/%.*s.json", folder, STR_FMT(hex))
            : arena_printf(e->scratch, "data/%s/%.*s-%.*s", folder, STR_FMT(hex), STR_FMT(name));
    return bag_put(e->bag, str_of(path), bytes);
}

static bool
is_asset(struct str role)
{
    return str_is(role, "font") || str_is(role, "emblem") || str_is(role, "template") ||
           str_is(role, "rubric");
}

/* The last part of a name. */
static struct str
base_of(struct str name)
{
    size_t slash = str_find_last(name, STR("/"));

    return slash == SIZE_MAX ? name : str_sub(name, slash + 1, name.len);
}

static bool
put_part(struct item *item, const struct rows *rows, size_t seq)
{
    struct exporting *e = item->e;
    struct str name = bag_name(e->scratch, base_of(rows_text(rows, 1)), "file"), bytes;
    struct hash hash;

    if (rows_is_none(rows, 3) || !rows_hash(rows, 2, &hash))
        return true;
    if (is_asset(rows_text(rows, 0)))
        return (e->options.flags & BANTHUEK_ARCHIVE_NO_ASSETS) != 0 ||
               put_shared(item, "assets", &hash, name, rows_number(rows, 3));
    if (!get(item, rows_number(rows, 3), &bytes))
        return true;
    return put_file(
        item,
        str_of(arena_printf(e->scratch, "%.*s.%zu-%.*s", STR_FMT(item->stem), seq, STR_FMT(name))),
        bytes);
}

static bool
put_parts(struct item *item)
{
    struct exporting *e = item->e;
    struct rows rows = store_ask(e->store, STORE_PARTS,
                                 CELLS(cell_number(item->entry.chain), cell_number(item->entry.n)));
    bool good = true;

    for (size_t seq = 1; good && rows_next(&rows); seq++)
        good = put_part(item, &rows, seq);
    return rows_end(&rows) && good;
}

static bool
put_kit(struct item *item)
{
    int64_t content;

    if (!item->columns.has_kit)
        return true;
    if (!content_find(item->e->store, &item->columns.kit, &content))
        return false;
    return content == 0 || put_shared(item, "kits", &item->columns.kit, STR(""), content);
}

static bool
put_files(struct item *item)
{
    return put_document(item) && put_parts(item) && put_kit(item);
}

/* ---- the JSON, with a key on each line for people; what is sealed stands as it is hashed */

static void
add_text(struct buf *out, const char *key, struct str text)
{
    buf_printf(out, ",\n\"%s\":", key);
    json_add_string(out, text);
}

static void
add_paths(const struct item *item, struct buf *out)
{
    for (size_t i = 0; i < item->path_count; i++) {
        buf_text(out, i == 0 ? ",\n\"files\":[" : ",");
        json_add_string(out, item->paths[i]);
    }
    if (item->path_count > 0)
        buf_byte(out, ']');
}

static struct str
salt_hex(struct arena *arena, struct str salt)
{
    struct hash bytes = {{0}};

    memcpy(bytes.bytes, salt.ptr, salt.len < HASH_SIZE ? salt.len : HASH_SIZE);
    return bag_hex(arena, &bytes);
}

/* What a removed or secret entry says is not there, the salt least of all. */
static bool
says_something(const struct item *item)
{
    return item->left_out == NULL || strcmp(item->left_out, LEFT_OUT_DAMAGED) == 0;
}

static struct str
json_path(const struct item *item)
{
    return str_of(arena_printf(item->e->scratch, "%.*s.json", STR_FMT(item->stem)));
}

static bool
put_json(struct item *item)
{
    struct arena *arena = item->e->scratch;
    const struct chain_entry *entry = &item->entry;
    struct buf out = buf_in(arena);

    buf_printf(&out, "{\"n\":%lld", (long long)entry->n);
    add_text(&out, "time", entry->time);
    add_text(&out, "kind", entry->kind);
    add_text(&out, "digest", bag_hex(arena, &entry->digest));
    add_text(&out, "previous", bag_hex(arena, &entry->previous));
    add_text(&out, "hash", bag_hex(arena, &entry->hash));
    if (item->left_out != NULL)
        add_text(&out, "left_out", str_of(item->left_out));
    if (says_something(item)) {
        add_text(&out, "salt", salt_hex(arena, item->sealed.salt));
        if (item->sealed.content != NULL)
            add_text(&out, "content", bag_hex(arena, item->sealed.content));
        buf_printf(&out, ",\n\"columns\":%.*s", STR_FMT(item->sealed.columns));
        add_paths(item, &out);
    }
    buf_text(&out, "}\n");
    return bag_put(item->e->bag, json_path(item), buf_str(&out));
}

/* ---- the row of the lists */

static struct str
signers_of(struct arena *arena, const struct columns *columns)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < columns->person_count; i++) {
        if (!columns->persons[i].has_signed)
            continue;
        buf_text(&out, out.len > 0 ? "; " : "");
        buf_add(&out, columns->persons[i].name);
    }
    return buf_str(&out);
}

static struct str
path_of(const struct item *item)
{
    struct str path =
        item->has_columns && item->left_out == NULL ? document_path(item) : json_path(item);

    return str_sub(path, 5, path.len);
}

static struct export_row
row_of(const struct item *item)
{
    struct arena *arena = item->e->scratch;
    const struct columns *columns = &item->columns;

    return (struct export_row){
        .chain = item->e->chain_name,
        .n = item->entry.n,
        .time = item->entry.time,
        .kind = item->entry.kind,
        .left_out = item->left_out,
        .year = columns->year,
        .agency = columns->agency,
        .number = columns->number,
        .date = columns->date,
        .subject = columns->subject.len > 0 ? columns->subject : columns->file,
        .level = columns->level,
        .score = columns->score,
        .secret = columns->secret,
        .signers = signers_of(arena, columns),
        .path = path_of(item),
        .sha256 = item->has_columns && item->sealed.content != NULL
                      ? bag_hex(arena, item->sealed.content)
                      : STR(""),
        .supersedes = columns->supersedes,
    };
}

/* ---- the entry */

static bool
find_left_out(struct item *item)
{
    struct store *store = item->e->store;
    int64_t by;

    if (item->sealed.salt.len > 0)
        return true;
    if (!store_number(store, STORE_BAG_REMOVED,
                      CELLS(cell_number(item->entry.chain), cell_number(item->entry.n)), 0, &by))
        return false;
    item->left_out = by != 0 ? LEFT_OUT_REMOVED : LEFT_OUT_WITHHELD;
    return true;
}

/* What somebody noted on a classified document may tell of it. */
static bool
read_note(struct item *item)
{
    struct exporting *e = item->e;

    if (!str_is(item->entry.kind, CHAIN_NOTE) || item->left_out != NULL ||
        (e->options.flags & BANTHUEK_ARCHIVE_WITH_SECRET) != 0)
        return true;
    const struct value *tree =
        canon_read(e->scratch, store_diags(e->store), store_path(e->store), item->sealed.columns);
    if (tree == NULL)
        return false;
    struct rows rows = store_ask(
        e->store, STORE_SEARCH_DOCUMENT,
        CELLS(cell_number(item->entry.chain), cell_number(canon_number(tree, "entry", 0))));
    if (rows_next(&rows) && !rows_is_none(&rows, 9))
        item->left_out = LEFT_OUT_WITHHELD;
    return rows_end(&rows);
}

static bool
read_columns(struct item *item)
{
    struct exporting *e = item->e;

    if (!str_is(item->entry.kind, CHAIN_ADD) || item->left_out != NULL)
        return true;
    const struct value *tree =
        canon_read(e->scratch, store_diags(e->store), store_path(e->store), item->sealed.columns);
    if (tree == NULL || !columns_read(e->store, e->scratch, tree, &item->columns))
        return false;
    item->has_columns = true;
    if (item->columns.secret.len == 0 || (e->options.flags & BANTHUEK_ARCHIVE_WITH_SECRET) != 0)
        return true;
    item->left_out = LEFT_OUT_WITHHELD;
    item->has_columns = false;
    item->columns = (struct columns){.file = STR("")};
    return true;
}

static struct str
stem_of(const struct item *item)
{
    const struct bag_place place = {
        .chain = item->e->chain_id,
        .n = item->entry.n,
        .is_document = item->has_columns,
        .year = item->columns.year,
        .agency = item->columns.agency,
    };

    return bag_stem(item->e->scratch, &place);
}

/* What the archive says of it; nothing is written. */
static bool
read_item(struct item *item, int64_t chain, int64_t n)
{
    struct exporting *e = item->e;

    if (!chain_entry(e->store, e->scratch, chain, n, &item->entry))
        return false;
    if (item->entry.n == 0)
        return store_damaged(e->store,
                             diag_both(e->lent.diags, "an entry is missing", "รายการหายไป"));
    if (!chain_sealed(e->store, e->scratch, chain, n, &item->sealed, &item->content) ||
        !find_left_out(item) || !read_note(item) || !read_columns(item))
        return false;
    item->stem = stem_of(item);
    return true;
}

static void
count_left_out(const struct item *item)
{
    struct banthuek_archive_exported *out = item->e->out;

    if (item->left_out == NULL)
        return;
    out->removed += strcmp(item->left_out, LEFT_OUT_REMOVED) == 0;
    out->withheld +=
        strcmp(item->left_out, LEFT_OUT_WITHHELD) == 0 && str_is(item->entry.kind, CHAIN_ADD);
}

bool
export_entry(struct exporting *e, int64_t chain, int64_t n, struct export_row *row)
{
    struct item item = {.e = e};

    if (!read_item(&item, chain, n))
        return false;
    count_left_out(&item);
    if ((item.has_columns && !put_files(&item)) || !put_json(&item))
        return false;
    *row = row_of(&item);
    e->out->entries++;
    return true;
}

bool
export_row(struct exporting *e, int64_t chain, int64_t n, struct export_row *row)
{
    struct item item = {.e = e};

    if (!read_item(&item, chain, n))
        return false;
    if (item.has_columns && item.sealed.content != NULL &&
        hash_set_has(&e->damaged, item.sealed.content))
        item.left_out = LEFT_OUT_DAMAGED;
    *row = row_of(&item);
    return true;
}
