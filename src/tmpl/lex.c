/* Finds the tags, decides which lines consist of tags alone, then gives out the tokens. Rules:
 * Mustache specification 1.4 (standalone lines, set delimiters, inheritance). */
#include "tmpl/tree.h"

#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"

#define DELIMITER_MAX 16

struct tag {
    enum token_kind kind;
    enum token_kind opened; /* TOKEN_CLOSE: what it closes */
    struct str text;
    struct pos pos;
    size_t from, to;
    size_t lead_end; /* where the text before it ends */
    size_t resume;   /* where the text after it begins */
    struct str indent;
    bool line_first, standalone;
    size_t inner; /* bytes before its text */
    bool of_xml;  /* TOKEN_COMMENT: <!-- … --> */
};

struct lexer {
    struct arena *arena;
    struct diags *diags;
    struct str src;
    enum lex_mode mode;
    struct str open, close;
    struct pos pos; /* of src[at] */
    size_t at;
    struct tag *tags;
    size_t count, cap;
    struct tokens *out;
};

struct pos
lex_pos_after(struct pos pos, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n') {
            pos.line++;
            pos.column = 1;
        } else if (((unsigned char)text.ptr[i] & 0xC0) != 0x80) {
            pos.column++;
        }
    }
    return pos;
}

/* The place of an offset that is not before the last one asked for. */
static struct pos
pos_at(struct lexer *lexer, size_t at)
{
    if (at > lexer->at) {
        lexer->pos = lex_pos_after(lexer->pos, str_sub(lexer->src, lexer->at, at - lexer->at));
        lexer->at = at;
    }
    return lexer->pos;
}

static bool
here(const struct lexer *lexer, size_t at, struct str what)
{
    return str_eq(str_sub(lexer->src, at, what.len), what);
}

static size_t
find_from(const struct lexer *lexer, size_t at, struct str what)
{
    size_t found = str_find(str_sub(lexer->src, at, lexer->src.len), what);

    return found == SIZE_MAX ? SIZE_MAX : at + found;
}

/* ---- finding tags */

static struct tag *
add_tag(struct lexer *lexer, enum token_kind kind, size_t from, size_t to)
{
    struct tag *tag = ARENA_ADD(lexer->arena, lexer->tags, lexer->count, lexer->cap, 64);
    *tag = (struct tag){.kind = kind, .from = from, .to = to, .lead_end = from, .resume = to};
    tag->pos = pos_at(lexer, from);
    return tag;
}

/* The closing delimiter `tail`, but none inside the quoted argument of a filter. */
static size_t
find_close(const struct lexer *lexer, size_t at, struct str tail)
{
    bool filters = false;
    char quote = '\0';

    for (; at < lexer->src.len; at++) {
        char c = lexer->src.ptr[at];
        if (quote != '\0') {
            if (c == '\\' && at + 1 < lexer->src.len)
                at++;
            else if (c == quote)
                quote = '\0';
        } else if (here(lexer, at, tail)) {
            return at;
        } else if (c == '|') {
            filters = true;
        } else if (filters && (c == '"' || c == '\'')) {
            quote = c;
        }
    }
    return SIZE_MAX;
}

static bool
is_delimiter(struct str text)
{
    return text.len > 0 && text.len <= DELIMITER_MAX && str_find(text, STR("=")) == SIZE_MAX &&
           str_find(text, STR("\n")) == SIZE_MAX;
}

/* {{=<% %>=}}: the words between the equals signs are the delimiters from here on. */
static bool
set_delimiters(struct lexer *lexer, const struct tag *tag)
{
    struct str text = tag->text;
    size_t blank = 0;

    while (blank < text.len && !ascii_is_blank(text.ptr[blank]) && text.ptr[blank] != '\n')
        blank++;
    struct str open = str_sub(text, 0, blank);
    struct str close = str_trim(str_sub(text, blank, text.len));
    if (is_delimiter(open) && is_delimiter(close) && str_find(close, STR(" ")) == SIZE_MAX) {
        lexer->open = open;
        lexer->close = close;
        return true;
    }
    diag_add(lexer->diags, DIAG_TMPL_DELIMITERS, tag->pos, diag_str(lexer->diags, text), NULL,
             NULL);
    return false;
}

static enum token_kind
kind_of_sign(char sign)
{
    switch (sign) {
    case '#':
        return TOKEN_SECTION;
    case '^':
        return TOKEN_INVERTED;
    case '/':
        return TOKEN_CLOSE;
    case '!':
        return TOKEN_COMMENT;
    case '>':
        return TOKEN_PARTIAL;
    case '<':
        return TOKEN_PARENT;
    case '$':
        return TOKEN_BLOCK;
    case '&':
        return TOKEN_RAW;
    case '=':
        return TOKEN_DELIMITERS;
    default:
        return TOKEN_VALUE;
    }
}

/* Reads the tag whose opening delimiter stands at `from`; gives the offset after it. */
static bool
read_tag(struct lexer *lexer, size_t from, size_t *next)
{
    size_t inner = from + lexer->open.len, end;
    struct str tail = lexer->close;
    enum token_kind kind = TOKEN_VALUE;

    while (inner < lexer->src.len && ascii_is_blank(lexer->src.ptr[inner]))
        inner++;
    if (inner < lexer->src.len)
        kind = kind_of_sign(lexer->src.ptr[inner]);
    if (str_is(lexer->open, "{{") && here(lexer, inner, STR("{"))) {
        kind = TOKEN_RAW;
        tail = STR("}}}");
    } else if (kind == TOKEN_DELIMITERS) {
        struct buf buf = buf_in(lexer->arena);
        buf_byte(&buf, '=');
        buf_add(&buf, lexer->close);
        tail = buf_str(&buf);
    }
    if (kind != TOKEN_VALUE)
        inner++;
    if (kind == TOKEN_COMMENT || kind == TOKEN_DELIMITERS)
        end = find_from(lexer, inner, tail);
    else
        end = find_close(lexer, inner, tail);
    if (end == SIZE_MAX) {
        diag_add(lexer->diags, DIAG_TMPL_TAG_UNCLOSED, pos_at(lexer, from),
                 diag_str(lexer->diags, lexer->open), diag_str(lexer->diags, tail), NULL);
        return false;
    }
    struct tag *tag = add_tag(lexer, kind, from, end + tail.len);
    tag->text = str_trim(str_sub(lexer->src, inner, end - inner));
    tag->inner = (size_t)(tag->text.ptr - (lexer->src.ptr + from));
    *next = tag->to;
    return kind != TOKEN_DELIMITERS || set_delimiters(lexer, tag);
}

/* Comments of XML and its declaration are taken out like comment tags. */
static bool
read_xml_comment(struct lexer *lexer, size_t from, size_t *next)
{
    bool comment = here(lexer, from, STR("<!--"));
    struct str tail = comment ? STR("-->") : STR("?>");
    size_t end = find_from(lexer, from + 4, tail);

    if (end == SIZE_MAX) {
        diag_add(lexer->diags, DIAG_TMPL_TAG_UNCLOSED, pos_at(lexer, from),
                 comment ? "<!--" : "<?xml", comment ? "-->" : "?>", NULL);
        return false;
    }
    add_tag(lexer, TOKEN_COMMENT, from, end + tail.len)->of_xml = true;
    *next = end + tail.len;
    return true;
}

static bool
find_tags(struct lexer *lexer)
{
    bool xml = lexer->mode == LEX_XML;

    for (size_t at = 0; at < lexer->src.len;) {
        bool good = true;
        if (lexer->src.ptr[at] == lexer->open.ptr[0] && here(lexer, at, lexer->open))
            good = read_tag(lexer, at, &at);
        else if (xml && lexer->src.ptr[at] == '<' &&
                 (here(lexer, at, STR("<!--")) || (at == 0 && here(lexer, at, STR("<?xml ")))))
            good = read_xml_comment(lexer, at, &at);
        else
            at++;
        if (!good)
            return false;
        if (lexer->count > LEX_TAGS_MAX) {
            diag_add(lexer->diags, DIAG_TMPL_TOO_MANY_TAGS, lexer->pos,
                     diag_printf(lexer->diags, "%d", LEX_TAGS_MAX), NULL, NULL);
            return false;
        }
    }
    return true;
}

/* ---- lines of tags alone */

/* Notes for each closing tag what it closes; faults are told by the parser. */
static void
match_closes(struct lexer *lexer)
{
    enum token_kind *stack = arena_array(lexer->arena, lexer->count + 1, sizeof *stack);
    size_t depth = 0;

    for (size_t i = 0; i < lexer->count; i++) {
        struct tag *tag = &lexer->tags[i];
        if (tag->kind == TOKEN_SECTION || tag->kind == TOKEN_INVERTED ||
            tag->kind == TOKEN_PARENT || tag->kind == TOKEN_BLOCK)
            stack[depth++] = tag->kind;
        else if (tag->kind == TOKEN_CLOSE && depth > 0)
            tag->opened = stack[--depth];
    }
}

static bool
is_blank_between(const struct lexer *lexer, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (!ascii_is_blank(lexer->src.ptr[i]))
            return false;
    }
    return true;
}

static bool
ends_line(const struct lexer *lexer, size_t at)
{
    return at == lexer->src.len || lexer->src.ptr[at] == '\n' || here(lexer, at, STR("\r\n"));
}

/* The offset of the next line. */
static size_t
next_line(const struct lexer *lexer, size_t at)
{
    if (here(lexer, at, STR("\r\n")))
        return at + 2;
    return at < lexer->src.len ? at + 1 : at;
}

/* Several tags on a line stand alone when they are those of inheritance, and no block both begins
 * and ends there but as the argument of a parent that begins there too. */
static bool
may_share_line(const struct tag *tags, size_t count)
{
    size_t parents = 0, blocks = 0;

    for (size_t i = 0; i < count; i++) {
        enum token_kind kind = tags[i].kind == TOKEN_CLOSE ? tags[i].opened : tags[i].kind;
        if (kind != TOKEN_PARENT && kind != TOKEN_BLOCK)
            return false;
        if (tags[i].kind == TOKEN_PARENT)
            parents++;
        else if (tags[i].kind == TOKEN_BLOCK)
            blocks++;
        else if (kind == TOKEN_BLOCK && blocks > 0 && parents == 0)
            return false;
        else if (kind == TOKEN_BLOCK && blocks > 0)
            blocks--;
        else if (kind == TOKEN_PARENT && parents > 0)
            parents--;
    }
    return true;
}

static bool
may_stand_alone(const struct lexer *lexer, const struct tag *tags, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (!is_blank_between(lexer, tags[i - 1].to, tags[i].from))
            return false;
    }
    if (count > 1)
        return may_share_line(tags, count);
    return tags->kind != TOKEN_VALUE && tags->kind != TOKEN_RAW;
}

/* Where a line's text begins: in XML mode its indentation means nothing. */
static size_t
skip_indent(const struct lexer *lexer, size_t at)
{
    while (lexer->mode == LEX_XML && at < lexer->src.len && ascii_is_blank(lexer->src.ptr[at]))
        at++;
    return at;
}

/* Handles the tags of one line (`line` is the offset at which the first one's line begins). */
static void
mark_line(const struct lexer *lexer, struct tag *tags, size_t count, size_t line)
{
    struct tag *last = &tags[count - 1];
    size_t end = last->to;

    tags->line_first = is_blank_between(lexer, line, tags->from);
    if (!tags->line_first)
        return;
    tags->indent = str_sub(lexer->src, line, tags->from - line);
    while (end < lexer->src.len && ascii_is_blank(lexer->src.ptr[end]))
        end++;
    if (!ends_line(lexer, end) || !may_stand_alone(lexer, tags, count))
        return;
    for (size_t i = 0; i < count; i++) {
        tags[i].standalone = true;
        tags[i].indent = tags->indent;
        tags[i].lead_end = i == 0 ? line : tags[i - 1].to;
    }
    last->resume = skip_indent(lexer, next_line(lexer, end));
}

/* {{!}} at a line's end joins the lines without a space. */
static void
mark_join(const struct lexer *lexer, struct tag *tag)
{
    size_t end = tag->to;

    while (end < lexer->src.len && ascii_is_blank(lexer->src.ptr[end]))
        end++;
    if (end == lexer->src.len || !ends_line(lexer, end))
        return;
    tag->resume = skip_indent(lexer, next_line(lexer, end));
}

static void
mark_lines(struct lexer *lexer)
{
    size_t line = 0, seen = 0;

    for (size_t i = 0; i < lexer->count;) {
        size_t count = 1;
        for (; seen < lexer->tags[i].from; seen++) {
            if (lexer->src.ptr[seen] == '\n')
                line = seen + 1;
        }
        while (i + count < lexer->count &&
               memchr(lexer->src.ptr + lexer->tags[i + count - 1].to, '\n',
                      lexer->tags[i + count].from - lexer->tags[i + count - 1].to) == NULL)
            count++;
        mark_line(lexer, &lexer->tags[i], count, line);
        i += count;
        seen = lexer->tags[i - 1].to;
    }
    for (size_t i = 0; lexer->mode == LEX_XML && i < lexer->count; i++) {
        struct tag *tag = &lexer->tags[i];
        if (tag->kind == TOKEN_COMMENT && !tag->of_xml && !tag->standalone)
            mark_join(lexer, tag);
    }
}

/* ---- giving out tokens */

static struct token *
add_token(struct lexer *lexer, enum token_kind kind, struct str text, struct pos pos)
{
    struct tokens *out = lexer->out;

    struct token *token = ARENA_ADD(lexer->arena, out->token, out->count, out->cap, 64);
    *token = (struct token){.kind = kind, .text = text, .pos = pos, .text_pos = pos};
    return token;
}

static bool
starts_line(const struct lexer *lexer, size_t at)
{
    return at == 0 || lexer->src.ptr[at - 1] == '\n';
}

/* Text mode: each line is a token for its indentation and one for the rest. */
static void
give_lines(struct lexer *lexer, size_t from, size_t to)
{
    while (from < to) {
        size_t at = from;
        if (starts_line(lexer, at)) {
            while (at < to && ascii_is_blank(lexer->src.ptr[at]))
                at++;
            add_token(lexer, TOKEN_LINE, str_sub(lexer->src, from, at - from), pos_at(lexer, from));
            from = at;
        }
        while (at < to && lexer->src.ptr[at] != '\n')
            at++;
        if (at < to)
            at++;
        if (at > from)
            add_token(lexer, TOKEN_TEXT, str_sub(lexer->src, from, at - from), pos_at(lexer, from));
        from = at;
    }
}

/* The code point of "&#10;" or "&#x0A;", up to its semicolon; expat tells what is malformed. */
static uint32_t
referred(struct str text)
{
    bool hex = text.len > 2 && text.ptr[2] == 'x';
    uint32_t code = 0;

    for (size_t i = hex ? 3 : 2; i < text.len && text.ptr[i] != ';'; i++) {
        int digit = ascii_hex(text.ptr[i]);
        if (digit < 0 || (digit > 9 && !hex) || code > 0x10FFFF)
            return code;
        code = code * (hex ? 16 : 10) + (uint32_t)digit;
    }
    return code;
}

/* Control characters, private use (which stand for tags) and noncharacters. */
static bool
may_not_be_written(uint32_t code)
{
    return (code < 0x20 && code != '\t' && code != '\n') || (code >= 0x7F && code < 0xA0) ||
           (code >= 0xD800 && code < 0xF900) || (code >= 0xFDD0 && code <= 0xFDEF) ||
           (code & 0xFFFE) == 0xFFFE || code == 0xFEFF || code >= 0xF0000;
}

static bool
refuse_xml(struct lexer *lexer, size_t at, enum diag_code code, struct str what)
{
    diag_add(lexer->diags, code, pos_at(lexer, at), diag_str(lexer->diags, what), NULL, NULL);
    return false;
}

static bool
check_xml(struct lexer *lexer, size_t at)
{
    struct str rest = str_sub(lexer->src, at, lexer->src.len);

    if (rest.ptr[0] == '<' && rest.len > 1 && (rest.ptr[1] == '!' || rest.ptr[1] == '?'))
        return refuse_xml(lexer, at, DIAG_TMPL_XML_DECLARATION, str_sub(rest, 0, 9));
    if (str_starts(rest, STR("&#")) && may_not_be_written(referred(rest)))
        return refuse_xml(lexer, at, DIAG_TMPL_CHARACTER,
                          str_sub(rest, 0, str_find(rest, STR(";"))));
    return true;
}

/* XML mode: text as it is, but &nbsp; is a token of its own. */
static bool
give_xml(struct lexer *lexer, size_t from, size_t to)
{
    for (size_t at = from; at < to; at++) {
        char c = lexer->src.ptr[at];
        if (c != '<' && c != '&')
            continue;
        if (!check_xml(lexer, at))
            return false;
        if (at + 6 > to || !here(lexer, at, STR("&nbsp;")))
            continue;
        if (at > from)
            add_token(lexer, TOKEN_TEXT, str_sub(lexer->src, from, at - from), pos_at(lexer, from));
        add_token(lexer, TOKEN_TEXT, STR("\xC2\xA0"), pos_at(lexer, at));
        from = at + 6;
        at = from - 1;
    }
    if (to > from)
        add_token(lexer, TOKEN_TEXT, str_sub(lexer->src, from, to - from), pos_at(lexer, from));
    return true;
}

/* XML mode: a "<" or "&" whose rest would stand behind a tag that leaves nothing. To expat the two
 * would be one, which nobody has checked. */
static bool
check_cut(struct lexer *lexer, size_t from, const struct tag *tag)
{
    const char *src = lexer->src.ptr;
    size_t at = tag->lead_end;

    if (lexer->mode != LEX_XML || (tag->kind != TOKEN_COMMENT && tag->kind != TOKEN_DELIMITERS))
        return true;
    if (src[at - 1] != '<')
        while (at > from && src[at - 1] != '&' && src[at - 1] != ';')
            at--;
    if (at == from || src[at - 1] == ';')
        return true;
    diag_add(lexer->diags, DIAG_TMPL_XML, pos_at(lexer, at - 1), NULL, NULL, NULL);
    return false;
}

static bool
give_text(struct lexer *lexer, size_t from, size_t to)
{
    if (lexer->mode == LEX_XML)
        return give_xml(lexer, from, to);
    give_lines(lexer, from, to);
    return true;
}

static bool
give_tokens(struct lexer *lexer)
{
    size_t from = 0;

    for (size_t i = 0; i < lexer->count; i++) {
        const struct tag *tag = &lexer->tags[i];
        if (tag->lead_end > from &&
            (!give_text(lexer, from, tag->lead_end) || !check_cut(lexer, from, tag)))
            return false;
        if (lexer->mode == LEX_TEXT && !tag->standalone && starts_line(lexer, tag->from))
            add_token(lexer, TOKEN_LINE, STR(""), tag->pos);
        struct token *token = add_token(lexer, tag->kind, tag->text, tag->pos);
        if (!tag->of_xml)
            token->text_pos = lex_pos_after(tag->pos, str_sub(lexer->src, tag->from, tag->inner));
        token->indent = tag->indent;
        token->line_first = tag->line_first;
        token->standalone = tag->standalone;
        from = tag->resume;
    }
    return from >= lexer->src.len || give_text(lexer, from, lexer->src.len);
}

bool
lex(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
    enum lex_mode mode, struct tokens *out)
{
    struct lexer lexer = {.arena = arena,
                          .diags = diags,
                          .src = bytes,
                          .mode = mode,
                          .open = STR("{{"),
                          .close = STR("}}"),
                          .pos = {file, 1, 1},
                          .out = out};

    *out = (struct tokens){NULL, 0, 0};
    if (!find_tags(&lexer))
        return false;
    match_closes(&lexer);
    mark_lines(&lexer);
    lexer.pos = (struct pos){file, 1, 1};
    lexer.at = 0;
    return give_tokens(&lexer);
}
