/* The page list: growing it, and its text dump. */
#include "layout/page.h"

#include "base/arena.h"

struct page *
pages_add(struct arena *arena, struct pages *pages)
{
    struct page *page = ARENA_ADD(arena, pages->page, pages->count, pages->cap, 8);
    page->likely = page == pages->page ? 0 : 8 + page[-1].count + page[-1].count / 16;
    return page;
}

struct item *
page_add(struct arena *arena, struct page *page)
{
    return ARENA_ADD(arena, page->items, page->count, page->cap,
                     page->likely > 0 ? page->likely : 64);
}

/* ---- the dump */

static const char *const role_names[] = {
    [ROLE_CONTENT] = "content",
    [ROLE_MARKER] = "marker",
    [ROLE_FIGURE] = "figure",
    [ROLE_RULE] = "rule",
    [ROLE_LEADER] = "leader",
    [ROLE_PAGE_NUMBER] = "page-number",
    [ROLE_CONTINUATION] = "continuation",
    [ROLE_REPEATED] = "repeated",
    [ROLE_EMBLEM] = "emblem",
    [ROLE_MARK] = "mark",
    [ROLE_STAMP] = "stamp",
    [ROLE_CODE] = "code",
};

static const char *const face_names[FONT_FACES] = {"regular", "bold", "italic", "bold-italic",
                                                   "boxes"};

static void
add_length(struct buf *out, mpt length)
{
    int64_t all = length;
    uint64_t size = (uint64_t)(all < 0 ? -all : all);

    buf_text(out, all < 0 ? " -" : " ");
    buf_unsigned(out, size / 1000, 1);
    buf_byte(out, '.');
    buf_unsigned(out, size % 1000, 3);
}

/* " content p#12", and " row 3" inside a table. */
static void
add_owner(struct buf *out, const struct item *item)
{
    buf_byte(out, ' ');
    buf_text(out, role_names[item->role]);
    buf_byte(out, ' ');
    buf_text(out, element_info(item->node->element)->name);
    buf_byte(out, '#');
    buf_unsigned(out, item->node->id, 1);
    if (item->row > 0)
        buf_printf(out, " row %u", item->row);
}

static void
part_range(const struct item *item, size_t *from, size_t *to)
{
    const struct cluster *first = &item->as.text.clusters[0];
    const struct cluster *last = &item->as.text.clusters[item->as.text.count - 1];

    *from = first->text;
    *to = last->text + last->text_len;
}

/* Writes the text of the parts from..to-1, with the tabs that stand between them. */
static void
add_line_text(struct buf *out, const struct item *items, size_t from, size_t to)
{
    const struct item *last = NULL;
    size_t end = 0;

    for (size_t i = from; i < to; i++) {
        size_t start = 0, stop = 0;
        if (items[i].kind != ITEM_TEXT || items[i].as.text.count == 0)
            continue;
        struct str source = items[i].as.text.whole->text;
        part_range(&items[i], &start, &stop);
        if (last != NULL && last->as.text.whole->text.ptr == source.ptr && start > end)
            buf_escaped(out, str_sub(source, end, start - end));
        buf_escaped(out, str_sub(source, start, stop - start));
        last = &items[i];
        end = stop;
    }
}

/* " -> "text" p#12" with as much of the text as stands in the bytes from..to-1. */
static void
add_link(struct buf *out, struct str source, const struct text_link *link, size_t from, size_t to)
{
    const struct target *target = link->link->target;

    from = link->from > from ? link->from : from;
    to = link->to < to ? link->to : to;
    if (from >= to)
        return;
    buf_text(out, " -> \"");
    buf_escaped(out, str_sub(source, from, to - from));
    if (target != NULL) {
        buf_printf(out, "\" %s#%u", element_info(target->node->element)->name, target->node->id);
        return;
    }
    buf_text(out, "\" \"");
    buf_escaped(out, link->link->address);
    buf_byte(out, '"');
}

/* The first link of the item's text that ends behind `at`. */
static size_t
link_behind(const struct item *item, size_t at)
{
    size_t low = 0, high = item->as.text.whole->link_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (item->as.text.whole->links[middle].to <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The links of the parts from..to-1, which are of one text where they have any. */
static void
add_links(struct buf *out, const struct item *items, size_t from, size_t to)
{
    const struct item *item = NULL;
    size_t start = SIZE_MAX, end = 0;

    for (size_t i = from; i < to; i++) {
        size_t first = 0, last = 0;

        if (items[i].kind != ITEM_TEXT || items[i].as.text.count == 0 ||
            items[i].as.text.whole->link_count == 0)
            continue;
        item = &items[i];
        part_range(item, &first, &last);
        start = first < start ? first : start;
        end = last > end ? last : end;
    }
    if (item == NULL)
        return;
    for (size_t k = link_behind(item, start);
         k < item->as.text.whole->link_count && item->as.text.whole->links[k].from < end; k++)
        add_link(out, item->as.text.whole->text, &item->as.text.whole->links[k], start, end);
}

/* The font that lends the letters of a part; NULL when they are the report's own. */
static const struct font *
other_font(const struct item *item)
{
    if (item->kind != ITEM_TEXT || item->as.text.count == 0)
        return NULL;
    const struct font *font = item->as.text.clusters[0].run->font;
    return font->other ? font : NULL;
}

/* " in DejaVuSans" for each font that lends letters to the parts from..to-1. */
static void
add_other_fonts(struct buf *out, const struct item *items, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        const struct font *font = other_font(&items[i]);
        size_t first = from;
        while (font != NULL && first < i && other_font(&items[first]) != font)
            first++;
        if (font == NULL || first < i)
            continue;
        buf_text(out, " in ");
        buf_add(out, font->postscript_name);
    }
}

/* One dump line for all parts of a set line; returns the index after its last part. */
static size_t
dump_line(struct buf *out, const struct page *page, size_t at)
{
    const struct item *item = &page->items[at];
    size_t end = at + 1;
    bool para_end = item->as.text.para_end;

    for (size_t i = at + 1; i < page->count; i++) {
        const struct item *next = &page->items[i];
        if (next->kind != ITEM_TEXT)
            continue;
        if (next->as.text.line != item->as.text.line)
            break;
        para_end = para_end || next->as.text.para_end;
        end = i + 1;
    }
    buf_text(out, "text");
    add_length(out, item->x);
    add_length(out, item->y);
    if (item->as.text.count > 0) {
        const struct cluster *first = &item->as.text.clusters[0];
        add_length(out, first->run->size);
        buf_byte(out, ' ');
        buf_text(out, face_names[first->run->font->face]);
    }
    add_owner(out, item);
    buf_text(out, " \"");
    add_line_text(out, page->items, at, end);
    buf_text(out, para_end ? "\" para-end" : "\"");
    add_links(out, page->items, at, end);
    add_other_fonts(out, page->items, at, end);
    buf_byte(out, '\n');
    return end;
}

/* ---- fields */

static const char *const part_names[] = {
    [BLANK_OPINION] = "opinion",
    [BLANK_NAME] = "name",
    [BLANK_DATE] = "date",
    [BLANK_SIGNATURE] = "signature",
    [BLANK_MEMO_NUMBER] = "memo_number",
    [BLANK_MEMO_DATE] = "memo_date",
};

void
blank_name(const struct blank *blank, struct buf *out)
{
    if (blank->signer != NULL) {
        buf_add(out, blank->signer->role);
        buf_byte(out, '.');
    }
    buf_text(out, part_names[blank->part]);
}

/* " "preparer.date" 9.450 21.300 center" */
static void
add_blank(struct buf *out, const struct blank *blank)
{
    buf_text(out, " \"");
    blank_name(blank, out);
    buf_byte(out, '"');
    if (blank->part == BLANK_SIGNATURE)
        return;
    add_length(out, blank->size);
    add_length(out, blank->pitch);
    buf_text(out, blank->centred ? " center" : " left");
}

static void
dump_area(struct buf *out, const char *name, const struct item *item)
{
    buf_text(out, name);
    add_length(out, item->x);
    add_length(out, item->y);
    add_length(out, item->width);
    add_length(out, item->height);
    if (item->kind == ITEM_RULE) {
        add_length(out, item->as.rule.thickness);
        buf_text(out, item->as.rule.dotted ? " dotted" : "");
    }
    add_owner(out, item);
    if (item->kind == ITEM_FIELD)
        add_blank(out, item->as.blank);
    if (item->kind == ITEM_QR) {
        buf_byte(out, ' ');
        buf_quoted(out, item->as.qr->text);
    }
    buf_byte(out, '\n');
}

/* The first target on this page or a later one. */
static size_t
first_target(const struct pages *pages, size_t index)
{
    size_t low = 0, high = pages->target_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (pages->targets[middle]->page < index)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void
dump_targets(struct buf *out, const struct pages *pages, size_t index)
{
    for (size_t i = first_target(pages, index);
         i < pages->target_count && pages->targets[i]->page == index; i++) {
        const struct target *target = pages->targets[i];
        buf_text(out, "target");
        add_length(out, target->top);
        buf_printf(out, " %s#%u\n", element_info(target->node->element)->name, target->node->id);
    }
}

void
page_dump_head(const struct pages *pages, size_t index, struct buf *out)
{
    const struct page *page = &pages->page[index];

    buf_printf(out, "page %zu", index + 1);
    add_length(out, page->width);
    add_length(out, page->height);
    buf_printf(out, " section %u number %d \"", page->section, page->number);
    buf_escaped(out, page->label);
    buf_text(out, "\"\n");
    dump_targets(out, pages, index);
}

void
page_dump_items(const struct pages *pages, const struct page *page, size_t from, struct buf *out)
{
    static const char *const names[] = {
        [ITEM_RULE] = "rule",   [ITEM_BOX] = "box",     [ITEM_IMAGE] = "image",
        [ITEM_PATHS] = "paths", [ITEM_FIELD] = "field", [ITEM_QR] = "qr",
    };
    size_t done = from; /* parts before it stand in a line that was written already */

    for (size_t i = from; i < page->count; i++) {
        const struct item *item = &page->items[i];
        if (item->kind == ITEM_FIELD && !pages->with_fields)
            continue;
        if (item->kind != ITEM_TEXT)
            dump_area(out, names[item->kind], item);
        else if (i >= done)
            done = dump_line(out, page, i);
    }
}

void
page_dump(const struct pages *pages, size_t index, struct buf *out)
{
    page_dump_head(pages, index, out);
    page_dump_items(pages, &pages->page[index], 0, out);
}

void
pages_dump(const struct pages *pages, struct buf *out)
{
    for (size_t i = 0; i < pages->count; i++)
        page_dump(pages, i, out);
}
