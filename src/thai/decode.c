/* The character encodings in which files come: UTF-8, UTF-16 (RFC 2781), CP874 and TIS-620. */
#include "thai/normal.h"

#include <string.h>

#include <unicode/ucnv.h>

#include "base/utf8.h"

#define BOM8 STR("\xEF\xBB\xBF")
#define BOM16LE STR("\xFF\xFE")
#define BOM16BE STR("\xFE\xFF")

static bool
refuse(struct diags *diags, struct pos at, struct str bytes, size_t bad, struct str before)
{
    at.line = 1;
    at.column = 1;
    for (size_t i = 0; i < before.len;) {
        at.column++;
        if (utf8_next(before, &i) == '\n') {
            at.line++;
            at.column = 1;
        }
    }
    diag_add(diags, DIAG_ENCODING_UNKNOWN, at,
             diag_printf(diags, "0x%02X", (unsigned char)bytes.ptr[bad]), NULL, NULL);
    return false;
}

static uint32_t
unit_at(struct str bytes, size_t at, bool little)
{
    unsigned char first = (unsigned char)bytes.ptr[at], second = (unsigned char)bytes.ptr[at + 1];

    return little ? (uint32_t)(second << 8 | first) : (uint32_t)(first << 8 | second);
}

/* Programs that add a mark to what has one already leave two. */
static struct str
without_marks(struct str text)
{
    while (str_starts(text, BOM8))
        text = str_sub(text, BOM8.len, text.len);
    return text;
}

/* How many letters have a first or second byte as those of Thai and of ASCII have. */
static size_t
count_high(struct str bytes, size_t from)
{
    size_t count = 0;

    for (size_t i = from; i < bytes.len; i += 2)
        count += bytes.ptr[i] == 0 || bytes.ptr[i] == 0x0E;
    return count;
}

/* UTF-16 without a mark has zeros in it, which no other text has. */
static bool
is_unmarked_utf16(struct str bytes, bool *little)
{
    if (bytes.len < 2 || bytes.len % 2 != 0 || memchr(bytes.ptr, 0, bytes.len) == NULL)
        return false;
    size_t first = count_high(bytes, 0), second = count_high(bytes, 1);
    *little = second > first;
    return (*little ? second : first) > bytes.len / 2 * 3 / 4 &&
           (*little ? first : second) < bytes.len / 8;
}

static bool
decode_utf16(struct arena *arena, struct diags *diags, struct pos at, struct str bytes, bool little,
             struct str *out)
{
    struct buf text = buf_in(arena);

    size_t from = str_starts(bytes, little ? BOM16LE : BOM16BE) ? 2 : 0;

    for (size_t i = from; i < bytes.len; i += 2) {
        if (bytes.len - i < 2)
            return refuse(diags, at, bytes, i, buf_str(&text));
        uint32_t code = unit_at(bytes, i, little);
        if (code >= 0xD800 && code <= 0xDFFF) {
            uint32_t low = bytes.len - i >= 4 ? unit_at(bytes, i + 2, little) : 0;
            if (code > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
                return refuse(diags, at, bytes, i, buf_str(&text));
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            i += 2;
        }
        buf_utf8(&text, code);
    }
    *out = without_marks(buf_str(&text));
    diag_add(diags, DIAG_ENCODING_CONVERTED, at, "UTF-16", NULL, NULL);
    return true;
}

/* The bytes that mean something in CP874: ASCII, Thai, and a few signs of Windows. */
static bool
is_cp874(unsigned char byte)
{
    return byte < 0x80 || byte == 0x80 || byte == 0x85 || (byte >= 0x91 && byte <= 0x97) ||
           (byte >= 0xA0 && byte <= 0xDA) || (byte >= 0xDF && byte <= 0xFB);
}

/* True when no byte speaks against CP874 and more of them speak against UTF-8 than for it: a
 * damaged UTF-8 file is not to be read as letters that nobody wrote. Only Thai letters speak for
 * UTF-8: those of other scripts come out of CP874 by chance, seven bytes of "ลำดับ" and "คะแนน" are
 * three of them. */
static bool
looks_like_cp874(struct str bytes)
{
    size_t good = 0, bad = 0;

    for (size_t i = 0; i < bytes.len; i++)
        if (!is_cp874((unsigned char)bytes.ptr[i]))
            return false;
    for (size_t i = 0; i < bytes.len;) {
        uint32_t code = utf8_next(bytes, &i);
        bad += code == UTF8_BAD;
        good += code >= 0x0E00 && code <= 0x0E7F;
    }
    return bad > good;
}

static bool
decode_cp874(struct arena *arena, struct str bytes, struct str *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *from = ucnv_open("windows-874-2000", &status);
    struct buf text = buf_in(arena);
    const char *next = bytes.ptr;

    if (U_FAILURE(status))
        return false;
    while (next < bytes.ptr + bytes.len && U_SUCCESS(status)) {
        UChar32 code = ucnv_getNextUChar(from, &next, bytes.ptr + bytes.len, &status);
        if (U_SUCCESS(status))
            buf_utf8(&text, (uint32_t)code);
    }
    ucnv_close(from);
    *out = buf_str(&text);
    return U_SUCCESS(status);
}

bool
normal_decode(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
              struct str *out)
{
    bool little = str_starts(bytes, BOM16LE);

    if (little || str_starts(bytes, BOM16BE) || is_unmarked_utf16(bytes, &little))
        return decode_utf16(arena, diags, at, bytes, little, out);
    bytes = without_marks(bytes);
    size_t bad = utf8_invalid_at(bytes);
    if (bad == SIZE_MAX) {
        *out = bytes;
        return true;
    }
    if (!looks_like_cp874(bytes) || !decode_cp874(arena, bytes, out))
        return refuse(diags, at, bytes, bad, str_sub(bytes, 0, bad));
    diag_add(diags, DIAG_ENCODING_CONVERTED, at, "TIS-620 (CP874)", NULL, NULL);
    return true;
}
