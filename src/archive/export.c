/* banthuek_archive_export(): an archive as a bag. */
#include "archive/bag.h"
#include "archive/canon.h"
#include "archive/export_inner.h"
#include "base/arena.h"
#include "value/value.h"

/* The own chain, then the others by their ids, whenever they came. */
static bool
list_chains(struct exporting *e, struct export_chains *out)
{
    struct arena *arena = e->lent.arena;
    struct rows rows = store_ask(e->store, STORE_BAG_CHAINS, NO_CELLS);
    bool good = true;

    *out = (struct export_chains){NULL, 0, 0};
    while (good && rows_next(&rows)) {
        struct export_chain *chain = ARENA_ADD(arena, out->chain, out->count, out->cap, 16);
        *chain = (struct export_chain){.id = rows_number(&rows, 0),
                                       .archive_id = str_dup(arena, rows_text(&rows, 1)),
                                       .name = str_dup(arena, rows_text(&rows, 2))};
        good = chain_head(e->store, arena, chain->id, &chain->head);
        e->total += chain->head.n;
    }
    return rows_end(&rows) && good;
}

void
export_enter(struct exporting *e, const struct export_chain *chain)
{
    bool own = chain->id == CHAIN_OWN;

    e->chain_id = own ? STR("") : chain->archive_id;
    e->chain_name = own ? STR("") : chain->name;
}

static bool
put_entries(struct exporting *e, const struct export_chain *chain)
{
    bool good = true;

    export_enter(e, chain);
    for (int64_t n = 1; n <= chain->head.n && good; n++) {
        struct arena_mark mark = arena_mark(e->scratch);
        struct export_row row;
        good = export_entry(e, chain->id, n, &row);
        if (good)
            export_add_row(e, &row);
        arena_reset(e->scratch, mark);
        e->done++;
        if (e->options.progress != NULL)
            e->options.progress(e->options.user, (size_t)e->done, (size_t)e->total);
    }
    return good;
}

/* data/archive.json: what import.c reads first. */
static bool
put_archive(struct exporting *e, const struct export_chains *chains, struct str name)
{
    struct arena *arena = e->scratch;
    struct value *map = canon_map(arena), *list = canon_list(arena);
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < chains->count; i++) {
        const struct export_chain *chain = &chains->chain[i];
        struct value *one = canon_map(arena);
        canon_add_text(arena, one, "archive", chain->archive_id);
        canon_add_number(arena, one, "entries", chain->head.n);
        canon_add_text(arena, one, "head", bag_hex(arena, &chain->head.hash));
        canon_add_text(arena, one, "name", chain->id == CHAIN_OWN ? name : chain->name);
        value_append(list, one);
    }
    canon_add(map, "chains", list);
    canon_add_number(arena, map, "format", BAG_FORMAT);
    canon_write(map, &out);
    buf_byte(&out, '\n');
    return bag_put(e->bag, STR(BAG_ARCHIVE), buf_str(&out));
}

/* The day of the newest entry: the same archive gives the same bag on any day. */
static struct str
day_of(const struct export_chains *chains)
{
    struct str newest = STR("");

    for (size_t i = 0; i < chains->count; i++) {
        if (str_cmp(chains->chain[i].head.time, newest) > 0)
            newest = chains->chain[i].head.time;
    }
    return str_sub(newest, 0, 10);
}

static bool
put_all(struct exporting *e)
{
    struct export_chains chains;
    struct str name;

    if (!store_meta(e->store, e->lent.arena, "name", &name) || !list_chains(e, &chains) ||
        !export_begin_table(e))
        return false;
    e->out->head = bag_hex(e->lent.arena, &chains.chain[0].head.hash).ptr;
    for (size_t i = 0; i < chains.count; i++) {
        if (!put_entries(e, &chains.chain[i]))
            return false;
    }
    if (!bag_end_file(e->table) || !export_page(e, &chains, name) || !put_archive(e, &chains, name))
        return false;
    e->out->files = bag_file_count(e->bag);
    const struct bag_info info = {chains.chain[0].archive_id, name, day_of(&chains)};
    return bag_commit(e->bag, &info);
}

const struct banthuek_archive_exported *
banthuek_archive_export(struct banthuek *b, struct banthuek_archive *archive, const char *folder,
                        const struct banthuek_archive_export_options *options)
{
    struct exporting e = {.lent = archive_begin(b, archive), .store = archive->store};
    bool good = false;

    lent_take(&e.options, sizeof e.options, options);
    e.out = arena_alloc(e.lent.arena, sizeof *e.out);
    e.bag = bag_begin(e.lent.arena, e.lent.diags, folder);
    if (e.bag == NULL)
        return NULL;
    e.scratch = arena_new(0);
    store_cache_few(e.store, true);
    if (store_begin_read(e.store))
        good = put_all(&e);
    store_end(e.store);
    store_cache_few(e.store, false);
    bag_end(e.bag);
    arena_free(e.scratch);
    return good ? e.out : NULL;
}
