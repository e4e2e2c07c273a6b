/* Ours, ICU's line break iterator alone, and libthai; see engines.h. */
#include "engines.h"

#include <stdlib.h>
#include <string.h>

#include <thai/thbrk.h>
#include <thai/thwbrk.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/breaks.h"
#include "thai/words.h"

struct engines {
    struct arena *arena;
    struct breaker *breaker;
    UBreakIterator *icu;
    ThBrk *thai;
};

struct engines *
engines_open(struct arena *arena)
{
    struct engines *engines = arena_alloc(arena, sizeof *engines);
    UErrorCode status = U_ZERO_ERROR;

    engines->arena = arena;
    engines->breaker = breaker_open();
    engines->icu = ubrk_open(UBRK_LINE, "th", NULL, 0, &status);
    engines->thai = th_brk_new(NULL);
    if (U_FAILURE(status) || engines->thai == NULL)
        abort();
    return engines;
}

void
engines_close(struct engines *engines)
{
    breaker_close(engines->breaker);
    ubrk_close(engines->icu);
    th_brk_delete(engines->thai);
}

void
engine_ours(struct engines *engines, struct str text, unsigned char *place)
{
    struct arena_mark mark = arena_mark(engines->arena);

    breaks_find(engines->breaker, text, NULL, 0, place);
    arena_reset(engines->arena, mark);
}

void
engine_words(struct engines *engines, struct str text, unsigned char *place)
{
    /* the same numbers as grades */
    (void)engines;
    words_find(text, NULL, place);
}

/* ICU is given UTF-16, which it takes without conversion: the fastest way to call it. */
void
engine_icu(struct engines *engines, struct str text, unsigned char *place)
{
    struct arena_mark mark = arena_mark(engines->arena);
    UChar *wide = arena_array(engines->arena, text.len + 1, sizeof *wide);
    size_t *at = arena_array(engines->arena, text.len + 1, sizeof *at), count = 0;
    UErrorCode status = U_ZERO_ERROR;

    memset(place, BREAK_NONE, text.len + 1);
    for (size_t i = 0; i < text.len;) {
        size_t begin = i;
        uint32_t c = utf8_next(text, &i);
        at[count] = begin;
        wide[count++] = c > 0xFFFF ? 0xFFFD : (UChar)c;
    }
    ubrk_setText(engines->icu, wide, (int32_t)count, &status);
    for (int32_t i = ubrk_next(engines->icu); i != UBRK_DONE; i = ubrk_next(engines->icu)) {
        if (i > 0 && (size_t)i < count)
            place[at[i]] = BREAK_GOOD;
    }
    arena_reset(engines->arena, mark);
}

void
engine_thai(struct engines *engines, struct str text, unsigned char *place)
{
    struct arena_mark mark = arena_mark(engines->arena);
    thwchar_t *wide = arena_array(engines->arena, text.len + 1, sizeof *wide);
    size_t *at = arena_array(engines->arena, text.len + 1, sizeof *at), count = 0;
    int *found = arena_array(engines->arena, text.len + 1, sizeof *found);

    memset(place, BREAK_NONE, text.len + 1);
    for (size_t i = 0; i < text.len;) {
        at[count] = i;
        wide[count++] = (thwchar_t)utf8_next(text, &i);
    }
    int breaks = th_brk_wc_find_breaks(engines->thai, wide, found, text.len + 1);
    for (int i = 0; i < breaks; i++) {
        if (found[i] > 0 && (size_t)found[i] < count)
            place[at[found[i]]] = BREAK_GOOD;
    }
    arena_reset(engines->arena, mark);
}
