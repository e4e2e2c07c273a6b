/* Verifying a PDF: the order of the work. What is told of it is made in verify_value.c. */
#include "sign/verify.h"

#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "engine/report.h"
#include "pki/certs.h"
#include "sign/redraw.h"
#include "sign/verify_value.h"

static bool
read_at(struct verify *v)
{
    const char *at = v->options->at;

    v->now = time(NULL);
    if (at == NULL || verify_iso_time(str_of(at), &v->now))
        return true;
    diag_add(v->w->diags, DIAG_VERIFY_AT, POS_NONE, diag_str(v->w->diags, str_of(at)), NULL, NULL);
    return false;
}

/* False for what is no PDF at all: of that nothing can be told but a message. */
static bool
is_pdf(struct verify *v)
{
    if (str_find(str_sub(v->bytes, 0, 1024), STR("%PDF-")) != SIZE_MAX)
        return true;
    diag_add(v->w->diags, v->bytes.len == 0 ? DIAG_PDFIN_EMPTY : DIAG_PDFIN_NOT_PDF, v->pos, NULL,
             NULL, NULL);
    return false;
}

static bool
open_all(struct verify *v, const char *path)
{
    struct work *w = v->w;

    v->file = strcmp(path, "-") == 0 ? "<stdin>" : arena_printf(w->arena, "%s", path);
    v->pos = (struct pos){v->file, 0, 0};
    v->remarks = diags_new();
    if (!read_at(v) || !work_read(w, path, VERIFY_BYTES_MAX, &v->bytes) || !is_pdf(v))
        return false;
    v->trust = trust_open(w->arena, w->diags, w->files, v->options->trust, v->options->trust_count);
    return v->trust != NULL;
}

/* Of our own memos what a field shows is made again. */
static void
find_changes(struct verify *v)
{
    struct redraw *redraw = v->is_ours ? redraw_open(v->w, v->revisions, &v->manifest) : NULL;
    const struct drawing drawing = {redraw_ask, redraw};

    if (redraw != NULL)
        v->before = changes_before(v->w->arena, v->revisions, &drawing);
    v->changes = changes_find(v->w->arena, v->revisions, redraw == NULL ? NULL : &drawing);
    if (redraw != NULL && redraw_lacks_font(redraw))
        diag_add(v->remarks, DIAG_VERIFY_NO_FONT, v->pos, NULL, NULL, NULL);
    v->has_other_font = redraw != NULL && redraw_other_font(redraw);
    if (v->has_other_font)
        diag_add(v->remarks, DIAG_VERIFY_OTHER_FONT, v->pos, NULL, NULL, NULL);
    redraw_close(redraw);
}

static void
find_signatures(struct verify *v)
{
    size_t revisions = revisions_count(v->revisions);

    v->dss = revisions == 0 ? NULL : verify_dss(v, revisions - 1);
    v->count = revisions_signature_count(v->revisions);
    v->ones = arena_array(v->w->arena, v->count + 1, sizeof *v->ones);
    for (size_t i = 0; i < v->count; i++) {
        struct verify_one *one = &v->ones[i];
        *one = (struct verify_one){.part = revisions_signature(v->revisions, i),
                                   .index = i,
                                   .remarks = diags_new(),
                                   .evidence = evidence_new(v->w->arena)};
        if (v->dss != NULL)
            evidence_add(one->evidence, v->dss);
    }
}

static void
check_all(struct verify *v)
{
    for (size_t i = 0; i < v->count; i++)
        verify_bytes(v, &v->ones[i]);
    for (size_t i = 0; i < v->count; i++)
        verify_whose(v, &v->ones[i]);
    for (size_t i = 0; i < v->count; i++)
        verify_level(v, &v->ones[i]);
    verify_ours(v);
}

static void
close_all(struct verify *v)
{
    for (size_t i = 0; i < v->count; i++) {
        certs_free(v->ones[i].found.chain);
        certs_free(v->ones[i].stamp.chain);
        evidence_free(v->ones[i].evidence);
        diags_free(v->ones[i].remarks);
    }
    evidence_free(v->dss);
    trust_close(v->trust);
    diags_free(v->remarks);
}

const struct banthuek_verified *
banthuek_verify(struct banthuek *b, const char *path, const struct banthuek_verify_options *given)
{
    struct banthuek_verify_options options;
    struct verify v = {.w = &b->work, .options = &options, .revoked = {.arena = b->work.arena}};
    const struct banthuek_verified *verified = NULL;

    take_given(&options, sizeof options, given);
    if (open_all(&v, path)) {
        v.revisions = revisions_open(v.w->arena, v.file, v.bytes);
        verify_read_memo(&v);
        find_changes(&v);
        find_signatures(&v);
        check_all(&v);
        verified = verify_value(&v);
    }
    close_all(&v);
    return verified;
}
