/* Makes the table of words_table.h as C source:
 * compile WORDS.tsv FINER.tsv PLACES.tsv TERMS.tsv >table.c
 * The same lists give the same bytes on every machine: there is no floating point in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "thai/words_table.h"

#define WORD_MAX 63 /* letters; what is longer is left out */
#define SLOTS_MAX (1u << 24)
#define PARTS_MAX (1u << 12)
#define SEARCH 1024 /* slots before the end in which room for a state is looked for */

/* Made-up extra occurrences, so that words never counted have a cost too; in 1/16. */
#define COUNT_EXTRA 16

/* A compound is parted where both parts are words at least so common; rare ones are too often what
 * is left of a word when a common one is found in it. Fitted on UD_Thai-TUD train. */
#define PART_COUNT 1500

enum kind { KIND_TERM, KIND_WORD, KIND_PLACE };

/* From which made-up count on a place is a province; see make-lists. */
#define PROVINCE_COUNT 2000

struct word {
    uint8_t code[WORD_MAX + EDGE_PADDING];
    size_t len;
    uint64_t count;
    uint32_t cost;
    enum kind kind;
    bool place;
    uint64_t bits; /* of a term: where its parts begin */
    uint32_t parts;
};

struct list {
    struct word *word;
    size_t count, cap;
    uint64_t total;
};

static uint32_t *slots;
static unsigned char *base_used;
static uint32_t slot_count = WORDS_ROOT + EDGE_CODES, first_free = WORDS_ROOT;
static uint64_t parts[PARTS_MAX];
static uint32_t parts_count = 1;

static _Noreturn void
fail(const char *what, const char *name, size_t line)
{
    fprintf(stderr, "compile: %s: %s:%zu\n", what, name, line);
    exit(1);
}

/* ---- lists */

/* Reads Thai letters as codes, and "¦" as the begin of a part; false when there is anything else or
 * too much. */
static bool
encode(const char *text, const char *end, struct word *word)
{
    for (const unsigned char *c = (const unsigned char *)text; c < (const unsigned char *)end;) {
        unsigned value = c[0] == 0xE0 ? (c[1] & 0x3Fu) << 6 | (c[2] & 0x3Fu) : 0;
        if (c[0] == 0xC2 && c[1] == 0xA6 && word->len > 0 && word->kind == KIND_TERM) {
            word->bits |= (uint64_t)1 << word->len;
            c += 2;
            continue;
        }
        if (value <= 0xE00 || value > 0xE4E || (value > 0xE3A && value < 0xE40) ||
            word->len == WORD_MAX)
            return false;
        word->code[word->len++] = (uint8_t)(value - 0xE00);
        c += 3;
    }
    return word->len > 0;
}

static void
add(struct list *list, struct word word)
{
    if (list->count == list->cap) {
        list->cap = list->cap == 0 ? 1024 : list->cap * 2;
        list->word = realloc(list->word, list->cap * sizeof *list->word);
        if (list->word == NULL)
            fail("no memory", "", 0);
    }
    list->word[list->count++] = word;
}

static void
read_list(const char *path, enum kind kind, struct list *list)
{
    char line[1024];
    FILE *file = fopen(path, "r");

    if (file == NULL)
        fail("cannot open", path, 0);
    for (size_t number = 1; fgets(line, sizeof line, file) != NULL; number++) {
        char *tab = strchr(line, '\t');
        struct word word = {.kind = kind, .place = kind == KIND_PLACE};
        if (tab == NULL || !encode(line, tab, &word))
            fail("no Thai word and count", path, number);
        word.count = strtoull(tab + 1, NULL, 10);
        list->total += kind == KIND_WORD ? word.count : 0;
        add(list, word);
    }
    if (fclose(file) != 0)
        fail("cannot read", path, 0);
}

static int
compare(const void *one, const void *other)
{
    const struct word *a = one, *b = other;
    int order = memcmp(a->code, b->code, (a->len < b->len ? a->len : b->len));

    if (order != 0)
        return order;
    if (a->len != b->len)
        return a->len < b->len ? -1 : 1;
    return (int)a->kind - (int)b->kind;
}

/* What is listed twice is one: a term with its parts before a word, and that with its count before
 * a place, whose count is made up. */
static void
sort_list(struct list *list)
{
    size_t kept = 0;

    if (list->word == NULL)
        return;
    qsort(list->word, list->count, sizeof *list->word, compare);
    for (size_t i = 0; i < list->count; i++) {
        struct word *last = kept == 0 ? NULL : &list->word[kept - 1];
        if (last != NULL && last->len == list->word[i].len &&
            memcmp(last->code, list->word[i].code, last->len) == 0) {
            last->place = last->place || list->word[i].place;
            if (list->word[i].kind == KIND_WORD && list->word[i].count > last->count)
                last->count = list->word[i].count;
        } else {
            list->word[kept++] = list->word[i];
        }
    }
    list->count = kept;
}

/* ---- costs */

/* log2 of n / 2^16 in units of 1 / WORDS_COST_UNIT, rounded down; n ≥ 2^16. */
static uint32_t
log2_units(uint64_t n)
{
    uint32_t whole = 0, bits = 0;
    __extension__ unsigned __int128 x;

    while (n >> (whole + 1) != 0)
        whole++;
    x = n;
    x = x << 63 >> whole; /* 1 ≤ x / 2^63 < 2 */
    for (uint32_t unit = WORDS_COST_UNIT / 2; unit > 0; unit /= 2) {
        x = x * x >> 63;
        if (x >> 64 != 0) {
            x >>= 1;
            bits += unit;
        }
    }
    return (whole - 16) * WORDS_COST_UNIT + bits;
}

static void
weigh(struct list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct word *word = &list->word[i];
        uint64_t total = list->total << 4, count = (word->count << 4) + COUNT_EXTRA;
        word->cost = total > count ? log2_units((total << 16) / count) : 0;
        if (word->cost > WORDS_COST_MAX)
            word->cost = WORDS_COST_MAX;
    }
}

/* ---- parts of compounds */

static const struct word *
find(const struct list *list, const uint8_t *code, size_t len)
{
    struct word key = {.len = len, .kind = KIND_WORD};
    size_t low = 0, high = list->count;

    memcpy(key.code, code, len);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare(&list->word[middle], &key);
        if (order == 0)
            return &list->word[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* What is known of a chain of finer words that ends at a place. */
struct chain {
    size_t from;   /* where its last word begins */
    uint32_t cost; /* UINT32_MAX when there is none */
    bool common;   /* that word is */
};

static void
reach(const struct list *finer, const struct word *word, struct chain *chain, size_t to)
{
    chain[to].cost = UINT32_MAX;
    if (to < word->len && (!edge_is(word->code, to) || edge_is_sign(word->code[to])))
        return;
    for (size_t at = 0; at < to; at++) {
        const struct word *part =
            chain[at].cost == UINT32_MAX ? NULL : find(finer, word->code + at, to - at);
        if (part != NULL && chain[at].cost + part->cost < chain[to].cost)
            chain[to] = (struct chain){.cost = chain[at].cost + part->cost,
                                       .from = at,
                                       .common = part->count >= PART_COUNT};
    }
}

/* The likeliest chain of finer words that makes up the word, as bits where common ones meet. */
static uint64_t
split(const struct list *finer, const struct word *word)
{
    struct chain chain[WORD_MAX + 1] = {{0}};
    uint64_t bits = 0;

    for (size_t to = 1; to <= word->len; to++)
        reach(finer, word, chain, to);
    if (chain[word->len].cost == UINT32_MAX)
        return 0;
    for (size_t to = word->len, at; (at = chain[to].from) > 0; to = at) {
        if (chain[to].common && chain[at].common)
            bits |= (uint64_t)1 << at;
    }
    return bits;
}

static uint32_t
parts_index(uint64_t bits)
{
    for (uint32_t i = 0; i < parts_count; i++) {
        if (parts[i] == bits)
            return i;
    }
    if (parts_count == PARTS_MAX)
        fail("too many ways to part words", "", 0);
    parts[parts_count] = bits;
    return parts_count++;
}

/* ---- the trie */

static bool
fits(uint32_t base, const uint8_t *labels, size_t count)
{
    if (base_used[base])
        return false;
    for (size_t i = 0; i < count; i++) {
        if (slots[base + labels[i]] != UINT32_MAX)
            return false;
    }
    return true;
}

static uint32_t
place_state(const uint8_t *labels, size_t count)
{
    uint32_t base;

    /* gaps further back are few and not worth the time */
    while (slots[first_free] != UINT32_MAX)
        first_free++;
    base = first_free;
    if (slot_count > first_free + SEARCH)
        base = slot_count - SEARCH;
    base = base > (uint32_t)labels[0] + WORDS_ROOT ? base - labels[0] : WORDS_ROOT;
    while (base + 2 * EDGE_CODES < SLOTS_MAX && !fits(base, labels, count))
        base++;
    if (base + 2 * EDGE_CODES >= SLOTS_MAX)
        fail("too many words", "", 0);
    base_used[base] = 1;
    for (size_t i = 0; i < count; i++)
        slots[base + labels[i]] = labels[i];
    if (base + EDGE_CODES > slot_count)
        slot_count = base + EDGE_CODES;
    return base;
}

/* Words low … high - 1 share their first `depth` codes, which lead to slots[parent]. */
struct state {
    size_t low, high, depth;
    uint32_t parent;
};

/* What leads on from a state: codes, ascending, 0 first if it ends a word, and where the words of
 * each begin. */
static size_t
children(const struct list *list, const struct state *state, uint8_t *labels, size_t *begin)
{
    size_t count = 0;

    for (size_t i = state->low; i < state->high; i++) {
        const struct word *word = &list->word[i];
        uint8_t label = state->depth < word->len ? word->code[state->depth] : 0;
        if (count == 0 || labels[count - 1] != label) {
            labels[count] = label;
            begin[count++] = i;
        }
    }
    begin[count] = state->high;
    return count;
}

/* Level by level, so that the first letters of all words, which are looked at most, lie together.
 */
static void
build(const struct list *list)
{
    struct state *queue = calloc(SLOTS_MAX, sizeof *queue);
    size_t first = 0, last = 0;

    if (queue == NULL)
        fail("no memory", "", 0);
    queue[last++] = (struct state){.high = list->count};
    while (first < last) {
        struct state state = queue[first++];
        uint8_t labels[EDGE_CODES] = {0};
        size_t begin[EDGE_CODES + 1], count = children(list, &state, labels, begin);
        uint32_t base = place_state(labels, count);
        if (first > 1)
            slots[state.parent] |= base << 8 | (labels[0] == 0 ? WORDS_ENDS : 0);
        else if (base != WORDS_ROOT)
            fail("the root is not where it belongs", "", 0);
        for (size_t i = 0; i < count; i++) {
            const struct word *word = &list->word[begin[i]];
            if (labels[i] == 0)
                slots[base] = word->cost << 8 | (uint32_t)word->place << 19 | word->parts << 20;
            else
                queue[last++] =
                    (struct state){begin[i], begin[i + 1], state.depth + 1, base + labels[i]};
        }
    }
    free(queue);
}

/* FNV-1a of 64 bits over all that is printed. */
static uint64_t
hash(uint64_t hash, uint64_t value)
{
    for (int i = 0; i < 64; i += 8)
        hash = (hash ^ (value >> i & 0xFF)) * 0x100000001B3u;
    return hash;
}

static void
print(void)
{
    uint64_t version = 0xCBF29CE484222325u;

    printf("#include \"thai/words_table.h\"\n\nconst uint32_t words_slots[] = {");
    for (uint32_t i = 0; i < slot_count; i++) {
        version = hash(version, slots[i]);
        printf("%s0x%X,", i % 12 == 0 ? "\n" : "", slots[i]);
    }
    printf("};\n\nconst uint64_t words_parts[] = {");
    for (uint32_t i = 0; i < parts_count; i++) {
        version = hash(version, parts[i]);
        printf("%s0x%llX,", i % 8 == 0 ? "\n" : "", (unsigned long long)parts[i]);
    }
    printf("};\n\nconst uint64_t words_hash = 0x%016llX;\n", (unsigned long long)version);
}

int
main(int argc, char **argv)
{
    struct list words = {0}, finer = {0};

    if (argc != 5) {
        fprintf(stderr, "usage: compile WORDS.tsv FINER.tsv PLACES.tsv TERMS.tsv\n");
        return 2;
    }
    slots = malloc(SLOTS_MAX * sizeof *slots);
    base_used = calloc(SLOTS_MAX, 1);
    if (slots == NULL || base_used == NULL)
        fail("no memory", "", 0);
    memset(slots, 0xFF, SLOTS_MAX * sizeof *slots);
    read_list(argv[1], KIND_WORD, &words);
    read_list(argv[2], KIND_WORD, &finer);
    read_list(argv[3], KIND_PLACE, &words);
    read_list(argv[4], KIND_TERM, &words);
    sort_list(&words);
    sort_list(&finer);
    weigh(&words);
    weigh(&finer);
    for (size_t i = 0; i < words.count; i++) {
        struct word *word = &words.word[i];
        uint64_t bits = word->kind == KIND_TERM ? word->bits : split(&finer, word);
        /* a name that is made of common words is one after its title only, but for provinces */
        if (word->kind != KIND_PLACE)
            word->parts = parts_index(bits);
        else if (bits != 0 && word->count < PROVINCE_COUNT)
            word->cost = WORDS_COST_MAX;
    }
    build(&words);
    print();
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
