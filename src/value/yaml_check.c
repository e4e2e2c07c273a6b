/* What YAML changes without a word: text cut off at a #, lines joined with a space, quotes closed
 * by a later one, commas that end a value in brackets. */
#include "value/yaml_check.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "value/yaml_line.h"

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

/* The scalar's line or lines with `text` as the value. */
static const char *
show(struct yaml_source *source, const struct yaml_scalar *scalar, struct str text)
{
    struct arena *arena = source->reader->scratch;

    if (scalar->in_flow)
        return yaml_rewrite_quoted(arena, flow_name(source, scalar->key), text);
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
    if (scalar->before == NULL && yaml_is_bracketed_text(text, scalar->key_span.start)) {
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
                      yaml_rewrite_quoted(arena, name, yaml_join(arena, value)), NULL);
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
