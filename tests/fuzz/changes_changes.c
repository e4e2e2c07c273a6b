/* Any bytes as a signed PDF: no crash, no hang, and nothing good is said of what has a doubt or
 * does not cover the file. */
#include <stdlib.h>

#include "base/arena.h"
#include "changes/changes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_signature(struct arena *arena, struct revisions *r, const struct changes *changes, size_t i)
{
    const struct signed_part *s = revisions_signature(r, i);
    enum changes_answer answer = changes->answers[i];
    bool is_good = answer == CHANGES_NONE || answer == CHANGES_ALLOWED;

    if (is_good && (s->fault != SIGNATURE_WHOLE || revisions_doubt_count(r) > 0))
        abort();
    if (answer == CHANGES_NONE && s->revision + 1 != revisions_count(r))
        abort();
    if (s->fault == SIGNATURE_WHOLE &&
        (s->der.len == 0 || s->covers < s->signs[0].len + s->signs[1].len + 2 * s->der.len))
        abort();
    for (size_t k = changes_after(changes, r, i); k < changes->count; k++) {
        if (is_good && changes->list[k].sort == SORT_REFUSED)
            abort();
        (void)change_text(arena, &changes->list[k], DIAG_THAI);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct revisions *r = revisions_open(arena, "fuzz.pdf", (struct str){(const char *)data, size});
    struct changes changes = changes_find(arena, r, NULL);
    size_t count;

    for (size_t i = 0; i < revisions_doubt_count(r); i++)
        (void)doubt_text(arena, revisions_doubt(r, i), DIAG_ENGLISH);
    for (size_t i = 0; i < revisions_signature_count(r); i++)
        check_signature(arena, r, &changes, i);
    for (size_t i = 0; i < revisions_count(r); i++) {
        (void)revisions_dss(r, arena, i);
        (void)revisions_fields(r, i, &count);
    }
    arena_free(arena);
    return 0;
}
