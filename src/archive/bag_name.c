/* Names inside bags. */
#include "archive/bag.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/diag.h"
#include "base/path.h"
#include "base/utf8.h"
#include "thai/normal.h"

#define NAME_BYTES 120 /* of 255 that file systems have, with what is put around it */
#define PATH_BYTES 1024

static bool
is_plain(uint32_t code)
{
    return (code < 0x80 && (ascii_is_alnum((int)code) || code == '-' || code == '.')) ||
           (code >= 0x0E01 && code <= 0x0E3A) || (code >= 0x0E40 && code <= 0x0E4E) ||
           (code >= 0x0E50 && code <= 0x0E59);
}

/* The text in the characters that names have, with one "-" for any number of others. */
static struct str
filter(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (is_plain(code))
            buf_utf8(&out, code);
        else if (out.len > 0 && out.ptr[out.len - 1] != '-')
            buf_byte(&out, '-');
    }
    return buf_str(&out);
}

/* In NFC; without Thai where that cannot be had. */
static struct str
normalise(struct arena *arena, struct str text)
{
    struct diags *diags = diags_new();
    struct str out;
    bool good = normal_text(arena, diags, POS_NONE, text, &out);

    diags_free(diags);
    if (good)
        return out;
    struct buf plain = buf_in(arena);
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] < 0x80)
            buf_byte(&plain, text.ptr[i]);
    }
    return buf_str(&plain);
}

/* Shorter, at a letter that no mark follows, with the ending that the name has. */
static struct str
shorten(struct arena *arena, struct str name)
{
    size_t dot = str_find_last(name, STR(".")), cut = 0;
    struct str ending =
        dot != SIZE_MAX && name.len - dot <= 10 ? str_sub(name, dot, name.len) : STR("");

    if (name.len <= NAME_BYTES)
        return name;
    for (size_t at = 0; at <= NAME_BYTES - ending.len;) {
        if (!utf8_is_thai_mark(utf8_at(name, at)))
            cut = at;
        (void)utf8_next(name, &at);
    }
    struct buf out = buf_in(arena);
    buf_add(&out, str_sub(name, 0, cut));
    buf_add(&out, ending);
    return buf_str(&out);
}

/* Neither hidden nor with a dot at its end, which Windows drops. */
static struct str
trim(struct str name)
{
    while (name.len > 0 && (name.ptr[0] == '.' || name.ptr[0] == '-'))
        name = str_sub(name, 1, name.len);
    while (name.len > 0 && (name.ptr[name.len - 1] == '.' || name.ptr[name.len - 1] == '-'))
        name.len--;
    return name;
}

/* Names of devices on Windows, with any ending. */
static bool
is_device(struct str name)
{
    static const char *const devices[] = {"CON", "PRN", "AUX", "NUL"};
    size_t dot = str_find(name, STR("."));
    struct str first = str_sub(name, 0, dot);

    for (size_t i = 0; i < sizeof devices / sizeof devices[0]; i++) {
        if (str_same(first, str_of(devices[i])))
            return true;
    }
    return first.len == 4 && ascii_is_digit(first.ptr[3]) &&
           (str_starts_same(first, STR("COM")) || str_starts_same(first, STR("LPT")));
}

struct str
bag_name(struct arena *arena, struct str text, const char *otherwise)
{
    struct str name = trim(shorten(arena, normalise(arena, filter(arena, text))));

    if (name.len == 0)
        return str_of(otherwise);
    return is_device(name) ? str_of(arena_printf(arena, "x-%.*s", STR_FMT(name))) : name;
}

/* Whether normalising changes nothing. */
static bool
is_normal(struct str text)
{
    if (normal_is_plain(text))
        return true;
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct str out;
    bool good = normal_text(arena, diags, POS_NONE, text, &out) && str_eq(out, text);
    diags_free(diags);
    arena_free(arena);
    return good;
}

bool
bag_is_name(struct str path)
{
    if (path.len > PATH_BYTES || !path_is_inside(path) || !is_normal(path))
        return false;
    for (size_t at = 0, from = 0; at <= path.len;) {
        bool end = at == path.len || path.ptr[at] == '/';
        if (end && (at == from || path.ptr[from] == '.' || path.ptr[at - 1] == '.'))
            return false;
        if (at == path.len)
            return true;
        if (end)
            from = at + 1;
        uint32_t code = utf8_next(path, &at);
        if (!end && !is_plain(code))
            return false;
    }
    return true;
}

/* Cuts what stands before the first "/" off. */
static struct str
next_part(struct str *path)
{
    size_t slash = str_find(*path, STR("/"));
    struct str part = str_sub(*path, 0, slash);

    *path = slash == SIZE_MAX ? STR("") : str_sub(*path, slash + 1, path->len);
    return part;
}

int64_t
bag_entry_of(struct str path, struct str *chain)
{
    struct str rest = path, part = next_part(&rest), name = part;
    size_t n = 0;

    *chain = STR("");
    if (!str_is(part, "data"))
        return 0;
    part = next_part(&rest);
    if (str_is(part, "chains")) {
        *chain = next_part(&rest);
        part = next_part(&rest);
    }
    if (rest.len == 0 || str_is(part, "assets") || str_is(part, "kits"))
        return 0;
    while (rest.len > 0)
        name = next_part(&rest);
    if (name.len < BAG_DIGITS + 5 || !str_ends(name, STR(".json")) ||
        !str_number(str_sub(name, 0, name.len - 5), (size_t)INT64_MAX, &n))
        return 0;
    return (int64_t)n;
}

struct str
bag_stem(struct arena *arena, const struct bag_place *place)
{
    struct buf out = buf_in(arena);

    buf_text(&out, "data/");
    if (place->chain.len > 0)
        buf_printf(&out, "chains/%.*s/", STR_FMT(place->chain));
    if (!place->is_document) {
        buf_text(&out, "other/");
    } else {
        if (place->year > 0)
            buf_printf(&out, "%d/", place->year);
        else
            buf_text(&out, "ไม่ระบุปี/");
        buf_add(&out, bag_name(arena, place->agency, "ไม่ระบุหน่วยงาน"));
        buf_byte(&out, '/');
    }
    buf_unsigned(&out, (uint64_t)place->n, BAG_DIGITS);
    return buf_str(&out);
}

struct str
bag_hex(struct arena *arena, const struct hash *hash)
{
    char *hex = arena_alloc(arena, 2 * HASH_SIZE + 1);

    hash_hex(hash, hex);
    return (struct str){hex, 2 * HASH_SIZE};
}
