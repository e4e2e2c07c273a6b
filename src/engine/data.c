/* The report, joined with tables and rubric, typed, and checked. */
#include "base/path.h"
#include "check/accept.h"
#include "check/report.h"
#include "engine/stages.h"
#include "form/form.h"
#include "form/rubric.h"
#include "schema/schema.h"
#include "value/value.h"

/* The rubric of the report's year, when the schema takes anything from one. False after a
 * diagnostic; *out stays NULL when none is needed. */
static bool
read_rubric(struct work *w, const struct source *source, const struct kit *kit,
            const struct value *report, const struct value **out)
{
    struct str name;
    bool failed;

    *out = NULL;
    if (kit->schema->rubric == NULL)
        return true;
    if (!schema_rubric_name(w->arena, w->diags, kit->schema, report, &name))
        return false;
    const struct rubric_place place = {.schema = kit->schema,
                                       .kit = kit,
                                       .own = rubric_beside(w, source->dir),
                                       .template_dir = kit->dir,
                                       .template_name = source_template_name(report),
                                       .brought = source->brings,
                                       .wished = w->wishes->template_dir};
    const struct rubric_file *file = rubric_find(w, &place, name, &failed);
    if (file == NULL && !failed)
        rubric_tell_unknown(w, &place, name, report->pos, DIAG_ERROR);
    if (file == NULL)
        return false;
    *out = rubric_typed(w, kit, file);
    return *out != NULL;
}

/* The report with what forms and tables say. False after diagnostics; *out is as far as it came. */
static bool
join(struct work *w, const struct source *source, const struct schema *schema,
     struct tables *tables, const struct value **out)
{
    *out = source->report;
    if (source->form != NULL) {
        const struct value *report =
            form_read(w->arena, w->diags, schema, source->form, source->file);
        if (report == NULL)
            return false;
        *out = report;
    }
    return tables_join(w, source, schema, out, tables);
}

/* What the report says against itself, but for what it accepts. */
static void
check(struct work *w, const struct schema *schema, const struct value *rubric, bool whole,
      struct data *data)
{
    struct diags *findings = diags_new();
    struct scores *scores = report_check(w->arena, findings, schema, data->typed, rubric);

    data->accepted = accept_apply(w->arena, w->diags, findings, schema, data->report, whole);
    accept_mark(data->accepted, scores);
    data->scores = scores;
    diags_free(findings);
}

struct data
data_of(struct work *w, const struct source *source, const struct kit *kit)
{
    struct data out = {.report = NULL};
    struct tables tables = {NULL};
    const struct value *rubric;

    if (!join(w, source, kit->schema, &tables, &out.report) ||
        !read_rubric(w, source, kit, out.report, &rubric))
        return out;
    tables_compare(w, &tables, kit->schema, out.report, rubric);
    if (source->form != NULL)
        form_compare(w->arena, w->diags, kit->schema, source->form, rubric);
    size_t errors = work_errors(w);
    words_read(w, kit, out.report, &out.words);
    out.typed = schema_apply(w->arena, w->diags, kit->schema, out.report, rubric);
    if (out.typed == NULL)
        return out;
    words_declared(w->arena, &kit->schema->root, out.typed, &out.words);
    check(w, kit->schema, rubric, work_errors(w) == errors, &out);
    out.good = work_errors(w) == errors;
    if (!out.good && w->wishes->draft) {
        diag_add(w->diags, DIAG_ENGINE_DRAFT, POS_NONE, NULL, NULL, NULL);
        out.good = true;
    }
    return out;
}

const struct value *
data_of_rubric(struct work *w, const struct source *source, const struct value **file,
               const struct schema **schema)
{
    const char *dir;

    *file = source->report;
    *schema = rubric_schema(w, *file, &dir);
    if (*schema == NULL)
        return NULL;
    if (source->form != NULL)
        *file = form_read_rubric(w->arena, w->diags, *schema, source->form, source->file);
    const struct value *typed = *file == NULL ? NULL : rubric_read(w, *schema, *file);
    const struct rubric_place place = {.schema = *schema,
                                       .own = path_dir(w->arena, source->file),
                                       .template_dir = dir,
                                       .template_name = rubric_template(source->report)};
    if (typed != NULL)
        rubric_look_over(w, &place, *schema, *file, typed);
    return typed;
}
