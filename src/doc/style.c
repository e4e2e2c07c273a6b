/* Reads style files. The settings stand in style.def; a setting "head.title.size" is the entry
 * `size` of the map `title` in the map `head`. The maps `paragraph` and `table` hold classes. */
#include "doc/style.h"

#include <stdalign.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/str.h"
#include "base/unit.h"
#include "value/value.h"

/* ---- single values */

enum setting_kind {
    SETTING_LENGTH,
    SETTING_SIZE,   /* of type, or a line pitch: never 0 */
    SETTING_SIGNED, /* a length that may be negative */
    SETTING_CODE,   /* the side of a QR code that scanners of offices read */
    SETTING_INT,
    SETTING_BOOL,
    SETTING_COLOUR,
    SETTING_TEXT,
    SETTING_ALIGN,
    SETTING_JUSTIFY
};

#define INT_MAX_SETTING 100000
#define SIZE_MIN UNIT_PT
#define SIZE_LARGEST (500 * UNIT_PT)
#define CODE_MIN ((mpt)34015) /* 12 mm */

static const char *const align_names[] = {"left", "right", "center", "justify", NULL};
static const char *const justify_names[] = {"fit", "word", "none", NULL};

static bool
read_length(struct str text, enum setting_kind kind, mpt *out)
{
    mpt length = 0;

    if (!unit_parse(text, &length) || (length < 0 && kind != SETTING_SIGNED))
        return false;
    if (kind == SETTING_SIZE && (length < SIZE_MIN || length > SIZE_LARGEST))
        return false;
    if (kind == SETTING_CODE && (length < CODE_MIN || length > SIZE_LARGEST))
        return false;
    *out = length;
    return true;
}

static bool
read_int(struct str text, int *out)
{
    size_t number;

    if (!str_number(text, INT_MAX_SETTING, &number))
        return false;
    *out = (int)number;
    return true;
}

static bool
read_bool(struct str text, bool *out)
{
    *out = str_is(text, "yes");
    return *out || str_is(text, "no");
}

static bool
read_colour(struct str text, struct colour *out)
{
    unsigned char byte[3] = {0};

    if (text.len == 7 && text.ptr[0] == '#')
        text = str_sub(text, 1, 6);
    if (text.len != 6)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        int digit = ascii_hex(text.ptr[i]);
        if (digit < 0)
            return false;
        byte[i / 2] = (unsigned char)(byte[i / 2] * 16 + digit);
    }
    *out = (struct colour){byte[0], byte[1], byte[2]};
    return true;
}

/* Index of the name, or -1. */
static int
find_name(struct str text, const char *const names[])
{
    for (int i = 0; names[i] != NULL; i++) {
        if (str_is(text, names[i]))
            return i;
    }
    return -1;
}

static bool
read_align(struct str text, enum style_align *out)
{
    int found = find_name(text, align_names);

    if (found >= 0)
        *out = (enum style_align)found;
    return found >= 0;
}

static bool
read_justify(struct str text, enum style_justify *out)
{
    int found = find_name(text, justify_names);

    if (found >= 0)
        *out = (enum style_justify)found;
    return found >= 0;
}

/* What such a value looks like, for messages. */
static const char *
setting_form(enum setting_kind kind)
{
    switch (kind) {
    case SETTING_SIZE:
        return "16pt (1pt … 500pt)";
    case SETTING_LENGTH:
        return "2.5cm, 6pt, 3mm, 0";
    case SETTING_SIGNED:
        return "2.5cm, -1cm, 0";
    case SETTING_CODE:
        return "12mm (12mm … 500pt)";
    case SETTING_INT:
        return "0 … 100000";
    case SETTING_BOOL:
        return "yes, no";
    case SETTING_COLOUR:
        return "'#CC0000'";
    case SETTING_ALIGN:
        return "left, right, center, justify";
    case SETTING_JUSTIFY:
        return "fit, word, none";
    case SETTING_TEXT:
        break;
    }
    return "\"…\"";
}

/* Reads a value as the style file has it into a field: mpt for lengths, int, bool, struct colour,
 * enum style_align, enum style_justify or struct str. False when it is none of the kind. */
static bool
setting_read(struct str text, enum setting_kind kind, void *field)
{
    switch (kind) {
    case SETTING_LENGTH:
    case SETTING_SIZE:
    case SETTING_SIGNED:
    case SETTING_CODE:
        return read_length(text, kind, field);
    case SETTING_INT:
        return read_int(text, field);
    case SETTING_BOOL:
        return read_bool(text, field);
    case SETTING_COLOUR:
        return read_colour(text, field);
    case SETTING_ALIGN:
        return read_align(text, field);
    case SETTING_JUSTIFY:
        return read_justify(text, field);
    case SETTING_TEXT:
        *(struct str *)field = text;
        return true;
    }
    return false;
}

/* ---- style files */

#define MEASURE_MIN ((mpt)56693) /* 2 cm */
#define TABS_MAX 32

struct setting {
    const char *path;
    const char *type; /* the C type in style.def */
    size_t offset;
    const char *before; /* what held before there was the setting; NULL: it was always there */
};

static const struct setting settings[] = {
#define S(type, field, path) {path, #type, offsetof(struct style, field), NULL},
#define LATER(type, field, path, before) {path, #type, offsetof(struct style, field), before},
#include "doc/style.def"
#undef S
};

#define SETTING_COUNT (sizeof settings / sizeof settings[0])

/* The entries of a class. */
struct member {
    const char *name;
    enum setting_kind kind;
    size_t offset;
};

static const struct member para_members[] = {
    {"size", SETTING_SIZE, offsetof(struct style_para, size)},
    {"pitch", SETTING_SIZE, offsetof(struct style_para, pitch)},
    {"before", SETTING_LENGTH, offsetof(struct style_para, before)},
    {"after", SETTING_LENGTH, offsetof(struct style_para, after)},
    {"indent", SETTING_SIGNED, offsetof(struct style_para, indent)},
    {"left", SETTING_LENGTH, offsetof(struct style_para, left)},
    {"right", SETTING_LENGTH, offsetof(struct style_para, right)},
    {"align", SETTING_ALIGN, offsetof(struct style_para, align)},
    {"bold", SETTING_BOOL, offsetof(struct style_para, bold)},
    {"italic", SETTING_BOOL, offsetof(struct style_para, italic)},
    {"underline", SETTING_BOOL, offsetof(struct style_para, underline)},
    {"keep-with-next", SETTING_BOOL, offsetof(struct style_para, keep_with_next)},
};

static const struct member table_members[] = {
    {"rule", SETTING_LENGTH, offsetof(struct style_table, rule)},
    {"pad-x", SETTING_LENGTH, offsetof(struct style_table, pad_x)},
    {"pad-top", SETTING_LENGTH, offsetof(struct style_table, pad_top)},
    {"pad-bottom", SETTING_LENGTH, offsetof(struct style_table, pad_bottom)},
    {"before", SETTING_LENGTH, offsetof(struct style_table, before)},
    {"after", SETTING_LENGTH, offsetof(struct style_table, after)},
};

#define PARA_MEMBERS (sizeof para_members / sizeof para_members[0])
#define TABLE_MEMBERS (sizeof table_members / sizeof table_members[0])

struct reader {
    struct arena *arena;
    struct diags *diags;
    struct style *style;
    bool seen[SETTING_COUNT];
    bool good;
};

static enum setting_kind
kind_of(const struct setting *setting)
{
    if (strcmp(setting->path, "code.size") == 0)
        return SETTING_CODE;
    if (strcmp(setting->type, "mpt") == 0)
        return str_ends(str_of(setting->path), STR("size")) ||
                       str_ends(str_of(setting->path), STR("pitch"))
                   ? SETTING_SIZE
                   : SETTING_LENGTH;
    if (strcmp(setting->type, "int") == 0)
        return SETTING_INT;
    if (strcmp(setting->type, "bool") == 0)
        return SETTING_BOOL;
    if (strcmp(setting->type, "enum style_justify") == 0)
        return SETTING_JUSTIFY;
    return strcmp(setting->type, "struct colour") == 0 ? SETTING_COLOUR : SETTING_TEXT;
}

/* ---- single values */

static void
refuse(struct reader *r, const struct value *value, const char *path, const char *form)
{
    struct str shown =
        value->kind == VALUE_TEXT || value->kind == VALUE_NONE ? value->text : STR("{…}");

    diag_add(r->diags, DIAG_STYLE_VALUE, value->pos, path, diag_str(r->diags, shown), form);
    r->good = false;
}

static void
read_into(struct reader *r, const struct value *value, const char *path, enum setting_kind kind,
          void *field)
{
    bool empty_text = value->kind == VALUE_NONE && kind == SETTING_TEXT;

    if ((value->kind == VALUE_TEXT || empty_text) && setting_read(value->text, kind, field))
        return;
    refuse(r, value, path, setting_form(kind));
}

/* ---- unknown keys */

static void
consider(struct str key, struct str candidate, struct str *best, size_t *distance)
{
    size_t now = str_distance(key, candidate);

    if (now < *distance) {
        *best = candidate;
        *distance = now;
    }
}

/* Compares with each path and with the groups it lies in. */
static struct str
nearest_setting(struct str key)
{
    struct str best = STR("paragraph");
    size_t distance = str_distance(key, best);

    consider(key, STR("table"), &best, &distance);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        struct str path = str_of(settings[i].path);
        consider(key, path, &best, &distance);
        for (size_t at = 0; at < path.len; at++) {
            if (path.ptr[at] == '.')
                consider(key, str_sub(path, 0, at), &best, &distance);
        }
    }
    return best;
}

static void
unknown_key(struct reader *r, const struct value *value, struct str path, struct str nearest)
{
    diag_add(r->diags, DIAG_STYLE_UNKNOWN_KEY, value->key_pos, diag_str(r->diags, path),
             diag_str(r->diags, nearest), NULL);
    r->good = false;
}

/* ---- classes */

static bool
read_tab(struct str text, struct style_tab *out)
{
    struct str rest = str_trim(text);
    bool dots = str_ends(rest, STR(" dots"));

    if (dots)
        rest = str_trim(str_sub(rest, 0, rest.len - 5));
    *out = (struct style_tab){0, dots};
    return setting_read(rest, SETTING_LENGTH, &out->at) && out->at > 0;
}

/* Tab stops are a list of "2.5cm" or "16cm dots", in ascending order. */
static void
read_tabs(struct reader *r, const struct value *value, struct style_para *para)
{
    const char *path = diag_printf(r->diags, "paragraph.%.*s.tabs", STR_FMT(para->name));
    const char *form = "[2.5cm, 16cm dots]";

    if (value->kind != VALUE_LIST || value->count > TABS_MAX) {
        refuse(r, value, path, form);
        return;
    }
    para->tabs = arena_array(r->arena, value->count, sizeof *para->tabs);
    para->tab_count = 0;
    for (const struct value *tab = value->first; tab != NULL; tab = tab->next) {
        struct style_tab *out = &para->tabs[para->tab_count];
        if (tab->kind != VALUE_TEXT || !read_tab(tab->text, out) ||
            (para->tab_count > 0 && out->at <= out[-1].at)) {
            refuse(r, tab, path, form);
            return;
        }
        para->tab_count++;
    }
}

static const struct member *
find_member(const struct member *members, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_is(name, members[i].name))
            return &members[i];
    }
    return NULL;
}

static void
unknown_member(struct reader *r, const struct value *value, const char *class_path,
               const struct member *members, size_t count)
{
    struct str best = STR("like");
    size_t distance = str_distance(value->key, best);

    if (members == para_members)
        consider(value->key, STR("tabs"), &best, &distance);
    for (size_t i = 0; i < count; i++)
        consider(value->key, str_of(members[i].name), &best, &distance);
    struct buf path = buf_in(r->arena);
    buf_printf(&path, "%s.%.*s", class_path, STR_FMT(value->key));
    unknown_key(r, value, buf_str(&path), best);
}

/* Reads the entries of one class but `like`, which has been followed already. */
static void
read_members(struct reader *r, const struct value *map, const char *class_path,
             const struct member *members, size_t count, void *class)
{
    for (const struct value *v = map->first; v != NULL; v = v->next) {
        const struct member *member = find_member(members, count, v->key);
        if (str_is(v->key, "like"))
            continue;
        if (members == para_members && str_is(v->key, "tabs"))
            read_tabs(r, v, class);
        else if (member == NULL)
            unknown_member(r, v, class_path, members, count);
        else
            read_into(r, v, diag_printf(r->diags, "%s.%s", class_path, member->name), member->kind,
                      (char *)class + member->offset);
    }
}

/* The first class has nothing to start from: it must say everything. */
static void
require_members(struct reader *r, const struct value *map, const char *class_path,
                const struct member *members, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (value_get(map, str_of(members[i].name)) != NULL)
            continue;
        diag_add(r->diags, DIAG_STYLE_MISSING, map->pos,
                 diag_printf(r->diags, "%s.%s", class_path, members[i].name), NULL, NULL);
        r->good = false;
    }
}

static bool
check_map(struct reader *r, const struct value *value, const char *path)
{
    if (value->kind == VALUE_MAP)
        return true;
    refuse(r, value, path, "{…: …}");
    return false;
}

/* The index of a class, or the count of classes when there is none of this name. */
static size_t
find_para(const struct style *style, struct str name)
{
    size_t i = 0;

    while (i < style->para_count && !str_eq(style->paras[i].name, name))
        i++;
    return i;
}

static size_t
find_table(const struct style *style, struct str name)
{
    size_t i = 0;

    while (i < style->table_count && !str_eq(style->tables[i].name, name))
        i++;
    return i;
}

/* The name of the class to start from; a wrong one is reported. */
static struct str
like_of(struct reader *r, const struct value *map, const char *class_path, bool para)
{
    const struct value *like = value_get(map, STR("like"));

    if (like == NULL)
        return STR("");
    bool known = like->kind == VALUE_TEXT &&
                 (para ? find_para(r->style, like->text) < r->style->para_count
                       : find_table(r->style, like->text) < r->style->table_count);
    if (known)
        return like->text;
    refuse(r, like, diag_printf(r->diags, "%s.like", class_path),
           para ? diag_both(r->diags, "the name of a paragraph class that stands before",
                            "ชื่อชั้นย่อหน้าที่อยู่ก่อนหน้า")
                : diag_both(r->diags, "the name of a table class that stands before",
                            "ชื่อชั้นตารางที่อยู่ก่อนหน้า"));
    return STR("");
}

static void
read_para(struct reader *r, const struct value *map)
{
    struct style *style = r->style;
    const char *path = diag_printf(r->diags, "paragraph.%s", diag_str(r->diags, map->key));

    if (!check_map(r, map, path))
        return;
    struct str like = like_of(r, map, path, true);
    size_t at = find_para(style, map->key);
    if (at == style->para_count) {
        if (at == 0)
            require_members(r, map, path, para_members, PARA_MEMBERS);
        else if (like.len == 0)
            like = style->paras[0].name;
        style->para_count++;
    }
    struct style_para *para = &style->paras[at];
    if (like.len > 0)
        *para = style->paras[find_para(style, like)];
    para->name = map->key;
    read_members(r, map, path, para_members, PARA_MEMBERS, para);
}

static void
read_table(struct reader *r, const struct value *map)
{
    struct style *style = r->style;
    const char *path = diag_printf(r->diags, "table.%s", diag_str(r->diags, map->key));

    if (!check_map(r, map, path))
        return;
    struct str like = like_of(r, map, path, false);
    size_t at = find_table(style, map->key);
    if (at == style->table_count) {
        if (at == 0)
            require_members(r, map, path, table_members, TABLE_MEMBERS);
        else if (like.len == 0)
            like = style->tables[0].name;
        style->table_count++;
    }
    struct style_table *table = &style->tables[at];
    if (like.len > 0)
        *table = style->tables[find_table(style, like)];
    table->name = map->key;
    read_members(r, map, path, table_members, TABLE_MEMBERS, table);
}

/* Makes room for the classes that this file may add. */
static void
read_classes(struct reader *r, const struct value *map, bool para)
{
    struct style *style = r->style;

    if (!check_map(r, map, para ? "paragraph" : "table"))
        return;
    if (para) {
        struct style_para *grown =
            arena_array(r->arena, style->para_count + map->count, sizeof *grown);
        if (style->para_count > 0)
            memcpy(grown, style->paras, style->para_count * sizeof *grown);
        style->paras = grown;
    } else {
        struct style_table *grown =
            arena_array(r->arena, style->table_count + map->count, sizeof *grown);
        if (style->table_count > 0)
            memcpy(grown, style->tables, style->table_count * sizeof *grown);
        style->tables = grown;
    }
    for (const struct value *v = map->first; v != NULL; v = v->next) {
        if (para)
            read_para(r, v);
        else
            read_table(r, v);
    }
}

/* ---- settings */

static bool
is_group(struct str path)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        struct str known = str_of(settings[i].path);
        if (str_starts(known, path) && known.len > path.len && known.ptr[path.len] == '.')
            return true;
    }
    return false;
}

static void
read_setting(struct reader *r, const struct value *value, struct str path)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (!str_is(path, settings[i].path))
            continue;
        read_into(r, value, settings[i].path, kind_of(&settings[i]),
                  (char *)r->style + settings[i].offset);
        r->seen[i] = true;
        return;
    }
    unknown_key(r, value, path, nearest_setting(path));
}

/* Only known groups are entered, so this is as deep as style.def. */
static void
read_group(struct reader *r, const struct value *map, struct str prefix)
{
    for (const struct value *v = map->first; v != NULL; v = v->next) {
        struct buf path = buf_in(r->arena);
        if (prefix.len > 0) {
            buf_add(&path, prefix);
            buf_byte(&path, '.');
        }
        buf_add(&path, v->key);
        if (prefix.len == 0 && (str_is(v->key, "paragraph") || str_is(v->key, "table")))
            read_classes(r, v, str_is(v->key, "paragraph"));
        else if (!is_group(buf_str(&path)))
            read_setting(r, v, buf_str(&path));
        else if (check_map(r, v, str_cstr(r->arena, buf_str(&path))))
            read_group(r, v, buf_str(&path));
    }
}

static void
require_settings(struct reader *r, struct pos pos)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        /* what a PDF of an older version carries does not say it */
        if (r->seen[i] || (settings[i].before != NULL &&
                           setting_read(str_of(settings[i].before), kind_of(&settings[i]),
                                        (char *)r->style + settings[i].offset)))
            continue;
        diag_add(r->diags, DIAG_STYLE_MISSING, pos, settings[i].path, NULL, NULL);
        r->good = false;
    }
    if (r->style->para_count == 0 || r->style->table_count == 0) {
        diag_add(r->diags, DIAG_STYLE_MISSING, pos,
                 r->style->para_count == 0 ? "paragraph" : "table", NULL, NULL);
        r->good = false;
    }
}

/* Landscape pages are the paper turned by a quarter. */
static void
require_room(struct reader *r, struct pos pos)
{
    const struct style *s = r->style;
    bool portrait = (int64_t)s->paper_width - s->portrait_left - s->portrait_right >= MEASURE_MIN &&
                    (int64_t)s->paper_height - s->portrait_top - s->portrait_bottom >= MEASURE_MIN;
    bool landscape =
        (int64_t)s->paper_height - s->landscape_left - s->landscape_right >= MEASURE_MIN &&
        (int64_t)s->paper_width - s->landscape_top - s->landscape_bottom >= MEASURE_MIN;

    if (portrait && landscape)
        return;
    diag_add(r->diags, DIAG_STYLE_NO_ROOM, pos,
             portrait ? diag_both(r->diags, "landscape", "แนวนอน")
                      : diag_both(r->diags, "portrait", "แนวตั้ง"),
             NULL, NULL);
    r->good = false;
}

struct style *
style_load(struct arena *arena, struct diags *diags, const struct value *const files[],
           size_t count)
{
    struct reader *r = arena_alloc(arena, sizeof *r);
    struct pos pos = count > 0 ? files[0]->pos : POS_NONE;

    *r = (struct reader){.arena = arena, .diags = diags, .good = true};
    r->style = arena_alloc(arena, sizeof *r->style);
    for (size_t i = 0; i < count; i++) {
        if (files[i]->kind == VALUE_NONE && i > 0)
            continue;
        pos = files[i]->pos;
        if (check_map(r, files[i], "style"))
            read_group(r, files[i], STR(""));
        if (i == 0)
            require_settings(r, pos);
    }
    if (r->good)
        require_room(r, pos);
    return r->good ? r->style : NULL;
}

const struct style_para *
style_find_para(const struct style *style, struct str name)
{
    size_t at = find_para(style, name);

    return at == style->para_count ? NULL : &style->paras[at];
}

const struct style_table *
style_find_table(const struct style *style, struct str name)
{
    size_t at = find_table(style, name);

    return at == style->table_count ? NULL : &style->tables[at];
}
