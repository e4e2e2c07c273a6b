/* The template tree. A file is parsed into one (markup.c, text.c); for XML mode resolve.c makes of
 * it the tree that is evaluated: partials and bases are in their places, names point to levels.
 * For files of this room only. */
#ifndef TMPL_TREE_H
#define TMPL_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"
#include "doc/node.h"
#include "tmpl/filter.h"
#include "tmpl/tmpl.h"

struct arena;
struct field;
struct schema;
struct value;

/* ---- tokens */

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

/* ---- the tree */

/* Limits of templates. */
#define TMPL_BYTES_MAX ((size_t)4 * 1024 * 1024)
#define TMPL_NEST_MAX 64      /* elements and sections inside each other in one file */
#define TMPL_INCLUDE_MAX 64   /* partials, bases and blocks inside each other */
#define TMPL_DEPTH_MAX 256    /* elements and sections inside each other, all files together */
#define TMPL_NODES_MAX 200000 /* of the template, all files in their places */
#define TMPL_STEPS_MAX 20000000
#define TMPL_FILES_MAX 1000
#define TMPL_LEVELS_MAX 64

/* Stands for a line end with its indentation in texts of XML mode until space.c settles it. */
#define SOFT_SPACE "\xEE\x80\x80" /* U+E000 */

struct filter_use {
    const struct filter *filter;
    struct pos pos;
    struct str args[FILTER_ARGS_MAX];
    size_t arg_count;
    struct expr *operand; /* ARGUMENT_NAME, ARGUMENT_SAME: what the argument names; else NULL */
    struct filter_use *next;
};

enum special {
    SPECIAL_NONE,
    SPECIAL_INDEX, /* {{@ลำดับ}}: from 1 */
    SPECIAL_FIRST,
    SPECIAL_LAST
};

/* A name with its filters. */
struct expr {
    struct str path; /* "a.b", ".", "@รายงาน.a" */
    struct pos pos;
    enum special special;
    struct filter_use *filters;
    /* XML mode, set by resolve.c: what comes out, as a set of enum type; the level of the context
     * stack where the path begins, and the keys to follow from there */
    unsigned type;
    size_t level;
    struct str *keys;
    size_t key_count;
};

enum tnode_kind {
    TNODE_TEXT,
    TNODE_LINE, /* text mode: a line begins here, `text` is its indentation */
    TNODE_VALUE,
    TNODE_SECTION,
    TNODE_INVERTED,
    TNODE_PARTIAL,
    TNODE_PARENT,
    TNODE_BLOCK,
    TNODE_ELEMENT
};

struct tattribute {
    enum attribute name;
    struct pos pos;
    struct tnode *first;
    struct tattribute *next;
};

struct tnode {
    enum tnode_kind kind;
    struct pos pos;
    struct str text;   /* TEXT: the text; ELEMENT, PARTIAL, PARENT, BLOCK: the name */
    struct expr *expr; /* VALUE, SECTION, INVERTED; PARTIAL, PARENT: of a dynamic name */
    bool raw;          /* VALUE in text mode: not escaped */
    bool push;         /* SECTION in XML mode: its value is a level of its own */
    bool standalone, line_first;
    struct str indent;
    enum element element;
    struct tattribute *attributes;
    struct tnode *first, *last, *next;
};

struct tnode *tnode_new(struct arena *arena, enum tnode_kind kind, struct pos pos);

void tnode_append(struct tnode *parent, struct tnode *child);

/* The name in a tag, without filters; of an element its name. */
struct str tnode_name(const struct tnode *node);

/* Builds a tree: what is opened holds what follows until it is closed. */
struct builder {
    struct arena *arena;
    struct diags *diags;
    enum lex_mode mode;
    struct tnode *stack[TMPL_NEST_MAX + 1]; /* [0] is the root */
    size_t depth;
};

void builder_start(struct builder *builder, struct arena *arena, struct diags *diags,
                   enum lex_mode mode, struct tnode *root);
struct tnode *builder_top(const struct builder *builder);
void builder_add(struct builder *builder, struct tnode *node);

/* Adds a node and opens it. False with TMPL_NESTING. */
bool builder_open(struct builder *builder, struct tnode *node);

/* Handles a token of a tag; comments and delimiters leave nothing. False with a diagnostic:
 * those of expr_parse(), TMPL_RAW, TMPL_CLOSE_ALONE, TMPL_CLOSE_OTHER, TMPL_CROSSING,
 * TMPL_NESTING. */
bool builder_tag(struct builder *builder, const struct token *token);

/* False with TMPL_UNCLOSED when something is open still. */
bool builder_end(const struct builder *builder);

/* The blocks of a parent tag; those of the parents that include it win. */
struct overrides {
    const struct tnode *parent;
    const struct overrides *outer;
};

/* The block of this name that stands in for the one of an included file, or NULL. */
const struct tnode *overrides_find(const struct overrides *overrides, struct str name);

/* Adds the diagnostic unless the same stands in the list already: a partial that is used in
 * several places is checked in each. */
void tmpl_tell(struct diags *diags, enum diag_code code, struct pos pos, const char *arg1,
               const char *arg2, const char *arg3);

/* Parses the text between the braces: "a.b | filter "x" | filter2". NULL with TMPL_NAME,
 * TMPL_FILTER_SYNTAX, TMPL_FILTER_UNKNOWN, TMPL_FILTER_COUNT or TMPL_FILTER_ARGUMENT. */
struct expr *expr_parse(struct arena *arena, struct diags *diags, struct str text, struct pos pos);

/* XML mode: parses a file into a tree of elements; the node returned holds those at its top.
 * NULL with diagnostics. */
struct tnode *markup_parse(struct arena *arena, struct diags *diags, const char *file,
                           struct str bytes);

/* A set of the fields that a template refers to. */
struct used {
    const struct field **slots;
    size_t count, cap;
};
bool used_has(const struct used *used, const struct field *field);

/* What the static check is done with. */
struct check {
    struct arena *arena;
    struct diags *diags;
    const struct schema *schema;
    struct used used;
    bool good;
    /* the context stack, as far as it is known without data */
    struct check_level {
        const struct field *field; /* of the value itself, or NULL */
        unsigned type;             /* of the value itself */
        bool loop;
    } levels[TMPL_LEVELS_MAX];
    size_t level_count;
};

/* What a name with its filters gives. */
struct found {
    const struct field *field; /* NULL when filters made something else of it */
    unsigned type;
};

/* The path of a name behind "@รายงาน." or "@report.", where names of the report itself begin
 * whatever the sections around say; an empty text for other paths. */
struct str expr_from_root(struct str path);

/* Resolves the name to a level and keys, and checks the filters. False with TMPL_UNKNOWN_NAME,
 * TMPL_UNKNOWN_NEAR, TMPL_NO_PARTS, TMPL_NOT_IN_LOOP, TMPL_FILTER_TYPE, TMPL_FILTER_ARGUMENT or
 * TMPL_NOT_A_CHOICE. */
bool check_expr(struct check *check, struct expr *expr, struct found *out);

/* Pushes the level that a section over `found` makes; *pushed is false when it makes none. False
 * with TMPL_NESTING. */
bool check_push(struct check *check, const struct found *found, struct pos pos, bool *pushed);

/* ---- from parsed files to the one tree that is evaluated */

/* Puts partials, bases and blocks in their places, resolves names and checks where elements and
 * values stand. Returns the tree's root, a TNODE_ELEMENT of memo, or NULL with diagnostics. */
struct tnode *resolve(struct check *check, tmpl_source *source, void *context,
                      const struct tnode *parsed);

/* Reads a file as it is on disk into a parsed tree. NULL with diagnostics. */
struct tnode *resolve_parse(struct arena *arena, struct diags *diags, const char *file,
                            struct str bytes);

/* ---- a loaded template */

struct tmpl {
    const struct schema *schema;
    const struct tnode *root;
    struct used used;
};

/* Adds TMPL_UNUSED for each datum that the template does not refer to. */
void unused_tell(struct diags *diags, const struct tmpl *tmpl, const struct value *data);

/* ---- evaluating */

/* A level of the context stack. */
struct level {
    const struct value *value;
    bool loop;
    size_t index, count; /* in a loop; index from 0 */
};

struct eval {
    struct arena *arena;
    struct diags *diags;
    enum lex_mode mode;
    struct level levels[TMPL_DEPTH_MAX];
    size_t level_count;
    size_t depth; /* of sections, elements and inclusions */
    size_t steps;
    /* writes the nodes of a list, as the mode does */
    bool (*list)(struct eval *eval, const struct tnode *first);
    void *output;
};

/* Starts with the data as the only level. */
void eval_start(struct eval *eval, struct arena *arena, struct diags *diags, enum lex_mode mode,
                const struct value *data);

/* The value of a name after its filters (never NULL; VALUE_NONE when there is none) and the class
 * that a filter gave to its paragraphs. False with TMPL_FILTER_VALUE or as eval_step(). */
bool eval_expr(struct eval *eval, const struct expr *expr, const struct value **out,
               struct str *class);

/* Writes a section or inverted section. False after a diagnostic. */
bool eval_section(struct eval *eval, const struct tnode *node);

/* To be called for each node, each entry of a loop and each filter. False with TMPL_STEPS or
 * MEMORY_BUDGET. */
bool eval_step(struct eval *eval, struct pos pos);

/* One `depth` further in, and out again: what a list of nodes calls. False with TMPL_NESTING. */
bool eval_enter(struct eval *eval, struct pos pos);
void eval_leave(struct eval *eval);

/* ---- pieces of making the document tree */

/* Adds a text to `parent`; line ends become br. */
void document_text(struct arena *arena, struct node *parent, struct str text, unsigned flags,
                   struct pos pos);

/* Adds the entries of a text field (or a single text) as p and as nested ul and ol, each item
 * with its own marker. `class` is that of the paragraphs, or empty. */
void document_entries(struct arena *arena, struct node *parent, const struct value *value,
                      struct str class, struct pos pos);

/* Settles the white space of the whole tree: SOFT_SPACE becomes a space, or nothing at the start
 * and end of a line or block and beside another one; text between blocks goes. */
void document_settle_space(struct arena *arena, struct node *root);

#endif
