/* libbanthuek: from an office's assessment data to the Thai government memo as a PDF.
 *
 * Open a report, check it, render it, read the messages, close it. The library prints nothing and
 * ends nothing. All texts are UTF-8. One `struct banthuek` is used by one thread at a time;
 * different ones may be used by different threads. */
#ifndef BANTHUEK_H
#define BANTHUEK_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct banthuek;

enum banthuek_level { BANTHUEK_NOTE, BANTHUEK_WARNING, BANTHUEK_ERROR };
enum banthuek_lang { BANTHUEK_ENGLISH, BANTHUEK_THAI };
/* What kind of PDF: one that lasts and that everyone can read (PDF/A-3a and PDF/UA-1), or a smaller
 * one without its logical structure (PDF/A-3u). */
enum banthuek_profile { BANTHUEK_LASTING, BANTHUEK_PLAIN };
enum banthuek_stage {
    BANTHUEK_STAGE_DATA,
    BANTHUEK_STAGE_TEMPLATE,
    BANTHUEK_STAGE_DOCUMENT,
    BANTHUEK_STAGE_LINES,
    BANTHUEK_STAGE_PAGES,
    BANTHUEK_STAGE_CANONICAL /* the report's own data as JSON of one fixed form, a report again */
};

/* What to work with. Zero or NULL members mean the default. Texts are copied. */
struct banthuek_options {
    const char *template_dir; /* use this template instead of the one the report names */
    const char *data_dir;     /* where templates/ and fonts/ lie; default: beside the program, then
                                 $XDG_DATA_HOME/banthuek, then the place of installation */
    const char *emblem;       /* SVG or PNG; else $BANTHUEK_EMBLEM, the style, the configuration */
    const char *font_dir;     /* look for the report's font here only */
    bool preprinted;          /* the paper carries the emblem: leave its room blank, silently */
    bool draft;   /* make a PDF even of faulty data, stamped ร่าง on every page */
    bool no_data; /* leave the report's data out of what the PDF carries, the manifest too */
    bool strict;  /* a missing emblem and other warnings are errors */
    enum banthuek_profile profile;
    size_t memory_limit; /* bytes; default 1 GiB */
};

/* A message about the report. Texts are valid until the next call with this object. */
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

/* A stretch of bytes that the object owns. */
struct banthuek_bytes {
    const char *data;
    size_t size;
};

/* Version of the library: "0.1.0". */
const char *banthuek_version(void);

/* Sets what is called when memory runs out, for the whole process; it must not return. */
void banthuek_set_oom(void (*handler)(size_t size));

/* Removes the temporary files and folders that calls of this process have begun and not finished.
 * The library sets no signal handlers: this is for that of a program, in whatever thread, which
 * ends the program afterwards (what other threads are writing is lost). Nothing else needs it;
 * calls that fail or succeed leave nothing behind. */
void banthuek_abandon(void);

/* Copies a text that came from outside (a path, say) for showing it on a terminal, without what
 * would drive that: a control character or one that turns the direction becomes "<U+001B>",
 * ill-formed bytes U+FFFD. Writes at most `size` bytes with the NUL, never half a character;
 * messages are so already. Returns `out`. */
const char *banthuek_show(const char *text, char *out, size_t size);

/* A new object, never NULL. Take it back with banthuek_close(), which also takes NULL. */
struct banthuek *banthuek_open(const struct banthuek_options *options);
void banthuek_close(struct banthuek *banthuek);

/* Reads a report or a rubric: a YAML or JSON file, a filled form (XLSX), or a folder that holds
 * report.yaml, report.json or report.xlsx; "-" is standard input. False with messages. One report
 * per object. */
bool banthuek_load(struct banthuek *banthuek, const char *path);

/* Checks the report, and tells all that banthuek_render() would refuse: it lays the pages out, with
 * the same fonts, emblem and options, also when the data has errors, but makes no PDF. A missing
 * emblem is told under options.strict only. True when no message is an error; then
 * banthuek_render() makes the PDF. */
bool banthuek_check(struct banthuek *banthuek);

/* Makes the PDF. False with messages; with errors in the data there is no PDF, unless
 * options.draft. The bytes are owned by the object. */
bool banthuek_render(struct banthuek *banthuek, struct banthuek_bytes *pdf);

/* How many pages it has; 0 when none were laid out. */
size_t banthuek_page_count(const struct banthuek *banthuek);

/* Writes bytes so that `path` never stands for half of them (temporary file, sync, rename).
 * Refuses a path that is one of the files that the report is made from, and one that holds a signed
 * PDF. False with a message. */
bool banthuek_save(struct banthuek *banthuek, const char *path, struct banthuek_bytes bytes);

/* The text of one stage, for people and tests. */
bool banthuek_dump(struct banthuek *banthuek, enum banthuek_stage stage,
                   struct banthuek_bytes *text);

/* The two functions below read PDFs, foreign and hostile ones too; a program that calls them links
 * libqpdf, zlib and expat besides. libqpdf unpacks some parts of a PDF without a limit: call them
 * in a process that has one of memory (RLIMIT_AS), as the command does. "-" is standard input. */

/* Takes the files out of a PDF that this library made into the folder `dir`, which is made and may
 * be there already if it is empty; NULL: the PDF's name without ".pdf". It is there whole or not at
 * all. *made is its name, owned by the object. Warns when a file is not the one that the PDF was
 * made from, and when the data was left out. False with messages. */
bool banthuek_extract(struct banthuek *banthuek, const char *pdf, const char *dir,
                      const char **made);

/* Describes a PDF, as text or as JSON (src/cli/inspect.schema.json, with the messages): pages,
 * tags, fonts, files, signatures and claims, none of which is verified. One of ours is made again,
 * with the templates and fonts at hand, from the data inside, and what differs is told. False with
 * messages when it cannot be read; then the text is empty, but the JSON is not. */
bool banthuek_inspect(struct banthuek *banthuek, const char *pdf, enum banthuek_lang lang,
                      bool json, struct banthuek_bytes *text);

/* What banthuek_inspect() would say of a PDF that takes more time, or memory, than there is: JSON,
 * or the line of the message. For a program that limits its process and must have it ready when
 * nothing can be done any more; of the PDF only the name is used. */
enum banthuek_limit { BANTHUEK_TIME, BANTHUEK_MEMORY };

void banthuek_inspect_given_up(struct banthuek *banthuek, const char *pdf,
                               enum banthuek_limit limit, enum banthuek_lang lang, bool json,
                               struct banthuek_bytes *text);

/* Marks the break places of plain text, line by line: "|" good, "¦" inside a compound and, with
 * `emergency`, "!" where only an emergency allows one. */
bool banthuek_breaks(struct banthuek *banthuek, struct banthuek_bytes text, bool emergency,
                     struct banthuek_bytes *marked);

/* Like banthuek_breaks() for a file; "-" is standard input. */
bool banthuek_breaks_file(struct banthuek *banthuek, const char *path, bool emergency,
                          struct banthuek_bytes *marked);

/* Lists the filters of templates, and the fields of a template; without a name (and a template
 * folder in the options) the templates there are, with what they are for. */
bool banthuek_filters(struct banthuek *banthuek, enum banthuek_lang lang,
                      struct banthuek_bytes *text);
bool banthuek_fields(struct banthuek *banthuek, const char *template_name,
                     struct banthuek_bytes *text);

/* A table for a terminal: each figure that follows from others, as it is given and as these make
 * it, and whether they agree. Empty when the report has none, or was not checked. */
void banthuek_figures(struct banthuek *banthuek, enum banthuek_lang lang,
                      struct banthuek_bytes *text);

/* Tells about the code of a message ("FIGURE_MEAN", in small letters and brackets too): what it
 * means, why it matters, an example, what to do. NULL lists all codes. False with a message when
 * there is no such code. */
bool banthuek_explain(struct banthuek *banthuek, const char *code, enum banthuek_lang lang,
                      struct banthuek_bytes *text);

/* Starts a report folder. Without `from` it holds a filled example of the template (NULL: "memo"),
 * with its years moved to `year` (Buddhist era; 0: as it is). With it, last year's report (a YAML
 * or JSON file, or its folder) is taken over: what belongs to one year is a hole, marked "<กรอก>",
 * which a check asks for; its years are moved to `year` (0: the next one where the template has
 * rubrics, else none). Warns when there is no rubric for the year. Never writes over a file. */
bool banthuek_new(struct banthuek *banthuek, const char *dir, const char *template_name, int year,
                  const char *from);

/* Starts a rubric for `year` in `file` out of that of another year: `from` is its year, looked for
 * as a report's rubric is, or a file. `template_name` may be NULL when `from` tells it. Years in
 * its texts are moved, and it says that it was not yet compared with the publication. Makes the
 * file's folder when only that is missing; never writes over a file. */
bool banthuek_new_rubric(struct banthuek *banthuek, const char *file, const char *template_name,
                         const char *from, int year);

/* True when what was loaded is a rubric: banthuek_check() then checks that it is consistent. */
bool banthuek_is_rubric(const struct banthuek *banthuek);

/* What a good rubric holds, in few lines: its fields, of lists how many entries there are, with their
 * codes and weights. False with messages. */
bool banthuek_rubric_summary(struct banthuek *banthuek, struct banthuek_bytes *text);

/* Starts a report folder with a form to be filled, report.xlsx: empty (without a year it is that of
 * the template's newest rubric), or with what stays the same of last year's report `from`. Never
 * writes over a file. */
bool banthuek_new_form(struct banthuek *banthuek, const char *dir, const char *template_name,
                       int year, const char *from);

/* Messages so far, in order, and how many of a level there were. At most 200 are kept; when there
 * were more, one more tells how many. */
size_t banthuek_message_count(const struct banthuek *banthuek);
struct banthuek_message banthuek_message(struct banthuek *banthuek, size_t index,
                                         enum banthuek_lang lang);
size_t banthuek_level_count(const struct banthuek *banthuek, enum banthuek_level level);

/* The messages as a JSON array of objects; src/cli/check.schema.json describes them. */
void banthuek_messages_json(struct banthuek *banthuek, enum banthuek_lang lang,
                            struct banthuek_bytes *json);

/* True when a message came from the system (a file that cannot be opened, read or written, a folder
 * that cannot be made), not from the input; a command then ends with status 3. A file that only a
 * report or template names is a fault of the input. */
bool banthuek_system_failed(const struct banthuek *banthuek);

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
 * is 0. Never NULL. One breaker is used by one thread at a time. */
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
