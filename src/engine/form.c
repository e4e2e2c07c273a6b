/* Forms: a filled one opened as a report, and a new one to be filled. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "engine/engine.h"
#include "engine/new.h"
#include "engine/rubric.h"
#include "form/form.h"
#include "renew/items_block.h"
#include "schema/schema.h"
#include "sheet/sheet.h"
#include "value/read.h"
#include "value/value.h"

#define FORM_FILE "report.xlsx"

/* ---- a filled form */

bool
engine_is_form(const char *path, struct str bytes)
{
    static const struct str zip = {"PK\3\4", 4};

    return str_starts(bytes, zip) || engine_is_workbook(str_of(path));
}

static struct value *
text_value(struct banthuek *b, struct str text, struct pos pos)
{
    struct value *value = value_new(b->arena, VALUE_TEXT, pos);

    value->text = text;
    return value;
}

bool
engine_open_form(struct banthuek *b, struct str bytes)
{
    struct value *report = value_new(b->arena, VALUE_MAP, (struct pos){b->report_file, 0, 0});
    struct str name;
    struct pos pos;

    b->form = workbook_read_xlsx(b->arena, b->diags, b->report_file, bytes);
    if (b->form == NULL)
        return false;
    /* which sheets are read how, the template says: until then only its name is known */
    if (engine_given_template(b) == NULL) {
        if (!form_template(b->diags, b->form, b->report_file, &name, &pos))
            return false;
        struct value *template = text_value(b, name, pos);
        template->key = STR("template");
        template->key_pos = pos;
        value_append(report, template);
    }
    b->report = report;
    return true;
}

bool
engine_read_form(struct banthuek *b)
{
    if (b->form == NULL)
        return true;
    const struct value *report = form_read(b->arena, b->diags, b->schema, b->form, b->report_file);
    if (report != NULL)
        b->report = report;
    return report != NULL;
}

const struct value *
engine_form_report(struct banthuek *b, const char *file, struct str bytes)
{
    const struct workbook *form = workbook_read_xlsx(b->arena, b->diags, file, bytes);
    const char *dir = b->options.template_dir;
    struct str name;
    struct pos pos;

    if (form == NULL || !form_template(b->diags, form, file, &name, &pos))
        return NULL;
    if (dir == NULL)
        dir = engine_find_template(b, name, pos);
    const struct schema *schema = dir == NULL ? NULL : engine_schema(b, dir);
    const struct value *report =
        schema == NULL ? NULL : form_read(b->arena, b->diags, schema, form, file);
    return report == NULL ? NULL : items_as_maps(b->arena, &schema->root, report);
}

/* ---- a new form */

/* The year of the newest rubric in the template's own folder, or 0. */
static int
newest_year(struct banthuek *b, const struct new_start *start)
{
    const char *folder = path_join(b->arena, start->template_dir, "rubric");
    struct files_list list;
    int newest = 0;

    (void)files_list(b->files, b->arena, folder, &list);
    for (size_t i = 0; i < list.count; i++) {
        char *end;
        long year = strtol(list.name[i], &end, 10);
        if (strcmp(end, ".yaml") == 0 && year > newest && year < 3000)
            newest = (int)year;
    }
    return newest;
}

/* The rubric of the year, whose entries stand in the form; *rubric stays NULL when none is needed.
 */
static bool
read_rubric(struct banthuek *b, const struct new_start *start, const struct value **rubric)
{
    const struct rubric_place place = new_rubric_place(b, start);
    struct str year = str_of(arena_printf(b->arena, "%d", start->to));

    *rubric = start->rubric;
    if (start->schema->rubric != NULL && start->rubric == NULL)
        rubric_tell_unknown(b, &place, year, POS_NONE, DIAG_ERROR);
    return start->schema->rubric == NULL || start->rubric != NULL;
}

/* An empty form says its year already. */
static bool
start_empty(struct banthuek *b, struct new_start *start, int year)
{
    struct value *report = value_new(b->arena, VALUE_MAP, POS_NONE);

    if (!new_schema(b, start, POS_NONE))
        return false;
    start->report = report;
    if (start->schema->rubric == NULL)
        return true;
    start->to = year != 0 ? year : newest_year(b, start);
    if (!new_rubrics(b, start))
        return false;
    struct value *value = text_value(b, str_of(arena_printf(b->arena, "%d", start->to)), POS_NONE);
    value->key = start->schema->rubric->file;
    value_append(report, value);
    return true;
}

/* Last year's report, with holes where this year's figures go. */
static bool
start_from(struct banthuek *b, struct new_start *start, const char *from, const char *wanted,
           int year)
{
    if (!new_from_report(b, start, from, wanted, year))
        return false;
    start->report = value_read_yaml(b->arena, b->diags, start->source, start->text);
    return start->report != NULL;
}

bool
banthuek_new_form(struct banthuek *b, const char *dir, const char *template_name, int year,
                  const char *from)
{
    const char *target = path_join(b->arena, dir, FORM_FILE);
    struct new_start start = {.dir = dir,
                              .is_form = true,
                              .template_name =
                                  str_of(template_name == NULL ? "memo" : template_name)};
    struct form_start form = {.rubric = NULL};
    struct str bytes;
    size_t holes;

    if ((year != 0 && !new_year_is_good(b, year)) || !new_is_free(b, target))
        return false;
    if (!(from == NULL ? start_empty(b, &start, year)
                       : start_from(b, &start, from, template_name, year)))
        return false;
    form.template_name = start.template_name;
    form.report = start.report;
    if (!read_rubric(b, &start, &form.rubric) ||
        !form_write(b->arena, b->diags, start.schema, &form, &bytes, &holes) ||
        !new_write(b, dir, FORM_FILE, bytes))
        return false;
    new_tell_holes(b, holes);
    return true;
}
