#include "inspect/report_of.h"

#include "base/arena.h"
#include "engine/report.h"
#include "engine/stages.h"
#include "inspect/inspect.h"
#include "inspect/opened.h"
#include "pdfin/pdfin.h"
#include "pdfin/revisions.h"

const char *
report_of_path(struct banthuek *b, const char *path)
{
    return source_file(&b->work, path);
}

bool
report_of_pdf(struct banthuek *b, const char *pdf, struct str *name, struct str *bytes)
{
    struct opened opened;
    bool good = opened_briefly(&b->work, pdf, &opened);

    *name = *bytes = STR("");
    if (good && opened.is_ours && opened.has_report)
        good = opened_report(&b->work, &opened, name, bytes);
    opened_close(&opened);
    return good;
}

/* Of the bytes that the file began with when it was made. */
static void
set_made(struct work *w, const struct opened *opened, struct report_facts *out)
{
    struct revisions *states = revisions_open_alone(w->arena, opened->bytes, true);

    out->made = revisions_count(states) == 0 ? opened->bytes.len : revisions_at(states, 0)->end;
    out->sha256 = hash_of(str_sub(opened->bytes, 0, out->made));
}

static void
set_facts(struct work *w, const struct opened *opened, struct report_facts *out)
{
    *out = (struct report_facts){
        .is_ours = opened->is_ours,
        .has_data = opened->has_report,
        .is_scan = opened->is_scan,
        .pages = opened->info->page_count,
        .title = opened->info->title,
    };
    if (!opened->is_ours)
        return;
    out->is_draft = opened->manifest.draft;
    out->created = opened->manifest.created;
    if (opened->is_scan) {
        out->code = opened->scan.code;
        (void)hash_of_hex(opened->scan.sha256, &out->sha256);
    } else {
        out->code = opened->manifest.code;
        set_made(w, opened, out);
    }
}

bool
report_facts(struct banthuek *b, const char *name, struct str bytes, struct report_facts *out)
{
    struct opened opened;
    bool good = opened_bytes(&b->work, name, bytes, &opened);

    if (good)
        set_facts(&b->work, &opened, out);
    opened_close(&opened);
    return good;
}

bool
report_has_code(struct banthuek *b, const char *name, struct str bytes, const struct code *code)
{
    struct inspected inspected = {.again = BANTHUEK_AGAIN_FAILED};
    struct work own = b->work;

    own.diags = diags_new();
    if (opened_bytes(&own, name, bytes, &inspected.opened))
        inspect_again(&own, &inspected);
    opened_close(&inspected.opened);
    diags_free(own.diags);
    return inspected.again != BANTHUEK_AGAIN_SAME || str_is(inspected.code, code->text);
}
