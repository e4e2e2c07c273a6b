/* YAML line by line: what is field name, what is value, where lines begin and end, how they should
 * be written; between libyaml's marks and the text. */
#include "value/yaml.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/utf8.h"
#include "thai/normal.h"
#include "thai/standin.h"
#include "value/read.h"

static size_t
skip_spaces(struct str s, size_t at)
{
    while (at < s.len && ascii_is_blank(s.ptr[at]))
        at++;
    return at;
}

/* True when at `at` stands nothing, or a blank. */
static bool
is_gap(struct str s, size_t at)
{
    return at >= s.len || ascii_is_blank(s.ptr[at]);
}

/* The end of the quoted text that begins at `at`, after its closing quote, or SIZE_MAX. */
static size_t
quote_end(struct str s, size_t at)
{
    char quote = s.ptr[at];

    for (size_t i = at + 1; i < s.len; i++) {
        bool doubled = quote == '\'' && str_starts(str_sub(s, i, 2), STR("''"));
        if (doubled || (quote == '"' && s.ptr[i] == '\\'))
            i++;
        else if (s.ptr[i] == quote)
            return i + 1;
    }
    return SIZE_MAX;
}

/* Place of the colon that ends the key at `at`, or SIZE_MAX. */
static size_t
colon_of(struct str s, size_t at)
{
    if (at >= s.len || s.ptr[at] == '{' || s.ptr[at] == '[' || s.ptr[at] == '#')
        return SIZE_MAX;
    if (s.ptr[at] == '"' || s.ptr[at] == '\'') {
        size_t end = quote_end(s, at);
        if (end == SIZE_MAX)
            return SIZE_MAX;
        end = skip_spaces(s, end);
        return end < s.len && s.ptr[end] == ':' && is_gap(s, end + 1) ? end : SIZE_MAX;
    }
    for (size_t i = at; i < s.len; i++) {
        if (s.ptr[i] == '#' && i > at && ascii_is_blank(s.ptr[i - 1]))
            return SIZE_MAX;
        if (s.ptr[i] == ':' && is_gap(s, i + 1))
            return i;
    }
    return SIZE_MAX;
}

/* Blanks before a line: also the no-break spaces that word processors leave. */
static size_t
indent_of(struct str line)
{
    size_t at = skip_spaces(line, 0);

    while (str_starts(str_sub(line, at, 2), STR("\xC2\xA0")))
        at = skip_spaces(line, at + 2);
    return at;
}

struct yaml_line
yaml_line_of(struct str line)
{
    struct yaml_line parts = {.indent = indent_of(line)};
    size_t at = parts.indent;

    /* a dash at the very end begins nothing: it is the value */
    while (at + 1 < line.len && line.ptr[at] == '-' && ascii_is_blank(line.ptr[at + 1])) {
        size_t next = skip_spaces(line, at + 1);
        if (next == line.len)
            break;
        at = next;
        parts.is_entry = true;
    }
    parts.entry_at = at;
    size_t colon = colon_of(line, at);
    parts.has_key = colon != SIZE_MAX;
    parts.value_at = at;
    if (parts.has_key) {
        parts.key = str_trim(str_sub(line, at, colon - at));
        parts.value_at = skip_spaces(line, colon + 1);
    }
    parts.value = str_sub(line, parts.value_at, line.len);
    return parts;
}

bool
yaml_is_blank(struct str text)
{
    text = str_trim(text);
    return text.len == 0 || text.ptr[0] == '#';
}

bool
yaml_begins_block(struct str value)
{
    size_t at = 1;

    if (value.len == 0 || (value.ptr[0] != '|' && value.ptr[0] != '>'))
        return false;
    while (at < value.len && str_find(STR("+-123456789"), str_sub(value, at, 1)) != SIZE_MAX)
        at++;
    return yaml_is_blank(str_sub(value, at, value.len));
}

/* Place of the last dash before a list entry's value. */
static size_t
last_dash(struct str line, size_t entry_at)
{
    while (entry_at > 0 && line.ptr[entry_at - 1] != '-')
        entry_at--;
    return entry_at == 0 ? 0 : entry_at - 1;
}

size_t
yaml_block_column(struct str line, const struct yaml_line *parts)
{
    struct str value = parts->value;
    bool at_root = !parts->has_key && !parts->is_entry;

    if (at_root && str_starts(value, STR("--- ")))
        value = str_trim(str_sub(value, 4, value.len));
    if (!yaml_begins_block(value))
        return SIZE_MAX;
    if (at_root)
        return 0;
    return (parts->has_key ? parts->entry_at : last_dash(line, parts->entry_at)) + 1;
}

static bool
ends_line(char c)
{
    return c == '\n' || c == '\r';
}

struct str
yaml_line_at(struct str text, size_t at, size_t *start)
{
    size_t from = at < text.len ? at : text.len, to = from;

    while (from > 0 && !ends_line(text.ptr[from - 1]))
        from--;
    while (to < text.len && !ends_line(text.ptr[to]))
        to++;
    *start = from;
    return str_sub(text, from, to - from);
}

bool
yaml_line_before(struct str text, size_t start, struct str *line, size_t *line_start)
{
    while (start > 0) {
        size_t end = start - 1;
        if (end > 0 && text.ptr[end] == '\n' && text.ptr[end - 1] == '\r')
            end--;
        *line = yaml_line_at(text, end, line_start);
        if (!yaml_is_blank(*line))
            return true;
        start = *line_start;
    }
    return false;
}

static bool
cut_line(struct str *rest, struct str *line)
{
    if (rest->len == 0)
        return false;
    size_t end = 0;
    while (end < rest->len && !ends_line(rest->ptr[end]))
        end++;
    *line = str_sub(*rest, 0, end);
    if (end + 1 < rest->len && rest->ptr[end] == '\r' && rest->ptr[end + 1] == '\n')
        end++;
    *rest = str_sub(*rest, end + 1, rest->len);
    return true;
}

static bool
meets_thai(struct str above, struct str below)
{
    size_t end = above.len, start = 0;

    if (above.len == 0 || below.len == 0)
        return false;
    return utf8_is_thai(utf8_prev(above, &end)) && utf8_is_thai(utf8_next(below, &start));
}

bool
yaml_folds_thai(struct str lines, bool folded)
{
    struct str line, above = {NULL, 0};
    size_t base = SIZE_MAX;
    bool above_kept = false;

    while (cut_line(&lines, &line)) {
        size_t indent = skip_spaces(line, 0);
        struct str text = str_trim(line);
        if (base == SIZE_MAX && text.len > 0)
            base = indent;
        bool kept = folded && base != SIZE_MAX && indent > base;
        if (!kept && !above_kept && meets_thai(above, text))
            return true;
        above = text;
        above_kept = kept;
    }
    return false;
}

bool
yaml_folds_list(struct str lines)
{
    struct str line;

    for (int count = 0; cut_line(&lines, &line);) {
        struct str text = str_trim(line);
        if (text.len == 0)
            continue;
        if (count++ > 0 && (str_starts(text, STR("- ")) || str_starts(text, STR("•"))))
            return true;
    }
    return false;
}

struct str
yaml_join(struct arena *arena, struct str lines)
{
    struct buf out = buf_in(arena);
    struct str line, above = {NULL, 0};

    while (cut_line(&lines, &line)) {
        struct str text = str_trim(line);
        if (text.len == 0)
            continue;
        if (above.len > 0 && !meets_thai(above, text))
            buf_byte(&out, ' ');
        buf_add(&out, text);
        above = text;
    }
    return buf_str(&out);
}

/* ---- lines as they should be written, for messages */

/* A message shows no more of a line than this. */
#define SHOWN_MAX 240
#define LINES_MAX 8

void
yaml_add_shown(struct buf *out, struct str text)
{
    size_t count = 0;

    for (size_t at = 0; at < text.len; count++) {
        if (count == SHOWN_MAX) {
            buf_text(out, "…");
            return;
        }
        uint32_t code = utf8_next(text, &at);
        bool hidden = (code < 0x20 && code != '\n') || code == 0xA0 ||
                      (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) ||
                      code == UTF8_BAD;
        buf_utf8(out, hidden ? ' ' : code);
    }
}

const char *
yaml_rewrite_block(struct arena *arena, struct str before, struct str value)
{
    struct yaml_line parts = yaml_line_of(before);
    struct buf out = buf_in(arena), text = buf_in(arena);
    struct str head = str_trim(str_sub(before, parts.indent, before.len)), line;

    buf_text(&out, "\n  ");
    if (head.len > 0) {
        yaml_add_shown(&out, head);
        buf_byte(&out, ' ');
    }
    buf_byte(&out, '|');
    /* below a list entry's field the text stands right of the field's name */
    size_t deeper = parts.has_key ? parts.entry_at - parts.indent : 0;
    for (value = str_trim(value); str_line(&value, &line);) {
        buf_text(&text, "\n    ");
        for (size_t i = 0; i < deeper && i < SHOWN_MAX / 4; i++)
            buf_byte(&text, ' ');
        buf_add(&text, str_trim(line));
    }
    yaml_add_shown(&out, buf_str(&text));
    buf_byte(&out, '\n');
    return str_cstr(arena, buf_str(&out));
}

const char *
yaml_rewrite_line(struct arena *arena, struct str line)
{
    struct buf out = buf_in(arena);

    buf_text(&out, "\n  ");
    yaml_add_shown(&out, line);
    buf_byte(&out, '\n');
    return str_cstr(arena, buf_str(&out));
}

struct str
yaml_whole_value(struct arena *arena, struct str text, size_t start, size_t from)
{
    size_t at = start, below = 0;
    struct str line = yaml_line_at(text, start, &at), next;
    struct yaml_line parts = yaml_line_of(line);
    struct buf out = buf_in(arena);

    struct str first = str_sub(line, from, SIZE_MAX);
    size_t comment = str_find(first, STR("  #"));
    if (comment != SIZE_MAX && comment > 0)
        first.len = comment;
    buf_add(&out, first);
    if (!parts.has_key && !parts.is_entry)
        return buf_str(&out);
    for (int i = 0; i < LINES_MAX; i++) {
        at += line.len;
        at += str_starts(str_sub(text, at, 2), STR("\r\n")) ? 2 : 1;
        if (at >= text.len)
            break;
        next = yaml_line_at(text, at, &below);
        struct yaml_line more = yaml_line_of(next);
        if (str_trim(next).len == 0 || more.indent <= parts.indent)
            break;
        buf_byte(&out, '\n');
        buf_add(&out, str_trim(next));
        line = next;
    }
    return buf_str(&out);
}

/* ---- places */

size_t
yaml_source_byte(struct yaml_source *source, yaml_mark_t mark)
{
    while (source->index > mark.index) {
        (void)utf8_prev(source->text, &source->byte);
        source->index--;
    }
    while (source->index < mark.index && source->byte < source->text.len) {
        (void)utf8_next(source->text, &source->byte);
        source->index++;
    }
    return source->byte;
}

struct pos
yaml_source_pos(const struct yaml_source *source, yaml_mark_t mark)
{
    return (struct pos){source->reader->file, (unsigned)mark.line + 1, (unsigned)mark.column + 1};
}

void
yaml_source_error(struct yaml_source *source, enum diag_code code, struct pos pos, const char *arg1,
                  const char *arg2, const char *arg3)
{
    source->last_error_line = pos.line;
    reader_error(source->reader, code, pos, arg1, arg2, arg3);
}

struct pos
yaml_source_place(const struct yaml_source *source, size_t byte)
{
    return normal_place((struct pos){source->reader->file, 1, 1}, source->text, byte);
}

/* ---- dashes that mean "none"
 * libyaml refuses them, or takes them for an empty list; so they become tildes before it reads,
 * which changes no place. Which lines are text below | or > is followed here; texts of several
 * lines in quotes are not, and the reader puts those back. */

struct patch {
    struct arena *arena;
    struct str text;
    char *copy; /* NULL until something is patched */
    size_t *at;
    size_t count;
    size_t cap;
};

static void
patch_byte(struct patch *patch, size_t at)
{
    if (patch->copy == NULL)
        patch->copy = arena_strndup(patch->arena, patch->text.ptr, patch->text.len);
    *ARENA_ADD(patch->arena, patch->at, patch->count, patch->cap, 16) = at;
    patch->copy[at] = '~';
}

/* Dashes alone in a value between brackets, where libyaml takes "- " for a list entry. `start` is
 * the value's place in the text. */
static void
patch_flow(struct patch *patch, struct str value, size_t start)
{
    char quote = '\0', last = '\0';

    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (quote != '\0') {
            if (c == quote)
                quote = '\0';
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '-' && (last == ':' || last == ',' || last == '[') && i + 1 < value.len &&
                   value.ptr[i + 1] == ' ') {
            size_t next = skip_spaces(value, i + 1);
            struct str after = str_sub(value, next, 1);
            if (str_is(after, ",") || str_is(after, "]") || str_is(after, "}"))
                patch_byte(patch, start + i);
        }
        if (!ascii_is_blank(c))
            last = c;
    }
}

/* One line outside of blocks. Returns how many columns the lines of a block that begins here are
 * to stand in from the left, or SIZE_MAX when none begins. */
static size_t
patch_line(struct patch *patch, struct str line, size_t start)
{
    struct yaml_line parts = yaml_line_of(line);
    struct str value = parts.value;
    bool at_root = !parts.has_key && !parts.is_entry;

    if (value.len > 0 && value.ptr[0] == '-' && !at_root &&
        yaml_is_blank(str_sub(value, 1, value.len)) && (value.len == 1 || value.ptr[1] != '#'))
        patch_byte(patch, start + parts.value_at);
    else if (value.len > 0 && (value.ptr[0] == '{' || value.ptr[0] == '['))
        patch_flow(patch, value, start + parts.value_at);
    return yaml_block_column(line, &parts);
}

struct yaml_patches
yaml_patch_dashes(struct arena *arena, struct str text)
{
    struct patch patch = {.arena = arena, .text = text};
    size_t block = SIZE_MAX;

    for (size_t next = 0; next < text.len;) {
        size_t start;
        struct str line = yaml_line_at(text, next, &start);
        size_t indent = skip_spaces(line, 0);
        next = start + line.len + 1;
        if (indent == line.len || (block != SIZE_MAX && indent >= block))
            continue;
        block = yaml_is_blank(line) ? SIZE_MAX : patch_line(&patch, line, start);
    }
    return (struct yaml_patches){patch.copy, patch.at, patch.count};
}

/* ---- line ends that YAML does not take as text */

static bool
has_rare_ends(struct str text)
{
    for (size_t at = 0; at < text.len;)
        if (standin_for_end(utf8_next(text, &at)) != 0)
            return true;
    return false;
}

struct str
value_yaml_text(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    if (!has_rare_ends(text))
        return text;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        uint32_t end = standin_for_end(utf8_next(text, &at));
        if (end != 0)
            buf_utf8(&out, end);
        else
            buf_add(&out, str_sub(text, from, at - from));
    }
    return buf_str(&out);
}
