/* Comparing names, and finding list entries by them. */
#include "schema/names.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "value/value.h"

/* Moves over blanks and what is not seen; true when there was a blank. */
static bool
skip_blanks(struct str name, size_t *at)
{
    bool blank = false;

    while (*at < name.len) {
        size_t next = *at;
        uint32_t code = utf8_next(name, &next);
        if (utf8_is_thai_letter(code) || (code > ' ' && code < 0x7F)) /* most letters by far */
            break;
        if (!utf8_is_blank(code) && !utf8_is_unseen(code))
            break;
        blank = blank || utf8_is_blank(code);
        *at = next;
    }
    return blank;
}

/* The next character as it is compared; 0 at the end. */
static uint32_t
next_folded(struct str name, size_t *at)
{
    bool blank = skip_blanks(name, at);

    if (*at >= name.len)
        return 0;
    if (blank)
        return ' ';
    uint32_t code = utf8_next(name, at);
    if (code >= 0x0E50 && code <= 0x0E59)
        return '0' + (code - 0x0E50);
    if (ascii_is_small(code))
        return code - 'a' + 'A';
    return code;
}

static size_t
start(struct str name)
{
    size_t at = 0;

    (void)skip_blanks(name, &at);
    return at;
}

bool
name_is_one_of(struct str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (name_eq(text, str_of(words[i])))
            return true;
    return false;
}

/* An order of names in which equal ones (name_eq) are together. */
static int
compare(struct str a, struct str b)
{
    size_t i = start(a), j = start(b);

    for (;;) {
        uint32_t x = next_folded(a, &i), y = next_folded(b, &j);
        if (x != y)
            return x < y ? -1 : 1;
        if (x == 0)
            return 0;
    }
}

/* Two Thai letters, which are compared as they are. */
static bool
begin_otherwise(struct str a, struct str b)
{
    size_t i = 0, j = 0;

    if (a.len == 0 || b.len == 0)
        return false;
    uint32_t x = utf8_next(a, &i), y = utf8_next(b, &j);
    return x != y && utf8_is_thai_letter(x) && utf8_is_thai_letter(y);
}

bool
name_eq(struct str a, struct str b)
{
    return str_eq(a, b) || (!begin_otherwise(a, b) && compare(a, b) == 0);
}

bool
name_eq_joined(struct str a, struct str b)
{
    size_t i = 0, j = 0;

    for (;;) {
        (void)skip_blanks(a, &i);
        (void)skip_blanks(b, &j);
        uint32_t x = next_folded(a, &i), y = next_folded(b, &j);
        if (x != y)
            return false;
        if (x == 0)
            return true;
    }
}

struct str
name_joined(struct arena *arena, struct str above, struct str name)
{
    if (above.len == 0)
        return name;
    return str_of(arena_printf(arena, "%.*s.%.*s", STR_FMT(above), STR_FMT(name)));
}

struct str
name_cut(struct str *path)
{
    size_t dot = str_find(*path, STR("."));
    struct str name = str_trim(str_sub(*path, 0, dot));

    *path = dot == SIZE_MAX ? STR("") : str_sub(*path, dot + 1, path->len);
    return name;
}

const struct value *
name_child(const struct value *map, struct str name)
{
    const struct value *child = map != NULL && map->kind == VALUE_MAP ? map->first : NULL;

    while (child != NULL && !name_eq(child->key, name))
        child = child->next;
    return child;
}

const struct value *
name_path(const struct value *value, struct str path)
{
    while (path.len > 0 && value != NULL)
        value = name_child(value, name_cut(&path));
    return value;
}

void
nearest_try(struct nearest *nearest, struct str wanted, struct str name)
{
    size_t distance = str_distance(wanted, name), size = utf8_count(wanted);
    size_t limit = size < 4 ? 1 : size < 8 ? 2 : 3;

    if (distance > limit || distance >= size)
        return;
    if (nearest->name.len == 0 || distance < nearest->distance) {
        nearest->name = name;
        nearest->distance = distance;
    }
}

static int
by_name(const void *a, const void *b)
{
    const struct name_entry *x = a, *y = b;
    int order = compare(x->name, y->name);

    if (order != 0)
        return order;
    return (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
}

struct name_index
name_index_of(struct arena *arena, const struct value *list, struct str key)
{
    struct name_index index = {NULL, 0};
    size_t ordinal = 0;

    if (list == NULL || list->kind != VALUE_LIST || list->count == 0)
        return index;
    index.entries = arena_array(arena, list->count, sizeof index.entries[0]);
    for (struct value *entry = list->first; entry != NULL; entry = entry->next, ordinal++) {
        const struct value *name = value_get(entry, key);
        if (name != NULL && name->text.len > 0)
            index.entries[index.count++] = (struct name_entry){name->text, entry, ordinal};
    }
    if (index.count > 1)
        qsort(index.entries, index.count, sizeof index.entries[0], by_name);
    return index;
}

const struct name_entry *
name_index_find(const struct name_index *index, struct str name)
{
    size_t low = 0, high = index->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(index->entries[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < index->count && name_eq(index->entries[low].name, name))
        return &index->entries[low];
    return NULL;
}
