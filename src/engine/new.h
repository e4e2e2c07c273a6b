/* What the files that start reports and rubrics share. */
#ifndef ENGINE_NEW_H
#define ENGINE_NEW_H

#include "engine/stages.h"

struct schema;
struct value;

/* What a new report is made of. */
struct new_start {
    const char *dir, *source;
    struct str text; /* YAML */
    bool is_form;    /* what is made is a form */
    const struct value *report;
    struct str template_name;
    const char *template_dir;
    const struct schema *schema;
    struct str variant;             /* which rubric of a year it is for; may be empty */
    int from, to;                   /* years; 0 is unknown */
    const struct value *last, *now; /* their rubrics as they were read, or NULL */
    const struct value *rubric;     /* this year's, typed, or NULL */
};

/* Opens the template of a new report: its folder and schema. False with diagnostics. */
bool new_schema(struct work *w, struct new_start *start, struct pos pos);

/* Where the rubrics of its years are looked for. */
struct rubric_place new_rubric_place(struct work *w, const struct new_start *start);

/* Which of the rubrics of a year the new report is for: what is asked for, which is then written
 * into `text` and `report`, else what the report says. False with diagnostics. */
bool new_variant(struct work *w, struct new_start *start);

/* The rubrics of both years, where they are there. False with diagnostics when one has errors: what
 * is made by it would be wrong. */
bool new_rubrics(struct work *w, struct new_start *start);

/* Tells how many holes are in the new file, if any. */
void new_tell_holes(struct work *w, size_t holes);

/* Last year's report `from`, with holes where this year's figures go. `wanted` is the template it
 * must be of, or NULL. False with diagnostics. */
bool new_from_report(struct work *w, struct new_start *start, const char *from, const char *wanted,
                     int year);

/* Writes a new file into a folder, which is made where there is none, but not the one above it.
 * Never writes over anything, whoever else is at it. False with ENGINE_NEW_FOLDER,
 * ENGINE_NEW_EXISTS, IO_WRITE, FOLDER_TAKEN or FOLDER_WRITE. */
bool new_write(struct work *w, const char *dir, const char *name, struct str bytes);

/* False with ENGINE_NEW_YEAR where `year` is no year of a report. */
bool new_check_year(struct work *w, int year);

/* False with ENGINE_NEW_EXISTS where there is a file of this path. */
bool new_check_free(struct work *w, const char *path);

/* Reads a file to start from: its text as YAML, also where it is JSON or a filled form, and its
 * tree, a map. NULL with diagnostics. */
const struct value *new_read(struct work *w, const char *source, struct str *text);

#endif
