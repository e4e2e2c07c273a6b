/* Puts the files of a template together: each partial, base and block is copied to where it is
 * used, because the same name may mean different things in different places. */
#include "base/ascii.h"
#include "tmpl/tree.h"

#include <string.h>

#include "base/arena.h"
#include "schema/schema.h"
#include "thai/normal.h"

struct file {
    struct str name;
    const struct tnode *tree; /* NULL: it is faulty, which has been told */
    struct file *next;
};

/* Where something stands. */
struct place {
    const struct element_info *holder; /* NULL: at the top of the template */
    bool attribute;                    /* in an attribute of the holder */
};

struct resolver {
    struct check *check;
    struct arena *arena;
    struct diags *diags;
    tmpl_source *source;
    void *context;
    struct file *files;
    size_t file_count;
    const struct overrides *overrides;
    size_t includes, depth, nodes;
    bool stopped; /* a limit was reached */
};

static void resolve_list(struct resolver *r, const struct tnode *first, struct tnode *out,
                         struct place place);

/* Ends all at a limit. The message has the name first when there is one. */
static void
stop(struct resolver *r, enum diag_code code, struct pos pos, struct str name, size_t limit)
{
    const char *number = diag_printf(r->diags, "%zu", limit);

    if (!r->stopped && name.len > 0)
        diag_add(r->diags, code, pos, diag_str(r->diags, name), number, NULL);
    else if (!r->stopped)
        diag_add(r->diags, code, pos, number, NULL, NULL);
    r->stopped = true;
    r->check->good = false;
}

static void
tell(struct resolver *r, enum diag_code code, struct pos pos, struct str what,
     const struct element_info *holder)
{
    tmpl_tell(r->diags, code, pos, diag_str(r->diags, what),
              holder == NULL ? "" : diag_printf(r->diags, "<%s>", holder->name), NULL);
    r->check->good = false;
}

static unsigned
content_of(struct place place)
{
    if (place.attribute)
        return GROUP_INLINE;
    return place.holder == NULL ? (unsigned)GROUP_ROOT : place.holder->content;
}

/* A name means something else in each place, and so do the names that filters are given. */
static struct expr *
copy_expr(struct arena *arena, const struct expr *from)
{
    struct expr *copy = arena_alloc(arena, sizeof *copy);
    struct filter_use **link = &copy->filters;

    *copy = *from;
    for (const struct filter_use *use = from->filters; use != NULL; use = use->next) {
        *link = arena_alloc(arena, sizeof **link);
        **link = *use;
        if (use->operand != NULL)
            (*link)->operand = copy_expr(arena, use->operand);
        link = &(*link)->next;
    }
    return copy;
}

static struct tnode *
add_copy(const struct resolver *r, const struct tnode *node, struct tnode *out)
{
    struct tnode *copy = tnode_new(r->arena, node->kind, node->pos);

    copy->text = node->text;
    copy->element = node->element;
    if (node->expr != NULL)
        copy->expr = copy_expr(r->arena, node->expr);
    tnode_append(out, copy);
    return copy;
}

/* ---- text, values, sections, elements */

static bool
is_blank(struct str text)
{
    struct str soft = STR(SOFT_SPACE);

    for (size_t at = 0; at < text.len;) {
        if (ascii_is_blank(text.ptr[at]))
            at++;
        else if (str_starts(str_sub(text, at, text.len), soft))
            at += soft.len;
        else
            return false;
    }
    return true;
}

/* Text for a message, in quotation marks: a line end is a blank there. */
static struct str
shown(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < text.len; at++) {
        if (!str_starts(str_sub(text, at, text.len), STR(SOFT_SPACE))) {
            buf_byte(&out, text.ptr[at]);
            continue;
        }
        buf_byte(&out, ' ');
        at += strlen(SOFT_SPACE) - 1;
    }
    struct str trimmed = str_trim(buf_str(&out));
    return str_of(arena_printf(arena, "\"%.*s\"", STR_FMT(trimmed)));
}

static void
resolve_text(struct resolver *r, const struct tnode *node, struct tnode *out, struct place place)
{
    if ((content_of(place) & (unsigned)GROUP_INLINE) != 0)
        (void)add_copy(r, node, out);
    else if (place.holder == NULL && !is_blank(node->text))
        tell(r, DIAG_TMPL_ROOT, node->pos, STR(""), NULL);
    else if (!is_blank(node->text))
        tell(r, DIAG_DOC_MISPLACED, node->pos, shown(r->arena, node->text), place.holder);
}

static void
resolve_value(struct resolver *r, const struct tnode *node, struct tnode *out, struct place place)
{
    struct tnode *copy = add_copy(r, node, out);
    struct found found;
    unsigned content = content_of(place);

    if (!check_expr(r->check, copy->expr, &found))
        return;
    if ((found.type & (TYPE_LIST | TYPE_TEXTS | TYPE_MAP)) != 0)
        tmpl_tell(r->diags, DIAG_TMPL_NEEDS_SECTION, node->pos,
                  diag_str(r->diags, copy->expr->path), filter_type_name(r->diags, found.type),
                  NULL);
    else if ((found.type & TYPE_PARAS) != 0 && (content & (unsigned)GROUP_BLOCK) == 0)
        tell(r, DIAG_TMPL_PARAGRAPHS_PLACE, node->pos, copy->expr->path, place.holder);
    else if ((found.type & TYPE_PARAS) == 0 && (content & (unsigned)GROUP_INLINE) == 0)
        tell(r, DIAG_TMPL_VALUE_PLACE, node->pos, copy->expr->path, place.holder);
    else
        return;
    r->check->good = false;
}

static void
resolve_section(struct resolver *r, const struct tnode *node, struct tnode *out, struct place place)
{
    struct tnode *copy = add_copy(r, node, out);
    struct check *check = r->check;
    struct found found;
    size_t levels = check->level_count;

    if (!check_expr(check, copy->expr, &found))
        return;
    if (node->kind == TNODE_SECTION && !check_push(check, &found, node->pos, &copy->push))
        return;
    resolve_list(r, node->first, copy, place);
    check->level_count = levels;
}

static void
resolve_attributes(struct resolver *r, const struct tnode *node, struct tnode *copy)
{
    struct tattribute **link = &copy->attributes;
    struct place place = {element_info(node->element), true};

    for (const struct tattribute *a = node->attributes; a != NULL; a = a->next) {
        struct tnode *value = tnode_new(r->arena, TNODE_TEXT, a->pos);
        resolve_list(r, a->first, value, place);
        *link = arena_alloc(r->arena, sizeof **link);
        (*link)->name = a->name;
        (*link)->pos = a->pos;
        (*link)->first = value->first;
        link = &(*link)->next;
    }
}

static void
resolve_element(struct resolver *r, const struct tnode *node, struct tnode *out, struct place place)
{
    const struct element_info *info = element_info(node->element);
    struct buf name = buf_in(r->arena);

    buf_printf(&name, "<%s>", info->name);
    if (place.attribute)
        tell(r, DIAG_TMPL_ELEMENT_IN_ATTRIBUTE, node->pos, buf_str(&name), place.holder);
    else if ((info->group & content_of(place)) == 0 && place.holder == NULL)
        tell(r, DIAG_TMPL_ROOT, node->pos, STR(""), NULL);
    else if ((info->group & content_of(place)) == 0)
        tell(r, DIAG_DOC_MISPLACED, node->pos, buf_str(&name), place.holder);
    struct tnode *copy = add_copy(r, node, out);
    resolve_attributes(r, node, copy);
    resolve_list(r, node->first, copy, (struct place){info, false});
}

/* ---- partials, parents, blocks */

struct tnode *
resolve_parse(struct arena *arena, struct diags *diags, const char *file, struct str bytes)
{
    struct pos at = {file, 1, 1};
    struct str text;

    if (!normal_decode(arena, diags, at, bytes, &text) ||
        !normal_text(arena, diags, at, text, &text))
        return NULL;
    return markup_parse(arena, diags, file, text);
}

static const struct tnode *
find_file(struct resolver *r, struct str name, struct pos pos)
{
    struct file *file = r->files;
    struct str path = name, bytes = STR("");

    while (file != NULL && !str_eq(file->name, name))
        file = file->next;
    if (file != NULL)
        return file->tree;
    if (r->file_count++ == TMPL_FILES_MAX) {
        stop(r, DIAG_TMPL_FILES, pos, STR(""), TMPL_FILES_MAX);
        return NULL;
    }
    file = arena_alloc(r->arena, sizeof *file);
    file->name = name;
    file->next = r->files;
    r->files = file;
    if (r->source(r->context, name, pos, &path, &bytes))
        file->tree = resolve_parse(r->arena, r->diags, str_cstr(r->arena, path), bytes);
    if (file->tree == NULL)
        r->check->good = false;
    return file->tree;
}

static bool
enter(struct resolver *r, const struct tnode *node)
{
    if (r->includes == TMPL_INCLUDE_MAX) {
        stop(r, DIAG_TMPL_INCLUDE, node->pos, node->text, TMPL_INCLUDE_MAX);
        return false;
    }
    r->includes++;
    return true;
}

static void
resolve_file(struct resolver *r, const struct tnode *node, struct tnode *out, struct place place)
{
    if (place.attribute) {
        struct buf tag = buf_in(r->arena);
        buf_printf(&tag, "{{%c%.*s}}", node->kind == TNODE_PARENT ? '<' : '>', STR_FMT(node->text));
        tell(r, DIAG_TMPL_ELEMENT_IN_ATTRIBUTE, node->pos, buf_str(&tag), place.holder);
        return;
    }
    const struct tnode *tree = find_file(r, node->text, node->pos);
    if (tree == NULL || !enter(r, node))
        return;
    resolve_list(r, tree->first, out, place);
    r->includes--;
}

/* Inside a parent tag only blocks mean anything; what else stands there would be lost. */
static void
check_arguments(struct resolver *r, const struct tnode *parent)
{
    for (const struct tnode *node = parent->first; node != NULL; node = node->next) {
        bool lost =
            node->kind != TNODE_BLOCK && !(node->kind == TNODE_TEXT && is_blank(node->text));
        if (!lost)
            continue;
        tmpl_tell(r->diags, DIAG_TMPL_PARENT_CONTENT, node->pos, diag_str(r->diags, parent->text),
                  NULL, NULL);
        r->check->good = false;
    }
}

static void
resolve_parent(struct resolver *r, const struct tnode *node, struct tnode *out, struct place place)
{
    struct overrides own = {node, r->overrides};

    check_arguments(r, node);
    r->overrides = &own;
    resolve_file(r, node, out, place);
    r->overrides = own.outer;
}

static void
resolve_block(struct resolver *r, const struct tnode *site, struct tnode *out, struct place place)
{
    const struct tnode *content = overrides_find(r->overrides, site->text);

    if (content == NULL) {
        resolve_list(r, site->first, out, place);
        return;
    }
    if (!enter(r, site))
        return;
    resolve_list(r, content->first, out, place);
    r->includes--;
}

static void
resolve_node(struct resolver *r, const struct tnode *node, struct tnode *out, struct place place)
{
    switch (node->kind) {
    case TNODE_TEXT:
        resolve_text(r, node, out, place);
        break;
    case TNODE_VALUE:
        resolve_value(r, node, out, place);
        break;
    case TNODE_SECTION:
    case TNODE_INVERTED:
        resolve_section(r, node, out, place);
        break;
    case TNODE_PARTIAL:
        resolve_file(r, node, out, place);
        break;
    case TNODE_PARENT:
        resolve_parent(r, node, out, place);
        break;
    case TNODE_BLOCK:
        resolve_block(r, node, out, place);
        break;
    case TNODE_ELEMENT:
        resolve_element(r, node, out, place);
        break;
    case TNODE_LINE:
        break;
    }
}

static void
resolve_list(struct resolver *r, const struct tnode *first, struct tnode *out, struct place place)
{
    if (r->depth == TMPL_DEPTH_MAX) {
        if (first != NULL)
            stop(r, DIAG_TMPL_NESTING, first->pos, STR(""), TMPL_DEPTH_MAX);
        return;
    }
    r->depth++;
    for (const struct tnode *node = first; node != NULL && !r->stopped; node = node->next) {
        if (++r->nodes > TMPL_NODES_MAX)
            stop(r, DIAG_TMPL_NODES, node->pos, STR(""), TMPL_NODES_MAX);
        else if (arena_over(r->arena))
            stop(r, DIAG_MEMORY_BUDGET, node->pos, STR(""), arena_budget(r->arena) >> 20);
        else
            resolve_node(r, node, out, place);
    }
    r->depth--;
}

struct tnode *
resolve(struct check *check, tmpl_source *source, void *context, const struct tnode *parsed)
{
    struct resolver r = {.check = check,
                         .arena = check->arena,
                         .diags = check->diags,
                         .source = source,
                         .context = context};
    struct tnode *top = tnode_new(check->arena, TNODE_TEXT, parsed->pos);

    check->levels[0] = (struct check_level){&check->schema->root, TYPE_MAP, false};
    check->level_count = 1;
    resolve_list(&r, parsed->first, top, (struct place){NULL, false});
    if (!check->good)
        return NULL;
    bool one = top->first != NULL && top->first->kind == TNODE_ELEMENT && top->first->next == NULL;
    if (one)
        return top->first;
    diag_add(check->diags, DIAG_TMPL_ROOT,
             top->first != NULL && top->first->next != NULL ? top->first->next->pos : parsed->pos,
             NULL, NULL, NULL);
    return NULL;
}
