/* Fonts of an appearance: ToUnicode, simple encodings, and whether they are what they were. */
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "pdfin/shown_inner.h"

#define CMAP_MAX ((size_t)1 << 20)
#define RANGE_MAX 65536
#define PARTS_MAX 6 /* of a font, one below the other */
#define SYMBOLIC 4  /* of the flags of a descriptor: letters of no standard set */

/* Windows 1252 from 0x80 to 0x9F. */
static const uint16_t win_80[] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                  0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

/* ---- trust */

/* True when every object that a font is made of stood there before, at the same place. */
static bool
is_as_before(struct revisions *r, size_t revision, size_t trusted, const struct cos *node,
             size_t depth)
{
    const struct cos *dict = cos_dict(node);

    if (depth > PARTS_MAX || !revisions_step(r))
        return false;
    if (node->type == COS_REF) {
        const struct cos *now = cos_resolve(r, revision, node);
        return now == cos_resolve(r, trusted, node) && now->type != COS_NULL &&
               is_as_before(r, revision, trusted, now, depth + 1);
    }
    if (node->type == COS_ARRAY) {
        for (size_t i = 0; i < node->count; i++) {
            if (node->items[i].type >= COS_ARRAY &&
                !is_as_before(r, revision, trusted, &node->items[i], depth))
                return false;
        }
    }
    for (size_t i = 0; dict->type == COS_DICT && i < dict->count; i++) {
        if (dict->entries[i].value.type >= COS_ARRAY &&
            !is_as_before(r, revision, trusted, &dict->entries[i].value, depth))
            return false;
    }
    return true;
}

/* One of the fonts that every program has; letters of a list of widths could stand in another
 * order. */
static bool
has_standard_name(struct revisions *r, size_t revision, const struct cos *font)
{
    static const char *const names[] = {
        "Helvetica",   "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique",
        "Times-Roman", "Times-Bold",     "Times-Italic",      "Times-BoldItalic",
        "Courier",     "Courier-Bold",   "Courier-Oblique",   "Courier-BoldOblique"};
    const struct cos *name = cos_at(r, revision, font, "BaseFont");

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (cos_is_name(name, names[i]))
            return cos_is_name(cos_at(r, revision, font, "Subtype"), "Type1") &&
                   cos_get(font, "FontDescriptor")->type == COS_NULL &&
                   cos_get(font, "Widths")->type == COS_NULL;
    }
    return false;
}

/* The same with an encoding of a known name. */
static bool
is_standard(struct revisions *r, size_t revision, const struct cos *font)
{
    const struct cos *encoding = cos_at(r, revision, font, "Encoding");

    return has_standard_name(r, revision, font) && cos_get(font, "ToUnicode")->type == COS_NULL &&
           (encoding->type == COS_NULL || cos_is_name(encoding, "WinAnsiEncoding"));
}

/* ---- ToUnicode */

struct cmap {
    struct arena *arena;
    struct map *letters;
    struct cos operands[3];
    size_t count;
    bool is_bad;
};

static size_t
code_of(const struct cos *string)
{
    size_t code = 0;

    for (size_t i = 0; string->type == COS_STRING && i < string->text.len && i < 4; i++)
        code = code << 8 | (unsigned char)string->text.ptr[i];
    return code;
}

static void
set_letters(struct cmap *m, size_t code, struct str utf16, size_t add)
{
    struct cos text = {.type = COS_STRING};
    struct buf raw = buf_in(m->arena);
    struct str *letters = arena_alloc(m->arena, sizeof *letters);

    buf_add(&raw, STR("\xFE\xFF"));
    buf_add(&raw, utf16);
    /* the last unit of a range counts up */
    if (utf16.len >= 2 && add > 0) {
        size_t unit =
            (size_t)(unsigned char)raw.ptr[raw.len - 2] << 8 | (unsigned char)raw.ptr[raw.len - 1];
        raw.ptr[raw.len - 2] = (char)(unsigned char)((unit + add) >> 8 & 0xFF);
        raw.ptr[raw.len - 1] = (char)(unsigned char)((unit + add) & 0xFF);
    }
    text.text = buf_str(&raw);
    *letters = cos_text(m->arena, &text);
    *map_put(m->letters, code + 1) = letters;
}

static void
set_range(struct cmap *m)
{
    size_t low = code_of(&m->operands[0]), high = code_of(&m->operands[1]);
    const struct cos *to = &m->operands[2];

    if (high < low || high - low >= RANGE_MAX) {
        m->is_bad = true;
        return;
    }
    for (size_t i = 0; i <= high - low; i++) {
        if (to->type == COS_STRING)
            set_letters(m, low + i, to->text, i);
        else if (to->type == COS_ARRAY && i < to->count && to->items[i].type == COS_STRING)
            set_letters(m, low + i, to->items[i].text, 0);
    }
}

/* Pairs between beginbfchar and endbfchar, threes between beginbfrange and endbfrange. */
static void
read_entries(struct cmap *m, struct cos_parser *p, size_t each, const char *end)
{
    size_t entries = 0;

    for (m->count = 0; p->at < p->bytes.len && !m->is_bad;) {
        parse_space(p);
        if (parse_word(p, end))
            return;
        if (!parse_cos(p, &m->operands[m->count]) || ++entries > CMAP_MAX) {
            m->is_bad = true;
            return;
        }
        if (++m->count < each)
            continue;
        if (each == 3)
            set_range(m);
        else if (m->operands[1].type == COS_STRING)
            set_letters(m, code_of(&m->operands[0]), m->operands[1].text, 0);
        m->count = 0;
    }
}

static struct map *
read_cmap(struct revisions *r, struct arena *arena, size_t revision, const struct cos *stream)
{
    struct cmap m = {.arena = arena, .letters = map_new(arena)};
    size_t nodes = 0;
    struct cos_parser p = {.arena = arena, .nodes = &nodes};

    if (!cos_unpack(r, revision, stream, CMAP_MAX, arena, &p.bytes))
        return NULL;
    while (p.at < p.bytes.len && !m.is_bad) {
        struct cos unused;
        parse_space(&p);
        if (parse_word(&p, "beginbfchar")) {
            read_entries(&m, &p, 2, "endbfchar");
        } else if (parse_word(&p, "beginbfrange")) {
            read_entries(&m, &p, 3, "endbfrange");
        } else if (parse_word(&p, "usecmap")) {
            m.is_bad = true;
        } else if (p.at < p.bytes.len && ascii_is_letter(p.bytes.ptr[p.at])) {
            while (p.at < p.bytes.len && !parse_is_space(p.bytes.ptr[p.at]) &&
                   !parse_is_delimiter(p.bytes.ptr[p.at]))
                p.at++;
        } else if (p.at < p.bytes.len && !parse_cos(&p, &unused)) {
            m.is_bad = true;
        }
    }
    return m.is_bad ? NULL : m.letters;
}

/* ---- fonts */

static enum shown_base
base_named(const struct cos *name)
{
    return cos_is_name(name, "WinAnsiEncoding")    ? SHOWN_BASE_WIN
           : cos_is_name(name, "MacRomanEncoding") ? SHOWN_BASE_MAC
           : cos_is_name(name, "StandardEncoding") ? SHOWN_BASE_STANDARD
                                                   : SHOWN_BASE_NONE;
}

/* True when letters are in the order of a file of the font, or of what the font is made for. */
static bool
has_own_order(struct revisions *r, size_t revision, const struct cos *font)
{
    static const char *const files[] = {"FontFile", "FontFile2", "FontFile3"};
    const struct cos *descriptor = cos_at(r, revision, font, "FontDescriptor");
    const struct cos *flags = cos_at(r, revision, descriptor, "Flags");
    bool has_file = false;

    if (descriptor->type == COS_NULL)
        return !has_standard_name(r, revision, font);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        has_file = has_file || cos_get(descriptor, files[i])->type != COS_NULL;
    return has_file || flags->type != COS_INTEGER || (flags->integer & SYMBOLIC) != 0;
}

/* ISO 32000-1 §9.6.6: what no encoding names is as the font has it, else of StandardEncoding. */
static enum shown_base
base_of(struct revisions *r, size_t revision, const struct cos *font)
{
    const struct cos *encoding = cos_at(r, revision, font, "Encoding");
    const struct cos *name =
        encoding->type == COS_DICT ? cos_at(r, revision, encoding, "BaseEncoding") : encoding;

    if (name->type != COS_NULL)
        return base_named(name);
    return has_own_order(r, revision, font) ? SHOWN_BASE_NONE : SHOWN_BASE_STANDARD;
}

struct shown_font
shown_font_read(struct revisions *r, struct arena *arena, size_t revision, size_t trusted,
                const struct cos *ref)
{
    struct shown_font font = {0};
    const struct cos *dict = cos_resolve(r, revision, ref);
    const struct cos *to = cos_at(r, revision, dict, "ToUnicode");
    const struct cos *encoding = cos_at(r, revision, dict, "Encoding");
    const struct cos *subtype = cos_at(r, revision, dict, "Subtype");

    if (dict->type != COS_DICT ||
        (!is_standard(r, revision, dict) &&
         (ref->type != COS_REF || !is_as_before(r, revision, trusted, ref, 0))))
        return font;
    font.is_wide = cos_is_name(subtype, "Type0");
    if (to->type == COS_STREAM)
        font.letters = read_cmap(r, arena, revision, to);
    else if (encoding->type == COS_DICT)
        font.names = cos_at(r, revision, encoding, "Differences");
    font.base = base_of(r, revision, dict);
    bool is_simple = cos_is_name(subtype, "Type1") || cos_is_name(subtype, "TrueType");
    font.is_known = font.is_wide ? font.letters != NULL && cos_is_name(encoding, "Identity-H")
                                 : is_simple && (to->type == COS_NULL || font.letters != NULL);
    return font;
}

/* The name of a code in /Differences: [32 /space /exclam 65 /A]. */
static struct str
name_of(struct revisions *r, size_t revision, const struct cos *names, size_t code)
{
    long long at = 0;

    for (size_t i = 0; names != NULL && names->type == COS_ARRAY && i < names->count; i++) {
        const struct cos *item = cos_resolve(r, revision, &names->items[i]);
        if (item->type == COS_INTEGER) {
            at = item->integer;
        } else if (item->type == COS_NAME) {
            if (at >= 0 && (size_t)at == code)
                return item->text;
            at++;
        }
    }
    return STR("");
}

/* Names of glyphs: a letter, or its number. */
static bool
letter_named(struct str name, uint32_t *out)
{
    uint32_t code = 0;

    if (name.len == 1 && ascii_is_letter(name.ptr[0])) {
        *out = (unsigned char)name.ptr[0];
        return true;
    }
    if (str_is(name, "space")) {
        *out = ' ';
        return true;
    }
    if (name.len != 7 || !str_starts(name, STR("uni")))
        return false;
    for (size_t i = 3; i < 7; i++) {
        int digit = ascii_hex(name.ptr[i]);
        if (digit < 0)
            return false;
        code = code << 4 | (uint32_t)digit;
    }
    *out = code;
    return code < 0xD800 || code > 0xDFFF;
}

/* A letter of a base encoding; 0 for none. */
static uint32_t
letter_of_base(enum shown_base base, size_t code)
{
    if (base == SHOWN_BASE_WIN && code == 0xAD)
        return '-'; /* which is seen, other than U+00AD */
    if (base == SHOWN_BASE_WIN)
        return code >= 0x80 && code < 0xA0 ? win_80[code - 0x80] : (uint32_t)code;
    if (base == SHOWN_BASE_NONE || code >= 0x7F)
        return 0;
    if (base == SHOWN_BASE_STANDARD && (code == '\'' || code == '`'))
        return code == '`' ? 0x2018 : 0x2019;
    return (uint32_t)code;
}

bool
shown_font_letters(struct revisions *r, size_t revision, const struct shown_font *font, size_t code,
                   struct buf *out)
{
    uint32_t letter = 0;

    if (font->letters != NULL) {
        const struct str *letters = map_get(font->letters, code + 1);
        if (letters == NULL || letters->len == 0)
            return false;
        buf_add(out, *letters);
        return true;
    }
    struct str name = name_of(r, revision, font->names, code);
    if (name.len > 0) {
        if (!letter_named(name, &letter))
            return false;
    } else {
        letter = letter_of_base(font->base, code);
    }
    if (letter < 0x20 || letter == 0x7F || letter == 0xFFFD)
        return false;
    buf_utf8(out, letter);
    return true;
}
