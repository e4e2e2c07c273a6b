/* Joining spreadsheets into the report's value tree, before it is typed.
 *
 * `ข้อมูล: {ตัวชี้วัด: คะแนน.xlsx#แผ่น1}` in a report says that a field stands in a table of cells. A
 * list of maps and a keyed field are tables whose columns are found by their titles: names or
 * aliases of the schema's fields, in one of the first rows. A list of texts is a table of one
 * column. A map is a table of two columns, the name of a field (with "." into maps inside) and its
 * value. A cell becomes VALUE_TEXT with VALUE_CELL and the cell's place. */
#ifndef FORM_JOIN_H
#define FORM_JOIN_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct field;
struct schema;
struct sheet;
struct value;

/* Titles of columns are looked for in so many rows; in a form, of which rows may have been moved
 * down by anything, in more. */
#define JOIN_TITLE_ROWS 30
#define JOIN_FORM_TITLE_ROWS 1000

/* The field that a key of `ข้อมูล` names: by its path ("ผลประเมิน.ตัวชี้วัด"), or by its name alone, at
 * the root or in the only map that has one of this name. *path is that from the root. NULL with
 * JOIN_FIELD_UNKNOWN, JOIN_FIELD_TWICE or JOIN_FIELD_KIND. */
const struct field *join_field(struct arena *arena, struct diags *diags,
                               const struct schema *schema, struct str key, struct pos pos,
                               struct str *path);

/* How a table is read. */
struct join_how {
    bool partly;  /* the report file gives the field too: columns may be missing */
    bool is_form; /* the table is a sheet of a form: rows that were filled when it was made and to
                     which nothing was added are left out */
    struct str year; /* of the report, with four Arabic digits, or empty: tells columns apart that
                        stand under one title */
};

/* What a table says of a field. A list or keyed field gives a list of maps, VALUE_NONE when no row
 * is filled. Empty rows are left out, and such of a total with the note JOIN_TOTAL. NULL after an
 * error JOIN_…. */
struct value *join_read(struct arena *arena, struct diags *diags, const struct field *field,
                        const struct sheet *sheet, struct join_how how);

/* The report with `value` at the path of `field`. What stands there already must not say anything
 * else: else JOIN_DIFFERS or JOIN_COUNT, an error that names both places. The report itself is not
 * changed. */
const struct value *join_put(struct arena *arena, struct diags *diags, const struct schema *schema,
                             const struct value *report, struct str path,
                             const struct value *value);

/* Compares what a table shows of the rubric (its names beside the codes) with it: warnings
 * JOIN_OFFICIAL. For tables that join_read() has read. */
void join_compare(struct arena *arena, struct diags *diags, const struct schema *schema,
                  const struct field *field, const struct sheet *sheet, const struct value *rubric,
                  struct join_how how);

/* The value in a report at a path of the schema, or NULL. */
const struct value *join_at(const struct schema *schema, const struct value *report,
                            struct str path);

#endif
