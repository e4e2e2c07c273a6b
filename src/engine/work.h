/* What the stages of a report work with: memory, messages, the files that are read, and what is
 * asked for. */
#ifndef ENGINE_WORK_H
#define ENGINE_WORK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/str.h"

struct arena;
struct cache;
struct held;
struct places;
struct value;
struct watch;
struct wishes;

/* ---- the files that a report is made from: what its PDF carries, what the manifest tells, and
 * what no output may be written over */

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
    size_t size; /* of the bytes */
    struct input_facts *facts;
    struct input *next;
};

/* What follows from the bytes of a file, found out when it is first asked for (input_hash()):
 * reports that share the file share this too. */
struct input_facts {
    struct arena *shared; /* where they lie when reports share them, or NULL */
    bool hashed;
    struct hash hash;
    struct str deflated; /* as a PDF holds it */
};

struct inputs {
    struct input *first, *last;
};

/* What a folder that holds a report calls the template that it brings along, and the files that a
 * PDF carries besides what was read. */
#define INPUT_TEMPLATE_DIR "template"
#define INPUT_MANIFEST "manifest.json"
#define INPUT_CANONICAL "report.canonical.json"
#define INPUT_FINDINGS "findings.json"

/* ---- the work */

struct work {
    struct arena *arena; /* what stages return lives here */
    struct diags *diags;
    const struct files *files;
    const struct places *places; /* where templates, rubrics, fonts and the emblem lie */
    const struct wishes *wishes; /* NULL while what reports share is made */
    struct inputs *inputs;
    struct cache *cache; /* what reports share */
    struct held *held;   /* what of it this report uses */
    struct watch *watch; /* notes what is read and looked for; NULL: nobody asks */
};

/* Notes a file that was read, once. `name` is as described above but for the folder of a template,
 * which is put before it here. `path` and `bytes` live as long as the work. */
void input_add(struct work *w, enum input_role role, struct str name, const char *path,
               struct str bytes);

/* input_add() for a file out of the cache, with the facts that reports share. */
void input_add_shared(struct work *w, enum input_role role, struct str name, const char *path,
                      struct str bytes, struct input_facts *facts);

/* Notes a file that is not at hand, but known by its size and hash. */
void input_add_known(struct work *w, enum input_role role, struct str name, size_t size,
                     const struct hash *hash);

/* Facts of which none is known yet. */
struct input_facts *input_facts_new(struct work *w);

/* Notes other bytes for what was opened under this path for report or template: a picture is
 * carried as it is printed. */
void input_replace(struct work *w, const char *path, struct str bytes);

/* work_read() of a file to note. */
bool input_read(struct work *w, enum input_role role, struct str name, const char *path,
                size_t limit, struct str *bytes);

/* Adds an input to a list that does not have it yet. */
void inputs_append(struct inputs *inputs, struct arena *arena, const struct input *input);

/* The hash of an input's bytes. */
const struct hash *input_hash(struct work *w, const struct input *input);

/* The bytes of an input as a PDF holds them, when reports share them; else empty. */
struct str input_deflated(struct work *w, const struct input *input);

/* True for the report and the files that it names: --no-data keeps these to itself. */
bool input_is_data(enum input_role role);

/* "font", "emblem" … as the manifest writes it. */
const char *input_role_name(enum input_role role);

/* files_read(), files_read_inside(), files_exists() and files_list() that are watched. */
bool work_read(struct work *w, const char *path, size_t limit, struct str *bytes);
bool work_read_inside(struct work *w, struct pos at, const char *dir, struct str name, size_t limit,
                      struct str *bytes);
bool work_exists(struct work *w, const char *path);
bool work_list(struct work *w, const char *path, struct files_list *out);

/* Reads a YAML file, its bytes too unless `bytes` is NULL. NULL with diagnostics. */
const struct value *work_yaml(struct work *w, const char *path, struct str *bytes);

/* How many errors were told so far. */
size_t work_errors(const struct work *w);

/* False with ENGINE_STRICT when there are warnings. */
bool work_without_warnings(struct work *w);

#endif
