/* The PDF, and saving it. */
#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "check/accept.h"
#include "engine/attach.h"
#include "engine/engine.h"
#include "engine/input.h"
#include "layout/page.h"
#include "pdf/pdf.h"

/* PDF/UA asks for a title (ISO 14289-1 §7.1); it is not made up. */
static void
tell_title(struct banthuek *b)
{
    const struct node_attribute *title = node_find(b->document, ATTRIBUTE_memo_title);
    bool plain = b->options.profile == BANTHUEK_PLAIN;

    if (!plain && !b->options.draft && (title == NULL || str_trim(title->value).len == 0))
        diag_add(b->diags, DIAG_ENGINE_NO_TITLE, title == NULL ? b->document->pos : title->pos,
                 NULL, NULL, NULL);
}

/* Everything but the files and the bytes. False when there will be no PDF; told once. */
static bool
is_ready(struct banthuek *b)
{
    if (b->ready_step != STEP_OPEN)
        return b->ready_step == STEP_DONE;
    bool good = engine_lay_out(b) != NULL;
    tell_title(b);
    good = engine_date(b, &b->created) && good;
    if (b->options.profile != BANTHUEK_PLAIN)
        good = attach_try(b) && good;
    b->ready_step = good ? STEP_DONE : STEP_FAILED;
    return good;
}

bool
engine_try_pdf(struct banthuek *b)
{
    bool good = is_ready(b);

    return b->pages != NULL && pdf_try(b->diags, b->pages) && good;
}

static void
tell_emblem(struct banthuek *b)
{
    if (b->emblem_is_unsaid)
        diag_add(b->diags, DIAG_ENGINE_EMBLEM_MISSING, POS_NONE, NULL, NULL, NULL);
    b->emblem_is_unsaid = false;
}

static bool
make_pdf(struct banthuek *b, struct str *out)
{
    if (!engine_document(b) || !is_ready(b))
        return false;
    tell_emblem(b);
    /* who let what through and why is not printed, so it is the report's own matter */
    bool plain = b->options.profile == BANTHUEK_PLAIN, bare = plain || b->options.no_data;
    struct pdf_meta meta = {
        .title = node_get(b->document, ATTRIBUTE_memo_title),
        .author = node_get(b->document, ATTRIBUTE_memo_author),
        .accepted = bare ? STR("") : accept_record(b->arena, b->accepted),
        .created = b->created,
        .plain = plain,
    };
    if ((!meta.plain && !attach_files(b, b->pages, &meta)) || !engine_strictly_good(b))
        return false;
    return pdf_write(b->arena, b->diags, b->pages, &meta, out);
}

bool
banthuek_render(struct banthuek *b, struct banthuek_bytes *pdf)
{
    struct str bytes;

    if (!make_pdf(b, &bytes)) {
        diag_add(b->diags, DIAG_ENGINE_NO_PDF, POS_NONE, NULL, NULL, NULL);
        return false;
    }
    *pdf = engine_bytes(bytes);
    return true;
}

size_t
banthuek_page_count(const struct banthuek *b)
{
    return b->pages == NULL ? 0 : b->pages->count;
}

/* Neither what was read nor a signature is lost: a report taken out of a signed PDF would by
 * default be written over it. */
static bool
may_write(struct banthuek *b, const char *path)
{
    if (strcmp(path, "-") == 0)
        return true;
    for (const struct input *at = b->inputs; at != NULL; at = at->next) {
        if (files_same(b->files, path, at->path)) {
            diag_add(b->diags, DIAG_ENGINE_OUTPUT_IS_INPUT, POS_NONE, path, NULL, NULL);
            return false;
        }
    }
    if (files_hold(path, STR("/ByteRange"))) {
        diag_add(b->diags, DIAG_ENGINE_OUTPUT_IS_SIGNED, POS_NONE, path, NULL, NULL);
        return false;
    }
    return true;
}

bool
banthuek_save(struct banthuek *b, const char *path, struct banthuek_bytes bytes)
{
    if (!may_write(b, path))
        return false;
    return files_write(b->arena, b->diags, path, (struct str){bytes.data, bytes.size});
}
