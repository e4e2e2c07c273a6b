#include "sign/memo.h"

#include "base/arena.h"
#include "engine/work.h"
#include "pdf/append.h"
#include "pdfin/pdfin.h"
#include "pdfin/update.h"

const struct pdfin_field *
memo_field(struct work *w, const struct memo *memo, struct str role, const char *part)
{
    return pdfin_field(&memo->form, str_of(arena_printf(w->arena, "%.*s.%s", STR_FMT(role), part)));
}

/* The value of a role's text field; empty where there is none. */
static struct str
value_of(struct work *w, const struct memo *memo, struct str role, const char *part)
{
    const struct pdfin_field *field = memo_field(w, memo, role, part);

    return field == NULL || !field->has_value ? STR("") : field->value;
}

static struct str
value_of_head(const struct memo *memo, const char *name)
{
    const struct pdfin_field *field = pdfin_field(&memo->form, str_of(name));

    return field == NULL || !field->has_value ? STR("") : field->value;
}

/* The time that the signature in a field claims. */
static struct str
time_of(const struct pdfin_info *info, const struct pdfin_field *field)
{
    for (size_t i = 0; i < info->signature_count; i++) {
        if (str_eq(info->signatures[i].field, field->name))
            return info->signatures[i].time;
    }
    return STR("");
}

/* What a field holds counts only where the role has signed: anybody can fill one in. */
static void
read_role(struct work *w, const struct memo *memo, struct route_role *role)
{
    const struct pdfin_field *field = memo_field(w, memo, role->role, "signature");

    role->has_signed = field != NULL && field->is_signed;
    if (!role->has_signed)
        return;
    role->opinion = value_of(w, memo, role->role, "opinion");
    role->signer = value_of(w, memo, role->role, "name");
    role->date = value_of(w, memo, role->role, "date");
    role->time = time_of(memo->opened.info, field);
}

static void
read_route(struct work *w, struct memo *memo)
{
    const struct manifest *manifest = &memo->opened.manifest;
    struct route *route = &memo->route;

    route->count = manifest->routing_count;
    route->roles = arena_array(w->arena, route->count, sizeof *route->roles);
    for (size_t i = 0; i < route->count; i++) {
        const struct manifest_signer *from = &manifest->routing[i];
        route->roles[i] = (struct route_role){
            .role = from->role,
            .title = from->title,
            .name = from->name,
            .position = from->position,
            .acting = from->acting,
            .acting_for = from->acting_for,
            .certificate = from->certificate,
        };
        read_role(w, memo, &route->roles[i]);
    }
    route_states(route);
    memo->number = value_of_head(memo, MEMO_NUMBER);
    memo->date = value_of_head(memo, MEMO_DATE);
}

/* Only what was made to be signed has a route that means something. */
static bool
check_made_for(struct work *w, const struct opened *opened)
{
    struct pos pos = {opened->path, 0, 0};

    if (!opened->is_ours)
        diag_add(w->diags, DIAG_SIGN_NOT_OURS, pos, NULL, NULL, NULL);
    else if (opened->is_scan)
        diag_add(w->diags, DIAG_SIGN_SCAN, pos, NULL, NULL, NULL);
    else if (opened->manifest.draft)
        diag_add(w->diags, DIAG_SIGN_DRAFT, pos, NULL, NULL, NULL);
    else if (!opened->manifest.fields || opened->manifest.routing_count == 0)
        diag_add(w->diags, DIAG_SIGN_NO_FIELDS, pos, NULL, NULL, NULL);
    else
        return true;
    return false;
}

bool
memo_read(struct work *w, const char *path, struct memo *out)
{
    *out = (struct memo){0};
    if (!opened_briefly(w, path, &out->opened) || !check_made_for(w, &out->opened) ||
        !pdfin_form(out->opened.pdf, &out->form))
        return false;
    read_route(w, out);
    return true;
}

bool
memo_old(struct work *w, const struct memo *memo, struct pdf_old *out)
{
    struct pdfin_tail tail;

    if (!pdfin_tail(memo->opened.pdf, &tail))
        return false;
    if (!tail.is_stream) {
        diag_add(w->diags, DIAG_SIGN_NOT_OURS, (struct pos){memo->opened.path, 0, 0}, NULL, NULL,
                 NULL);
        return false;
    }
    *out = (struct pdf_old){.xref = tail.xref,
                            .size = tail.size,
                            .root = tail.root,
                            .info = tail.info,
                            .id = tail.id[0]};
    return true;
}

void
memo_close(struct memo *memo)
{
    opened_close(&memo->opened);
}
