#include "base/ascii.h"
#include "pdf/nav.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "pdf/tags.h"

/* Bytes that whoever sends or takes an address is to allow (RFC 9110 §4.1). */
#define ADDRESS_MAX 8000
/* Bytes of a host as it is written (RFC 1035 §2.3.4); without an end, finding one could take as
 * long as the text at each of its letters. */
#define HOST_MAX 253

static bool
is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool
has_prefix(struct str text, size_t at, const char *prefix)
{
    size_t len = strlen(prefix);

    return text.len - at >= len && strncasecmp(text.ptr + at, prefix, len) == 0;
}

/* ---- hosts and what follows them */

/* `from` where there is none. */
static size_t
host_end(struct str text, size_t from)
{
    size_t to = from;

    while (to < text.len && (ascii_is_alnum(text.ptr[to]) || is_one_of(text.ptr[to], ".-")))
        if (to++ - from == HOST_MAX)
            return from;
    while (to > from && !ascii_is_alnum(text.ptr[to - 1]))
        to--;
    return to;
}

/* True for a name of at least two parts, the last one of two letters or more. */
static bool
is_domain(struct str text, size_t from, size_t to)
{
    size_t letters = 0;

    while (to > from && ascii_is_letter(text.ptr[to - 1])) {
        to--;
        letters++;
    }
    return letters >= 2 && to > from + 1 && text.ptr[to - 1] == '.' &&
           ascii_is_alnum(text.ptr[from]);
}

static bool
is_thai(struct str text, size_t at)
{
    struct str rest = str_sub(text, at, 3);

    return rest.len == 3 &&
           (str_starts(rest, STR("\xe0\xb8")) || str_starts(rest, STR("\xe0\xb9")));
}

/* The end of port, path, query and fragment. Of brackets only pairs belong to them. */
static size_t
path_end(struct str text, size_t from)
{
    size_t to = from, open = 0;
    bool thai = false;

    if (to >= text.len || !is_one_of(text.ptr[to], "/?#:"))
        return from;
    while (to < text.len) {
        char c = text.ptr[to];

        if (is_thai(text, to) && (thai || is_one_of(text.ptr[to - 1], "/=-_&?#"))) {
            thai = true;
            to += 3;
            continue;
        }
        if (c <= ' ' || c > '~' || is_one_of(c, "\"<>\\^`{|}") || (c == ')' && open == 0))
            break;
        if (c == '(')
            open++;
        else if (c == ')')
            open--;
        thai = false;
        to++;
    }
    while (to > from && is_one_of(text.ptr[to - 1], ".,;:!?'*](["))
        to--;
    return to;
}

/* ---- addresses */

static bool
is_web(struct str text, size_t at, size_t *to)
{
    bool www = has_prefix(text, at, "www.");
    size_t host = at;

    if (at > 0 && ascii_is_alnum(text.ptr[at - 1]))
        return false;
    if (has_prefix(text, at, "https://"))
        host += 8;
    else if (has_prefix(text, at, "http://"))
        host += 7;
    else if (!www)
        return false;
    size_t end = host_end(text, host);
    if (www ? !is_domain(text, host + 4, end) : end == host || !ascii_is_alnum(text.ptr[host]))
        return false;
    *to = path_end(text, end);
    return true;
}

/* `at` is where the "@" stands; nothing before `least` belongs to the address. */
static bool
is_mail(struct str text, size_t at, size_t least, size_t *from, size_t *to)
{
    size_t start = at, end = host_end(text, at + 1);

    while (start > least &&
           (ascii_is_alnum(text.ptr[start - 1]) || is_one_of(text.ptr[start - 1], "._%+-")))
        start--;
    while (start < at && !ascii_is_alnum(text.ptr[start]))
        start++;
    if (start == at || !is_domain(text, at + 1, end))
        return false;
    *from = start;
    *to = end;
    return true;
}

/* A longer one is no address: cut, it would lead elsewhere. */
static bool
is_short(struct str text, size_t from, size_t to)
{
    size_t len = to - from;

    for (size_t i = from; i < to; i++)
        len += (text.ptr[i] & 0x80) != 0 ? 2 : 0;
    return len <= ADDRESS_MAX;
}

bool
link_next_address(struct str text, size_t *from, size_t *to)
{
    size_t least = *to;

    for (size_t at = least; at < text.len; at++) {
        char c = text.ptr[at];

        if (c == '@' && is_mail(text, at, least, from, to) && is_short(text, *from, *to))
            return true;
        if (!is_one_of(c, "hHwW") || !is_web(text, at, to))
            continue;
        *from = at;
        if (is_short(text, at, *to))
            return true;
        at = *to - 1;
    }
    return false;
}

/* An address in the characters that one may have: letters outside ASCII and what may not stand in
 * it (blanks, quotation marks, control characters) as %XX. */
static struct str
escape(struct arena *arena, struct str address)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.ptr[i];

        if (c > ' ' && c < 0x7f && !is_one_of((char)c, "\"<>\\^`{|}"))
            buf_byte(&out, (char)c);
        else
            buf_printf(&out, "%%%02X", c);
    }
    return buf_str(&out);
}

struct str
link_uri(struct arena *arena, struct str address)
{
    struct buf out = buf_in(arena);

    if (has_prefix(address, 0, "www."))
        buf_text(&out, "http://");
    else if (!has_prefix(address, 0, "http://") && !has_prefix(address, 0, "https://"))
        buf_text(&out, "mailto:");
    buf_add(&out, escape(arena, address));
    return buf_str(&out);
}

/* ---- which stretches are links */

struct list {
    struct arena *arena;
    struct reference *reference;
    size_t count, cap;
};

static void
add(struct list *list, size_t from, size_t to, const struct link *link)
{
    if (link != NULL && link->target != NULL && !link->target->placed)
        return;
    *ARENA_ADD(list->arena, list->reference, list->count, list->cap, 4) =
        (struct reference){from, to, link};
}

struct reference *
link_references(struct arena *arena, const struct item *item, size_t *count)
{
    const struct text_link *links = item->as.text.whole->links;
    size_t total = item->as.text.whole->link_count, next = 0;
    struct list list = {.arena = arena};

    for (size_t from = 0, to = 0; link_next_address(item->as.text.whole->text, &from, &to);) {
        size_t end = 0;
        bool asked = false; /* the template makes another link of it */

        for (; next < total && links[next].to <= from; next++)
            add(&list, links[next].from, links[next].to, links[next].link);
        for (end = next; end < total && links[end].from < to; end++)
            asked = asked || !links[end].link->found;
        if (asked)
            continue;
        add(&list, from, to, NULL);
        next = end;
    }
    for (; next < total; next++)
        add(&list, links[next].from, links[next].to, links[next].link);
    *count = list.count;
    return list.reference;
}

/* What of a link stands in a line; y upwards. */
struct box {
    unsigned line;
    int64_t left, bottom, right, top;
};

struct links {
    struct pdf_objects *objects;
    struct tags *tags;
    const struct pages *pages;
    const unsigned *handles;
    struct str source; /* the text whose links are known, and these */
    struct reference *reference;
    size_t count;
    /* the link that is being read, NULL without one: its text, element and boxes on the page */
    const struct reference *current;
    struct str text;
    struct tag *tag;
    struct box *box;
    size_t box_count, box_cap;
    size_t page;
    struct pdf_value *annotations; /* of the page */
};

struct links *
links_new(struct pdf_objects *objects, struct tags *tags, const struct pages *pages,
          const unsigned *handles)
{
    struct links *links = arena_alloc(objects->arena, sizeof(*links));

    links->objects = objects;
    links->tags = tags;
    links->pages = pages;
    links->handles = handles;
    return links;
}

/* ---- annotations */

static struct pdf_value *
numbers(struct arena *arena, const int64_t *number, size_t count)
{
    struct pdf_value *array = pdf_array(arena);

    for (size_t i = 0; i < count; i++)
        pdf_add(array, pdf_real(arena, number[i]));
    return array;
}

/* Around all boxes. */
static struct pdf_value *
rectangle(const struct links *links)
{
    struct box all = links->box[0];

    for (size_t i = 1; i < links->box_count; i++) {
        const struct box *box = &links->box[i];

        all.left = box->left < all.left ? box->left : all.left;
        all.bottom = box->bottom < all.bottom ? box->bottom : all.bottom;
        all.right = box->right > all.right ? box->right : all.right;
        all.top = box->top > all.top ? box->top : all.top;
    }
    return numbers(links->objects->arena, (int64_t[]){all.left, all.bottom, all.right, all.top}, 4);
}

/* The corners of each box, the upper ones first, as all readers take them (the standard's order is
 * another). */
static struct pdf_value *
corners(const struct links *links)
{
    struct arena *arena = links->objects->arena;
    int64_t *corner = arena_array(arena, 8 * links->box_count, sizeof(*corner));

    for (size_t i = 0; i < links->box_count; i++) {
        const struct box *box = &links->box[i];
        const int64_t own[8] = {box->left, box->top,    box->right, box->top,
                                box->left, box->bottom, box->right, box->bottom};

        for (int k = 0; k < 8; k++)
            corner[8 * i + (size_t)k] = own[k];
    }
    return numbers(arena, corner, 8 * links->box_count);
}

static void
set_address(const struct links *links, struct pdf_value *dict, struct str uri, struct str name)
{
    struct arena *arena = links->objects->arena;
    struct pdf_value *action = pdf_dict(arena);

    pdf_set(action, "S", pdf_name(arena, "URI"));
    pdf_set(action, "URI", pdf_string(arena, uri));
    pdf_set(dict, "Contents", pdf_text(arena, name));
    pdf_set(dict, "A", action);
}

/* Says where the current link leads, for programs and for people. */
static void
set_destination(const struct links *links, struct pdf_value *dict)
{
    struct arena *arena = links->objects->arena;
    const struct link *link = links->current->link;

    if (link == NULL) {
        set_address(links, dict, link_uri(arena, links->text), links->text);
    } else if (link->target == NULL) {
        set_address(links, dict, escape(arena, link->address), link->address);
    } else {
        const struct target *target = link->target;
        const struct page *page = &links->pages->page[target->page];

        pdf_set(dict, "Contents", pdf_text(arena, nav_place_name(arena, page, target->node)));
        pdf_set(dict, "Dest", nav_place(arena, page, target->top, links->handles[target->page]));
    }
}

/* Adds the annotation of the current link. */
static void
finish(struct links *links)
{
    struct arena *arena = links->objects->arena;

    if (links->current == NULL)
        return;
    struct pdf_value *dict = pdf_dict(arena);
    pdf_put_aside(links->objects, true);
    unsigned handle = pdf_put(links->objects, dict);
    pdf_put_aside(links->objects, false);
    pdf_set(dict, "Type", pdf_name(arena, "Annot"));
    pdf_set(dict, "Subtype", pdf_name(arena, "Link"));
    pdf_set(dict, "Rect", rectangle(links));
    if (links->box_count > 1)
        pdf_set(dict, "QuadPoints", corners(links));
    pdf_set(dict, "Border", numbers(arena, (int64_t[]){0, 0, 0}, 3));
    pdf_set(dict, "F", pdf_int(arena, 4)); /* printed, as PDF/A asks of all annotations */
    set_destination(links, dict);
    if (links->tag != NULL)
        pdf_set(dict, "StructParent",
                pdf_int(arena, tags_annotation(links->tags, links->tag, links->page, handle)));
    pdf_add(links->annotations, pdf_ref(arena, handle));
    links->current = NULL;
}

/* ---- where links stand */

/* Goes on with another link; false for one that has no element of its own, as in a marker. */
static bool
begin(struct links *links, const struct item *item, const struct reference *reference)
{
    finish(links);
    links->tag = links->tags == NULL ? NULL : tags_link(links->tags, item, reference->from);
    if (links->tags != NULL && links->tag == NULL)
        return false;
    links->current = reference;
    links->text =
        str_sub(item->as.text.whole->text, reference->from, reference->to - reference->from);
    links->box_count = 0;
    return true;
}

/* The box of the current link in the line of the item; a new one is empty, at `left`. */
static struct box *
box_in_line(struct links *links, const struct item *item, int64_t left, int64_t base)
{
    if (links->box_count == 0 || links->box[links->box_count - 1].line != item->as.text.line) {
        *ARENA_ADD(links->objects->arena, links->box, links->box_count, links->box_cap, 4) =
            (struct box){item->as.text.line, left, base, left, base};
    }
    return &links->box[links->box_count - 1];
}

/* Makes the box of a link reach over clusters of it from `left` to `right`. */
static void
cover(struct links *links, const struct item *item, const struct reference *reference, int64_t base,
      int64_t left, int64_t right)
{
    int64_t size = item->as.text.clusters[0].run->size;

    if (links->current != reference && !begin(links, item, reference))
        return;
    struct box *box = box_in_line(links, item, left, base);
    box->right = right;
    if (base - size / 4 < box->bottom)
        box->bottom = base - size / 4;
    if (base + size > box->top)
        box->top = base + size;
}

static int64_t
width_of(const struct item *item, size_t i)
{
    const struct cluster *cluster = &item->as.text.clusters[i];

    if (cluster->run->size <= 0 || (cluster->flags & CLUSTER_INVISIBLE) != 0)
        return 0;
    return (int64_t)cluster->advance + line_gap(item->as.text.clusters, item->as.text.count, i,
                                                item->as.text.cluster_gap, item->as.text.space_gap);
}

static void
search(struct links *links, const struct item *item)
{
    if (links->source.ptr == item->as.text.whole->text.ptr &&
        links->source.len == item->as.text.whole->text.len)
        return;
    finish(links);
    links->source = item->as.text.whole->text;
    links->reference = link_references(links->objects->arena, item, &links->count);
}

static void
add_item(struct links *links, const struct item *item, mpt height)
{
    int64_t x = item->x;
    size_t at = 0;

    for (size_t i = 0; i < item->as.text.count && at < links->count; i++) {
        const struct cluster *cluster = &item->as.text.clusters[i];
        int64_t right = x + width_of(item, i);

        while (at < links->count && links->reference[at].to <= cluster->text)
            at++;
        /* a space at the end of a line is nothing to click on */
        if (at < links->count && cluster->text >= links->reference[at].from &&
            (cluster->flags & CLUSTER_SPACE) == 0)
            cover(links, item, &links->reference[at], (int64_t)height - item->y, x, right);
        x = right;
    }
}

struct pdf_value *
links_on_page(struct links *links, size_t index)
{
    const struct page *page = &links->pages->page[index];

    links->page = index;
    links->annotations = pdf_array(links->objects->arena);
    for (size_t i = 0; i < page->count; i++) {
        const struct item *item = &page->items[i];

        if (item->kind != ITEM_TEXT || item->role != ROLE_CONTENT || item->as.text.turn != 0)
            continue;
        search(links, item);
        add_item(links, item, page->height);
    }
    finish(links);
    return links->annotations;
}
