#include "doc/refer.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "thai/digits.h"

/* For so many links that lead nowhere the nearest id is looked for, which takes long. */
#define NEAREST_MAX 20

/* An id, or words with their digits in one script. */
struct name {
    struct str text;
    const struct node_attribute *attribute;
    const struct node *node;
};

struct names {
    struct name *name; /* by text, then in the order of the document */
    size_t count, cap;
};

struct refers {
    struct names ids, words;
    bool begins[256]; /* key_of() the characters that words begin with */
    size_t nodes;
};

static uint32_t
code_at(struct str text, size_t at)
{
    return at < text.len ? utf8_next(text, &at) : ' ';
}

/* The same for characters that are alike where words are compared, and for few others: it tells
 * fast that no words begin with a character. */
static unsigned char
key_of(uint32_t c)
{
    int digit = digits_value(c);

    return (unsigned char)(digit >= 0 ? '0' + (unsigned)digit : c & 0xff);
}

/* ---- collecting */

static const struct node_attribute *
find_named(const struct node *node, const char *name)
{
    const struct node_attribute *attribute = node->attributes;

    while (attribute != NULL && strcmp(attribute_info(attribute->name)->name, name) != 0)
        attribute = attribute->next;
    return attribute;
}

/* One byte of the text as words are compared. */
static unsigned char
fold_next(struct str text, size_t *at)
{
    const unsigned char *byte = (const unsigned char *)text.ptr + *at;
    size_t left = text.len - *at;

    if (left >= 3 && byte[0] == 0xe0 && byte[1] == 0xb9 && byte[2] >= 0x90 && byte[2] <= 0x99) {
        *at += 3;
        return (unsigned char)('0' + (byte[2] - 0x90));
    }
    if (left >= 2 && byte[0] == 0xc2 && byte[1] == 0xa0) {
        *at += 2;
        return ' ';
    }
    *at += 1;
    return byte[0] == '\n' || byte[0] == '\t' ? ' ' : byte[0];
}

static struct str
fold(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < text.len;)
        buf_byte(&out, (char)fold_next(text, &at));
    return buf_str(&out);
}

static void
add_name(struct arena *arena, struct names *names, struct str text, const struct node *node,
         const struct node_attribute *attribute)
{
    text = str_trim(text);
    if (text.len == 0 || text.len > REFER_MAX)
        return;
    *ARENA_ADD(arena, names->name, names->count, names->cap, 16) =
        (struct name){text, attribute, node};
}

static void
add_words(struct arena *arena, struct names *words, const struct node *node,
          const struct node_attribute *attribute)
{
    struct str rest = attribute->value;

    while (rest.len > 0) {
        size_t end = str_find(rest, STR("|"));

        add_name(arena, words, fold(arena, str_sub(rest, 0, end)), node, attribute);
        rest = end == SIZE_MAX ? STR("") : str_sub(rest, end + 1, rest.len);
    }
}

static int
compare_names(const void *a, const void *b)
{
    const struct name *first = a, *second = b;
    int order = str_cmp(first->text, second->text);

    if (order != 0 || first->node->id == second->node->id)
        return order;
    return first->node->id < second->node->id ? -1 : 1;
}

static void
sort_names(struct names *names)
{
    if (names->count > 1)
        qsort(names->name, names->count, sizeof *names->name, compare_names);
}

struct refers *
refers_new(struct arena *arena, const struct node *root)
{
    struct refers *refers = arena_alloc(arena, sizeof *refers);

    for (const struct node *node = root; node != NULL; node = node_after(node, root)) {
        if (node->id >= refers->nodes)
            refers->nodes = (size_t)node->id + 1;
        if (node->kind != NODE_ELEMENT || node->attributes == NULL)
            continue;
        const struct node_attribute *id = find_named(node, "id"),
                                    *refer = find_named(node, "refer");
        if (id != NULL)
            add_name(arena, &refers->ids, id->value, node, id);
        if (refer != NULL)
            add_words(arena, &refers->words, node, refer);
    }
    sort_names(&refers->ids);
    sort_names(&refers->words);
    for (size_t i = 0; i < refers->words.count; i++)
        refers->begins[key_of(code_at(refers->words.name[i].text, 0))] = true;
    return refers;
}

size_t
refers_nodes(const struct refers *refers)
{
    return refers->nodes;
}

size_t
refers_count(const struct refers *refers)
{
    return refers->ids.count + refers->words.count;
}

/* ---- finding */

const struct node *
refers_find(const struct refers *refers, struct str id)
{
    size_t low = 0, high = refers->ids.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_cmp(refers->ids.name[middle].text, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < refers->ids.count && str_eq(refers->ids.name[low].text, id)
               ? refers->ids.name[low].node
               : NULL;
}

/* The first word of those from..to-1, all alike in their first `depth` bytes, whose next byte is
 * not below `byte`. */
static size_t
first_not_below(const struct names *words, size_t from, size_t to, size_t depth, int byte)
{
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        struct str text = words->name[middle].text;

        if (text.len <= depth || (unsigned char)text.ptr[depth] < byte)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static bool
is_latin(uint32_t c)
{
    return digits_value(c) >= 0 || c == '_' || ascii_is_letter(c) || (c >= 0xc0 && c <= 0x24f);
}

/* Whether words may end (or begin) between two characters. */
static bool
is_edge(uint32_t before, uint32_t after)
{
    if (is_latin(before) && is_latin(after))
        return false;
    if (!utf8_is_thai_letter(before) || !utf8_is_thai_letter(after))
        return true;
    /* vowels that stand before their consonant; signs that follow it */
    return !(before >= 0xe40 && before <= 0xe44) && !(after >= 0xe30 && after <= 0xe3a) &&
           !(after >= 0xe45 && after != 0xe46);
}

static uint32_t
code_before(struct str text, size_t at)
{
    return at > 0 ? utf8_prev(text, &at) : ' ';
}

static bool
ends_at(struct str text, size_t at)
{
    uint32_t after = code_at(text, at);

    /* "O2.1" does not speak of O2 */
    if (after == '.' && digits_value(code_before(text, at)) >= 0 &&
        digits_value(code_at(text, at + 1)) >= 0)
        return false;
    return is_edge(code_before(text, at), after);
}

/* The longest words that stand at `from`; *to is where they end. */
static const struct node *
longest_at(const struct names *words, struct str text, size_t from, size_t *to)
{
    const struct node *found = NULL;
    size_t low = 0, high = words->count;

    for (size_t at = from, depth = 0; at < text.len && low < high; depth++) {
        int byte = fold_next(text, &at);

        low = first_not_below(words, low, high, depth, byte);
        high = first_not_below(words, low, high, depth, byte + 1);
        if (low < high && words->name[low].text.len == depth + 1 && ends_at(text, at)) {
            found = words->name[low].node;
            *to = at;
        }
    }
    return found;
}

const struct node *
refers_next(const struct refers *refers, struct str text, size_t *from, size_t *to)
{
    if (refers->words.count == 0)
        return NULL;
    for (size_t at = *to, next = at; at < text.len; at = next) {
        const struct node *found;
        uint32_t c = utf8_next(text, &next);

        if (!refers->begins[key_of(c)] || !is_edge(code_before(text, at), c))
            continue;
        found = longest_at(&refers->words, text, at, to);
        if (found == NULL)
            continue;
        *from = at;
        return found;
    }
    return NULL;
}

/* ---- where links lead */

static bool
has_scheme(struct str href, const char *scheme)
{
    return href.len > strlen(scheme) && str_starts_same(href, str_of(scheme));
}

enum href_kind
href_kind(struct str href)
{
    href = str_trim(href);
    if (href.len == 0 || str_is(href, "#"))
        return HREF_NONE;
    if (href.ptr[0] == '#')
        return HREF_INSIDE;
    if (href.len <= HREF_MAX && (has_scheme(href, "http://") || has_scheme(href, "https://") ||
                                 has_scheme(href, "mailto:") || has_scheme(href, "tel:")))
        return HREF_OUTSIDE;
    return HREF_REFUSED;
}

/* ---- checking */

struct check {
    struct diags *diags;
    const struct refers *refers;
    size_t nowhere; /* links that lead to no element */
};

static struct str
nearest_id(const struct names *ids, struct str id)
{
    size_t best = 4;
    struct str found = STR("");

    for (size_t i = 0; i < ids->count; i++) {
        size_t distance = str_distance(id, ids->name[i].text);

        if (distance < best && distance * 2 < utf8_count(id)) {
            best = distance;
            found = ids->name[i].text;
        }
    }
    return found;
}

static void
warn_nowhere(struct check *check, const struct node_attribute *href, struct str id)
{
    struct str near =
        check->nowhere++ < NEAREST_MAX ? nearest_id(&check->refers->ids, id) : STR("");

    diag_add(check->diags, near.len > 0 ? DIAG_DOC_LINK_NEAR : DIAG_DOC_LINK_NOWHERE, href->pos,
             diag_str(check->diags, id), diag_str(check->diags, near), NULL);
}

static bool
check_address(struct check *check, const struct node *node)
{
    const struct node_attribute *href = node_find(node, ATTRIBUTE_a_href);
    struct str text;

    if (href == NULL)
        return true;
    text = str_trim(href->value);
    switch (href_kind(text)) {
    case HREF_NONE:
    case HREF_OUTSIDE:
        return true;
    case HREF_INSIDE:
        text = str_sub(text, 1, text.len);
        if (refers_find(check->refers, text) == NULL)
            warn_nowhere(check, href, text);
        return true;
    case HREF_REFUSED:
        break;
    }
    diag_add(check->diags, DIAG_DOC_LINK_ADDRESS, href->pos, diag_str(check->diags, text), NULL,
             NULL);
    return false;
}

static bool
check_nesting(struct check *check, const struct node *node)
{
    for (const struct node *outer = node->parent; outer != NULL; outer = outer->parent) {
        if (outer->element != ELEMENT_a)
            continue;
        diag_add(check->diags, DIAG_DOC_MISPLACED, node->pos, "<a>", "<a>", NULL);
        return false;
    }
    return true;
}

static bool
same_place(struct pos a, struct pos b)
{
    return a.file == b.file && a.line == b.line && a.column == b.column;
}

/* Names are in order, so that equal ones follow each other; of those that a loop makes one is told.
 */
static void
check_twice(struct diags *diags, const struct names *names)
{
    const struct name *first = NULL;
    struct pos told = POS_NONE;

    for (size_t i = 0; i < names->count; i++) {
        const struct name *name = &names->name[i];

        if (first == NULL || !str_eq(first->text, name->text)) {
            first = name;
            told = POS_NONE;
        } else if (first->node != name->node && !same_place(told, name->attribute->pos)) {
            told = name->attribute->pos;
            diag_add(diags, DIAG_DOC_ID_TWICE, name->attribute->pos,
                     attribute_info(name->attribute->name)->name, diag_str(diags, name->text),
                     diag_place(diags, first->attribute->pos));
        }
    }
}

bool
refers_check(struct diags *diags, const struct node *root)
{
    struct arena *arena = arena_new(0);
    const struct refers *refers = refers_new(arena, root);
    struct check check = {diags, refers, 0};
    bool good = true;

    for (const struct node *node = root; node != NULL; node = node_after(node, root)) {
        if (node_is_a(node, ELEMENT_a))
            good = check_address(&check, node) && check_nesting(&check, node) && good;
    }
    check_twice(diags, &refers->ids);
    check_twice(diags, &refers->words);
    arena_free(arena);
    return good;
}
