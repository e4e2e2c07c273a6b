/* What the files of engine/ share: the object behind banthuek.h and the steps it is taken through.
 * Each step does its work once; a later call finds it done. */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "banthuek.h"
#include "base/diag.h"
#include "base/str.h"

struct accepted;
struct arena;
struct breaker;
struct drawing;
struct field;
struct files;
struct fonts;
struct image;
struct picture;
struct input;
struct node;
struct pages;
struct schema;
struct sheet;
struct scores;
struct style;
struct tmpl;
struct value;
struct workbook;

/* A step that has not been tried, that failed (its messages are there), or whose result is. */
enum step { STEP_OPEN, STEP_FAILED, STEP_DONE };

/* A table that was joined into the report. */
struct engine_table {
    const struct field *field;
    const struct sheet *sheet;
    struct engine_table *next;
};

struct banthuek {
    struct arena *arena;
    struct diags *diags;
    struct banthuek_options options;
    const struct files *files; /* where the report and all that it needs is read from */

    const char *report_path; /* as given; "-" is standard input */
    const char *report_file; /* the file itself, in a folder too */
    const char *report_dir;
    const struct value *report;
    const struct workbook *form; /* the report is a filled form */
    struct engine_table *tables; /* joined into the report */

    enum step template_step;
    const char *template_dir;
    const struct schema *schema;
    const struct tmpl *tmpl;
    const struct style *style;

    enum step data_step;
    const struct value *data;        /* typed, joined with the rubric */
    const struct scores *scores;     /* its figures, as they were compared */
    const struct accepted *accepted; /* findings that it lets through */

    enum step document_step;
    const struct node *document;

    enum step pages_step;
    struct pages *pages;
    enum step ready_step;
    struct str created; /* the date that the PDF bears */

    struct str *words; /* own ones, which lines do not part */
    size_t word_count, word_cap;

    struct fonts *fonts;
    struct breaker *breaker;
    const struct drawing *emblem;
    const struct image *emblem_picture;
    struct picture *pictures;
    bool is_check;         /* nobody asked for pages: that the emblem is missing is not said … */
    bool emblem_is_unsaid; /* … until somebody does */

    bool no_emblem;                    /* none is looked for: a PDF is made again that has none */
    struct input *inputs, *last_input; /* files that were read, in order */
    size_t checked;                    /* messages there were when the report was checked */

    struct arena *message_arena; /* texts of banthuek_message() */
};

/* ---- places.c: where files are looked for */

/* The folder that holds templates/ and fonts/: options.data_dir, beside the program, the user's
 * and the installed one. NULL when there is none. */
const char *engine_data_dir(struct banthuek *b);

/* The user's configuration folder ($XDG_CONFIG_HOME/banthuek), or NULL without a home. */
const char *engine_config_dir(struct banthuek *b);

#define ENGINE_SYSTEM_CONFIG "/etc/banthuek"

/* The file of the emblem, or NULL when none is configured anywhere. */
const char *engine_find_emblem(struct banthuek *b);

/* ---- catalog.c: the templates there are */

/* The folders that may hold templates/, from the first that is searched: the user's configuration,
 * the system's, the data folder. Returns how many there are. */
#define ENGINE_ROOTS 3
size_t engine_roots(struct banthuek *b, const char *roots[ENGINE_ROOTS]);

/* The folder of a template by name; NULL with ENGINE_TEMPLATE_UNKNOWN or ENGINE_TEMPLATE_NEAR. */
const char *engine_find_template(struct banthuek *b, struct str name, struct pos pos);

/* The names of all templates, sorted. */
struct str *engine_templates(struct banthuek *b, size_t *count);

/* ---- template.c: opens the template the report names: schema, style, template */
bool engine_template(struct banthuek *b);

/* The folder of a template that is to be used whatever the report names: that of --template, else
 * the one beside the report; or NULL. */
const char *engine_given_template(struct banthuek *b);

/* True when the report is made with the template beside it. */
bool engine_brings_template(struct banthuek *b);

/* The schema of a template folder; NULL with diagnostics. */
const struct schema *engine_schema(struct banthuek *b, const char *dir);

/* Reads a YAML file of the template or rubric, its bytes too unless `bytes` is NULL; NULL with
 * diagnostics. */
const struct value *engine_yaml(struct banthuek *b, const char *path, struct str *bytes);

/* The name of the template that a report says it is for, or an empty text. */
struct str engine_template_name(const struct value *report);

/* The file of a report: a folder stands for its report.yaml, report.json or report.xlsx. NULL with
 * ENGINE_NO_REPORT. */
const char *engine_report_file(struct banthuek *b, const char *path);

/* ---- summary.c: types and checks the rubric that was loaded in place of a report */
bool engine_rubric(struct banthuek *b);

/* ---- join.c: spreadsheets that the report names. False with JOIN_… or messages of their readers.
 */
bool engine_join(struct banthuek *b);

/* Compares what the tables show of the rubric with it: JOIN_OFFICIAL. */
void engine_compare(struct banthuek *b, const struct value *rubric);

/* True for the name of an XLSX file. */
bool engine_is_workbook(struct str name);

/* ---- form.c: a whole report as one filled workbook */

/* True for a report file that is a workbook, by its name or first bytes. */
bool engine_is_form(const char *path, struct str bytes);

/* Opens it: the report is then but the name of its template. False with XLSX_… or FORM_…. */
bool engine_open_form(struct banthuek *b, struct str bytes);

/* The report that a form holds, by the schema of the template that it names. NULL with FORM_… or
 * others. */
const struct value *engine_form_report(struct banthuek *b, const char *file, struct str bytes);

/* Reads the report out of an open form by the template's schema; nothing to do without a form.
 * False with FORM_… or JOIN_…. */
bool engine_read_form(struct banthuek *b);

/* ---- document.c: data and template become the document tree */
bool engine_data(struct banthuek *b);
bool engine_document(struct banthuek *b);

/* Tells also what rendering would refuse once the errors of the data are mended. To be called after
 * engine_document() failed for them. */
void engine_try_faulty(struct banthuek *b);

/* ---- messages.c: what the check said, as JSON (check.schema.json) in Thai, with files as the PDF
 * carries them */
void engine_findings(struct banthuek *b, struct buf *out);

/* ---- words.c: the office's own words */

/* Reads them, from the template's folder and the report. */
bool engine_words(struct banthuek *b);

/* Adds the names that the data declares: persons, and fields that are `whole`. */
void engine_words_declared(struct banthuek *b);

/* Opens the breaker when it is not yet, and gives it the words. */
void engine_open_breaker(struct banthuek *b);

/* ---- pages.c: the document tree becomes pages. NULL when there is no document. */
struct pages *engine_pages(struct banthuek *b);

/* The same for b->document, however it came about. */
struct pages *engine_lay_out(struct banthuek *b);

bool engine_lines(struct banthuek *b, struct arena *arena, struct buf *out);

/* ---- render.c: tells all that the PDF of b->document would be refused for, without making it. */
bool engine_try_pdf(struct banthuek *b);

/* ---- date.c: when the report was made, as ISO 8601 with its zone: SOURCE_DATE_EPOCH, else the
 * report's first date (the first of the month where the day is open), else empty. False with
 * ENGINE_SOURCE_DATE. */
bool engine_date(struct banthuek *b, struct str *out);

/* True when no more errors were added since `before` (the count of errors then). */
bool engine_good_since(const struct banthuek *b, size_t before);
size_t engine_errors(const struct banthuek *b);

/* False with ENGINE_STRICT when there are warnings and options.strict forbids them. */
bool engine_strictly_good(struct banthuek *b);

/* Bytes that the object owns, from a buffer or slice of its arena. */
struct banthuek_bytes engine_bytes(struct str text);

#endif
