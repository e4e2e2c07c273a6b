/* Any bytes as what somebody types to search, and as a text: what is read can be looked for, and a
 * text is found by what stands in it. */
#include <stdlib.h>

#include "archive/cut.h"
#include "archive/expression.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "thai/fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
    if (!holds)
        abort();
}

/* Tokens stand in their text, one behind the other but for those at the place of the last. */
struct tokens {
    struct str text;
    size_t last, count;
};

static bool
put(void *user, struct str token, size_t from, size_t to, bool with_last)
{
    struct tokens *tokens = user;

    must(token.len > 0 && to <= tokens->text.len && to - from == token.len);
    must(with_last || from >= tokens->last);
    must(utf8_invalid_at(token) == SIZE_MAX);
    tokens->last = from;
    tokens->count++;
    return true;
}

static void
cut(struct arena *arena, struct str folded)
{
    struct tokens pairs = {folded, 0, 0}, words = {folded, 0, 0};
    size_t count = utf8_count(folded);

    must(cut_pairs(folded, put, &pairs));
    must(pairs.count == (count < 2 ? 0 : count - 1));
    must(cut_words(folded, true, arena_alloc(arena, folded.len + 1), put, &words));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct str text = {(const char *)data, size};
    struct expression expression;

    if (expression_read(arena, diags, text, &expression)) {
        must(diags_count(diags) == 0 && expression.count <= EXPRESSION_TERMS_MAX);
        for (size_t i = 0; i < expression.count; i++) {
            struct str term = expression.terms[i].text;
            must(utf8_count(term) >= 2 && str_eq(term, fold_text(arena, term)));
            cut(arena, term);
        }
    } else {
        must(diags_level_count(diags, DIAG_ERROR) == 1);
    }
    cut(arena, fold_text(arena, text));
    diags_free(diags);
    arena_free(arena);
    return 0;
}
