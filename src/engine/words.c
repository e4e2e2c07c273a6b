/* The office's own words, which lines part only as a last resort: words.txt of the template, and
 * the report's list คำเฉพาะ. */
#include "base/arena.h"
#include "base/io.h"
#include "engine/engine.h"
#include "engine/input.h"
#include "text/breaks.h"
#include "thai/normal.h"
#include "value/value.h"

/* Bytes of words.txt, and words in all, that are taken. */
#define FILE_MAX ((size_t)1 << 20)
#define WORDS_MAX 10000

static void
add(struct banthuek *b, struct str word)
{
    word = str_trim(word);
    if (word.len == 0 || b->word_count == WORDS_MAX)
        return;
    b->words = arena_grow(b->arena, b->words, b->word_count, &b->word_cap, sizeof *b->words, 64);
    b->words[b->word_count++] = word;
}

/* A word a line; "#" begins a comment. */
static void
add_lines(struct banthuek *b, struct str rest)
{
    struct str line;

    while (str_line(&rest, &line))
        add(b, str_sub(line, 0, str_find(line, STR("#"))));
}

static bool
read_file(struct banthuek *b)
{
    const char *path = io_join(b->arena, b->template_dir, "words.txt");
    struct pos pos = {path, 1, 1};
    struct str bytes, text;

    if (!io_exists(path))
        return true;
    if (!input_read(b, INPUT_TEMPLATE, STR("words.txt"), path, FILE_MAX, &bytes) ||
        !normal_decode(b->arena, b->diags, pos, bytes, &text) ||
        !normal_text(b->arena, b->diags, pos, text, &text))
        return false;
    add_lines(b, text);
    return true;
}

bool
engine_words(struct banthuek *b)
{
    const struct value *list = value_get(b->report, STR("คำเฉพาะ"));

    if (!read_file(b))
        return false;
    if (list == NULL || list->kind == VALUE_NONE)
        return true;
    if (list->kind == VALUE_TEXT) {
        add_lines(b, list->text);
        return true;
    }
    if (list->kind != VALUE_LIST) {
        diag_add(b->diags, DIAG_ENGINE_OWN_WORDS, list->pos, NULL, NULL, NULL);
        return false;
    }
    for (const struct value *word = list->first; word != NULL; word = word->next) {
        if (word->kind != VALUE_TEXT) {
            diag_add(b->diags, DIAG_ENGINE_OWN_WORDS, word->pos, NULL, NULL, NULL);
            return false;
        }
        add(b, word->text);
    }
    return true;
}

void
engine_open_breaker(struct banthuek *b)
{
    if (b->breaker == NULL)
        b->breaker = breaker_open();
    breaker_words(b->breaker, b->words, b->word_count);
}
