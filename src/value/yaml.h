/* What the parts of the YAML reader share. libyaml reads; what it refuses or silently changes is
 * looked for in the text of the file, line by line, as the clerk sees it. For files of this room
 * only. */
#ifndef VALUE_YAML_H
#define VALUE_YAML_H

#include <yaml.h>

#include "value/reader.h"

/* ---- lines: which part is field name and which is value, and how the line is to be written */

/* "  - ชื่อ: ค่า  # comment". All slices lie in the line; the offsets are bytes in it. */
struct yaml_line {
    size_t indent;   /* blanks of any kind before the first sign */
    size_t entry_at; /* after the indentation and the dashes of list entries */
    bool is_entry;   /* there are such dashes */
    bool has_key;
    struct str key;   /* with its quotes, without the colon */
    size_t value_at;  /* after the colon and blanks, or entry_at */
    struct str value; /* from there to the end, a comment included */
};

struct yaml_line yaml_line_of(struct str line);

/* True for nothing, or a comment. */
bool yaml_is_blank(struct str text);

/* True for "|", ">", "|-", ">2+" and the like, with nothing but a comment behind: a block begins.
 */
bool yaml_begins_block(struct str value);

/* From which column on the lines below a line that ends with | or > are its text; SIZE_MAX for
 * other lines. */
size_t yaml_block_column(struct str line, const struct yaml_line *parts);

/* The line of `text` in which the byte `at` lies, without its end; its start in *start. Lines end
 * as libyaml ends them: LF, CR or CRLF. */
struct str yaml_line_at(struct str text, size_t at, size_t *start);

/* The nearest line before `start` that is neither blank nor a comment; false when there is none. */
bool yaml_line_before(struct str text, size_t start, struct str *line, size_t *line_start);

/* Adds a part of the file to a message: 240 code points at most, blanks of other kinds and marks of
 * direction as blanks. */
void yaml_add_shown(struct buf *out, struct str text);

/* The byte of a line at which the brackets that stand together begin, before one of them or what
 * follows them; `at` itself when no bracket stands before it. */
size_t yaml_bracket_start(struct str line, size_t at);

/* What stands from a byte of a line on, with the lines below that belong to the same value: those
 * that are indented more. `start` is the place of the line in the text. */
struct str yaml_whole_value(struct arena *arena, struct str text, size_t start, size_t from);

/* What ends a message: a line end, what stands in the line before the value, `|`, the value's line
 * or lines below, a line end. Without a field name and dash before it the value alone with `|`. */
const char *yaml_rewrite_block(struct arena *arena, struct str before, struct str value);

/* The same for a line that is to be as given. */
const char *yaml_rewrite_line(struct arena *arena, struct str line);

/* Lines joined as YAML folds them, but without the space between two Thai letters. */
struct str yaml_join(struct arena *arena, struct str lines);

/* True when joining the lines puts a space between two Thai letters. `folded` is for the text of a
 * block `>`, in which lines further to the right than the first stay lines. */
bool yaml_folds_thai(struct str lines, bool folded);

/* True when a line after the first begins with a dash and a blank: a list that becomes one text. */
bool yaml_folds_list(struct str lines);

/* Lone dashes that mean "none" but that YAML refuses ("key: -", "- -", "{a: - }"), made tildes in a
 * copy of the text. `at` are their places in order. Without any `copy` is NULL. */
struct yaml_patches {
    char *copy;
    size_t *at;
    size_t count;
};

struct yaml_patches yaml_patch_dashes(struct arena *arena, struct str text);

/* ---- between libyaml's marks and the text of the file */

/* libyaml's marks count code points; the cursor finds their bytes. Marks come nearly in order, so
 * that moving it costs little. */
struct yaml_source {
    struct reader *reader;
    struct str text; /* as in the file, decoded */
    size_t byte;
    size_t index;
    unsigned last_error_line;
    bool is_lost; /* an error was told after which all others are but consequences */
};

/* The byte of a mark; the text's length beyond its end. */
size_t yaml_source_byte(struct yaml_source *source, yaml_mark_t mark);

struct pos yaml_source_pos(const struct yaml_source *source, yaml_mark_t mark);

/* reader_error() that remembers the line. */
void yaml_source_error(struct yaml_source *source, enum diag_code code, struct pos pos,
                       const char *arg1, const char *arg2, const char *arg3);

/* The place of a byte; counts from the beginning. */
struct pos yaml_source_place(const struct yaml_source *source, size_t byte);

/* Tells of blanks that are no spaces where only spaces may stand, a line each, rewritten: YAML_TAB,
 * YAML_BLANK or YAML_BLANK_LINE. `unseen`: of signs without width too. False when there are none.
 */
bool yaml_tell_blanks(struct yaml_source *source, bool unseen);

/* Tells of brackets that were most likely meant as text (YAML_BEGINS_WITH), with the whole line
 * rewritten: with `|` where they begin the value, else in quotes. `byte` may be that of any of the
 * brackets that stand together, or of what follows them. */
void yaml_tell_bracket(struct yaml_source *source, size_t byte);

/* Tells of a colon without a space behind it in the line of a byte (YAML_COLON_SPACE); false when
 * there is none. */
bool yaml_tell_colon(struct yaml_source *source, size_t byte);

/* Says in a clerk's words what libyaml stumbled over. Silent when an error was told just before,
 * of which this one is the consequence. */
void yaml_tell(struct yaml_source *source, const yaml_parser_t *parser);

/* ---- what YAML changes without a word */

/* Bytes of the file. */
struct yaml_span {
    size_t start;
    size_t end;
};

/* A scalar as libyaml found it. */
struct yaml_scalar {
    struct yaml_span span;
    struct pos pos;
    yaml_scalar_style_t style;
    bool in_flow;
    bool has_key; /* it is the value of a field */
    struct str key;
    struct yaml_span key_span;
    struct pos key_pos;
    const struct value *before; /* the field before it */
};

/* Adds YAML_HASH, YAML_FOLD, YAML_FOLD_LIST, YAML_QUOTE_OPEN or YAML_FLOW_KEY, one at most. */
void yaml_check_scalar(struct yaml_source *source, const struct yaml_scalar *scalar);

/* Tells of a no-break space and its like before a field's name, and of all others of the file;
 * reading ends with it. */
void yaml_check_key(struct yaml_source *source, struct yaml_span span, struct pos pos);

/* The value that begins at the span, to the end of its line, rewritten with `|`. */
const char *yaml_show_value(struct yaml_source *source, struct yaml_span span);

#endif
