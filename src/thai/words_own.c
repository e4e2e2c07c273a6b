/* Own words as a trie of children and brothers: they are few, and added one by one. */
#include "thai/words_own.h"

#include "base/arena.h"

bool
words_are_thai(struct str text)
{
    size_t at = 0;

    while (at < text.len) {
        if (words_code(text, &at) == 0)
            return false;
    }
    return text.len > 0;
}

uint32_t
words_own_step(const struct words_own *own, uint32_t node, uint8_t code)
{
    uint32_t child = own->node[node].child;

    while (child != 0 && own->node[child].code != code)
        child = own->node[child].next;
    return child;
}

static uint32_t
new_node(struct arena *arena, struct words_own *own, uint32_t parent, uint8_t code)
{
    struct own_node *node;

    own->node = arena_grow(arena, own->node, own->count, &own->cap, sizeof *own->node, 64);
    node = &own->node[own->count];
    node->code = code;
    node->next = own->node[parent].child;
    own->node[parent].child = (uint32_t)own->count;
    return (uint32_t)own->count++;
}

/* A byte, but a Thai digit is the digit it stands for: templates turn one into the other. */
static uint8_t
mixed_code(struct str text, size_t *at)
{
    const unsigned char *byte = (const unsigned char *)text.ptr + *at;

    if (text.len - *at > 2 && byte[0] == 0xE0 && byte[1] == 0xB9 && byte[2] >= 0x90 &&
        byte[2] <= 0x99) {
        *at += 3;
        return (uint8_t)('0' + byte[2] - 0x90);
    }
    *at += 1;
    return byte[0];
}

/* A Thai word letter by letter, any other text byte by byte. */
static void
add(struct arena *arena, struct words_own *own, struct str word, bool thai)
{
    unsigned char end[3 * WORDS_OWN_LETTERS];
    uint32_t node = 0;

    if (thai)
        words_find(word, NULL, end);
    for (size_t at = 0; at < word.len;) {
        uint8_t code = thai ? words_code(word, &at) : mixed_code(word, &at);
        uint32_t next = words_own_step(own, node, code);
        node = next != 0 ? next : new_node(arena, own, node, code);
        if (thai && at < word.len && end[at] >= WORD_PART)
            own->node[node].part = true;
    }
    own->node[node].ends = true;
}

static struct words_own *
collect(struct arena *arena, const struct str *words, size_t count, bool thai)
{
    struct words_own *own = arena_alloc(arena, sizeof *own);

    own->node = arena_grow(arena, NULL, 0, &own->cap, sizeof *own->node, 64);
    own->count = 1;
    for (size_t i = 0; i < count; i++) {
        size_t letters = thai ? words[i].len / 3 : words[i].len;
        if (letters > 0 && letters <= (size_t)WORDS_OWN_LETTERS * (thai ? 1 : 3) &&
            own->count + letters <= WORDS_OWN_MAX && words_are_thai(words[i]) == thai)
            add(arena, own, words[i], thai);
    }
    return own;
}

struct words_own *
words_own_new(struct arena *arena, const struct str *words, size_t count)
{
    return collect(arena, words, count, true);
}

struct words_own *
words_own_mixed(struct arena *arena, const struct str *words, size_t count)
{
    return collect(arena, words, count, false);
}

size_t
words_own_longest(const struct words_own *mixed, struct str text, size_t at)
{
    size_t end = at;
    uint32_t node = 0;

    while (at < text.len) {
        node = words_own_step(mixed, node, mixed_code(text, &at));
        if (node == 0)
            break;
        if (mixed->node[node].ends)
            end = at;
    }
    return end;
}
