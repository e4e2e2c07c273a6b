/* What a report says of itself, by its schema. */
#include "base/arena.h"
#include "check/score.h"
#include "doc/style.h"
#include "engine/report.h"
#include "inspect/summary_inner.h"
#include "schema/schema.h"
#include "value/value.h"

#define MEMO_TEMPLATE "memo"

/* ---- values as texts */

/* The lines of a text with blanks between. */
static struct str
in_one_line(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);
    struct str line;

    while (str_line(&text, &line)) {
        line = str_trim(line);
        if (out.len > 0 && line.len > 0)
            buf_byte(&out, ' ');
        buf_add(&out, line);
    }
    return buf_str(&out);
}

static struct str
text_of(struct arena *arena, const struct value *value)
{
    struct buf out = buf_in(arena);

    if (value == NULL)
        return STR("");
    if (value->kind == VALUE_DATE)
        return date_iso(arena, value->date);
    if (value->kind == VALUE_NUMBER)
        return decimal_text(arena, value->number, false);
    if (value->kind == VALUE_TEXT)
        return in_one_line(arena, value->text);
    for (const struct value *entry = value->kind == VALUE_LIST ? value->first : NULL; entry != NULL;
         entry = entry->next) {
        if (out.len > 0)
            buf_byte(&out, ' ');
        buf_add(&out, in_one_line(arena, entry->text));
    }
    return buf_str(&out);
}

/* What stands at a path of maps, or NULL. */
static const struct value *
value_at(const struct value *value, struct str path)
{
    while (value != NULL && path.len > 0) {
        size_t dot = str_find(path, STR("."));
        value = value_get(value, str_sub(path, 0, dot));
        path = dot == SIZE_MAX ? STR("") : str_sub(path, dot + 1, path.len);
    }
    return value;
}

/* ---- fields with the word `archive` */

struct reading {
    struct work *w; /* of the report */
    const struct schema *schema;
    const struct value *typed;
    struct str found[ARCHIVE_WORDS];
};

static struct str
below(struct arena *arena, struct str path, struct str name)
{
    return path.len == 0 ? name
                         : str_of(arena_printf(arena, "%.*s.%.*s", STR_FMT(path), STR_FMT(name)));
}

/* Fields inside maps of the schema at hand, which may be another than the report's: then the field
 * at the same path has to be of the same type. */
static void
read_words(struct reading *reading, const struct field *map, struct str path)
{
    struct arena *arena = reading->w->arena;

    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        struct str own = below(arena, path, field->name);
        if (field->type == FIELD_MAP)
            read_words(reading, field, own);
        if (field->archive == ARCHIVE_NOTHING || reading->found[field->archive].len > 0)
            continue;
        const struct field *same = schema_at(reading->schema, own);
        if (same != NULL && same->type == field->type)
            reading->found[field->archive] = text_of(arena, value_at(reading->typed, own));
    }
}

/* Whether a field has this word, or any where it is ARCHIVE_NOTHING. */
static bool
has_word(const struct field *map, enum field_archive word)
{
    for (size_t i = 0; i < map->field_count; i++) {
        enum field_archive own = map->fields[i].archive;
        if ((own != ARCHIVE_NOTHING && (word == ARCHIVE_NOTHING || own == word)) ||
            (map->fields[i].type == FIELD_MAP && has_word(&map->fields[i], word)))
            return true;
    }
    return false;
}

/* What the types tell: the first date and year of the root. */
static void
read_types(struct reading *reading)
{
    static const struct {
        enum field_type type;
        enum field_archive word;
    } told[] = {{FIELD_DATE, ARCHIVE_DATE}, {FIELD_YEAR, ARCHIVE_YEAR}};
    const struct field *root = &reading->schema->root;

    for (size_t i = 0; i < 2 * root->field_count; i++) {
        const struct field *field = &root->fields[i / 2];
        struct str *found = &reading->found[told[i % 2].word];
        if (field->type == told[i % 2].type && found->len == 0)
            *found = text_of(reading->w->arena, value_get(reading->typed, field->name));
    }
}

/* The schema of the template of this name that is at hand; NULL where there is none. */
static const struct schema *
shipped(struct work *w, struct str name)
{
    struct diags *said = w->diags;
    const char *dir;

    w->diags = diags_new();
    const struct schema *schema = kit_schema_for(w, name, POS_NONE, &dir);
    diags_free(w->diags);
    w->diags = said;
    return schema;
}

/* Templates that people make are copies of ours: what they leave unsaid is what the same field is
 * in the template memo. That a report is secret must not be missed. */
static void
read_head(struct reading *reading, struct str template_name)
{
    const struct schema *words = has_word(&reading->schema->root, ARCHIVE_NOTHING)
                                     ? reading->schema
                                     : shipped(reading->w, template_name);

    if (words != NULL)
        read_words(reading, &words->root, STR(""));
    if (words == NULL || !has_word(&words->root, ARCHIVE_SECRET))
        words = shipped(reading->w, STR(MEMO_TEMPLATE));
    if (words != NULL)
        read_words(reading, &words->root, STR(""));
    read_types(reading);
}

/* ---- people and figures */

struct people {
    struct work *w; /* of the summary */
    struct summary_person *item;
    size_t count, cap;
};

/* Everybody who is named, in the order of the schema. */
static void
read_people(struct people *people, const struct field *field, const struct value *value)
{
    const struct field *item = schema_item(field);

    if (value == NULL)
        return;
    if (field->person && value->kind == VALUE_TEXT && value->text.len > 0) {
        struct summary_person person = {.name = str_dup(people->w->arena, value->text)};
        *ARENA_ADD(people->w->arena, people->item, people->count, people->cap, 8) = person;
    }
    for (const struct value *child = value->first; item != NULL && child != NULL;
         child = child->next)
        read_people(people, item, child);
    for (size_t i = 0; field->type != FIELD_RUBRIC && i < field->field_count && item == NULL; i++)
        read_people(people, &field->fields[i], value_get(value, field->fields[i].name));
}

/* "IIT"; "ตัวชี้วัดที่ 8" where the key alone would not say of what. */
static struct str
item_of(struct arena *arena, const struct score *score)
{
    struct str family = score_family(score, true);

    if (score->code.len == 0)
        return str_dup(arena, score->name);
    return family.len == 0
               ? str_dup(arena, score->code)
               : str_of(arena_printf(arena, "%.*s %.*s", STR_FMT(family), STR_FMT(score->code)));
}

/* The entry below the total that a figure belongs to. */
static const struct score *
top_of(const struct score *score)
{
    while (score->parent != NULL && score->parent->parent != NULL)
        score = score->parent;
    return score;
}

/* Keys may begin anew below each entry: then it stands before them. */
static void
part_equal_items(struct arena *arena, const struct score *const *scores, struct summary *out)
{
    struct str *items = arena_array(arena, out->score_count, sizeof *items);

    for (size_t i = 0; i < out->score_count; i++)
        items[i] = out->scores[i].item;
    for (size_t i = 0; i < out->score_count; i++) {
        size_t same = 0;
        for (size_t k = 0; k < out->score_count; k++)
            same += str_eq(items[i], items[k]);
        if (same > 1 && top_of(scores[i]) != scores[i])
            out->scores[i].item = str_of(arena_printf(
                arena, "%.*s %.*s", STR_FMT(item_of(arena, top_of(scores[i]))), STR_FMT(items[i])));
    }
}

static void
read_scores(struct work *w, const struct scores *scores, struct summary *out)
{
    size_t count = scores == NULL || scores->total == NULL ? 0 : scores->count;

    const struct score **read = arena_array(w->arena, count, sizeof *read);

    out->scores = arena_array(w->arena, count, sizeof *out->scores);
    for (size_t i = 0; i < count; i++) {
        const struct score *score = scores->all[i];
        if (score->given == NULL || score->is_part)
            continue;
        struct str value = decimal_text(w->arena, score->given->number, false);
        if (score == scores->total) {
            out->score = value;
            continue;
        }
        read[out->score_count] = score;
        out->scores[out->score_count++] = (struct summary_score){item_of(w->arena, score), value};
    }
    part_equal_items(w->arena, read, out);
}

/* ---- the report */

static bool
is_of_template(const struct summary_part *part)
{
    return str_is(part->role, input_role_name(INPUT_TEMPLATE)) ||
           str_is(part->role, input_role_name(INPUT_RUBRIC));
}

/* The folder that the files lie in: the same for all reports of one template, which is read once
 * for all of them then. */
static const char *
folder_of(struct work *w, const struct summary_part *parts, size_t count)
{
    struct buf all = buf_in(w->arena);
    char hex[2 * HASH_SIZE + 1];

    for (size_t i = 0; i < count; i++) {
        if (!is_of_template(&parts[i]))
            continue;
        hash_hex(&parts[i].sha256, hex);
        buf_printf(&all, "%s %.*s\n", hex, STR_FMT(parts[i].name));
    }
    struct hash hash = hash_of(buf_str(&all));
    hash_hex(&hash, hex);
    return arena_printf(w->arena, "/dev/null/%s", hex);
}

/* The files as they would lie in a folder. */
static const struct files *
laid_over(struct work *w, const char *folder, const struct summary_part *parts, size_t count)
{
    struct files *files = arena_alloc(w->arena, sizeof *files);

    *files = *w->files;
    files->known = folder;
    for (size_t i = 0; i < count; i++) {
        struct files_named *named = arena_alloc(w->arena, sizeof *named);
        *named = (struct files_named){
            .path = arena_printf(w->arena, "%s/%.*s", folder, STR_FMT(parts[i].name)),
            .bytes = parts[i].bytes,
            .next = files->named,
            .is_known = is_of_template(&parts[i])};
        files->named = named;
    }
    return files;
}

static void
take(struct work *w, struct reading *reading, const struct data *data, struct summary *out)
{
    const struct schema *schema = reading->schema;
    struct str *found = reading->found;
    struct people people = {.w = w};
    size_t year = 0;

    if (found[ARCHIVE_SUBJECT].len > 0)
        out->subject = str_dup(w->arena, found[ARCHIVE_SUBJECT]);
    out->office = str_dup(w->arena, found[ARCHIVE_OFFICE]);
    out->agency =
        found[ARCHIVE_AGENCY].len > 0 ? str_dup(w->arena, found[ARCHIVE_AGENCY]) : out->office;
    out->number = str_dup(w->arena, found[ARCHIVE_NUMBER]);
    out->secret = str_dup(w->arena, found[ARCHIVE_SECRET]);
    out->to = str_dup(w->arena, text_of(reading->w->arena, value_get(data->typed, STR("เรียน"))));
    out->date = str_dup(w->arena, found[ARCHIVE_DATE]);
    struct str told = found[ARCHIVE_YEAR].len > 0 ? found[ARCHIVE_YEAR] : str_sub(out->date, 0, 4);
    out->year = str_number(told, 9999, &year) ? (int)year : 0;
    if (schema->levels.value.len > 0)
        out->level = str_dup(
            w->arena, text_of(reading->w->arena, value_at(data->typed, schema->levels.value)));
    read_scores(w, data->scores, out);
    if (out->person_count > 0)
        return;
    read_people(&people, &schema->root, data->typed);
    out->persons = people.item;
    out->person_count = people.count;
}

/* Which style the fonts and the emblem are looked for by. */
static const struct style *
copy_of(struct work *w, const struct style *style)
{
    struct style *copy = arena_alloc(w->arena, sizeof *copy);

    *copy = (struct style){.fonts_others = str_dup(w->arena, style->fonts_others),
                           .emblem_file = str_dup(w->arena, style->emblem_file)};
    return copy;
}

static void
read_report(struct work *w, struct work *own, const char *path, struct summary *out,
            const struct style **style)
{
    struct source source;
    const struct kit *kit;

    if (!source_read(own, path, &source) || (kit = kit_of(own, &source)) == NULL)
        return;
    struct data data = data_of(own, &source, kit);
    struct str template_name = source_template_name(source.report);
    struct reading reading = {.w = own, .schema = kit->schema, .typed = data.typed};
    *style = copy_of(w, kit->style);
    out->kind = str_dup(w->arena, template_name);
    if (data.typed == NULL)
        return;
    out->is_read = true;
    read_head(&reading, template_name);
    take(w, &reading, &data, out);
}

void
summary_report(struct work *w, const struct summary_part *parts, size_t count, struct summary *out,
               const struct style **style)
{
    const struct wishes wishes = {.draft = true};
    struct inputs inputs = {NULL, NULL};
    struct held held = {NULL};
    struct work own = *w;

    own.arena = arena_new(arena_budget(w->arena));
    own.diags = diags_new();
    own.inputs = &inputs;
    own.held = &held;
    own.wishes = &wishes;
    const char *folder = folder_of(&own, parts, count);
    own.files = laid_over(&own, folder, parts, count);
    for (size_t i = 0; i < count; i++) {
        if (str_is(parts[i].role, input_role_name(INPUT_REPORT)))
            read_report(w, &own, arena_printf(own.arena, "%s/%.*s", folder, STR_FMT(parts[i].name)),
                        out, style);
    }
    cache_release(own.cache, &held);
    diags_free(own.diags);
    arena_free(own.arena);
}
