/* XML mode: from a file to a tree of elements. The lexer has taken the tags out; in their places
 * stand code points of private-use plane 15, one per tag, which no template may write itself. The
 * text is given to expat inside a root element of ours, so expat sees only well-formed XML 1.0
 * without a document type. */
#include <expat.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "tmpl/tree.h"

#define TAG_FIRST 0xF0000U
#define ROOT_NAME "banthuek"
#define ROOT_OPEN "<" ROOT_NAME ">"
#define ROOT_CLOSE "</" ROOT_NAME ">"

/* A stretch of what expat reads, and where it comes from. */
struct piece {
    size_t offset;
    struct str text;
    struct pos pos;
    bool tag;
};

struct markup {
    struct arena *arena;
    struct diags *diags;
    const char *file;
    struct tokens tokens;
    const struct token **tags; /* by code point, from TAG_FIRST */
    size_t tag_count;
    struct buf bytes;
    struct piece *pieces;
    size_t piece_count;
    size_t piece_at; /* the piece of the place asked for last, which was */
    size_t offset_at;
    struct pos pos_at;
    struct builder builder;
    const char *all_elements;                  /* made once; NULL: not yet */
    const char *all_attributes[ELEMENT_COUNT]; /* of each element, likewise */
    struct buf text;                           /* not added to the tree yet */
    struct pos text_pos;                       /* of its first letter */
    bool text_blank;                           /* it has none yet */
    XML_Parser parser;
    bool stopped;
    bool good;
};

/* ---- places */

static void
add_piece(struct markup *m, struct str text, struct pos pos, bool tag)
{
    struct piece *piece = &m->pieces[m->piece_count++];

    *piece = (struct piece){m->bytes.len, text, pos, tag};
    buf_add(&m->bytes, text);
}

static void
make_bytes(struct markup *m)
{
    m->pieces = arena_array(m->arena, m->tokens.count + 2, sizeof *m->pieces);
    m->tags = arena_array(m->arena, m->tokens.count + 1, sizeof(struct token *));
    add_piece(m, STR(ROOT_OPEN), (struct pos){m->file, 1, 1}, false);
    struct pos end = {m->file, 1, 1};
    for (size_t i = 0; i < m->tokens.count; i++) {
        const struct token *token = &m->tokens.token[i];
        end = token->pos;
        if (token->kind == TOKEN_TEXT) {
            add_piece(m, token->text, token->pos, false);
            end = lex_pos_after(token->pos, token->text);
        } else if (token->kind != TOKEN_COMMENT && token->kind != TOKEN_DELIMITERS) {
            char *code = arena_alloc(m->arena, 4);
            size_t len = utf8_put(TAG_FIRST + (uint32_t)m->tag_count, code);
            m->tags[m->tag_count++] = token;
            add_piece(m, (struct str){code, len}, token->pos, true);
        }
    }
    add_piece(m, STR(ROOT_CLOSE), end, false);
}

/* The place of an offset in what expat reads; offsets are asked for in ascending order. */
static struct pos
place(struct markup *m, size_t offset)
{
    while (m->piece_at + 1 < m->piece_count && m->pieces[m->piece_at + 1].offset <= offset) {
        m->piece_at++;
        m->offset_at = m->pieces[m->piece_at].offset;
        m->pos_at = m->pieces[m->piece_at].pos;
    }
    const struct piece *piece = &m->pieces[m->piece_at];
    bool own = m->piece_at == 0 || m->piece_at + 1 == m->piece_count || piece->tag;
    if (!own && offset > m->offset_at) {
        struct str passed =
            str_sub(piece->text, m->offset_at - piece->offset, offset - m->offset_at);
        m->pos_at = lex_pos_after(m->pos_at, passed);
        m->offset_at = offset;
    }
    return m->pos_at;
}

/* The place `skip` bytes after the beginning of what expat tells just now. */
static struct pos
place_now(struct markup *m, size_t skip)
{
    XML_Index index = XML_GetCurrentByteIndex(m->parser);

    return place(m, index < 0 ? 0 : (size_t)index + skip);
}

static void
stop(struct markup *m)
{
    m->good = false;
    m->stopped = true;
    (void)XML_StopParser(m->parser, XML_FALSE);
}

/* ---- text */

/* A line end with the blanks around it becomes SOFT_SPACE. */
static struct str
soften(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        bool lines = false;
        for (; end < text.len && strchr(" \t\n", text.ptr[end]) != NULL && text.ptr[end] != '\0';
             end++)
            lines = lines || text.ptr[end] == '\n';
        if (lines) {
            buf_text(&out, SOFT_SPACE);
            at = end;
            continue;
        }
        if (end == at)
            end++;
        buf_add(&out, str_sub(text, at, end - at));
        at = end;
    }
    return buf_str(&out);
}

static void
flush_text(struct markup *m)
{
    if (m->text.len == 0)
        return;
    struct tnode *node = tnode_new(m->arena, TNODE_TEXT, m->text_pos);
    node->text = soften(m->arena, buf_str(&m->text));
    builder_add(&m->builder, node);
    m->text = buf_in(m->arena);
}

/* The token that the code point at text[at] stands for, or NULL. */
static const struct token *
token_at(const struct markup *m, struct str text, size_t at)
{
    if (at + 4 > text.len || (unsigned char)text.ptr[at] != 0xF3 ||
        (unsigned char)text.ptr[at + 1] < 0xB0)
        return NULL;
    uint32_t index = utf8_next(text, &at) - TAG_FIRST;
    return index < m->tag_count ? m->tags[index] : NULL;
}

/* Cuts the text up to the next tag off *rest. */
static struct str
cut_text(const struct markup *m, struct str *rest)
{
    size_t end = 0;

    while (end < rest->len && token_at(m, *rest, end) == NULL)
        end++;
    struct str text = str_sub(*rest, 0, end);
    *rest = str_sub(*rest, end, rest->len);
    return text;
}

/* Takes text up to the next tag off *rest, which stands `skip` bytes after what expat tells. */
static void
add_text(struct markup *m, struct str *rest, size_t skip)
{
    struct str text = cut_text(m, rest);
    size_t blanks = 0;

    while (blanks < text.len && strchr(" \t\n", text.ptr[blanks]) != NULL)
        blanks++;
    if (m->text.len == 0)
        m->text_blank = true;
    if (m->text.len == 0 || (m->text_blank && blanks < text.len))
        m->text_pos = place_now(m, skip + (blanks < text.len ? blanks : 0));
    m->text_blank = m->text_blank && blanks == text.len;
    buf_add(&m->text, text);
}

static void XMLCALL
on_text(void *context, const XML_Char *bytes, int len)
{
    struct markup *m = context;
    struct str rest = {bytes, (size_t)len};

    while (!m->stopped && rest.len > 0) {
        const struct token *token = token_at(m, rest, 0);
        if (token == NULL) {
            add_text(m, &rest, (size_t)(rest.ptr - bytes));
            continue;
        }
        flush_text(m);
        if (!builder_tag(&m->builder, token))
            stop(m);
        rest = str_sub(rest, 4, rest.len);
    }
}

/* ---- elements */

/* A value without tags can be checked at once. */
static void
check_value(struct markup *m, enum attribute name, struct str value, struct pos pos)
{
    const struct attribute_info *info = attribute_info(name);

    if (attribute_accepts(name, value))
        return;
    diag_add(m->diags, DIAG_DOC_ATTRIBUTE_VALUE, pos, diag_str(m->diags, value),
             diag_printf(m->diags, "<%s %s>", element_info(info->element)->name, info->name),
             attribute_form(name));
    m->good = false;
}

static struct tnode *
read_value(struct markup *m, enum attribute name, struct str value, struct pos pos)
{
    struct tnode *root = tnode_new(m->arena, TNODE_TEXT, pos);
    struct builder builder;
    bool tags = false;

    builder_start(&builder, m->arena, m->diags, LEX_XML, root);
    for (struct str rest = value; rest.len > 0;) {
        const struct token *token = token_at(m, rest, 0);
        if (token == NULL) {
            struct tnode *node = tnode_new(m->arena, TNODE_TEXT, pos);
            node->text = cut_text(m, &rest);
            builder_add(&builder, node);
            continue;
        }
        tags = true;
        if (!builder_tag(&builder, token)) {
            m->good = false;
            return root;
        }
        rest = str_sub(rest, 4, rest.len);
    }
    if (!tags)
        check_value(m, name, value, pos);
    m->good = builder_end(&builder) && m->good;
    return root;
}

/* All that may be written instead of an unknown name. */
static const char *
all_attributes(struct markup *m, enum element element)
{
    struct buf out = buf_in(m->arena);

    if (m->all_attributes[element] != NULL)
        return m->all_attributes[element];
    for (int i = 0; i < ATTRIBUTE_COUNT_OF_ALL; i++) {
        const struct attribute_info *info = attribute_info((enum attribute)i);
        if (info->element == element)
            buf_printf(&out, "%s%s", out.len > 0 ? ", " : "", info->name);
    }
    m->all_attributes[element] =
        out.len > 0 ? str_cstr(m->arena, buf_str(&out)) : diag_both(m->diags, "none", "ไม่มี");
    return m->all_attributes[element];
}

static const char *
all_elements(struct markup *m)
{
    struct buf out = buf_in(m->arena);

    if (m->all_elements != NULL)
        return m->all_elements;
    for (int i = 0; i < ELEMENT_COUNT; i++)
        buf_printf(&out, "%s%s", i > 0 ? ", " : "", element_info((enum element)i)->name);
    m->all_elements = str_cstr(m->arena, buf_str(&out));
    return m->all_elements;
}

static void
read_attribute(struct markup *m, struct tnode *node, struct str name, struct str value)
{
    struct tattribute *attribute = arena_alloc(m->arena, sizeof *attribute);
    struct tattribute **link = &node->attributes;

    if (!attribute_find(node->element, name, &attribute->name)) {
        const char *nearest = attribute_nearest(node->element, name);
        diag_add(m->diags, nearest == NULL ? DIAG_TMPL_ATTRIBUTE_UNKNOWN : DIAG_TMPL_ATTRIBUTE_NEAR,
                 node->pos, element_info(node->element)->name, diag_str(m->diags, name),
                 nearest == NULL ? all_attributes(m, node->element) : nearest);
        m->good = false;
        return;
    }
    attribute->pos = node->pos;
    attribute->first = read_value(m, attribute->name, str_dup(m->arena, value), node->pos)->first;
    while (*link != NULL)
        link = &(*link)->next;
    *link = attribute;
}

/* What it says may be empty, where the data has nothing to say; what a template leaves out is a
 * mistake. */
static void
check_qr(struct markup *m, const struct tnode *node)
{
    const struct tattribute *text = node->attributes;

    while (text != NULL && text->name != ATTRIBUTE_qr_text)
        text = text->next;
    if (text != NULL)
        return;
    diag_add(m->diags, DIAG_DOC_ATTRIBUTE_MISSING, node->pos, element_info(ELEMENT_qr)->name,
             attribute_info(ATTRIBUTE_qr_text)->name, NULL);
    m->good = false;
}

static void XMLCALL
on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct markup *m = context;
    struct tnode *node = tnode_new(m->arena, TNODE_ELEMENT, place_now(m, 0));
    bool known = element_find(str_of(name), &node->element);

    if (m->stopped)
        return;
    if (m->builder.depth == 0 && m->builder.stack[0]->kind == TNODE_ELEMENT) {
        m->builder.stack[0]->kind = TNODE_TEXT; /* our own root element */
        return;
    }
    flush_text(m);
    node->text = str_dup(m->arena, str_of(name));
    if (!known) {
        const char *nearest = element_nearest(str_of(name));
        diag_add(m->diags, nearest == NULL ? DIAG_TMPL_ELEMENT_UNKNOWN : DIAG_TMPL_ELEMENT_NEAR,
                 node->pos, diag_str(m->diags, str_of(name)),
                 nearest == NULL ? all_elements(m) : nearest, NULL);
        m->good = false;
    }
    for (size_t i = 0; known && attributes[i] != NULL; i += 2)
        read_attribute(m, node, str_of(attributes[i]), str_of(attributes[i + 1]));
    if (known && node->element == ELEMENT_qr)
        check_qr(m, node);
    if (!builder_open(&m->builder, node))
        stop(m);
}

static void XMLCALL
on_end(void *context, const XML_Char *name)
{
    struct markup *m = context;
    const struct tnode *top = builder_top(&m->builder);

    flush_text(m);
    if (m->stopped || m->builder.depth == 0)
        return;
    if (top->kind == TNODE_ELEMENT) {
        m->builder.depth--;
        return;
    }
    diag_add(m->diags, strcmp(name, ROOT_NAME) == 0 ? DIAG_TMPL_UNCLOSED : DIAG_TMPL_UNCLOSED_IN,
             top->pos, diag_str(m->diags, tnode_name(top)), name, NULL);
    stop(m);
}

/* ---- faults of XML */

static const struct tnode *
open_element(const struct markup *m)
{
    for (size_t i = m->builder.depth; i > 0; i--) {
        if (m->builder.stack[i]->kind == TNODE_ELEMENT)
            return m->builder.stack[i];
    }
    return NULL;
}

static void
tell_mismatch(struct markup *m, struct pos pos, bool at_end)
{
    const struct tnode *open = open_element(m);

    if (open == NULL)
        diag_add(m->diags, DIAG_TMPL_XML_CLOSE, pos, NULL, NULL, NULL);
    else if (at_end)
        diag_add(m->diags, DIAG_TMPL_XML_UNCLOSED, open->pos, diag_str(m->diags, open->text), NULL,
                 NULL);
    else
        diag_add(m->diags, DIAG_TMPL_XML_MISMATCH, pos, diag_str(m->diags, open->text),
                 diag_printf(m->diags, "%u", open->pos.line), NULL);
}

static void
tell_fault(struct markup *m)
{
    XML_Index index =
        XML_GetErrorCode(m->parser) == XML_ERROR_NO_MEMORY ? 0 : XML_GetCurrentByteIndex(m->parser);
    struct pos pos = place(m, index < 0 ? 0 : (size_t)index);
    bool at_end = m->piece_at + 1 == m->piece_count;

    switch (XML_GetErrorCode(m->parser)) {
    case XML_ERROR_NO_MEMORY:
        arena_oom(m->bytes.len);
    case XML_ERROR_TAG_MISMATCH:
        if (pos.column > 2)
            pos.column -= 2; /* expat means the name, people the tag */
        tell_mismatch(m, pos, at_end);
        return;
    case XML_ERROR_UNDEFINED_ENTITY:
        diag_add(m->diags, DIAG_TMPL_XML_ENTITY, pos, NULL, NULL, NULL);
        return;
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
        diag_add(m->diags, DIAG_TMPL_XML_TWICE, pos, NULL, NULL, NULL);
        return;
    default:
        diag_add(m->diags, m->pieces[m->piece_at].tag ? DIAG_TMPL_TAG_PLACE : DIAG_TMPL_XML, pos,
                 NULL, NULL, NULL);
    }
}

static bool
run_expat(struct markup *m)
{
    m->parser = XML_ParserCreate("UTF-8");
    if (m->parser == NULL)
        arena_oom(m->bytes.len);
    XML_SetUserData(m->parser, m);
    XML_SetElementHandler(m->parser, on_start, on_end);
    XML_SetCharacterDataHandler(m->parser, on_text);
    enum XML_Status status = XML_Parse(m->parser, m->bytes.ptr, (int)m->bytes.len, XML_TRUE);
    if (status != XML_STATUS_OK && XML_GetErrorCode(m->parser) != XML_ERROR_ABORTED) {
        tell_fault(m);
        m->good = false;
    }
    XML_ParserFree(m->parser);
    return m->good;
}

struct tnode *
markup_parse(struct arena *arena, struct diags *diags, const char *file, struct str bytes)
{
    struct markup *m = arena_alloc(arena, sizeof *m);
    struct tnode *root = tnode_new(arena, TNODE_ELEMENT, (struct pos){file, 1, 1});

    *m = (struct markup){.arena = arena, .diags = diags, .file = file, .good = true};
    m->bytes = buf_in(arena);
    m->text = buf_in(arena);
    if (bytes.len > TMPL_BYTES_MAX) {
        diag_add(diags, DIAG_TMPL_FILE_SIZE, root->pos,
                 diag_printf(diags, "%zu", TMPL_BYTES_MAX >> 20), NULL, NULL);
        return NULL;
    }
    if (!lex(arena, diags, file, bytes, LEX_XML, &m->tokens))
        return NULL;
    make_bytes(m);
    m->pos_at = m->pieces[0].pos;
    builder_start(&m->builder, arena, diags, LEX_XML, root);
    if (!run_expat(m) || !builder_end(&m->builder))
        return NULL;
    return root;
}
