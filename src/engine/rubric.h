/* Rubrics of years: where they are looked for, and what is said where there is none.
 *
 * Looked through are rubric/ beside the report, in the user's configuration folder, in the
 * system's, and in the template's folder; in each for TEMPLATE/NAME.yaml and TEMPLATE/NAME.xlsx,
 * then NAME.yaml and NAME.xlsx; both of one name are refused: which is meant nobody knows. The name
 * is the year, or YEAR-VARIANT where the report says which of several it is for. A rubric
 * says which templates it is for (SCHEMA_RUBRIC_KEY); one that is for others is passed over, so
 * that rubrics of several templates can lie in one folder. What lies in the template's own folder
 * is the template's; it is looked through first where the template lies beside the report. */
#ifndef ENGINE_RUBRIC_H
#define ENGINE_RUBRIC_H

#include <stdbool.h>

#include "base/str.h"
#include "engine/work.h"

struct kit;
struct schema;
struct value;
struct workbook;

/* For whom a rubric is looked for. */
struct rubric_place {
    const struct schema *schema; /* of the template: says how a workbook is read */
    const struct kit *kit;       /* that holds the schema, where reports share it; or NULL */
    const char *own;             /* the folder rubric/ beside the report, or NULL */
    const char *template_dir;    /* its folder's name counts as a name of the template too */
    struct str template_name;    /* as the report says it; may be empty */
    bool brought;                /* the template lies beside the report, and its rubrics go first */
    const char *wished;          /* the folder that was given as the template's, or NULL */
};

/* The folder rubric/ beside a report in this folder. */
const char *rubric_beside(struct work *w, const char *report_dir);

/* A file as it was read; reports share it. */
struct rubric_file {
    const struct value *value;       /* while it is only a workbook: whom it is for */
    const struct workbook *workbook; /* or NULL */
    struct str bytes;
    struct input_facts *facts;
};

/* The name of a rubric: "2566", or "2566-VARIANT" where a variant is given. */
struct str rubric_name(struct work *w, int year, struct str variant);

/* The year of a rubric's file "2566.yaml" or "2566-VARIANT.yaml", or of a workbook of such a
 * name, or 0; *variant is empty where there is none. */
int rubric_file_year(const char *file, struct str *variant);

/* The rubric of this name for this template, read. NULL without a message when there is none; NULL
 * with *failed set, after a message, when there is one that cannot be read, or two. */
const struct rubric_file *rubric_find(struct work *w, const struct rubric_place *place,
                                      struct str name, bool *failed);

/* Tells that there is no rubric of this name, where it was looked for, and how to get one: as an
 * error where the rubric is needed, else as a warning. */
void rubric_tell_unknown(struct work *w, const struct rubric_place *place, struct str name,
                         struct pos pos, enum diag_level level);

/* True for a file that is a rubric, by its own key. */
bool rubric_is(const struct value *file);

/* True for four digits. */
bool rubric_is_year(struct str text);

/* The first template that a rubric is for; an empty text when it does not say. */
struct str rubric_template(const struct value *file);

/* The schema of the template that a rubric is for, or of the one that is wished, and its folder.
 * NULL with ENGINE_NO_TEMPLATE, ENGINE_RUBRIC_NOT_TAKEN or what the template says. */
const struct schema *rubric_schema(struct work *w, const struct value *file, const char **dir);

/* Types and checks a rubric (rubric_load()), and that its file's name is not another year's. NULL
 * with diagnostics. */
const struct value *rubric_read(struct work *w, const struct schema *schema,
                                const struct value *file);

/* The same for what rubric_find() found for a template; reports share it. */
const struct value *rubric_typed(struct work *w, const struct kit *kit,
                                 const struct rubric_file *file);

/* Tells what is worth a look in a good rubric, as it was read and typed, beside the rubric of the
 * year before where there is one (rubric_review()). */
void rubric_look_over(struct work *w, const struct rubric_place *place, const struct schema *schema,
                      const struct value *file, const struct value *typed);

/* An argument of a command as the shell reads it. */
const char *rubric_shell_word(struct work *w, const char *word);

#endif
