/* Whether the level that a report names follows from its figures. */
#include "check/inner.h"

#include "schema/names.h"
#include "schema/schema.h"
#include "schema/score_path.h"
#include "value/value.h"

static const struct value *
list_of(const struct value *value)
{
    return value != NULL && value->kind == VALUE_LIST ? value : NULL;
}

struct level_due
level_due_of(const struct schema *schema, const struct value *data, const struct value *rubric)
{
    const struct level_scheme *levels = &schema->levels;
    struct level_due due = {.schema = schema};

    if (levels->value.len == 0)
        return due;
    due.list = list_of(score_rubric_value(schema, rubric, levels->from));
    due.before = list_of(score_rubric_value(schema, rubric, levels->before));
    due.given = name_path(data, levels->value);
    if (due.given != NULL && due.given->kind != VALUE_TEXT)
        due.given = NULL;
    return due;
}

static bool
reaches(const struct score *score, const struct value *least)
{
    if (least == NULL || least->kind != VALUE_NUMBER)
        return true;
    return ratio_cmp(score_published(score), ratio_of(least->number)) >= 0;
}

const struct value *
level_first_minimum(const struct level_scheme *levels, const struct value *level)
{
    const struct value *list = list_of(value_get(level, levels->each));

    return list == NULL ? NULL : list->first;
}

/* The score for which an entry of `each` says the least. */
static const struct score *
score_of_minimum(const struct level_scheme *levels, const struct value *minimum,
                 const struct scores *scores)
{
    const struct value *code = value_get(minimum, levels->in);

    return code == NULL ? NULL : score_of_entry(scores, levels->in_level, code->text);
}

static bool
holds(const struct level_scheme *levels, const struct value *level, const struct scores *scores)
{
    const struct value *every = value_get(level, levels->every);

    if (!reaches(scores->total, value_get(level, levels->total)))
        return false;
    for (const struct score *score = scores->total->first; score != NULL; score = score->next)
        if (!reaches(score, every))
            return false;
    for (const struct value *minimum = level_first_minimum(levels, level); minimum != NULL;
         minimum = minimum->next) {
        const struct score *score = score_of_minimum(levels, minimum, scores);
        if (score != NULL && !reaches(score, value_get(minimum, levels->least)))
            return false;
    }
    return true;
}

static bool
all_known(const struct scores *scores)
{
    for (size_t i = 0; i < scores->count; i++)
        if (scores->all[i]->asked && !ratio_is_known(score_published(scores->all[i])))
            return false;
    return scores->total != NULL;
}

/* The entry of `list` that the figures make due, or NULL when they are not known. */
static const struct value *
find(const struct level_due *due, const struct value *list, const struct scores *scores)
{
    if (list == NULL || !all_known(scores))
        return NULL;
    for (const struct value *level = list->first; level != NULL; level = level->next)
        if (holds(&due->schema->levels, level, scores))
            return level;
    return NULL;
}

static struct str
name_of(const struct level_due *due, const struct value *level)
{
    const struct value *name = value_get(level, due->schema->levels.name);

    return name == NULL ? STR("") : name->text;
}

static const struct value *
find_name(const struct level_due *due, const struct value *list, struct str name)
{
    for (const struct value *level = list == NULL ? NULL : list->first; level != NULL;
         level = level->next)
        if (name_eq(name_of(due, level), name))
            return level;
    return NULL;
}

struct str
level_cut(struct str *rest)
{
    struct str joint = STR("หรือ");
    size_t at = str_find(*rest, joint);
    struct str name = str_trim(str_sub(*rest, 0, at));

    *rest = at == SIZE_MAX ? STR("") : str_sub(*rest, at + joint.len, rest->len);
    return name;
}

bool
level_fits(const struct level_due *due, const struct scores *scores)
{
    const struct value *level = find(due, due->list, scores);
    struct str rest = due->given == NULL ? STR("") : due->given->text;

    if (level == NULL)
        return true;
    for (int i = 0; rest.len > 0 && i < LEVELS_NAMED_MAX; i++) {
        struct str name = level_cut(&rest);
        if (find_name(due, due->list, name) != NULL && !name_eq(name, name_of(due, level)))
            return false;
    }
    return true;
}

/* ---- findings */

/* "คะแนนรวม 86.17, IIT 99.49, EIT ≈ 84.40, OIT 77.50" */
static const char *
figures_text(struct arena *arena, const struct scores *scores)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < scores->count; i++) {
        const struct score *score = scores->all[i];
        if (!score->asked)
            continue;
        buf_text(&out, i == 0 ? "" : ", ");
        buf_add(&out, score->name);
        buf_byte(&out, ' ');
        buf_add(&out, ratio_text(arena, score_published(score), score->places, score->finest));
    }
    return str_cstr(arena, buf_str(&out));
}

static const char *
years_text(struct diags *findings, const struct schema *schema, const struct value *rubric)
{
    const struct value *since = score_rubric_value(schema, rubric, schema->levels.since);
    const struct value *until = score_rubric_value(schema, rubric, schema->levels.until);
    bool from = since != NULL && since->kind == VALUE_NUMBER;

    if (until == NULL || until->kind != VALUE_NUMBER)
        return "?";
    return diag_printf(findings, "%.*s%s%.*s", STR_FMT(from ? since->text : STR("")),
                       from ? "–" : "…", STR_FMT(until->text));
}

struct level_report {
    struct arena *arena;
    struct diags *findings;
    const struct level_due *due;
    const struct value *rubric;
    const struct scores *scores;
    const struct value *level; /* the one that is due, or NULL */
};

static void
tell_unknown(const struct level_report *report, struct str name)
{
    const struct value *list = report->due->list;
    struct diags *findings = report->findings;
    struct nearest nearest = {.name.len = 0};
    struct buf all = buf_in(report->arena);

    for (const struct value *level = list->first; level != NULL; level = level->next) {
        buf_text(&all, level == list->first ? "" : ", ");
        buf_add(&all, name_of(report->due, level));
        nearest_try(&nearest, name, name_of(report->due, level));
    }
    diag_add(findings, nearest.name.len > 0 ? DIAG_LEVEL_NEAR : DIAG_LEVEL_UNKNOWN,
             report->due->given->pos, diag_str(findings, name),
             nearest.name.len > 0 ? diag_str(findings, nearest.name)
                                  : str_cstr(report->arena, buf_str(&all)),
             NULL);
}

/* A level that does not follow from the figures, of this year's scheme or of that before. */
static void
tell_wrong(const struct level_report *report, struct str name, const struct value *due)
{
    struct diags *findings = report->findings;

    if (due != NULL && !name_eq(name_of(report->due, due), name))
        diag_add(findings, report->scores->doubted ? DIAG_LEVEL_RUBRIC : DIAG_LEVEL_WRONG,
                 report->due->given->pos, diag_str(findings, name),
                 figures_text(report->arena, report->scores),
                 diag_str(findings, name_of(report->due, due)));
}

static void
check_name(const struct level_report *report, struct str name)
{
    const struct level_due *due = report->due;
    struct diags *findings = report->findings;

    if (find_name(due, due->list, name) != NULL) {
        tell_wrong(report, name, report->level);
    } else if (find_name(due, due->before, name) != NULL) {
        diag_add(findings, DIAG_LEVEL_OLD, due->given->pos, diag_str(findings, name),
                 years_text(findings, due->schema, report->rubric),
                 report->level == NULL ? "?" : diag_str(findings, name_of(due, report->level)));
        tell_wrong(report, name, find(due, due->before, report->scores));
    } else {
        tell_unknown(report, name);
    }
}

void
levels_check(struct arena *arena, struct diags *findings, const struct schema *schema,
             const struct value *data, const struct value *rubric, const struct scores *scores)
{
    struct level_due due = level_due_of(schema, data, rubric);
    struct level_report report = {arena,  findings, &due,
                                  rubric, scores,   find(&due, due.list, scores)};
    struct str rest = due.given == NULL ? STR("") : due.given->text;

    for (int i = 0; due.list != NULL && rest.len > 0 && i < LEVELS_NAMED_MAX; i++)
        check_name(&report, level_cut(&rest));
}
