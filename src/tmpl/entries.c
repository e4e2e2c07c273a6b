/* Text fields in the document: paragraphs and lists out of their entries. */
#include "tmpl/filter.h"
#include "tmpl/tree.h"
#include "value/value.h"

#define LEVELS_MAX 3

void
document_text(struct arena *arena, struct node *parent, struct str text, unsigned flags,
              struct pos pos)
{
    for (;;) {
        size_t end = str_find(text, STR("\n"));
        struct str line = str_sub(text, 0, end);
        if (line.len > 0)
            node_append(parent, node_text(arena, line, flags, pos));
        if (end == SIZE_MAX)
            return;
        node_append(parent, node_element(arena, ELEMENT_br, pos));
        text = str_sub(text, end + 1, text.len);
    }
}

/* The lists that are open, outermost first. */
struct lists {
    struct arena *arena;
    struct node *parent;
    struct str class;
    struct node *list[LEVELS_MAX], *item[LEVELS_MAX];
    size_t open;
};

static unsigned
flags_of(const struct value *value)
{
    return (value->flags & (unsigned)VALUE_NAME) != 0 ? NODE_KEEP_TOGETHER : 0;
}

static void
add_paragraph(struct lists *lists, const struct value *entry, struct pos pos)
{
    struct node *p = node_element(lists->arena, ELEMENT_p, pos);
    size_t level = entry->level < 0 ? 0 : (size_t)entry->level;

    if (lists->open > level)
        lists->open = level;
    if (lists->class.len > 0)
        node_set(lists->arena, p, ATTRIBUTE_p_class, lists->class, pos);
    document_text(lists->arena, p, filter_text(lists->arena, entry), flags_of(entry), pos);
    node_append(lists->open == 0 ? lists->parent : lists->item[lists->open - 1], p);
}

/* Numbers and letters make an ol, signs a ul. */
static enum element
list_of(struct str marker)
{
    char last = marker.ptr[marker.len - 1];

    return marker.len > 1 && (last == '.' || last == ')') ? ELEMENT_ol : ELEMENT_ul;
}

static void
add_item(struct lists *lists, const struct value *entry, struct pos pos)
{
    struct node *li = node_element(lists->arena, ELEMENT_li, pos);
    enum element kind = list_of(entry->marker);
    size_t level = entry->level < 0 ? 0 : (size_t)entry->level;

    if (level >= LEVELS_MAX)
        level = LEVELS_MAX - 1;
    if (level > lists->open)
        level = lists->open;
    if (lists->open <= level || lists->list[level]->element != kind) {
        lists->list[level] = node_element(lists->arena, kind, pos);
        node_append(level == 0 ? lists->parent : lists->item[level - 1], lists->list[level]);
    }
    lists->open = level + 1;
    lists->item[level] = li;
    node_append(lists->list[level], li);
    node_set(lists->arena, li, ATTRIBUTE_li_marker, entry->marker, entry->pos);
    document_text(lists->arena, li, entry->text, flags_of(entry), pos);
}

void
document_entries(struct arena *arena, struct node *parent, const struct value *value,
                 struct str class, struct pos pos)
{
    struct lists lists = {.arena = arena, .parent = parent, .class = class};
    bool list = value->kind == VALUE_LIST;

    for (const struct value *v = list ? value->first : value; v != NULL;
         v = list ? v->next : NULL) {
        struct pos place = v->pos.file == NULL ? pos : v->pos;
        if (v->kind == VALUE_ENTRY && v->marker.len > 0)
            add_item(&lists, v, place);
        else if (filter_text(arena, v).len > 0)
            add_paragraph(&lists, v, place);
    }
}
