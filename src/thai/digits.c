/* Thai and Arabic digits in text. Which digits a sentence takes follows the practice of Thai
 * offices: Thai digits in Thai sentences, Arabic ones in codes, addresses and foreign words. */
#include "thai/digits.h"

#include "base/arena.h"
#include "base/utf8.h"

#define THAI_ZERO 0x0E50

static bool
is_thai_digit(uint32_t code)
{
    return code >= THAI_ZERO && code <= THAI_ZERO + 9;
}

static bool
is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

int
digits_value(uint32_t code)
{
    if (is_digit(code))
        return (int)(code - '0');
    return is_thai_digit(code) ? (int)(code - THAI_ZERO) : -1;
}

static void
add_thai(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (is_digit((unsigned char)text.ptr[i]))
            buf_utf8(out, THAI_ZERO + (uint32_t)(text.ptr[i] - '0'));
        else
            buf_byte(out, text.ptr[i]);
    }
}

struct str
digits_to_thai(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    add_thai(&out, text);
    return buf_str(&out);
}

struct str
digits_to_arabic(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t code = utf8_next(text, &at);
        if (is_thai_digit(code))
            buf_byte(&out, (char)('0' + (code - THAI_ZERO)));
        else
            buf_add(&out, str_sub(text, from, at - from));
    }
    return buf_str(&out);
}

static bool
is_latin(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
           (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7) ||
           (code >= 0x1E00 && code <= 0x1EFF);
}

static bool
is_space(uint32_t code)
{
    return code <= ' ' || code == 0xA0 || (code >= 0x2000 && code <= 0x200B) || code == 0x202F ||
           code == 0x3000;
}

/* Signs that hold codes and addresses together. */
static bool
is_joint(uint32_t code)
{
    return code < 0x80 && !is_space(code) && !is_digit(code) && !is_latin(code) && code != '(' &&
           code != ')' && code != '[' && code != ']' && code != '{' && code != '}' && code != '"' &&
           code != '\'' && code != ',' && code != ';' && code != '<' && code != '>';
}

/* A comma that groups the digits of a number. */
static bool
is_grouping(struct str text, size_t comma)
{
    return comma > 0 && comma + 1 < text.len && is_digit((unsigned char)text.ptr[comma - 1]) &&
           is_digit((unsigned char)text.ptr[comma + 1]);
}

static size_t
address_end(struct str text, size_t at)
{
    while (at < text.len) {
        size_t next = at;
        if (is_space(utf8_next(text, &next)))
            break;
        at = next;
    }
    return at;
}

static bool
is_address(struct str word)
{
    return str_find(word, STR("://")) != SIZE_MAX || str_starts(word, STR("www.")) ||
           str_starts(word, STR("WWW."));
}

/* One word of letters, digits and joints from `at` on, or one other character. */
struct word {
    size_t end;
    bool kept; /* its digits stay Arabic */
};

static struct word
next_word(struct str text, size_t at)
{
    struct word word = {at, false};
    bool latin = false;

    while (word.end < text.len) {
        size_t next = word.end;
        uint32_t code = utf8_next(text, &next);
        bool grouping = code == ',' && !latin && is_grouping(text, word.end);
        if (!is_latin(code) && !is_digit(code) && !is_joint(code) && !grouping)
            break;
        latin = latin || is_latin(code);
        word.end = next;
    }
    if (word.end == at)
        (void)utf8_next(text, &word.end);
    word.kept = latin;
    if (latin && is_address(str_sub(text, at, word.end - at)))
        word.end = address_end(text, word.end);
    return word;
}

struct str
digits_in_sentence(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < text.len;) {
        struct word word = next_word(text, at);
        struct str piece = str_sub(text, at, word.end - at);
        if (word.kept)
            buf_add(&out, piece);
        else
            add_thai(&out, piece);
        at = word.end;
    }
    return buf_str(&out);
}

bool
digits_are_mixed(struct str text)
{
    bool thai = false, arabic = false;

    for (size_t at = 0; at < text.len;) {
        struct word word = next_word(text, at);
        while (at < word.end) {
            uint32_t code = utf8_next(text, &at);
            thai = thai || (!word.kept && is_thai_digit(code));
            arabic = arabic || (!word.kept && is_digit(code));
        }
    }
    return thai && arabic;
}
