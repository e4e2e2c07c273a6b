#include "archive/retention.h"

#include "archive/canon.h"
#include "archive/entry.h"
#include "archive/store.h"
#include "base/arena.h"
#include "thai/date.h"
#include "value/value.h"

/* ---- days */

/* The first four digits; 0 where they are none. */
static int
year_of(struct str text)
{
    size_t year = 0;

    return str_number(str_sub(text, 0, 4), 9999, &year) ? (int)year : 0;
}

time_t
retention_time(struct str time)
{
    size_t part[6] = {0};
    static const size_t from[] = {0, 5, 8, 11, 14, 17};

    for (size_t i = 0; i < 6; i++)
        (void)str_number(str_sub(time, from[i], i == 0 ? 4 : 2), 9999, &part[i]);
    struct tm utc = {.tm_year = (int)part[0] - 1900,
                     .tm_mon = (int)part[1] - 1,
                     .tm_mday = (int)part[2],
                     .tm_hour = (int)part[3],
                     .tm_min = (int)part[4],
                     .tm_sec = (int)part[5]};
    return timegm(&utc);
}

/* The year in Thailand, Buddhist era. */
static int
year_there(struct str time)
{
    struct tm there;

    return date_there(retention_time(time), &there) ? date_from_tm(&there).year : 0;
}

struct str
retention_day(struct arena *arena, const struct columns *columns, struct str time, int years)
{
    int year = year_of(columns->date);

    if (year == 0)
        year = columns->year;
    if (year == 0)
        year = year_there(time);
    struct buf out = buf_in(arena);
    buf_unsigned(&out, (uint64_t)(year + years + 1), 4);
    buf_text(&out, "-01-01");
    return buf_str(&out);
}

struct str
retention_today(struct arena *arena)
{
    struct tm there;

    return date_there(time(NULL), &there) ? date_iso(arena, date_from_tm(&there)) : STR("");
}

/* ---- notes */

bool
retention_of(struct store *store, struct arena *arena, const struct chain_entry *entry,
             const struct columns *columns, struct retention *out)
{
    struct rows rows =
        store_ask(store, STORE_NOTE_LAST, CELLS(cell_number(entry->chain), cell_number(entry->n)));

    if (rows_next(&rows))
        *out = (struct retention){str_dup(arena, rows_text(&rows, 1)),
                                  str_dup(arena, rows_text(&rows, 2)), rows_number(&rows, 0)};
    else
        *out = (struct retention){retention_day(arena, columns, entry->time, RETENTION_YEARS),
                                  STR(""), 0};
    return rows_end(&rows);
}

bool
retention_put(struct store *store, struct arena *arena, int64_t about, struct str day,
              struct str reason, struct str who, struct chain_entry *out)
{
    struct value *columns = canon_map(arena);
    bool good;

    canon_add_number(arena, columns, "entry", about);
    canon_add_text(arena, columns, "reason", reason);
    canon_add_text(arena, columns, "retention", day);
    canon_add_text(arena, columns, "who", who);
    return chain_append(store, arena, CHAIN_NOTE, 0, columns, out) &&
           retention_rows(store, CHAIN_OWN, out->n, columns, &good);
}

static bool
is_day(struct str text)
{
    struct date date;

    return text.len == 10 && text.ptr[4] == '-' && text.ptr[7] == '-' && year_of(text) > 0 &&
           (date_parse(text, &date) == DATE_GOOD || year_of(text) > DATE_YEAR_MAX);
}

bool
retention_rows(struct store *store, int64_t chain, int64_t n, const struct value *columns,
               bool *good)
{
    struct str day = canon_text(columns, "retention");
    int64_t about = canon_number(columns, "entry", 0);

    *good = about >= 1 && about < n && (day.len == 0 || str_is(day, RETENTION_EVER) || is_day(day));
    return !*good || store_do(store, STORE_NOTE_ADD,
                              CELLS(cell_number(chain), cell_number(n), cell_number(about),
                                    cell_filled(day), cell_filled(canon_text(columns, "reason"))));
}
