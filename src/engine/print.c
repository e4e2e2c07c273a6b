/* The PDF. */
#include "check/accept.h"
#include "doc/node.h"
#include "engine/attach.h"
#include "engine/stages.h"
#include "layout/page.h"
#include "pdf/object.h"
#include "pdf/pdf.h"

/* PDF/UA asks for a title (ISO 14289-1 §7.1); it is not made up. */
static void
tell_title(struct work *w, const struct page_job *job)
{
    const struct node_attribute *title = node_find(job->document, ATTRIBUTE_memo_title);

    if (!w->wishes->plain && !w->wishes->draft &&
        (title == NULL || str_trim(title->value).len == 0))
        diag_add(w->diags, DIAG_ENGINE_NO_TITLE, title == NULL ? job->document->pos : title->pos,
                 NULL, NULL, NULL);
}

bool
print_fields(struct work *w, const struct source *source)
{
    const struct wishes *wishes = w->wishes;
    struct manifest then;

    if (wishes->plain || wishes->draft || wishes->for_pen || wishes->no_fields)
        return false;
    return attach_beside(w, source, &then) != BESIDE_READ || then.says_fields;
}

bool
print_prepare(struct work *w, struct print_job *job)
{
    const struct wishes *wishes = w->wishes;
    bool good = job->paged->pages != NULL;

    tell_title(w, job->page);
    good = print_date(w, job->page->kit->schema, job->data->typed, &job->created) && good;
    return (wishes->plain || attach_try(w, wishes->no_data)) && good;
}

bool
print_pdf(struct work *w, const struct print_job *job, struct printed *out)
{
    const struct node *document = job->page->document;
    const struct wishes *wishes = w->wishes;
    /* who let what through and why is not printed, so it is the report's own matter */
    bool bare = wishes->plain || wishes->no_data;
    struct pdf_meta meta = {
        .title = node_get(document, ATTRIBUTE_memo_title),
        .author = node_get(document, ATTRIBUTE_memo_author),
        .accepted = bare ? STR("") : accept_record(w->arena, job->data->accepted),
        .created = job->created,
        .plain = wishes->plain,
        .form = paged_emblem(w, job->paged),
    };

    *out = (struct printed){.pdf = STR("")};
    if (!wishes->plain && !attach_files(w, job, &meta, out))
        return false;
    if (wishes->strict && !work_without_warnings(w))
        return false;
    struct pdf_objects *objects = pdf_build(w->arena, w->diags, job->paged->pages, &meta);
    bool good = objects != NULL && pdf_save(w->diags, objects, &out->pdf);
    pdf_objects_close(objects);
    return good;
}
