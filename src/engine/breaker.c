/* The section of banthuek.h on Thai words and line breaks alone. */
#include <stdlib.h>

#include "banthuek.h"
#include "base/arena.h"
#include "text/breaks.h"
#include "thai/words.h"

_Static_assert(BANTHUEK_BREAK_NONE == (int)BREAK_NONE &&
                   BANTHUEK_BREAK_EMERGENCY == (int)BREAK_EMERGENCY &&
                   BANTHUEK_BREAK_SYLLABLE == (int)BREAK_SYLLABLE &&
                   BANTHUEK_BREAK_SPACE == (int)BREAK_SPACE &&
                   BANTHUEK_BREAK_COMPOUND == (int)BREAK_COMPOUND &&
                   BANTHUEK_BREAK_GOOD == (int)BREAK_GOOD &&
                   BANTHUEK_BREAK_MUST == (int)BREAK_MUST &&
                   BANTHUEK_BREAK_BAD_END == (int)BREAK_BAD_END,
               "the public grades are those of text/breaks.h");

struct banthuek_breaker {
    struct breaker *breaker;
};

struct banthuek_breaker *
banthuek_breaker_open(const struct banthuek_bytes *words, size_t count)
{
    struct banthuek_breaker *open = calloc(1, sizeof *open);

    if (open == NULL)
        arena_oom(sizeof *open);
    struct arena *scratch = arena_new(0);
    struct str *own = arena_array(scratch, count, sizeof *own);
    open->breaker = breaker_open();
    for (size_t i = 0; i < count; i++)
        own[i] = (struct str){words[i].data, words[i].size};
    breaker_words(open->breaker, own, count);
    arena_free(scratch);
    return open;
}

void
banthuek_breaker_close(struct banthuek_breaker *breaker)
{
    if (breaker == NULL)
        return;
    breaker_close(breaker->breaker);
    free(breaker);
}

void
banthuek_breaker_find(struct banthuek_breaker *breaker, struct banthuek_bytes text,
                      unsigned char *places)
{
    breaks_find(breaker->breaker, (struct str){text.data, text.size}, NULL, 0, places);
}

void
banthuek_words(struct banthuek_bytes text, unsigned char *places)
{
    words_find((struct str){text.data, text.size}, NULL, places);
    places[text.size] = BANTHUEK_BREAK_NONE;
}
