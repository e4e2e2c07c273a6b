#include "sign/earlier.h"

#include "base/arena.h"
#include "engine/work.h"
#include "pdfin/revisions.h"
#include "sign/changes.h"
#include "sign/check_cms.h"

/* Why a file is not to be signed, in both languages. */
struct reason {
    bool found;
    struct str text[2];
};

static void
give(struct reason *reason, struct str english, struct str thai)
{
    *reason = (struct reason){true, {[DIAG_ENGLISH] = english, [DIAG_THAI] = thai}};
}

/* Whoever filled the field in signed what it shows, too. */
static enum drawn
is_drawn(void *context, const struct change *change)
{
    (void)context;
    (void)change;
    return DRAWN_YES;
}

static void
find_refused(struct arena *arena, struct revisions *revisions, struct reason *reason)
{
    struct drawing drawing = {.draws = is_drawn};
    struct changes changes = changes_find(arena, revisions, &drawing);

    for (size_t i = 0; i < changes.count; i++) {
        const struct change *change = &changes.list[i];
        if (change->sort == SORT_REFUSED) {
            give(reason, change_text(arena, change, DIAG_ENGLISH),
                 change_text(arena, change, DIAG_THAI));
            return;
        }
    }
}

/* Whether the bytes of a signature are still those that were signed. */
static bool
is_intact(struct arena *arena, const struct signed_part *part)
{
    struct diags *diags = diags_new(); /* `verify` tells them */
    struct evidence *evidence = evidence_new();
    struct check_cms found = {0};
    const struct check_cms_job job = {.bytes = part->der,
                                      .part = part->signs,
                                      .part_count = 2,
                                      .content_type = STR(OID_DATA),
                                      .evidence = evidence};

    (void)check_cms(arena, diags, &job, &found);
    evidence_free(evidence);
    diags_free(diags);
    return !found.broken;
}

static void
look_at(struct arena *arena, const struct signed_part *part, struct reason *reason)
{
    if (part->fault != SIGNATURE_WHOLE)
        give(reason, signature_fault_text(part->fault, DIAG_ENGLISH),
             signature_fault_text(part->fault, DIAG_THAI));
    else if (!part->is_time_stamp && !is_intact(arena, part))
        give(reason,
             str_of(arena_printf(arena, "what \"%.*s\" covers is not what was signed",
                                 STR_FMT(part->field))),
             str_of(arena_printf(arena, "ข้อความที่ \"%.*s\" ครอบคลุมไม่ตรงกับที่ลงนามไว้",
                                 STR_FMT(part->field))));
}

static void
find_reason(struct arena *arena, struct revisions *revisions, struct reason *reason)
{
    size_t count = revisions_signature_count(revisions);

    if (revisions_doubt_count(revisions) > 0) {
        const struct doubt *doubt = revisions_doubt(revisions, 0);
        give(reason, doubt_text(arena, doubt, DIAG_ENGLISH), doubt_text(arena, doubt, DIAG_THAI));
        return;
    }
    if (revisions_count(revisions) < 2)
        return;
    if (count == 0 || revisions_signature(revisions, 0)->revision != 1) {
        give(reason, STR("it was added to before anybody signed it"),
             STR("มีการเพิ่มข้อมูลลงในแฟ้มก่อนผู้ลงนามคนแรก"));
        return;
    }
    for (size_t i = 0; i < count && !reason->found; i++)
        look_at(arena, revisions_signature(revisions, i), reason);
    if (!reason->found)
        find_refused(arena, revisions, reason);
}

bool
earlier_check(struct work *w, const char *path, struct str bytes)
{
    struct reason reason = {.found = false};

    find_reason(w->arena, revisions_open(w->arena, path, bytes), &reason);
    if (reason.found)
        diag_add(w->diags, DIAG_SIGN_CHANGED, (struct pos){path, 0, 0},
                 diag_both(w->diags, str_cstr(w->arena, reason.text[DIAG_ENGLISH]),
                           str_cstr(w->arena, reason.text[DIAG_THAI])),
                 NULL, NULL);
    return !reason.found;
}
