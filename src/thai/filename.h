/* Names of files and paths in running text: what is in them is typed as it is, digits too. */
#ifndef THAI_FILENAME_H
#define THAI_FILENAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* Where the path or the name of a file that begins at text[at] ends; `at` when none begins there: a
 * name with an ending that is known ("รายงาน_2566(2).docx"), a path of Windows ("C:\งาน\2566") or
 * of Unix ("/งาน/2566"). Blanks are part of paths of Windows only. *none is 0 at first, and kept
 * for the same text so that no stretch is looked through for each of its brackets. */
size_t filename_end(struct str text, size_t at, size_t *none);

#endif
