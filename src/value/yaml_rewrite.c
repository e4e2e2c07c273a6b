/* Lines of YAML as they should be written, for messages. */
#include "base/arena.h"
#include "base/utf8.h"
#include "value/yaml_line.h"

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
yaml_rewrite_quoted(struct arena *arena, struct str before, struct str value)
{
    struct buf out = buf_in(arena), quoted = buf_in(arena);

    value = str_trim(value);
    for (size_t i = 0; i < value.len; i++) {
        buf_byte(&quoted, value.ptr[i]);
        if (value.ptr[i] == '\'')
            buf_byte(&quoted, '\'');
    }
    buf_text(&out, "\n  ");
    yaml_add_shown(&out, before);
    buf_byte(&out, '\'');
    yaml_add_shown(&out, buf_str(&quoted));
    buf_text(&out, "'\n");
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
