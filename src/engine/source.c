/* The report as it is read: YAML, JSON, or a filled form. */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/utf8.h"
#include "engine/stages.h"
#include "form/form.h"
#include "form/rubric.h"
#include "renew/items_block.h"
#include "schema/schema.h"
#include "sheet/sheet.h"
#include "value/read.h"
#include "value/value.h"

const char *
source_file(struct work *w, const char *path)
{
    /* Notepad adds .txt, and Windows shows neither ending */
    static const char *const names[] = {"report.yaml",    "report.yml",      "report.json",
                                        "report.xlsx",    "report.yaml.txt", "report.yml.txt",
                                        "report.json.txt"};
    const char *found = NULL;

    if (!files_is_dir(w->files, path)) {
        const char *saved = arena_printf(w->arena, "%s.txt", path);
        bool misses = strcmp(path, "-") != 0 && !work_exists(w, path) && work_exists(w, saved);
        return misses ? saved : path;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *file = path_join(w->arena, path, names[i]);
        if (!work_exists(w, file))
            continue;
        if (found != NULL)
            diag_add(w->diags, DIAG_ENGINE_REPORT_TWO, (struct pos){found, 0, 0}, found, file,
                     NULL);
        else
            found = file;
    }
    if (found == NULL)
        diag_add(w->diags, DIAG_ENGINE_NO_REPORT, POS_NONE, path, NULL, NULL);
    return found;
}

bool
source_is_workbook(struct str name)
{
    return str_ends_same(name, STR(".xlsx")) || str_ends_same(name, STR(".xlsm"));
}

bool
source_is_form(const char *path, struct str bytes)
{
    static const struct str zip = {"PK\3\4", 4};

    return str_starts(bytes, zip) || source_is_workbook(str_of(path));
}

/* What a report is called in a folder made from its PDF. */
static struct str
carried_name(const char *file, struct str bytes)
{
    if (source_is_form(file, bytes))
        return STR("report.xlsx");
    return value_is_json(file) ? STR("report.json") : STR("report.yaml");
}

/* Which sheets of a form are read how, the template says: until then only its name is known. */
static const struct value *
open_form(struct work *w, struct source *source, struct str bytes)
{
    struct value *report = value_new(w->arena, VALUE_MAP, (struct pos){source->file, 0, 0});
    struct str name;
    struct pos pos;

    source->form = workbook_read_xlsx(w->arena, w->diags, source->file, bytes);
    if (source->form == NULL)
        return NULL;
    if (form_is_rubric(source->form))
        return form_rubric_names(w->arena, w->diags, source->form, source->file);
    if (source->given != NULL)
        return report;
    if (!form_template(w->diags, source->form, source->file, &name, &pos))
        return NULL;
    struct value *template = value_new(w->arena, VALUE_TEXT, pos);
    template->text = name;
    template->key = STR("template");
    template->key_pos = pos;
    value_append(report, template);
    return report;
}

static const struct value *
read_map(struct work *w, const char *file, struct str bytes)
{
    const struct value *report = value_read(w->arena, w->diags, file, bytes);

    if (report == NULL || report->kind == VALUE_MAP)
        return report;
    diag_add(w->diags, DIAG_ENGINE_NOT_A_MAP, report->pos, NULL, NULL, NULL);
    return NULL;
}

/* The folder of a template that is used whatever the report names: the one that is wished, else the
 * one beside the report. */
static void
find_given(struct work *w, struct source *source)
{
    const char *beside = path_join(w->arena, source->dir, INPUT_TEMPLATE_DIR);

    source->given = w->wishes->template_dir;
    source->brings =
        source->given == NULL && work_exists(w, path_join(w->arena, beside, "memo.xml"));
    if (source->brings)
        source->given = beside;
}

bool
source_read(struct work *w, const char *path, struct source *out)
{
    struct str bytes;

    *out = (struct source){.file = source_file(w, arena_printf(w->arena, "%s", path))};
    if (out->file == NULL)
        return false;
    out->dir = path_dir(w->arena, out->file);
    if (!work_read(w, out->file, VALUE_BYTES_MAX, &bytes))
        return false;
    if (str_starts(bytes, STR("%PDF-"))) {
        diag_add(w->diags, DIAG_ENGINE_IS_PDF, (struct pos){out->file, 0, 0}, NULL, NULL, NULL);
        return false;
    }
    input_add(w, INPUT_REPORT, carried_name(out->file, bytes), out->file, bytes);
    find_given(w, out);
    out->report =
        source_is_form(out->file, bytes) ? open_form(w, out, bytes) : read_map(w, out->file, bytes);
    return out->report != NULL;
}

const struct value *
source_template(const struct value *report)
{
    const struct value *name = value_get(report, STR("template"));

    return name != NULL ? name : value_get(report, STR("แม่แบบ"));
}

struct str
source_template_name(const struct value *report)
{
    const struct value *name = source_template(report);

    return name == NULL || name->kind != VALUE_TEXT ? STR("") : utf8_trim(name->text);
}

static const struct value *
rubric_of_form(struct work *w, const char *file, const struct workbook *form)
{
    const struct value *names = form_rubric_names(w->arena, w->diags, form, file);
    const char *dir;
    const struct schema *schema = names == NULL ? NULL : rubric_schema(w, names, &dir);

    return schema == NULL ? NULL : form_read_rubric(w->arena, w->diags, schema, form, file);
}

const struct value *
source_of_form(struct work *w, const char *file, struct str bytes)
{
    const struct workbook *form = workbook_read_xlsx(w->arena, w->diags, file, bytes);
    const char *dir;
    struct str name;
    struct pos pos;

    if (form != NULL && form_is_rubric(form))
        return rubric_of_form(w, file, form);
    if (form == NULL || !form_template(w->diags, form, file, &name, &pos))
        return NULL;
    const struct schema *schema = kit_schema_for(w, name, pos, &dir);
    const struct value *report =
        schema == NULL ? NULL : form_read(w->arena, w->diags, schema, form, file);
    return report == NULL ? NULL : items_as_maps(w->arena, &schema->root, report);
}
