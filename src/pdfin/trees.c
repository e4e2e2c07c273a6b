/* Trees of a revision: its pages, its fields, and what can be reached at all. */
#include <string.h>

#include "pdfin/revisions_inner.h"

/* ---- pages */

struct page_walk {
    struct revisions *r;
    size_t revision, cap;
    struct map *met;
    struct revision_inner *one;
};

static bool
add_page(struct page_walk *w, size_t number)
{
    if (w->one->page_count == PDFIN_PAGES_MAX)
        return false;
    *ARENA_ADD(w->r->arena, w->one->pages, w->one->page_count, w->cap, 8) = number;
    return true;
}

static bool
walk_pages(struct page_walk *w, const struct cos *ref, size_t depth)
{
    struct revisions *r = w->r;
    const struct cos *node = cos_resolve(r, w->revision, ref);
    size_t number = cos_number(ref);

    /* every node of the tree has a number, and stands in it once */
    if (node->type != COS_DICT || number == 0 || depth > REVISIONS_DEPTH_MAX ||
        !revisions_step(r) || map_get(w->met, number) != NULL)
        return false;
    *map_put(w->met, number) = w;
    const struct cos *kids = cos_at(r, w->revision, node, "Kids");
    if (kids->type == COS_NULL)
        return add_page(w, number);
    for (size_t i = 0; kids->type == COS_ARRAY && i < kids->count; i++) {
        if (!walk_pages(w, &kids->items[i], depth + 1))
            return false;
    }
    return kids->type == COS_ARRAY;
}

const size_t *
revisions_pages(struct revisions *r, size_t revision, size_t *count)
{
    struct revision_inner *one = &r->list[revision];

    if (!one->pages_read) {
        struct page_walk w = {.r = r, .revision = revision, .met = map_new(r->arena), .one = one};
        one->pages_read = true;
        if (!walk_pages(&w, cos_get(revisions_root(r, revision), "Pages"), 0))
            revisions_doubt_add(r, DOUBT_OBJECT, 0, 0, "/Pages");
    }
    *count = one->page_count;
    return one->pages;
}

static void
read_places(struct revisions *r, size_t revision)
{
    struct revision_inner *one = &r->list[revision];
    size_t count;
    const size_t *pages = revisions_pages(r, revision, &count);

    one->places_read = true;
    one->page_of = map_new(r->arena);
    for (size_t i = 0; i < count; i++) {
        const struct cos *page = revisions_object(r, revision, pages[i]);
        const struct cos *annots = cos_at(r, revision, page, "Annots");
        for (size_t k = 0; annots->type == COS_ARRAY && k < annots->count; k++) {
            size_t number = cos_number(&annots->items[k]);
            void **place = number == 0 || !revisions_step(r) ? NULL : map_put(one->page_of, number);
            if (place != NULL && *place == NULL)
                *place = one->pages + i;
        }
    }
}

size_t
revisions_page_of(struct revisions *r, size_t revision, size_t number)
{
    struct revision_inner *one = &r->list[revision];

    if (!one->places_read)
        read_places(r, revision);
    const size_t *page = number == 0 ? NULL : map_get(one->page_of, number);
    return page == NULL ? 0 : (size_t)(page - one->pages) + 1;
}

/* ---- fields */

struct field_walk {
    struct revisions *r;
    size_t revision;
    struct map *met;
    struct revision_inner *one;
};

static struct str
full_name(struct arena *arena, struct str above, struct str own)
{
    struct buf name = buf_in(arena);

    if (own.len == 0)
        return above;
    if (above.len == 0 || above.len + own.len > PDFIN_TEXT_MAX)
        return own;
    buf_add(&name, above);
    buf_byte(&name, '.');
    buf_add(&name, own);
    return buf_str(&name);
}

static struct field_node
read_field(struct field_walk *w, const struct cos *ref, const struct cos *dict, size_t parent)
{
    const struct field_node *above = parent == SIZE_MAX ? NULL : &w->one->fields[parent];
    struct revisions *r = w->r;
    struct field_node field = {.number = cos_number(ref), .dict = dict, .parent = parent};
    struct str own = cos_text_at(r, w->revision, dict, "T");
    const struct cos *value = cos_at(r, w->revision, dict, "V");
    const struct cos *type = cos_at(r, w->revision, dict, "FT");

    field.name = full_name(r->arena, above == NULL ? STR("") : above->name, own);
    field.type = type->type == COS_NAME ? type->text : above == NULL ? STR("") : above->type;
    field.value = value->type != COS_NULL || above == NULL ? value : above->value;
    field.has_name = own.len > 0;
    field.is_widget = cos_is_name(cos_at(r, w->revision, dict, "Subtype"), "Widget");
    field.has_kids = cos_at(r, w->revision, dict, "Kids")->type == COS_ARRAY;
    return field;
}

static bool
walk_field(struct field_walk *w, const struct cos *ref, size_t parent, size_t depth)
{
    struct revisions *r = w->r;
    const struct cos *dict = cos_resolve(r, w->revision, ref);
    size_t number = cos_number(ref);

    if (dict->type != COS_DICT)
        return dict->type == COS_NULL;
    if (depth > REVISIONS_DEPTH_MAX || !revisions_step(r) ||
        w->one->field_count == REVISIONS_FIELDS_MAX ||
        (number != 0 && map_get(w->met, number) != NULL))
        return false;
    if (number != 0)
        *map_put(w->met, number) = w;
    struct field_node field = read_field(w, ref, dict, parent);
    size_t index = w->one->field_count;
    *ARENA_ADD(r->arena, w->one->fields, w->one->field_count, w->one->field_cap, 16) = field;
    const struct cos *kids = cos_at(r, w->revision, dict, "Kids");
    for (size_t i = 0; kids->type == COS_ARRAY && i < kids->count; i++) {
        if (!walk_field(w, &kids->items[i], index, depth + 1))
            return false;
    }
    return kids->type == COS_ARRAY || kids->type == COS_NULL;
}

const struct field_node *
revisions_field_nodes(struct revisions *r, size_t revision, size_t *count)
{
    struct revision_inner *one = &r->list[revision];

    if (!one->fields_read) {
        struct field_walk w = {.r = r, .revision = revision, .met = map_new(r->arena), .one = one};
        const struct cos *form = cos_at(r, revision, revisions_root(r, revision), "AcroForm");
        const struct cos *fields = cos_at(r, revision, form, "Fields");
        one->fields_read = true;
        for (size_t i = 0; fields->type == COS_ARRAY && i < fields->count; i++) {
            if (!walk_field(&w, &fields->items[i], SIZE_MAX, 0)) {
                revisions_doubt_add(r, DOUBT_OBJECT, 0, cos_number(&fields->items[i]),
                                    "/AcroForm /Fields");
                break;
            }
        }
    }
    *count = one->field_count;
    return one->fields;
}

static struct str
value_text(struct revisions *r, size_t revision, const struct cos *value)
{
    struct buf out = buf_in(r->arena);

    if (value->type != COS_ARRAY)
        return cos_text(r->arena, value);
    for (size_t i = 0; i < value->count; i++) {
        if (i > 0)
            buf_text(&out, ", ");
        buf_add(&out, cos_text(r->arena, cos_resolve(r, revision, &value->items[i])));
    }
    return buf_str(&out);
}

static bool
is_terminal(const struct field_node *nodes, size_t count, size_t i)
{
    bool named_kid = i + 1 < count && nodes[i + 1].parent == i && nodes[i + 1].has_name;

    return nodes[i].has_name && !named_kid;
}

const struct form_field *
revisions_fields(struct revisions *r, size_t revision, size_t *count)
{
    size_t node_count, made = 0;
    const struct field_node *nodes = revisions_field_nodes(r, revision, &node_count);
    struct form_field *list = arena_array(r->arena, node_count + 1, sizeof *list);

    for (size_t i = 0; i < node_count; i++) {
        if (!is_terminal(nodes, node_count, i))
            continue;
        struct form_field *field = &list[made++];
        *field = (struct form_field){.name = nodes[i].name,
                                     .type = nodes[i].type,
                                     .has_value = nodes[i].value->type != COS_NULL,
                                     .value = value_text(r, revision, nodes[i].value),
                                     .number = nodes[i].number};
        field->page = revisions_page_of(r, revision, nodes[i].number);
        for (size_t k = i + 1; k < node_count && nodes[k].parent == i && field->page == 0; k++)
            field->page = revisions_page_of(r, revision, nodes[k].number);
    }
    *count = made;
    return list;
}

/* ---- what can be reached */

struct reached {
    uint8_t *bits;
    size_t size; /* numbers below it */
};

struct reach {
    struct revisions *r;
    struct reached *reached;
    uint32_t *todo;
    size_t count, cap;
};

bool
reached_has(const struct reached *reached, size_t number)
{
    return number < reached->size && (reached->bits[number / 8] >> number % 8 & 1) != 0;
}

static void
reach_node(struct reach *w, const struct cos *node)
{
    size_t number = cos_number(node);

    if (node->type == COS_ARRAY) {
        for (size_t i = 0; i < node->count; i++)
            reach_node(w, &node->items[i]);
    } else if (node->type == COS_DICT) {
        for (size_t i = 0; i < node->count; i++)
            reach_node(w, &node->entries[i].value);
    } else if (node->type == COS_STREAM) {
        reach_node(w, &node->stream->dict);
    } else if (number > 0 && number < w->reached->size && !reached_has(w->reached, number)) {
        w->reached->bits[number / 8] |= (uint8_t)(1u << number % 8);
        *ARENA_ADD(w->r->arena, w->todo, w->count, w->cap, 64) = (uint32_t)number;
    }
}

struct reached *
revisions_reached(struct revisions *r, size_t revision)
{
    struct revision_inner *one = &r->list[revision];

    if (one->reached != NULL)
        return one->reached;
    struct reached *reached = arena_alloc(r->arena, sizeof *reached);
    reached->size = r->entry_count == 0 ? 1 : (size_t)r->entries[r->entry_count - 1].number + 1;
    reached->bits = arena_alloc(r->arena, reached->size / 8 + 1);
    struct reach w = {.r = r, .reached = reached};
    one->reached = reached;
    reach_node(&w, revisions_trailer(r, revision));
    while (w.count > 0 && revisions_step(r)) {
        const struct cos ref = {.type = COS_REF, .ref = {.number = w.todo[--w.count]}};
        const struct entry *e = entry_find(r, revision, ref.ref.number);
        const struct object *object =
            e == NULL || e->type == ENTRY_FREE ? NULL : object_find(r, revision, e);
        if (object != NULL)
            reach_node(&w, &object->node);
    }
    return reached;
}
