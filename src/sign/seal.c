#include "sign/seal.h"

#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "pdf/object.h"

/* "[0 2147483647 2147483647 2147483647]", as far as pdf_append() goes. */
#define RANGE_DIGITS 36

static struct str
padded(struct arena *arena, const char *text)
{
    return str_of(arena_printf(arena, "%-*s]", RANGE_DIGITS - 1, text));
}

void
seal_begin(struct arena *arena, struct seal *seal, const char *type, const char *format,
           size_t size)
{
    struct buf digits = buf_in(arena);

    buf_byte(&digits, '<');
    for (size_t i = 0; i < size; i++)
        buf_text(&digits, "00");
    buf_byte(&digits, '>');
    *seal = (struct seal){.range = {padded(arena, "[0 0 0 0"), 0},
                          .contents = {buf_str(&digits), 0},
                          .dict = pdf_dict(arena)};
    pdf_set(seal->dict, "Type", pdf_name(arena, type));
    pdf_set(seal->dict, "Filter", pdf_name(arena, "Adobe.PPKLite"));
    pdf_set(seal->dict, "SubFilter", pdf_name(arena, format));
    pdf_set(seal->dict, "ByteRange", pdf_room(arena, &seal->range));
    pdf_set(seal->dict, "Contents", pdf_room(arena, &seal->contents));
}

/* Where the bytes begin that follow /Contents. */
static size_t
behind(const struct seal *seal)
{
    return seal->contents.at + seal->contents.text.len;
}

static struct str
range_of(struct arena *arena, const struct seal *seal, const struct pdf_appended *appended)
{
    return padded(arena, arena_printf(arena, "[0 %zu %zu %zu", seal->contents.at, behind(seal),
                                      appended->file.len - behind(seal)));
}

bool
seal_range(struct seal *seal, struct pdf_appended *appended)
{
    struct arena *scratch = arena_new(0);
    bool good = pdf_patch(appended, &seal->range, range_of(scratch, seal, appended));

    arena_free(scratch);
    return good;
}

void
seal_parts(const struct seal *seal, const struct pdf_appended *appended, struct str part[2])
{
    part[0] = str_sub(appended->file, 0, seal->contents.at);
    part[1] = str_sub(appended->file, behind(seal), appended->file.len);
}

struct str
seal_hash(struct arena *arena, const struct seal *seal, const struct pdf_appended *appended,
          const EVP_MD *md)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    struct str part[2];
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    seal_parts(seal, appended, part);
    bool good = context != NULL && EVP_DigestInit_ex(context, md, NULL) == 1 &&
                EVP_DigestUpdate(context, part[0].ptr, part[0].len) == 1 &&
                EVP_DigestUpdate(context, part[1].ptr, part[1].len) == 1 &&
                EVP_DigestFinal_ex(context, hash, &size) == 1;
    EVP_MD_CTX_free(context);
    return str_dup(arena, (struct str){(const char *)hash, good ? size : 0});
}

/* ---- the value */

static struct str
hex_of(struct arena *arena, struct str der)
{
    static const char digits[] = "0123456789abcdef";
    struct buf out = buf_in(arena);

    buf_byte(&out, '<');
    for (size_t i = 0; i < der.len; i++) {
        buf_byte(&out, digits[(unsigned char)der.ptr[i] >> 4]);
        buf_byte(&out, digits[der.ptr[i] & 15]);
    }
    return buf_str(&out);
}

/* True when the gap that the range in the file leaves is a string of hexadecimal digits with this
 * value and zeros behind it, and all else is in the range: read as a reader would, from the bytes
 * alone. */
static bool
is_written(const struct seal *seal, struct str file, struct str der)
{
    struct str range = str_sub(file, seal->range.at, seal->range.text.len);
    char text[RANGE_DIGITS + 1];
    size_t from = 0, to = 0, rest = 0;

    (void)snprintf(text, sizeof text, "%.*s", STR_FMT(range));
    if (sscanf(text, "[0 %zu %zu %zu", &from, &to, &rest) != 3 || from >= to ||
        to + rest != file.len || file.ptr[from] != '<' || file.ptr[to - 1] != '>')
        return false;
    struct str gap = str_sub(file, from + 1, to - from - 2);
    if (gap.len % 2 != 0 || gap.len / 2 < der.len)
        return false;
    for (size_t i = 0; i < gap.len / 2; i++) {
        int high = ascii_hex(gap.ptr[2 * i]), low = ascii_hex(gap.ptr[2 * i + 1]);
        int wanted = i < der.len ? (unsigned char)der.ptr[i] : 0;
        if (high < 0 || low < 0 || high << 4 != (wanted & 0xF0) || low != (wanted & 15))
            return false;
    }
    return true;
}

bool
seal_close(struct arena *arena, struct diags *diags, struct pos pos, struct seal *seal,
           struct pdf_appended *appended, struct str der)
{
    size_t room = seal->contents.text.len / 2 - 1;

    if (der.len > room) {
        diag_add(diags, DIAG_SIGN_ROOM, pos, diag_printf(diags, "%zu", der.len),
                 diag_printf(diags, "%zu", room), NULL);
        return false;
    }
    if (pdf_patch(appended, &seal->contents, hex_of(arena, der)) &&
        is_written(seal, appended->file, der))
        return true;
    diag_add(diags, DIAG_SIGN_WRITTEN_WRONG, pos, NULL, NULL, NULL);
    return false;
}
