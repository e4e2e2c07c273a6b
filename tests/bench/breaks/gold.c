/* Reads gold text; see gold.h. */
#include "gold.h"
#include "base/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"

#define BYTES_MAX 100000000

static bool
is_thai(uint32_t c)
{
    return (c >= 0x0E01 && c <= 0x0E3A) || (c >= 0x0E40 && c <= 0x0E4E);
}

bool
gold_is_between(struct str text, size_t i)
{
    size_t before = i, at = i;

    return i > 0 && i < text.len && is_thai(utf8_prev(text, &before)) &&
           is_thai(utf8_next(text, &at));
}

/* True when the byte at i, which is ASCII, stands between two Thai letters. */
static bool
is_between_thai(struct str text, size_t i)
{
    size_t before = i, after = i + 1;

    return i > 0 && after < text.len && is_thai(utf8_prev(text, &before)) &&
           is_thai(utf8_next(text, &after));
}

static int
compare(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool
is_word(const struct gold *gold, struct str text)
{
    return bsearch(&text, gold->words, gold->word_count, sizeof text, compare) != NULL;
}

bool
gold_is_chain(const struct gold *gold, struct str text)
{
    bool *reached = calloc(text.len + 1, sizeof *reached);
    bool whole;

    if (reached == NULL)
        abort();
    reached[0] = true;
    for (size_t to = 1; to <= text.len; to++) {
        for (size_t from = 0; from < to && !reached[to]; from++)
            reached[to] = reached[from] && is_word(gold, str_sub(text, from, to - from));
    }
    whole = reached[text.len];
    free(reached);
    return whole;
}

bool
gold_is_hard(const struct gold *gold, const struct gold_text *one, size_t at)
{
    size_t from = at, to = at;

    while (one->place[from] != GOLD_GOOD)
        from--;
    while (to < one->text.len && one->place[to] != GOLD_GOOD)
        to++;
    return !gold_is_chain(gold, str_sub(one->text, from, at - from)) ||
           !gold_is_chain(gold, str_trim(str_sub(one->text, at, to - at)));
}

static struct gold_text *
add(struct arena *arena, struct gold *gold, size_t *cap, struct str text,
    const unsigned char *place)
{
    gold->texts = arena_grow(arena, gold->texts, gold->count, cap, sizeof *gold->texts, 256);
    struct gold_text *one = &gold->texts[gold->count++];
    one->text = str_dup(arena, text);
    one->place = arena_alloc(arena, text.len + 1);
    memcpy(one->place, place, text.len);
    return one;
}

/* ---- CoNLL-U */

static struct str
field(struct str line, int number)
{
    for (; number > 0; number--) {
        size_t tab = str_find(line, STR("\t"));
        line = tab == SIZE_MAX ? STR("") : str_sub(line, tab + 1, line.len);
    }
    return str_sub(line, 0, str_find(line, STR("\t")));
}

static void
read_words(struct arena *arena, struct gold *gold, struct str rest)
{
    struct buf text = buf_in(arena);
    unsigned char *place = calloc(rest.len + 1, 1);
    struct str line;
    size_t cap = 0, word_cap = 0, kept = 0;

    if (place == NULL)
        abort();
    while (str_line(&rest, &line)) {
        if (line.len == 0 && text.len > 0) {
            add(arena, gold, &cap, str_trim(buf_str(&text)), place);
            memset(place, 0, text.len);
            text.len = 0;
        }
        struct str id = field(line, 0), form = field(line, 1);
        /* words of a token that is given as a whole, and empty ones, do not stand in the text */
        if (line.len == 0 || line.ptr[0] == '#' || form.len == 0 ||
            str_find(id, STR("-")) != SIZE_MAX || str_find(id, STR(".")) != SIZE_MAX)
            continue;
        place[text.len] = GOLD_GOOD;
        buf_add(&text, form);
        if (str_find(field(line, 9), STR("SpaceAfter=No")) == SIZE_MAX)
            buf_byte(&text, ' ');
        gold->words =
            arena_grow(arena, gold->words, gold->word_count, &word_cap, sizeof form, 4096);
        gold->words[gold->word_count++] = form;
    }
    if (text.len > 0)
        add(arena, gold, &cap, str_trim(buf_str(&text)), place);
    free(place);
    qsort(gold->words, gold->word_count, sizeof *gold->words, compare);
    for (size_t i = 0; i < gold->word_count; i++) {
        if (kept == 0 || !str_eq(gold->words[kept - 1], gold->words[i]))
            gold->words[kept++] = gold->words[i];
    }
    gold->word_count = kept;
}

/* ---- marked prose */

static void
read_marked(struct arena *arena, struct gold *gold, struct str rest)
{
    struct str line;
    size_t cap = 0;

    gold->marked = true;
    while (str_line(&rest, &line)) {
        struct buf text = buf_in(arena);
        unsigned char *place = arena_alloc(arena, line.len + 1);
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        for (size_t i = 0; i < line.len; i++) {
            char c = line.ptr[i];
            /* between Thai letters only: there are also and/or, 1/2, https:// */
            if (c == '|' || (c == '/' && is_between_thai(line, i))) {
                place[text.len] = c == '|' ? GOLD_GOOD : GOLD_TOLERABLE;
                continue;
            }
            buf_byte(&text, c == '~' ? ' ' : c);
            if (c == '~')
                place[text.len] = GOLD_FORBIDDEN;
            else if (c == ' ')
                place[text.len] = GOLD_GOOD;
        }
        add(arena, gold, &cap, buf_str(&text), place);
    }
}

struct gold *
gold_read(struct arena *arena, const char *path)
{
    struct diags *diags = diags_new();
    struct gold *gold = arena_alloc(arena, sizeof *gold);
    struct str bytes;

    if (!files_read(files_system(), arena, diags, POS_NONE, path, BYTES_MAX, &bytes)) {
        fprintf(stderr, "breaks: cannot read %s\n", path);
        exit(1);
    }
    diags_free(diags);
    if (str_find(bytes, STR("\t")) == SIZE_MAX)
        read_marked(arena, gold, bytes);
    else
        read_words(arena, gold, bytes);
    return gold;
}
