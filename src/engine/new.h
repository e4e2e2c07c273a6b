/* What the files that start reports and rubrics share. */
#ifndef ENGINE_NEW_H
#define ENGINE_NEW_H

#include "base/str.h"

struct banthuek;
struct value;

/* Makes a folder where its parent is there; one that is there is good. False with
 * ENGINE_NEW_FOLDER. */
bool new_folder(struct banthuek *b, const char *dir);

/* False with ENGINE_NEW_YEAR for what is no year of a report. */
bool new_year_is_good(struct banthuek *b, int year);

/* False with ENGINE_NEW_EXISTS where a file would be written over. */
bool new_is_free(struct banthuek *b, const char *path);

/* Reads a file to start from: its text as YAML, also where it is JSON, and its tree, a map. NULL
 * with diagnostics. */
const struct value *new_read(struct banthuek *b, const char *source, struct str *text);

#endif
