/* The register of outgoing documents: numbers that are given once each, one after the other, for
 * each agency and each calendar year (Buddhist era, in Thai time) anew. A number that was given
 * stands for ever, as an entry of the chain; one that is not used is made void, with the reason. */
#ifndef ARCHIVE_REGISTER_H
#define ARCHIVE_REGISTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "thai/date.h"

struct arena;
struct columns;
struct store;
struct value;

/* What is said of a number when it is given; what is not said is empty. */
struct register_said {
    struct str prefix; /* what stands before it on the document: "สม 99902/" */
    struct str office; /* ส่วนราชการ */
    struct str to, subject, secret;
    struct str file; /* without folders */
};

struct register_wish {
    struct str agency;
    struct date date;
    int64_t first; /* of the first number of a year; 0: 1, where the register has none yet */
    struct register_said said;
};

struct register_given {
    struct str agency, date; /* "2569-11-29" */
    int year;
    int64_t n, entry;
};

/* The day of a moment, in Thailand. False for one that no calendar reaches. */
bool register_day(int64_t time, struct date *out);

/* The agency of the register that numbers of this one are of: the same, else the longest that is a
 * part of its name, else the only one of which it is a part. A part ends where a word of the name
 * does, before a blank or a sign. Empty: none. */
struct str register_agency(struct arena *arena, const struct str *agencies, size_t count,
                           struct str name);

/* That of a document: by who wrote it, else by whom it is about. */
struct str register_of(struct arena *arena, const struct str *agencies, size_t count,
                       struct str office, struct str agency);

/* All agencies that have numbers. */
bool register_agencies(struct store *store, struct arena *arena, struct str **out, size_t *count);

/* Gives the next number, in the transaction that writes. ARCHIVE_REGISTER_BACK tells where the day
 * is before that of the last one. False with ARCHIVE_REGISTER_BEGUN (`first`, and the year has
 * numbers already). */
bool register_next(struct store *store, struct arena *arena, const struct register_wish *wish,
                   struct register_given *out);

/* Makes a number void, in the transaction that writes. False with ARCHIVE_REGISTER_NONE or
 * ARCHIVE_REGISTER_VOID. */
bool register_void(struct store *store, struct arena *arena, struct str agency, int year, int64_t n,
                   struct str reason);

/* Whether an entry of kind "number" or "void" says what such an entry says, and may stand behind
 * those that have rows: a number is given once, then made void once. False where the store failed.
 */
bool register_may_follow(struct store *store, struct str kind, const struct value *columns,
                         bool *out);

/* Makes the rows of an entry of kind "number" or "void" of the own chain from its columns: for who
 * puts back what was exported. */
bool register_rows(struct store *store, int64_t entry, struct str kind,
                   const struct value *columns);

/* Tells of a document that was added as entry `n`, in the same transaction: ARCHIVE_REGISTER_TWICE
 * where another one has its number, ARCHIVE_REGISTER_WAS_VOID where that was made void. */
bool register_tell_added(struct store *store, struct arena *arena, int64_t n,
                         const struct columns *columns);

/* The number behind the last "/" of a document's number, in digits of either kind; 0: none. */
int64_t register_number(struct arena *arena, struct str number);

/* ---- the list of a year */

enum register_state { REGISTER_GIVEN, REGISTER_USED, REGISTER_VOID };

struct register_row {
    int64_t n, entry; /* `entry` gave it */
    struct str date;
    enum register_state state;
    struct str reason; /* of one that is void */
    struct register_said said;
    int64_t *documents; /* entries of the documents that have it */
    size_t document_count;
};

/* Numbers from `from` to `to` that were never given, though later ones were. */
struct register_gap {
    int64_t from, to;
};

struct register_list {
    struct str agency;
    int year;
    struct register_row *rows;
    size_t count, given, used, voids;
    struct register_gap *gaps;
    size_t gap_count;
};

/* The numbers of an agency in a year, in order. An empty agency is the only one that there is, year
 * 0 the newest one. False with ARCHIVE_REGISTER_AGENCY or ARCHIVE_REGISTER_EMPTY. */
bool register_read(struct store *store, struct arena *arena, struct str agency, int year,
                   struct register_list *out);

#endif
