/* ICU is shown one letter for each stretch of Thai: its dictionary, which would take most of the
 * time and whose breaks are not wanted, is then never asked. */
#include "text/breaks_inner.h"

#include <stdlib.h>

#include <unicode/ubrk.h>
#include <unicode/uversion.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/breaks.h"
#include "thai/words.h"

/* Text as ICU gets it, with the byte at which each unit begins. */
struct wide {
    UChar *unit;
    uint32_t *at;
    size_t count, cap;
};

struct breaks_icu {
    UBreakIterator *line, *character;
    struct wide wide; /* of the text at hand; its room is kept */
};

struct breaks_icu *
breaks_icu_open(void)
{
    struct breaks_icu *icu = calloc(1, sizeof *icu);
    UErrorCode status = U_ZERO_ERROR;

    if (icu == NULL)
        arena_oom(sizeof *icu);
    icu->line = ubrk_open(UBRK_LINE, "th", NULL, 0, &status);
    icu->character = ubrk_open(UBRK_CHARACTER, "th", NULL, 0, &status);
    if (U_SUCCESS(status))
        return icu;
    free(icu);
    return NULL;
}

void
breaks_icu_close(struct breaks_icu *icu)
{
    if (icu == NULL)
        return;
    ubrk_close(icu->line);
    ubrk_close(icu->character);
    free(icu->wide.unit);
    free(icu->wide.at);
    free(icu);
}

/* More than this is not kept for the next text. */
#define KEPT_MAX ((size_t)1 << 20)

/* Room for `count` units. */
static void
make_room(struct wide *wide, size_t count)
{
    wide->count = 0;
    if (count <= wide->cap && (wide->cap <= KEPT_MAX || count > KEPT_MAX))
        return;
    free(wide->unit);
    free(wide->at);
    wide->cap = count + 256;
    wide->unit = calloc(wide->cap, sizeof *wide->unit);
    wide->at = calloc(wide->cap, sizeof *wide->at);
    if (wide->unit == NULL || wide->at == NULL)
        arena_oom(wide->cap);
}

static void
put(struct wide *wide, uint32_t c, size_t at)
{
    bool pair = c > 0xFFFF && c != UTF8_BAD;

    if (c == UTF8_BAD)
        c = 0xFFFD;
    wide->at[wide->count] = (uint32_t)at;
    wide->unit[wide->count++] = (UChar)(pair ? 0xD7C0 + (c >> 10) : c);
    if (pair) {
        wide->at[wide->count] = (uint32_t)at;
        wide->unit[wide->count++] = (UChar)(0xDC00 + (c & 0x3FF));
    }
}

/* `thai` keeps Thai letters; else each stretch of them becomes one letter of class AL, as UAX #14
 * has them without a dictionary. */
static void
widen(struct wide *wide, struct str text, bool thai)
{
    make_room(wide, text.len);
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        bool letter = !thai && words_is_letter(c);
        put(wide, letter ? 'A' : c, from);
        if (letter)
            at = words_letters_end(text, at);
    }
}

/* ---- clusters */

/* A control character, which joins with nothing. */
static bool
is_control(uint32_t c)
{
    return c < 0x20 || c == 0x7F || c == 0xAD || c == 0x200B || c == 0x2060;
}

/* Thai, Latin and the usual punctuation (U+2000-U+203F but what joins), where only Thai marks and
 * am join what is before them. What is ill-formed counts as either. */
static bool
is_plain(struct str text)
{
    const unsigned char *byte = (const unsigned char *)text.ptr;
    size_t i = 0;

    while (i < text.len) {
        size_t left = text.len - i;
        if (byte[i] < 0x80)
            i++;
        else if (left > 2 &&
                 ((byte[i] == 0xE0 && (byte[i + 1] == 0xB8 || byte[i + 1] == 0xB9)) ||
                  (byte[i] == 0xE2 && byte[i + 1] == 0x80 &&
                   ((byte[i + 2] >= 0x90 && byte[i + 2] <= 0xA7) || byte[i + 2] == 0x8B))))
            i += 3;
        else if (byte[i] >= 0xC2 && byte[i] <= 0xCB && left > 1)
            i += 2;
        else
            return false;
    }
    return true;
}

/* Of a place where a cluster begins, with the characters around it. */
static unsigned char
at_start(unsigned char place, uint32_t last, uint32_t c)
{
    if (place == BREAK_NONE && !(words_is_letter(last) && words_is_letter(c)))
        return BREAK_EMERGENCY;
    return place;
}

static void
plain_clusters(struct str text, unsigned char *place)
{
    uint32_t last = 0;

    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        bool joins = (c == 0x0E33 || utf8_is_thai_mark(c)) && !is_control(last);
        if (joins || (last == '\r' && c == '\n') || from == 0)
            place[from] = BREAK_NONE;
        else
            place[from] = at_start(place[from], last, c);
        last = c;
        /* among Thai letters words end before no mark */
        if (words_is_letter(c))
            at = words_letters_end(text, at);
    }
}

static void
icu_clusters(struct breaks_icu *icu, struct str text, unsigned char *place)
{
    const struct wide *wide = &icu->wide;
    UErrorCode status = U_ZERO_ERROR;
    uint32_t last = 0;
    size_t next = 0;

    widen(&icu->wide, text, true);
    ubrk_setText(icu->character, wide->unit, (int32_t)wide->count, &status);
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        while (next < from) {
            int32_t i = ubrk_next(icu->character);
            next = i == UBRK_DONE || (size_t)i >= wide->count ? text.len : wide->at[i];
        }
        place[from] = from == 0 || next > from ? BREAK_NONE : at_start(place[from], last, c);
        last = c;
    }
}

void
breaks_icu_clusters(struct breaks_icu *icu, struct str text, unsigned char *place)
{
    if (icu == NULL || is_plain(text))
        plain_clusters(text, place);
    else
        icu_clusters(icu, text, place);
}

/* ---- lines */

/* Without ICU: after spaces and line ends. */
static void
plain_lines(struct str text, unsigned char *place)
{
    for (size_t i = 1; i < text.len; i++) {
        if (text.ptr[i - 1] == '\n')
            place[i] = BREAK_MUST;
        else if (text.ptr[i - 1] == ' ' && place[i] != BREAK_NONE)
            place[i] = BREAK_GOOD;
    }
}

void
breaks_icu_lines(struct breaks_icu *icu, struct str text, unsigned char *place)
{
    UErrorCode status = U_ZERO_ERROR;

    if (icu == NULL) {
        plain_lines(text, place);
        return;
    }
    const struct wide *wide = &icu->wide;
    widen(&icu->wide, text, false);
    ubrk_setText(icu->line, wide->unit, (int32_t)wide->count, &status);
    for (int32_t i = ubrk_next(icu->line); i != UBRK_DONE; i = ubrk_next(icu->line)) {
        size_t at = (size_t)i < wide->count ? wide->at[i] : text.len;
        /* to UAX #14 a mark on a space is a letter; it must not be parted from it */
        if (at == 0 || at >= text.len || place[at] == BREAK_NONE)
            continue;
        place[at] = ubrk_getRuleStatus(icu->line) >= UBRK_LINE_HARD ? BREAK_MUST : BREAK_GOOD;
    }
}

const char *
breaks_version(void)
{
    return U_ICU_VERSION;
}
