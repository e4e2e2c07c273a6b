/* Documents and their rows. */
#include "archive/entry.h"

#include "archive/canon.h"
#include "archive/chain.h"
#include "archive/kit.h"
#include "archive/register.h"
#include "archive/relate.h"
#include "archive/store.h"
#include "base/arena.h"

/* ---- rows */

/* The number of an entry, 0 for none. */
static struct cell
cell_entry(int64_t n)
{
    return n == 0 ? cell_none() : cell_number(n);
}

static bool
put_document(struct store *store, int64_t chain, int64_t n, int64_t content,
             const struct columns *columns)
{
    int64_t kit = 0;

    if (columns->has_kit && !content_find(store, &columns->kit, &kit))
        return false;
    return store_do(store, STORE_DOCUMENT_ADD,
                    CELLS(cell_number(chain), cell_number(n), cell_number(content),
                          columns->year == 0 ? cell_none() : cell_number(columns->year),
                          cell_filled(columns->agency), cell_filled(columns->number),
                          cell_filled(columns->date), cell_filled(columns->subject),
                          cell_filled(columns->level), cell_filled(columns->score),
                          cell_filled(columns->kind), cell_filled(columns->file),
                          cell_filled(columns->office), cell_filled(columns->secret),
                          cell_number(columns->ours), cell_entry(columns->supersedes),
                          cell_entry(columns->newer), cell_entry(kit), cell_filled(columns->code),
                          cell_number(columns->is_scan)));
}

static bool
put_person(struct store *store, int64_t chain, int64_t n, size_t seq,
           const struct column_person *person)
{
    return store_do(store, STORE_PERSON_ADD,
                    CELLS(cell_number(chain), cell_number(n), cell_number((int64_t)seq),
                          cell_filled(person->role), cell_filled(person->name),
                          cell_filled(person->position), cell_number(person->has_signed)));
}

static bool
put_score(struct store *store, int64_t chain, int64_t n, size_t seq,
          const struct column_score *score)
{
    return store_do(store, STORE_SCORE_ADD,
                    CELLS(cell_number(chain), cell_number(n), cell_number((int64_t)seq),
                          cell_text(score->item), cell_text(score->value)));
}

static bool
put_part(struct store *store, int64_t chain, int64_t n, size_t seq, const struct column_part *part)
{
    return store_do(store, STORE_PART_ADD,
                    CELLS(cell_number(chain), cell_number(n), cell_number((int64_t)seq),
                          cell_text(part->role), cell_text(part->name), cell_hash(&part->sha256)));
}

bool
entry_rows(struct store *store, int64_t chain, int64_t n, int64_t content,
           const struct columns *columns)
{
    bool good = put_document(store, chain, n, content, columns);

    if (good && columns->supersedes != 0)
        good =
            store_do(store, STORE_DOCUMENT_NEWER,
                     CELLS(cell_number(chain), cell_number(columns->supersedes), cell_number(n)));
    for (size_t i = 0; i < columns->person_count && good; i++)
        good = put_person(store, chain, n, i, &columns->persons[i]);
    for (size_t i = 0; i < columns->score_count && good; i++)
        good = put_score(store, chain, n, i, &columns->scores[i]);
    for (size_t i = 0; i < columns->part_count && good; i++)
        good = put_part(store, chain, n, i, &columns->parts[i]);
    return good;
}

bool
entry_states(struct store *store, int64_t chain, int64_t n, const struct prefixes *states)
{
    bool good = true;

    for (size_t i = 0; i < states->count && good; i++)
        good = store_do(store, STORE_STATE_ADD,
                        CELLS(cell_number(chain), cell_number(n), cell_number((int64_t)i),
                              cell_hash(&states->prefix[i].hash)));
    return good;
}

/* ---- adding */

bool
entry_of_content(struct store *store, int64_t content, int64_t *n)
{
    return store_number(store, STORE_DOCUMENT_OF_CONTENT,
                        CELLS(cell_number(content), cell_number(CHAIN_OWN)), 0, n);
}

/* Files that documents share are kept once. */
static bool
put_files(struct store *store, const struct entry_files *files)
{
    int64_t key;

    for (size_t i = 0; i < files->count; i++) {
        const struct entry_file *file = &files->file[i];
        const struct content content = {file->kind, file->bytes, file->kept,
                                        file->hash == NULL ? hash_of(file->bytes) : *file->hash};
        if (!content_put_known(store, &content, &key))
            return false;
    }
    return true;
}

static bool
append(struct store *store, struct arena *arena, const struct entry_document *document,
       int64_t content, struct entry_added *out)
{
    struct columns columns = *document->columns;
    struct chain_entry entry;

    if (!relate(store, document, &columns) ||
        !kit_put(store, arena, document->shared, document->shared_count, &columns))
        return false;
    /* what an import reads is what the rows are made from here, too */
    const struct value *tree = columns_write(arena, &columns);
    if (!columns_read(store, arena, tree, &columns) ||
        !chain_append(store, arena, CHAIN_ADD, content, tree, &entry) ||
        !entry_rows(store, CHAIN_OWN, entry.n, content, &columns) ||
        !entry_states(store, CHAIN_OWN, entry.n, &document->states) ||
        !register_tell_added(store, arena, entry.n, &columns))
        return false;
    *out = (struct entry_added){entry.n, true, columns.supersedes, columns.newer};
    return true;
}

bool
entry_add(struct store *store, struct arena *arena, const struct entry_document *document,
          struct entry_added *out)
{
    const struct content given = {
        .kind = CONTENT_GIVEN,
        .bytes = document->bytes,
        .hash = document->hash == NULL ? hash_of(document->bytes) : *document->hash,
    };
    int64_t content;

    *out = (struct entry_added){0};
    if (!content_put_known(store, &given, &content) || !put_files(store, &document->files) ||
        !entry_of_content(store, content, &out->n))
        return false;
    return out->n != 0 || append(store, arena, document, content, out);
}
