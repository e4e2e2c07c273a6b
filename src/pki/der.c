#include "pki/der.h"

#include "base/arena.h"

#define CONSTRUCTED 0x20
#define MANY_BYTES 0x1F /* of the tag's number: it goes on behind */
#define INDEFINITE 0x80
#define LENGTH_BYTES_MAX 4

static unsigned
byte_at(struct str s, size_t at)
{
    return (unsigned char)s.ptr[at];
}

/* Reads tag and length; *head is the bytes they take. *indefinite: the content ends with 00 00. */
static bool
read_head(struct str s, unsigned *tag, size_t *head, size_t *len, bool *indefinite)
{
    if (s.len < 2 || (byte_at(s, 0) & MANY_BYTES) == MANY_BYTES)
        return false;
    *tag = byte_at(s, 0);
    unsigned first = byte_at(s, 1);
    *indefinite = first == INDEFINITE;
    *head = 2;
    *len = first;
    if (*indefinite)
        return (*tag & CONSTRUCTED) != 0;
    if (first > INDEFINITE) {
        size_t count = first - INDEFINITE;
        if (count > LENGTH_BYTES_MAX || s.len < 2 + count)
            return false;
        *len = 0;
        for (size_t i = 0; i < count; i++)
            *len = *len << 8 | byte_at(s, 2 + i);
        *head += count;
    }
    return *len <= s.len - *head;
}

static bool next_at(struct str *rest, struct der *out, size_t depth);

static bool
is_end(struct str s)
{
    return s.len >= 2 && s.ptr[0] == 0 && s.ptr[1] == 0;
}

/* The content of an indefinite value, which ends where a value of two zeroes stands. */
static bool
find_end(struct str inside, size_t depth, size_t *len)
{
    struct str rest = inside;
    struct der item;

    while (!is_end(rest)) {
        if (!next_at(&rest, &item, depth + 1))
            return false;
    }
    *len = inside.len - rest.len;
    return true;
}

static bool
next_at(struct str *rest, struct der *out, size_t depth)
{
    size_t head, len;
    bool indefinite;

    if (depth > DER_DEPTH_MAX || !read_head(*rest, &out->tag, &head, &len, &indefinite))
        return false;
    if (indefinite && !find_end(str_sub(*rest, head, rest->len), depth, &len))
        return false;
    size_t end = head + len + (indefinite ? 2 : 0);
    out->whole = str_sub(*rest, 0, end);
    out->content = str_sub(*rest, head, len);
    *rest = str_sub(*rest, end, rest->len);
    return true;
}

bool
der_next(struct str *rest, struct der *out)
{
    return next_at(rest, out, 0);
}

bool
der_is_next(struct str rest, unsigned tag)
{
    return rest.len > 0 && byte_at(rest, 0) == tag;
}

bool
der_take(struct str *rest, unsigned tag, struct der *out)
{
    return der_is_next(*rest, tag) && der_next(rest, out);
}

/* ---- DER */

static bool
is_minimal_length(struct str s, size_t head, size_t len)
{
    size_t wanted = 2;

    for (size_t n = len; len >= INDEFINITE && n > 0; n >>= 8)
        wanted++;
    return head == wanted && s.len == head + len;
}

static bool
is_minimal_integer(struct str content)
{
    if (content.len < 2)
        return content.len == 1;
    bool negative = (byte_at(content, 1) & 0x80) != 0;

    return !(byte_at(content, 0) == 0 && !negative) && !(byte_at(content, 0) == 0xFF && negative);
}

static bool
is_strict_primitive(unsigned tag, struct str content)
{
    if (tag == DER_BOOLEAN)
        return content.len == 1 && (byte_at(content, 0) == 0 || byte_at(content, 0) == 0xFF);
    if (tag == DER_INTEGER)
        return is_minimal_integer(content);
    return tag != DER_NULL || content.len == 0;
}

static bool
is_strict_at(struct str whole, size_t depth)
{
    unsigned tag;
    size_t head, len;
    bool indefinite;

    if (depth > DER_DEPTH_MAX || !read_head(whole, &tag, &head, &len, &indefinite) || indefinite ||
        !is_minimal_length(whole, head, len))
        return false;
    struct str rest = str_sub(whole, head, len);
    if ((tag & CONSTRUCTED) == 0)
        return is_strict_primitive(tag, rest);
    for (struct der item; rest.len > 0;) {
        if (!next_at(&rest, &item, depth + 1) || !is_strict_at(item.whole, depth + 1))
            return false;
    }
    return true;
}

bool
der_is_strict(struct str whole)
{
    return is_strict_at(whole, 0);
}

static bool
add_octets(const struct der *item, struct buf *out, size_t depth)
{
    struct str rest = item->content;

    if (item->tag == DER_OCTETS) {
        buf_add(out, rest);
        return true;
    }
    if (item->tag != (DER_OCTETS | CONSTRUCTED) || depth > DER_DEPTH_MAX)
        return false;
    for (struct der piece; rest.len > 0;) {
        if (!der_next(&rest, &piece) || !add_octets(&piece, out, depth + 1))
            return false;
    }
    return true;
}

bool
der_octets(struct arena *arena, const struct der *item, struct str *out)
{
    struct buf all = buf_in(arena);

    *out = item->content;
    if (item->tag == DER_OCTETS)
        return true;
    if (!add_octets(item, &all, 0))
        return false;
    *out = buf_str(&all);
    return true;
}
