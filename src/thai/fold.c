/* Folding by pieces: a piece is what may be normalised by itself, a letter with its marks. Most
 * pieces are in their normal form, and only the others are handed to normal.h. */
#include "thai/fold.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "thai/digits.h"
#include "thai/normal.h"

#define MAI_HAN_AKAT 0x0E31
#define SARA_AA 0x0E32
#define SARA_AM 0x0E33
#define SARA_I 0x0E34 /* to PHINTHU: vowels above and below */
#define PHINTHU 0x0E3A
#define SARA_E 0x0E40
#define MAITAIKHU 0x0E47
#define NIKHAHIT 0x0E4D
#define OLD_FIRST 0xF700 /* letters and marks of old Thai fonts, see normal.h */
#define OLD_LAST 0xF71A
#define REPLACEMENT 0xFFFD
#define LETTERS_MAX 5 /* of a piece that has to be normalised */

struct fold {
    struct arena *arena;
    struct arena *scratch; /* where something has to be normalised */
    struct diags *diags;
    const UNormalizer2 *nfc;
    struct buf out;
    bool has_blank; /* the last that came out is one */
    bool wants_places;
    struct fold_place now; /* the piece at hand */
    struct fold_place *place;
    size_t place_count, place_cap;
};

/* ---- letters */

static bool
is_unseen(uint32_t code)
{
    return code != UTF8_BAD && utf8_is_unseen(code);
}

static bool
is_gap(uint32_t code)
{
    return code != UTF8_BAD && (utf8_is_blank(code) || utf8_is_control(code));
}

static uint32_t
folded_letter(uint32_t code)
{
    if (code < 0x80)
        return code >= 'A' && code <= 'Z' ? code + 'a' - 'A' : code;
    if (utf8_is_thai(code)) {
        int digit = digits_value(code);
        return digit < 0 ? code : (uint32_t)('0' + digit);
    }
    if (code == 0x2018 || code == 0x2019)
        return '\'';
    if (code >= 0x201C && code <= 0x201E)
        return '"';
    if ((code >= 0x2010 && code <= 0x2015) || code == 0x2212)
        return '-';
    if (code == UTF8_BAD)
        return REPLACEMENT;
    return (uint32_t)u_foldCase((UChar32)code, U_FOLD_CASE_DEFAULT);
}

static void
put(struct fold *f, uint32_t code)
{
    size_t from = f->out.len;

    buf_utf8(&f->out, code);
    for (; f->wants_places && from < f->out.len; from++)
        *ARENA_ADD(f->arena, f->place, f->place_count, f->place_cap, 64) = f->now;
}

/* A blank that follows another one is the same. */
static void
put_blank(struct fold *f)
{
    if (!f->has_blank)
        put(f, ' ');
    else if (f->place_count > 0)
        f->place[f->place_count - 1].to = f->now.to;
    f->has_blank = true;
}

static void
put_letter(struct fold *f, uint32_t code)
{
    if (is_unseen(code))
        return;
    if (is_gap(code)) {
        put_blank(f);
        return;
    }
    f->has_blank = false;
    put(f, folded_letter(code));
}

static void
put_all(struct fold *f, struct str text)
{
    for (size_t at = 0; at < text.len;)
        put_letter(f, utf8_next(text, &at));
}

/* ---- pieces */

/* True where no letter before has to do with this one. */
static bool
begins_piece(const struct fold *f, uint32_t last, uint32_t code)
{
    if (code < 0x80 || code == UTF8_BAD)
        return true;
    if (utf8_is_thai(code))
        return !utf8_is_thai_mark(code) && code != SARA_AA && code != SARA_AM &&
               !(code == SARA_E && last == SARA_E);
    if (utf8_is_unseen(code) || (code >= OLD_FIRST && code <= OLD_LAST))
        return false;
    return code < 0x300 || unorm2_hasBoundaryBefore(f->nfc, (UChar32)code);
}

static size_t
piece_end(const struct fold *f, struct str text, size_t from)
{
    size_t at = from;
    uint32_t last = utf8_next(text, &at);

    while (at < text.len) {
        size_t next = at;
        uint32_t code = utf8_next(text, &next);
        if (begins_piece(f, last, code))
            break;
        /* what is not seen parts nothing */
        last = utf8_is_unseen(code) ? last : code;
        at = next;
    }
    return at;
}

static bool
is_vowel_mark(uint32_t code)
{
    return code == MAI_HAN_AKAT || code == MAITAIKHU || (code >= SARA_I && code <= PHINTHU);
}

/* ํ of a letter that has a vowel, too, goes behind all its marks: normal.h leaves it where it is or
 * moves it, by what follows, and so a piece would be another. */
static struct str
with_nikhahit_last(struct arena *arena, struct str letters)
{
    struct buf out = buf_in(arena);
    size_t vowels = 0, waiting = 0;

    for (size_t at = 0; at < letters.len;)
        vowels += is_vowel_mark(utf8_next(letters, &at));
    if (vowels == 0)
        return letters;
    for (size_t at = 0; at < letters.len;) {
        uint32_t code = utf8_next(letters, &at);
        bool mark = utf8_is_thai_mark(code) || u_getCombiningClass((UChar32)code) != 0;
        for (; waiting > 0 && !mark; waiting--)
            buf_utf8(&out, NIKHAHIT);
        if (code == NIKHAHIT)
            waiting++;
        else
            buf_utf8(&out, code);
    }
    for (; waiting > 0; waiting--)
        buf_utf8(&out, NIKHAHIT);
    return buf_str(&out);
}

#define PARTS_MAX 4 /* of a letter that NFC takes apart */

/* A letter as NFC leaves it: a few are always taken apart. How many parts it has. */
static size_t
parts_of(const struct fold *f, uint32_t code, uint32_t parts[PARTS_MAX])
{
    const UChar32 letter = (UChar32)code;
    UErrorCode status = U_ZERO_ERROR;
    UChar from[2], to[2 * PARTS_MAX];
    UChar32 apart[PARTS_MAX];
    int32_t len = 0, count = 0;

    parts[0] = code;
    if (code < 0x300 || code > 0x10FFFF || utf8_is_thai(code))
        return 1;
    u_strFromUTF32(from, 2, &len, &letter, 1, &status);
    if (unorm2_quickCheck(f->nfc, from, len, &status) != UNORM_NO)
        return 1;
    len = unorm2_normalize(f->nfc, from, len, to, 2 * PARTS_MAX, &status);
    u_strToUTF32(apart, PARTS_MAX, &count, to, len, &status);
    if (U_FAILURE(status))
        return 1;
    for (int32_t i = 0; i < count; i++)
        parts[i] = (uint32_t)apart[i];
    return (size_t)count;
}

/* Letter by letter first: a capital with marks may have no form of its own where the small letter
 * has one, and what is none would be refused. Of a heap of marks the first are enough. */
static struct str
letters_of(const struct fold *f, struct str piece)
{
    struct buf out = buf_in(f->scratch);
    uint32_t parts[PARTS_MAX];
    size_t count = 0;

    for (size_t at = 0; at < piece.len && count < LETTERS_MAX;) {
        uint32_t code = utf8_next(piece, &at);
        if (is_unseen(code))
            continue;
        code = is_gap(code) ? ' ' : folded_letter(normal_of_old(code));
        size_t many = parts_of(f, code, parts);
        for (size_t i = 0; i < many && count < LETTERS_MAX; i++, count++)
            buf_utf8(&out, parts[i]);
    }
    return buf_str(&out);
}

/* What is refused (a private letter) begins its piece and stays; its marks are a piece then. */
static struct str
normal_of(struct fold *f, struct str letters)
{
    struct normal_log log = {0};
    struct str normal;
    size_t first = 0;

    if (normal_quietly(f->scratch, f->diags, POS_NONE, letters, &normal, &log))
        return normal;
    put_letter(f, utf8_next(letters, &first));
    letters = str_sub(letters, first, SIZE_MAX);
    return normal_quietly(f->scratch, f->diags, POS_NONE, letters, &normal, &log) ? normal
                                                                                  : letters;
}

/* Quotes and dashes have become plain with their letters. */
static void
put_normal(struct fold *f, struct str piece)
{
    if (f->scratch == NULL) {
        f->scratch = arena_new(0);
        f->diags = diags_new();
    }
    struct arena_mark mark = arena_mark(f->scratch);
    struct str letters = with_nikhahit_last(f->scratch, letters_of(f, piece));
    put_all(f, normal_is_plain(letters) ? letters : normal_of(f, letters));
    arena_reset(f->scratch, mark);
}

static struct folded
fold(struct arena *arena, struct str text, bool wants_places)
{
    UErrorCode status = U_ZERO_ERROR;
    struct fold f = {.arena = arena, .out = buf_in(arena), .wants_places = wants_places};

    f.nfc = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status))
        arena_oom(text.len);
    for (size_t at = 0, end = 0; at < text.len; at = end) {
        end = piece_end(&f, text, at);
        struct str piece = str_sub(text, at, end - at);
        f.now = (struct fold_place){(uint32_t)at, (uint32_t)end};
        if (normal_is_plain(piece))
            put_all(&f, piece);
        else
            put_normal(&f, piece);
    }
    if (f.scratch != NULL) {
        arena_free(f.scratch);
        diags_free(f.diags);
    }
    return (struct folded){buf_str(&f.out), f.place};
}

struct str
fold_text(struct arena *arena, struct str text)
{
    return fold(arena, text, false).text;
}

struct folded
fold_with_places(struct arena *arena, struct str text)
{
    return fold(arena, text, true);
}
