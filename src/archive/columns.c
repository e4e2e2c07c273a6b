/* Columns as canonical JSON, and back. */
#include "archive/canon.h"
#include "archive/entry.h"
#include "archive/store.h"
#include "base/arena.h"
#include "value/value.h"

/* ---- writing */

static struct value *
persons_of(struct arena *arena, const struct columns *columns)
{
    struct value *list = canon_list(arena);

    for (size_t i = 0; i < columns->person_count; i++) {
        const struct column_person *person = &columns->persons[i];
        struct value *map = canon_map(arena);
        canon_add_text(arena, map, "name", person->name);
        canon_add_text(arena, map, "position", person->position);
        canon_add_text(arena, map, "role", person->role);
        if (person->has_signed)
            canon_add_number(arena, map, "signed", 1);
        value_append(list, map);
    }
    return list;
}

static struct value *
scores_of(struct arena *arena, const struct columns *columns)
{
    struct value *list = canon_list(arena);

    for (size_t i = 0; i < columns->score_count; i++) {
        struct value *map = canon_map(arena);
        canon_add_text(arena, map, "item", columns->scores[i].item);
        canon_add_text(arena, map, "value", columns->scores[i].value);
        value_append(list, map);
    }
    return list;
}

struct value *
columns_parts(struct arena *arena, const struct column_part *parts, size_t count)
{
    struct value *list = canon_list(arena);

    for (size_t i = 0; i < count; i++) {
        const struct column_part *part = &parts[i];
        struct value *map = canon_map(arena);
        char *hex = arena_alloc(arena, 2 * HASH_SIZE + 1);
        hash_hex(&part->sha256, hex);
        canon_add_text(arena, map, "name", part->name);
        canon_add_text(arena, map, "role", part->role);
        canon_add_text(arena, map, "sha256", str_of(hex));
        value_append(list, map);
    }
    return list;
}

struct value *
columns_write(struct arena *arena, const struct columns *columns)
{
    struct value *map = canon_map(arena);

    canon_add_text(arena, map, "agency", columns->agency);
    canon_add_text(arena, map, "code", columns->code);
    canon_add_text(arena, map, "date", columns->date);
    canon_add_text(arena, map, "file", columns->file);
    canon_add_text(arena, map, "kind", columns->kind);
    if (columns->has_kit) {
        char *hex = arena_alloc(arena, 2 * HASH_SIZE + 1);
        hash_hex(&columns->kit, hex);
        canon_add_text(arena, map, "kit", str_of(hex));
    }
    canon_add_text(arena, map, "level", columns->level);
    if (columns->newer > 0)
        canon_add_number(arena, map, "newer", columns->newer);
    canon_add_text(arena, map, "number", columns->number);
    canon_add_text(arena, map, "office", columns->office);
    if (columns->ours)
        canon_add_number(arena, map, "ours", 1);
    canon_add(map, "parts", columns_parts(arena, columns->parts, columns->part_count));
    canon_add(map, "persons", persons_of(arena, columns));
    if (columns->is_scan)
        canon_add_number(arena, map, "scan", 1);
    canon_add_text(arena, map, "score", columns->score);
    canon_add(map, "scores", scores_of(arena, columns));
    canon_add_text(arena, map, "secret", columns->secret);
    canon_add_text(arena, map, "subject", columns->subject);
    if (columns->supersedes > 0)
        canon_add_number(arena, map, "supersedes", columns->supersedes);
    canon_add_text(arena, map, "to", columns->to);
    if (columns->year > 0)
        canon_add_number(arena, map, "year", columns->year);
    return map;
}

/* ---- reading */

/* The list of a map; NULL, which has no entries, where there is none. */
static const struct value *
list_of(const struct value *map, const char *key)
{
    const struct value *list = value_get(map, str_of(key));

    return list == NULL || list->kind != VALUE_LIST ? NULL : list;
}

static size_t
count_of(const struct value *list)
{
    return list == NULL ? 0 : list->count;
}

static void
read_persons(struct arena *arena, const struct value *list, struct columns *out)
{
    size_t i = 0;

    out->person_count = count_of(list);
    out->persons = arena_array(arena, out->person_count, sizeof *out->persons);
    for (const struct value *map = list == NULL ? NULL : list->first; map != NULL; map = map->next)
        out->persons[i++] = (struct column_person){
            .role = canon_text(map, "role"),
            .name = canon_text(map, "name"),
            .position = canon_text(map, "position"),
            .has_signed = canon_number(map, "signed", 0) == 1,
        };
}

static void
read_scores(struct arena *arena, const struct value *list, struct columns *out)
{
    size_t i = 0;

    out->score_count = count_of(list);
    out->scores = arena_array(arena, out->score_count, sizeof *out->scores);
    for (const struct value *map = list == NULL ? NULL : list->first; map != NULL; map = map->next)
        out->scores[i++] = (struct column_score){canon_text(map, "item"), canon_text(map, "value")};
}

bool
columns_read_parts(struct arena *arena, const struct value *list, struct column_part **out,
                   size_t *count)
{
    bool good = true;
    size_t i = 0;

    *count = count_of(list);
    *out = arena_array(arena, *count, sizeof **out);
    for (const struct value *map = list == NULL ? NULL : list->first; map != NULL;
         map = map->next) {
        struct column_part *part = &(*out)[i++];
        part->role = canon_text(map, "role");
        part->name = canon_text(map, "name");
        good = hash_of_hex(canon_text(map, "sha256"), &part->sha256) && good;
    }
    return good;
}

#define YEAR_MAX 9999

bool
columns_parse(struct arena *arena, const struct value *tree, struct columns *out)
{
    int64_t year = canon_number(tree, "year", 0);

    *out = (struct columns){
        .file = canon_text(tree, "file"),
        .agency = canon_text(tree, "agency"),
        .office = canon_text(tree, "office"),
        .to = canon_text(tree, "to"),
        .number = canon_text(tree, "number"),
        .subject = canon_text(tree, "subject"),
        .level = canon_text(tree, "level"),
        .score = canon_text(tree, "score"),
        .kind = canon_text(tree, "kind"),
        .date = canon_text(tree, "date"),
        .secret = canon_text(tree, "secret"),
        .ours = canon_number(tree, "ours", 0) == 1,
        .code = canon_text(tree, "code"),
        .is_scan = canon_number(tree, "scan", 0) == 1,
        .newer = canon_number(tree, "newer", 0),
        .supersedes = canon_number(tree, "supersedes", 0),
        .year = year < 0 || year > YEAR_MAX ? 0 : (int)year,
    };
    out->has_kit = hash_of_hex(canon_text(tree, "kit"), &out->kit);
    read_persons(arena, list_of(tree, "persons"), out);
    read_scores(arena, list_of(tree, "scores"), out);
    struct buf was = buf_in(arena), again = buf_in(arena);
    bool good = tree->kind == VALUE_MAP &&
                columns_read_parts(arena, list_of(tree, "parts"), &out->parts, &out->part_count);
    canon_write(tree, &was);
    canon_write(columns_write(arena, out), &again);
    return good && str_eq(buf_str(&was), buf_str(&again));
}

bool
columns_read(struct store *store, struct arena *arena, const struct value *tree,
             struct columns *out)
{
    return columns_parse(arena, tree, out) ||
           store_damaged(store, diag_both(store_diags(store),
                                          "the columns of an entry are not as they are written",
                                          "ข้อมูลของรายการไม่อยู่ในรูปที่โปรแกรมเขียน"));
}
