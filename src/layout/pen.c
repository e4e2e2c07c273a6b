/* The for-pen form of pages: the code on each of them, and the pages as a whole. */
#include "layout/pen.h"

#include <string.h>

#include "base/arena.h"
#include "layout/pen_inner.h"

/* What is hashed before the pages, with its NUL. */
static const char prefix[] = "banthuek-code-1";

/* Letters of the code in print are at most so wide, in 1/1000 of their nominal size. */
#define LETTER_WIDTH 500

/* And so high: capitals and digits. */
#define LETTER_HEIGHT 500

/* Farther from the corner no reader looks. */
#define CORNER ((mpt)(CODE_CORNER * (int64_t)72000 / 254))

/* A descender, a thin rule: what reaches below a baseline, in 1/1000 of the size. */
#define BELOW 350

/* Half a millimetre: what is told in centimetres with one decimal is never too little. */
#define ROUND_UP ((mpt)1417)

struct pen {
    struct arena *arena;
    const struct pages *pages;
    struct page *own;   /* by page: with room for the pen in place of fields; no items: as it is */
    struct area *place; /* of the QR code, by page */
    mpt base;           /* from the paper's lower edge to the code in print */
    unsigned line;      /* the number of its line */
};

/* ---- where the code stands */

static mpt
quiet_of(mpt size)
{
    return unit_scale(size, QR_QUIET, QR_SIDE_LEAST);
}

/* Beside the text where the left margin has room for it, else below it. */
static bool
find_place(const struct style *style, const struct page *page, struct area *out)
{
    mpt size = style->code_size, quiet = quiet_of(size);
    mpt beside = page->left - quiet - size;

    *out = (struct area){beside < style->code_left ? beside : style->code_left,
                         page->height - style->code_bottom - size, size, size};
    if (out->x >= style->code_edge)
        return true;
    out->x = style->code_left;
    return page->bottom >= style->code_bottom + size + quiet;
}

static void
refuse_room(struct layout *layout, const struct page *page)
{
    const struct style *style = layout->style;
    int64_t with_quiet = (int64_t)style->code_size + quiet_of(style->code_size);

    diag_add(layout->diags, DIAG_LAYOUT_CODE_ROOM, page->node->pos,
             diag_printf(layout->diags, "%u", page->section),
             layout_cm(layout, style->code_edge + with_quiet + ROUND_UP),
             layout_cm(layout, style->code_bottom + with_quiet + ROUND_UP));
}

static bool
meet(const struct area *a, const struct area *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
           b->y < a->y + a->height;
}

/* What an item paints, or a little more. */
static struct area
painted(const struct item *item)
{
    struct area area = {item->x, item->y, item->width, item->height};

    if (item->kind == ITEM_RULE) {
        mpt half = item->as.rule.thickness / 2;
        area = (struct area){item->x - half, item->y - half, item->width + 2 * half,
                             item->height + 2 * half};
    } else if (item->kind == ITEM_TEXT) {
        mpt size = item->as.text.count > 0 ? item->as.text.clusters[0].run->size : 0;
        area.y -= size;
        area.height = size + unit_scale(size, BELOW, 1000);
    }
    return area;
}

/* Half of the white around it may be missing before readers fail. */
static struct area
with_white(const struct area *place)
{
    mpt half = quiet_of(place->width) / 2;

    return (struct area){place->x - half, place->y - half, place->width + 2 * half,
                         place->height + 2 * half};
}

/* The line in print, with letters of this height; pages but the first have none. */
static struct area
printed_area(const struct style *style, const struct page *page, const struct area *place,
             mpt height, bool first)
{
    mpt size = style->code_text_size;

    return (struct area){place->x, page->height - style->code_base - height,
                         first ? unit_scale(size, CODE_PRINTED * LETTER_WIDTH, 1000) : 0, height};
}

static bool
is_in_corner(const struct page *page, const struct area *area)
{
    return area->x + area->width <= CORNER && page->height - area->y <= CORNER;
}

static bool
is_on(const struct page *page, const struct area *area)
{
    return area->x >= 0 && area->y >= 0 && area->x + area->width <= page->width &&
           area->y + area->height <= page->height;
}

/* Whether what a template says of the code leaves it in the corner of the paper, and no part of it
 * over the other. */
static bool
is_apart(const struct style *style, const struct page *page, const struct area *place, bool first)
{
    const struct area qr = with_white(place);
    const struct area print =
        printed_area(style, page, place, unit_scale(style->code_text_size, LETTER_HEIGHT, 1000),
                     first);

    return is_on(page, &qr) && is_in_corner(page, place) && (!first || (is_on(page, &print) && !meet(&qr, &print)));
}

static bool
is_free(const struct layout *layout, const struct page *page, const struct area *place, bool first)
{
    const struct style *style = layout->style;
    const struct area qr = with_white(place);
    const struct area print = printed_area(style, page, place, style->code_text_size, first);

    for (size_t i = 0; i < page->count; i++) {
        const struct item *item = &page->items[i];
        struct area area = painted(item);
        if (item->kind != ITEM_FIELD && (meet(&area, &qr) || meet(&area, &print)))
            return false;
    }
    return true;
}

/* Finds the place on one page; false where there is none, which is told. */
static bool
find_on(struct layout *layout, struct pen *pen, size_t index)
{
    const struct page *page = &pen->pages->page[index];
    struct area *place = &pen->place[index];

    if (!find_place(layout->style, page, place)) {
        refuse_room(layout, page);
        return false;
    }
    if (!is_apart(layout->style, page, place, index == 0)) {
        diag_add(layout->diags, DIAG_LAYOUT_CODE_PLACE, page->node->pos,
                 diag_printf(layout->diags, "%zu", index + 1), NULL, NULL);
        return false;
    }
    if (!is_free(layout, page, place, index == 0)) {
        diag_add(layout->diags, DIAG_LAYOUT_CODE_COVERED, page->node->pos,
                 diag_printf(layout->diags, "%zu", index + 1), NULL, NULL);
        return false;
    }
    return true;
}

/* True when the code has room on all pages; what is wrong is told of the first that has none. */
static bool
find_places(struct layout *layout, struct pen *pen)
{
    const struct pages *pages = pen->pages;

    if (pages->count > CODE_PAGES_MAX) {
        diag_add(layout->diags, DIAG_LAYOUT_CODE_PAGES, POS_NONE,
                 diag_printf(layout->diags, "%zu", pages->count),
                 diag_printf(layout->diags, "%d", CODE_PAGES_MAX), NULL);
        return false;
    }
    for (size_t i = 0; i < pages->count; i++) {
        if (!find_on(layout, pen, i))
            return false;
    }
    return true;
}

/* ---- its items */

/* Where they go: the page with this index, or one in its place. */
struct adding {
    const struct pen *pen;
    struct arena *arena;
    size_t index;
    struct page *page;
};

static struct item *
add_item(const struct adding *to, enum item_kind kind)
{
    struct item *item = page_add(to->arena, to->page);

    item->kind = kind;
    item->role = ROLE_CODE;
    item->node = to->pen->pages->page[to->index].node;
    return item;
}

static void
add_qr(const struct adding *to, const struct qr_text *text)
{
    const struct area *place = &to->pen->place[to->index];
    struct item *item = add_item(to, ITEM_QR);

    item->x = place->x;
    item->y = place->y;
    item->width = place->width;
    item->height = place->height;
    item->as.qr = text;
}

static mpt
printed_y(const struct pen *pen)
{
    return pen->pages->page[0].height - pen->base;
}

/* The items as they are while the code is not known. */
static void
add_empty(const struct adding *to)
{
    static const struct qr_text no_qr = {NULL, {"", 0}, {"", 0}};
    static const struct item_text no_text = {{"", 0}, NULL, 0};

    add_qr(to, &no_qr);
    if (to->index > 0)
        return;
    struct item *item = add_item(to, ITEM_TEXT);
    item->x = to->pen->place[0].x;
    item->y = printed_y(to->pen);
    item->as.text.whole = &no_text;
    item->as.text.line = to->pen->line;
    item->as.text.line_end = item->as.text.para_end = true;
}

static void
put_qr(const struct adding *to, const struct code *code)
{
    struct qr_text *text = arena_alloc(to->arena, sizeof *text);
    unsigned page = (unsigned)to->index + 1;
    char said[CODE_QR + 1], printed[CODE_PRINTED + 1];

    code_qr(code, page, said);
    code_print(code, printed);
    text->text = str_dup(to->arena, str_of(said));
    text->qr = qr_make(to->arena, text->text);
    text->alt = str_of(arena_printf(to->arena, "คิวอาร์โค้ดของหน้า %u รหัสเอกสาร %s", page, printed));
    add_qr(to, text);
}

static bool
put_printed(struct layout *layout, const struct adding *to, const struct code *code)
{
    const struct text_look look = {
        .face = FONT_REGULAR,
        .size = layout->style->code_text_size,
        .role = ROLE_CODE,
        .node = to->pen->pages->page[to->index].node,
    };
    char printed[CODE_PRINTED + 1];
    struct strip strip = {0};
    struct set_text text;

    code_print(code, printed);
    if (!text_set(layout, &look, str_of(printed), &text))
        return false;
    text_put(layout, &text, to->pen->place[0].x, printed_y(to->pen), STYLE_LEFT, &strip);
    for (size_t i = 0; i < strip.count; i++) {
        struct item *item = page_add(to->arena, to->page);
        *item = strip.items[i];
        item->as.text.line = to->pen->line;
    }
    return true;
}

/* ---- all of it */

struct pen *
pen_new(struct arena *arena, struct diags *diags, const struct layout_job *job,
        const struct pages *pages)
{
    struct pen *pen = arena_alloc(arena, sizeof *pen);
    struct arena *scratch = arena_new(0);
    struct layout layout = pen_layout(arena, scratch, diags, job, pages->lines);

    *pen = (struct pen){.arena = arena, .pages = pages, .base = job->style->code_base};
    pen->own = arena_array(arena, pages->count, sizeof *pen->own);
    pen->place = arena_array(arena, pages->count, sizeof *pen->place);
    bool good = find_places(&layout, pen) && pen_rooms(&layout, pages, pen->own);
    pen->line = layout.next_line;
    arena_free(scratch);
    return good ? pen : NULL;
}

/* Writes the dump of a for-pen page; `dump` is that of the page itself, which one without fields
 * begins with. */
static void
dump_empty(const struct pen *pen, struct arena *arena, size_t index, struct str dump,
           struct buf *out)
{
    struct page page = {.likely = 2};

    if (pen->own[index].items == NULL) {
        buf_add(out, dump);
    } else {
        page_dump_head(pen->pages, index, out);
        page_dump_items(pen->pages, &pen->own[index], 0, out);
    }
    add_empty(&(struct adding){pen, arena, index, &page});
    page_dump_items(pen->pages, &page, 0, out);
}

struct code
pen_code(const struct pen *pen, struct hash *dump)
{
    struct arena *scratch = arena_new(0);
    struct hash_state *plain = hash_begin(scratch), *coded = hash_begin(scratch);
    struct arena_mark mark = arena_mark(scratch);

    hash_add(coded, (struct str){prefix, sizeof prefix});
    for (size_t i = 0; i < pen->pages->count; i++) {
        struct buf text = buf_in(scratch), own = buf_in(scratch);
        page_dump(pen->pages, i, &text);
        dump_empty(pen, scratch, i, buf_str(&text), &own);
        hash_add(plain, buf_str(&text));
        hash_add(coded, buf_str(&own));
        arena_reset(scratch, mark);
    }
    const struct hash hash = hash_end(coded);
    *dump = hash_end(plain);
    arena_free(scratch);
    return code_of_hash(&hash);
}

static bool
make_page(struct layout *layout, const struct pen *pen, size_t index, const struct code *code,
          struct page *out)
{
    const struct page *page = &pen->pages->page[index];
    const struct page *from = pen->own[index].items != NULL ? &pen->own[index] : page;

    *out = *page;
    out->items = NULL;
    out->count = out->cap = 0;
    out->likely = from->count + 8;
    for (size_t i = 0; i < from->count; i++)
        *page_add(pen->arena, out) = from->items[i];
    const struct adding to = {pen, pen->arena, index, out};
    put_qr(&to, code);
    return index > 0 || put_printed(layout, &to, code);
}

struct pages *
pen_pages(const struct pen *pen, struct diags *diags, const struct layout_job *job,
          const struct code *code)
{
    struct arena *scratch = arena_new(0);
    struct layout layout = pen_layout(pen->arena, scratch, diags, job, pen->line);
    struct pages *out = arena_alloc(pen->arena, sizeof *out);
    bool good = true;

    *out = *pen->pages;
    out->page = arena_array(pen->arena, out->count, sizeof *out->page);
    out->signers = NULL;
    out->signer_count = 0;
    out->with_fields = false;
    out->lines = pen->line;
    for (size_t i = 0; i < out->count && good; i++)
        good = make_page(&layout, pen, i, code, &out->page[i]);
    arena_free(scratch);
    return good ? out : NULL;
}
