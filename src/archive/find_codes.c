/* Codes of documents from before there were codes, as banthuek-archive.h has it. */
#include "archive/archive.h"
#include "archive/assets.h"
#include "archive/chain.h"
#include "archive/code.h"
#include "base/arena.h"
#include "sign/prefixes.h"

struct codeless {
    int64_t n, content, kit;
};

struct finding {
    struct lent lent;
    struct store *store;
    struct banthuek_archive_codes_options options;
    struct codeless *list;
    size_t count, cap;
    struct assets assets;
};

static bool
list_codeless(struct finding *f)
{
    struct rows rows = store_ask(f->store, STORE_CODE_UNKNOWN_LIST, NO_CELLS);

    while (rows_next(&rows))
        *ARENA_ADD(f->lent.arena, f->list, f->count, f->cap, 64) =
            (struct codeless){rows_number(&rows, 0), rows_number(&rows, 1), rows_number(&rows, 2)};
    return rows_end(&rows);
}

/* An empty code: there is none. */
static bool
note(struct finding *f, const struct codeless *document, struct str code)
{
    bool good =
        store_begin(f->store) &&
        store_do(f->store, STORE_CODE_SET,
                 CELLS(cell_number(CHAIN_OWN), cell_number(document->n), cell_text(code))) &&
        store_commit(f->store);

    store_end(f->store);
    return good;
}

/* What was made again to the same pages has the code of these, or none at all (a draft). */
static bool
is_known(const struct banthuek_archive_examined *found, struct code *code)
{
    struct str text = {found->code.data, found->code.size};

    *code = (struct code){{0}};
    return found->end == BANTHUEK_ARCHIVE_READ_WELL &&
           (code_of_text(text, code) || found->again == BANTHUEK_AGAIN_SAME);
}

static bool
make_again(struct finding *f, struct arena *scratch, const struct codeless *document,
           struct str bytes)
{
    const struct prefixes states = prefixes_of(scratch, bytes);
    struct banthuek_archive_examined found = {0};
    const struct banthuek_archive_job job = {
        .name = arena_printf(scratch, "entry-%lld.pdf", (long long)document->n),
        .pdf = lent_bytes(bytes),
        .first = states.count == 0 ? bytes.len : states.prefix[0].size,
        .make_again = true,
        .kit = (size_t)document->kit,
        .files = f->assets.file,
        .file_count = f->assets.count};
    struct code code;

    if (!f->options.examine(f->options.user, &job, &found))
        return false;
    return !is_known(&found, &code) || note(f, document, str_of(code.text));
}

static bool
find_one(struct finding *f, struct arena *scratch, const struct codeless *document)
{
    int64_t reports = 0;
    struct str bytes;

    if (!store_number(f->store, STORE_VERIFY_HAS_DATA,
                      CELLS(cell_number(CHAIN_OWN), cell_number(document->n)), 0, &reports))
        return false;
    if (reports == 0)
        return note(f, document, STR(""));
    if (!assets_load(f->store, &f->assets, document->kit))
        return false;
    if (document->kit == 0 || f->assets.missing != NULL ||
        !assets_get_quietly(f->store, scratch, document->content, &bytes))
        return true;
    return make_again(f, scratch, document, bytes);
}

static bool
find_all(struct finding *f)
{
    struct arena *scratch = arena_new(0);
    struct arena_mark mark = arena_mark(scratch);
    bool good = true;

    for (size_t i = 0; i < f->count && good; i++) {
        if (f->options.progress != NULL)
            f->options.progress(f->options.user, i, f->count);
        good = find_one(f, scratch, &f->list[i]);
        arena_reset(scratch, mark);
    }
    arena_free(scratch);
    assets_close(&f->assets);
    return good;
}

bool
banthuek_archive_codeless(struct banthuek *b, struct banthuek_archive *archive, size_t *count)
{
    int64_t found = 0;

    (void)archive_begin(b, archive);
    bool good = code_unknown(archive->store, &found);
    *count = (size_t)found;
    return good;
}

bool
banthuek_archive_find_codes(struct banthuek *b, struct banthuek_archive *archive,
                            const struct banthuek_archive_codes_options *options, size_t *left)
{
    struct finding f = {.lent = archive_begin(b, archive), .store = archive->store};

    lent_take(&f.options, sizeof f.options, options);
    bool good = f.options.examine == NULL || (list_codeless(&f) && find_all(&f));
    return banthuek_archive_codeless(b, archive, left) && good;
}
