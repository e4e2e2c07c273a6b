/* The structure tree into paragraphs. */
#include <string.h>

#include "base/utf8.h"
#include "pdfin/text_inner.h"

#define ROLES_MAX 8 /* from one type of a RoleMap to the next */

/* What an element does to the text. */
enum kind {
    KIND_GROUP,  /* what is in it stands by itself */
    KIND_BLOCK,  /* is a paragraph */
    KIND_INLINE, /* is a part of the paragraph around it */
    KIND_LABEL,  /* the same; a blank follows */
    KIND_FIGURE  /* each of its lines is a paragraph */
};

static const struct {
    const char *type;
    enum kind kind;
} kinds[] = {
    {"Document", KIND_GROUP}, {"Part", KIND_GROUP},       {"Art", KIND_GROUP},
    {"Sect", KIND_GROUP},     {"Div", KIND_GROUP},        {"L", KIND_GROUP},
    {"Table", KIND_GROUP},    {"THead", KIND_GROUP},      {"TBody", KIND_GROUP},
    {"TFoot", KIND_GROUP},    {"TR", KIND_GROUP},         {"TOC", KIND_GROUP},
    {"Index", KIND_GROUP},    {"BlockQuote", KIND_GROUP}, {"NonStruct", KIND_GROUP},
    {"Private", KIND_GROUP},  {"Span", KIND_INLINE},      {"Link", KIND_INLINE},
    {"LBody", KIND_INLINE},   {"Reference", KIND_INLINE}, {"Quote", KIND_INLINE},
    {"Code", KIND_INLINE},    {"Annot", KIND_INLINE},     {"BibEntry", KIND_INLINE},
    {"Form", KIND_INLINE},    {"Formula", KIND_INLINE},   {"Lbl", KIND_LABEL},
    {"Figure", KIND_FIGURE},
};

struct walk {
    struct revisions *r;
    struct arena *arena;
    size_t revision;
    const struct cos *roles;
    struct map *met;     /* elements */
    struct map *page_of; /* number of a page → its place in `pages` */
    struct text_marks *pages;
    const size_t *page_numbers;
    size_t page_count;
    struct map *fields; /* number of a field or widget → struct field_node */
    struct buf now;     /* the paragraph at hand; where it begins, and is */
    size_t first_page, last_page;
    struct text_turn *turns;
    size_t turn_count, turn_cap;
    bool in_block; /* what comes is a part of it */
    struct text_paragraphs *out;
    size_t cap, bytes;
};

/* ---- paragraphs */

/* The turns of what is left of the paragraph without blanks at its ends. */
static struct text_turn *
turns_of(const struct walk *w, struct str text)
{
    struct text_turn *turns =
        w->turn_count == 0 ? NULL : arena_array(w->arena, w->turn_count, sizeof *turns);
    size_t before = (size_t)(text.ptr - w->now.ptr);

    for (size_t i = 0; i < w->turn_count; i++) {
        size_t at = w->turns[i].at < before ? 0 : w->turns[i].at - before;
        turns[i] = (struct text_turn){at < text.len ? at : text.len, w->turns[i].page};
    }
    return turns;
}

static bool
end_paragraph(struct walk *w)
{
    struct str text = utf8_trim(buf_str(&w->now));
    struct text_paragraph paragraph = {.page = w->first_page, .turn_count = w->turn_count};

    if (text.len > 0) {
        paragraph.turns = turns_of(w, text);
        paragraph.text = str_dup(w->arena, text);
        w->bytes += text.len;
        if (w->out->count == TEXT_PARAGRAPHS_MAX || w->bytes > TEXT_BYTES_MAX)
            return false;
        *ARENA_ADD(w->arena, w->out->list, w->out->count, w->cap, 64) = paragraph;
    }
    w->now.len = w->turn_count = 0;
    return true;
}

/* `page` is a place in `pages`; what says none counts as on the first. */
static void
add(struct walk *w, size_t page, struct str text)
{
    page = page < w->page_count ? page + 1 : 1;
    if (text.len == 0)
        return;
    if (w->now.len == 0)
        w->first_page = w->last_page = page;
    else if (page != w->last_page)
        *ARENA_ADD(w->arena, w->turns, w->turn_count, w->turn_cap, 4) =
            (struct text_turn){w->now.len, page};
    w->last_page = page;
    buf_add(&w->now, text);
}

/* Text of a field or a figure: its lines are paragraphs, inside of a paragraph they are parts of
 * it. */
static bool
add_lines(struct walk *w, size_t page, struct str text)
{
    bool is_first = true;

    for (size_t at = 0; at < text.len; is_first = false) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\r')
            end++;
        if (!is_first && w->in_block)
            buf_byte(&w->now, ' ');
        else if (!is_first && !end_paragraph(w))
            return false;
        add(w, page, str_sub(text, at, end - at));
        at = end + 1;
    }
    return true;
}

/* Text objects are lines of the page, which are no gaps in a paragraph. */
static void
add_joined(struct walk *w, size_t page, struct str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != '\n')
            end++;
        add(w, page, str_sub(text, at, end - at));
        at = end + 1;
    }
}

/* ---- what elements hold */

/* A place in `pages`, or SIZE_MAX. */
static size_t
page_at(const struct walk *w, const struct cos *ref, size_t otherwise)
{
    size_t number = cos_number(ref);
    const size_t *place = number == 0 ? NULL : map_get(w->page_of, number);

    return place == NULL ? otherwise : (size_t)(place - w->page_numbers);
}

/* Marked content, once. */
static bool
add_mark(struct walk *w, size_t page, const struct cos *number, bool is_figure)
{
    if (page >= w->page_count || number->type != COS_INTEGER || number->integer < 0 ||
        (size_t)number->integer >= w->pages[page].count)
        return true;
    struct str *text = &w->pages[page].text[number->integer];
    struct str own = *text;
    *text = STR("");
    if (is_figure)
        return add_lines(w, page, own) && (w->in_block || end_paragraph(w));
    add_joined(w, page, own);
    return true;
}

/* The value of a field of text, of which a widget is met. */
static bool
add_field(struct walk *w, size_t page, const struct cos *object)
{
    size_t number = cos_number(object);
    const struct field_node *field = number == 0 ? NULL : map_get(w->fields, number);

    if (field == NULL || !(str_is(field->type, "Tx") || str_is(field->type, "Ch")) ||
        field->value->type != COS_STRING)
        return true;
    return add_lines(w, page, cos_text(w->arena, field->value)) &&
           (w->in_block || end_paragraph(w));
}

static enum kind
kind_of(const struct walk *w, const struct cos *element)
{
    const struct cos *type = cos_at(w->r, w->revision, element, "S");

    for (size_t i = 0; i < ROLES_MAX && type->type == COS_NAME; i++) {
        const struct cos *role =
            cos_at(w->r, w->revision, w->roles, str_cstr(w->arena, type->text));
        if (role->type != COS_NAME)
            break;
        type = role;
    }
    for (size_t i = 0; type->type == COS_NAME && i < sizeof kinds / sizeof kinds[0]; i++) {
        if (cos_is_name(type, kinds[i].type))
            return kinds[i].kind;
    }
    return KIND_BLOCK;
}

static bool walk_kids(struct walk *w, const struct cos *kids, size_t page, enum kind kind,
                      size_t depth);

/* A block ends what is before it, and what it has itself. */
static bool
walk_element(struct walk *w, const struct cos *element, size_t page, size_t depth)
{
    enum kind kind = kind_of(w, element);
    bool was_in_block = w->in_block, parts = kind == KIND_GROUP || kind == KIND_BLOCK;
    const struct cos *actual = cos_at(w->r, w->revision, element, "ActualText");

    page = page_at(w, cos_get(element, "Pg"), page);
    if (parts && !end_paragraph(w))
        return false;
    if (parts)
        w->in_block = kind == KIND_BLOCK;
    if (actual->type == COS_STRING)
        add(w, page, cos_text(w->arena, actual));
    else if (!walk_kids(w, cos_get(element, "K"), page, kind, depth + 1))
        return false;
    if (kind == KIND_LABEL && w->now.len > 0 && w->now.ptr[w->now.len - 1] != ' ')
        buf_byte(&w->now, ' ');
    if ((parts || !was_in_block) && !end_paragraph(w))
        return false;
    w->in_block = was_in_block;
    return true;
}

static bool
walk_kid(struct walk *w, const struct cos *ref, size_t page, enum kind kind, size_t depth)
{
    const struct cos *kid = cos_resolve(w->r, w->revision, ref);
    size_t number = cos_number(ref);

    if (!revisions_step(w->r) || depth > REVISIONS_DEPTH_MAX)
        return false;
    if (kid->type == COS_INTEGER)
        return add_mark(w, page, kid, kind == KIND_FIGURE);
    if (kid->type != COS_DICT)
        return true;
    if (cos_is_name(cos_get(kid, "Type"), "OBJR"))
        return add_field(w, page_at(w, cos_get(kid, "Pg"), page), cos_get(kid, "Obj"));
    if (cos_is_name(cos_get(kid, "Type"), "MCR"))
        return add_mark(w, page_at(w, cos_get(kid, "Pg"), page),
                        cos_at(w->r, w->revision, kid, "MCID"), kind == KIND_FIGURE);
    if (number != 0 && map_get(w->met, number) != NULL)
        return false;
    if (number != 0)
        *map_put(w->met, number) = w;
    return walk_element(w, kid, page, depth);
}

static bool
walk_kids(struct walk *w, const struct cos *kids, size_t page, enum kind kind, size_t depth)
{
    const struct cos *list = cos_resolve(w->r, w->revision, kids);

    if (list->type != COS_ARRAY)
        return walk_kid(w, kids, page, kind, depth);
    for (size_t i = 0; i < list->count; i++) {
        if (!walk_kid(w, &list->items[i], page, kind, depth))
            return false;
    }
    return true;
}

/* ---- the whole */

static bool
read_pages(struct walk *w)
{
    w->page_numbers = revisions_pages(w->r, w->revision, &w->page_count);
    w->page_of = map_new(w->arena);
    w->pages = arena_array(w->arena, w->page_count + 1, sizeof *w->pages);
    for (size_t i = 0; i < w->page_count; i++) {
        *map_put(w->page_of, w->page_numbers[i]) = (void *)(uintptr_t)(w->page_numbers + i);
        if (!text_marks_read(w->r, w->arena, w->revision, w->page_numbers[i], &w->pages[i]))
            return false;
    }
    return w->page_count > 0;
}

static void
read_fields(struct walk *w)
{
    size_t count;
    const struct field_node *nodes = revisions_field_nodes(w->r, w->revision, &count);

    w->fields = map_new(w->arena);
    for (size_t i = 0; i < count; i++) {
        if (nodes[i].number != 0)
            *map_put(w->fields, nodes[i].number) = (void *)(uintptr_t)&nodes[i];
    }
}

bool
revisions_paragraphs(struct revisions *r, struct arena *arena, struct text_paragraphs *out)
{
    struct walk w = {.r = r, .arena = arena, .out = out, .now = buf_in(arena)};

    *out = (struct text_paragraphs){NULL, 0};
    if (revisions_count(r) == 0)
        return false;
    w.revision = revisions_count(r) - 1;
    const struct cos *root = revisions_root(r, w.revision);
    const struct cos *tree = cos_at(r, w.revision, root, "StructTreeRoot");
    if (tree->type != COS_DICT || !read_pages(&w))
        return false;
    read_fields(&w);
    w.met = map_new(arena);
    w.roles = cos_at(r, w.revision, tree, "RoleMap");
    return walk_kids(&w, cos_get(tree, "K"), SIZE_MAX, KIND_GROUP, 0) && end_paragraph(&w);
}
