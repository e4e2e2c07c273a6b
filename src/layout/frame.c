/* Page furniture: all of it artifacts, none of it takes room from the text. */
#include "base/ascii.h"
#include "layout/flow.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "layout/text.h"
#include "thai/digits.h"

/* cos 45° = sin 45° in 1/100000: the stamp runs along the diagonal of a square. */
#define DIAGONAL 70711
#define STAMP_TURN 45

/* Printers do not reach the last 5 mm of the paper. */
#define UNPRINTABLE ((mpt)14173)

static void
move_to_page(struct layout *layout, const struct strip *strip, struct page *page)
{
    for (size_t i = 0; i < strip->count; i++)
        *page_add(layout->arena, page) = strip->items[i];
}

/* Half the height of capitals and digits: what is "centred on a line" is centred by it. */
static mpt
half_height(const struct layout *layout, enum font_face face, mpt size)
{
    const struct fonts *fonts = layout->job->fonts;
    const struct font *font = fonts_face(fonts, layout->diags, face);

    return font == NULL ? 0 : font_length(font, fonts_draw_size(fonts, size), font->cap_height) / 2;
}

static bool
put_centered(struct layout *layout, const struct text_look *look, struct str text, mpt x,
             mpt middle, struct page *page)
{
    struct strip strip = {0};
    struct set_text set;

    if (!text_set(layout, look, text, &set))
        return false;
    text_put(layout, &set, x, middle + half_height(layout, look->face, look->size), STYLE_CENTER,
             &strip);
    move_to_page(layout, &strip, page);
    return true;
}

static bool
put_stamp(struct layout *layout, const struct flow_section *section, struct page *page)
{
    const struct style *style = layout->style;
    const struct text_look look = {
        .face = FONT_BOLD,
        .size = style->stamp_size,
        .colour = style->stamp_colour,
        .role = ROLE_STAMP,
        .node = section->node,
    };
    struct strip strip = {0};
    struct set_text set;

    if (!layout->job->draft || style->stamp_text.len == 0)
        return true;
    if (!text_set(layout, &look, style->stamp_text, &set))
        return false;
    text_put(layout, &set, 0, 0, STYLE_LEFT, &strip);
    mpt half = half_height(layout, FONT_BOLD, style->stamp_size);
    for (size_t i = 0; i < strip.count; i++) {
        struct item *item = &strip.items[i];
        if (item->kind != ITEM_TEXT)
            continue;
        /* from the page's middle back along the turned baseline, and down from it */
        mpt along = set.width / 2 - item->x;
        item->x = page->width / 2 - unit_scale(along - half, DIAGONAL, 100000);
        item->y = page->height / 2 + unit_scale(along + half, DIAGONAL, 100000);
        item->as.text.turn = STAMP_TURN;
    }
    move_to_page(layout, &strip, page);
    return true;
}

static bool
put_secrecy(struct layout *layout, const struct flow_section *section, struct page *page)
{
    const struct style *style = layout->style;
    const struct text_look look = head_mark_look(layout, section->node);

    if (section->secrecy.len == 0)
        return true;
    return put_centered(layout, &look, section->secrecy, page->width / 2, style->mark_secrecy_edge,
                        page) &&
           put_centered(layout, &look, section->secrecy, page->width / 2,
                        page->height - style->mark_secrecy_edge, page);
}

/* The mark of urgency of a document without a head: where the emblem would be. */
static bool
put_urgency(struct layout *layout, const struct flow_section *section, struct page *page)
{
    struct strip strip = {0};

    if (!head_urgency(layout, section->node, section->urgency, section->left, section->left,
                      &strip))
        return false;
    move_to_page(layout, &strip, page);
    return true;
}

static struct str
folio(struct layout *layout, const struct flow_section *section, int number)
{
    struct buf digits = buf_in(layout->arena);

    buf_printf(&digits, "%d", number);
    return section->thai ? digits_to_thai(layout->arena, buf_str(&digits)) : buf_str(&digits);
}

/* The label: the section's format with the folio in place of {n}. */
static struct str
number_label(struct layout *layout, struct str format, struct str number)
{
    size_t at = str_find(format, STR("{n}"));
    struct buf out = buf_in(layout->arena);

    if (at == SIZE_MAX)
        return format;
    buf_add(&out, str_sub(format, 0, at));
    buf_add(&out, number);
    buf_add(&out, str_sub(format, at + 3, format.len));
    return buf_str(&out);
}

/* Dashes, brackets and blanks that stand around a number for looks. */
static bool
is_ornament(uint32_t code)
{
    return code < 0x80
               ? !ascii_is_alnum(code)
               : code == 0xAB || code == 0xB7 || code == 0xBB || (code >= 0x2010 && code <= 0x2027);
}

/* The text without ornaments at its end, or when `first` at its beginning. */
static struct str
without_ornaments(struct str text, bool first)
{
    size_t begin = 0, end = 0, at = 0;

    while (at < text.len) {
        size_t from = at;
        if (is_ornament(utf8_next(text, &at)))
            continue;
        end = at;
        if (!first)
            continue;
        begin = from;
        end = text.len;
        break;
    }
    return str_sub(text, begin, end - begin);
}

/* A format without the ornaments around it: "ผ-{n}" stays, of "- {n} -" the number does. */
static struct str
plain_format(struct layout *layout, struct str format)
{
    size_t at = str_find(format, STR("{n}"));
    struct buf out = buf_in(layout->arena);

    if (at == SIZE_MAX)
        return without_ornaments(without_ornaments(format, true), false);
    buf_add(&out, without_ornaments(str_sub(format, 0, at), true));
    buf_text(&out, "{n}");
    buf_add(&out, without_ornaments(str_sub(format, at + 3, format.len - at - 3), false));
    return buf_str(&out);
}

static bool
put_number(struct layout *layout, const struct flow_section *section, struct page *page)
{
    const struct text_look look = {
        .face = FONT_REGULAR,
        .size = layout->style->number_size,
        .role = ROLE_PAGE_NUMBER,
        .node = section->node,
    };
    mpt center = section->left + (section->width - section->left - section->right) / 2;

    page->label = number_label(layout, section->format, page->folio);
    return put_centered(layout, &look, page->label, center, layout->style->number_middle, page);
}

bool
frame_begin(struct layout *layout, const struct flow_section *section, struct page *page,
            bool first)
{
    page->folio = folio(layout, section, page->number);
    if (section->numbered)
        page->name = number_label(layout, plain_format(layout, section->format), page->folio);
    if (!put_stamp(layout, section, page) || !put_secrecy(layout, section, page))
        return false;
    if (first && !put_urgency(layout, section, page))
        return false;
    if (!section->numbered || (first && !section->first_number))
        return true;
    return put_number(layout, section, page);
}

/* The first words of the text, at most `most` letters of it (the marks on a letter do not count):
 * up to the last good break among them, or all of them when the first word is longer. */
static struct str
first_words(struct layout *layout, struct str lead, size_t most)
{
    size_t good = 0, at = 0, end = 0, count = 0;
    unsigned char *grade;

    while (at < lead.len && count <= most && lead.ptr[at] != '\n' && lead.ptr[at] != '\t') {
        end = at;
        count += utf8_is_thai_mark(utf8_next(lead, &at)) ? 0 : 1;
    }
    if (count <= most)
        return str_trim(str_sub(lead, 0, at));
    struct str text = str_sub(lead, 0, at);
    grade = arena_alloc(layout->scratch, text.len + 1);
    breaks_find(layout->job->breaker, text, NULL, 0, grade);
    for (size_t i = 1; i <= end; i++) {
        if (break_grade(grade[i]) >= BREAK_GOOD)
            good = i;
    }
    return str_trim(str_sub(text, 0, good > 0 ? good : end));
}

/* "/words..." as one slice. */
static struct str
continuation_text(struct layout *layout, const struct strip *next)
{
    struct arena_mark mark = arena_mark(layout->scratch);
    int most = layout->style->continuation_clusters;
    struct str words = first_words(layout, next->lead, most < 0 ? 0 : (size_t)most);
    struct buf out = buf_in(layout->arena);

    if (words.len > 0) {
        buf_byte(&out, '/');
        buf_add(&out, words);
        buf_text(&out, "...");
    }
    arena_reset(layout->scratch, mark);
    return buf_str(&out);
}

bool
frame_continue(struct layout *layout, const struct flow_section *section, struct page *page,
               const struct strip *next, mpt y)
{
    const struct style_para *class = layout_class(layout, STR(""), next->node->pos, CLASS_BODY);
    struct str text = continuation_text(layout, next);
    struct strip strip = {0};
    struct set_text set;

    if (class == NULL)
        return false;
    if (text.len == 0)
        return true;
    const struct text_look look = {
        .face = FONT_REGULAR,
        .size = class->size,
        .role = ROLE_CONTINUATION,
        .node = next->node,
    };
    if (!text_set(layout, &look, text, &set))
        return false;
    mpt below_line = class->pitch - text_baseline(layout, class->pitch, class->size);
    mpt lowest = page->height - UNPRINTABLE - below_line;
    mpt base = y + layout->style->continuation_below;
    text_put(layout, &set, page->width - section->right, base < lowest ? base : lowest, STYLE_RIGHT,
             &strip);
    move_to_page(layout, &strip, page);
    return true;
}
