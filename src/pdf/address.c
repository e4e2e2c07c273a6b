#include "pdf/address.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"

/* Bytes that whoever sends or takes an address is to allow (RFC 9110 §4.1). */
#define ADDRESS_MAX 8000
/* Bytes of a host as it is written (RFC 1035 §2.3.4); without an end, finding one could take as
 * long as the text at each of its letters. */
#define HOST_MAX 253

static bool
is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_alnum(char c)
{
    return is_alpha(c) || (c >= '0' && c <= '9');
}

static bool
is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool
has_prefix(struct str text, size_t at, const char *prefix)
{
    size_t len = strlen(prefix);

    return text.len - at >= len && strncasecmp(text.ptr + at, prefix, len) == 0;
}

/* ---- hosts and what follows them */

/* `from` where there is none. */
static size_t
host_end(struct str text, size_t from)
{
    size_t to = from;

    while (to < text.len && (is_alnum(text.ptr[to]) || is_one_of(text.ptr[to], ".-")))
        if (to++ - from == HOST_MAX)
            return from;
    while (to > from && !is_alnum(text.ptr[to - 1]))
        to--;
    return to;
}

/* True for a name of at least two parts, the last one of two letters or more. */
static bool
is_domain(struct str text, size_t from, size_t to)
{
    size_t letters = 0;

    while (to > from && is_alpha(text.ptr[to - 1])) {
        to--;
        letters++;
    }
    return letters >= 2 && to > from + 1 && text.ptr[to - 1] == '.' && is_alnum(text.ptr[from]);
}

static bool
is_thai(struct str text, size_t at)
{
    struct str rest = str_sub(text, at, 3);

    return rest.len == 3 &&
           (str_starts(rest, STR("\xe0\xb8")) || str_starts(rest, STR("\xe0\xb9")));
}

/* The end of port, path, query and fragment. Of brackets only pairs belong to them. */
static size_t
path_end(struct str text, size_t from)
{
    size_t to = from, open = 0;
    bool thai = false;

    if (to >= text.len || !is_one_of(text.ptr[to], "/?#:"))
        return from;
    while (to < text.len) {
        char c = text.ptr[to];

        if (is_thai(text, to) && (thai || is_one_of(text.ptr[to - 1], "/=-_&?#"))) {
            thai = true;
            to += 3;
            continue;
        }
        if (c <= ' ' || c > '~' || is_one_of(c, "\"<>\\^`{|}") || (c == ')' && open == 0))
            break;
        if (c == '(')
            open++;
        else if (c == ')')
            open--;
        thai = false;
        to++;
    }
    while (to > from && is_one_of(text.ptr[to - 1], ".,;:!?'*](["))
        to--;
    return to;
}

/* ---- addresses */

static bool
is_web(struct str text, size_t at, size_t *to)
{
    bool www = has_prefix(text, at, "www.");
    size_t host = at;

    if (at > 0 && is_alnum(text.ptr[at - 1]))
        return false;
    if (has_prefix(text, at, "https://"))
        host += 8;
    else if (has_prefix(text, at, "http://"))
        host += 7;
    else if (!www)
        return false;
    size_t end = host_end(text, host);
    if (www ? !is_domain(text, host + 4, end) : end == host || !is_alnum(text.ptr[host]))
        return false;
    *to = path_end(text, end);
    return true;
}

/* `at` is where the "@" stands; nothing before `least` belongs to the address. */
static bool
is_mail(struct str text, size_t at, size_t least, size_t *from, size_t *to)
{
    size_t start = at, end = host_end(text, at + 1);

    while (start > least &&
           (is_alnum(text.ptr[start - 1]) || is_one_of(text.ptr[start - 1], "._%+-")))
        start--;
    while (start < at && !is_alnum(text.ptr[start]))
        start++;
    if (start == at || !is_domain(text, at + 1, end))
        return false;
    *from = start;
    *to = end;
    return true;
}

/* A longer one is no address: cut, it would lead elsewhere. */
static bool
is_short(struct str text, size_t from, size_t to)
{
    size_t len = to - from;

    for (size_t i = from; i < to; i++)
        len += (text.ptr[i] & 0x80) != 0 ? 2 : 0;
    return len <= ADDRESS_MAX;
}

bool
address_next(struct str text, size_t *from, size_t *to)
{
    size_t least = *to;

    for (size_t at = least; at < text.len; at++) {
        char c = text.ptr[at];

        if (c == '@' && is_mail(text, at, least, from, to) && is_short(text, *from, *to))
            return true;
        if (!is_one_of(c, "hHwW") || !is_web(text, at, to))
            continue;
        *from = at;
        if (is_short(text, at, *to))
            return true;
        at = *to - 1;
    }
    return false;
}

struct str
address_escape(struct arena *arena, struct str address)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.ptr[i];

        if (c > ' ' && c < 0x7f && !is_one_of((char)c, "\"<>\\^`{|}"))
            buf_byte(&out, (char)c);
        else
            buf_printf(&out, "%%%02X", c);
    }
    return buf_str(&out);
}

struct str
address_uri(struct arena *arena, struct str address)
{
    struct buf out = buf_in(arena);

    if (has_prefix(address, 0, "www."))
        buf_text(&out, "http://");
    else if (!has_prefix(address, 0, "http://") && !has_prefix(address, 0, "https://"))
        buf_text(&out, "mailto:");
    buf_add(&out, address_escape(arena, address));
    return buf_str(&out);
}
