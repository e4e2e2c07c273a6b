/* The stages of a report, in their order. Each takes what it needs and returns what it makes:
 *
 *   source → template → data and findings → document → pages → PDF
 *
 * What a stage returns lives as long as the work. One that returns false or NULL has told why. */
#ifndef ENGINE_STAGES_H
#define ENGINE_STAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "engine/manifest.h"
#include "engine/rubric.h"
#include "engine/work.h"
#include "text/font.h"

struct accepted;
struct arena;
struct breaker;
struct emblem;
struct field;
struct fonts;
struct node;
struct pages;
struct pdf_form;
struct pen;
struct schema;
struct scores;
struct sheet;
struct style;
struct tmpl;
struct value;
struct workbook;

/* The emblem of a PDF that is made again, out of that PDF: its file is known by its size and hash
 * alone. */
struct kept_emblem {
    struct str name;
    size_t size;
    struct hash hash;
    const struct drawing *drawing; /* without paths, but with their box; NULL: a picture */
    struct pdf_form *form;         /* of the drawing */
    const struct image *picture;
};

/* What is asked for, whatever the report. */
struct wishes {
    const char *template_dir; /* to be used whatever the report names; NULL: none */
    const char *emblem;       /* NULL: where it is configured */
    const char *font_dir;     /* NULL: where fonts are */
    const char *variant; /* which rubric of a year a new report or rubric is for; may be NULL */
    bool preprinted, draft, strict, plain;
    bool no_data;   /* the PDF does not carry the report */
    bool no_fields; /* nor anything to sign in */
    bool for_pen;   /* the pages are those that are signed with a pen */
    bool no_emblem; /* none is looked for: a PDF is made again that has none */
    const struct kept_emblem *kept_emblem; /* used where no file of that hash is at hand, or NULL */
};

/* ---- source.c: the report as it is read */

struct source {
    const char *file; /* in a folder too; "-" is standard input */
    const char *dir;
    const struct workbook *form; /* it is a filled form; else NULL */
    /* A map. Of a form it only names the template: the rest is read when the schema is there. */
    const struct value *report;
    const char *given; /* the template's folder, whatever the report names; or NULL */
    bool brings;       /* the template lies beside the report */
};

bool source_read(struct work *w, const char *path, struct source *out);

/* The file of a report: a folder stands for its report.yaml, report.json or report.xlsx. NULL with
 * ENGINE_NO_REPORT. */
const char *source_file(struct work *w, const char *path);

/* True for a report file that is a workbook, by its name or first bytes; for an XLSX file by its
 * name alone. */
bool source_is_form(const char *path, struct str bytes);
bool source_is_workbook(struct str name);

/* What a report says which template it is for, or NULL; as a name, or an empty text. */
const struct value *source_template(const struct value *report);
struct str source_template_name(const struct value *report);

/* The report or rubric that a workbook holds, by the schema of the template that it names, or of
 * the one that is wished. */
const struct value *source_of_form(struct work *w, const char *file, struct str bytes);

/* ---- kit.c: the template */

/* All that is the same for every report made with a template. Reports share it. */
struct kit {
    const char *dir;
    const struct schema *schema;
    const struct style *style;
    const struct tmpl *tmpl;
};

/* The template of a report: a given one, else the one it names. */
const struct kit *kit_of(struct work *w, const struct source *source);

/* The schema of a template's folder alone. */
const struct schema *kit_schema(struct work *w, const char *dir);

/* The folder and the schema of the template that is wished, else of the one of this name. NULL
 * after diagnostics. */
const struct schema *kit_schema_for(struct work *w, struct str name, struct pos pos,
                                    const char **dir);

/* Words that lines part only as a last resort. */
struct own_words {
    struct str *word;
    size_t count, cap;
};

/* The words of the template's words.txt. */
const struct own_words *kit_words(struct work *w, const struct kit *kit);

/* ---- words.c */

/* Adds one word a line; "#" begins a comment. Words beyond a limit are left out. */
void words_add_lines(struct arena *arena, struct own_words *words, struct str lines);

/* Adds the words of the template and of the report's list คำเฉพาะ, and tells what is wrong there.
 */
void words_read(struct work *w, const struct kit *kit, const struct value *report,
                struct own_words *words);

/* Adds the names that the data declares: persons, and fields that are `whole`. */
void words_declared(struct arena *arena, const struct field *field, const struct value *value,
                    struct own_words *words);

/* ---- data.c: the report, typed and joined with tables and rubric, and what is found in it */

struct data {
    const struct value *report; /* as it was read, with the tables in it */
    const struct value *typed;  /* joined with the rubric; NULL when it could not be */
    const struct scores *scores;
    const struct accepted *accepted;
    struct own_words words; /* which lines part only as a last resort */
    bool good; /* a document may be made of it: there are no errors, or a draft is wished */
};

struct data data_of(struct work *w, const struct source *source, const struct kit *kit);

/* A rubric that was given in place of a report, typed; in *file as it was read. *schema is its
 * template's. */
const struct value *data_of_rubric(struct work *w, const struct source *source,
                                   const struct value **file, const struct schema **schema);

/* ---- tables.c: tables that the report names */

struct tables {
    struct table_joined {
        const struct field *field;
        const struct sheet *sheet;
        struct table_joined *next;
    } * first;
};

/* Puts the tables into the report. False with JOIN_… or messages of their readers; *report is then
 * as far as it came. */
bool tables_join(struct work *w, const struct source *source, const struct schema *schema,
                 const struct value **report, struct tables *out);

/* Compares what the tables show of the rubric with it: JOIN_OFFICIAL. */
void tables_compare(struct work *w, const struct tables *tables, const struct schema *schema,
                    const struct value *report, const struct value *rubric);

/* ---- fonts.c */

/* Fonts as they are found for every report; each takes its own share of them (fonts_share()). */
struct shared_fonts {
    struct fonts *fonts;
    struct input_facts *facts[FONT_FACES];
};

/* `others` are families that lend letters, as a style names them. */
const struct shared_fonts *shared_fonts_of(struct work *w, struct str others);

/* Notes the font files that were taken of a share, which is known when all is laid out. */
void shared_fonts_note(struct work *w, const struct shared_fonts *shared,
                       const struct fonts *fonts);

/* ---- pages.c: fonts, emblem and pictures, and the pages made of the document with them */

struct paged {
    struct pages *pages;         /* NULL: there will be no PDF */
    const struct pen *pen;       /* of their for-pen form; NULL: there is none, or they are it */
    struct str code;             /* they are it, and this is its code; else empty */
    struct fonts *fonts;         /* that the pages are set with; until paged_close() */
    bool no_emblem;              /* the pages have room for one, and there is none */
    const struct emblem *emblem; /* NULL where there is none */
};

/* The emblem's drawing as PDFs hold it, or NULL; reports share it. */
const struct pdf_form *paged_emblem(struct work *w, const struct paged *paged);

void paged_close(struct paged *paged);

/* What pages are made of. */
struct page_job {
    const struct kit *kit;
    const struct node *document;
    const char *report_dir;  /* where pictures lie */
    struct breaker *breaker; /* knows the words */
    bool tells_emblem;       /* a missing emblem is told */
    bool fields;             /* the pages have fields to sign in */
};

struct paged pages_of(struct work *w, const struct page_job *job);

/* The lines of every paragraph, as text. */
bool pages_lines(struct work *w, const struct page_job *job, struct buf *out);

/* ---- print.c: the PDF */

/* What the PDF is made of. */
struct print_job {
    const struct page_job *page;
    const struct source *source;
    const struct data *data;
    const struct paged *paged;
    struct str created;     /* the date that the PDF bears */
    struct str findings;    /* what the check said, as JSON */
    struct diags *compared; /* what differs from the manifest is told here; NULL: with the rest */
};

/* Tells what print_pdf() would refuse before there are bytes: all but what pdf_try() tells. Sets
 * job->created. */
bool print_prepare(struct work *w, struct print_job *job);

struct printed {
    struct str pdf;
    struct str code;                         /* of the for-pen form of its pages, or empty */
    struct manifest_differences differences; /* from the manifest beside the report */
};

/* True when the pages of a report are to have fields to sign in: neither those of a draft, of a
 * plain file or of one for the pen, nor those of a report out of a PDF that was made before there
 * were any. */
bool print_fields(struct work *w, const struct source *source);

/* After print_prepare(). False with diagnostics. */
bool print_pdf(struct work *w, const struct print_job *job, struct printed *out);

/* ---- date.c: when the report was made, as ISO 8601 with its zone: SOURCE_DATE_EPOCH, else the
 * report's first date (the first of the month where the day is open), else empty. False with
 * ENGINE_SOURCE_DATE. */
bool print_date(struct work *w, const struct schema *schema, const struct value *data,
                struct str *out);

#endif
