/* Places in the file that bookmarks and links lead to, and what they are called. */
#include "base/arena.h"
#include "base/utf8.h"
#include "doc/alt.h"
#include "pdf/nav.h"
#include "pdf/piece.h"

/* Code points of a name; no more is read to somebody who only wants to know where a link leads. */
#define NAME_MAX_CODES 80

struct pdf_value *
nav_place(struct arena *arena, const struct page *page, mpt top, unsigned handle)
{
    struct pdf_value *place = pdf_array(arena);
    int64_t up = (int64_t)page->height - top;

    pdf_add(place, pdf_ref(arena, handle));
    pdf_add(place, pdf_name(arena, "XYZ"));
    pdf_add(place, pdf_null(arena));
    pdf_add(place, pdf_real(arena, up < page->height ? up : page->height));
    pdf_add(place, pdf_null(arena));
    return place;
}

struct str
nav_title(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);

        if (code == UTF8_BAD)
            code = 0xfffd;
        if (code <= ' ' || (code >= 0x7f && code <= 0xa0))
            code = ' ';
        if (!piece_drops(code) && !(code == ' ' && str_ends(buf_str(&out), STR(" "))))
            buf_utf8(&out, code);
    }
    return str_trim(buf_str(&out));
}

/* ---- names */

/* The attribute that an element is known by; empty for what is known by its text. */
static struct str
known_by(struct arena *arena, const struct node *node)
{
    switch (node->element) {
    case ELEMENT_opinion:
        return node_get(node, ATTRIBUTE_opinion_title);
    case ELEMENT_signature:
        return node_get(node, ATTRIBUTE_signature_name);
    case ELEMENT_chart:
        if (node_get(node, ATTRIBUTE_chart_title).len > 0)
            return node_get(node, ATTRIBUTE_chart_title);
        return alt_text(arena, node);
    case ELEMENT_img:
        return alt_text(arena, node);
    default:
        return STR("");
    }
}

/* Parts that stand apart on the page are apart in the name, too. */
static void
add_part(struct buf *out, const struct node *node, struct str text)
{
    if (node->kind == NODE_ELEMENT && (element_info(node->element)->group & GROUP_INLINE) == 0)
        buf_byte(out, ' ');
    buf_add(out, text);
}

/* What a node is known by, or its text and that of what is in it, as far as a name goes. */
static struct str
text_of(struct arena *arena, const struct node *root)
{
    struct buf out = buf_in(arena);

    buf_add(&out, known_by(arena, root));
    if (out.len > 0)
        return buf_str(&out);
    for (const struct node *node = root; node != NULL && out.len < (size_t)4 * NAME_MAX_CODES;
         node = node_after(node, root))
        add_part(&out, node, node->kind == NODE_TEXT ? node->text : known_by(arena, node));
    return buf_str(&out);
}

static struct str
shortened(struct arena *arena, struct str text)
{
    size_t at = 0, codes = 0;

    while (at < text.len && codes++ < NAME_MAX_CODES)
        (void)utf8_next(text, &at);
    if (at == text.len)
        return text;
    return str_of(arena_printf(arena, "%.*s…", (int)at, text.ptr));
}

struct str
nav_place_name(struct arena *arena, const struct page *page, const struct node *node)
{
    struct str number = page->label.len > 0 ? page->label : page->folio;
    struct str name = shortened(arena, nav_title(arena, text_of(arena, node)));

    return str_of(arena_printf(arena, "ไปยังหน้า %.*s%s%.*s", STR_FMT(number),
                               name.len > 0 ? ": " : "", STR_FMT(name)));
}
