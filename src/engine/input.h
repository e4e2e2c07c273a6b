/* The files that a report is made from, as they were read: what its PDF carries, what the manifest
 * tells, and what no output may be written over. */
#ifndef ENGINE_INPUT_H
#define ENGINE_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct banthuek;

enum input_role {
    INPUT_REPORT,
    INPUT_DATA,     /* tables and pictures that the report names */
    INPUT_TEMPLATE, /* schema, style, markup, words, pictures of the template */
    INPUT_RUBRIC,
    INPUT_FONT,
    INPUT_EMBLEM
};
#define INPUT_ROLES 6

/* `name` is how a folder made from the PDF calls it: relative, "/" between folders, and what no
 * such folder holds (fonts, emblem) by the file's own name alone. */
struct input {
    enum input_role role;
    struct str name;
    const char *path; /* as it was opened */
    struct str bytes;
    struct input *next;
};

/* What a folder that holds a report calls the template that it brings along, and the manifest. */
#define INPUT_TEMPLATE_DIR "template"
#define INPUT_MANIFEST "manifest.json"
#define INPUT_CANONICAL "report.canonical.json"
#define INPUT_FINDINGS "findings.json"

/* Notes a file that was read, once. `name` is as described above but for the folder of a template,
 * which is put before it here. `path` and `bytes` live as long as the object. */
void input_add(struct banthuek *b, enum input_role role, struct str name, const char *path,
               struct str bytes);

/* Notes other bytes for what was opened under this path for report or template: a picture is
 * carried as it is printed. */
void input_replace(struct banthuek *b, const char *path, struct str bytes);

/* files_read() of a file to note. */
bool input_read(struct banthuek *b, enum input_role role, struct str name, const char *path,
                size_t limit, struct str *bytes);

/* True for the report and what it names: what --no-data keeps to itself. */
bool input_is_data(enum input_role role);

/* "font", "emblem" … as the manifest writes it. */
const char *input_role_name(enum input_role role);

#endif
