/* Data and template become the document tree. */
#include "base/arena.h"
#include "check/accept.h"
#include "check/report.h"
#include "engine/engine.h"
#include "engine/rubric.h"
#include "schema/schema.h"
#include "tmpl/tmpl.h"
#include "value/value.h"

/* The rubric of the report's year, when the schema takes anything from one. False after a
 * diagnostic; *out stays NULL when none is needed. */
static bool
read_rubric(struct banthuek *b, const struct value **out)
{
    struct str name;
    bool failed;

    *out = NULL;
    if (b->schema->rubric == NULL)
        return true;
    if (!schema_rubric_name(b->arena, b->diags, b->schema, b->report, &name))
        return false;
    const struct rubric_place place = {.own = rubric_beside(b, b->report_dir),
                                       .template_dir = b->template_dir,
                                       .template_name = engine_template_name(b->report),
                                       .brought = engine_brings_template(b)};
    const struct value *file = rubric_find(b, &place, name, &failed);
    if (file == NULL && !failed)
        rubric_tell_unknown(b, &place, name, b->report->pos, DIAG_ERROR);
    if (file == NULL)
        return false;
    *out = rubric_read(b, b->schema, file);
    return *out != NULL;
}

/* What the report says against itself, but for what it accepts. */
static void
check(struct banthuek *b, const struct value *rubric, bool whole)
{
    struct diags *findings = diags_new();

    b->scores = report_check(b->arena, findings, b->schema, b->data, rubric);
    b->accepted = accept_apply(b->arena, b->diags, findings, b->schema, b->report, whole);
    diags_free(findings);
}

bool
engine_data(struct banthuek *b)
{
    const struct value *rubric;

    if (b->data_step != STEP_OPEN)
        return b->data_step == STEP_DONE;
    b->data_step = STEP_FAILED;
    if (!engine_template(b) || !engine_read_form(b) || !engine_join(b) || !read_rubric(b, &rubric))
        return false;
    engine_compare(b, rubric);
    size_t errors = engine_errors(b);
    (void)engine_words(b); /* what is wrong with them is an error like others in the data */
    b->data = schema_apply(b->arena, b->diags, b->schema, b->report, rubric);
    if (b->data == NULL)
        return false;
    engine_words_declared(b);
    check(b, rubric, engine_good_since(b, errors));
    if (!engine_good_since(b, errors)) {
        if (!b->options.draft)
            return false;
        diag_add(b->diags, DIAG_ENGINE_DRAFT, POS_NONE, NULL, NULL, NULL);
    }
    b->data_step = STEP_DONE;
    return true;
}

bool
engine_document(struct banthuek *b)
{
    if (b->document_step != STEP_OPEN)
        return b->document_step == STEP_DONE;
    b->document_step = STEP_FAILED;
    if (!engine_data(b))
        return false;
    b->document = tmpl_run(b->arena, b->diags, b->tmpl, b->data);
    if (b->document == NULL)
        return false;
    b->checked = banthuek_message_count(b);
    b->document_step = STEP_DONE;
    return true;
}

/* Errors of these follow from what is missing in the data. */
static bool
follows(enum diag_code code)
{
    return code == DIAG_DOC_ATTRIBUTE_MISSING || code == DIAG_TMPL_FILTER_VALUE ||
           code == DIAG_LAYOUT_CHART_VALUE || code == DIAG_LAYOUT_CHART_MAX;
}

/* As a draft would be made; only errors are told, for warnings may follow from what is missing. */
void
engine_try_faulty(struct banthuek *b)
{
    struct diags *own = b->diags;

    if (b->data_step != STEP_FAILED || b->data == NULL)
        return;
    struct diags *errors = diags_new();
    b->diags = diags_new();
    b->document = tmpl_run(b->arena, b->diags, b->tmpl, b->data);
    if (b->document != NULL)
        (void)engine_try_pdf(b);
    b->document = NULL;
    for (size_t i = 0; i < diags_count(b->diags); i++) {
        if (!follows(diags_at(b->diags, i)->code))
            diag_copy(errors, diags_at(b->diags, i), NULL, NULL);
    }
    diags_count_dropped(errors, b->diags);
    diags_free(b->diags);
    b->diags = own;
    diags_add_new(own, errors, DIAG_ERROR);
    diags_free(errors);
}

/* Everything that rendering would refuse, of faulty data too. */
static bool
check_report(struct banthuek *b)
{
    if (engine_document(b))
        return engine_try_pdf(b);
    engine_try_faulty(b);
    return false;
}

bool
banthuek_check(struct banthuek *b)
{
    size_t errors = engine_errors(b);
    bool is_rubric = banthuek_is_rubric(b);

    b->is_check = true;
    bool good = (is_rubric ? engine_rubric(b) : check_report(b)) && engine_good_since(b, errors);
    b->is_check = false;

    return good && engine_strictly_good(b);
}
