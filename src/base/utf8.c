#include "base/utf8.h"

static bool
is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Number of bytes and the bits of the first one; 0 for a byte that starts nothing. */
static size_t
lead(unsigned char byte, uint32_t *bits)
{
    if (byte < 0x80) {
        *bits = byte;
        return 1;
    }
    if (byte >= 0xC2 && byte <= 0xDF) {
        *bits = byte & 0x1F;
        return 2;
    }
    if (byte >= 0xE0 && byte <= 0xEF) {
        *bits = byte & 0x0F;
        return 3;
    }
    if (byte >= 0xF0 && byte <= 0xF4) {
        *bits = byte & 0x07;
        return 4;
    }
    return 0;
}

uint32_t
utf8_decode(struct str s, size_t *at)
{
    static const uint32_t lowest[5] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t code = 0;
    size_t len = lead((unsigned char)s.ptr[*at], &code);

    if (len == 0 || s.len - *at < len) {
        *at += 1;
        return UTF8_BAD;
    }
    for (size_t i = 1; i < len; i++) {
        unsigned char byte = (unsigned char)s.ptr[*at + i];
        if (!is_tail(byte)) {
            *at += 1;
            return UTF8_BAD;
        }
        code = code << 6 | (byte & 0x3F);
    }
    if (code < lowest[len] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        *at += 1;
        return UTF8_BAD;
    }
    *at += len;
    return code;
}

uint32_t
utf8_prev(struct str s, size_t *at)
{
    size_t end = *at, start = end - 1;

    while (start > 0 && end - start < 4 && is_tail((unsigned char)s.ptr[start]))
        start--;
    size_t next = start;
    uint32_t code = utf8_next(s, &next);
    if (code == UTF8_BAD || next != end) {
        *at = end - 1;
        return UTF8_BAD;
    }
    *at = start;
    return code;
}

size_t
utf8_put(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

size_t
utf8_invalid_at(struct str s)
{
    for (size_t at = 0; at < s.len;) {
        size_t start = at;
        if (utf8_next(s, &at) == UTF8_BAD)
            return start;
    }
    return SIZE_MAX;
}

size_t
utf8_count(struct str s)
{
    size_t count = 0;

    for (size_t at = 0; at < s.len; count++)
        (void)utf8_next(s, &at);
    return count;
}

bool
utf8_is_rare_blank(uint32_t code_point)
{
    return code_point == 0x85 || code_point == 0xA0 || code_point == 0x1680 ||
           (code_point >= 0x2000 && code_point <= 0x200A) || code_point == 0x2028 ||
           code_point == 0x2029 || code_point == 0x202F || code_point == 0x205F ||
           code_point == 0x3000;
}

bool
utf8_is_unseen(uint32_t code_point)
{
    static const struct {
        uint32_t from, to;
    } ranges[] = {
        {0x00AD, 0x00AD},   {0x034F, 0x034F}, {0x061C, 0x061C},   {0x115F, 0x1160},
        {0x17B4, 0x17B5},   {0x180B, 0x180F}, {0x200B, 0x200F},   {0x202A, 0x202E},
        {0x2060, 0x206F},   {0x3164, 0x3164}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
        {0xFFA0, 0xFFA0},   {0xFFF9, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
        {0xE0000, 0xE0FFF},
    };

    /* most letters by far */
    if (code_point < ranges[0].from || (code_point >= 0x0E00 && code_point <= 0x0E7F))
        return false;
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (code_point >= ranges[i].from && code_point <= ranges[i].to)
            return true;
    return false;
}

bool
utf8_is_hidden(uint32_t code_point)
{
    return code_point == 0x2800 || code_point == 0xFFFC || utf8_is_unseen(code_point) ||
           (utf8_is_control(code_point) && !utf8_is_blank(code_point));
}

static bool
is_nothing(uint32_t code_point)
{
    return utf8_is_blank(code_point) || utf8_is_unseen(code_point);
}

struct str
utf8_trim(struct str s)
{
    size_t from = 0, to = s.len;

    for (size_t at = 0; at < s.len && is_nothing(utf8_next(s, &at));)
        from = at;
    for (size_t at = to; at > from && is_nothing(utf8_prev(s, &at));)
        to = at;
    return str_sub(s, from, to - from);
}

bool
utf8_is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || code == 0x200E ||
           code == 0x200F || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

bool
utf8_is_shown(struct str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (code == UTF8_BAD || utf8_is_control(code))
            return false;
    }
    return true;
}

void
utf8_show(struct buf *out, struct str text, bool lines)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (code == UTF8_BAD)
            buf_utf8(out, 0xFFFD);
        else if (utf8_is_control(code) && !(lines && code == '\n'))
            buf_printf(out, "<U+%04X>", (unsigned)code);
        else
            buf_utf8(out, code);
    }
}
