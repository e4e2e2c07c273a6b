/* Brackets that were meant as text: "เรื่อง: {{ชื่อเรื่อง}}", "{% if %}", "[[x". */
#include "base/arena.h"
#include "base/utf8.h"
#include "value/yaml_line.h"
#include "value/yaml_source.h"

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

/* The line with a part of it in single quotes. */
static const char *
in_quotes(struct arena *arena, struct str line, size_t from, size_t to)
{
    struct buf out = buf_in(arena);

    buf_add(&out, str_sub(line, 0, from));
    buf_byte(&out, '\'');
    for (size_t i = from; i < to; i++) {
        buf_byte(&out, line.ptr[i]);
        if (line.ptr[i] == '\'')
            buf_byte(&out, '\'');
    }
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

bool
yaml_is_bracketed_text(struct str text, size_t byte)
{
    size_t start;
    struct str line = yaml_line_at(text, byte, &start);
    struct yaml_line parts = yaml_line_of(line);
    size_t from = yaml_bracket_start(line, byte - start);

    if (from == byte - start || from != parts.value_at || !(parts.has_key || parts.is_entry))
        return false;
    return str_find(str_sub(line, from, text_end(line, from) - from), STR(":")) == SIZE_MAX;
}
