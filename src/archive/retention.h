/* How long a document is kept: at least ten calendar years behind that of its date
 * (ระเบียบงานสารบรรณ ข้อ 57), or what the newest note on it says. Nothing is removed by itself. */
#ifndef ARCHIVE_RETENTION_H
#define ARCHIVE_RETENTION_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "archive/chain.h"
#include "base/str.h"

struct arena;
struct columns;
struct store;
struct value;

#define RETENTION_YEARS 10      /* and no less */
#define RETENTION_YEARS_MAX 500 /* what is longer is for ever */
#define RETENTION_EVER "ever"   /* greater than every day */

/* The first day on which a document may be removed, "2577-01-01", after so many whole years behind
 * the one of its date; else of its year; else of the day on which it was added (in Thailand). */
struct str retention_day(struct arena *arena, const struct columns *columns, struct str time,
                         int years);

/* A time as entries have it, as the system has it. */
time_t retention_time(struct str time);

/* Today in Thailand, as such a day. */
struct str retention_today(struct arena *arena);

struct retention {
    struct str day;    /* or RETENTION_EVER */
    struct str reason; /* of the note; may be empty */
    int64_t note;      /* the entry that says so; 0: none does */
};

/* What is true of a document. */
bool retention_of(struct store *store, struct arena *arena, const struct chain_entry *entry,
                  const struct columns *columns, struct retention *out);

/* Appends a note on entry `about` of the own chain, in the transaction that writes. */
bool retention_put(struct store *store, struct arena *arena, int64_t about, struct str day,
                   struct str reason, struct str who, struct chain_entry *out);

/* Makes the row of a note, entry `n`, from its columns: also for who puts back what was exported.
 * *good is false where they are none that this program writes. */
bool retention_rows(struct store *store, int64_t chain, int64_t n, const struct value *columns,
                    bool *good);

#endif
