#include "check/sentence.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "thai/digits.h"

#define ROOTS 256 /* first characters: Latin ones, and the Thai block after them */

const struct language_word language_words[] = {
#define W(class, text) {text, WORD_##class},
#include "check/words.def"
#undef W
};
const size_t language_word_count = sizeof language_words / sizeof language_words[0];

/* A character of a word; all words with the same beginning share it. */
struct node {
    uint32_t code;
    bool blank;       /* a blank may stand before what follows */
    unsigned classes; /* of the words that go through here */
    struct node *first, *next;
    struct word *word; /* that ends here */
};

struct words {
    struct arena *arena;
    struct node *roots[ROOTS];
};

static uint32_t
fold(uint32_t code)
{
    int digit = digits_value(code);

    if (digit >= 0)
        return '0' + (uint32_t)digit;
    return ascii_is_small(code) ? code - 'a' + 'A' : code;
}

static size_t
root_of(uint32_t code)
{
    if (code < 0x80)
        return code;
    return code >= 0x0E00 && code < 0x0E80 ? code - 0x0E00 + 0x80 : 0;
}

struct words *
words_new(struct arena *arena)
{
    struct words *words = arena_alloc(arena, sizeof *words);

    words->arena = arena;
    return words;
}

static struct node *
child(struct words *words, struct node **list, uint32_t code)
{
    for (struct node *node = *list; node != NULL; node = node->next)
        if (node->code == code)
            return node;
    struct node *made = arena_alloc(words->arena, sizeof *made);
    made->code = code;
    made->next = *list;
    *list = made;
    return made;
}

void
words_add(struct words *words, enum word_class class, struct str text, struct score *score)
{
    struct node *node = NULL;

    text = str_trim(text);
    if (text.len == 0 || text.len > WORDS_LENGTH_MAX)
        return;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (words_is_blank(code)) {
            if (node != NULL)
                node->blank = true;
            continue;
        }
        code = fold(code);
        node = child(words, node == NULL ? &words->roots[root_of(code)] : &node->first, code);
        node->classes |= WORD_BIT(class);
    }
    if (node == NULL)
        return;
    struct word *word = arena_alloc(words->arena, sizeof *word);
    *word = (struct word){text, class, score, node->word};
    node->word = word;
}

/* Whether a word may end between these two. */
static bool
is_end(struct str text, size_t at, uint32_t last)
{
    if (at >= text.len)
        return true;
    uint32_t next = utf8_next(text, &at);
    if (ascii_is_alnum(last))
        return !ascii_is_alnum(next);
    return !utf8_is_thai_mark(next) && next != 0x0E33;
}

const struct word *
word_as(const struct word *word, unsigned classes)
{
    while (word != NULL && (classes & WORD_BIT(word->class)) == 0)
        word = word->next;
    return word;
}

const struct word *
words_at(const struct words *words, unsigned classes, struct str text, size_t at, size_t *end)
{
    const struct word *found = NULL;
    size_t next = at, before = at;
    uint32_t code = fold(utf8_next(text, &next));
    const struct node *node = words->roots[root_of(code)];

    if (node != NULL && ascii_is_alnum(code) && before > 0 &&
        ascii_is_alnum(utf8_prev(text, &before)))
        return NULL;
    for (;;) {
        while (node != NULL && (node->code != code || (node->classes & classes) == 0))
            node = node->next;
        if (node == NULL)
            return found;
        const struct word *word = word_as(node->word, classes);
        if (word != NULL && is_end(text, next, code)) {
            found = word;
            *end = next;
        }
        bool blank = node->blank;
        node = node->first;
        do {
            if (node == NULL || next >= text.len)
                return found;
            code = fold(utf8_next(text, &next));
        } while (blank && words_is_blank(code));
    }
}
