#include "base/ascii.h"
#include "pdf/save.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Objects that are looked through for alike ones at once. */
#define BATCH_MAX 8192
/* So many alike objects are worth being rows, and so long may a row be: padding costs. */
#define ALIKE_MIN 8
#define ROW_MIN 24
#define ROW_MAX 100
/* Objects of a stream: more compress better, but a reader that wants one unpacks them all, and
 * pyHanko reads the numbers of all for each. */
#define HELD_MAX 300

/* Whole numbers of an object that may have blanks before them. */
struct field {
    unsigned from, len;
};

struct object {
    unsigned number;
    size_t at, len;             /* in pack.texts */
    size_t fields, field_count; /* in pack.fields */
    size_t shape;
    size_t row; /* 0: not in a table */
    bool is_aside;
};

/* Objects that differ in their fields only. */
struct shape {
    size_t first, count; /* of the objects that look like this */
    size_t widths;       /* of the first field, in pack.widths */
    size_t row;          /* bytes with fields as wide as they have to be and the line end */
};

struct pack {
    struct arena *arena;
    struct buf texts;
    struct object *objects; /* sorted when they are given out */
    size_t count, next;     /* of them given out */
    struct field *fields;
    size_t field_count, field_cap;
    struct shape *shapes;
    size_t shape_count, shape_cap;
    size_t *slots;     /* hash table of shapes: 1 + index */
    size_t slot_count; /* four times as many as there can be shapes */
    size_t *widths;
    size_t width_count, width_cap;
    unsigned *numbers;
    struct buf loose;
    char *raw, *out; /* of a table */
};

struct pack *
pack_open(struct arena *arena, size_t objects)
{
    struct pack *pack = arena_alloc(arena, sizeof(*pack));
    size_t room = objects < BATCH_MAX ? objects : BATCH_MAX;
    size_t held = room < HELD_MAX ? room : HELD_MAX, table = 2 * held * (ROW_MAX + 1);

    pack->arena = arena;
    pack->texts = pack->loose = buf_in(arena);
    pack->objects = arena_array(arena, room, sizeof(*pack->objects));
    pack->slot_count = 4 * room;
    pack->slots = arena_array(arena, pack->slot_count, sizeof(*pack->slots));
    pack->numbers = arena_array(arena, held, sizeof(*pack->numbers));
    /* never NULL, also where no object has a field or is short enough for a shape */
    pack->fields = arena_grow(arena, NULL, 0, &pack->field_cap, sizeof(*pack->fields), 1024);
    pack->widths = arena_grow(arena, NULL, 0, &pack->width_cap, sizeof(*pack->widths), 256);
    pack->shapes = arena_grow(arena, NULL, 0, &pack->shape_cap, sizeof(*pack->shapes), 64);
    pack->raw = arena_alloc(arena, table);
    pack->out = arena_alloc(arena, table);
    return pack;
}

bool
pack_add(struct pack *pack, unsigned number, struct str text, bool is_aside)
{
    pack->objects[pack->count++] = (struct object){
        .number = number, .at = pack->texts.len, .len = text.len, .is_aside = is_aside};
    buf_add(&pack->texts, text);
    return pack->count == BATCH_MAX;
}

static struct str
text_of(const struct pack *pack, const struct object *object)
{
    return (struct str){pack->texts.ptr + object->at, object->len};
}

/* ---- fields */

/* Behind the string, or the brackets of a dictionary, that begins at `at`. */
static size_t
behind_string(struct str text, size_t at)
{
    int depth = 0;

    if (text.ptr[at] == '<') {
        if (at + 1 < text.len && text.ptr[at + 1] == '<')
            return at + 2;
        while (at < text.len && text.ptr[at] != '>')
            at++;
        return at;
    }
    for (; at < text.len; at++) {
        if (text.ptr[at] == '\\')
            at++;
        else if (text.ptr[at] == '(')
            depth++;
        else if (text.ptr[at] == ')' && --depth == 0)
            return at + 1;
    }
    return text.len;
}

static bool
is_blank(char byte)
{
    return byte == ' ' || byte == '\n';
}

static bool
is_field(struct str text, size_t from, size_t to)
{
    char before = '\0', after = '\0';

    if (from > 0)
        before = text.ptr[from - 1];
    if (to < text.len)
        after = text.ptr[to];
    return (is_blank(before) || before == '[') &&
           (is_blank(after) || after == ']' || after == '/' || after == '>');
}

static void
add_field(struct pack *pack, struct object *object, size_t from, size_t to)
{
    *ARENA_ADD(pack->arena, pack->fields, pack->field_count, pack->field_cap, 1024) =
        (struct field){(unsigned)from, (unsigned)(to - from)};
    object->field_count++;
}

static void
find_fields(struct pack *pack, struct object *object)
{
    struct str text = text_of(pack, object);

    object->fields = pack->field_count;
    for (size_t at = 0; at < text.len;) {
        size_t end = at;

        if (text.ptr[at] == '(' || text.ptr[at] == '<') {
            at = behind_string(text, at);
            continue;
        }
        while (end < text.len && ascii_is_digit(text.ptr[end]))
            end++;
        if (end > at && is_field(text, at, end))
            add_field(pack, object, at, end);
        at = end > at ? end : at + 1;
    }
}

/* What stands before field `index`, or behind the last one. */
static struct str
before_field(const struct pack *pack, const struct object *object, size_t index)
{
    const struct field *fields = pack->fields + object->fields;
    size_t from = index == 0 ? 0 : fields[index - 1].from + fields[index - 1].len;
    size_t to = index == object->field_count ? object->len : fields[index].from;

    return (struct str){pack->texts.ptr + object->at + from, to - from};
}

/* ---- shapes */

/* FNV-1a of what is not in fields. */
static uint64_t
hash_shape(const struct pack *pack, const struct object *object)
{
    uint64_t hash = 0xcbf29ce484222325U;

    for (size_t i = 0; i <= object->field_count; i++) {
        struct str part = before_field(pack, object, i);

        for (size_t k = 0; k < part.len; k++)
            hash = (hash ^ (unsigned char)part.ptr[k]) * 0x100000001b3U;
        hash = (hash ^ 0xff) * 0x100000001b3U;
    }
    return hash ^ hash >> 32;
}

static bool
same_shape(const struct pack *pack, const struct object *a, const struct object *b)
{
    if (a->field_count != b->field_count)
        return false;
    for (size_t i = 0; i <= a->field_count; i++)
        if (!str_eq(before_field(pack, a, i), before_field(pack, b, i)))
            return false;
    return true;
}

static void
add_shape(struct pack *pack, size_t index)
{
    const struct object *object = &pack->objects[index];
    size_t row = object->len + 1;

    *ARENA_ADD(pack->arena, pack->shapes, pack->shape_count, pack->shape_cap, 64) =
        (struct shape){index, 0, pack->width_count, row};
    for (size_t i = 0; i < object->field_count; i++) {
        *ARENA_ADD(pack->arena, pack->widths, pack->width_count, pack->width_cap, 256) =
            pack->fields[object->fields + i].len;
    }
}

static size_t
shape_of(struct pack *pack, size_t index)
{
    const struct object *object = &pack->objects[index];
    size_t slot = hash_shape(pack, object) % pack->slot_count;

    for (; pack->slots[slot] != 0; slot = (slot + 1) % pack->slot_count) {
        size_t found = pack->slots[slot] - 1;

        if (same_shape(pack, object, &pack->objects[pack->shapes[found].first]))
            return found;
    }
    add_shape(pack, index);
    pack->slots[slot] = pack->shape_count;
    return pack->shape_count - 1;
}

/* Counts one more object of a shape, whose fields become as wide as those of the object. */
static void
widen(struct pack *pack, struct shape *shape, const struct object *object)
{
    size_t *widths = pack->widths + shape->widths;

    shape->count++;
    for (size_t i = 0; i < object->field_count; i++) {
        size_t len = pack->fields[object->fields + i].len;

        if (len > widths[i]) {
            shape->row += len - widths[i];
            widths[i] = len;
        }
    }
}

/* Finds out which objects look alike; an object too long for a row has no shape. */
static void
find_shapes(struct pack *pack)
{
    memset(pack->slots, 0, pack->slot_count * sizeof(*pack->slots));
    pack->shape_count = pack->width_count = pack->field_count = 0;
    for (size_t i = 0; i < pack->count; i++) {
        struct object *object = &pack->objects[i];

        if (object->len >= ROW_MAX)
            continue;
        find_fields(pack, object);
        object->shape = shape_of(pack, i);
        widen(pack, &pack->shapes[object->shape], object);
    }
    for (size_t i = 0; i < pack->count; i++) {
        const struct shape *shape = &pack->shapes[pack->objects[i].shape];

        if (pack->objects[i].len < ROW_MAX && shape->count >= ALIKE_MIN && shape->row <= ROW_MAX)
            pack->objects[i].row = shape->row;
    }
}

/* Rows of one length follow each other, and in them those of one shape; before them what is in no
 * table, and of that what is kept aside comes last. */
static int
compare(const void *left, const void *right)
{
    const struct object *a = left, *b = right;

    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->row != 0 && a->shape != b->shape)
        return a->shape < b->shape ? -1 : 1;
    if (a->row == 0 && a->is_aside != b->is_aside)
        return b->is_aside ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* ---- tables */

/* Right-aligned at `end`; returns where it begins. */
static char *
put_number(char *end, size_t number)
{
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return end;
}

/* "   12 345": number and offset, side by side so that what changes is one piece. */
static void
put_head(char *row, size_t columns, unsigned number, size_t offset, size_t last)
{
    size_t width = 1;

    while (last >= 10) {
        last /= 10;
        width++;
    }
    memset(row, ' ', columns - 1);
    row[columns - 1] = '\n';
    (void)put_number(row + columns - 1, offset);
    (void)put_number(row + columns - 2 - width, number);
}

static void
put_row(const struct pack *pack, const struct object *object, char *row, size_t columns)
{
    const struct field *fields = pack->fields + object->fields;
    const size_t *widths = pack->widths + pack->shapes[object->shape].widths;
    const char *text = pack->texts.ptr + object->at;
    size_t to = 0;

    memset(row, ' ', columns - 1);
    row[columns - 1] = '\n';
    for (size_t i = 0; i <= object->field_count; i++) {
        struct str part = before_field(pack, object, i);

        memcpy(row + to, part.ptr, part.len);
        to += part.len;
        if (i == object->field_count)
            break;
        to += widths[i];
        memcpy(row + to - fields[i].len, text + fields[i].from, fields[i].len);
    }
}

/* Puts each row less the one above. A row could also stand as it is, but some readers take such a
   row for nothing but zeros: pyHanko, which many verify signatures with. */
static struct str
filter(struct pack *pack, size_t rows, size_t columns)
{
    const char *row = pack->raw;
    char *out = pack->out;

    for (size_t r = 0; r < rows; r++, row += columns) {
        *out++ = 2;
        for (size_t i = 0; i < columns; i++)
            out[i] = (char)(row[i] - (r == 0 ? 0 : (row - columns)[i]));
        out += columns;
    }
    return (struct str){pack->out, rows * (columns + 1)};
}

static void
pack_rows(struct pack *pack, const struct object *objects, size_t count, struct packed *packed)
{
    size_t columns = objects[count - 1].row < ROW_MIN ? ROW_MIN : objects[count - 1].row;
    char *body = pack->raw + count * columns;

    for (size_t i = 0; i < count; i++) {
        put_head(pack->raw + i * columns, columns, objects[i].number, i * columns,
                 (count - 1) * columns);
        put_row(pack, &objects[i], body + i * columns, columns);
    }
    packed->first = count * columns;
    packed->columns = columns;
    packed->bytes = filter(pack, 2 * count, columns);
}

static void
pack_loose(struct pack *pack, const struct object *objects, size_t count, struct packed *packed)
{
    size_t offset = 0;

    pack->loose.len = 0;
    for (size_t i = 0; i < count; i++) {
        buf_printf(&pack->loose, "%u %zu\n", objects[i].number, offset);
        offset += objects[i].len + 1;
    }
    packed->first = pack->loose.len;
    for (size_t i = 0; i < count; i++) {
        buf_add(&pack->loose, text_of(pack, &objects[i]));
        buf_byte(&pack->loose, '\n');
    }
    packed->columns = 0;
    packed->bytes = buf_str(&pack->loose);
}

bool
pack_next(struct pack *pack, struct packed *packed)
{
    if (pack->next == 0) {
        find_shapes(pack);
        qsort(pack->objects, pack->count, sizeof(*pack->objects), compare);
    }
    if (pack->next == pack->count) {
        pack->count = pack->next = pack->texts.len = 0;
        return false;
    }
    const struct object *objects = pack->objects + pack->next;
    size_t left = pack->count - pack->next, count = 0;
    bool table = objects[0].row > 0;

    while (count < left && count < HELD_MAX && (objects[count].row > 0) == table &&
           (table || objects[count].is_aside == objects[0].is_aside))
        count++;
    if (table)
        pack_rows(pack, objects, count, packed);
    else
        pack_loose(pack, objects, count, packed);
    for (size_t i = 0; i < count; i++)
        pack->numbers[i] = objects[i].number;
    packed->numbers = pack->numbers;
    packed->count = (unsigned)count;
    pack->next += count;
    return true;
}
