/* Diagnostics: every message of the library, in one table of code, level, English and Thai.
 *
 * A function that returns false has already added a diagnostic. The texts stand in
 * base/diag/ROOM.def, one line each: D(CODE, LEVEL, "english", "thai"). In a text %1 %2 %3 are
 * the arguments. A text says what is wrong and what to do about it. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;
struct diags;

/* A place in a file. Line and column count from 1, the column in code points; 0 is unknown. */
struct pos {
    const char *file;
    unsigned line;
    unsigned column;
};

#define POS_NONE ((struct pos){NULL, 0, 0})

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

enum diag_lang { DIAG_ENGLISH, DIAG_THAI };

enum diag_code {
#define D(code, level, english, thai) DIAG_##code,
#include "base/diag/all.def"
#undef D
    DIAG_CODE_COUNT
};

struct diag {
    enum diag_code code;
    enum diag_level level;
    struct pos pos;
    const char *arg[3];
    const char *accepted_by; /* who let it through and why; NULL for all others */
    const char *accepted_why;
};

/* A new list of diagnostics; diags_free() takes it back with all its texts. */
struct diags *diags_new(void);
void diags_free(struct diags *diags);

/* Adds a message. Arguments that the text does not use are NULL; all are copied, the file name
 * too. Beyond 200 messages only counts are kept, so that hostile input cannot fill memory. */
void diag_add(struct diags *diags, enum diag_code code, struct pos pos, const char *arg1,
              const char *arg2, const char *arg3);

/* diag_add() with another level than the table's: a figure in a sentence that disagrees is an error
 * only where the data agrees with itself. */
void diag_add_as(struct diags *diags, enum diag_level level, enum diag_code code, struct pos pos,
                 const char *arg1, const char *arg2, const char *arg3);

/* Adds a copy of a message of another list. With `by` and `why` it becomes a note that somebody let
 * through; both are NULL otherwise. */
void diag_copy(struct diags *diags, const struct diag *diag, const char *by, const char *why);

/* Adds copies of the messages of another list that are not there yet, of this level and above, and
 * counts those that it did not keep. */
void diags_add_new(struct diags *diags, const struct diags *from, enum diag_level least);

/* Counts what another list counted and did not keep, so that no error is lost. */
void diags_count_dropped(struct diags *diags, const struct diags *from);

/* Formats an argument for diag_add(), in memory of the list. */
const char *diag_printf(struct diags *diags, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* An argument out of a slice: control characters become U+FFFD, and it is cut after 60 code
 * points with "…". */
const char *diag_str(struct diags *diags, struct str text);

/* An argument that differs between the languages. */
const char *diag_both(struct diags *diags, const char *english, const char *thai);

/* What a library, a server or a program said in English: in Thai it stands as a quotation behind
 * words of ours. */
const char *diag_said(struct diags *diags, const char *thai, const char *said);

/* A place in the file at hand, as an argument: "in line 7", in a spreadsheet "in cell C7". */
const char *diag_place(struct diags *diags, struct pos pos);

/* What the system says of an error number, as an argument in both languages. */
const char *diag_system(struct diags *diags, int error);

/* The same of a signal that ended a program. */
const char *diag_signal(struct diags *diags, int signal_number);

/* The kept messages in the order they were added, and how many of a level were added. */
size_t diags_count(const struct diags *diags);
const struct diag *diags_at(const struct diags *diags, size_t index);
size_t diags_level_count(const struct diags *diags, enum diag_level level);

/* "CODE" as users see it. */
const char *diag_code_name(enum diag_code code);
enum diag_level diag_code_level(enum diag_code code);

/* The file of base/diag/ that a code stands in, without its ending: "check". */
struct str diag_code_room(enum diag_code code);

/* The text of a code, with "…" for what differs from message to message. */
struct str diag_code_text(struct arena *arena, enum diag_code code, enum diag_lang lang);

/* What `explain` tells of a code: some sentences on each, an example of several lines. */
struct diag_explanation {
    const char *meaning, *why, *example, *remedy;
};

/* NULL for a code that says all in its message. */
const struct diag_explanation *diag_code_explanation(enum diag_code code, enum diag_lang lang);

/* The code of this name, large letters or small; false when there is none. */
bool diag_code_find(struct str name, enum diag_code *out);

/* The code nearest to a name that is none, or false when none is near. */
bool diag_code_nearest(struct str name, enum diag_code *out);

/* True for the codes of base/diag/finding.def: what a report says against itself or against its
 * rubric. Only these can be accepted; all others are faults of a file. */
bool diag_code_is_finding(enum diag_code code);

/* The message alone, and the whole line `file:line:col: level: message [CODE]`. */
struct str diag_message(struct arena *arena, const struct diag *diag, enum diag_lang lang);
struct str diag_line(struct arena *arena, const struct diag *diag, enum diag_lang lang);

#endif
