/* What a report, its template and the library hold, as values of banthuek.h. */
#include "base/arena.h"
#include "check/score.h"
#include "engine/report.h"
#include "schema/schema.h"
#include "tmpl/tmpl.h"
#include "value/value.h"

void *
value_list_add(struct value_list *list, size_t size)
{
    void *value = arena_alloc(list->arena, size);

    *ARENA_ADD(list->arena, list->item, list->count, list->cap, 16) = value;
    return value;
}

/* ---- figures */

#define TEXT_PLACES 4 /* decimals of what was reckoned */

static const char *
number_text(struct arena *arena, struct ratio value, uint8_t places)
{
    if (!ratio_is_known(value))
        return NULL;
    return str_cstr(arena, ratio_text(arena, value, places, TEXT_PLACES));
}

static const char *
difference_text(struct arena *arena, struct ratio by, uint8_t places)
{
    if (!ratio_is_known(by) || by.num <= 0)
        return number_text(arena, by, places);
    struct str text = ratio_text(arena, by, places, TEXT_PLACES);
    bool rounded = str_starts(text, STR("≈ "));
    return arena_printf(arena, "%s%.*s", rounded ? "≈ +" : "+",
                        STR_FMT(rounded ? str_sub(text, sizeof "≈ " - 1, text.len) : text));
}

static struct banthuek_figure *
add_figure(struct value_list *list, const struct score *score, struct ratio given,
           struct ratio computed)
{
    struct arena *arena = list->arena;

    /* a form that is still empty has nothing to compare */
    if (!ratio_is_known(given) && !ratio_is_known(computed))
        return NULL;
    struct banthuek_figure *figure = value_list_add(list, sizeof *figure);
    figure->name = str_cstr(arena, score->name);
    figure->path = str_cstr(arena, score->path);
    figure->given = number_text(arena, given, score->places);
    figure->computed = number_text(arena, computed, score->places);
    figure->difference = difference_text(arena, ratio_sub(given, computed), score->places);
    return ratio_is_known(given) && ratio_is_known(computed) ? figure : NULL;
}

static enum banthuek_figure_state
state_of(const struct score *score)
{
    if (score->agrees && !score->weighted)
        return BANTHUEK_FIGURE_AGREES;
    if (score->told_below)
        return BANTHUEK_FIGURE_BELOW;
    return score->accepted ? BANTHUEK_FIGURE_ACCEPTED : BANTHUEK_FIGURE_DIFFERS;
}

/* The parts of a figure are two ways to it: what they make stands beside the figures below, or
 * beside the figure itself where nothing is below. */
static void
add_parts(struct value_list *list, const struct score *score)
{
    struct ratio other = ratio_is_known(score->computed) ? score->computed : score->figure;
    size_t before = list->count;
    struct banthuek_figure *figure = add_figure(list, score, score->parts_make, other);

    if (figure != NULL)
        figure->state = score->parts_agree && !score->parts_weighted ? BANTHUEK_FIGURE_AGREES
                        : score->parts->accepted                     ? BANTHUEK_FIGURE_ACCEPTED
                                                                     : BANTHUEK_FIGURE_DIFFERS;
    if (list->count > before)
        ((struct banthuek_figure *)list->item[before])->of_parts = true;
}

static void
add_score(struct value_list *list, const struct score *score)
{
    for (const struct score *below = score->first; below != NULL; below = below->next)
        add_score(list, below);
    if (score->first != NULL) {
        struct ratio given = score->given == NULL ? RATIO_UNKNOWN : ratio_of(score->given->number);
        struct banthuek_figure *figure = add_figure(list, score, given, score->computed);
        if (figure != NULL)
            figure->state = state_of(score);
    }
    if (score->parts != NULL)
        add_parts(list, score);
}

const struct banthuek_figure *const *
banthuek_figures(struct banthuek *b, size_t *count)
{
    struct value_list list = {.arena = b->work.arena};

    if (b->data.scores != NULL && b->data.scores->total != NULL)
        add_score(&list, b->data.scores->total);
    *count = list.count;
    return (const struct banthuek_figure *const *)list.item;
}

/* ---- what a rubric holds */

#define SHOWN 8 /* entries of a list; of more the first and the last */

static void
add_line(struct value_list *list, unsigned level, struct str name, struct str text)
{
    struct banthuek_line *line = value_list_add(list, sizeof *line);

    *line = (struct banthuek_line){level, str_cstr(list->arena, name), str_cstr(list->arena, text)};
}

static bool
is_percent(const struct field *field)
{
    return field->type == FIELD_DECIMAL && field->has_range && field->range[0].units == 0 &&
           decimal_cmp(field->range[1], (struct decimal){100, 0}) == 0;
}

/* An entry in a word: what tells it from the others, and its weight when it has one. */
static void
write_entry(const struct field *item, const struct value *entry, struct buf *out)
{
    const char *blank = "";

    for (size_t i = 0; i < item->field_count; i++) {
        const struct field *field = &item->fields[i];
        const struct value *value = value_get(entry, field->name);
        if ((!field->unique && !(is_percent(field) && field->required)) || value == NULL ||
            value->kind == VALUE_NONE)
            continue;
        buf_printf(out, "%s%.*s", blank, STR_FMT(value->text));
        blank = " ";
    }
}

/* "3 (IIT 30, EIT 30, OIT 40)" */
static void
write_list(const struct field *item, const struct value *list, struct buf *out)
{
    struct buf names = buf_in(out->arena);
    size_t at = 0;

    for (const struct value *entry = list->first; entry != NULL; entry = entry->next, at++) {
        bool few = list->count <= SHOWN;
        if (entry->kind != VALUE_MAP || (!few && at > 0 && at < list->count - 1))
            continue;
        if (at > 0)
            buf_text(&names, few ? ", " : " … ");
        write_entry(item, entry, &names);
    }
    buf_printf(out, "%zu", list->count);
    if (item->field_count > 0 && item->fields[0].unique)
        buf_printf(out, " (%.*s)", STR_FMT(buf_str(&names)));
}

static void
add_rubric_field(struct value_list *list, const struct field *field, const struct value *value,
                 unsigned level)
{
    struct buf out = buf_in(list->arena);

    if (value == NULL || value->kind == VALUE_NONE)
        return;
    if (value->kind == VALUE_LIST)
        write_list(field->item, value, &out);
    else if (value->kind == VALUE_BOOL)
        buf_text(&out, value->boolean ? "ใช่" : "ไม่");
    else if (field->type != FIELD_MAP)
        buf_add(&out, value->text);
    add_line(list, level, field->name, buf_str(&out));
    for (size_t i = 0; i < field->field_count && field->type == FIELD_MAP; i++)
        add_rubric_field(list, &field->fields[i], value_get(value, field->fields[i].name),
                         level + 1);
}

/* The templates that it is for. */
static void
add_template_names(struct value_list *list, const struct value *names)
{
    struct buf out = buf_in(list->arena);

    if (names->kind == VALUE_TEXT)
        buf_add(&out, names->text);
    for (const struct value *name = names->first; name != NULL; name = name->next)
        buf_printf(&out, "%s%.*s", name == names->first ? "" : ", ", STR_FMT(name->text));
    add_line(list, 0, STR(SCHEMA_RUBRIC_KEY), buf_str(&out));
}

const struct banthuek_line *const *
banthuek_rubric_lines(struct banthuek *b, size_t *count)
{
    struct value_list list = {.arena = b->work.arena};

    *count = 0;
    if (b->rubric == NULL)
        return NULL;
    add_template_names(&list, value_get(b->source.report, STR(SCHEMA_RUBRIC_KEY)));
    for (size_t i = 0; i < b->schema->rubric->field_count; i++) {
        const struct field *field = &b->schema->rubric->fields[i];
        add_rubric_field(&list, field, value_get(b->rubric, field->name), 0);
    }
    *count = list.count;
    return (const struct banthuek_line *const *)list.item;
}

/* ---- templates, fields, filters */

const struct banthuek_template *const *
banthuek_templates(struct banthuek *b, size_t *count)
{
    struct value_list list = {.arena = b->work.arena};
    struct str *names = places_templates(&b->work, count);

    for (size_t i = 0; i < *count; i++) {
        struct banthuek_template *template = value_list_add(&list, sizeof *template);
        template->name = str_cstr(list.arena, names[i]);
        template->dir = places_template(&b->work, names[i], POS_NONE);
        const struct schema *schema =
            template->dir == NULL ? NULL : kit_schema(&b->work, template->dir);
        template->help = schema == NULL ? "" : str_cstr(list.arena, schema->root.help);
    }
    if (*count == 0)
        diag_add(b->work.diags, DIAG_ENGINE_NO_DATA_DIR, POS_NONE, NULL, NULL, NULL);
    return (const struct banthuek_template *const *)list.item;
}

static void
add_field(struct value_list *list, const struct field *from, unsigned level)
{
    struct banthuek_field *field = value_list_add(list, sizeof *field);
    const char **choices = arena_array(list->arena, from->choice_count, sizeof *choices);

    for (size_t i = 0; i < from->choice_count; i++)
        choices[i] = str_cstr(list->arena, from->choices[i].name);
    *field = (struct banthuek_field){.level = level,
                                     .name = str_cstr(list->arena, from->name),
                                     .type = schema_type_name(from->type),
                                     .type_thai = schema_type_thai(from->type),
                                     .help = str_cstr(list->arena, from->help),
                                     .required = from->required,
                                     .lines = from->type == FIELD_TEXT && from->lines,
                                     .choices = choices,
                                     .choice_count = from->choice_count};
}

static void
add_fields(struct value_list *list, const struct field *map, unsigned level)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        if (field->type == FIELD_RUBRIC || field->repeats.len > 0)
            continue; /* not written by people in a report */
        add_field(list, field, level);
        if (field->type == FIELD_LIST && field->item->type == FIELD_MAP)
            add_fields(list, field->item, level + 1);
        else if (field->type == FIELD_MAP || field->type == FIELD_KEYED)
            add_fields(list, field, level + 1);
    }
}

const struct banthuek_field *const *
banthuek_fields(struct banthuek *b, const char *template_name, const char **help, size_t *count)
{
    struct value_list list = {.arena = b->work.arena};
    const char *dir;
    const struct schema *schema = kit_schema_for(&b->work, str_of(template_name), POS_NONE, &dir);

    *count = 0;
    if (schema == NULL)
        return NULL;
    *help = str_cstr(list.arena, schema->root.help);
    add_fields(&list, &schema->root, 0);
    *count = list.count;
    return (const struct banthuek_field *const *)list.item;
}

const struct banthuek_filter *const *
banthuek_filters(struct banthuek *b, size_t *count)
{
    struct value_list list = {.arena = b->work.arena};
    struct tmpl_filter from;

    for (size_t i = 0; tmpl_filter(list.arena, i, &from); i++) {
        struct banthuek_filter *filter = value_list_add(&list, sizeof *filter);
        *filter = (struct banthuek_filter){.name = from.name,
                                           .alias = from.alias,
                                           .least = from.least,
                                           .most = from.most,
                                           .takes = {from.takes[0], from.takes[1]},
                                           .gives = {from.gives[0], from.gives[1]},
                                           .each = from.each,
                                           .help = {from.help[0], from.help[1]}};
    }
    *count = list.count;
    return (const struct banthuek_filter *const *)list.item;
}

/* ---- codes */

static const struct {
    const char *room;
    const char *text[2];
} areas[] = {
    {"base", {"files and memory", "แฟ้มและหน่วยความจำ"}},
    {"thai", {"how a text is encoded and written", "การเข้ารหัสและการเขียนข้อความ"}},
    {"value", {"reading of data files", "การอ่านแฟ้มข้อมูล"}},
    {"sheet", {"reading of data files", "การอ่านแฟ้มข้อมูล"}},
    {"image", {"pictures and the emblem", "รูปภาพและตราครุฑ"}},
    {"schema", {"fields of a report, schema and rubric", "ช่องของรายงาน สคีมา และเกณฑ์"}},
    {"check", {"fields of a report, schema and rubric", "ช่องของรายงาน สคีมา และเกณฑ์"}},
    {"form", {"fields of a report, schema and rubric", "ช่องของรายงาน สคีมา และเกณฑ์"}},
    {"finding",
     {"what a report says against itself or its rubric", "ข้อมูลในรายงานขัดกันเองหรือขัดกับเกณฑ์"}},
    {"doc", {"the style of a template", "รูปแบบของแม่แบบ"}},
    {"text", {"fonts and lines", "แบบอักษรและบรรทัด"}},
    {"tmpl", {"templates", "แม่แบบ"}},
    {"layout", {"the pages", "หน้ากระดาษ"}},
    {"pdf", {"the PDF", "PDF"}},
    {"pdfin", {"reading PDFs", "การอ่าน PDF"}},
    {"print", {"printing", "การพิมพ์"}},
    {"engine", {"the report, its template and folders", "รายงาน แม่แบบ และโฟลเดอร์"}},
};

static const char *
area_of(enum diag_code code, enum diag_lang lang)
{
    for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
        if (str_is(diag_code_room(code), areas[i].room))
            return areas[i].text[lang];
    }
    return "";
}

const char *
banthuek_code(size_t index)
{
    return index < DIAG_CODE_COUNT ? diag_code_name((enum diag_code)index) : NULL;
}

/* "[FIGURE_MEAN]" as it stands in a message, without the brackets. */
static struct str
bare(const char *name)
{
    struct str code = str_trim(str_of(name));

    if (str_starts(code, STR("[")) && str_ends(code, STR("]")))
        code = str_sub(code, 1, code.len - 2);
    return code;
}

const struct banthuek_explanation *
banthuek_explain(struct banthuek *b, const char *name, enum banthuek_lang lang)
{
    struct arena *arena = b->work.arena;
    struct str wanted = bare(name);
    enum diag_code code, near;

    if (!diag_code_find(wanted, &code)) {
        bool is_near = diag_code_nearest(wanted, &near);
        diag_add(b->work.diags, is_near ? DIAG_ENGINE_CODE_NEAR : DIAG_ENGINE_CODE_UNKNOWN,
                 POS_NONE, diag_str(b->work.diags, wanted), is_near ? diag_code_name(near) : NULL,
                 NULL);
        return NULL;
    }
    const struct diag_explanation *says = diag_code_explanation(code, lang_of(lang));
    struct banthuek_explanation *out = arena_alloc(arena, sizeof *out);
    *out = (struct banthuek_explanation){
        .code = diag_code_name(code),
        .level = (enum banthuek_level)diag_code_level(code),
        .area = area_of(code, lang_of(lang)),
        .text = str_cstr(arena, diag_code_text(arena, code, lang_of(lang))),
        .is_finding = diag_code_is_finding(code),
    };
    if (says != NULL) {
        out->meaning = says->meaning;
        out->why = says->why;
        out->example = says->example;
        out->remedy = says->remedy;
    }
    return out;
}
