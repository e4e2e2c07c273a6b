/* What YAML changes without a word: text cut off at a #, lines joined with a space, quotes closed
 * by a later one, commas that end a value in brackets, brackets that were meant as text. */

#include "base/ascii.h"
#include "base/utf8.h"
#include "value/yaml.h"

/* ---- brackets that were meant as text: "เรื่อง: {{ชื่อเรื่อง}}", "{% if %}", "[[x" */

static bool
opens(char c)
{
    return c == '{' || c == '[';
}

static bool
closes(char c)
{
    return c == '}' || c == ']';
}

size_t
yaml_bracket_start(struct str line, size_t at)
{
    size_t start = at;

    while (at > 0 && (opens(line.ptr[at - 1]) || line.ptr[at - 1] == ' ')) {
        at--;
        if (opens(line.ptr[at]))
            start = at;
    }
    return start;
}

/* Where a text ends that stands inside brackets: at the comma or bracket that is none of its own.
 */
static size_t
text_end(struct str line, size_t at)
{
    int depth = 0;

    for (; at < line.len; at++) {
        if (opens(line.ptr[at]))
            depth++;
        else if (depth == 0 && (line.ptr[at] == ',' || closes(line.ptr[at])))
            break;
        else if (closes(line.ptr[at]))
            depth--;
    }
    while (at > 0 && line.ptr[at - 1] == ' ')
        at--;
    return at;
}

/* A text as it stands between single quotes. */
static void
add_doubled(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        buf_byte(out, text.ptr[i]);
        if (text.ptr[i] == '\'')
            buf_byte(out, '\'');
    }
}

/* The line with a part of it in single quotes. */
static const char *
in_quotes(struct arena *arena, struct str line, size_t from, size_t to)
{
    struct buf out = buf_in(arena);

    buf_add(&out, str_sub(line, 0, from));
    buf_byte(&out, '\'');
    add_doubled(&out, str_sub(line, from, to - from));
    buf_byte(&out, '\'');
    buf_add(&out, str_sub(line, to, SIZE_MAX));
    return yaml_rewrite_line(arena, buf_str(&out));
}

void
yaml_tell_bracket(struct yaml_source *source, size_t byte)
{
    struct arena *arena = source->reader->scratch;
    size_t start, next;
    struct str line = yaml_line_at(source->text, byte, &start);
    struct yaml_line parts = yaml_line_of(line);
    size_t from = yaml_bracket_start(line, byte - start);
    struct str value = yaml_whole_value(arena, source->text, start, from);
    const char *good = from <= parts.value_at
                           ? yaml_rewrite_block(arena, str_sub(line, 0, from), value)
                           : in_quotes(arena, line, from, text_end(line, from));

    next = from;
    if (from < line.len)
        (void)utf8_next(line, &next);
    yaml_source_error(source, DIAG_YAML_BEGINS_WITH, yaml_source_place(source, start + from),
                      diag_str(source->reader->diags, str_sub(line, from, next - from)), good,
                      NULL);
}

static bool
is_bracketed_text(struct str text, size_t byte)
{
    size_t start;
    struct str line = yaml_line_at(text, byte, &start);
    struct yaml_line parts = yaml_line_of(line);
    size_t from = yaml_bracket_start(line, byte - start);

    if (from == byte - start || from != parts.value_at || !(parts.has_key || parts.is_entry))
        return false;
    return str_find(str_sub(line, from, text_end(line, from) - from), STR(":")) == SIZE_MAX;
}

/* ---- blanks that are no spaces where YAML counts spaces
 * No-break spaces and their like, that word processors and chats put before a line, behind a dash
 * and behind a |, and what is not seen at all. To libyaml they are letters. They are looked for
 * only when something is wrong. */

#define TOLD_MAX 20
#define LEVELS_MAX 64
#define NONE SIZE_MAX

struct scan {
    struct yaml_source *source;
    bool unseen;               /* what has no width counts too */
    size_t block;              /* lines from this column on are text, or NONE */
    size_t content;            /* column of the text's first line, or NONE */
    size_t levels[LEVELS_MAX]; /* columns of the fields around */
    size_t level_count;
    bool is_open; /* the last field has nothing behind its colon */
    unsigned told;
};

/* The first of them in a line. */
struct odd {
    uint32_t code; /* 0: none */
    size_t at;
};

static bool
is_odd(const struct scan *scan, uint32_t code)
{
    if (code < 0x80 || code == 0x85 || code == 0x2028 || code == 0x2029)
        return false; /* the last three end lines */
    return utf8_is_rare_blank(code) || (scan->unseen && utf8_is_unseen(code));
}

/* Goes over blanks of all kinds; *columns gets their width. */
static size_t
skip(const struct scan *scan, struct str line, size_t at, size_t *columns, struct odd *odd)
{
    while (at < line.len) {
        size_t next = at;
        uint32_t code = utf8_next(line, &next);
        bool found = is_odd(scan, code);
        if (!ascii_is_blank(code) && !found)
            break;
        if (found && odd->code == 0)
            *odd = (struct odd){code, at};
        *columns += code == '\t' ? 2 : utf8_is_unseen(code) ? 0 : 1;
        at = next;
    }
    return at;
}

/* The line with `indent` spaces before what stands from `at` on. */
static void
begin(struct buf *out, size_t indent)
{
    for (size_t i = 0; i < indent; i++)
        buf_byte(out, ' ');
}

static void
tell(struct scan *scan, size_t start, enum diag_code code, struct odd odd, struct str line)
{
    struct yaml_source *source = scan->source;
    const char *name = diag_printf(source->reader->diags, "U+%04X", odd.code);

    if (scan->told++ < TOLD_MAX)
        yaml_source_error(source, code, yaml_source_place(source, start + odd.at), name,
                          yaml_rewrite_line(source->reader->scratch, line), NULL);
}

/* Where a field most likely belongs that begins at a column. */
static size_t
fitting(const struct scan *scan, size_t column, bool is_entry)
{
    size_t top = scan->level_count == 0 ? 0 : scan->levels[scan->level_count - 1];

    if (scan->is_open && (column > top || (is_entry && column == top)))
        return column;
    if (scan->is_open && column < top + 1 && scan->level_count == 1)
        return column == 0 ? 0 : top + 2;
    for (size_t i = scan->level_count; i > 0; i--)
        if (scan->levels[i - 1] <= column)
            return scan->levels[i - 1];
    return 0;
}

static void
push(struct scan *scan, size_t column)
{
    while (scan->level_count > 0 && scan->levels[scan->level_count - 1] >= column)
        scan->level_count--;
    if (scan->level_count < LEVELS_MAX)
        scan->levels[scan->level_count++] = column;
}

/* Dashes of list entries, each with one space. */
static size_t
add_dashes(struct scan *scan, struct buf *out, struct str line, size_t at, struct odd *odd)
{
    for (;;) {
        size_t columns = 0;
        struct odd found = {0, 0};
        if (at >= line.len || line.ptr[at] != '-')
            return at;
        size_t next = skip(scan, line, at + 1, &columns, &found);
        if (next == at + 1 || next == line.len)
            return at;
        if (found.code == 0)
            buf_add(out, str_sub(line, at, next - at));
        else
            buf_text(out, "- ");
        *odd = odd->code == 0 ? found : *odd;
        at = next;
    }
}

/* The end of a line that begins a block, before blanks that are none. */
static size_t
end_of_bar(struct scan *scan, struct str line, struct odd *odd)
{
    struct yaml_line parts = yaml_line_of(line);
    size_t columns = 0, at = parts.value_at + 1;

    if (parts.value.len == 0 || (parts.value.ptr[0] != '|' && parts.value.ptr[0] != '>'))
        return line.len;
    while (at < line.len && str_find(STR("+-123456789"), str_sub(line, at, 1)) != SIZE_MAX)
        at++;
    struct odd found = {0, 0};
    size_t end = skip(scan, line, at, &columns, &found);
    if (end < line.len || found.code == 0)
        return line.len;
    *odd = odd->code == 0 ? found : *odd;
    return at;
}

/* A line that is no text of a block. `at` is what follows its blanks. */
static void
look_at_field(struct scan *scan, struct str line, size_t start, size_t at, size_t columns,
              struct odd odd)
{
    struct arena *arena = scan->source->reader->scratch;
    struct buf out = buf_in(arena);
    bool indented = odd.code != 0;

    begin(&out, indented ? fitting(scan, columns, line.ptr[at] == '-') : columns);
    size_t indent = out.len;
    buf_add(&out, str_sub(line, add_dashes(scan, &out, line, at, &odd), SIZE_MAX));
    struct odd behind = {0, 0};
    struct str good = buf_str(&out);
    good.len = end_of_bar(scan, good, &behind);
    if (odd.code == 0 && behind.code != 0)
        odd = (struct odd){behind.code, behind.at + line.len - out.len};
    if (odd.code != 0)
        tell(scan, start, indented ? DIAG_YAML_TAB : DIAG_YAML_BLANK, odd, good);
    if (yaml_is_blank(good))
        return;
    struct yaml_line parts = yaml_line_of(good);
    push(scan, indent);
    if (parts.is_entry)
        push(scan, parts.entry_at);
    scan->is_open = parts.has_key && yaml_is_blank(parts.value);
    scan->block = yaml_block_column(good, &parts);
    scan->content = NONE;
}

static void
look_at(struct scan *scan, struct str line, size_t start)
{
    struct odd odd = {0, 0};
    size_t columns = 0, at = skip(scan, line, 0, &columns, &odd), ascii = str_indent(line);

    size_t least = scan->content == NONE ? scan->block : scan->content;
    if (at < line.len && scan->block != NONE && ascii >= least) {
        scan->content = scan->content == NONE ? ascii : scan->content;
        return;
    }
    if (at == line.len) {
        if (odd.code != 0 && (scan->block == NONE || ascii < least))
            tell(scan, start, DIAG_YAML_BLANK_LINE, odd, STR(""));
        return;
    }
    bool is_short = scan->content != NONE && columns < scan->content && yaml_line_of(line).has_key;
    if (odd.code == 0 || scan->block == NONE || columns < scan->block || is_short) {
        scan->block = NONE;
        look_at_field(scan, line, start, at, columns, odd);
        return;
    }
    struct buf out = buf_in(scan->source->reader->scratch);
    if (scan->content == NONE)
        scan->content = columns;
    begin(&out, columns < scan->content ? scan->content : columns);
    buf_add(&out, str_sub(line, at, SIZE_MAX));
    tell(scan, start, DIAG_YAML_TAB, odd, buf_str(&out));
}

bool
yaml_tell_blanks(struct yaml_source *source, bool unseen)
{
    struct scan scan = {.source = source, .unseen = unseen, .block = NONE, .content = NONE};

    for (size_t next = 0; next < source->text.len;) {
        size_t start;
        struct str line = yaml_line_at(source->text, next, &start);
        next = start + line.len + 1;
        look_at(&scan, line, start);
    }
    return scan.told > 0;
}

/* ---- what is changed silently */

static struct str
slice(const struct yaml_source *source, size_t start, size_t end)
{
    return str_sub(source->text, start, end - start);
}

/* The end of the line in which a byte lies. */
static size_t
line_end(const struct yaml_source *source, size_t at)
{
    struct str text = source->text;

    while (at < text.len && text.ptr[at] != '\n' && text.ptr[at] != '\r')
        at++;
    return at;
}

/* The line up to a byte of it. */
static struct str
line_before(const struct yaml_source *source, size_t at)
{
    size_t start;

    (void)yaml_line_at(source->text, at, &start);
    return slice(source, start, at);
}

/* "name: " as it is to be shown inside brackets. */
static struct str
flow_name(struct yaml_source *source, struct str key)
{
    struct buf out = buf_in(source->reader->scratch);

    if (key.len > 0) {
        buf_add(&out, key);
        buf_text(&out, ": ");
    }
    return buf_str(&out);
}

/* yaml_rewrite_block() for inside brackets: the value in single quotes. */
static const char *
rewrite_quoted(struct arena *arena, struct str before, struct str value)
{
    struct buf out = buf_in(arena), quoted = buf_in(arena);

    add_doubled(&quoted, str_trim(value));
    buf_text(&out, "\n  ");
    yaml_add_shown(&out, before);
    buf_byte(&out, '\'');
    yaml_add_shown(&out, buf_str(&quoted));
    buf_text(&out, "'\n");
    return str_cstr(arena, buf_str(&out));
}

/* The scalar's line or lines with `text` as the value. */
static const char *
show(struct yaml_source *source, const struct yaml_scalar *scalar, struct str text)
{
    struct arena *arena = source->reader->scratch;

    if (scalar->in_flow)
        return rewrite_quoted(arena, flow_name(source, scalar->key), text);
    return yaml_rewrite_block(arena, line_before(source, scalar->span.start), text);
}

const char *
yaml_show_value(struct yaml_source *source, struct yaml_span span)
{
    struct arena *arena = source->reader->scratch;
    struct str text = slice(source, span.start, line_end(source, span.start));

    return yaml_rewrite_block(arena, line_before(source, span.start), text);
}

/* Inside brackets a value ends at these; what follows a # is to be shown only so far. */
static size_t
flow_end(const struct yaml_source *source, size_t at)
{
    size_t end = line_end(source, at);

    while (at < end && str_find(STR(",]}"), str_sub(source->text, at, 1)) == SIZE_MAX)
        at++;
    return at;
}

/* A # after exactly one space. */
static bool
check_cut(struct yaml_source *source, const struct yaml_scalar *scalar)
{
    struct str text = source->text;
    size_t end = scalar->span.end;

    if (!str_starts(str_sub(text, end, 2), STR(" #")))
        return false;
    size_t stop = scalar->in_flow ? flow_end(source, end) : line_end(source, end);
    struct yaml_scalar whole = *scalar;
    if (scalar->span.start == end) /* nothing before the #: the value begins with it */
        whole.span.start = end + 1;
    struct pos pos = scalar->pos;
    if (str_find(slice(source, scalar->span.start, end), STR("\n")) == SIZE_MAX)
        pos.column += (unsigned)utf8_count(slice(source, scalar->span.start, end)) + 1;
    yaml_source_error(
        source, DIAG_YAML_HASH, pos,
        show(source, &whole,
             yaml_join(source->reader->scratch, slice(source, whole.span.start, stop))),
        NULL, NULL);
    return true;
}

/* The text between the quotes, or below the header of a block. */
static struct str
inner(const struct yaml_source *source, const struct yaml_scalar *scalar)
{
    struct str text = slice(source, scalar->span.start, scalar->span.end);

    if (scalar->style == YAML_FOLDED_SCALAR_STYLE) {
        size_t header = line_end(source, scalar->span.start) - scalar->span.start;
        return str_sub(text, header, text.len);
    }
    if (scalar->style != YAML_PLAIN_SCALAR_STYLE && text.len >= 2)
        return str_sub(text, 1, text.len - 2);
    return text;
}

/* True when the text is what libyaml is about to refuse: a name that goes over a line's end. */
static bool
is_broken_name(const struct yaml_source *source, const struct yaml_scalar *scalar)
{
    size_t at = scalar->span.end;

    while (at < source->text.len && source->text.ptr[at] == ' ')
        at++;
    return at < source->text.len && source->text.ptr[at] == ':';
}

static bool
check_fold(struct yaml_source *source, const struct yaml_scalar *scalar)
{
    struct str text = inner(source, scalar);
    bool folded = scalar->style == YAML_FOLDED_SCALAR_STYLE;

    if (!folded && is_broken_name(source, scalar))
        return false;
    if (yaml_folds_list(text)) {
        yaml_source_error(source, DIAG_YAML_FOLD_LIST, scalar->pos, show(source, scalar, text),
                          NULL, NULL);
        return true;
    }
    if (!yaml_folds_thai(text, folded))
        return false;
    yaml_source_error(source, DIAG_YAML_FOLD, scalar->pos,
                      show(source, scalar, yaml_join(source->reader->scratch, text)), NULL, NULL);
    return true;
}

/* A quoted text that goes on in a line no further to the right than its field's name has most
 * likely lost its closing quote; libyaml ends it at the next quote, fields later. */
static bool
check_quote(struct yaml_source *source, const struct yaml_scalar *scalar)
{
    size_t at, start;

    if (scalar->in_flow || !scalar->has_key)
        return false;
    at = line_end(source, scalar->span.start);
    while (at < scalar->span.end) {
        struct str line = yaml_line_at(source->text, at + 1, &start);
        struct yaml_line parts = yaml_line_of(line);
        at = start + line.len;
        if (parts.indent < line.len && parts.indent < scalar->key_pos.column) {
            yaml_source_error(source, DIAG_YAML_QUOTE_OPEN, scalar->pos,
                              yaml_show_value(source, scalar->span), NULL, NULL);
            source->is_lost = true;
            return true;
        }
    }
    return false;
}

/* "{a: 1,000}" and "{a:1}": a name without a value. The comma is shown put back into the text
 * before it. */
static bool
check_flow_key(struct yaml_source *source, const struct yaml_scalar *scalar)
{
    struct arena *arena = source->reader->scratch;
    struct str text = source->text;
    size_t at = scalar->key_span.end;

    if (!scalar->in_flow || !scalar->has_key || scalar->span.start != scalar->span.end)
        return false;
    while (at < text.len && str_find(STR(" \t\r\n"), str_sub(text, at, 1)) != SIZE_MAX)
        at++;
    if (at < text.len && text.ptr[at] == ':')
        return false;
    if (scalar->before == NULL && is_bracketed_text(text, scalar->key_span.start)) {
        yaml_tell_bracket(source, scalar->key_span.start);
        source->is_lost = true;
        source->reader->stop = true;
        return true;
    }
    struct str name = STR(""), value = slice(source, scalar->key_span.start, scalar->key_span.end);
    size_t colon = str_find(value, STR(":"));
    const struct value *before = scalar->before;
    if (colon != SIZE_MAX) {
        name = flow_name(source, str_trim(str_sub(value, 0, colon)));
        value = str_sub(value, colon + 1, value.len);
    } else if (before != NULL && before->source.len > 0) {
        size_t start = (size_t)(before->source.ptr - text.ptr);
        name = flow_name(source, before->key);
        value = slice(source, start, scalar->key_span.end);
    }
    yaml_source_error(source, DIAG_YAML_FLOW_KEY, scalar->key_pos,
                      diag_str(source->reader->diags, scalar->key),
                      rewrite_quoted(arena, name, yaml_join(arena, value)), NULL);
    return true;
}

void
yaml_check_scalar(struct yaml_source *source, const struct yaml_scalar *scalar)
{
    switch (scalar->style) {
    case YAML_PLAIN_SCALAR_STYLE:
        if (!check_flow_key(source, scalar) && !check_cut(source, scalar))
            (void)check_fold(source, scalar);
        break;
    case YAML_SINGLE_QUOTED_SCALAR_STYLE:
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
        if (!check_quote(source, scalar))
            (void)check_fold(source, scalar);
        break;
    case YAML_FOLDED_SCALAR_STYLE:
        (void)check_fold(source, scalar);
        break;
    default:
        break;
    }
}

void
yaml_check_key(struct yaml_source *source, struct yaml_span span, struct pos pos)
{
    struct arena *arena = source->reader->scratch;
    struct str key = slice(source, span.start, span.end);
    size_t after = 0;
    uint32_t code = key.len == 0 ? 0 : utf8_next(key, &after);

    if (code < 0x80 || !utf8_is_blank(code))
        return;
    source->is_lost = true;
    source->reader->stop = true;
    if (yaml_tell_blanks(source, false))
        return;
    struct buf out = buf_in(arena);
    buf_add(&out, line_before(source, span.start));
    buf_byte(&out, ' ');
    buf_add(&out, slice(source, span.start + after, line_end(source, span.start)));
    yaml_source_error(source, DIAG_YAML_TAB, pos,
                      diag_printf(source->reader->diags, "U+%04X", code),
                      yaml_rewrite_line(arena, buf_str(&out)), NULL);
}
