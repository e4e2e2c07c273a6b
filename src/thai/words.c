/* The likeliest chain of words, by dynamic programming over the places where a word can begin. */
#include "thai/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "thai/words_table.h"

/* ---- own words: a trie of children and brothers, for they are few and added one by one */

/* Letters of the longest own word that is taken. */
#define WORDS_OWN_LETTERS 100

struct own_node {
    uint32_t child, next; /* indices of nodes; 0 is none, as the root is nobody's child */
    uint8_t code;
    bool ends; /* a word ends here */
    bool part; /* a listed word ends here inside of one */
};

struct words_own {
    struct own_node *node; /* node[0] is the root */
    size_t count, cap;
};

/* Reads the Thai letter at *at as a code and moves past it; 0 and no move for anything else. */
static inline uint8_t
letter_code(struct str text, size_t *at)
{
    const unsigned char *byte = (const unsigned char *)text.ptr + *at;
    unsigned code;

    if (text.len - *at < 3 || byte[0] != 0xE0 || (byte[1] & 0xFE) != 0xB8 ||
        (byte[2] & 0xC0) != 0x80)
        return 0;
    code = (byte[1] & 1u) << 6 | (byte[2] & 0x3Fu);
    if (code == 0 || code > 0x4E || (code > 0x3A && code < 0x40))
        return 0;
    *at += 3;
    return (uint8_t)code;
}

bool
words_are_thai(struct str text)
{
    size_t at = 0;

    while (at < text.len) {
        if (letter_code(text, &at) == 0)
            return false;
    }
    return text.len > 0;
}

/* The node that `code` leads to from `node`, or 0. */
static uint32_t
own_step(const struct words_own *own, uint32_t node, uint8_t code)
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
        uint8_t code = thai ? letter_code(word, &at) : mixed_code(word, &at);
        uint32_t next = own_step(own, node, code);
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
        node = own_step(mixed, node, mixed_code(text, &at));
        if (node == 0)
            break;
        if (mixed->node[node].ends)
            end = at;
    }
    return end;
}

/* ---- words */

/* A run of Thai letters is looked at in windows, so that any text needs the same room. What a
 * window finds near its end is thrown away and found again by the next one. */
#define WINDOW 1024
#define OVERLAP 160

/* Costs in units of 1 / WORDS_COST_UNIT bit. A stretch without words costs 10 + 2.2 per letter in
 * natural units, fitted on UD_Thai-TUD train. */
#ifndef UNKNOWN
#define UNKNOWN 250
#define UNKNOWN_LETTER 105
#endif
#define OWN_WORD 256
#define SIGN 32
#define PLACE_AFTER_TITLE 192 /* at most: the title all but promises a name */

#define NEVER UINT32_MAX

/* How a place is reached at the least cost. */
struct reach {
    uint32_t word;     /* cost of a chain whose last word ends here */
    uint32_t unknown;  /* cost of a chain whose last stretch is unknown up to here */
    uint16_t from;     /* where that word begins */
    uint16_t run_from; /* where that stretch begins */
    uint16_t parts;    /* of that word, index in words_parts */
    bool edge;         /* a word may begin here */
};

struct window {
    struct str text;
    const struct words_own *own;
    size_t start;   /* of the window, in the text */
    size_t count;   /* letters */
    bool continued; /* the window begins inside an unknown stretch */
    bool more;      /* letters follow that have no room */
    size_t edge_count;
    uint8_t code[WINDOW + EDGE_PADDING];
    uint16_t edge[WINDOW + 1]; /* places where a word may begin, the window's end too */
    uint32_t at[WINDOW + 1];   /* place of each letter, from `start` on */
    struct reach reach[WINDOW + 1];
};

/* ---- letters of a window */

/* Takes in the letter; what is typed in two but means one (ํ+า, ํ+tone+า, เเ) becomes that one. */
static void
put(struct window *window, uint8_t code, size_t at)
{
    uint8_t *last = &window->code[window->count];

    if (window->count > 1 && code == 0x32 && edge_is_tone(last[-1]) && last[-2] == EDGE_NIKHAHIT) {
        last[-2] = last[-1];
        last[-1] = EDGE_SARA_AM;
    } else if (window->count > 0 && last[-1] == EDGE_NIKHAHIT && code == 0x32) {
        last[-1] = EDGE_SARA_AM;
    } else if (window->count > 0 && (code == 0x40) & (last[-1] == 0x40)) {
        last[-1] = 0x41;
    } else {
        window->at[window->count++] = (uint32_t)at;
        *last = code;
    }
}

/* Reads letters from `start` on. */
static void
fill(struct window *window, size_t start)
{
    size_t at = start;
    uint8_t code = 0;

    window->start = start;
    window->count = 0;
    while (window->count < WINDOW) {
        size_t before = at;
        if (at >= window->text.len || (code = letter_code(window->text, &at)) == 0)
            break;
        put(window, code, before - start);
    }
    window->more = window->count == WINDOW;
    window->at[window->count] = (uint32_t)(at - start);
    memset(window->code + window->count, 0, EDGE_PADDING);
}

/* ---- names of places */

/* True when what is before the place announces the name of a subdistrict, district or province. */
static bool
after_title(const struct window *window, size_t i)
{
#define TITLE(text)               \
    {                             \
        "" text, sizeof(text) - 1 \
    }
    static const struct str titles[] = {
        TITLE("ตำบล"), TITLE("อำเภอ"), TITLE("จังหวัด"), TITLE("เทศบาลเมือง"), TITLE("เทศบาลนคร"),
        TITLE("เขต"),  TITLE("แขวง"),  TITLE("ต."),    TITLE("อ."),         TITLE("จ."),
        TITLE("อบต."), TITLE("อบจ."),  TITLE("ทต."),   TITLE("ทม."),        TITLE("ทน.")};
#undef TITLE
    const char *text = window->text.ptr;
    size_t at = window->start + window->at[i];

    if (i == 0 && at > 0 && text[at - 1] == ' ')
        at--;
    for (size_t k = 0; at > 0 && k < sizeof titles / sizeof titles[0]; k++) {
        struct str title = titles[k];
        if (text[at - 1] == title.ptr[title.len - 1] && at >= title.len &&
            memcmp(text + at - title.len, title.ptr, title.len) == 0)
            return true;
    }
    return false;
}

/* ---- the chain */

static inline void
relax(struct reach *to, size_t from, uint32_t cost, uint32_t parts)
{
    bool better = cost < to->word;

    /* without a jump, which could not be foreseen */
    to->word = better ? cost : to->word;
    to->from = better ? (uint16_t)from : to->from;
    to->parts = better ? (uint16_t)parts : to->parts;
}

static void
try_place(struct window *window, size_t from, struct reach *to, uint32_t cost, uint32_t slot)
{
    bool titled = after_title(window, from);
    uint32_t word = WORDS_COST(slot);

    if (titled && word > PLACE_AFTER_TITLE)
        word = PLACE_AFTER_TITLE;
    relax(to, from, cost + word, titled ? 0 : WORDS_PARTS(slot));
}

static void
try_listed(struct window *window, size_t from, uint32_t cost)
{
    const uint8_t *code = window->code + from;
    struct reach *to = window->reach + from + 1;
    uint32_t state = WORDS_ROOT;

    for (;; code++, to++) {
        uint32_t slot = words_slots[state + *code];
        if ((slot & WORDS_LABEL) != *code || *code == 0)
            return;
        state = slot >> 8;
        if (((slot & WORDS_ENDS) != 0) & to->edge) {
            slot = words_slots[state];
            if (WORDS_IS_PLACE(slot))
                try_place(window, from, to, cost, slot);
            else
                relax(to, from, cost + WORDS_COST(slot), WORDS_PARTS(slot));
        }
    }
}

/* ๆ and ฯ cost next to nothing wherever they stand. */
static void
try_sign(struct window *window, size_t from, uint32_t cost)
{
    struct reach *to = &window->reach[from + 1];

    if (to->edge)
        relax(to, from, cost + SIGN, 0);
}

static void
try_own(struct window *window, size_t from, uint32_t cost)
{
    uint32_t node = 0;

    for (size_t to = from; to < window->count; to++) {
        node = own_step(window->own, node, window->code[to]);
        if (node == 0)
            return;
        if (window->own->node[node].ends && window->reach[to + 1].edge)
            relax(&window->reach[to + 1], from, cost + OWN_WORD, 0);
    }
}

/* Lists the places where words may begin, and forgets what was known of them. */
static void
start(struct window *window)
{
    struct reach *reach = window->reach;
    size_t count = 0;

    for (size_t i = 0; i < window->count; i++) {
        bool edge = i == 0 || edge_is(window->code, i);
        reach[i].word = reach[i].unknown = NEVER;
        reach[i].edge = edge;
        window->edge[count] = (uint16_t)i;
        count += edge;
    }
    window->edge[count++] = (uint16_t)window->count;
    window->edge_count = count;
    reach[window->count].word = reach[window->count].unknown = NEVER;
    reach[window->count].edge = true;
    if (window->continued)
        reach[0].unknown = 0;
    else
        reach[0].word = 0;
    reach[0].run_from = 0;
}

static void
search(struct window *window)
{
    start(window);
    for (size_t k = 0; k + 1 < window->edge_count; k++) {
        size_t i = window->edge[k], j = window->edge[k + 1];
        struct reach *here = &window->reach[i], *next = &window->reach[j];
        uint32_t word = here->word, run = here->unknown;
        uint32_t cost = word < run ? word : run;
        try_listed(window, i, cost);
        if (edge_is_sign(window->code[i]))
            try_sign(window, i, cost);
        if (window->own != NULL)
            try_own(window, i, cost);
        bool begins = (word < NEVER - UNKNOWN) & (word + UNKNOWN < run);
        run = begins ? word + UNKNOWN : run;
        next->run_from = begins ? (uint16_t)i : here->run_from;
        next->unknown = run + UNKNOWN_LETTER * (uint32_t)(j - i);
    }
}

/* ---- what was found */

/* In emergency only: places before a leading vowel, and after vowels that close a syllable. */
static bool
begins_syllable(const uint8_t *code, size_t i)
{
    uint8_t here = edge_classes[code[i]], last = edge_classes[code[i - 1]];
    uint8_t next = edge_classes[code[i + 1]];
    /* า before a letter with a vowel or tone of its own */
    bool open = (code[i - 1] == 0x32) & ((next & EDGE_DEPENDENT) != 0) & (code[i + 1] != 0x30);

    return ((here & EDGE_LEADING) | (last & EDGE_CLOSING)) != 0 || open;
}

static void
mark_edges(const struct window *window, unsigned char *end)
{
    for (size_t k = 1; k + 1 < window->edge_count; k++) {
        size_t i = window->edge[k];
        if (!edge_is_sign(window->code[i]))
            end[window->start + window->at[i]] =
                i > 1 && begins_syllable(window->code, i) ? WORD_SYLLABLE : WORD_EDGE;
    }
}

static void
mark_word(const struct window *window, size_t from, size_t to, uint64_t parts, unsigned char *end)
{
    if (to < window->count && !edge_is_sign(window->code[to]))
        end[window->start + window->at[to]] = WORD_END;
    for (; parts != 0; parts &= parts - 1) {
        size_t at = from + (size_t)__builtin_ctzll(parts);
        if (at < window->count && !edge_is_sign(window->code[at]))
            end[window->start + window->at[at]] = WORD_PART;
    }
}

/* In emergency only: between the words that an own word is made of. */
static void
mark_own(const struct window *window, size_t from, size_t to, unsigned char *end)
{
    uint32_t node = 0;

    for (size_t i = from; i + 1 < to; i++) {
        node = own_step(window->own, node, window->code[i]);
        if (node == 0)
            return;
        unsigned char *here = &end[window->start + window->at[i + 1]];
        if (window->own->node[node].part && *here == WORD_EDGE)
            *here = WORD_SYLLABLE;
    }
}

/* Marks the chain back from the window's end, but only what lies before the overlap when more is to
 * come. Returns where the next window begins. */
static size_t
mark(struct window *window, unsigned char *end)
{
    size_t limit = window->more ? WINDOW - OVERLAP : window->count;
    size_t to = window->count, next = 0;

    mark_edges(window, end);
    while (to > 0) {
        const struct reach *reach = &window->reach[to];
        bool unknown = reach->unknown < reach->word;
        size_t from = unknown ? reach->run_from : reach->from;
        if (to <= limit && next == 0)
            next = to;
        if (to <= limit)
            mark_word(window, from, to, unknown ? 0 : words_parts[reach->parts], end);
        if (to <= limit && !unknown && window->own != NULL)
            mark_own(window, from, to, end);
        to = from;
    }
    window->continued = next == 0;
    return next == 0 ? limit : next;
}

void
words_find(struct str text, const struct words_own *own, unsigned char *end)
{
    struct window window;

    window.text = text;
    window.own = own;

    memset(end, WORD_INSIDE, text.len);
    for (size_t at = 0; at < text.len;) {
        if ((unsigned char)text.ptr[at] != 0xE0) {
            at++;
            continue;
        }
        window.continued = false;
        do {
            fill(&window, at);
            if (window.count == 0) {
                at++;
                break;
            }
            search(&window);
            at += window.at[mark(&window, end)];
        } while (window.more);
    }
}

#define RULES_VERSION 1u /* one more with every change that cuts otherwise */

uint64_t
words_version(void)
{
    return (uint64_t)RULES_VERSION << 56 | words_hash >> 8;
}
