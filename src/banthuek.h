/* libbanthuek: from an office's assessment data to the Thai government memo as a PDF.
 *
 * Open a context once, a report in it, check it, render it, read the messages, close it. The
 * library prints nothing and ends nothing. All texts are UTF-8.
 *
 * Threads: a context may be used by any number of threads at once; one `struct banthuek` (a report)
 * and one breaker by one thread at a time.
 * Ownership: what a function gives as `const` belongs to the object it was asked of, and lives
 * until that is closed unless it says otherwise. Texts and bytes that are handed in are copied.
 * Structs that are handed in begin with struct_size, which the caller sets to their size, and those
 * that come out are given by pointers, so that later versions of the library can add members.
 * Members that are zero or NULL mean the default. */
#ifndef BANTHUEK_H
#define BANTHUEK_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A stretch of bytes. */
struct banthuek_bytes {
    const char *data;
    size_t size;
};

enum banthuek_lang { BANTHUEK_ENGLISH, BANTHUEK_THAI };

/* ---- the process */

/* Version of the library: "0.1.0". */
const char *banthuek_version(void);

/* Sets what is called when memory runs out, for the whole process; it must not return. To be set
 * before threads are started. */
void banthuek_set_oom(void (*handler)(size_t size));

/* Removes the temporary files and folders that calls of this process have begun and not finished.
 * The library sets no signal handlers: this is for that of a program, in whatever thread, which
 * ends the program afterwards (what other threads are writing is lost). Nothing else needs it;
 * calls that fail or succeed leave nothing behind. */
void banthuek_abandon(void);

/* Copies a text that came from outside (a path, say) for showing it on a terminal, without what
 * would drive that or hide in it: a control character, one that turns the direction or has no width
 * becomes "<U+001B>", ill-formed bytes U+FFFD. Writes at most `size` bytes with the NUL, never half
 * a character; messages are so already. Returns `out`. */
const char *banthuek_show(const char *text, char *out, size_t size);

/* What the system says of an error number (errno). */
const char *banthuek_system_text(int error, enum banthuek_lang lang);

/* How many columns of a terminal a text takes: marks above and below take none. */
size_t banthuek_columns(struct banthuek_bytes text);

/* ---- a context: what reports share */

/* Templates with their schema, style and rubrics, fonts and the emblem are read once and shared by
 * the reports of a context. When a report comes to use one of them, its files are compared with
 * what was read (device, inode, size, time in ns), and what changed is read anew; reports that are
 * open keep what they have. Fonts of the system that only lend letters are not compared. */
struct banthuek_context;

enum banthuek_file { BANTHUEK_NO_FILE, BANTHUEK_IS_FILE, BANTHUEK_IS_FOLDER };

/* Where files are read from when not from the file system: callbacks of the program, called by
 * every thread that works, at times under a lock of the context: they do nothing with it or with
 * its reports. Paths are as they are put together here: what was handed in, "/" and
 * names; without "./" at their beginning. What they give is taken to stay the same until
 * banthuek_context_refresh(). */
struct banthuek_files {
    size_t struct_size;
    void *user; /* handed to the callbacks */
    /* Sets *bytes, which must stay until release(). False when there is no such file. */
    bool (*read)(void *user, const char *path, struct banthuek_bytes *bytes);
    void (*release)(void *user, struct banthuek_bytes bytes); /* NULL: nothing is to be done */
    /* NULL: what read() finds is a file. */
    enum banthuek_file (*exists)(void *user, const char *path);
    /* Calls each() with the name of every entry of a folder, in any order. */
    void (*list)(void *user, const char *path, void (*each)(void *to, const char *name), void *to);
};

struct banthuek_context_options {
    size_t struct_size;
    const char *data_dir; /* where templates/ and fonts/ lie; default: beside the program or the
                             library (also ../share/banthuek), then $XDG_DATA_HOME/banthuek, then
                             the place of installation; with callbacks their top */
    const char *font_dir; /* look for the report's font here only */
    const struct banthuek_files *files; /* NULL: the file system. With callbacks, fonts are looked
                                           for in font_dir and fonts/local of data_dir only, and
                                           there is no configuration of user and system */
};

/* A new context, never NULL. Close it after its reports; NULL is allowed. */
struct banthuek_context *banthuek_context_open(const struct banthuek_context_options *options);
void banthuek_context_close(struct banthuek_context *context);

/* Has everything read anew for reports that are loaded from now on: after fonts were installed, or
 * what callbacks give has changed. */
void banthuek_context_refresh(struct banthuek_context *context);

/* ---- a report */

struct banthuek;

enum banthuek_flag {
    BANTHUEK_PREPRINTED = 1, /* the paper carries the emblem: leave its room blank, silently */
    BANTHUEK_DRAFT = 2, /* make a PDF even of faulty data, stamped ร่าง on every page */
    BANTHUEK_NO_DATA =
        4,               /* leave the report's data out of what the PDF carries, the manifest too */
    BANTHUEK_STRICT = 8, /* a missing emblem and other warnings are errors */
    BANTHUEK_PLAIN = 16, /* a smaller PDF without its logical structure (PDF/A-3u) instead of one
                            that  lasts and that everyone can read (PDF/A-3a and PDF/UA-1) */
    BANTHUEK_NO_FIELDS =
        32, /* no fields to sign in with certificates; drafts and plain files have none anyway */
    BANTHUEK_FOR_PEN = 64 /* the same pages to be signed with a pen: no fields, room for signature
                             and date, and on each page which report it is of and which page, so
                             that a scan is told apart; not for drafts */
};

struct banthuek_options {
    size_t struct_size;
    unsigned flags;           /* BANTHUEK_PREPRINTED … */
    const char *template_dir; /* use this template instead of the one the report names */
    const char *emblem;       /* SVG or PNG; else $BANTHUEK_EMBLEM, the style, the configuration */
    size_t memory_limit;      /* bytes; default 1 GiB */
    const char *variant;      /* for what begins with banthuek_new: which rubric of a year, where
                                 there are several ("อาชีวศึกษา": 2569-อาชีวศึกษา.yaml) */
};

/* A new object, never NULL. Without a context it has one of its own. Take it back with
 * banthuek_close(), which also takes NULL. */
struct banthuek *banthuek_open(struct banthuek_context *context,
                               const struct banthuek_options *options);
void banthuek_close(struct banthuek *banthuek);

/* Lays bytes over the files under a path, which need not be there: a report, its tables and
 * pictures, a template from memory. To be called before banthuek_load(). */
void banthuek_add_file(struct banthuek *banthuek, const char *path, struct banthuek_bytes bytes);

/* Reads a report or a rubric: a YAML or JSON file, a filled form (XLSX), or a folder that holds
 * report.yaml, report.json or report.xlsx; "-" is standard input. False with messages; then
 * another may be tried. One report per object. */
bool banthuek_load(struct banthuek *banthuek, const char *path);

/* Checks the report, and tells all that banthuek_render() would refuse: it lays the pages out, with
 * the same fonts, emblem and options, also when the data has errors, but makes no PDF. A missing
 * emblem is told under BANTHUEK_STRICT only. True when no message is an error; then
 * banthuek_render() makes the PDF. */
bool banthuek_check(struct banthuek *banthuek);

/* Makes the PDF. False with messages; with errors in the data there is no PDF, unless
 * BANTHUEK_DRAFT. */
bool banthuek_render(struct banthuek *banthuek, struct banthuek_bytes *pdf);

/* How many pages it has; 0 when none were laid out. */
size_t banthuek_page_count(const struct banthuek *banthuek);

/* Writes bytes to the file system so that `path` never stands for half of them (temporary file,
 * sync, rename). Refuses a path that is one of the files that the report is made from, and one that
 * holds a signed PDF. False with a message. */
bool banthuek_save(struct banthuek *banthuek, const char *path, struct banthuek_bytes bytes);

enum banthuek_stage {
    BANTHUEK_STAGE_DATA,
    BANTHUEK_STAGE_TEMPLATE,
    BANTHUEK_STAGE_DOCUMENT,
    BANTHUEK_STAGE_LINES,
    BANTHUEK_STAGE_PAGES,
    BANTHUEK_STAGE_CANONICAL /* the report's own data as JSON of one fixed form, a report again */
};

/* The text of one stage, for people and tests. Of a rubric there are its data, and these in the one
 * fixed form. */
bool banthuek_dump(struct banthuek *banthuek, enum banthuek_stage stage,
                   struct banthuek_bytes *text);

/* ---- messages */

enum banthuek_level { BANTHUEK_NOTE, BANTHUEK_WARNING, BANTHUEK_ERROR };

/* A message about the report. */
struct banthuek_message {
    enum banthuek_level level;
    const char *code;
    const char *file; /* NULL when the message has no place */
    unsigned line;    /* from 1; 0 is unknown */
    unsigned column;  /* in code points, from 1 */
    const char *path; /* of the datum: "ความเห็น[2].ชื่อ"; NULL when it is about none */
    const char *message; /* what is wrong and what to do */
    /* Who let a finding through (ยอมรับ in the report), which makes it a note, and why; else NULL.
     */
    const char *accepted_by;
    const char *accepted_why;
    const char *text; /* all of it: file:line:col: level: message [CODE], and who accepted it */
};

/* Messages so far, in order, and how many of a level there were. At most 200 are kept; when there
 * were more, one more tells how many. A message is valid until the next call of banthuek_message()
 * with this object; NULL behind the last. */
size_t banthuek_message_count(const struct banthuek *banthuek);
const struct banthuek_message *banthuek_message(struct banthuek *banthuek, size_t index,
                                                enum banthuek_lang lang);
size_t banthuek_level_count(const struct banthuek *banthuek, enum banthuek_level level);

/* The messages as a JSON array of objects; src/cli/check.schema.json describes them. */
void banthuek_messages_json(struct banthuek *banthuek, enum banthuek_lang lang,
                            struct banthuek_bytes *json);

/* True when a message came from the system (a file that cannot be opened, read or written, a folder
 * that cannot be made), not from the input; a command then ends with status 3. A file that only a
 * report or template names is a fault of the input. */
bool banthuek_system_failed(const struct banthuek *banthuek);

/* What a code means. `meaning` and what is below it are NULL for a code that says all in its
 * message. */
struct banthuek_explanation {
    const char *code;
    enum banthuek_level level;
    const char *area; /* what it is about: "the pages" */
    const char *text; /* of its messages, with "…" for what differs */
    const char *meaning, *why, *example, *remedy;
    bool is_finding; /* a report may let it through (ยอมรับ) */
};

/* The explanation of a code ("FIGURE_MEAN", in small letters and brackets too); NULL with a message
 * when there is no such code. */
const struct banthuek_explanation *banthuek_explain(struct banthuek *banthuek, const char *code,
                                                    enum banthuek_lang lang);

/* The names of all codes, by index; NULL behind the last. */
const char *banthuek_code(size_t index);

/* ---- what a report says, as values */

enum banthuek_figure_state {
    BANTHUEK_FIGURE_OPEN, /* nothing to compare */
    BANTHUEK_FIGURE_AGREES,
    BANTHUEK_FIGURE_DIFFERS,
    BANTHUEK_FIGURE_BELOW,   /* only because figures below it do */
    BANTHUEK_FIGURE_ACCEPTED /* the report lets it through */
};

/* A figure that follows from others. Numbers are texts as they are to be shown: "86.17",
 * "≈ 86.1667" for one that has more decimals; NULL when it is not given or cannot be reckoned. */
struct banthuek_figure {
    const char *name; /* "คะแนนรวม", "EIT" */
    const char *path; /* of the datum */
    const char *given;
    const char *computed;   /* what the figures below make of it */
    const char *difference; /* "+0.01" */
    enum banthuek_figure_state state;
    bool of_parts; /* `given` is what its parts make of it: another way to the same figure */
};

/* The figures of a report that was checked, as in an addition: first what is summed, then the sum.
 */
const struct banthuek_figure *const *banthuek_figures(struct banthuek *banthuek, size_t *count);

/* True when what was loaded is a rubric: banthuek_check() then checks that it is consistent. */
bool banthuek_is_rubric(const struct banthuek *banthuek);

/* A line of what a rubric holds. */
struct banthuek_line {
    unsigned level; /* 0 at the top; what belongs to a line follows it one level deeper */
    const char *name;
    const char *text; /* empty where lines follow that belong to it */
};

/* What a rubric that was checked and is good holds, in few lines: its fields, of lists how many
 * entries there are, with their codes and weights. NULL for others. */
const struct banthuek_line *const *banthuek_rubric_lines(struct banthuek *banthuek, size_t *count);

/* An entry of a rubric that people compare with the publication of its year. */
struct banthuek_entry {
    const char *place; /* as messages begin: "2568.yaml:151:5" */
    const char *file;
    unsigned line, column; /* from 1; 0 is unknown */
    const char *list; /* what it is an entry of, or the field that it is: "รายการ" */
    const char *code; /* "O7"; may be empty */
    const char *name; /* may be empty */
    const char *certainty; /* in the words of the rubric; NULL when it says nothing */
    const char *source;    /* where it is known from; NULL when it does not say */
    unsigned doubt;        /* 0 for the surest; entries that say nothing have the most */
    bool compared;
};

/* The entries of a good rubric that was checked, the most doubtful first; NULL for one that is
 * confirmed as a whole, and for reports. */
const struct banthuek_entry *const *banthuek_rubric_entries(struct banthuek *banthuek,
                                                            size_t *count);

/* ---- templates */

struct banthuek_template {
    const char *name;
    const char *dir;
    const char *help; /* what it is for; may be empty */
};

/* The templates there are, by name. NULL with a message when there are none. Of a faulty one help
 * is empty, and messages say why. */
const struct banthuek_template *const *banthuek_templates(struct banthuek *banthuek, size_t *count);

/* A field of the reports of a template. */
struct banthuek_field {
    unsigned level; /* 0 at the top; fields of a map or list follow it one level deeper */
    const char *name;
    const char *type;      /* as schema.yaml has it: "decimal" */
    const char *type_thai; /* what people call it */
    const char *help;      /* may be empty */
    bool required;
    bool lines; /* a text of several lines */
    const char *const *choices;
    size_t choice_count;
};

/* The fields of a template by name, or of options.template_dir where there is one; *help is what
 * the template is for. NULL with messages. */
const struct banthuek_field *const *banthuek_fields(struct banthuek *banthuek,
                                                    const char *template_name, const char **help,
                                                    size_t *count);

/* Texts of two are in English and Thai. */
struct banthuek_filter {
    const char *name, *alias;
    unsigned least, most; /* arguments that it takes */
    const char *takes[2]; /* types of values, commas between */
    const char *gives[2]; /* NULL: the type that it was given */
    bool each;            /* of a list it takes each entry */
    const char *help[2];
};

/* The filters of templates. */
const struct banthuek_filter *const *banthuek_filters(struct banthuek *banthuek, size_t *count);

/* ---- starting reports and rubrics */

/* Starts a report folder. Without `from` it holds a filled example of the template (NULL: "memo"),
 * with its years moved to `year` (Buddhist era; 0: as it is). With it, last year's report (a YAML
 * or JSON file, or its folder) is taken over: what belongs to one year is a hole, marked "<กรอก>",
 * which a check asks for; its years are moved to `year` (0: the next one where the template has
 * rubrics, else none). Warns when there is no rubric for the year. Never writes over a file. */
bool banthuek_new(struct banthuek *banthuek, const char *dir, const char *template_name, int year,
                  const char *from);

/* Starts a rubric for `year` in `file`, YAML or a workbook (.xlsx), out of that of another year:
 * `from` is its year, looked for as a report's rubric is, or a file. `template_name` may be NULL
 * when `from` tells it. Years in its texts are moved, and it says that it was not yet compared with
 * the publication. Makes the file's folder when only that is missing; never writes over a file. */
bool banthuek_new_rubric(struct banthuek *banthuek, const char *file, const char *template_name,
                         const char *from, int year);

/* Starts a report folder with a form to be filled, report.xlsx: empty (without a year it is that of
 * the template's newest rubric), or with what stays the same of last year's report `from`. Never
 * writes over a file. */
bool banthuek_new_form(struct banthuek *banthuek, const char *dir, const char *template_name,
                       int year, const char *from);

/* ---- break places of plain text */

enum banthuek_breaks_flag { BANTHUEK_EMERGENCY = 1 /* also where only an emergency allows one */ };

/* Marks the break places of plain text, line by line: "|" good, "¦" inside a compound, "!" in an
 * emergency. False with a message. */
bool banthuek_breaks(struct banthuek *banthuek, struct banthuek_bytes text, unsigned flags,
                     struct banthuek_bytes *marked);

/* The same for a file; "-" is standard input. */
bool banthuek_breaks_file(struct banthuek *banthuek, const char *path, unsigned flags,
                          struct banthuek_bytes *marked);

/* ---- Thai words and line breaks alone. No report, no fonts, no files; nothing above is needed. */

/* How good a place to end a line is, from worst to best. */
enum banthuek_break {
    BANTHUEK_BREAK_NONE,          /* none: no line may end here */
    BANTHUEK_BREAK_EMERGENCY,     /* between two clusters, when nothing else helps */
    BANTHUEK_BREAK_SYLLABLE,      /* the same, where a syllable seems to end */
    BANTHUEK_BREAK_SPACE,         /* at a space that should hold: พ.ศ. ๒๕๖๖ */
    BANTHUEK_BREAK_COMPOUND,      /* between the parts of a compound word */
    BANTHUEK_BREAK_GOOD,          /* between words, or as UAX #14 says outside Thai */
    BANTHUEK_BREAK_MUST,          /* after a line end */
    BANTHUEK_BREAK_BAD_END = 0x80 /* flag on the two before it: a connective would end the line */
};

/* Sets places[0 … text.size]: places[i] is how a word may end before byte i, one of NONE,
 * EMERGENCY, SYLLABLE, COMPOUND and GOOD; all but NONE stand between two Thai letters only.
 * Allocates nothing; any number of threads may call it. Ill-formed UTF-8 does no harm; time is in
 * proportion to the text. */
void banthuek_words(struct banthuek_bytes text, unsigned char *places);

/* Finds places to end lines: words where Thai meets Thai, UAX #14 elsewhere, and keep rules (before
 * ๆ and ฯ, dates, numbers with units, names after titles). `words` are the office's own, of any
 * letters, which no line parts but in an emergency; they are copied, and may be NULL when `count`
 * is 0. Never NULL. */
struct banthuek_breaker;
struct banthuek_breaker *banthuek_breaker_open(const struct banthuek_bytes *words, size_t count);
void banthuek_breaker_close(struct banthuek_breaker *breaker);

/* Sets places[0 … text.size]: places[i] is how a line may end before byte i, after a space where
 * there is one; a grade, perhaps with the flag. */
void banthuek_breaker_find(struct banthuek_breaker *breaker, struct banthuek_bytes text,
                           unsigned char *places);

#ifdef __cplusplus
}
#endif

#endif
