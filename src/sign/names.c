#include "sign/names.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "check/person.h"

static bool
is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0xA0 || code == '\n' || code == '\r';
}

/* One blank between words, none around them. */
static struct str
with_single_blanks(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);
    bool blank = false;

    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (is_blank(code)) {
            blank = out.len > 0;
            continue;
        }
        if (blank)
            buf_byte(&out, ' ');
        buf_utf8(&out, code == UTF8_BAD ? 0xFFFD : code);
        blank = false;
    }
    return buf_str(&out);
}

static struct str
bare(struct arena *arena, struct str name)
{
    return with_single_blanks(arena, person_bare(with_single_blanks(arena, name)));
}

/* What nobody sees could make another name of it. */
static bool
hides(struct str name)
{
    for (size_t at = 0; at < name.len;) {
        if (utf8_is_hidden(utf8_next(name, &at)))
            return true;
    }
    return false;
}

bool
names_agree(struct arena *arena, struct str a, struct str b)
{
    if (hides(a) || hides(b))
        return false;
    a = bare(arena, a);
    b = bare(arena, b);
    return a.len > 0 && str_same(a, b);
}
