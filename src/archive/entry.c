/* Documents and their rows. */
#include "archive/entry.h"

#include "archive/archive.h"
#include "archive/chain.h"
#include "archive/paragraphs.h"
#include "archive/reading.h"
#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"

#define BYTES_MAX ((size_t)512 << 20) /* of a document */

/* ---- rows */

static bool
put_document(struct store *store, int64_t chain, int64_t n, int64_t content,
             const struct columns *columns)
{
    return store_do(
        store, STORE_DOCUMENT_ADD,
        CELLS(cell_number(chain), cell_number(n), cell_number(content),
              columns->year == 0 ? cell_none() : cell_number(columns->year),
              cell_filled(columns->agency), cell_filled(columns->number),
              cell_filled(columns->date), cell_filled(columns->subject),
              cell_filled(columns->level), cell_filled(columns->score), cell_filled(columns->kind),
              cell_filled(columns->file), cell_filled(columns->secret), cell_number(columns->ours),
              columns->supersedes == 0 ? cell_none() : cell_number(columns->supersedes)));
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

    for (size_t i = 0; i < columns->person_count && good; i++)
        good = put_person(store, chain, n, i, &columns->persons[i]);
    for (size_t i = 0; i < columns->score_count && good; i++)
        good = put_score(store, chain, n, i, &columns->scores[i]);
    for (size_t i = 0; i < columns->part_count && good; i++)
        good = put_part(store, chain, n, i, &columns->parts[i]);
    return good;
}

/* ---- adding */

/* The entry of the own chain that has these bytes; 0: there is none. */
static bool
find_document(struct store *store, int64_t content, int64_t *n)
{
    struct rows rows = store_ask(store, STORE_DOCUMENT_OF_CONTENT,
                                 CELLS(cell_number(content), cell_number(CHAIN_OWN)));

    *n = rows_next(&rows) ? rows_number(&rows, 1) : 0;
    return rows_end(&rows);
}

bool
entry_add(struct store *store, struct arena *arena, struct str bytes, const struct columns *columns,
          struct entry_added *out)
{
    struct chain_entry entry;
    struct hash hash;
    int64_t content;

    *out = (struct entry_added){0};
    if (!content_put(store, CONTENT_GIVEN, bytes, &hash, &content, NULL) ||
        !find_document(store, content, &out->n))
        return false;
    if (out->n != 0)
        return true;
    out->is_new = true;
    if (!chain_append(store, arena, CHAIN_ADD, content, columns_write(arena, columns), &entry) ||
        !entry_rows(store, CHAIN_OWN, entry.n, content, columns))
        return false;
    out->n = entry.n;
    return true;
}

static struct str
text_of(const char *given)
{
    return given == NULL ? STR("") : str_of(given);
}

const struct banthuek_archive_added *
banthuek_archive_add(struct banthuek *b, struct banthuek_archive *archive, const char *file,
                     const struct banthuek_archive_given *options)
{
    struct lent lent = archive_begin(b, archive);
    struct store *store = archive->store;
    struct banthuek_archive_given given = {0};
    struct entry_added added;
    struct str bytes;

    lent_take(&given, sizeof given, options);
    /* who opens and closes the archive's own file takes away its locks */
    if (files_same(lent.files, file, store_path(store))) {
        diag_add(lent.diags, DIAG_ARCHIVE_ITSELF, (struct pos){file, 0, 0}, NULL, NULL, NULL);
        return NULL;
    }
    if (!files_read(lent.files, lent.arena, lent.diags, POS_NONE, file, BYTES_MAX, &bytes))
        return NULL;
    const struct columns columns = {.file = str_of(path_base(file)),
                                    .agency = text_of(given.agency),
                                    .number = text_of(given.number),
                                    .date = text_of(given.date),
                                    .subject = text_of(given.subject),
                                    .year = given.year};
    struct text_paragraphs text;
    reading_read(lent.arena, lent.diags, (struct pos){file, 0, 0}, bytes, &columns, &text);
    bool good = store_begin(store) && entry_add(store, lent.arena, bytes, &columns, &added) &&
                (!added.is_new || paragraphs_put(store, CHAIN_OWN, added.n, &text)) &&
                store_commit(store);
    store_end(store);
    if (!good)
        return NULL;
    struct banthuek_archive_added *out = arena_alloc(lent.arena, sizeof *out);
    *out = (struct banthuek_archive_added){(size_t)added.n, added.is_new};
    return out;
}
