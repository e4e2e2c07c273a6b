/* The lexer of both modes: cuts a template into text and Mustache tags, before anything is known
 * of XML. It applies the rules of the Mustache specification for tags that stand alone on their
 * line. For files of this room only. */
#ifndef TMPL_LEX_H
#define TMPL_LEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

enum lex_mode { LEX_TEXT, LEX_XML };

enum token_kind {
    TOKEN_TEXT,
    TOKEN_LINE,  /* LEX_TEXT: a line begins; `text` is its indentation */
    TOKEN_VALUE, /* {{a}} */
    TOKEN_RAW,   /* {{{a}}} {{&a}} */
    TOKEN_SECTION,
    TOKEN_INVERTED,
    TOKEN_CLOSE,
    TOKEN_COMMENT, /* also a comment of XML */
    TOKEN_PARTIAL,
    TOKEN_PARENT,
    TOKEN_BLOCK,
    TOKEN_DELIMITERS
};

struct token {
    enum token_kind kind;
    struct str text;     /* of a tag: what is inside, without the sign before it, trimmed */
    struct pos pos;      /* of its first delimiter */
    struct pos text_pos; /* of the text in it */
    struct str indent;   /* blanks before a tag that is the first of its line */
    bool line_first;
    bool standalone; /* its line is gone but for the tag */
};

struct tokens {
    struct token *token;
    size_t count;
    size_t cap;
};

/* Tags that one file may hold; markup.c has a code point of plane 15 for each. */
#define LEX_TAGS_MAX 60000

/* Cuts `bytes` (UTF-8, normalised) into tokens that point into it. In LEX_XML comments of XML are
 * taken out, &nbsp; becomes U+00A0, a comment tag at a line's end joins the lines, and DOCTYPE,
 * CDATA, processing instructions and references to characters that may not be written are
 * refused. False with a diagnostic. */
bool lex(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
         enum lex_mode mode, struct tokens *out);

/* The place after `text` when `pos` is the place before it. */
struct pos lex_pos_after(struct pos pos, struct str text);

#endif
