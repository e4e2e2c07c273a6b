/* Text mode: Mustache as its specification 1.4 has it, with optional inheritance and dynamic names,
 * and our filters. Lines are remembered in the tree (TNODE_LINE), so that the indentation of
 * partials and blocks goes to lines of templates only, never to those of data. */
#include "tmpl/tmpl.h"

#include "base/arena.h"
#include "tmpl/filter.h"
#include "tmpl/tree.h"
#include "value/value.h"

#define OUTPUT_MAX ((size_t)64 * 1024 * 1024)

/* What is done to the indentation of lines: cut `drop` bytes, put `add` before. */
struct shift {
    size_t drop;
    struct str add;
    const struct shift *outer;
};

struct file {
    struct str name;
    const struct tnode *tree; /* NULL: there is none */
    struct file *next;
};

struct writer {
    struct eval eval;
    tmpl_source *source;
    void *context;
    struct file *files;
    size_t file_count;
    size_t includes;
    struct buf *out;
    const struct shift *shift;
    const struct overrides *overrides;
    bool skip_line; /* the next line begins inside a line that is written already */
};

static struct tnode *
parse(struct arena *arena, struct diags *diags, const char *file, struct str bytes)
{
    struct tokens tokens;
    struct builder builder;
    struct tnode *root = tnode_new(arena, TNODE_TEXT, (struct pos){file, 1, 1});

    if (!lex(arena, diags, file, bytes, LEX_TEXT, &tokens))
        return NULL;
    builder_start(&builder, arena, diags, LEX_TEXT, root);
    for (size_t i = 0; i < tokens.count; i++) {
        const struct token *token = &tokens.token[i];
        if (token->kind == TOKEN_TEXT || token->kind == TOKEN_LINE) {
            struct tnode *node =
                tnode_new(arena, token->kind == TOKEN_TEXT ? TNODE_TEXT : TNODE_LINE, token->pos);
            node->text = token->text;
            builder_add(&builder, node);
        } else if (!builder_tag(&builder, token)) {
            return NULL;
        }
    }
    return builder_end(&builder) ? root : NULL;
}

/* ---- indentation */

static void
write_line(struct writer *w, const struct tnode *node)
{
    struct str blanks = node->text;
    struct buf line = buf_in(w->eval.arena);

    if (w->skip_line) {
        w->skip_line = false;
        return;
    }
    for (const struct shift *s = w->shift; s != NULL; s = s->outer) {
        struct buf shifted = buf_in(w->eval.arena);
        buf_add(&shifted, s->add);
        buf_add(&shifted, str_sub(blanks, s->drop, blanks.len));
        line = shifted;
        blanks = buf_str(&line);
    }
    buf_add(w->out, blanks);
}

/* The indentation of the first line of a block's content, if a line begins there. */
static bool
first_line(const struct tnode *first, struct str *out)
{
    while (first != NULL && (first->kind == TNODE_SECTION || first->kind == TNODE_INVERTED))
        first = first->first;
    if (first == NULL || (first->kind != TNODE_LINE && !first->standalone))
        return false;
    *out = first->kind == TNODE_LINE ? first->text : first->indent;
    return true;
}

/* ---- partials, parents, blocks */

static struct file *
find_file(struct writer *w, struct str name, struct pos pos)
{
    struct file *file = w->files;
    struct str path = name, bytes;

    while (file != NULL && !str_eq(file->name, name))
        file = file->next;
    if (file != NULL)
        return file;
    if (w->file_count++ == TMPL_FILES_MAX) {
        diag_add(w->eval.diags, DIAG_TMPL_FILES, pos,
                 diag_printf(w->eval.diags, "%d", TMPL_FILES_MAX), NULL, NULL);
        return NULL;
    }
    file = arena_alloc(w->eval.arena, sizeof *file);
    file->name = name;
    file->next = w->files;
    w->files = file;
    if (!w->source(w->context, name, pos, &path, &bytes))
        return file;
    file->tree = parse(w->eval.arena, w->eval.diags, str_cstr(w->eval.arena, path), bytes);
    return file->tree == NULL ? NULL : file;
}

static bool
enter_file(struct writer *w, const struct tnode *node)
{
    if (w->includes == TMPL_INCLUDE_MAX) {
        diag_add(w->eval.diags, DIAG_TMPL_INCLUDE, node->pos, diag_str(w->eval.diags, node->text),
                 diag_printf(w->eval.diags, "%d", TMPL_INCLUDE_MAX), NULL);
        return false;
    }
    w->includes++;
    return true;
}

static bool write_list(struct eval *eval, const struct tnode *first);

/* A partial or parent: its lines get the indentation of the tag when that stands alone. */
static bool
write_file(struct writer *w, const struct tnode *node)
{
    const struct shift *shift = w->shift;
    struct shift own = {0, node->indent, shift};
    struct str name = node->text, class;

    if (node->expr != NULL) {
        const struct value *value;
        if (!eval_expr(&w->eval, node->expr, &value, &class))
            return false;
        name = filter_text(w->eval.arena, value);
        if (name.len == 0)
            return true;
    }
    const struct file *file = find_file(w, name, node->pos);
    if (file == NULL || !enter_file(w, node))
        return false;
    w->shift = node->standalone ? &own : NULL;
    bool good = file->tree == NULL || write_list(&w->eval, file->tree->first);
    w->shift = shift;
    w->includes--;
    return good;
}

static bool
write_parent(struct writer *w, const struct tnode *node)
{
    struct overrides own = {node, w->overrides};

    w->overrides = &own;
    bool good = write_file(w, node);
    w->overrides = own.outer;
    return good;
}

static bool
write_block(struct writer *w, const struct tnode *site)
{
    const struct tnode *content = overrides_find(w->overrides, site->text);
    struct shift own = {0, site->line_first ? site->indent : STR(""), w->shift};
    struct str blanks;

    if (content == NULL)
        return write_list(&w->eval, site->first);
    if (!enter_file(w, site))
        return false;
    if (first_line(content->first, &blanks))
        own.drop = blanks.len;
    if (!site->standalone)
        w->skip_line = true;
    else if (first_line(site->first, &blanks))
        own.add = blanks;
    w->shift = &own;
    bool good = write_list(&w->eval, content->first);
    w->shift = own.outer;
    w->skip_line = false;
    w->includes--;
    return good;
}

/* ---- values */

static bool
write_value(struct writer *w, const struct tnode *node)
{
    const struct value *value;
    struct str class;

    w->skip_line = false;
    if (!eval_expr(&w->eval, node->expr, &value, &class))
        return false;
    struct str text = value->kind == VALUE_BOOL ? str_of(value->boolean ? "true" : "false")
                                                : filter_text(w->eval.arena, value);
    if (node->raw)
        buf_add(w->out, text);
    else
        buf_xml(w->out, text);
    return true;
}

static bool
write_node(struct writer *w, const struct tnode *node)
{
    switch (node->kind) {
    case TNODE_TEXT:
        w->skip_line = false;
        buf_add(w->out, node->text);
        return true;
    case TNODE_LINE:
        write_line(w, node);
        return true;
    case TNODE_VALUE:
        return write_value(w, node);
    case TNODE_SECTION:
    case TNODE_INVERTED:
        return eval_section(&w->eval, node);
    case TNODE_PARTIAL:
        return write_file(w, node);
    case TNODE_PARENT:
        return write_parent(w, node);
    case TNODE_BLOCK:
        return write_block(w, node);
    case TNODE_ELEMENT:
        break;
    }
    return true;
}

static bool
write_list(struct eval *eval, const struct tnode *first)
{
    struct writer *w = eval->output;
    bool good = true;

    for (const struct tnode *node = first; good && node != NULL; node = node->next) {
        if (!eval_step(eval, node->pos) || !eval_enter(eval, node->pos))
            return false;
        good = write_node(w, node);
        eval_leave(eval);
        if (w->out->len > OUTPUT_MAX) {
            diag_add(eval->diags, DIAG_TMPL_STEPS, node->pos, NULL, NULL, NULL);
            return false;
        }
    }
    return good;
}

bool
tmpl_text(struct arena *arena, struct diags *diags, tmpl_source *source, void *context,
          struct str bytes, const struct value *data, struct str *out)
{
    struct buf buf = buf_in(arena);
    struct writer *w = arena_alloc(arena, sizeof *w);
    const struct tnode *tree = parse(arena, diags, "template", bytes);

    if (tree == NULL)
        return false;
    *w = (struct writer){.source = source, .context = context, .out = &buf};
    eval_start(&w->eval, arena, diags, LEX_TEXT, data);
    w->eval.output = w;
    w->eval.list = write_list;
    if (!write_list(&w->eval, tree->first))
        return false;
    *out = buf_str(&buf);
    return true;
}
