/* Pages: text lines by text.c, and here rules, boxes, pictures and the resources of all pages. */
#include "pdf/paint.h"

#include "base/arena.h"
#include "pdf/pdf.h"

#define RATIO_PLACES 10

/* A picture that was painted once; it is found again by its address. */
struct picture {
    const void *of; /* struct image or struct drawing */
    unsigned handle;
    int width, height; /* of a drawing, in its units */
};

struct content {
    struct pdf_objects *objects;
    struct diags *diags;
    struct forms *forms;
    unsigned font; /* the regular one, or another */
    struct paint paint;
    struct picture *pictures;
    size_t picture_count, picture_cap;
};

struct content *
content_new(struct pdf_objects *objects, struct diags *diags, struct tags *tags,
            struct forms *forms)
{
    struct content *content = arena_alloc(objects->arena, sizeof(*content));

    content->objects = objects;
    content->diags = diags;
    content->forms = forms;
    content->paint.diags = diags;
    content->paint.tags = tags;
    content->paint.pieces = pieces_new(objects->arena);
    content->paint.line = paint_stretches(objects->arena);
    content->paint.out = content->paint.show = buf_in(objects->arena);
    return content;
}

/* ---- graphics state */

static bool
same_colour(struct colour a, struct colour b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

bool
paint_is_filled(const struct paint *paint, struct colour colour)
{
    return paint->fill_known && same_colour(paint->fill, colour);
}

void
paint_fill_colour(struct paint *paint, struct colour colour)
{
    if (paint_is_filled(paint, colour))
        return;
    pdf_colour(&paint->out, colour.red, colour.green, colour.blue, false);
    paint->fill = colour;
    paint->fill_known = true;
}

static void
set_stroke_colour(struct paint *paint, struct colour colour)
{
    if (paint->stroke_known && same_colour(paint->stroke, colour))
        return;
    pdf_colour(&paint->out, colour.red, colour.green, colour.blue, true);
    paint->stroke = colour;
    paint->stroke_known = true;
}

static void
add_numbers(struct buf *out, const int64_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pdf_number(out, numbers[i]);
        buf_byte(out, ' ');
    }
}

/* ---- rules and boxes */

/* Dots are dashes of no length with round ends; the ends of solid rules reach out by half their
 * thickness, so that rules that meet at a corner join. */
static void
set_line(struct paint *paint, const struct item *item)
{
    mpt pitch = item->as.rule.dotted ? item->as.rule.dot_pitch : 0;

    if (pitch < 0)
        pitch = 0;
    if (paint->line_width != item->as.rule.thickness) {
        pdf_number(&paint->out, item->as.rule.thickness);
        buf_text(&paint->out, " w\n");
        paint->line_width = item->as.rule.thickness;
    }
    if (paint->line_pattern == pitch)
        return;
    if (pitch > 0) {
        buf_text(&paint->out, "1 J [0 ");
        pdf_number(&paint->out, pitch);
        buf_text(&paint->out, "] 0 d\n");
    } else {
        buf_text(&paint->out, "2 J [] 0 d\n");
    }
    paint->line_pattern = pitch;
}

static void
paint_rule(struct paint *paint, const struct item *item)
{
    int64_t top = (int64_t)paint->height - item->y;
    const int64_t from[2] = {item->x, top};
    const int64_t to[2] = {(int64_t)item->x + item->width, top - item->height};

    if (item->as.rule.thickness <= 0)
        return;
    set_stroke_colour(paint, item->colour);
    set_line(paint, item);
    add_numbers(&paint->out, from, 2);
    buf_text(&paint->out, "m ");
    add_numbers(&paint->out, to, 2);
    buf_text(&paint->out, "l S\n");
}

static void
paint_box(struct paint *paint, const struct item *item)
{
    const int64_t box[4] = {item->x, (int64_t)paint->height - item->y - item->height, item->width,
                            item->height};

    if (item->width <= 0 || item->height <= 0)
        return;
    paint_fill_colour(paint, item->colour);
    add_numbers(&paint->out, box, 4);
    buf_text(&paint->out, "re f\n");
}

/* ---- QR codes */

/* Dark modules of a row that follow each other from `column` on. */
static unsigned
run_of(const struct qr *qr, unsigned row, unsigned column)
{
    unsigned end = column;

    while (end < qr->side && qr->modules[row * qr->side + end] == 1)
        end++;
    return end - column;
}

/* "q a 0 0 d x y cm 0 20 7 1 re … f Q": modules are one unit wide and high. All are filled at once,
 * so that no seams are seen between rows. */
static void
paint_qr(struct paint *paint, const struct item *item)
{
    const struct qr *qr = item->as.qr->qr;
    int64_t place[2] = {item->x, (int64_t)paint->height - item->y - item->height};

    if (qr == NULL)
        return;
    paint_fill_colour(paint, item->colour);
    buf_text(&paint->out, "q ");
    pdf_decimal(&paint->out, (int64_t)item->width * 10000000 / qr->side, RATIO_PLACES);
    buf_text(&paint->out, " 0 0 ");
    pdf_decimal(&paint->out, (int64_t)item->height * 10000000 / qr->side, RATIO_PLACES);
    buf_byte(&paint->out, ' ');
    add_numbers(&paint->out, place, 2);
    buf_text(&paint->out, "cm\n");
    for (unsigned row = 0; row < qr->side; row++) {
        for (unsigned column = 0, run; column<qr->side; column += run> 0 ? run : 1) {
            run = run_of(qr, row, column);
            if (run > 0)
                buf_printf(&paint->out, "%u %u %u 1 re\n", column, qr->side - 1 - row, run);
        }
    }
    buf_text(&paint->out, "f Q\n");
}

/* ---- pictures */

static const struct picture *
find_picture(struct content *content, const struct item *item)
{
    const void *of =
        item->kind == ITEM_IMAGE ? (const void *)item->as.image : (const void *)item->as.drawing;
    struct picture made = {of, 0, 1, 1};

    for (size_t i = 0; i < content->picture_count; i++)
        if (content->pictures[i].of == of)
            return &content->pictures[i];
    if (item->kind == ITEM_IMAGE)
        made.handle = image_put(content->objects, item->as.image);
    else
        made.handle = drawing_put(content->objects, item->as.drawing, &made.width, &made.height);
    content->pictures = arena_grow(content->objects->arena, content->pictures,
                                   content->picture_count, &content->picture_cap, sizeof(made), 8);
    content->pictures[content->picture_count] = made;
    return &content->pictures[content->picture_count++];
}

/* "q a 0 0 d x y cm /X1 Do Q": an image is one unit wide and high, a drawing as many of its own
 * units as it has. */
static void
paint_picture(struct content *content, const struct item *item)
{
    struct buf *out = &content->paint.out;

    if (item->width <= 0 || item->height <= 0)
        return;
    const struct picture *picture = find_picture(content, item);
    int64_t place[2] = {item->x, (int64_t)content->paint.height - item->y - item->height};

    buf_text(out, "q ");
    pdf_decimal(out, (int64_t)item->width * 10000000 / picture->width, RATIO_PLACES);
    buf_text(out, " 0 0 ");
    pdf_decimal(out, (int64_t)item->height * 10000000 / picture->height, RATIO_PLACES);
    buf_byte(out, ' ');
    add_numbers(out, place, 2);
    buf_text(out, "cm /X");
    pdf_decimal(out, picture - content->pictures + 1, 0);
    buf_text(out, " Do Q\n");
}

/* ---- pages */

static void
paint_item(struct content *content, const struct item *item)
{
    struct paint *paint = &content->paint;
    struct mark mark = mark_of(paint, item);

    if (mark.tag != NULL)
        tags_cover(mark.tag, item, paint->height);
    if (item->kind != ITEM_TEXT)
        mark_begin(paint, mark);
    switch (item->kind) {
    case ITEM_RULE:
        paint_rule(paint, item);
        break;
    case ITEM_BOX:
        paint_box(paint, item);
        break;
    case ITEM_IMAGE:
    case ITEM_PATHS:
        paint_picture(content, item);
        break;
    case ITEM_QR:
        paint_qr(paint, item);
        break;
    case ITEM_TEXT:
    case ITEM_FIELD:
        break;
    }
}

/* The item behind `from`, as if no fields stood there: nothing is painted for them. */
static const struct item *
next_painted(const struct page *page, size_t from)
{
    while (from < page->count && page->items[from].kind == ITEM_FIELD)
        from++;
    return from < page->count ? &page->items[from] : NULL;
}

/* Number of items up to the last part of the line that items[0] belongs to. */
static size_t
line_length(const struct item *items, size_t count)
{
    size_t length = 1;

    for (size_t i = 1; i < count; i++) {
        if (items[i].kind != ITEM_TEXT)
            continue;
        if (items[i].as.text.line != items[0].as.text.line ||
            items[i].as.text.turn != items[0].as.text.turn)
            break;
        length = i + 1;
    }
    return length;
}

/* Writes all items of a page into the buffer. */
static bool
paint_items(struct content *content, const struct page *page, size_t index)
{
    struct paint *paint = &content->paint;

    paint->page = index;
    paint->out.len = 0;
    paint->height = page->height;
    paint->fill_known = paint->stroke_known = false;
    paint->line_width = 0;
    paint->line_pattern = -1;
    for (size_t i = 0; i < page->count;) {
        size_t length = 1;

        if (page->items[i].kind == ITEM_FIELD) {
            if (content->forms != NULL)
                forms_add(content->forms, &page->items[i], index);
            i++;
            continue;
        }
        if (page->items[i].kind != ITEM_TEXT) {
            paint_item(content, &page->items[i++]);
            continue;
        }
        /* what stands between the parts of a line (underlines) comes first: a text object holds
         * nothing else, and the line is to be one */
        length = line_length(page->items + i, page->count - i);
        for (size_t k = i; k < i + length; k++)
            paint_item(content, &page->items[k]);
        const struct item *items = &page->items[i];
        i += length;
        if (!paint_line(paint, items, length, next_painted(page, i)))
            return false;
    }
    mark_end(paint);
    return true;
}

unsigned
content_page(struct content *content, const struct page *page, size_t index)
{
    if (!paint_items(content, page, index))
        return 0;
    return pdf_put_stream(content->objects, NULL, buf_str(&content->paint.out));
}

/* ---- resources */

static void
set_resource(struct arena *arena, struct pdf_value *dict, char kind, size_t number, unsigned handle)
{
    pdf_set(dict, arena_printf(arena, "%c%zu", kind, number), pdf_ref(arena, handle));
}

static bool
is_regular(const struct piece_font *font)
{
    return font->font->face == FONT_REGULAR && !font->font->other;
}

unsigned
content_font(const struct content *content)
{
    return content->font;
}

/* Adds the fonts; NULL with PDF_FONT. */
static struct pdf_value *
put_resources(struct content *content)
{
    const struct pieces *pieces = content->paint.pieces;
    struct arena *arena = content->objects->arena;
    struct pdf_value *dict = pdf_dict(arena), *fonts = pdf_dict(arena), *pictures = pdf_dict(arena);
    bool regular = false;

    for (size_t i = 0; i < pieces->font_count; i++) {
        unsigned font = font_put(content->objects, content->diags, pieces->fonts[i]);

        if (font == 0)
            return NULL;
        set_resource(arena, fonts, 'F', i + 1, font);
        if (content->font == 0 || (!regular && is_regular(pieces->fonts[i])))
            content->font = font;
        regular = regular || is_regular(pieces->fonts[i]);
    }
    for (size_t i = 0; i < content->picture_count; i++)
        set_resource(arena, pictures, 'X', i + 1, content->pictures[i].handle);
    if (fonts->count > 0)
        pdf_set(dict, "Font", fonts);
    if (pictures->count > 0)
        pdf_set(dict, "XObject", pictures);
    return dict;
}

bool
content_resources(struct content *content, unsigned handle)
{
    struct pdf_value *dict = put_resources(content);

    if (dict != NULL)
        pdf_fill(content->objects, handle, dict);
    return dict != NULL;
}

/* ---- appearances */

static struct pdf_value *
form_dict(struct arena *arena, const struct page *page, struct pdf_value *resources)
{
    struct pdf_value *dict = pdf_dict(arena), *box = pdf_array(arena);

    pdf_add(box, pdf_int(arena, 0));
    pdf_add(box, pdf_int(arena, 0));
    pdf_add(box, pdf_real(arena, page->width));
    pdf_add(box, pdf_real(arena, page->height));
    pdf_set(dict, "Type", pdf_name(arena, "XObject"));
    pdf_set(dict, "Subtype", pdf_name(arena, "Form"));
    pdf_set(dict, "BBox", box);
    pdf_set(dict, "Resources", resources);
    return dict;
}

unsigned
pdf_appearance(struct pdf_objects *objects, struct diags *diags, const struct page *page)
{
    struct content *content = content_new(objects, diags, NULL, NULL);
    struct buf out = buf_in(objects->arena);

    if (!paint_items(content, page, 0))
        return 0;
    if (content->paint.out.len > 0) {
        buf_text(&out, "/Tx BMC\nq\n");
        buf_add(&out, buf_str(&content->paint.out));
        buf_text(&out, "Q\nEMC\n");
    }
    struct pdf_value *resources = put_resources(content);
    if (resources == NULL)
        return 0;
    return pdf_put_stream(objects, form_dict(objects->arena, page, resources), buf_str(&out));
}
