/* Terminal columns, per grapheme cluster (UAX #29, UAX #11). */
#include "thai/width.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "base/utf8.h"

static size_t
columns_of(uint32_t code)
{
    int wide = u_getIntPropertyValue((UChar32)code, UCHAR_EAST_ASIAN_WIDTH);
    int syllable = u_getIntPropertyValue((UChar32)code, UCHAR_HANGUL_SYLLABLE_TYPE);

    if (code == UTF8_BAD)
        return 1;
    /* vowels and finals stand inside of their Hangul syllable */
    if (syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO)
        return 0;
    switch (u_charType((UChar32)code)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
        return 0;
    default:
        return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
    }
}

/* A cluster is as wide as its characters; one that begins with an emoji is one emoji. */
static size_t
columns_of_cluster(struct str cluster)
{
    size_t at = 0, columns = 0;

    while (at < cluster.len) {
        uint32_t code = utf8_next(cluster, &at);
        columns += columns_of(code);
        if (columns == 2 && u_hasBinaryProperty((UChar32)code, UCHAR_EMOJI_PRESENTATION))
            return 2;
    }
    return columns;
}

/* ASCII and Thai need no rules: their marks take no room, wherever clusters end. */
static bool
is_simple(struct str text, size_t *columns)
{
    *columns = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (!(code >= 0x20 && code < 0x7F) && !utf8_is_thai(code))
            return false;
        *columns += !utf8_is_thai_mark(code);
    }
    return true;
}

static size_t
columns_by_clusters(struct str text)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *utext = utext_openUTF8(NULL, text.ptr, (int64_t)text.len, &status);
    UBreakIterator *clusters = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
    size_t columns = 0, from = 0;

    ubrk_setUText(clusters, utext, &status);
    while (U_SUCCESS(status) && from < text.len) {
        int32_t end = ubrk_next(clusters);
        size_t to = end == UBRK_DONE ? text.len : (size_t)end;
        columns += columns_of_cluster(str_sub(text, from, to - from));
        from = to;
    }
    if (U_FAILURE(status)) /* ICU without its data */
        columns = columns_of_cluster(text);
    ubrk_close(clusters);
    utext_close(utext);
    return columns;
}

size_t
width_columns(struct str text)
{
    size_t columns;

    return is_simple(text, &columns) ? columns : columns_by_clusters(text);
}
