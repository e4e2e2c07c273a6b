/* Reading schema.yaml; the keys are described in schema.h. */
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "schema/link.h"
#include "schema/schema.h"
#include "value/value.h"

#define BIT(type) (1U << (type))
#define ANY (~0U)
/* what can be taken over from another report as it stands there */
#define LASTING                                                                         \
    (BIT(FIELD_TEXT) | NUMBERS | BIT(FIELD_YEAR) | BIT(FIELD_DATE) | BIT(FIELD_MONTH) | \
     BIT(FIELD_BOOL) | BIT(FIELD_ENUM) | BIT(FIELD_KEYED))
#define NUMBERS (BIT(FIELD_INTEGER) | BIT(FIELD_DECIMAL))
#define ENTRIES_MAX 1000000 /* most that `count` may say */

static const char *const type_names[] = {
#define T(type, name, thai, seen) name,
#include "schema/types.def"
#undef T
};
static const char *const type_names_thai[] = {
#define T(type, name, thai, seen) thai,
#include "schema/types.def"
#undef T
};
#define TYPE_COUNT (sizeof type_names / sizeof type_names[0])

enum attribute_kind {
    ATTRIBUTE_TYPE,
    ATTRIBUTE_FLAG,
    ATTRIBUTE_TEXT,
    ATTRIBUTE_WORDS,
    ATTRIBUTE_PLACES,
    ATTRIBUTE_RANGE,
    ATTRIBUTE_COUNT,
    ATTRIBUTE_CHOICES,
    ATTRIBUTE_YEARLY,
    ATTRIBUTE_ARCHIVE,
    ATTRIBUTE_ITEM,
    ATTRIBUTE_FIELDS
};

struct attribute {
    const char *name;
    enum attribute_kind kind;
    unsigned types;
    size_t offset; /* of the member, for flags and texts */
};

#define MEMBER(name) offsetof(struct field, name)
static const struct attribute attributes[] = {
    {"type", ATTRIBUTE_TYPE, ANY, 0},
    {"required", ATTRIBUTE_FLAG, ANY, MEMBER(required)},
    {"help", ATTRIBUTE_TEXT, ANY, MEMBER(help)},
    {"aliases", ATTRIBUTE_WORDS, ANY, 0},
    {"needs", ATTRIBUTE_TEXT, ANY, MEMBER(needs)},
    {"unique", ATTRIBUTE_FLAG,
     BIT(FIELD_TEXT) | NUMBERS | BIT(FIELD_YEAR) | BIT(FIELD_ENUM) | BIT(FIELD_REFERENCE),
     MEMBER(unique)},
    {"name", ATTRIBUTE_FLAG, BIT(FIELD_TEXT), MEMBER(is_name)},
    {"lines", ATTRIBUTE_FLAG, BIT(FIELD_TEXT) | BIT(FIELD_PARAGRAPHS), MEMBER(lines)},
    {"marker", ATTRIBUTE_TEXT, BIT(FIELD_PARAGRAPHS), MEMBER(marker)},
    {"unit", ATTRIBUTE_TEXT, NUMBERS, MEMBER(unit)},
    {"places", ATTRIBUTE_PLACES, BIT(FIELD_DECIMAL), 0},
    {"range", ATTRIBUTE_RANGE, NUMBERS | BIT(FIELD_YEAR), 0},
    {"yearly", ATTRIBUTE_YEARLY, ANY, 0},
    {"archive", ATTRIBUTE_ARCHIVE,
     BIT(FIELD_TEXT) | BIT(FIELD_YEAR) | BIT(FIELD_DATE) | BIT(FIELD_ENUM), 0},
    {"repeats", ATTRIBUTE_TEXT, BIT(FIELD_BOOL), MEMBER(repeats)},
    {"choices", ATTRIBUTE_CHOICES, BIT(FIELD_ENUM), 0},
    {"count", ATTRIBUTE_COUNT, BIT(FIELD_LIST), 0},
    {"item", ATTRIBUTE_ITEM, BIT(FIELD_LIST), 0},
    {"covers", ATTRIBUTE_FLAG, BIT(FIELD_LIST), MEMBER(covers)},
    {"fields", ATTRIBUTE_FIELDS, BIT(FIELD_MAP) | BIT(FIELD_KEYED) | BIT(FIELD_RUBRIC), 0},
    {"from", ATTRIBUTE_TEXT, BIT(FIELD_KEYED) | BIT(FIELD_REFERENCE), MEMBER(from)},
    {"key", ATTRIBUTE_TEXT, BIT(FIELD_KEYED) | BIT(FIELD_REFERENCE), MEMBER(key)},
    {"value", ATTRIBUTE_TEXT, BIT(FIELD_KEYED), MEMBER(value)},
    {"complete", ATTRIBUTE_FLAG, BIT(FIELD_KEYED), MEMBER(complete)},
    {"sheet", ATTRIBUTE_TEXT, BIT(FIELD_MAP) | BIT(FIELD_LIST) | BIT(FIELD_KEYED), MEMBER(sheet)},
    {"file", ATTRIBUTE_TEXT, BIT(FIELD_RUBRIC), MEMBER(file)},
    {"variant", ATTRIBUTE_TEXT, BIT(FIELD_RUBRIC), MEMBER(variant)},
    {"figures", ATTRIBUTE_FLAG, BIT(FIELD_TEXT) | BIT(FIELD_PARAGRAPHS), MEMBER(figures)},
    {"years", ATTRIBUTE_FLAG, BIT(FIELD_TEXT) | BIT(FIELD_PARAGRAPHS), MEMBER(years)},
    {"assessment", ATTRIBUTE_FLAG, BIT(FIELD_TEXT), MEMBER(assessment)},
    {"official", ATTRIBUTE_TEXT, BIT(FIELD_TEXT), MEMBER(official)},
    {"person", ATTRIBUTE_FLAG, BIT(FIELD_TEXT), MEMBER(person)},
    {"whole", ATTRIBUTE_FLAG, BIT(FIELD_TEXT), MEMBER(whole)},
    {"fiscal", ATTRIBUTE_TEXT, BIT(FIELD_DATE), MEMBER(fiscal)},
    {"after", ATTRIBUTE_TEXT, BIT(FIELD_DATE), MEMBER(after)},
    {"certainty", ATTRIBUTE_FLAG, BIT(FIELD_ENUM), MEMBER(certainty)},
    {"source", ATTRIBUTE_FLAG, BIT(FIELD_TEXT), MEMBER(source)},
    {"compared", ATTRIBUTE_FLAG, BIT(FIELD_BOOL), MEMBER(compared)},
    {"about", ATTRIBUTE_TEXT, BIT(FIELD_MAP), MEMBER(about)},
    {"last", ATTRIBUTE_TEXT, LASTING, MEMBER(last)},
    {"same", ATTRIBUTE_TEXT, BIT(FIELD_TEXT), MEMBER(same)},
    {"before", ATTRIBUTE_TEXT, BIT(FIELD_YEAR), MEMBER(before)},
    {"former", ATTRIBUTE_TEXT, BIT(FIELD_LIST), MEMBER(former)},
    {"routing", ATTRIBUTE_FLAG, BIT(FIELD_LIST), MEMBER(routing)},
    {"first", ATTRIBUTE_TEXT, BIT(FIELD_LIST), MEMBER(first)},
    {"instead", ATTRIBUTE_TEXT, BIT(FIELD_LIST), MEMBER(instead)},
    {"role", ATTRIBUTE_FLAG, BIT(FIELD_TEXT), MEMBER(role)},
    {"hash", ATTRIBUTE_FLAG, BIT(FIELD_TEXT), MEMBER(hash)},
    {"replaces", ATTRIBUTE_FLAG, BIT(FIELD_TEXT), MEMBER(replaces)},
};
#define ATTRIBUTE_COUNT_OF (sizeof attributes / sizeof attributes[0])

static void load_field(struct loader *loader, struct field *field, const struct value *value,
                       int depth);

const char *
schema_type_name(enum field_type type)
{
    return (size_t)type < TYPE_COUNT ? type_names[type] : NULL;
}

const char *
schema_type_thai(enum field_type type)
{
    return type_names_thai[type];
}

const char *
schema_word(size_t index, unsigned *types)
{
    if (index >= ATTRIBUTE_COUNT_OF)
        return NULL;
    *types = attributes[index].types;
    return attributes[index].name;
}

static void
bad_value(struct loader *loader, const struct value *value, const char *expected)
{
    bool scalar = value->kind != VALUE_LIST && value->kind != VALUE_MAP;

    diag_add(loader->diags, DIAG_SCHEMA_BAD_VALUE, value->pos, diag_str(loader->diags, value->key),
             diag_str(loader->diags, scalar ? value->text : value->source), expected);
}

/* The words "a, b, c" of a list of names. */
static const char *
joined(struct loader *loader, const char *const *names, size_t count)
{
    struct buf out = buf_in(loader->arena);

    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "%s%s", i == 0 ? "" : ", ", names[i]);
    return str_cstr(loader->arena, buf_str(&out));
}

static const struct attribute *
find_attribute(struct str name, enum field_type type)
{
    for (size_t i = 0; i < ATTRIBUTE_COUNT_OF; i++)
        if (str_is(name, attributes[i].name) && (attributes[i].types & BIT(type)) != 0)
            return &attributes[i];
    return NULL;
}

static void
unknown_attribute(struct loader *loader, const struct value *value, enum field_type type)
{
    const char *names[ATTRIBUTE_COUNT_OF];
    size_t count = 0;

    for (size_t i = 0; i < ATTRIBUTE_COUNT_OF; i++)
        if ((attributes[i].types & BIT(type)) != 0)
            names[count++] = attributes[i].name;
    diag_add(loader->diags, DIAG_SCHEMA_UNKNOWN_KEY, value->key_pos,
             diag_str(loader->diags, value->key), joined(loader, names, count), NULL);
}

static void
load_type(struct loader *loader, struct field *field, const struct value *value)
{
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (value->kind == VALUE_TEXT && str_is(value->text, type_names[i])) {
            field->type = (enum field_type)i;
            return;
        }
    }
    diag_add(loader->diags, DIAG_SCHEMA_BAD_TYPE, value->pos, diag_str(loader->diags, value->text),
             joined(loader, type_names, TYPE_COUNT), NULL);
}

static bool
load_flag(struct loader *loader, bool *flag, const struct value *value, const char *expected)
{
    bool yes = str_is(value->text, "yes") || str_is(value->text, "true");
    bool no = str_is(value->text, "no") || str_is(value->text, "false");

    if (value->kind == VALUE_BOOL)
        *flag = value->boolean;
    else if (value->kind == VALUE_TEXT && (yes || no))
        *flag = yes;
    else
        bad_value(loader, value, expected);
    return value->kind == VALUE_BOOL || yes || no;
}

static void
load_text(struct loader *loader, struct str *text, const struct value *value)
{
    bool quoted = value->kind == VALUE_NONE && (value->flags & VALUE_QUOTED) != 0;

    /* "-" is none in a report, but may be a marker here */
    if ((value->kind == VALUE_TEXT || quoted) && str_trim(value->text).len > 0 &&
        str_find(value->text, STR("\n")) == SIZE_MAX)
        *text = str_trim(value->text);
    else
        bad_value(loader, value, "one line of text");
}

/* A list of texts, or one text. */
static struct str *
load_words(struct loader *loader, const struct value *value, size_t *count)
{
    *count = 0;
    if (value->kind == VALUE_NONE || (value->kind == VALUE_LIST && value->count == 0))
        return NULL;
    if (value->kind == VALUE_TEXT) {
        struct str *one = arena_alloc(loader->arena, sizeof *one);
        *one = value->text;
        *count = 1;
        return one;
    }
    if (value->kind != VALUE_LIST || !link_check(loader, value->pos, value->count)) {
        bad_value(loader, value, "[…, …]");
        return NULL;
    }
    struct str *words = arena_array(loader->arena, value->count, sizeof words[0]);
    for (const struct value *word = value->first; word != NULL; word = word->next) {
        if (word->kind == VALUE_TEXT && word->text.len > 0)
            words[(*count)++] = word->text;
        else
            bad_value(loader, value, "[…, …]");
    }
    return words;
}

static void
load_places(struct loader *loader, struct field *field, const struct value *value)
{
    struct decimal number;

    if (value->kind == VALUE_TEXT && decimal_parse(value->text, &number) && number.places == 0 &&
        number.units >= 0 && number.units <= 9)
        field->places = (int)number.units;
    else
        bad_value(loader, value, "0 … 9");
}

/* Two numbers in a list, the first not above the second. */
static bool
load_pair(const struct value *value, struct decimal pair[2])
{
    if (value->kind != VALUE_LIST || value->count != 2)
        return false;
    const struct value *least = value->first, *most = least->next;
    return least->kind == VALUE_TEXT && most->kind == VALUE_TEXT &&
           decimal_parse(least->text, &pair[0]) && decimal_parse(most->text, &pair[1]);
}

static void
load_range(struct loader *loader, struct field *field, const struct value *value)
{
    field->has_range =
        load_pair(value, field->range) && decimal_cmp(field->range[0], field->range[1]) <= 0;
    if (!field->has_range)
        bad_value(loader, value, "[least, most]");
}

static void
load_count(struct loader *loader, struct field *field, const struct value *value)
{
    struct decimal pair[2];

    if (load_pair(value, pair) && pair[0].places == 0 && pair[1].places == 0 &&
        pair[0].units >= 0 && pair[1].units >= 0 && pair[0].units <= ENTRIES_MAX &&
        pair[1].units <= ENTRIES_MAX && (pair[1].units == 0 || pair[0].units <= pair[1].units)) {
        field->count_min = (size_t)pair[0].units;
        field->count_max = (size_t)pair[1].units;
    } else {
        bad_value(loader, value, "[least, most]");
    }
}

static void
load_choices(struct loader *loader, struct field *field, const struct value *value)
{
    bool is_map = value->kind == VALUE_MAP, is_list = value->kind == VALUE_LIST;

    if ((!is_map && !is_list) || value->count == 0) {
        bad_value(loader, value, "[…, …]");
        return;
    }
    if (!link_check(loader, value->pos, value->count))
        return;
    field->choices = arena_array(loader->arena, value->count, sizeof field->choices[0]);
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        struct field_choice *choice = &field->choices[field->choice_count++];
        choice->name = is_map ? child->key : child->text;
        if (is_map)
            choice->synonyms = load_words(loader, child, &choice->synonym_count);
        else if (child->kind != VALUE_TEXT)
            bad_value(loader, value, "[…, …]");
    }
}

static void
load_yearly(struct loader *loader, struct field *field, const struct value *value)
{
    bool yes = false;

    if (value->kind == VALUE_TEXT && str_is(value->text, "drop")) {
        field->yearly = YEARLY_DROP;
    } else if (value->kind == VALUE_TEXT && str_is(value->text, "tail")) {
        field->yearly = YEARLY_TAIL;
    } else if (load_flag(loader, &yes, value, "yes / no / drop / tail")) {
        field->yearly = yes ? YEARLY_HOLE : YEARLY_NO;
    }
}

/* What a field is in an archive has a type of its own where it is a year or a date. */
static void
load_archive(struct loader *loader, struct field *field, const struct value *value)
{
    static const char *const words[] = {
        [ARCHIVE_YEAR] = "year",     [ARCHIVE_DATE] = "date",     [ARCHIVE_AGENCY] = "agency",
        [ARCHIVE_OFFICE] = "office", [ARCHIVE_NUMBER] = "number", [ARCHIVE_SUBJECT] = "subject",
        [ARCHIVE_SECRET] = "secret",
    };

    for (size_t i = 1; value->kind == VALUE_TEXT && i < sizeof words / sizeof words[0]; i++) {
        if (str_is(value->text, words[i]))
            field->archive = (enum field_archive)i;
    }
    if (field->archive == ARCHIVE_NOTHING ||
        (field->type == FIELD_YEAR) != (field->archive == ARCHIVE_YEAR) ||
        (field->type == FIELD_DATE) != (field->archive == ARCHIVE_DATE))
        bad_value(loader, value,
                  field->type == FIELD_YEAR   ? "year"
                  : field->type == FIELD_DATE ? "date"
                                              : "agency / office / number / subject / secret");
}

static bool
name_is_usable(struct str name, bool at_root)
{
    static const char *const signs[] = {".", "{", "}", "|"};

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (str_find(name, str_of(signs[i])) != SIZE_MAX)
            return false;
    return name.len > 0 && !(at_root && schema_key_is_engines(name));
}

static void
load_fields(struct loader *loader, struct field *map, const struct value *value, int depth)
{
    if (value->kind != VALUE_MAP || value->count == 0) {
        diag_add(loader->diags, DIAG_SCHEMA_NOT_MAP, value->pos,
                 diag_str(loader->diags, value->key), NULL, NULL);
        return;
    }
    if (depth > SCHEMA_DEPTH_MAX || !link_check(loader, value->pos, value->count)) {
        if (depth > SCHEMA_DEPTH_MAX)
            (void)link_check(loader, value->pos, SIZE_MAX / 2);
        return;
    }
    map->fields = arena_array(loader->arena, value->count, sizeof map->fields[0]);
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        if (!name_is_usable(child->key, depth == 1))
            diag_add(loader->diags, DIAG_SCHEMA_BAD_NAME, child->key_pos,
                     diag_str(loader->diags, child->key), NULL, NULL);
        struct field *field = &map->fields[map->field_count];
        field->name = child->key;
        field->pos = child->key_pos;
        load_field(loader, field, child, depth);
        map->field_count++;
    }
}

static void
load_attribute(struct loader *loader, struct field *field, const struct attribute *attribute,
               const struct value *value, int depth)
{
    char *member = (char *)field + attribute->offset;

    switch (attribute->kind) {
    case ATTRIBUTE_TYPE:
        break; /* read before all others */
    case ATTRIBUTE_FLAG:
        (void)load_flag(loader, (bool *)(void *)member, value, "yes / no");
        break;
    case ATTRIBUTE_TEXT:
        load_text(loader, (struct str *)(void *)member, value);
        break;
    case ATTRIBUTE_WORDS:
        field->aliases = load_words(loader, value, &field->alias_count);
        break;
    case ATTRIBUTE_PLACES:
        load_places(loader, field, value);
        break;
    case ATTRIBUTE_RANGE:
        load_range(loader, field, value);
        break;
    case ATTRIBUTE_COUNT:
        load_count(loader, field, value);
        break;
    case ATTRIBUTE_CHOICES:
        load_choices(loader, field, value);
        break;
    case ATTRIBUTE_YEARLY:
        load_yearly(loader, field, value);
        break;
    case ATTRIBUTE_ARCHIVE:
        load_archive(loader, field, value);
        break;
    case ATTRIBUTE_ITEM:
        if (depth >= SCHEMA_DEPTH_MAX || !link_check(loader, value->pos, 1))
            break;
        field->item = arena_alloc(loader->arena, sizeof *field->item);
        field->item->pos = value->pos;
        load_field(loader, field->item, value, depth + 1);
        break;
    case ATTRIBUTE_FIELDS:
        load_fields(loader, field, value, depth + 1);
        break;
    }
}

static void
need(struct loader *loader, const struct field *field, bool there, const char *key)
{
    if (!there)
        diag_add(loader->diags, DIAG_SCHEMA_NEEDS, field->pos, type_names[field->type], key, NULL);
}

static void
check_needed(struct loader *loader, const struct field *field)
{
    bool from = field->type == FIELD_KEYED || field->type == FIELD_REFERENCE;

    if (field->type == FIELD_ENUM)
        need(loader, field, field->choice_count > 0, "choices");
    if (field->type == FIELD_LIST)
        need(loader, field, field->item != NULL, "item");
    if (field->covers)
        need(loader, field, field->item != NULL && field->item->type == FIELD_REFERENCE,
             "item: {type: reference}");
    if (field->former.len > 0)
        need(loader, field, field->item != NULL && field->item->type == FIELD_TEXT,
             "item: {type: text}");
    if (field->first.len > 0 || field->instead.len > 0)
        need(loader, field, field->routing, "routing: yes");
    if (field->role)
        need(loader, field, field->required && field->unique, "required: yes, unique: yes");
    if (field->replaces)
        need(loader, field, field->hash, "hash: yes");
    if (field->type == FIELD_MAP || field->type == FIELD_KEYED || field->type == FIELD_RUBRIC)
        need(loader, field, field->field_count > 0, "fields");
    if (field->type == FIELD_RUBRIC)
        need(loader, field, field->file.len > 0, "file");
    if (from)
        need(loader, field, field->from.len > 0, "from");
    if (from)
        need(loader, field, field->key.len > 0, "key");
}

static void
load_field(struct loader *loader, struct field *field, const struct value *value, int depth)
{
    field->places = -1;
    if (value->kind != VALUE_MAP && value->kind != VALUE_NONE) {
        diag_add(loader->diags, DIAG_SCHEMA_NOT_MAP, value->pos,
                 diag_str(loader->diags, value->key), NULL, NULL);
        return;
    }
    const struct value *type = value_get(value, STR("type"));
    if (type != NULL)
        load_type(loader, field, type);
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        const struct attribute *attribute = find_attribute(child->key, field->type);
        if (attribute == NULL)
            unknown_attribute(loader, child, field->type);
        else
            load_attribute(loader, field, attribute, child, depth);
    }
    check_needed(loader, field);
}

/* The top of the file has few keys. */
static void
load_root(struct loader *loader, const struct value *file)
{
    struct field *root = &loader->schema->root;
    const struct value *fields = value_get(file, STR("fields"));

    root->type = FIELD_MAP;
    root->places = -1;
    root->pos = file->pos;
    for (const struct value *child = file->first; child != NULL; child = child->next) {
        if (str_is(child->key, "help"))
            load_text(loader, &root->help, child);
        else if (str_is(child->key, "sample"))
            load_text(loader, &loader->schema->sample, child);
        else if (str_is(child->key, "scores"))
            link_read_scores(loader, child);
        else if (str_is(child->key, "levels"))
            link_read_levels(loader, child);
        else if (str_is(child->key, "others"))
            loader->schema->others = load_words(loader, child, &loader->schema->other_count);
        else if (!str_is(child->key, "fields"))
            diag_add(loader->diags, DIAG_SCHEMA_UNKNOWN_KEY, child->key_pos,
                     diag_str(loader->diags, child->key),
                     "help, sample, fields, scores, levels, others", NULL);
    }
    if (fields != NULL)
        load_fields(loader, root, fields, 1);
    else
        need(loader, root, false, "fields");
}

struct schema *
schema_load(struct arena *arena, struct diags *diags, const struct value *file)
{
    struct schema *schema = arena_alloc(arena, sizeof *schema);
    struct loader loader = {arena, diags, schema, 0};
    size_t errors = diags_level_count(diags, DIAG_ERROR);

    if (file->kind != VALUE_MAP) {
        diag_add(diags, DIAG_SCHEMA_NOT_MAP, file->pos, "schema.yaml", NULL, NULL);
        return NULL;
    }
    load_root(&loader, file);
    if (diags_level_count(diags, DIAG_ERROR) == errors)
        link_fields(&loader);
    return diags_level_count(diags, DIAG_ERROR) == errors ? schema : NULL;
}
