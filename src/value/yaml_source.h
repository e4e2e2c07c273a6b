/* Between libyaml's marks and the text of the file. For files of this room only. */
#ifndef VALUE_YAML_SOURCE_H
#define VALUE_YAML_SOURCE_H

#include <yaml.h>

#include "value/reader.h"

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

#endif
