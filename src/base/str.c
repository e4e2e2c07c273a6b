#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"

struct str
str_of(const char *text)
{
    return (struct str){text, text == NULL ? 0 : strlen(text)};
}

bool
str_eq(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    if (a.len == 0 || a.ptr == NULL || b.ptr == NULL)
        return a.len == 0;
    return memcmp(a.ptr, b.ptr, a.len) == 0;
}

bool
str_is(struct str a, const char *text)
{
    return str_eq(a, str_of(text));
}

int
str_cmp(struct str a, struct str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.ptr, b.ptr, common);

    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool
str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_eq(str_sub(s, 0, prefix.len), prefix);
}

bool
str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_eq(str_sub(s, s.len - suffix.len, suffix.len), suffix);
}

size_t
str_find(struct str s, struct str needle)
{
    if (needle.len == 0)
        return 0;
    if (s.len < needle.len)
        return SIZE_MAX;
    const char *found = memmem(s.ptr, s.len, needle.ptr, needle.len);
    return found == NULL ? SIZE_MAX : (size_t)(found - s.ptr);
}

size_t
str_find_last(struct str s, struct str needle)
{
    const char *at;

    if (needle.len == 0)
        return s.len;
    while (s.len >= needle.len &&
           (at = memrchr(s.ptr, needle.ptr[0], s.len - needle.len + 1)) != NULL) {
        if (memcmp(at, needle.ptr, needle.len) == 0)
            return (size_t)(at - s.ptr);
        s.len = (size_t)(at - s.ptr) + needle.len - 1;
    }
    return SIZE_MAX;
}

struct str
str_sub(struct str s, size_t from, size_t len)
{
    if (from > s.len)
        from = s.len;
    if (len > s.len - from)
        len = s.len - from;
    return (struct str){s.ptr == NULL ? NULL : s.ptr + from, len};
}

bool
str_same(struct str a, struct str b)
{
    for (size_t i = 0; i < a.len && i < b.len; i++)
        if (ascii_small(a.ptr[i]) != ascii_small(b.ptr[i]))
            return false;
    return a.len == b.len;
}

bool
str_starts_same(struct str s, struct str prefix)
{
    return str_same(str_sub(s, 0, prefix.len), prefix);
}

bool
str_ends_same(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_same(str_sub(s, s.len - suffix.len, suffix.len), suffix);
}

bool
str_number(struct str s, size_t max, size_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_is_digit(s.ptr[i]))
            return false;
        *out = *out * 10 + (size_t)(s.ptr[i] - '0');
        if (*out > max)
            return false;
    }
    return s.len > 0;
}

struct str
str_trim(struct str s)
{
    while (s.len > 0 && ascii_is_space(s.ptr[0]))
        s = str_sub(s, 1, s.len);
    while (s.len > 0 && ascii_is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

size_t
str_indent(struct str s)
{
    size_t count = 0;

    while (count < s.len && s.ptr[count] == ' ')
        count++;
    return count;
}

bool
str_line(struct str *rest, struct str *line)
{
    if (rest->len == 0)
        return false;
    size_t end = str_find(*rest, STR("\n"));
    if (end == SIZE_MAX) {
        *line = *rest;
        rest->len = 0;
        return true;
    }
    *line = str_sub(*rest, 0, end);
    if (line->len > 0 && line->ptr[line->len - 1] == '\r')
        line->len--;
    *rest = str_sub(*rest, end + 1, rest->len);
    return true;
}

struct str
str_dup(struct arena *arena, struct str s)
{
    return (struct str){arena_strndup(arena, s.ptr, s.len), s.len};
}

const char *
str_cstr(struct arena *arena, struct str s)
{
    return arena_strndup(arena, s.ptr, s.len);
}

#define DISTANCE_MAX 64

static size_t
code_points(struct str s, uint32_t out[DISTANCE_MAX])
{
    size_t count = 0;

    for (size_t at = 0; at < s.len;) {
        if (count == DISTANCE_MAX)
            return SIZE_MAX;
        out[count++] = utf8_next(s, &at);
    }
    return count;
}

static size_t
least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment over three rows. */
size_t
str_distance(struct str a, struct str b)
{
    uint32_t x[DISTANCE_MAX], y[DISTANCE_MAX];
    size_t rows[3][DISTANCE_MAX + 1];
    size_t n = code_points(a, x), m = code_points(b, y);

    if (n == SIZE_MAX || m == SIZE_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = rows[i % 3];
        const size_t *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change = last[j - 1] + (x[i - 1] != y[j - 1]);
            now[j] = least(change, 1 + least(last[j], now[j - 1]));
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                now[j] = least(now[j], before[j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

struct buf
buf_in(struct arena *arena)
{
    return (struct buf){arena, NULL, 0, 0};
}

#define PRINTF_FIRST 48

/* Makes room for `more` bytes and a NUL. */
static inline void
reserve(struct buf *buf, size_t more)
{
    if (more < buf->cap && buf->len < buf->cap - more)
        return;
    if (more >= SIZE_MAX / 4 || buf->len >= SIZE_MAX / 4)
        arena_oom(SIZE_MAX);
    size_t need = buf->len + more + 1;
    size_t cap = buf->cap < 32 ? 64 : buf->cap * 2;
    if (cap < need)
        cap = need;
    buf->ptr = arena_resize(buf->arena, buf->ptr, buf->len, buf->cap, cap);
    buf->cap = cap;
}

void
buf_add(struct buf *buf, struct str s)
{
    if (s.len == 0)
        return;
    reserve(buf, s.len);
    memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
    buf->ptr[buf->len] = '\0';
}

void
buf_text(struct buf *buf, const char *text)
{
    buf_add(buf, str_of(text));
}

void
buf_byte(struct buf *buf, char byte)
{
    reserve(buf, 1);
    buf->ptr[buf->len++] = byte;
    buf->ptr[buf->len] = '\0';
}

void
buf_utf8(struct buf *buf, uint32_t code_point)
{
    char bytes[4];

    buf_add(buf, (struct str){bytes, utf8_put(code_point, bytes)});
}

void
buf_escaped(struct buf *buf, struct str text)
{
    size_t from = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c != '"' && c != '\\' && c != '\n' && c != '\r' && c != '\t')
            continue;
        buf_add(buf, str_sub(text, from, i - from));
        buf_byte(buf, '\\');
        buf_byte(buf, (char)(c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c));
        from = i + 1;
    }
    buf_add(buf, str_sub(text, from, text.len - from));
}

void
buf_quoted(struct buf *buf, struct str text)
{
    buf_byte(buf, '"');
    buf_escaped(buf, text);
    buf_byte(buf, '"');
}

void
buf_xml(struct buf *buf, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '&':
            buf_text(buf, "&amp;");
            break;
        case '<':
            buf_text(buf, "&lt;");
            break;
        case '>':
            buf_text(buf, "&gt;");
            break;
        case '"':
            buf_text(buf, "&quot;");
            break;
        default:
            buf_byte(buf, text.ptr[i]);
        }
    }
}

void
buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;
    int len;

    /* mostly what is there is enough, else the text says how much is needed */
    reserve(buf, PRINTF_FIRST);
    va_start(args, format);
    len = vsnprintf(buf->ptr + buf->len, buf->cap - buf->len, format, args);
    va_end(args);
    if (len >= 0 && (size_t)len >= buf->cap - buf->len) {
        reserve(buf, (size_t)len);
        va_start(args, format);
        len = vsnprintf(buf->ptr + buf->len, buf->cap - buf->len, format, args);
        va_end(args);
    }
    if (len > 0)
        buf->len += (size_t)len;
    buf->ptr[buf->len] = '\0';
}

void
buf_unsigned(struct buf *buf, uint64_t number, unsigned width)
{
    char digits[20];
    unsigned at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || (at > 0 && sizeof digits - at < width));
    buf_add(buf, (struct str){digits + at, sizeof digits - at});
}

struct str
buf_str(const struct buf *buf)
{
    return (struct str){buf->ptr, buf->len};
}
