/* Reading the texts of a report for what they say of its figures. */
#include "check/inner.h"

#include "base/arena.h"
#include "check/sentence.h"
#include "schema/link.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "schema/score_path.h"
#include "value/value.h"

struct collector {
    struct arena *arena;
    const struct schema *schema;
    const struct value *rubric;
    struct scores *scores;
    struct words *words;
    struct sentence_reader reader;
    struct mentions *mentions;
};

/* ---- words */

static bool
is_number(struct str code)
{
    struct decimal number;

    return decimal_parse(code, &number);
}

/* "ตัวชี้วัดที่ 8 …" is a family of numbered scores: the word before the number, also without ที่. */
static void
add_family(struct collector *collector, struct score *score)
{
    words_add(collector->words, WORD_NUMBERED, score_family(score, true), score);
    words_add(collector->words, WORD_NUMBERED, score_family(score, false), score);
}

/* The names that the rubric has for an entry: official ones and others accepted. */
static void
add_names(struct collector *collector, const struct field *item, struct score *score,
          enum word_class class)
{
    for (size_t i = 0; i < item->field_count; i++) {
        const struct field *field = &item->fields[i];
        const struct value *name = value_get(score->entry, field->name);
        if (field->official.len == 0 || name == NULL || name->key.ptr != field->name.ptr)
            continue;
        words_add(collector->words, class, name->text, score);
        const struct value *others = value_get(score->entry, field->official);
        for (const struct value *other = others == NULL ? NULL : others->first; other != NULL;
             other = other->next)
            words_add(collector->words, class, other->text, score);
    }
}

static void
add_score(struct collector *collector, struct score *score)
{
    const struct schema *schema = collector->schema;
    bool number = is_number(score->code);

    if (score->is_part) {
        words_add(collector->words, WORD_PART, score->code, score);
        return;
    }
    words_add(collector->words, WORD_SCORE, score->name, score);
    if (score->entry == NULL)
        return;
    if (number)
        add_family(collector, score);
    else
        words_add(collector->words, WORD_SCORE, score->code, score);
    for (size_t i = 1; i < schema->score_count; i++) {
        bool in_rubric;
        const struct field *list = link_path(schema, schema->scores[i].each, &in_rubric);
        if (list != NULL && list->item != NULL)
            add_names(collector, list->item, score, number ? WORD_BARE : WORD_SCORE);
    }
}

static void
add_levels(struct collector *collector, struct str path)
{
    const struct value *list =
        path.len == 0 ? NULL : score_rubric_value(collector->schema, collector->rubric, path);

    if (list == NULL || list->kind != VALUE_LIST)
        return;
    for (const struct value *level = list->first; level != NULL; level = level->next) {
        const struct value *name = value_get(level, collector->schema->levels.name);
        if (name != NULL)
            words_add(collector->words, WORD_LEVEL_NAME, name->text, NULL);
    }
}

/* The next name of the assessment in the rubric, or NULL; *at begins at 0. */
static const struct value *
next_assessment(const struct collector *collector, size_t *at)
{
    const struct field *fields = collector->schema->rubric;

    while (fields != NULL && *at < fields->field_count) {
        const struct field *field = &fields->fields[(*at)++];
        const struct value *name = value_get(collector->rubric, field->name);
        if (field->assessment && name != NULL && name->kind == VALUE_TEXT)
            return name;
    }
    return NULL;
}

/* Adds a word for something else than the assessment, unless it is a name of that; `inside`: or
 * part of one, as "ประสิทธิภาพของ" of "การประเมินประสิทธิภาพขององค์กร". */
static void
add_topic(struct collector *collector, struct str text, bool inside)
{
    const struct value *name;

    for (size_t at = 0; (name = next_assessment(collector, &at)) != NULL;)
        if (name_eq(name->text, text) || (inside && str_find(name->text, text) != SIZE_MAX))
            return;
    words_add(collector->words, WORD_TOPIC, text, NULL);
}

static void
add_words(struct collector *collector)
{
    const struct schema *schema = collector->schema;
    const struct value *name;

    for (size_t i = 0; i < language_word_count; i++) {
        enum word_class class = language_words[i].class;
        struct str text = str_of(language_words[i].text);
        if (class == WORD_TOPIC)
            add_topic(collector, text, true);
        else if (class != WORD_TITLE && class != WORD_RANK)
            words_add(collector->words, class, text, NULL);
    }
    for (size_t i = 0; i < schema->other_count; i++)
        add_topic(collector, schema->others[i], false);
    for (size_t at = 0; (name = next_assessment(collector, &at)) != NULL;)
        words_add(collector->words, WORD_ASSESS, name->text, NULL);
    for (size_t i = 0; i < collector->scores->count; i++)
        add_score(collector, collector->scores->all[i]);
    add_levels(collector, schema->levels.from);
    add_levels(collector, schema->levels.before);
}

/* ---- texts */

/* A report without such texts needs no words. */
static void
open_reader(struct collector *collector)
{
    if (collector->words != NULL)
        return;
    collector->words = words_new(collector->arena);
    add_words(collector);
    collector->reader = (struct sentence_reader){
        .arena = collector->arena,
        .words = collector->words,
        .scores = collector->scores,
        .guesses = collector->schema->other_count == 0,
        .tokens = arena_array(collector->arena, SENTENCE_TOKENS_MAX + 8, sizeof(struct token))};
}

static void
read_text(struct collector *collector, const struct field *field, const struct value *value,
          bool is_title)
{
    struct passage passage = {value->text, value->pos, field->years, is_title};

    open_reader(collector);
    for (size_t at = 0; at < value->text.len && collector->mentions->count < REMARKS_MAX;) {
        at = sentence_read(&collector->reader, value->text, at);
        remark_line(collector->arena, collector->mentions, collector->scores, &passage,
                    collector->reader.tokens, collector->reader.count);
    }
}

static void
walk(struct collector *collector, const struct field *field, const struct value *value)
{
    const struct value *child = value->first;

    if ((field->figures || field->years) && value->kind == VALUE_TEXT)
        read_text(collector, field, value, true);
    if ((field->figures || field->years) && (value->flags & VALUE_LINES) != 0)
        for (; child != NULL; child = child->next)
            read_text(collector, field, child, false);
    if (field->type == FIELD_MAP && value->kind == VALUE_MAP) {
        /* a typed map has a child per field, in the same order */
        for (size_t i = 0; i < field->field_count && child != NULL; i++, child = child->next)
            walk(collector, &field->fields[i], child);
    } else if (schema_item(field) != NULL && value->kind == VALUE_LIST) {
        for (; child != NULL; child = child->next)
            walk(collector, field->item, child);
    }
}

struct mentions *
mention_collect(struct arena *arena, const struct schema *schema, const struct value *data,
                const struct value *rubric, struct scores *scores)
{
    struct collector collector = {
        .arena = arena, .schema = schema, .rubric = rubric, .scores = scores};
    struct mentions *mentions = arena_alloc(arena, sizeof *mentions);
    const struct value *year =
        schema->rubric == NULL ? NULL : name_path(data, schema->rubric->file);

    if (year != NULL && year->kind == VALUE_NUMBER)
        mentions->year = (int)year->number.units;
    if (schema->levels.value.len > 0)
        mentions->level = name_path(data, schema->levels.value);
    collector.mentions = mentions;
    walk(&collector, &schema->root, data);
    return mentions;
}
