/* Number and date of the head, filled in without a signature. */
#include "banthuek-sign.h"
#include "base/arena.h"
#include "base/files.h"
#include "engine/fill.h"
#include "engine/report.h"
#include "pdf/append.h"
#include "pdf/object.h"
#include "sign/filling.h"
#include "sign/memo.h"
#include "sign/texts.h"
#include "sign/turn.h"

struct head {
    struct work *w;
    struct banthuek_sign_options options;
    struct memo memo;
    struct texts texts;
    struct pdf_old old;
    struct pdf_objects *objects;
};

/* What was added before the first signature nobody signs on from (earlier.h). */
static bool
is_signed(const struct head *head)
{
    if (head->memo.opened.info->signature_count > 0)
        return true;
    diag_add(head->w->diags, DIAG_SIGN_HEAD_EARLY, (struct pos){head->memo.opened.path, 0, 0}, NULL,
             NULL, NULL);
    return false;
}

static bool
prepare(struct head *head, const char *path, const char *out)
{
    struct work *w = head->w;

    if (out != NULL && files_is_taken(out)) {
        diag_add(w->diags, DIAG_SIGN_TAKEN, (struct pos){path, 0, 0},
                 diag_str(w->diags, str_of(out)), NULL, NULL);
        return false;
    }
    return memo_read(w, path, &head->memo) && is_signed(head) &&
           memo_old(w, &head->memo, &head->old) && turn_head(w, &head->memo) &&
           texts_read_head(w, &head->memo, &head->options, &head->texts);
}

static bool
make(struct head *head, struct pdf_appended *appended)
{
    const struct fill_options options = {
        .manifest = &head->memo.opened.manifest,
        .other_font = (head->options.flags & (unsigned)BANTHUEK_OTHER_FONT) != 0};
    struct filling filling = {
        .w = head->w, .memo = &head->memo, .texts = &head->texts, .objects = head->objects};

    if ((filling.fill = fill_open(head->w, &options)) == NULL)
        return false;
    bool good = filling_head(&filling);
    fill_close(filling.fill);
    return good &&
           pdf_append(head->w->diags, head->memo.opened.bytes, &head->old, head->objects, appended);
}

const struct banthuek_signed *
banthuek_fill_head(struct banthuek *b, const char *path, const struct banthuek_sign_options *given,
                   const char *out)
{
    struct work *w = &b->work;
    struct head head = {.w = w};
    struct pdf_appended appended = {.file = STR("")};

    take_given(&head.options, sizeof head.options, given);
    bool good = prepare(&head, path, out);
    if (good) {
        head.objects = pdf_objects_open(w->arena);
        good = make(&head, &appended);
        pdf_objects_close(head.objects);
    }
    memo_close(&head.memo);
    if (!good ||
        (out != NULL && !files_write_new(w->arena, w->diags, out, appended.file, DIAG_SIGN_TAKEN)))
        return NULL;
    struct banthuek_signed *result = arena_alloc(w->arena, sizeof *result);
    *result = (struct banthuek_signed){.name = bytes_of(head.texts.number),
                                       .date = bytes_of(head.texts.head_day),
                                       .pdf = bytes_of(appended.file)};
    return result;
}
