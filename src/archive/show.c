/* What is known of an entry, as banthuek-archive.h has it. */
#include <time.h>

#include "archive/archive.h"
#include "archive/bag.h"
#include "archive/canon.h"
#include "archive/named.h"
#include "archive/register.h"
#include "archive/register_for.h"
#include "archive/retention.h"
#include "base/arena.h"
#include "base/code.h"
#include "thai/date.h"
#include "value/value.h"

struct showing {
    struct store *store;
    struct arena *arena;
    struct named_entry found;
    struct banthuek_archive_entry *out;
};

static const char *
hex_of(struct arena *arena, const struct hash *hash)
{
    return bag_hex(arena, hash).ptr;
}

static struct banthuek_bytes
said(const struct value *map, const char *key)
{
    return lent_bytes(canon_text(map, key));
}

static void
put_when(struct arena *arena, struct str time, struct banthuek_bytes when[2])
{
    time_t at = retention_time(time);

    when[BANTHUEK_ENGLISH] = lent_bytes(date_moment_text(arena, at, false));
    when[BANTHUEK_THAI] = lent_bytes(date_moment_text(arena, at, true));
}

/* ---- a document: the rows that are made of it */

static void
put_columns(struct showing *s)
{
    const struct columns *columns = &s->found.columns;
    struct banthuek_archive_entry *out = s->out;

    out->document = (struct banthuek_archive_item){
        .entry = out->entry,
        .archive = out->archive,
        .year = columns->year,
        .agency = lent_bytes(columns->agency),
        .number = lent_bytes(columns->number),
        .date = lent_bytes(columns->date),
        .subject = lent_bytes(columns->subject),
        .level = lent_bytes(columns->level),
        .score = lent_bytes(columns->score),
        .kind = lent_bytes(columns->kind),
        .file = lent_bytes(columns->file),
        .secret = lent_bytes(columns->secret),
    };
    out->office = lent_bytes(columns->office);
    out->is_scan = columns->is_scan;
    out->supersedes = (size_t)columns->supersedes;
}

/* As it stands in the row: of older entries it was found out later. */
static bool
put_code(struct showing *s, const struct cell key[2])
{
    struct rows rows = store_ask(s->store, STORE_CODE_OF, key, 2);
    struct code code;

    if (rows_next(&rows) && code_of_text(rows_text(&rows, 0), &code)) {
        char *printed = arena_alloc(s->arena, CODE_PRINTED + 1);
        code_print(&code, printed);
        s->out->code = lent_bytes(str_of(printed));
    }
    return rows_end(&rows);
}

static void
put_people(struct showing *s)
{
    const struct columns *columns = &s->found.columns;
    struct banthuek_archive_person *persons =
        arena_array(s->arena, columns->person_count, sizeof *persons);
    struct banthuek_archive_score *scores =
        arena_array(s->arena, columns->score_count, sizeof *scores);

    for (size_t i = 0; i < columns->person_count; i++) {
        const struct column_person *person = &columns->persons[i];
        persons[i] =
            (struct banthuek_archive_person){lent_bytes(person->role), lent_bytes(person->name),
                                             lent_bytes(person->position), person->has_signed};
    }
    for (size_t i = 0; i < columns->score_count; i++)
        scores[i] = (struct banthuek_archive_score){lent_bytes(columns->scores[i].item),
                                                    lent_bytes(columns->scores[i].value)};
    s->out->persons = persons;
    s->out->person_count = columns->person_count;
    s->out->scores = scores;
    s->out->score_count = columns->score_count;
}

static bool
size_of(struct showing *s, const struct hash *hash, size_t *size)
{
    int64_t found;

    if (!store_number(s->store, STORE_CONTENT_SIZE, CELLS(cell_hash(hash)), 0, &found))
        return false;
    *size = (size_t)found;
    return true;
}

static bool
put_parts(struct showing *s, const struct cell key[2])
{
    struct rows rows = store_ask(s->store, STORE_PARTS, key, 2);
    struct banthuek_archive_part *parts = NULL;
    size_t count = 0, cap = 0;
    bool good = true;

    while (good && rows_next(&rows)) {
        struct hash hash;
        (void)rows_hash(&rows, 2, &hash);
        struct banthuek_archive_part *part = ARENA_ADD(s->arena, parts, count, cap, 16);
        *part = (struct banthuek_archive_part){
            .role = lent_bytes(str_dup(s->arena, rows_text(&rows, 0))),
            .name = lent_bytes(str_dup(s->arena, rows_text(&rows, 1))),
            .sha256 = hex_of(s->arena, &hash),
            .is_there = !rows_is_none(&rows, 3)};
        good = size_of(s, &hash, &part->size);
    }
    s->out->parts = parts;
    s->out->part_count = count;
    return rows_end(&rows) && good;
}

static bool
put_notes(struct showing *s, const struct cell key[2])
{
    struct rows rows = store_ask(s->store, STORE_NOTES, key, 2);
    struct banthuek_archive_note *notes = NULL;
    size_t count = 0, cap = 0;

    while (rows_next(&rows)) {
        struct banthuek_archive_note *note = ARENA_ADD(s->arena, notes, count, cap, 4);
        *note = (struct banthuek_archive_note){
            .entry = (size_t)rows_number(&rows, 0),
            .retention = lent_bytes(str_dup(s->arena, rows_text(&rows, 1))),
            .reason = lent_bytes(str_dup(s->arena, rows_text(&rows, 2))),
            .time = lent_bytes(str_dup(s->arena, rows_text(&rows, 3)))};
    }
    s->out->notes = notes;
    s->out->note_count = count;
    return rows_end(&rows);
}

static bool
put_versions(struct showing *s, const struct cell key[2])
{
    struct rows rows = store_ask(s->store, STORE_EARLIER, key, 2);
    size_t *earlier = NULL, count = 0, cap = 0;
    int64_t newer;

    while (rows_next(&rows))
        *ARENA_ADD(s->arena, earlier, count, cap, 4) = (size_t)rows_number(&rows, 0);
    if (!rows_end(&rows) || !store_number(s->store, STORE_NEWER, key, 2, 0, &newer))
        return false;
    s->out->earlier = earlier;
    s->out->earlier_count = count;
    s->out->document.newer = (size_t)newer;
    return true;
}

static bool
put_retention(struct showing *s)
{
    struct retention retention;

    if (!retention_of(s->store, s->arena, &s->found.entry, &s->found.columns, &retention))
        return false;
    s->out->document.retention = lent_bytes(retention.day);
    return true;
}

/* ---- the register */

static const enum banthuek_archive_number_state number_states[] = {
    [REGISTER_GIVEN] = BANTHUEK_NUMBER_GIVEN,
    [REGISTER_USED] = BANTHUEK_NUMBER_USED,
    [REGISTER_VOID] = BANTHUEK_NUMBER_VOID,
};

static bool
has_document(const struct register_row *row, int64_t n)
{
    for (size_t i = 0; i < row->document_count; i++) {
        if (row->documents[i] == n)
            return true;
    }
    return false;
}

/* The number that a document of the own archive has. */
static bool
find_number(struct showing *s)
{
    const struct columns *columns = &s->found.columns;
    struct str *agencies;
    struct register_list list;
    size_t count, year = 0;

    if (s->found.named.chain != CHAIN_OWN || columns->number.len == 0 ||
        !str_number(str_sub(columns->date, 0, 4), DATE_YEAR_MAX, &year) || year == 0)
        return true;
    if (!register_agencies(s->store, s->arena, &agencies, &count))
        return false;
    struct str agency = register_of(s->arena, agencies, count, columns->office, columns->agency);
    if (agency.len == 0)
        return true;
    if (!register_read(s->store, s->arena, agency, (int)year, &list))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        if (has_document(&list.rows[i], s->found.named.n)) {
            s->out->number_entry = (size_t)list.rows[i].entry;
            s->out->number_state = number_states[list.rows[i].state];
        }
    }
    return true;
}

static void
put_row(struct showing *s, const struct register_row *row)
{
    size_t *documents = arena_array(s->arena, row->document_count, sizeof *documents);

    for (size_t i = 0; i < row->document_count; i++)
        documents[i] = (size_t)row->documents[i];
    s->out->documents = documents;
    s->out->document_count = row->document_count;
    s->out->number_state = number_states[row->state];
    if (s->out->kind == BANTHUEK_ENTRY_VOID)
        s->out->about = (size_t)row->entry;
    else
        s->out->reason = lent_bytes(row->reason);
}

/* What became of a number. */
static bool
put_number(struct showing *s, const struct value *map)
{
    int year = (int)canon_number(map, "year", 0);
    int64_t n = canon_number(map, "n", 0);
    struct register_list list;
    const struct register_said prefix = {.prefix = canon_text(map, "prefix")};

    s->out->number = (size_t)n;
    s->out->document.year = year;
    s->out->document.agency = said(map, "agency");
    s->out->document.date = said(map, "date");
    s->out->document.subject = said(map, "subject");
    s->out->document.secret = said(map, "secret");
    s->out->document.file = said(map, "file");
    s->out->office = said(map, "office");
    s->out->to = said(map, "to");
    s->out->shown = lent_bytes(register_for_shown(s->arena, &prefix, n));
    if (s->found.named.chain != CHAIN_OWN)
        return true;
    if (!register_read(s->store, s->arena, canon_text(map, "agency"), year, &list))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        if (list.rows[i].n == n)
            put_row(s, &list.rows[i]);
    }
    return true;
}

/* ---- other entries */

static void
put_chains(struct showing *s, const struct value *map)
{
    const struct value *list = value_get(map, STR("chains"));
    struct banthuek_archive_chain *chains;
    size_t count = 0;

    if (list == NULL || list->kind != VALUE_LIST)
        return;
    chains = arena_array(s->arena, list->count, sizeof *chains);
    for (const struct value *one = list->first; one != NULL; one = one->next)
        chains[count++] = (struct banthuek_archive_chain){said(one, "archive"), said(one, "name"),
                                                          said(one, "head"),
                                                          (size_t)canon_number(one, "entries", 0)};
    s->out->chains = chains;
    s->out->chain_count = count;
}

static enum banthuek_archive_entry_kind
kind_of(struct str kind)
{
    static const char *const kinds[] = {
        [BANTHUEK_ENTRY_DOCUMENT] = CHAIN_ADD,  [BANTHUEK_ENTRY_NUMBER] = CHAIN_NUMBER,
        [BANTHUEK_ENTRY_VOID] = CHAIN_VOID,     [BANTHUEK_ENTRY_NOTE] = CHAIN_NOTE,
        [BANTHUEK_ENTRY_REMOVE] = CHAIN_REMOVE, [BANTHUEK_ENTRY_IMPORT] = CHAIN_IMPORT,
    };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (str_is(kind, kinds[i]))
            return (enum banthuek_archive_entry_kind)i;
    }
    return BANTHUEK_ENTRY_OTHER;
}

static bool
put_said(struct showing *s)
{
    const struct value *map = s->found.map;
    struct banthuek_archive_entry *out = s->out;

    out->about = (size_t)canon_number(map, "entry", 0);
    out->reason = said(map, "reason");
    out->who = said(map, "who");
    out->document.retention = said(map, "retention");
    put_chains(s, map);
    if (out->kind == BANTHUEK_ENTRY_NUMBER || out->kind == BANTHUEK_ENTRY_VOID)
        return put_number(s, map);
    return true;
}

/* ---- the entry */

static void
put_entry(struct showing *s)
{
    const struct named_entry *found = &s->found;
    struct banthuek_archive_entry *out = s->out;

    out->entry = (size_t)found->entry.n;
    out->archive = lent_bytes(found->named.archive);
    out->archive_id = lent_bytes(found->named.archive_id);
    out->kind = kind_of(found->entry.kind);
    out->state = found->says_something    ? BANTHUEK_ENTRY_THERE
                 : found->removed_by != 0 ? BANTHUEK_ENTRY_REMOVED
                                          : BANTHUEK_ENTRY_WITHHELD;
    out->removed_by = (size_t)found->removed_by;
    out->time = lent_bytes(found->entry.time);
    put_when(s->arena, found->entry.time, out->when);
    out->hash = hex_of(s->arena, &found->entry.hash);
    out->previous = hex_of(s->arena, &found->entry.previous);
    out->digest = hex_of(s->arena, &found->entry.digest);
    out->columns = lent_bytes(found->sealed.columns);
}

static bool
put_document(struct showing *s)
{
    const struct cell key[2] = {cell_number(s->found.named.chain), cell_number(s->found.named.n)};

    put_columns(s);
    put_people(s);
    if (s->found.sealed.content != NULL) {
        s->out->sha256 = hex_of(s->arena, s->found.sealed.content);
        if (!size_of(s, s->found.sealed.content, &s->out->size))
            return false;
    }
    return put_code(s, key) && put_parts(s, key) && put_notes(s, key) && put_versions(s, key) &&
           put_retention(s) && find_number(s);
}

/* What a removal took away and why is told by the entry that did it. */
static bool
put_removal(struct showing *s)
{
    struct chain_entry entry;
    struct chain_sealed sealed;
    int64_t content;

    if (s->found.removed_by == 0)
        return true;
    if (!chain_entry(s->store, s->arena, s->found.named.chain, s->found.removed_by, &entry) ||
        !chain_sealed(s->store, s->arena, s->found.named.chain, s->found.removed_by, &sealed,
                      &content))
        return false;
    const struct value *map =
        canon_read(s->arena, store_diags(s->store), store_path(s->store), sealed.columns);
    s->out->removed_time = lent_bytes(entry.time);
    put_when(s->arena, entry.time, s->out->removed_when);
    s->out->reason = said(map, "reason");
    s->out->who = said(map, "who");
    return map != NULL;
}

/* Of a classified document, or a note on one: a note may tell what it is about. */
static bool
is_secret(struct showing *s, bool *out)
{
    struct named_entry *found = &s->found;

    *out = found->columns.secret.len > 0;
    if (*out || found->map == NULL || !str_is(found->entry.kind, CHAIN_NOTE))
        return true;
    struct rows rows = store_ask(
        s->store, STORE_SEARCH_DOCUMENT,
        CELLS(cell_number(found->named.chain), cell_number(canon_number(found->map, "entry", 0))));
    *out = rows_next(&rows) && !rows_is_none(&rows, 9);
    return rows_end(&rows);
}

static bool
show(struct showing *s, const char *name, unsigned flags)
{
    bool secret;

    if (!named_entry(s->store, s->arena, name, &s->found) || !is_secret(s, &secret))
        return false;
    if (s->found.entry.n == 0) /* an archive without entries */
        return named_refuse(s->store, &s->found, DIAG_ARCHIVE_NO_ENTRY, NULL);
    if (secret && (flags & BANTHUEK_ENTRY_SECRET) == 0)
        return named_refuse(s->store, &s->found, DIAG_ARCHIVE_SECRET_SHOWN, NULL);
    put_entry(s);
    if (!s->found.says_something)
        return put_removal(s);
    return s->found.is_document ? put_document(s) : put_said(s);
}

const struct banthuek_archive_entry *
banthuek_archive_show(struct banthuek *b, struct banthuek_archive *archive, const char *name,
                      unsigned flags)
{
    struct lent lent = archive_begin(b, archive);
    struct showing s = {.store = archive->store, .arena = lent.arena};

    s.out = arena_alloc(lent.arena, sizeof *s.out);
    bool good = store_begin_read(s.store) && show(&s, name, flags);
    store_end(s.store);
    return good ? s.out : NULL;
}

#define ID_SHOWN 12

/* With the id of an archive, not its name, which may have blanks and change. */
static struct str
name_of(struct arena *arena, const struct named *named)
{
    struct named by_id = *named;

    if (named->chain != CHAIN_OWN)
        by_id.archive = str_sub(named->archive_id, 0, ID_SHOWN);
    return named_text(arena, &by_id);
}

const struct banthuek_archive_head *
banthuek_archive_head(struct banthuek *b, struct banthuek_archive *archive, const char *name)
{
    struct lent lent = archive_begin(b, archive);
    struct banthuek_archive_head *out = arena_alloc(lent.arena, sizeof *out);
    struct named_entry found;
    struct str own = STR("");
    bool good = store_begin_read(archive->store) &&
                named_entry(archive->store, lent.arena, name, &found) &&
                store_meta(archive->store, lent.arena, "name", &own);

    store_end(archive->store);
    if (!good)
        return NULL;
    *out = (struct banthuek_archive_head){
        .entry = (size_t)found.entry.n,
        .name = lent_bytes(name_of(lent.arena, &found.named)),
        .archive = lent_bytes(found.named.chain == CHAIN_OWN ? own : found.named.archive),
        .archive_id = lent_bytes(found.named.archive_id),
        .time = lent_bytes(found.entry.time),
        .hash = hex_of(lent.arena, &found.entry.hash)};
    if (out->entry > 0)
        put_when(lent.arena, found.entry.time, out->when);
    return out;
}
