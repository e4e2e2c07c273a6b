/* The template engine: HTML-like elements with Mustache tags, parsed once into one tree. */
#ifndef TMPL_TMPL_H
#define TMPL_TMPL_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct node;
struct schema;
struct tmpl;
struct value;

/* Gives the bytes of a partial or base by name, as they are on disk, and the name that places
 * carry. False when there is none; in XML mode after a diagnostic, in text mode a missing partial
 * is nothing. */
typedef bool tmpl_source(void *context, struct str name, struct pos pos, struct str *file,
                         struct str *bytes);

/* Parses a template in XML mode and checks every name, filter and element against the schema,
 * without data. NULL with diagnostics. `file` is the name for places. */
struct tmpl *tmpl_load(struct arena *arena, struct diags *diags, const struct schema *schema,
                       tmpl_source *source, void *context, const char *file, struct str bytes);

/* Sets the data (the typed tree of schema_apply()) into the template: the document tree, checked
 * and numbered, or NULL with diagnostics. Adds TMPL_UNUSED for data that the template never
 * uses. */
struct node *tmpl_run(struct arena *arena, struct diags *diags, const struct tmpl *tmpl,
                      const struct value *data);

/* Writes the template tree for `dump --stage=template`. */
void tmpl_dump(const struct tmpl *tmpl, struct buf *out);

/* Text mode, as the Mustache specification has it: lenient, {{x}} escaped for HTML, {{{x}}} and
 * {{&x}} not. */
bool tmpl_text(struct arena *arena, struct diags *diags, tmpl_source *source, void *context,
               struct str bytes, const struct value *data, struct str *out);

/* A filter, as people are told of it. Texts of two are in English and Thai. */
struct tmpl_filter {
    const char *name, *alias;
    unsigned least, most; /* arguments */
    const char *takes[2]; /* types of values, commas between */
    const char *gives[2]; /* NULL: the type that it was given */
    bool each;            /* of a list it takes each entry */
    const char *help[2];
};

/* The filter at an index; false behind the last. */
bool tmpl_filter(struct arena *arena, size_t index, struct tmpl_filter *out);

#endif
