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

void
json_add_string(struct buf *out, struct str text)
{
    buf_byte(out, '"');
    for (size_t at = 0; at < text.len;)
        add_code_point(out, utf8_next(text, &at));
    buf_byte(out, '"');
}
