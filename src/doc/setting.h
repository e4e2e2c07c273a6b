/* Single values of style files. For files of this room only. */
#ifndef DOC_SETTING_H
#define DOC_SETTING_H

#include <stdbool.h>

#include "base/str.h"

enum setting_kind {
    SETTING_LENGTH,
    SETTING_SIZE,   /* of type, or a line pitch: never 0 */
    SETTING_SIGNED, /* a length that may be negative */
    SETTING_INT,
    SETTING_BOOL,
    SETTING_COLOUR,
    SETTING_TEXT,
    SETTING_ALIGN,
    SETTING_JUSTIFY
};

/* Reads a value as the style file has it into a field: mpt for lengths, int, bool, struct colour,
 * enum style_align, enum style_justify or struct str. False when it is none of the kind. */
bool setting_read(struct str text, enum setting_kind kind, void *field);

/* What such a value looks like, for messages. */
const char *setting_form(enum setting_kind kind);

#endif
