/* What the readers have in common: limits, normalising, keys. */
#include "value/reader.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "thai/normal.h"

struct reader
reader_open(struct arena *arena, struct diags *diags, const char *file)
{
    return (struct reader){.arena = arena, .scratch = arena_new(0), .diags = diags, .file = file};
}

void
reader_close(struct reader *reader)
{
    if (reader->log.mended > 0)
        diag_add(reader->diags, DIAG_DATA_NORMALISED, reader->log.mended_at,
                 diag_printf(reader->diags, "%zu", reader->log.mended), NULL, NULL);
    normal_tell(reader->diags, &reader->log);
    arena_free(reader->scratch);
    reader->scratch = NULL;
}

bool
reader_check_size(struct reader *reader, struct str bytes)
{
    if (bytes.len <= VALUE_BYTES_MAX)
        return true;
    reader_error(reader, DIAG_DATA_TOO_LARGE, (struct pos){reader->file, 0, 0},
                 diag_printf(reader->diags, "%zu", VALUE_BYTES_MAX >> 20), NULL, NULL);
    return false;
}

bool
reader_check_filled(struct reader *reader, struct str bytes)
{
    if (utf8_trim(bytes).len > 0)
        return true;
    reader_error(reader, DIAG_DATA_EMPTY, (struct pos){reader->file, 0, 0},
                 diag_printf(reader->diags, "%zu", bytes.len), NULL, NULL);
    return false;
}

void
reader_error(struct reader *reader, enum diag_code code, struct pos pos, const char *arg1,
             const char *arg2, const char *arg3)
{
    diag_add(reader->diags, code, pos, arg1, arg2, arg3);
    if (diag_code_level(code) == DIAG_ERROR)
        reader->errors++;
    if (reader->errors >= READER_ERRORS_MAX)
        reader->stop = true;
}

struct value *
reader_value(struct reader *reader, enum value_kind kind, struct pos pos)
{
    if (reader->count >= VALUE_COUNT_MAX) {
        if (!reader->stop)
            reader_error(reader, DIAG_DATA_TOO_MANY, pos,
                         diag_printf(reader->diags, "%d", VALUE_COUNT_MAX), NULL, NULL);
        reader->stop = true;
        return NULL;
    }
    reader->count++;
    return value_new(reader->arena, kind, pos);
}

bool
reader_check_depth(struct reader *reader, struct pos pos, unsigned depth)
{
    if (depth <= VALUE_DEPTH_MAX)
        return true;
    reader_error(reader, DIAG_DATA_TOO_DEEP, pos, diag_printf(reader->diags, "%d", VALUE_DEPTH_MAX),
                 NULL, NULL);
    reader->stop = true;
    return false;
}

/* `at` is where the copy is asked for; that is where a message sends to. */
static struct value *
copy_at(struct reader *reader, const struct value *from, struct pos at, unsigned depth)
{
    bool nests = from->kind == VALUE_LIST || from->kind == VALUE_MAP;

    if (nests && !reader_check_depth(reader, at, depth))
        return NULL;
    struct value *copy = reader_value(reader, from->kind, at);
    if (copy == NULL)
        return NULL;
    *copy = *from;
    copy->first = copy->last = copy->next = NULL;
    copy->count = 0;
    for (const struct value *child = from->first; child != NULL; child = child->next) {
        struct value *piece = copy_at(reader, child, at, depth + 1);
        if (piece == NULL)
            return NULL;
        value_append(copy, piece);
    }
    return copy;
}

struct value *
reader_copy(struct reader *reader, const struct value *from, struct pos pos, unsigned depth)
{
    struct value *copy = copy_at(reader, from, pos, depth);

    if (copy != NULL)
        copy->pos = pos;
    return copy;
}

bool
reader_told_of(const struct reader *reader, const char *file)
{
    return reader->log.mended_at.file == file || reader->log.unseen.at.file == file ||
           reader->log.replaced.at.file == file;
}

bool
reader_text_quietly(struct reader *reader, struct diags *diags, struct pos pos, struct str text,
                    struct str *out)
{
    if (!normal_quietly(reader->scratch, diags, pos, text, out, &reader->log))
        return false;
    *out = str_dup(reader->arena, *out);
    return true;
}

struct str
reader_text(struct reader *reader, struct pos pos, struct str text)
{
    struct str out = text;

    if (reader_text_quietly(reader, reader->diags, pos, text, &out))
        return out;
    reader->errors++;
    return STR("");
}

struct str
reader_key(struct reader *reader, struct pos pos, struct str text)
{
    return str_trim(reader_text(reader, pos, text));
}

bool
reader_is_none(struct str text)
{
    return str_is(str_trim(text), "-");
}

/* An entry of a map on its way through qsort(). */
struct entry {
    const struct value *value;
};

static int
by_key(const void *a, const void *b)
{
    const struct value *x = ((const struct entry *)a)->value;
    const struct value *y = ((const struct entry *)b)->value;
    int order = str_cmp(x->key, y->key);

    if (order != 0)
        return order;
    if (x->key_pos.line != y->key_pos.line)
        return x->key_pos.line < y->key_pos.line ? -1 : 1;
    return (x->key_pos.column > y->key_pos.column) - (x->key_pos.column < y->key_pos.column);
}

void
reader_check_keys(struct reader *reader, const struct value *map)
{
    size_t count = 0;

    if (map->count < 2)
        return;
    struct arena_mark mark = arena_mark(reader->scratch);
    struct entry *sorted = arena_array(reader->scratch, map->count, sizeof *sorted);
    for (const struct value *child = map->first; child != NULL; child = child->next)
        sorted[count++].value = child;
    qsort(sorted, count, sizeof *sorted, by_key);
    for (size_t i = 1; i < count && !reader->stop; i++)
        if (str_eq(sorted[i - 1].value->key, sorted[i].value->key))
            reader_error(reader, DIAG_DATA_DUPLICATE_KEY, sorted[i].value->key_pos,
                         diag_str(reader->diags, sorted[i].value->key),
                         diag_printf(reader->diags, "%u", sorted[i - 1].value->key_pos.line), NULL);
    arena_reset(reader->scratch, mark);
}
