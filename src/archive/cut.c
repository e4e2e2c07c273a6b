#include "archive/cut.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "thai/words.h"

bool
cut_pairs(struct str folded, cut_put *put, void *user)
{
    size_t first = 0, second = 0;

    if (folded.len == 0)
        return true;
    (void)utf8_next(folded, &second);
    while (second < folded.len) {
        size_t end = second;
        (void)utf8_next(folded, &end);
        if (!put(user, str_sub(folded, first, end - first), first, end, false))
            return false;
        first = second;
        second = end;
    }
    return true;
}

/* ---- words */

enum letter { LETTER_NONE, LETTER_THAI, LETTER_OTHER };

/* What words are made of: Thai, letters of other alphabets and digits. Signs of all kinds are
 * none. */
static enum letter
letter_of(uint32_t code)
{
    if (code < 0x80)
        return ascii_is_letter((char)code) || ascii_is_digit((char)code) ? LETTER_OTHER
                                                                         : LETTER_NONE;
    if (words_is_letter(code))
        return LETTER_THAI;
    if (code < 0xC0 || code == 0xD7 || code == 0xF7 || utf8_is_thai(code) ||
        (code >= 0x2000 && code <= 0x2BFF) || (code >= 0x3000 && code <= 0x303F) || code == 0xFFFD)
        return LETTER_NONE;
    return LETTER_OTHER;
}

struct words {
    struct str text;
    bool is_document;
    unsigned char *ends;
    cut_put *put;
    void *user;
};

/* Where a word of at most CUT_WORD_MAX bytes ends that may end at `to`. */
static size_t
short_end(struct str text, size_t from, size_t to)
{
    if (to - from <= CUT_WORD_MAX)
        return to;
    to = from + CUT_WORD_MAX;
    while (((unsigned char)text.ptr[to] & 0xC0) == 0x80)
        to--;
    return to;
}

static bool
put_word(const struct words *words, size_t from, size_t to, bool with_last)
{
    for (size_t end = from; from < to; from = end) {
        end = short_end(words->text, from, to);
        if (!words->put(words->user, str_sub(words->text, from, end - from), from, end, with_last))
            return false;
    }
    return true;
}

/* The parts of the word [from, to), where it has more than one. */
static bool
put_parts(const struct words *words, size_t from, size_t to)
{
    size_t part = from;

    for (size_t i = from + 1; i <= to; i++) {
        if (i < to ? words->ends[i] != WORD_PART : part == from)
            continue;
        if (!put_word(words, part, i, true))
            return false;
        part = i;
    }
    return true;
}

static bool
put_thai(const struct words *words, size_t from, size_t to)
{
    size_t word = from;

    for (size_t i = from + 1; i <= to; i++) {
        if (i < to && words->ends[i] != WORD_END)
            continue;
        if (!put_word(words, word, i, false) || (words->is_document && !put_parts(words, word, i)))
            return false;
        word = i;
    }
    return true;
}

bool
cut_words(struct str folded, bool is_document, unsigned char *ends, cut_put *put, void *user)
{
    const struct words words = {folded, is_document, ends, put, user};

    words_find(folded, NULL, ends);
    for (size_t at = 0, end = 0; at < folded.len; at = end) {
        enum letter kind = letter_of(utf8_next(folded, &end));
        for (size_t next = end; next < folded.len; end = next) {
            if (letter_of(utf8_next(folded, &next)) != kind)
                break;
        }
        bool good = kind == LETTER_NONE   ? true
                    : kind == LETTER_THAI ? put_thai(&words, at, end)
                                          : put_word(&words, at, end, false);
        if (!good)
            return false;
    }
    return true;
}

struct str
cut_version(struct arena *arena)
{
    return str_of(
        arena_printf(arena, "%d-%016llx", CUT_VERSION, (unsigned long long)words_version()));
}
