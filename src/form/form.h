/* A whole report as one workbook to be filled in. Which sheets it has follows from the template's
 * schema: the first has a row for each single field of the root and of maps in it (name, value,
 * help); each list and keyed field is a sheet of its own, a table with a row for each entry. A map,
 * list or keyed field may ask for a name of its sheet (`sheet` in schema.yaml); a keyed field whose
 * entries are single values stands in rows of the sheet around it. */
#ifndef FORM_FORM_H
#define FORM_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct field;
struct schema;
struct value;
struct workbook;

/* The kind of form that is written, and the newest that is read. */
#define FORM_VERSION 1

struct form_sheet {
    struct str name;
    struct str path;           /* of the field; empty for the root */
    const struct field *field; /* FIELD_MAP: rows; else a table */
    bool engines;              /* the field is not the template's but a key of the engine */
};

struct form {
    struct form_sheet *sheets;
    size_t count;
};

/* The sheets of a template's form, in order. */
struct form form_of(struct arena *arena, const struct schema *schema);

/* True when a field stands in rows of the sheet of the map around it. */
bool form_is_in_rows(const struct field *field);

/* The name of the template that a filled form is for, out of its first sheets. False with
 * FORM_NO_TEMPLATE or FORM_NEWER. */
bool form_template(struct diags *diags, const struct workbook *workbook, const char *file,
                   struct str *name, struct pos *pos);

/* The report that a filled form holds, not yet typed. Sheets that are not part of it are told in
 * notes. NULL with FORM_SHEET_MISSING or messages of join.h. */
struct value *form_read(struct arena *arena, struct diags *diags, const struct schema *schema,
                        const struct workbook *workbook, const char *file);

/* join_compare() for the tables of a form. */
void form_compare(struct arena *arena, struct diags *diags, const struct schema *schema,
                  const struct workbook *workbook, const struct value *rubric);

/* What a new form is to hold. */
struct form_start {
    struct str template_name;
    const struct value *rubric; /* its typed tree, or NULL: its entries stand in the form */
    const struct value *report; /* an untyped report whose values are filled in, or NULL */
};

/* Writes the form of a template as XLSX. *holes is how many of its cells hold one (SCHEMA_HOLE).
 * Warns of fields for which a table has no place (FORM_NO_PLACE). False with FORM_WRITE. */
bool form_write(struct arena *arena, struct diags *diags, const struct schema *schema,
                const struct form_start *start, struct str *bytes, size_t *holes);

#endif
