/* YAML line by line: what is field name, what is value, where lines begin and end. */
#include "value/yaml_line.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/utf8.h"

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

/* True for "|", ">", "|-", ">2+" and the like, which begin a block. */
static bool
begins_block(struct str value)
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
    if (!begins_block(value))
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
