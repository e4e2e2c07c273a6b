/* XML mode: making the document out of a template and the data. */
#include "base/arena.h"
#include "doc/refer.h"
#include "tmpl/filter.h"
#include "tmpl/tmpl.h"
#include "tmpl/tree.h"
#include "value/value.h"

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
           name == ATTRIBUTE_img_alt || name == ATTRIBUTE_chart_alt || name == ATTRIBUTE_qr_alt;
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

struct node *
tmpl_run(struct arena *arena, struct diags *diags, const struct tmpl *tmpl,
         const struct value *data)
{
    struct maker *m = arena_alloc(arena, sizeof *m);

    eval_start(&m->eval, arena, diags, LEX_XML, data);
    m->eval.output = m;
    m->eval.list = make_list;
    if (!make_element(m, tmpl->root))
        return NULL;
    document_settle_space(arena, m->root);
    node_number(m->root);
    if (!node_check(diags, m->root) || !refers_check(diags, m->root))
        return NULL;
    unused_tell(diags, tmpl, data);
    return m->root;
}
