/* Writing JSON. */
#include "value/json_write.h"

#include "base/utf8.h"

static void
add_code_point(struct buf *out, uint32_t code)
{
    if (code == '"' || code == '\\')
        buf_printf(out, "\\%c", (int)code);
    else if (code == '\n')
        buf_text(out, "\\n");
    else if (code == '\t')
        buf_text(out, "\\t");
    else if (utf8_is_control(code))
        buf_printf(out, "\\u%04x", (unsigned)code);
    else
        buf_utf8(out, code == UTF8_BAD ? 0xFFFD : code);
}

/* What stands as it is, of nearly all texts all of it. */
static bool
is_plain(uint32_t code)
{
    return (code >= 0x20 && code < 0x7F && code != '"' && code != '\\') || utf8_is_thai(code);
}

void
json_add_string(struct buf *out, struct str text)
{
    size_t from = 0; /* of what stands as it is and is not written yet */

    buf_byte(out, '"');
    for (size_t at = 0, next = 0; at < text.len; at = next) {
        uint32_t code = utf8_next(text, &next);
        if (is_plain(code))
            continue;
        buf_add(out, str_sub(text, from, at - from));
        add_code_point(out, code);
        from = next;
    }
    buf_add(out, str_sub(text, from, text.len - from));
    buf_byte(out, '"');
}
