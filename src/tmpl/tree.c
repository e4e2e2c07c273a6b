/* Nodes of template trees, and what makes them out of tokens. */
#include "tmpl/tree.h"

#include <string.h>

#include "base/arena.h"

struct tnode *
tnode_new(struct arena *arena, enum tnode_kind kind, struct pos pos)
{
    struct tnode *node = arena_alloc(arena, sizeof *node);

    node->kind = kind;
    node->pos = pos;
    return node;
}

void
tnode_append(struct tnode *parent, struct tnode *child)
{
    child->next = NULL;
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
}

static enum tnode_kind
kind_of(enum token_kind kind)
{
    switch (kind) {
    case TOKEN_SECTION:
        return TNODE_SECTION;
    case TOKEN_INVERTED:
        return TNODE_INVERTED;
    case TOKEN_PARTIAL:
        return TNODE_PARTIAL;
    case TOKEN_PARENT:
        return TNODE_PARENT;
    case TOKEN_BLOCK:
        return TNODE_BLOCK;
    default:
        return TNODE_VALUE;
    }
}

/* {{>name}}, {{<name}}, {{$name}}; in text mode {{>*name}} takes the name from the data. */
static bool
read_name(struct arena *arena, struct diags *diags, const struct token *token, enum lex_mode mode,
          struct tnode *node)
{
    struct str name = token->text;
    bool dynamic =
        mode == LEX_TEXT && node->kind != TNODE_BLOCK && name.len > 0 && name.ptr[0] == '*';

    node->text = name;
    if (dynamic) {
        node->expr =
            expr_parse(arena, diags, str_trim(str_sub(name, 1, name.len)), token->text_pos);
        return node->expr != NULL;
    }
    if (name.len > 0 && str_find(name, STR("|")) == SIZE_MAX &&
        str_find(name, STR("\n")) == SIZE_MAX)
        return true;
    diag_add(diags, DIAG_TMPL_NAME, token->text_pos, diag_str(diags, name), NULL, NULL);
    return false;
}

/* The node that a token of a tag makes: VALUE, SECTION, INVERTED, PARTIAL, PARENT or BLOCK. NULL
 * with a diagnostic. */
static struct tnode *
node_of_token(struct arena *arena, struct diags *diags, const struct token *token,
              enum lex_mode mode)
{
    struct tnode *node = tnode_new(arena, kind_of(token->kind), token->pos);

    node->raw = token->kind == TOKEN_RAW;
    node->standalone = token->standalone;
    node->line_first = token->line_first;
    node->indent = token->indent;
    if (token->kind == TOKEN_RAW && mode == LEX_XML) {
        diag_add(diags, DIAG_TMPL_RAW, token->pos, diag_str(diags, token->text), NULL, NULL);
        return NULL;
    }
    if (node->kind == TNODE_PARTIAL || node->kind == TNODE_PARENT || node->kind == TNODE_BLOCK)
        return read_name(arena, diags, token, mode, node) ? node : NULL;
    node->text = token->text;
    node->expr = expr_parse(arena, diags, token->text, token->text_pos);
    return node->expr == NULL ? NULL : node;
}

struct str
tnode_name(const struct tnode *node)
{
    return node->expr != NULL ? node->expr->path : node->text;
}

/* True when the text of a closing tag belongs to the node: its name, or all of the opening tag. */
static bool
is_closed_by(const struct tnode *node, struct str text)
{
    if (str_eq(node->text, text))
        return true;
    return node->expr != NULL && str_eq(node->expr->path, text);
}

const struct tnode *
overrides_find(const struct overrides *overrides, struct str name)
{
    const struct tnode *found = NULL;

    for (const struct overrides *o = overrides; o != NULL; o = o->outer) {
        const struct tnode *child = o->parent->first;
        while (child != NULL && (child->kind != TNODE_BLOCK || !str_eq(child->text, name)))
            child = child->next;
        if (child != NULL)
            found = child;
    }
    return found;
}

static bool
same_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0;
}

void
tmpl_tell(struct diags *diags, enum diag_code code, struct pos pos, const char *arg1,
          const char *arg2, const char *arg3)
{
    for (size_t i = 0; i < diags_count(diags); i++) {
        const struct diag *old = diags_at(diags, i);
        if (old->code == code && old->pos.line == pos.line && old->pos.column == pos.column &&
            same_text(old->pos.file, pos.file) && same_text(old->arg[0], arg1) &&
            same_text(old->arg[1], arg2))
            return;
    }
    diag_add(diags, code, pos, arg1, arg2, arg3);
}

/* ---- building */

void
builder_start(struct builder *builder, struct arena *arena, struct diags *diags, enum lex_mode mode,
              struct tnode *root)
{
    builder->arena = arena;
    builder->diags = diags;
    builder->mode = mode;
    builder->stack[0] = root;
    builder->depth = 0;
}

struct tnode *
builder_top(const struct builder *builder)
{
    return builder->stack[builder->depth];
}

void
builder_add(struct builder *builder, struct tnode *node)
{
    tnode_append(builder_top(builder), node);
}

bool
builder_open(struct builder *builder, struct tnode *node)
{
    if (builder->depth == TMPL_NEST_MAX) {
        diag_add(builder->diags, DIAG_TMPL_NESTING, node->pos,
                 diag_printf(builder->diags, "%d", TMPL_NEST_MAX), NULL, NULL);
        return false;
    }
    builder_add(builder, node);
    builder->stack[++builder->depth] = node;
    return true;
}

/* True when a section of this name is open, in whatever element. */
static bool
is_open(const struct builder *builder, struct str name)
{
    for (size_t i = builder->depth; i > 0; i--) {
        const struct tnode *node = builder->stack[i];
        if (node->kind != TNODE_ELEMENT && is_closed_by(node, name))
            return true;
    }
    return false;
}

static bool
close_section(struct builder *builder, const struct token *token)
{
    const struct tnode *top = builder_top(builder);
    const char *text = diag_str(builder->diags, token->text);

    if (builder->depth == 0 || (top->kind == TNODE_ELEMENT && !is_open(builder, token->text))) {
        diag_add(builder->diags, DIAG_TMPL_CLOSE_ALONE, token->pos, text, NULL, NULL);
        return false;
    }
    if (top->kind == TNODE_ELEMENT) {
        diag_add(builder->diags, DIAG_TMPL_CROSSING, token->pos, text,
                 diag_str(builder->diags, top->text), NULL);
        return false;
    }
    if (!is_closed_by(top, token->text)) {
        diag_add(builder->diags, DIAG_TMPL_CLOSE_OTHER, token->pos, text,
                 diag_str(builder->diags, tnode_name(top)),
                 diag_printf(builder->diags, "%u", top->pos.line));
        return false;
    }
    builder->depth--;
    return true;
}

bool
builder_tag(struct builder *builder, const struct token *token)
{
    if (token->kind == TOKEN_COMMENT || token->kind == TOKEN_DELIMITERS)
        return true;
    if (token->kind == TOKEN_CLOSE)
        return close_section(builder, token);
    struct tnode *node = node_of_token(builder->arena, builder->diags, token, builder->mode);
    if (node == NULL)
        return false;
    if (node->kind != TNODE_VALUE && node->kind != TNODE_PARTIAL)
        return builder_open(builder, node);
    builder_add(builder, node);
    return true;
}

bool
builder_end(const struct builder *builder)
{
    const struct tnode *top = builder_top(builder);

    if (builder->depth == 0)
        return true;
    diag_add(builder->diags, DIAG_TMPL_UNCLOSED, top->pos,
             diag_str(builder->diags, tnode_name(top)), NULL, NULL);
    return false;
}
