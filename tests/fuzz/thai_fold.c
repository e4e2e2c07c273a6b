/* Folding any bytes: what comes out is UTF-8 without blanks side by side, stays when it is folded
 * again, and so does each piece of it; the places lie in the original, in order. */
#include <stdlib.h>

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

/* A piece of the folded text, by two bytes that say which. */
static struct str
piece_of(struct str text, const uint8_t *data, size_t size)
{
    size_t from = size < 2 ? 0 : data[0] * text.len / 256, to = size < 2 ? 0 : data[1];

    to = from + to * (text.len - from) / 256;
    while (from < text.len && ((unsigned char)text.ptr[from] & 0xC0) == 0x80)
        from++;
    while (to < text.len && ((unsigned char)text.ptr[to] & 0xC0) == 0x80)
        to++;
    return to > from ? str_sub(text, from, to - from) : STR("");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct str text = {(const char *)data, size};
    struct folded once = fold_with_places(arena, text);

    must(utf8_invalid_at(once.text) == SIZE_MAX);
    must(str_find(once.text, STR("  ")) == SIZE_MAX);
    must(str_eq(once.text, fold_text(arena, text)));
    must(str_eq(once.text, fold_text(arena, once.text)));
    for (size_t i = 0; i < once.text.len; i++) {
        must(once.place[i].from < once.place[i].to && once.place[i].to <= size);
        must(i == 0 || once.place[i - 1].from <= once.place[i].from);
    }
    struct str piece = piece_of(once.text, data, size);
    must(str_eq(piece, fold_text(arena, piece)));
    arena_free(arena);
    return 0;
}
