/* Names, filters and sections. In XML mode resolve.c has settled on which level of the context
 * stack a name begins; in text mode it is looked for from the innermost level outwards, as the
 * Mustache specification says. */
#include "tmpl/tree.h"

#include "base/arena.h"
#include "tmpl/filter.h"
#include "value/value.h"

static const struct value none = {.kind = VALUE_NONE};

void
eval_start(struct eval *eval, struct arena *arena, struct diags *diags, enum lex_mode mode,
           const struct value *data)
{
    eval->arena = arena;
    eval->diags = diags;
    eval->mode = mode;
    eval->levels[0] = (struct level){.value = data == NULL ? &none : data};
    eval->level_count = 1;
    eval->depth = 0;
    eval->steps = 0;
    eval->output = NULL;
    eval->list = NULL;
}

bool
eval_step(struct eval *eval, struct pos pos)
{
    if (++eval->steps > TMPL_STEPS_MAX) {
        diag_add(eval->diags, DIAG_TMPL_STEPS, pos, NULL, NULL, NULL);
        return false;
    }
    if (arena_over(eval->arena)) {
        diag_add(eval->diags, DIAG_MEMORY_BUDGET, pos,
                 diag_printf(eval->diags, "%zu", arena_budget(eval->arena) >> 20), NULL, NULL);
        return false;
    }
    return true;
}

bool
eval_enter(struct eval *eval, struct pos pos)
{
    if (eval->depth == TMPL_DEPTH_MAX) {
        diag_add(eval->diags, DIAG_TMPL_NESTING, pos,
                 diag_printf(eval->diags, "%d", TMPL_DEPTH_MAX), NULL, NULL);
        return false;
    }
    eval->depth++;
    return true;
}

void
eval_leave(struct eval *eval)
{
    eval->depth--;
}

/* ---- names */

static const struct value *
or_none(const struct value *value)
{
    return value == NULL ? &none : value;
}

static const struct level *
innermost_loop(const struct eval *eval)
{
    for (size_t i = eval->level_count; i > 0; i--) {
        if (eval->levels[i - 1].loop)
            return &eval->levels[i - 1];
    }
    return NULL;
}

static const struct value *
special_value(struct eval *eval, const struct expr *expr)
{
    const struct level *loop = innermost_loop(eval);

    if (loop == NULL)
        return &none;
    struct value *value = value_new(eval->arena, VALUE_BOOL, POS_NONE);
    value->boolean =
        expr->special == SPECIAL_FIRST ? loop->index == 0 : loop->index + 1 == loop->count;
    if (expr->special == SPECIAL_INDEX) {
        value->kind = VALUE_NUMBER;
        value->number = (struct decimal){(int64_t)loop->index + 1, 0};
        value->text = decimal_text(eval->arena, value->number, false);
        value->flags = VALUE_NAME;
    }
    return value;
}

/* The first name of a path is looked for on each level, the rest strictly inside of it. */
static const struct value *
look_up(const struct eval *eval, struct str path)
{
    size_t dot = str_find(path, STR("."));
    const struct value *found = NULL;
    size_t levels = eval->level_count;

    if (str_is(path, "."))
        return eval->levels[levels - 1].value;
    if (expr_from_root(path).len > 0) {
        path = expr_from_root(path);
        dot = str_find(path, STR("."));
        levels = 1;
    }
    for (size_t i = levels; i > 0 && found == NULL; i--)
        found = value_get(eval->levels[i - 1].value, str_sub(path, 0, dot));
    while (found != NULL && dot != SIZE_MAX) {
        path = str_sub(path, dot + 1, path.len);
        dot = str_find(path, STR("."));
        found = value_get(found, str_sub(path, 0, dot));
    }
    return or_none(found);
}

static const struct value *
follow(const struct eval *eval, const struct expr *expr)
{
    const struct value *value = eval->levels[expr->level].value;

    for (size_t i = 0; i < expr->key_count; i++)
        value = or_none(value_get(value, expr->keys[i]));
    return value;
}

static const char *
place_of(struct diags *diags, struct pos pos)
{
    if (pos.file == NULL)
        return "";
    return diag_printf(diags, " (%s:%u:%u)", pos.file, pos.line, pos.column);
}

static const struct value *
named(struct eval *eval, const struct expr *expr)
{
    if (expr->special != SPECIAL_NONE)
        return special_value(eval, expr);
    return eval->mode == LEX_XML ? follow(eval, expr) : look_up(eval, expr->path);
}

bool
eval_expr(struct eval *eval, const struct expr *expr, const struct value **out, struct str *class)
{
    struct filter_call call = {.arena = eval->arena, .value = named(eval, expr), .class = STR("")};

    for (const struct filter_use *use = expr->filters; use != NULL; use = use->next) {
        const struct value *before = call.value;
        if (!eval_step(eval, use->pos))
            return false;
        call.args = use->args;
        call.arg_count = use->arg_count;
        call.operand = use->operand == NULL ? NULL : named(eval, use->operand);
        if (filter_run(use->filter, &call))
            continue;
        diag_add(eval->diags, DIAG_TMPL_FILTER_VALUE, use->pos, use->filter->name,
                 diag_str(eval->diags, filter_text(eval->arena, before)),
                 place_of(eval->diags, before->pos));
        return false;
    }
    *out = call.value;
    *class = call.class;
    return true;
}

/* ---- sections */

/* 0 and 0.00 are true: a score of nothing is a score. */
static bool
is_true(const struct value *value)
{
    switch (value->kind) {
    case VALUE_NONE:
        return false;
    case VALUE_BOOL:
        return value->boolean;
    case VALUE_TEXT:
    case VALUE_ENTRY:
        return value->text.len > 0;
    case VALUE_LIST:
        return value->first != NULL;
    case VALUE_MAP:
    case VALUE_NUMBER:
    case VALUE_DATE:
        break;
    }
    return true;
}

static bool
write_level(struct eval *eval, const struct tnode *node, struct level level)
{
    if (!eval_step(eval, node->pos))
        return false;
    if (eval->level_count == TMPL_DEPTH_MAX) {
        diag_add(eval->diags, DIAG_TMPL_NESTING, node->pos,
                 diag_printf(eval->diags, "%d", TMPL_DEPTH_MAX), NULL, NULL);
        return false;
    }
    eval->levels[eval->level_count++] = level;
    bool good = eval->list(eval, node->first);
    eval->level_count--;
    return good;
}

static size_t
count_of(const struct value *list)
{
    size_t count = 0;

    for (const struct value *v = list->first; v != NULL; v = v->next)
        count++;
    return count;
}

static bool
write_section(struct eval *eval, const struct tnode *node, const struct value *value)
{
    if (value->kind == VALUE_LIST) {
        size_t index = 0, count = count_of(value);
        for (const struct value *v = value->first; v != NULL; v = v->next)
            if (!write_level(eval, node, (struct level){v, true, index++, count}))
                return false;
        return true;
    }
    if (eval->mode == LEX_TEXT || node->push)
        return write_level(eval, node, (struct level){.value = value});
    return eval->list(eval, node->first);
}

bool
eval_section(struct eval *eval, const struct tnode *node)
{
    const struct value *value;
    struct str class;
    bool good = true;

    if (!eval_expr(eval, node->expr, &value, &class))
        return false;
    if (node->kind == TNODE_SECTION && is_true(value))
        good = write_section(eval, node, value);
    else if (node->kind == TNODE_INVERTED && !is_true(value))
        good = eval->list(eval, node->first);
    return good;
}
