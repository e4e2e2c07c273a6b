/* Starts a report folder with a form to be filled. */
#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "engine/new.h"
#include "engine/report.h"
#include "engine/rubric.h"
#include "form/form.h"
#include "schema/schema.h"
#include "value/read.h"
#include "value/value.h"

#define FORM_FILE "report.xlsx"

static struct value *
text_value(struct work *w, struct str text, struct pos pos)
{
    struct value *value = value_new(w->arena, VALUE_TEXT, pos);

    value->text = text;
    return value;
}

/* The year of the newest rubric in the template's own folder, or 0. */
static int
newest_year(struct work *w, const struct new_start *start)
{
    const char *folder = path_join(w->arena, start->template_dir, "rubric");
    struct files_list list;
    int newest = 0;

    (void)work_list(w, folder, &list);
    for (size_t i = 0; i < list.count; i++) {
        struct str variant;
        int year = rubric_file_year(list.name[i], &variant);
        if (str_eq(variant, start->variant) && year > newest && year < 3000)
            newest = year;
    }
    return newest;
}

/* The rubric of the year, whose entries stand in the form; *rubric stays NULL when none is needed.
 */
static bool
read_rubric(struct work *w, const struct new_start *start, const struct value **rubric)
{
    const struct rubric_place place = new_rubric_place(w, start);
    struct str name = rubric_name(w, start->to, start->variant);

    *rubric = start->rubric;
    if (start->schema->rubric != NULL && start->rubric == NULL)
        rubric_tell_unknown(w, &place, name, POS_NONE, DIAG_ERROR);
    return start->schema->rubric == NULL || start->rubric != NULL;
}

/* An empty form says its year already. */
static bool
start_empty(struct work *w, struct new_start *start, int year)
{
    if (!new_schema(w, start, POS_NONE))
        return false;
    start->report = value_new(w->arena, VALUE_MAP, POS_NONE);
    if (!new_variant(w, start))
        return false;
    if (start->schema->rubric == NULL)
        return true;
    start->to = year != 0 ? year : newest_year(w, start);
    if (!new_rubrics(w, start))
        return false;
    struct value *value = text_value(w, rubric_name(w, start->to, STR("")), POS_NONE);
    value->key = start->schema->rubric->file;
    struct value *report = value_copy(w->arena, start->report);
    value_append(report, value);
    start->report = report;
    return true;
}

/* Last year's report, with holes where this year's figures go. */
static bool
start_from(struct work *w, struct new_start *start, const char *from, const char *wanted, int year)
{
    if (!new_from_report(w, start, from, wanted, year))
        return false;
    start->report = value_read_yaml(w->arena, w->diags, start->source, start->text);
    return start->report != NULL;
}

bool
banthuek_new_form(struct banthuek *b, const char *dir, const char *template_name, int year,
                  const char *from)
{
    struct work *w = &b->work;
    const char *target = path_join(w->arena, dir, FORM_FILE);
    struct new_start start = {.dir = dir,
                              .is_form = true,
                              .template_name =
                                  str_of(template_name == NULL ? "memo" : template_name)};
    struct form_start form = {.rubric = NULL};
    struct str bytes;
    size_t holes;

    if ((year != 0 && !new_check_year(w, year)) || !new_check_free(w, target))
        return false;
    if (!(from == NULL ? start_empty(w, &start, year)
                       : start_from(w, &start, from, template_name, year)))
        return false;
    form.template_name = start.template_name;
    form.report = start.report;
    if (!read_rubric(w, &start, &form.rubric) ||
        !form_write(w->arena, w->diags, start.schema, &form, &bytes, &holes) ||
        !new_write(w, dir, FORM_FILE, bytes))
        return false;
    new_tell_holes(w, holes);
    return true;
}
