/* XML mode: loading a template, and making the document out of it and the data. */
#include "tmpl/tmpl.h"

#include "base/arena.h"
#include "check/schema.h"
#include "tmpl/document.h"
#include "tmpl/eval.h"
#include "tmpl/filters.h"
#include "tmpl/resolve.h"
#include "value/value.h"

struct tmpl {
    const struct schema *schema;
    const struct tnode *root;
    struct used used;
};

struct tmpl *
tmpl_load(struct arena *arena, struct diags *diags, const struct schema *schema,
          tmpl_source *source, void *context, const char *file, struct str bytes)
{
    struct tmpl *tmpl = arena_alloc(arena, sizeof *tmpl);
    struct check *check = arena_alloc(arena, sizeof *check);
    const struct tnode *parsed = resolve_parse(arena, diags, file, bytes);

    if (parsed == NULL)
        return NULL;
    check->arena = arena;
    check->diags = diags;
    check->schema = schema;
    check->good = true;
    tmpl->schema = schema;
    tmpl->root = resolve(check, source, context, parsed);
    tmpl->used = check->used;
    return tmpl->root == NULL ? NULL : tmpl;
}

/* ---- the document */

struct maker {
    struct eval eval;
    struct node *parent; /* what is being filled; NULL in an attribute */
    struct node *root;
    struct buf attribute; /* its value so far */
    struct pos datum;     /* of the value in it */
    size_t attribute_parts;
    bool one_line; /* line ends in it are spaces */
};

static bool make_list(struct eval *eval, const struct tnode *first);

/* In attributes that are no text on a page a line end is a space. */
static bool
is_one_line(enum attribute name)
{
    return name == ATTRIBUTE_memo_title || name == ATTRIBUTE_memo_author ||
           name == ATTRIBUTE_img_alt || name == ATTRIBUTE_chart_alt;
}

static void
add_to_attribute(struct maker *m, struct str text)
{
    m->attribute_parts += text.len > 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '\n' && m->one_line)
            c = ' ';
        buf_byte(&m->attribute, c);
    }
}

static bool
make_value(struct maker *m, const struct tnode *node)
{
    const struct value *value;
    struct str class;

    if (!eval_expr(&m->eval, node->expr, &value, &class))
        return false;
    struct str text = filter_text(m->eval.arena, value);
    struct pos pos = value->pos.file == NULL ? node->pos : value->pos;
    bool keep = (value->flags & (unsigned)VALUE_NAME) != 0 || value->kind == VALUE_DATE ||
                value->kind == VALUE_NUMBER;
    if (m->parent == NULL) {
        m->datum = pos;
        if (value->kind == VALUE_BOOL)
            text = str_of(value->boolean ? "yes" : "no");
        add_to_attribute(m, text);
    } else if ((node->expr->type & TYPE_PARAS) != 0) {
        document_entries(m->eval.arena, m->parent, value, class, pos);
    } else {
        document_text(m->eval.arena, m->parent, text, keep ? NODE_KEEP_TOGETHER : 0, pos);
    }
    return true;
}

static bool
make_attribute(struct maker *m, struct node *node, const struct tattribute *attribute)
{
    struct node *parent = m->parent;
    struct pos pos = attribute->pos;

    m->parent = NULL;
    m->attribute = buf_in(m->eval.arena);
    m->attribute_parts = 0;
    m->datum = POS_NONE;
    m->one_line = is_one_line(attribute->name);
    bool good = make_list(&m->eval, attribute->first);
    if (m->attribute_parts == 1 && m->datum.file != NULL)
        pos = m->datum;
    if (m->attribute.len > 0)
        node_set(m->eval.arena, node, attribute->name, buf_str(&m->attribute), pos);
    m->parent = parent;
    return good;
}

static bool
make_element(struct maker *m, const struct tnode *source)
{
    struct node *node = node_element(m->eval.arena, source->element, source->pos);
    struct node *parent = m->parent;
    bool good = true;

    for (const struct tattribute *a = source->attributes; good && a != NULL; a = a->next)
        good = make_attribute(m, node, a);
    if (parent == NULL)
        m->root = node;
    else
        node_append(parent, node);
    m->parent = node;
    good = good && make_list(&m->eval, source->first);
    m->parent = parent;
    return good;
}

static bool
make_node(struct maker *m, const struct tnode *node)
{
    switch (node->kind) {
    case TNODE_TEXT:
        if (m->parent == NULL)
            add_to_attribute(m, node->text);
        else
            node_append(m->parent, node_text(m->eval.arena, node->text, 0, node->pos));
        return true;
    case TNODE_VALUE:
        return make_value(m, node);
    case TNODE_SECTION:
    case TNODE_INVERTED:
        return eval_section(&m->eval, node);
    case TNODE_ELEMENT:
        return make_element(m, node);
    case TNODE_LINE:
    case TNODE_PARTIAL:
    case TNODE_PARENT:
    case TNODE_BLOCK:
        break;
    }
    return true;
}

static bool
make_list(struct eval *eval, const struct tnode *first)
{
    bool good = eval_enter(eval, first == NULL ? POS_NONE : first->pos);

    for (const struct tnode *node = first; good && node != NULL; node = node->next)
        good = eval_step(eval, node->pos) && make_node(eval->output, node);
    eval_leave(eval);
    return good;
}

/* ---- data that the template does not use */

struct unused {
    struct diags *diags;
    const struct used *used;
};

static void tell_unused(const struct unused *unused, const struct field *map,
                        const struct field *own, const struct value *data);

static bool
is_given(const struct value *value)
{
    if (value == NULL || value->kind == VALUE_NONE || value->pos.file == NULL)
        return value != NULL && (value->kind == VALUE_MAP || value->kind == VALUE_LIST) &&
               value->first != NULL;
    return value->kind != VALUE_LIST || value->first != NULL;
}

/* Each field of the entries of a list is told once. */
static void
tell_unused_in_list(const struct unused *unused, const struct field *item, const struct field *own,
                    const struct value *list)
{
    struct value first_of_each = {.kind = VALUE_MAP};
    struct arena *arena = arena_new(0);

    for (size_t i = 0; i < own->field_count; i++) {
        const struct value *entry = list->first;
        while (entry != NULL && !is_given(value_get(entry, own->fields[i].name)))
            entry = entry->next;
        if (entry == NULL)
            continue;
        struct value *copy = value_new(arena, VALUE_NONE, POS_NONE);
        *copy = *value_get(entry, own->fields[i].name);
        copy->next = NULL;
        value_append(&first_of_each, copy);
    }
    tell_unused(unused, item, own, &first_of_each);
    arena_free(arena);
}

static void
tell_unused_field(const struct unused *unused, const struct field *field, const struct value *value)
{
    const struct field *item = schema_item(field);

    if (!used_has(unused->used, field)) {
        struct pos pos = value->key_pos.file == NULL ? value->pos : value->key_pos;
        diag_add(unused->diags, DIAG_TMPL_UNUSED, pos, diag_str(unused->diags, field->name), NULL,
                 NULL);
    } else if (field->type == FIELD_MAP) {
        tell_unused(unused, field, field, value);
    } else if (field->type == FIELD_KEYED && item != NULL) {
        tell_unused_in_list(unused, item, field, value);
    } else if (field->type == FIELD_LIST && item->type == FIELD_MAP) {
        tell_unused_in_list(unused, item, item, value);
    }
}

/* `own` has the fields that a report may give, `map` those that the template sees. */
static void
tell_unused(const struct unused *unused, const struct field *map, const struct field *own,
            const struct value *data)
{
    for (size_t i = 0; i < own->field_count; i++) {
        const struct field *field = schema_find(map, own->fields[i].name);
        const struct value *value = value_get(data, own->fields[i].name);
        if (field != NULL && field->type != FIELD_RUBRIC && is_given(value))
            tell_unused_field(unused, field, value);
    }
}

struct node *
tmpl_run(struct arena *arena, struct diags *diags, const struct tmpl *tmpl,
         const struct value *data)
{
    struct maker *m = arena_alloc(arena, sizeof *m);
    struct unused unused = {diags, &tmpl->used};

    eval_start(&m->eval, arena, diags, LEX_XML, data);
    m->eval.output = m;
    m->eval.list = make_list;
    if (!make_element(m, tmpl->root))
        return NULL;
    document_settle_space(arena, m->root);
    node_number(m->root);
    if (!node_check(diags, m->root))
        return NULL;
    tell_unused(&unused, &tmpl->schema->root, &tmpl->schema->root, data);
    return m->root;
}

/* ---- dump */

static void
dump_quoted(struct buf *out, struct str text)
{
    struct str soft = STR(SOFT_SPACE);

    buf_byte(out, '"');
    for (size_t at = 0; at < text.len; at++) {
        if (str_starts(str_sub(text, at, soft.len), soft)) {
            buf_text(out, "\\n");
            at += soft.len - 1;
            continue;
        }
        if (text.ptr[at] == '"' || text.ptr[at] == '\\')
            buf_byte(out, '\\');
        buf_byte(out, text.ptr[at]);
    }
    buf_byte(out, '"');
}

static void
dump_expr(struct buf *out, const struct expr *expr)
{
    buf_add(out, expr->path);
    for (const struct filter_use *use = expr->filters; use != NULL; use = use->next) {
        buf_printf(out, " | %s", use->filter->name);
        for (size_t i = 0; i < use->arg_count; i++) {
            buf_byte(out, ' ');
            dump_quoted(out, use->args[i]);
        }
    }
}

static void dump_list(struct buf *out, const struct tnode *first, int depth);

static void
dump_attributes(struct buf *out, const struct tnode *node, int depth)
{
    for (const struct tattribute *a = node->attributes; a != NULL; a = a->next) {
        if (a->first == NULL || (a->first->kind == TNODE_TEXT && a->first->next == NULL)) {
            buf_printf(out, " %s=", attribute_info(a->name)->name);
            dump_quoted(out, a->first == NULL ? STR("") : a->first->text);
        }
    }
    buf_byte(out, '\n');
    for (const struct tattribute *a = node->attributes; a != NULL; a = a->next) {
        if (a->first == NULL || (a->first->kind == TNODE_TEXT && a->first->next == NULL))
            continue;
        buf_printf(out, "%*s@%s\n", depth * 2 + 2, "", attribute_info(a->name)->name);
        dump_list(out, a->first, depth + 2);
    }
}

static void
dump_node(struct buf *out, const struct tnode *node, int depth)
{
    buf_printf(out, "%*s", depth * 2, "");
    switch (node->kind) {
    case TNODE_TEXT:
        dump_quoted(out, node->text);
        buf_byte(out, '\n');
        break;
    case TNODE_ELEMENT:
        buf_text(out, element_info(node->element)->name);
        dump_attributes(out, node, depth);
        break;
    default:
        buf_text(out, node->kind == TNODE_SECTION    ? "{{#"
                      : node->kind == TNODE_INVERTED ? "{{^"
                                                     : "{{");
        dump_expr(out, node->expr);
        buf_text(out, "}}\n");
    }
    dump_list(out, node->first, depth + 1);
}

/* As deep as the tree, which resolve.c bounds. */
static void
dump_list(struct buf *out, const struct tnode *first, int depth)
{
    for (const struct tnode *node = first; node != NULL; node = node->next)
        dump_node(out, node, depth);
}

void
tmpl_dump(const struct tmpl *tmpl, struct buf *out)
{
    dump_node(out, tmpl->root, 0);
}
