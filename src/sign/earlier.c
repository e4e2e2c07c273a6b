#include "sign/earlier.h"

#include "base/arena.h"
#include "changes/changes.h"
#include "engine/work.h"
#include "inspect/opened.h"
#include "pdfin/pdfin.h"
#include "pdfin/revisions.h"
#include "pki/check_cms.h"
#include "pki/stamp.h"
#include "sign/prefixes.h"
#include "sign/redraw.h"

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

/* What is looked at. */
struct looking {
    struct work *w;
    const struct opened *opened;
    struct revisions *revisions;
    bool unsure; /* what a field shows could not be told, which may be let pass */
};

/* What the fields show is made again, by the same rules. */
static void
find_refused(struct looking *looking, struct reason *reason)
{
    struct arena *arena = looking->w->arena;
    struct redraw *redraw = redraw_open(looking->w, looking->revisions, &looking->opened->manifest);
    const struct drawing drawing = {redraw_ask, redraw};
    struct changes changes = changes_find(arena, looking->revisions, &drawing);

    bool lacks_font = redraw_lacks_font(redraw);
    redraw_close(redraw);
    for (size_t i = 0; i < changes.count; i++) {
        const struct change *change = &changes.list[i];
        if (change->sort != SORT_REFUSED)
            continue;
        give(reason, change_text(arena, change, DIAG_ENGLISH),
             change_text(arena, change, DIAG_THAI));
        looking->unsure = lacks_font && change->code == CHANGE_DRAWN_UNKNOWN;
        if (!looking->unsure)
            return;
    }
}

/* The same of a document time stamp; one whose certificate has ended since is still whole. */
static bool
is_stamp_intact(struct arena *arena, const struct signed_part *part)
{
    struct stamp stamp = {.token = STR("")};
    enum stamp_fault fault = stamp_check(arena, part->der, part->signs, 2, &stamp);

    stamp_close(&stamp);
    return fault == STAMP_GOOD || fault == STAMP_EXPIRED || fault == STAMP_WEAK;
}

/* Whether the bytes of a signature are still those that were signed. */
static bool
is_intact(struct arena *arena, const struct signed_part *part)
{
    if (part->is_time_stamp)
        return is_stamp_intact(arena, part);
    struct diags *diags = diags_new(); /* `verify` tells them */
    struct evidence *evidence = evidence_new(arena);
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
    else if (!is_intact(arena, part))
        give(reason,
             str_of(arena_printf(arena, "what \"%.*s\" covers is not what was signed",
                                 STR_FMT(part->field))),
             str_of(arena_printf(arena, "ข้อความที่ \"%.*s\" ครอบคลุมไม่ตรงกับที่ลงนามไว้",
                                 STR_FMT(part->field))));
}

static void
find_reason(struct looking *looking, struct reason *reason)
{
    struct arena *arena = looking->w->arena;
    const struct revisions *revisions = looking->revisions;
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
        find_refused(looking, reason);
}

/* True for a file that nothing was added to: all of it is compared with the data inside. */
static bool
is_as_made(struct work *w, const struct opened *opened)
{
    return opened->info->signature_count == 0 && prefixes_of(w->arena, opened->bytes).count == 1;
}

bool
earlier_check(struct work *w, const struct opened *opened, bool as_shown)
{
    struct looking looking = {.w = w, .opened = opened};
    struct reason reason = {.found = false};

    if (is_as_made(w, opened))
        return true;
    looking.revisions = revisions_open(w->arena, opened->path, opened->bytes);
    find_reason(&looking, &reason);
    bool lets = !reason.found || (looking.unsure && as_shown);
    if (reason.found)
        diag_add(w->diags, lets ? DIAG_SIGN_AS_SHOWN : DIAG_SIGN_CHANGED,
                 (struct pos){opened->path, 0, 0},
                 diag_both(w->diags, str_cstr(w->arena, reason.text[DIAG_ENGLISH]),
                           str_cstr(w->arena, reason.text[DIAG_THAI])),
                 NULL, NULL);
    return lets;
}
