/* Words of any bytes: what comes before the first zero byte are own words, a line each; the rest is
 * the text. No place may part a letter from what belongs to it. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "thai/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
    if (!holds)
        abort();
}

static bool
is_letter(uint32_t c)
{
    return (c >= 0x0E01 && c <= 0x0E3A) || (c >= 0x0E40 && c <= 0x0E4E);
}

static bool
is_dependent(uint32_t c)
{
    return (c >= 0x0E2F && c <= 0x0E3A) || (c >= 0x0E45 && c <= 0x0E4E);
}

static void
check(struct str text, const unsigned char *end)
{
    uint32_t last = 0;

    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (end[from] != WORD_INSIDE) {
            must(is_letter(last) && is_letter(c) && !is_dependent(c));
            must(!(last >= 0x0E40 && last <= 0x0E44));
        }
        for (size_t i = from + 1; i < at; i++)
            must(end[i] == WORD_INSIDE);
        last = c;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = {(const char *)data, size}, list, line, words[64];
    size_t zero = 0, count = 0;
    struct arena *arena = arena_new(0);
    unsigned char *end = arena_alloc(arena, size + 1);

    while (zero < size && data[zero] != 0)
        zero++;
    list = str_sub(rest, 0, zero);
    while (count < 64 && str_line(&list, &line))
        words[count++] = line;
    rest = str_sub(rest, zero < size ? zero + 1 : 0, size);
    words_find(rest, NULL, end);
    check(rest, end);
    words_find(rest, words_own_new(arena, words, count), end);
    check(rest, end);
    arena_free(arena);
    return 0;
}
