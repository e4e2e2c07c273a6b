/* Reads objects out of bytes, strictly. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "pdfin/cos_parse.h"

bool
parse_is_space(char c)
{
    return ascii_is_space(c) || c == '\f' || c == '\0';
}

bool
parse_is_delimiter(char c)
{
    return c != '\0' && strchr("()<>[]{}/%", c) != NULL;
}

static bool
is_regular(char c)
{
    return !parse_is_space(c) && !parse_is_delimiter(c);
}

static bool
fail(struct cos_parser *p, enum doubt_code why)
{
    p->why = why;
    return false;
}

/* The byte at hand, 0 at the end. */
static char
peek(const struct cos_parser *p)
{
    return p->at < p->bytes.len ? p->bytes.ptr[p->at] : '\0';
}

void
parse_space(struct cos_parser *p)
{
    while (p->at < p->bytes.len) {
        if (peek(p) == '%') {
            while (p->at < p->bytes.len && peek(p) != '\n' && peek(p) != '\r')
                p->at++;
        } else if (parse_is_space(peek(p))) {
            p->at++;
        } else {
            return;
        }
    }
}

bool
parse_word(struct cos_parser *p, const char *word)
{
    struct str rest = str_sub(p->bytes, p->at, p->bytes.len);
    struct str text = str_of(word);

    if (!str_starts(rest, text) || (rest.len > text.len && is_regular(rest.ptr[text.len])))
        return false;
    p->at += text.len;
    return true;
}

bool
parse_unsigned(struct cos_parser *p, size_t max, size_t *out)
{
    size_t from = p->at, number = 0;

    while (p->at < p->bytes.len && ascii_is_digit(peek(p))) {
        size_t digit = (size_t)(peek(p) - '0');
        if (number > (max - digit) / 10)
            return fail(p, DOUBT_OBJECT);
        number = number * 10 + digit;
        p->at++;
    }
    *out = number;
    return p->at > from || fail(p, DOUBT_OBJECT);
}

/* ---- numbers and references */

/* What is after "12 0 R", when it is one. */
static bool
parse_reference(struct cos_parser *p, struct cos *out)
{
    struct cos_parser ahead = *p;
    size_t number, generation;

    if (!parse_unsigned(&ahead, UINT32_MAX, &number) || !parse_is_space(peek(&ahead)))
        return false;
    parse_space(&ahead);
    if (!parse_unsigned(&ahead, 65535, &generation) || !parse_is_space(peek(&ahead)))
        return false;
    parse_space(&ahead);
    if (!parse_word(&ahead, "R"))
        return false;
    out->type = COS_REF;
    out->ref.number = (uint32_t)number;
    out->ref.generation = (uint32_t)generation;
    p->at = ahead.at;
    return true;
}

/* A real in one form: no zeros that say nothing. */
static void
make_real(struct cos_parser *p, bool is_negative, struct str whole, struct str part,
          struct cos *out)
{
    struct buf text = buf_in(p->arena);

    if (is_negative)
        buf_byte(&text, '-');
    buf_add(&text, whole);
    buf_byte(&text, '.');
    buf_add(&text, part);
    out->type = COS_REAL;
    out->text = buf_str(&text);
}

static struct str
digits(struct cos_parser *p)
{
    size_t from = p->at;

    while (p->at < p->bytes.len && ascii_is_digit(peek(p)))
        p->at++;
    return str_sub(p->bytes, from, p->at - from);
}

static bool
parse_number(struct cos_parser *p, struct cos *out)
{
    bool is_negative = peek(p) == '-';
    struct str part = {NULL, 0};
    size_t value = 0;

    p->at += peek(p) == '-' || peek(p) == '+';
    struct str whole = digits(p);
    size_t typed = whole.len;
    while (whole.len > 0 && whole.ptr[0] == '0')
        whole = str_sub(whole, 1, whole.len);
    if (peek(p) == '.') {
        p->at++;
        part = digits(p);
        typed += part.len;
        while (part.len > 0 && part.ptr[part.len - 1] == '0')
            part.len--;
    }
    if (typed == 0 || (p->at < p->bytes.len && is_regular(peek(p))))
        return fail(p, DOUBT_OBJECT);
    if (part.len > 0) {
        make_real(p, is_negative, whole, part, out);
        return true;
    }
    if (whole.len > 0 && !str_number(whole, LLONG_MAX, &value))
        return fail(p, DOUBT_OBJECT);
    out->type = COS_INTEGER;
    out->integer = is_negative ? -(long long)value : (long long)value;
    return true;
}

/* ---- strings and names */

static bool
parse_name(struct cos_parser *p, struct str *out)
{
    size_t from = ++p->at;
    bool is_plain = true;

    while (p->at < p->bytes.len && is_regular(peek(p))) {
        is_plain = is_plain && peek(p) != '#';
        p->at++;
    }
    struct str raw = str_sub(p->bytes, from, p->at - from);
    *out = raw;
    if (is_plain)
        return true;
    struct buf name = buf_in(p->arena);
    for (size_t i = 0; i < raw.len; i++) {
        int high = raw.ptr[i] == '#' && i + 2 < raw.len ? ascii_hex(raw.ptr[i + 1]) : -1;
        int low = high >= 0 ? ascii_hex(raw.ptr[i + 2]) : -1;
        if (raw.ptr[i] == '#' && (low < 0 || high * 16 + low == 0))
            return fail(p, DOUBT_OBJECT);
        buf_byte(&name, raw.ptr[i] == '#' ? (char)(high * 16 + low) : raw.ptr[i]);
        i += raw.ptr[i] == '#' ? 2 : 0;
    }
    *out = buf_str(&name);
    return true;
}

static bool
parse_hex(struct cos_parser *p, struct cos *out)
{
    struct str rest = str_sub(p->bytes, p->at + 1, p->bytes.len);
    const char *end = memchr(rest.ptr, '>', rest.len);
    int high = -1;

    if (end == NULL)
        return fail(p, DOUBT_OBJECT);
    size_t len = (size_t)(end - rest.ptr), made = 0;
    char *bytes = arena_alloc(p->arena, len / 2 + 1);
    for (size_t i = 0; i < len; i++) {
        int digit = ascii_hex(rest.ptr[i]);
        if (digit < 0 && !parse_is_space(rest.ptr[i]))
            return fail(p, DOUBT_OBJECT);
        if (digit >= 0 && high >= 0)
            bytes[made++] = (char)(high * 16 + digit);
        if (digit >= 0)
            high = high >= 0 ? -1 : digit;
    }
    if (high >= 0)
        bytes[made++] = (char)(high * 16);
    p->at += len + 2;
    out->type = COS_STRING;
    out->text = (struct str){bytes, made};
    return true;
}

/* What an escape stands for, past it; nothing for a line end. */
static void
parse_escape(struct cos_parser *p, struct buf *text)
{
    static const char letters[] = "nrtbf", meant[] = "\n\r\t\b\f";
    char c = peek(p);
    const char *known = c == '\0' ? NULL : strchr(letters, c);

    if (c >= '0' && c <= '7') {
        int code = 0;
        for (int i = 0; i < 3 && peek(p) >= '0' && peek(p) <= '7'; i++)
            code = code * 8 + (p->bytes.ptr[p->at++] - '0');
        buf_byte(text, (char)(unsigned char)code);
        return;
    }
    p->at++;
    if (c == '\r' && peek(p) == '\n')
        p->at++;
    if (c != '\r' && c != '\n')
        buf_byte(text, known != NULL ? meant[known - letters] : c);
}

static bool
parse_literal(struct cos_parser *p, struct cos *out)
{
    struct buf text = buf_in(p->arena);
    size_t open = 1;

    for (p->at++; p->at < p->bytes.len;) {
        char c = p->bytes.ptr[p->at++];
        if (c == '\\') {
            if (p->at < p->bytes.len)
                parse_escape(p, &text);
            continue;
        }
        open += c == '(' ? 1 : 0;
        open -= c == ')' ? 1 : 0;
        if (open == 0) {
            out->type = COS_STRING;
            out->text = buf_str(&text);
            return true;
        }
        if (c == '\r' && peek(p) == '\n')
            p->at++;
        buf_byte(&text, c == '\r' ? '\n' : c);
    }
    return fail(p, DOUBT_OBJECT);
}

/* ---- arrays and dictionaries */

static bool parse_value(struct cos_parser *p, size_t depth, struct cos *out);

static bool
push(struct cos_parser *p, const struct cos *node)
{
    if (++*p->nodes > REVISIONS_NODES_MAX)
        return fail(p, DOUBT_TOO_MUCH);
    *ARENA_ADD(p->arena, p->stack, p->stack_count, p->stack_cap, 64) = *node;
    return true;
}

static bool
parse_array(struct cos_parser *p, size_t depth, struct cos *out)
{
    size_t base = p->stack_count;

    for (p->at++;;) {
        struct cos item;
        parse_space(p);
        if (p->at >= p->bytes.len)
            return fail(p, DOUBT_OBJECT);
        if (peek(p) == ']')
            break;
        if (!parse_value(p, depth + 1, &item) || !push(p, &item))
            return false;
    }
    p->at++;
    size_t count = p->stack_count - base;
    struct cos *items = arena_array(p->arena, count == 0 ? 1 : count, sizeof *items);
    if (count > 0)
        memcpy(items, p->stack + base, count * sizeof *items);
    p->stack_count = base;
    out->type = COS_ARRAY;
    out->count = (uint32_t)count;
    out->items = items;
    return true;
}

static int
by_key(const void *a, const void *b)
{
    const struct cos_entry *x = a, *y = b;

    return str_cmp(x->key, y->key);
}

static bool
make_dict(struct cos_parser *p, size_t base, struct cos *out)
{
    size_t count = (p->stack_count - base) / 2;
    struct cos_entry *entries = arena_array(p->arena, count == 0 ? 1 : count, sizeof *entries);

    for (size_t i = 0; i < count; i++) {
        entries[i].key = p->stack[base + 2 * i].text;
        entries[i].value = p->stack[base + 2 * i + 1];
    }
    p->stack_count = base;
    qsort(entries, count, sizeof *entries, by_key);
    for (size_t i = 1; i < count; i++) {
        if (str_eq(entries[i - 1].key, entries[i].key))
            return fail(p, DOUBT_KEY_TWICE);
    }
    out->type = COS_DICT;
    out->count = (uint32_t)count;
    out->entries = entries;
    return true;
}

static bool
parse_dict(struct cos_parser *p, size_t depth, struct cos *out)
{
    size_t base = p->stack_count;

    for (p->at += 2;;) {
        struct cos key = {.type = COS_NAME, .at = COS_NOWHERE}, value;
        parse_space(p);
        if (str_starts(str_sub(p->bytes, p->at, 2), STR(">>")))
            break;
        if (peek(p) != '/')
            return fail(p, DOUBT_OBJECT);
        if (!parse_name(p, &key.text) || !push(p, &key))
            return false;
        if (!parse_value(p, depth + 1, &value) || !push(p, &value))
            return false;
    }
    p->at += 2;
    return make_dict(p, base, out);
}

static bool
parse_keyword(struct cos_parser *p, struct cos *out)
{
    out->type = COS_BOOL;
    out->integer = 1;
    if (parse_word(p, "true"))
        return true;
    out->integer = 0;
    if (parse_word(p, "false"))
        return true;
    out->type = COS_NULL;
    return parse_word(p, "null") || fail(p, DOUBT_OBJECT);
}

static bool
parse_value(struct cos_parser *p, size_t depth, struct cos *out)
{
    parse_space(p);
    *out = (struct cos){.at = p->in_file ? p->at : COS_NOWHERE};
    if (depth > REVISIONS_DEPTH_MAX || p->at >= p->bytes.len)
        return fail(p, DOUBT_OBJECT);
    char c = peek(p);
    if (c == '/') {
        out->type = COS_NAME;
        return parse_name(p, &out->text);
    }
    if (c == '(')
        return parse_literal(p, out);
    if (c == '[')
        return parse_array(p, depth, out);
    if (c == '<') {
        bool is_dict = str_starts(str_sub(p->bytes, p->at, 2), STR("<<"));
        return is_dict ? parse_dict(p, depth, out) : parse_hex(p, out);
    }
    if (ascii_is_digit(c))
        return parse_reference(p, out) || parse_number(p, out);
    if (c == '-' || c == '+' || c == '.')
        return parse_number(p, out);
    return parse_keyword(p, out);
}

bool
parse_cos(struct cos_parser *p, struct cos *out)
{
    p->stack_count = 0;
    if (++*p->nodes > REVISIONS_NODES_MAX)
        return fail(p, DOUBT_TOO_MUCH);
    return parse_value(p, 0, out);
}
