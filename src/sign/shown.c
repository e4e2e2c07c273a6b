#include "sign/shown.h"

#include "base/arena.h"
#include "engine/report.h"
#include "inspect/inspect.h"
#include "sign/earlier.h"
#include "sign/memo.h"

/* Why it cannot be compared, as an argument; NULL where it can. */
static const char *
why_not(struct work *w, const struct inspected *made)
{
    switch (made->again) {
    case BANTHUEK_AGAIN_FOREIGN:
    case BANTHUEK_AGAIN_NO_DATA:
        return diag_both(w->diags, "it was made without its data", "แฟ้มนี้ไม่ได้แนบข้อมูลไว้");
    case BANTHUEK_AGAIN_FAILED:
        return diag_both(w->diags, str_cstr(w->arena, made->why_not[DIAG_ENGLISH]),
                         str_cstr(w->arena, made->why_not[DIAG_THAI]));
    case BANTHUEK_AGAIN_EMBLEM:
        return diag_both(w->diags,
                         "the emblem that it was made with is not here: give it with --emblem",
                         "ไม่มีตราครุฑที่ใช้ทำฉบับนี้ ให้ระบุด้วย --emblem");
    case BANTHUEK_AGAIN_OTHER:
    case BANTHUEK_AGAIN_SAME:
    case BANTHUEK_AGAIN_SCAN: /* nothing of it is asked here */
        break;
    }
    return diag_both(w->diags,
                     "it was made with other fonts, files or versions than there are here",
                     "แบบอักษร แฟ้ม หรือรุ่นของโปรแกรมที่ใช้ทำฉบับนี้ต่างจากที่มีอยู่");
}

bool
shown_check(struct work *w, struct memo *memo, bool as_shown)
{
    struct inspected made = {.opened = memo->opened};
    struct pos pos = {memo->opened.path, 0, 0};
    struct work own = *w;

    if (!earlier_check(w, &memo->opened, as_shown))
        return false;
    own.diags = diags_new(); /* its warnings are those of `inspect` */
    inspect_again(&own, &made);
    memo->opened = made.opened;
    memo_close(memo);
    bool was_made = made.again == BANTHUEK_AGAIN_SAME || made.again == BANTHUEK_AGAIN_OTHER;
    bool same = was_made && made.bytes != BANTHUEK_BYTES_OTHER;
    /* all that went into it is the same, and it comes out otherwise: somebody changed the file */
    bool changed = was_made && !same && made.differences == 0;
    if (!same && !changed && as_shown)
        diag_add(w->diags, DIAG_SIGN_AS_SHOWN, pos, why_not(w, &made), NULL, NULL);
    else if (!same && !changed)
        diags_add_new(w->diags, own.diags, DIAG_NOTE);
    if (changed)
        diag_add(w->diags, DIAG_SIGN_OTHER_PAGES, pos, NULL, NULL, NULL);
    else if (!same && !as_shown)
        diag_add(w->diags, DIAG_SIGN_NOT_COMPARED, pos, why_not(w, &made), NULL, NULL);
    diags_free(own.diags);
    return same || (!changed && as_shown);
}
