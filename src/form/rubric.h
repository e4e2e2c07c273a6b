/* A rubric as a workbook. Which sheets it has follows from the template's schema: the first has a
 * row for each single field (name, value, help), each list of maps is a sheet of its own, a table
 * with a row for each entry. A list inside an entry is a sheet too; its first columns name the
 * entries that its rows belong to. */
#ifndef FORM_RUBRIC_H
#define FORM_RUBRIC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct schema;
struct value;
struct workbook;

/* The kind of workbook that is written, and the newest that is read. */
#define FORM_RUBRIC_VERSION 1

/* Rows of a sheet, at most. */
#define FORM_RUBRIC_ROWS_MAX 10000

/* True for a workbook that holds a rubric, by what its first sheets say. */
bool form_is_rubric(const struct workbook *workbook);

/* A map that says which templates the rubric is for, as the rubric does (SCHEMA_RUBRIC_KEY), and
 * nothing else; the rest is read when the schema is known. NULL with FORM_NEWER. */
struct value *form_rubric_names(struct arena *arena, struct diags *diags,
                                const struct workbook *workbook, const char *file);

/* The rubric that a workbook holds, not yet typed. Sheets that are not part of it are told. NULL
 * with FORM_SHEET_MISSING, FORM_SHEET_NEAR, FORM_ROWS_MAX, FORM_ABOVE_… or messages of join.h. */
struct value *form_read_rubric(struct arena *arena, struct diags *diags,
                               const struct schema *schema, const struct workbook *workbook,
                               const char *file);

/* What a new workbook is to hold. */
struct form_rubric_start {
    const struct value *rubric; /* as it was read */
    struct str template_name;   /* where the rubric does not say for whom it is */
    const struct value *last;   /* another year's, shown beside it; or NULL */
    int last_year;
    bool same_places;       /* an entry's place in `last` is the one that it has in `rubric` */
    const struct str *head; /* lines for whoever opens it */
    size_t head_count;
};

/* Writes the workbook. Warns of fields for which it has no place (FORM_NO_PLACE). False with
 * FORM_WRITE. */
bool form_write_rubric(struct arena *arena, struct diags *diags, const struct schema *schema,
                       const struct form_rubric_start *start, struct str *bytes);

#endif
