#include "archive/canon.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "thai/normal.h"
#include "value/json_write.h"
#include "value/read.h"
#include "value/value.h"

struct value *
canon_map(struct arena *arena)
{
    return value_new(arena, VALUE_MAP, POS_NONE);
}

struct value *
canon_list(struct arena *arena)
{
    return value_new(arena, VALUE_LIST, POS_NONE);
}

void
canon_add(struct value *map, const char *key, struct value *value)
{
    if ((value->kind == VALUE_LIST || value->kind == VALUE_MAP) && value->count == 0)
        return;
    value->key = str_of(key);
    value_append(map, value);
}

/* A text of any bytes with nothing in it but what is seen, in the order of its code points. */
static struct str
only_seen(struct arena *arena, struct str text, uint32_t most)
{
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        bool blank = code == '\n' || code == '\t';
        if (code <= most && code != UTF8_BAD && (blank || !utf8_is_control(code)))
            buf_utf8(&out, code);
    }
    return buf_str(&out);
}

/* Texts out of foreign PDFs and names of files may hold anything. */
static struct str
normal(struct arena *arena, struct str text)
{
    static const uint32_t most[] = {0x10FFFF, 0xDFFF, 0x7E};

    if (normal_is_plain(text))
        return str_dup(arena, str_trim(text));
    struct diags *quiet = diags_new();
    struct normal_log log = {0};
    struct str out = STR("");
    bool good = normal_quietly(arena, quiet, POS_NONE, text, &out, &log);

    for (size_t i = 0; i < sizeof most / sizeof most[0] && !good; i++)
        good = normal_quietly(arena, quiet, POS_NONE, only_seen(arena, text, most[i]), &out, &log);
    diags_free(quiet);
    return str_dup(arena, str_trim(good ? out : STR("")));
}

void
canon_add_text(struct arena *arena, struct value *map, const char *key, struct str text)
{
    text = text.len == 0 ? text : normal(arena, text);
    if (text.len == 0 || str_is(text, "-"))
        return;
    struct value *value = value_new(arena, VALUE_TEXT, POS_NONE);
    value->text = text;
    value->flags = VALUE_QUOTED;
    canon_add(map, key, value);
}

void
canon_add_number(struct arena *arena, struct value *map, const char *key, int64_t number)
{
    struct value *value = value_new(arena, VALUE_TEXT, POS_NONE);

    value->text = str_of(arena_printf(arena, "%lld", (long long)number));
    canon_add(map, key, value);
}

struct str
canon_text(const struct value *map, const char *key)
{
    const struct value *value = value_get(map, str_of(key));

    return value != NULL && value->kind == VALUE_TEXT && (value->flags & VALUE_QUOTED) != 0
               ? value->text
               : STR("");
}

int64_t
canon_number(const struct value *map, const char *key, int64_t otherwise)
{
    const struct value *value = value_get(map, str_of(key));
    int64_t number = 0;

    if (value == NULL || value->kind != VALUE_TEXT || (value->flags & VALUE_QUOTED) != 0 ||
        value->text.len > 18)
        return otherwise;
    bool negative = value->text.len > 1 && value->text.ptr[0] == '-';
    for (size_t i = negative; i < value->text.len; i++) {
        if (value->text.ptr[i] < '0' || value->text.ptr[i] > '9')
            return otherwise;
        number = 10 * number + (value->text.ptr[i] - '0');
    }
    return negative ? -number : number;
}

/* The next child of a map in the order of the keys, behind `last`. */
static const struct value *
next_key(const struct value *map, const struct value *last)
{
    const struct value *next = NULL;

    for (const struct value *child = map->first; child != NULL; child = child->next) {
        if ((last == NULL || str_cmp(child->key, last->key) > 0) &&
            (next == NULL || str_cmp(child->key, next->key) < 0))
            next = child;
    }
    return next;
}

static void
write_map(const struct value *map, struct buf *out)
{
    const char *before = "{";

    for (const struct value *child = next_key(map, NULL); child != NULL;
         child = next_key(map, child)) {
        buf_text(out, before);
        json_add_string(out, child->key);
        buf_byte(out, ':');
        canon_write(child, out);
        before = ",";
    }
    buf_text(out, map->first == NULL ? "{}" : "}");
}

static void
write_list(const struct value *list, struct buf *out)
{
    buf_byte(out, '[');
    for (const struct value *child = list->first; child != NULL; child = child->next) {
        if (child != list->first)
            buf_byte(out, ',');
        canon_write(child, out);
    }
    buf_byte(out, ']');
}

void
canon_write(const struct value *value, struct buf *out)
{
    if (value->kind == VALUE_MAP)
        write_map(value, out);
    else if (value->kind == VALUE_LIST)
        write_list(value, out);
    else if (value->kind == VALUE_BOOL)
        buf_text(out, value->boolean ? "true" : "false");
    else if (value->kind == VALUE_TEXT && (value->flags & VALUE_QUOTED) == 0)
        buf_add(out, value->text);
    else
        json_add_string(out, value->text);
}

const struct value *
canon_read(struct arena *arena, struct diags *diags, const char *file, struct str bytes)
{
    const struct value *value = value_read_json(arena, diags, file, bytes);
    struct buf again = buf_in(arena);

    if (value == NULL)
        return NULL;
    canon_write(value, &again);
    if (str_eq(buf_str(&again), bytes))
        return value;
    diag_add(diags, DIAG_ARCHIVE_NOT_CANONICAL, (struct pos){file, 0, 0}, NULL, NULL, NULL);
    return NULL;
}
