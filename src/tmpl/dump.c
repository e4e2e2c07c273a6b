/* The template tree as text, for `dump --stage=template`. */
#include "tmpl/tmpl.h"
#include "tmpl/tree.h"

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
