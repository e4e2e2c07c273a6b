/* What stands between the braces: a name and filters with their arguments. */
#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "tmpl/tree.h"

struct scan {
    struct arena *arena;
    struct diags *diags;
    struct str text;
    struct pos pos; /* of text[pos_at] */
    size_t pos_at;
    size_t at;
};

/* Counts on from the last place asked for, so that many filters take no quadratic time. */
static struct pos
scan_pos(struct scan *scan)
{
    scan->pos =
        lex_pos_after(scan->pos, str_sub(scan->text, scan->pos_at, scan->at - scan->pos_at));
    scan->pos_at = scan->at;
    return scan->pos;
}

static void
skip_space(struct scan *scan)
{
    while (scan->at < scan->text.len && ascii_is_space(scan->text.ptr[scan->at]))
        scan->at++;
}

static bool
syntax(struct scan *scan)
{
    diag_add(scan->diags, DIAG_TMPL_FILTER_SYNTAX, scan_pos(scan),
             diag_str(scan->diags, scan->text), NULL, NULL);
    return false;
}

/* A quoted text; a backslash takes the next character as it is. */
static bool
read_quoted(struct scan *scan, struct str *out)
{
    char quote = scan->text.ptr[scan->at];
    size_t at = scan->at + 1;
    struct buf buf = buf_in(scan->arena);

    for (; at < scan->text.len && scan->text.ptr[at] != quote; at++) {
        if (scan->text.ptr[at] == '\\' && at + 1 < scan->text.len)
            at++;
        buf_byte(&buf, scan->text.ptr[at]);
    }
    if (at == scan->text.len)
        return syntax(scan);
    scan->at = at + 1;
    *out = buf_str(&buf);
    return true;
}

static struct str
read_word(struct scan *scan)
{
    size_t from = scan->at;

    while (scan->at < scan->text.len && !ascii_is_space(scan->text.ptr[scan->at]) &&
           scan->text.ptr[scan->at] != '|' && scan->text.ptr[scan->at] != '"' &&
           scan->text.ptr[scan->at] != '\'')
        scan->at++;
    return str_sub(scan->text, from, scan->at - from);
}

static const char *
argument_form(enum argument argument)
{
    switch (argument) {
    case ARGUMENT_NUMBER:
        return "85, 99.5";
    case ARGUMENT_PLACES:
        return "0 … 9";
    case ARGUMENT_DIGITS:
        return "\"อารบิก\", \"ไทย\"";
    case ARGUMENT_MARKER:
        return "\"-\", \"•\", \"1.\", \"(1)\", \"ก.\"";
    case ARGUMENT_TEXT:
    case ARGUMENT_VALUE:
    case ARGUMENT_NAME:
    case ARGUMENT_ENTRY:
    case ARGUMENT_NUMBERS:
    case ARGUMENT_SAME:
        break;
    }
    return "\"…\"";
}

static enum special special_of(struct str path);
static bool is_path(struct str path);

/* An argument that names something around the tag is a name as in a tag of its own; what a list's
 * entries are compared by is named there by the last of its names. */
static bool
read_operand(struct scan *scan, struct filter_use *use)
{
    if (use->filter->argument != ARGUMENT_NAME && use->filter->argument != ARGUMENT_SAME)
        return true;
    use->operand = arena_alloc(scan->arena, sizeof *use->operand);
    use->operand->pos = use->pos;
    struct str path = use->args[0];
    size_t dot;
    while (use->filter->argument == ARGUMENT_SAME && (dot = str_find(path, STR("."))) != SIZE_MAX)
        path = str_sub(path, dot + 1, SIZE_MAX);
    use->operand->path = str_trim(path);
    use->operand->special = special_of(use->operand->path);
    if (is_path(use->operand->path))
        return true;
    diag_add(scan->diags, DIAG_TMPL_NAME, use->pos, diag_str(scan->diags, use->args[0]), NULL,
             NULL);
    return false;
}

static bool
check_arguments(struct scan *scan, const struct filter_use *use)
{
    const struct filter *filter = use->filter;

    if (use->arg_count < filter->arg_min || use->arg_count > filter->arg_max) {
        diag_add(scan->diags, DIAG_TMPL_FILTER_COUNT, use->pos, filter->name,
                 filter->arg_min == filter->arg_max
                     ? diag_printf(scan->diags, "%zu", filter->arg_min)
                     : diag_printf(scan->diags, "%zu–%zu", filter->arg_min, filter->arg_max),
                 diag_printf(scan->diags, "%zu", use->arg_count));
        return false;
    }
    for (size_t i = 0; i < use->arg_count; i++) {
        if (filter_accepts(filter, use->args[i]))
            continue;
        diag_add(scan->diags, DIAG_TMPL_FILTER_ARGUMENT, use->pos, filter->name,
                 diag_str(scan->diags, use->args[i]), argument_form(filter->argument));
        return false;
    }
    return true;
}

static bool
read_arguments(struct scan *scan, struct filter_use *use)
{
    for (skip_space(scan); scan->at < scan->text.len && scan->text.ptr[scan->at] != '|';
         skip_space(scan)) {
        struct str arg;
        char c = scan->text.ptr[scan->at];
        if (use->arg_count == FILTER_ARGS_MAX)
            return syntax(scan);
        if (c != '"' && c != '\'')
            arg = read_word(scan);
        else if (!read_quoted(scan, &arg))
            return false;
        use->args[use->arg_count++] = arg;
    }
    return check_arguments(scan, use) && read_operand(scan, use);
}

/* Reads one filter; the bar before it has been read. */
static struct filter_use *
read_filter(struct scan *scan)
{
    struct filter_use *use = arena_alloc(scan->arena, sizeof *use);

    skip_space(scan);
    use->pos = scan_pos(scan);
    struct str name = read_word(scan);
    if (name.len == 0) {
        (void)syntax(scan);
        return NULL;
    }
    use->filter = filter_find(name);
    if (use->filter == NULL) {
        const char *nearest = filter_nearest(name);
        diag_add(scan->diags, nearest == NULL ? DIAG_TMPL_FILTER_UNKNOWN : DIAG_TMPL_FILTER_NEAR,
                 use->pos, diag_str(scan->diags, name), nearest, NULL);
        return NULL;
    }
    return read_arguments(scan, use) ? use : NULL;
}

static enum special
special_of(struct str path)
{
    static const struct {
        const char *name, *alias;
        enum special special;
    } specials[] = {{"@ลำดับ", "@index", SPECIAL_INDEX},
                    {"@แรก", "@first", SPECIAL_FIRST},
                    {"@สุดท้าย", "@last", SPECIAL_LAST}};

    for (size_t i = 0; i < sizeof specials / sizeof specials[0]; i++) {
        if (str_is(path, specials[i].name) || str_is(path, specials[i].alias))
            return specials[i].special;
    }
    return SPECIAL_NONE;
}

struct str
expr_from_root(struct str path)
{
    static const char *const roots[] = {"@รายงาน.", "@report."};

    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++) {
        if (str_starts(path, str_of(roots[i])))
            return str_sub(path, strlen(roots[i]), path.len);
    }
    return STR("");
}

/* A dot alone, or names between single dots. */
static bool
is_path(struct str path)
{
    if (path.len == 0 || str_is(path, "."))
        return path.len > 0;
    for (size_t i = 0; i < path.len; i++) {
        bool edge = i == 0 || i + 1 == path.len || path.ptr[i - 1] == '.';
        if (path.ptr[i] == '.' && edge)
            return false;
    }
    return true;
}

struct expr *
expr_parse(struct arena *arena, struct diags *diags, struct str text, struct pos pos)
{
    struct scan scan = {arena, diags, text, pos, 0, 0};
    struct expr *expr = arena_alloc(arena, sizeof *expr);
    struct filter_use **link = &expr->filters;
    size_t bar = str_find(text, STR("|"));

    expr->pos = pos;
    expr->path = str_trim(str_sub(text, 0, bar));
    expr->special = special_of(expr->path);
    if (!is_path(expr->path)) {
        diag_add(diags, DIAG_TMPL_NAME, pos, diag_str(diags, expr->path), NULL, NULL);
        return NULL;
    }
    scan.at = bar == SIZE_MAX ? text.len : bar;
    while (scan.at < text.len) {
        scan.at++;
        *link = read_filter(&scan);
        if (*link == NULL)
            return NULL;
        link = &(*link)->next;
    }
    return expr;
}
