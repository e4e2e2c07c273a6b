/* The normal form of text: NFC (UAX #15) and what it leaves of the ways Thai gets mistyped.
 *
 * One scan finds out whether a text needs anything at all; nearly all texts do not and are given
 * back as they are. The others go through passes: private-use marks, stand-ins and what is dropped;
 * NFC through ICU; what was typed in pieces; marks out of order. The order makes the result stable:
 * normalised again it stays. */
#include "thai/normal.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "thai/standin.h"

#define MAI_HAN_AKAT 0x0E31
#define SARA_AA 0x0E32
#define SARA_AM 0x0E33
#define SARA_I 0x0E34
#define SARA_UEE 0x0E37
#define SARA_U 0x0E38
#define PHINTHU 0x0E3A
#define SARA_E 0x0E40
#define SARA_AE 0x0E41
#define MAITAIKHU 0x0E47
#define MAI_EK 0x0E48
#define MAI_CHATTAWA 0x0E4B
#define THANTHAKHAT 0x0E4C
#define NIKHAHIT 0x0E4D

#define OLD_FIRST 0xF700
#define OLD_LAST 0xF71A

/* What fonts of the 1990s drew at U+F700 and after: marks moved left or down, and ฐ ญ without
 * their lower part. */
static const uint16_t old_marks[OLD_LAST - OLD_FIRST + 1] = {
    0x0E10, 0x0E34, 0x0E35, 0x0E36, 0x0E37, 0x0E48, 0x0E49, 0x0E4A, 0x0E4B,
    0x0E4C, 0x0E48, 0x0E49, 0x0E4A, 0x0E4B, 0x0E4C, 0x0E0D, 0x0E31, 0x0E4D,
    0x0E47, 0x0E48, 0x0E49, 0x0E4A, 0x0E4B, 0x0E4C, 0x0E38, 0x0E39, 0x0E3A,
};

uint32_t
normal_of_old(uint32_t code)
{
    return code >= OLD_FIRST && code <= OLD_LAST ? old_marks[code - OLD_FIRST] : code;
}

static bool
is_tone(uint32_t code)
{
    return code >= MAI_EK && code <= MAI_CHATTAWA;
}

/* Places of the Thai block that Unicode keeps empty; some fonts have a glyph there. */
static bool
is_no_letter(uint32_t code)
{
    return code == 0x0E00 || (code >= 0x0E3B && code <= 0x0E3E) ||
           (code >= 0x0E5C && code <= 0x0E7F);
}

static bool
is_vowel_above(uint32_t code)
{
    return code == MAI_HAN_AKAT || (code >= SARA_I && code <= SARA_UEE);
}

static bool
is_old(uint32_t code)
{
    return code >= OLD_FIRST && code <= OLD_LAST;
}

/* Without a trace on paper, and in the way of searching. */
static bool
is_dropped(uint32_t code)
{
    return code >= 0xAD && !utf8_is_thai(code) && utf8_is_unseen(code);
}

static bool
has_standin(uint32_t code)
{
    char text[STANDIN_MAX];

    return standin_put(code, text) > 0;
}

static bool
is_forbidden(uint32_t code)
{
    if (code < 0x20)
        return code != '\t' && code != '\n' && code != '\r' && standin_for_end(code) == 0;
    if (is_no_letter(code))
        return true;
    if (code < 0x7F || utf8_is_thai(code))
        return false;
    if (code < 0xA0 || code == UTF8_BAD)
        return true;
    bool nonchar = (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
    bool own = (code >= 0xE000 && code <= 0xF8FF && !is_old(code) && !has_standin(code)) ||
               code >= 0xF0000;
    return nonchar || own;
}

/* What lies on the letter before it. ำ has a part that does. */
static bool
is_mark(uint32_t code)
{
    if (code < 0x300)
        return false;
    if (utf8_is_thai(code))
        return utf8_is_thai_mark(code) || code == SARA_AM;
    if (is_old(code))
        return utf8_is_thai_mark(old_marks[code - OLD_FIRST]);
    return (U_GET_GC_MASK((UChar32)code) & U_GC_M_MASK) != 0;
}

/* Characters other than Thai that are not replaced and that NFC neither changes nor moves, whatever
 * stands beside them. */
static bool
is_plain(uint32_t code)
{
    if (code < 0x300)
        return code != 0x0B && code != 0x0C && code != 0xAD;
    return code == 0x2013 || code == 0x2014 || (code >= 0x2016 && code <= 0x2023) ||
           code == 0x2026 || (code >= 0x2030 && code <= 0x203A) || code == 0x20AC ||
           (code >= 0x2610 && code <= 0x2612) || code == 0x2713;
}

struct pos
normal_place(struct pos at, struct str text, size_t end)
{
    for (size_t i = 0; i < end && at.line > 0;) {
        uint32_t code = utf8_next(text, &i);
        bool crlf = code == '\r' && i < text.len && text.ptr[i] == '\n';
        if (code == '\n' || (code == '\r' && !crlf)) {
            at.line++;
            at.column = 1;
        } else if (!crlf) {
            at.column++;
        }
    }
    return at;
}

static void
tell_forbidden(struct diags *diags, struct pos at, struct str text, size_t start)
{
    size_t next = start;
    uint32_t code = utf8_next(text, &next);

    const char *name = code == UTF8_BAD
                           ? diag_printf(diags, "0x%02X", (unsigned char)text.ptr[start])
                           : diag_printf(diags, "U+%04X", (unsigned)code);
    diag_add(diags, DIAG_TEXT_FORBIDDEN, normal_place(at, text, start), name, NULL, NULL);
}

/* Marks that stand behind the vowel of their letter. */
static bool
is_late(uint32_t code)
{
    return is_tone(code) || code == THANTHAKHAT || code == NIKHAHIT;
}

/* True when a text with these neighbours may need a change. */
static bool
is_suspect(uint32_t last, uint32_t code)
{
    if (!utf8_is_thai(code))
        return !is_plain(code);
    if (code == NIKHAHIT || (code == last && utf8_is_thai_mark(code)))
        return true;
    if (code == SARA_E)
        return last == SARA_E;
    if (is_tone(code))
        return last == SARA_AM || !utf8_is_thai(last);
    if (code >= SARA_U && code <= PHINTHU)
        return is_late(last) || (last >= SARA_U && last <= PHINTHU) || !utf8_is_thai(last);
    return is_late(last) && (is_vowel_above(code) || code == MAITAIKHU);
}

/* normal_check(), and in *plain whether nothing is to be changed. */
static bool
scan(struct diags *diags, struct pos at, struct str text, bool *plain)
{
    uint32_t last = 0;
    size_t marks = 0, base = 0;

    *plain = true;
    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        uint32_t code = utf8_next(text, &i);
        if (is_forbidden(code)) {
            tell_forbidden(diags, at, text, start);
            return false;
        }
        if (is_mark(code)) {
            marks++;
        } else if (!is_dropped(code)) {
            marks = 0;
            base = start;
        }
        if (marks > NORMAL_MARKS_MAX) {
            diag_add(diags, DIAG_TEXT_MARKS, normal_place(at, text, base),
                     diag_printf(diags, "%d", NORMAL_MARKS_MAX), NULL, NULL);
            return false;
        }
        *plain = *plain && !is_suspect(last, code);
        last = code;
    }
    return true;
}

bool
normal_check(struct diags *diags, struct pos at, struct str text)
{
    bool plain;

    return scan(diags, at, text, &plain);
}

bool
normal_is_plain(struct str text)
{
    uint32_t last = 0;
    size_t marks = 0;

    for (size_t i = 0; i < text.len;) {
        uint32_t code = utf8_next(text, &i);
        marks = is_mark(code) ? marks + 1 : 0;
        if (is_forbidden(code) || is_suspect(last, code) || marks > NORMAL_MARKS_MAX)
            return false;
        last = code;
    }
    return true;
}

/* Names a character in a log, once. */
static void
log_code(struct normal_found *found, struct pos at, uint32_t code)
{
    if (found->count++ == 0)
        found->at = at;
    for (size_t i = 0; i < found->named; i++)
        if (found->code[i] == code)
            return;
    found->more = found->more || found->named == NORMAL_NAMED_MAX;
    if (found->named < NORMAL_NAMED_MAX)
        found->code[found->named++] = code;
}

/* First pass: one code point becomes others, or none. */
static struct str
replace_letters(struct arena *arena, struct pos at, struct str text, struct normal_log *log,
                bool *changed)
{
    struct buf out = buf_in(arena);
    char standin[STANDIN_MAX];

    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        uint32_t code = utf8_next(text, &i);
        if (is_old(code)) {
            buf_utf8(&out, normal_of_old(code));
            *changed = true;
        } else if (is_dropped(code)) {
            log_code(&log->unseen, at, code);
        } else if (!utf8_is_thai(code) && standin_put(code, standin) > 0) {
            buf_text(&out, standin);
            log_code(&log->replaced, at, standin_end_of(code));
        } else {
            buf_add(&out, str_sub(text, start, i - start));
        }
    }
    return buf_str(&out);
}

static void
icu_must(UErrorCode status, size_t size)
{
    if (U_FAILURE(status))
        arena_oom(size);
}

/* Second pass. The lengths of ICU are int32_t; `text` is far below. */
static struct str
compose(struct arena *arena, struct str text)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t cap = (int32_t)text.len + 1, len = 0;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    UChar *from = arena_array(arena, (size_t)cap, sizeof *from);

    icu_must(status, text.len);
    u_strFromUTF8(from, cap, &len, text.ptr, (int32_t)text.len, &status);
    icu_must(status, text.len);
    if (unorm2_quickCheck(nfc, from, len, &status) == UNORM_YES)
        return text;
    /* NFC makes UTF-16 at most three times as long (UAX #15), UTF-8 then three bytes a unit */
    int32_t to_cap = 3 * len + 1, to_len = 0, out_len = 0;
    UChar *to = arena_array(arena, (size_t)to_cap, sizeof *to);
    to_len = unorm2_normalize(nfc, from, len, to, to_cap, &status);
    icu_must(status, text.len);
    char *out = arena_array(arena, (size_t)to_len + 1, 3);
    u_strToUTF8(out, 3 * to_len + 1, &out_len, to, to_len, &status);
    icu_must(status, text.len);
    return (struct str){out, (size_t)out_len};
}

struct look {
    uint32_t code;
    size_t end;
};

static struct look
look(struct str text, size_t at)
{
    struct look ahead = {0, at};

    if (at < text.len)
        ahead.code = utf8_next(text, &ahead.end);
    return ahead;
}

/* A Thai sequence that is to be written otherwise: its new code points (0: none), and its end. */
struct change {
    uint32_t to[2];
    size_t end;
};

/* Third pass, and the last: a mark that was typed twice, which paper hardly shows and a search does
 * not find. False when nothing begins at `at`. */
static bool
match_doubled(struct str text, size_t at, uint32_t last, struct change *change)
{
    struct look a = look(text, at), b = look(text, a.end);

    (void)last;
    *change = (struct change){{0, a.code}, b.end};
    if (!utf8_is_thai_mark(a.code) || b.code != a.code)
        return false;
    for (b = look(text, b.end); b.code == a.code; b = look(text, b.end))
        change->end = b.end;
    return true;
}

/* Fourth pass: what was typed in pieces. */
static bool
match_pieces(struct str text, size_t at, uint32_t last, struct change *change)
{
    struct look a = look(text, at), b = look(text, a.end), c = look(text, b.end);

    (void)last;
    *change = (struct change){{0, SARA_AM}, b.end};
    if (a.code == NIKHAHIT && b.code == SARA_AA)
        return true;
    if (a.code == SARA_E && b.code == SARA_E) {
        change->to[1] = SARA_AE;
        return true;
    }
    change->end = c.end;
    change->to[0] = is_tone(a.code) ? a.code : b.code;
    return c.code == SARA_AA &&
           ((is_tone(a.code) && b.code == NIKHAHIT) || (a.code == NIKHAHIT && is_tone(b.code)));
}

/* Fifth pass: a mark on the wrong side of the vowel, on a letter that has no other. */
static bool
match_order(struct str text, size_t at, uint32_t last, struct change *change)
{
    struct look a = look(text, at), b = look(text, a.end), c = look(text, b.end);

    *change = (struct change){{b.code, a.code}, b.end};
    if (last < 0x0E01 || last > 0x0E2E)
        return false;
    if (is_tone(a.code))
        return is_vowel_above(b.code) || b.code == MAITAIKHU;
    if (a.code == SARA_AM)
        return is_tone(b.code);
    /* ํ that may be half of ำ stays where it is */
    if (a.code != THANTHAKHAT && (a.code != NIKHAHIT || is_tone(c.code) || c.code == SARA_AA))
        return false;
    return is_vowel_above(b.code) || (b.code >= SARA_U && b.code <= PHINTHU);
}

static struct str
mend(struct arena *arena, struct str text,
     bool (*match)(struct str text, size_t at, uint32_t last, struct change *change), bool *changed)
{
    struct buf out = buf_in(arena);
    struct change change;
    uint32_t last = 0;

    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        if (!match(text, i, last, &change)) {
            last = utf8_next(text, &i);
            buf_add(&out, str_sub(text, start, i - start));
            continue;
        }
        if (change.to[0] != 0)
            buf_utf8(&out, change.to[0]);
        buf_utf8(&out, change.to[1]);
        last = change.to[1];
        i = change.end;
        *changed = true;
    }
    return buf_str(&out);
}

bool
normal_quietly(struct arena *arena, struct diags *diags, struct pos at, struct str text,
               struct str *out, struct normal_log *log)
{
    bool plain, mended = false;

    if (!scan(diags, at, text, &plain))
        return false;
    *out = text;
    if (plain)
        return true;
    if (text.len > INT32_MAX / 16)
        arena_oom(text.len);
    struct str result = replace_letters(arena, at, text, log, &mended);
    result = mend(arena, compose(arena, result), match_doubled, &mended);
    result = mend(arena, result, match_pieces, &mended);
    result = mend(arena, result, match_order, &mended);
    result = compose(arena, result); /* a tone may have moved before a vowel below */
    result = mend(arena, result, match_doubled, &mended);
    if (str_eq(result, text))
        return true;
    /* NFC takes some marks apart, so that they may have become too many */
    if (!scan(diags, at, result, &plain))
        return false;
    *out = result;
    if (mended && log->mended++ == 0)
        log->mended_at = at;
    return true;
}

/* "U+200B, U+FEFF …" */
static const char *
unseen_names(struct arena *arena, const struct normal_found *found)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < found->named; i++)
        buf_printf(&out, "%sU+%04X", i > 0 ? ", " : "", (unsigned)found->code[i]);
    buf_text(&out, found->more ? " …" : "");
    return str_cstr(arena, buf_str(&out));
}

/* "U+F0B7 → •, ： (U+FF1A) → :" */
static const char *
replaced_names(struct arena *arena, const struct normal_found *found, const char *line_end)
{
    struct buf out = buf_in(arena);
    char standin[STANDIN_MAX];

    for (size_t i = 0; i < found->named; i++) {
        uint32_t code = found->code[i];
        standin_put(code, standin);
        buf_text(&out, i > 0 ? ", " : "");
        if (standin[0] == '\n' || (code >= 0xE000 && code <= 0xF8FF)) {
            buf_printf(&out, "U+%04X", (unsigned)code);
        } else {
            buf_utf8(&out, code);
            buf_printf(&out, " (U+%04X)", (unsigned)code);
        }
        buf_printf(&out, " → %s",
                   standin[0] == '\n'  ? line_end
                   : standin[0] == ' ' ? "U+0020"
                                       : standin);
    }
    buf_text(&out, found->more ? " …" : "");
    return str_cstr(arena, buf_str(&out));
}

void
normal_tell(struct diags *diags, const struct normal_log *log)
{
    struct arena *arena = arena_new(0);

    if (log->unseen.count > 0)
        diag_add(diags, DIAG_TEXT_UNSEEN, log->unseen.at,
                 diag_printf(diags, "%zu", log->unseen.count), unseen_names(arena, &log->unseen),
                 NULL);
    if (log->replaced.count > 0)
        diag_add(diags, DIAG_TEXT_REPLACED, log->replaced.at,
                 diag_printf(diags, "%zu", log->replaced.count),
                 diag_both(diags, replaced_names(arena, &log->replaced, "a line end"),
                           replaced_names(arena, &log->replaced, "ขึ้นบรรทัดใหม่")),
                 NULL);
    arena_free(arena);
}

bool
normal_text(struct arena *arena, struct diags *diags, struct pos at, struct str text,
            struct str *out)
{
    struct normal_log log = {0};

    if (!normal_quietly(arena, diags, at, text, out, &log))
        return false;
    if (log.mended > 0)
        diag_add(diags, DIAG_TEXT_NORMALISED, at, NULL, NULL, NULL);
    normal_tell(diags, &log);
    return true;
}
