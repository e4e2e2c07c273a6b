/* Giving numbers and taking them back. */
#include "archive/register.h"

#include "archive/canon.h"
#include "archive/chain.h"
#include "archive/entry.h"
#include "archive/store.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "thai/digits.h"
#include "thai/fold.h"
#include "value/value.h"

#define NUMBER_MAX INT32_MAX

static bool
refuse(struct store *store, enum diag_code code, const char *arg1, const char *arg2)
{
    diag_add(store_diags(store), code, store_pos(store), arg1, arg2, NULL);
    return false;
}

static const char *
shown(struct store *store, int64_t n)
{
    return diag_printf(store_diags(store), "%lld", (long long)n);
}

bool
register_day(int64_t time, struct date *out)
{
    struct tm there;

    if (!date_there((time_t)time, &there))
        return false;
    *out = date_from_tm(&there);
    return true;
}

/* ---- whose register */

/* Whether a name is a part of another: "อบต.ก" is one of "กองคลัง อบต.ก", and none of "อบต.กข",
 * which is somebody else. Before it there may be anything, for "สำนักปลัดเทศบาลตำบลก" is written so.
 */
static bool
is_part(struct str name, struct str part)
{
    for (size_t at = 0, found; (found = str_find(str_sub(name, at, SIZE_MAX), part)) != SIZE_MAX;
         at += found + 1) {
        struct str behind = str_sub(name, at + found + part.len, SIZE_MAX);
        if (behind.len == 0 ||
            ((unsigned char)behind.ptr[0] < 0x80 && !ascii_is_alnum((int)behind.ptr[0])))
            return true;
    }
    return false;
}

struct str
register_agency(struct arena *arena, const struct str *agencies, size_t count, struct str name)
{
    struct str own = fold_text(arena, name), best = STR(""), around = STR("");
    size_t around_count = 0;

    if (own.len == 0)
        return STR("");
    for (size_t i = 0; i < count; i++) {
        struct str other = fold_text(arena, agencies[i]);
        if (str_eq(own, other))
            return agencies[i];
        if (is_part(own, other) && agencies[i].len > best.len)
            best = agencies[i];
        if (is_part(other, own)) {
            around = agencies[i];
            around_count++;
        }
    }
    return best.len > 0 ? best : around_count == 1 ? around : STR("");
}

struct str
register_of(struct arena *arena, const struct str *agencies, size_t count, struct str office,
            struct str agency)
{
    struct str found = register_agency(arena, agencies, count, office);

    return found.len > 0 ? found : register_agency(arena, agencies, count, agency);
}

bool
register_agencies(struct store *store, struct arena *arena, struct str **out, size_t *count)
{
    struct rows rows = store_ask(store, STORE_NUMBER_AGENCIES, NO_CELLS);
    size_t cap = 0;

    *out = NULL;
    *count = 0;
    while (rows_next(&rows)) {
        struct str *agency = ARENA_ADD(arena, *out, *count, cap, 8);
        *agency = str_dup(arena, rows_text(&rows, 0));
    }
    return rows_end(&rows);
}

/* ---- the next number */

/* The last number of the year, 0 for none. */
static bool
last_of(struct store *store, const struct register_wish *wish, int64_t *n)
{
    return store_number(store, STORE_NUMBER_LAST,
                        CELLS(cell_text(wish->agency), cell_number(wish->date.year)), 0, n);
}

/* Numbers are to follow the days; where they do not, the clock or the date given is wrong. */
static bool
tell_order(struct store *store, const struct register_wish *wish, struct str date)
{
    struct diags *diags = store_diags(store);
    struct rows rows = store_ask(store, STORE_NUMBER_NEWEST, CELLS(cell_text(wish->agency)));

    if (rows_next(&rows) && str_cmp(rows_text(&rows, 2), date) > 0)
        diag_add(diags, DIAG_ARCHIVE_REGISTER_BACK, store_pos(store),
                 shown(store, rows_number(&rows, 1)), diag_str(diags, rows_text(&rows, 2)),
                 diag_str(diags, date));
    return rows_end(&rows);
}

static struct value *
columns_of(struct arena *arena, const struct register_wish *wish,
           const struct register_given *given)
{
    const struct register_said *said = &wish->said;
    struct value *columns = canon_map(arena);

    canon_add_text(arena, columns, "agency", given->agency);
    canon_add_text(arena, columns, "date", given->date);
    canon_add_text(arena, columns, "file", said->file);
    canon_add_number(arena, columns, "n", given->n);
    canon_add_text(arena, columns, "office", said->office);
    canon_add_text(arena, columns, "prefix", said->prefix);
    canon_add_text(arena, columns, "secret", said->secret);
    canon_add_text(arena, columns, "subject", said->subject);
    canon_add_text(arena, columns, "to", said->to);
    canon_add_number(arena, columns, "year", given->year);
    return columns;
}

bool
register_next(struct store *store, struct arena *arena, const struct register_wish *wish,
              struct register_given *out)
{
    struct chain_entry entry;
    int64_t last;

    *out = (struct register_given){
        .agency = wish->agency, .date = date_iso(arena, wish->date), .year = wish->date.year};
    if (!last_of(store, wish, &last) || !tell_order(store, wish, out->date))
        return false;
    if (last > 0 && wish->first > 0)
        return refuse(store, DIAG_ARCHIVE_REGISTER_BEGUN, shown(store, out->year),
                      shown(store, last));
    if (last >= NUMBER_MAX)
        return store_damaged(store, "a number of the register");
    out->n = last > 0 ? last + 1 : wish->first > 0 ? wish->first : 1;
    const struct value *columns = columns_of(arena, wish, out);
    if (!chain_append(store, arena, CHAIN_NUMBER, 0, columns, &entry))
        return false;
    out->entry = entry.n;
    return register_rows(store, entry.n, STR(CHAIN_NUMBER), columns);
}

/* The number that an entry is about. */
struct about {
    struct str agency;
    int64_t year, n;
};

static bool
read_about(const struct value *columns, struct about *out)
{
    *out = (struct about){canon_text(columns, "agency"), canon_number(columns, "year", 0),
                          canon_number(columns, "n", 0)};
    return out->agency.len > 0 && out->year >= DATE_YEAR_MIN && out->year <= DATE_YEAR_MAX &&
           out->n > 0 && out->n <= NUMBER_MAX;
}

bool
register_rows(struct store *store, int64_t entry, struct str kind, const struct value *columns)
{
    struct str date = canon_text(columns, "date");
    struct about about;

    if (!read_about(columns, &about))
        return store_damaged(store, "an entry of the register");
    if (str_is(kind, CHAIN_NUMBER))
        return store_do(store, STORE_NUMBER_ADD,
                        CELLS(cell_text(about.agency), cell_number(about.year),
                              cell_number(about.n), cell_text(date), cell_number(entry)));
    return store_do(store, STORE_NUMBER_VOID,
                    CELLS(cell_text(about.agency), cell_number(about.year), cell_number(about.n),
                          cell_filled(canon_text(columns, "reason"))));
}

/* ---- taking back */

enum { ROW_DATE, ROW_ENTRY, ROW_STATE, ROW_REASON };

/* *there and *is_void of a number. */
static bool
look_up(struct store *store, struct str agency, int64_t year, int64_t n, bool *there, bool *is_void)
{
    struct rows rows = store_ask(store, STORE_NUMBER_GET,
                                 CELLS(cell_text(agency), cell_number(year), cell_number(n)));

    *there = rows_next(&rows);
    *is_void = *there && str_is(rows_text(&rows, ROW_STATE), "void");
    return rows_end(&rows);
}

bool
register_may_follow(struct store *store, struct str kind, const struct value *columns, bool *out)
{
    bool there, is_void;
    struct about about;

    *out = false;
    if (!read_about(columns, &about))
        return true;
    if (!look_up(store, about.agency, about.year, about.n, &there, &is_void))
        return false;
    *out = str_is(kind, CHAIN_NUMBER) ? !there : there && !is_void;
    return true;
}

bool
register_void(struct store *store, struct arena *arena, struct str agency, int year, int64_t n,
              struct str reason)
{
    struct value *columns = canon_map(arena);
    struct chain_entry entry;
    bool there, is_void;

    if (!look_up(store, agency, year, n, &there, &is_void))
        return false;
    if (!there || is_void)
        return refuse(store, there ? DIAG_ARCHIVE_REGISTER_VOID : DIAG_ARCHIVE_REGISTER_NONE,
                      shown(store, n), shown(store, year));
    canon_add_text(arena, columns, "agency", agency);
    canon_add_number(arena, columns, "n", n);
    canon_add_text(arena, columns, "reason", reason);
    canon_add_number(arena, columns, "year", year);
    return chain_append(store, arena, CHAIN_VOID, 0, columns, &entry) &&
           register_rows(store, entry.n, STR(CHAIN_VOID), columns);
}

/* ---- documents that come in */

int64_t
register_number(struct arena *arena, struct str number)
{
    size_t slash = str_find_last(number, STR("/")), n;
    struct str tail =
        slash == SIZE_MAX ? number : str_sub(number, slash + 1, number.len - slash - 1);

    tail = str_trim(digits_to_arabic(arena, tail));
    return str_number(tail, INT32_MAX, &n) ? (int64_t)n : 0;
}

/* The calendar year of a document, 0 where its date does not tell. */
static int64_t
year_of(struct str date)
{
    size_t year;

    return str_number(str_sub(date, 0, 4), DATE_YEAR_MAX, &year) ? (int64_t)year : 0;
}

static bool
is_folded(struct arena *arena, struct str one, struct str other)
{
    return str_eq(fold_text(arena, one), fold_text(arena, other));
}

/* The document that was added, as the place of a message. */
static struct pos
pos_of(struct arena *arena, const struct columns *columns)
{
    return (struct pos){columns->file.len == 0 ? NULL : str_cstr(arena, columns->file), 0, 0};
}

/* Another document with the same number, which the new one does not take the place of. */
static bool
tell_twice(struct store *store, struct arena *arena, int64_t n, const struct columns *columns)
{
    struct diags *diags = store_diags(store);
    struct str number = columns->number;
    struct rows rows = store_ask(store, STORE_NUMBER_SAME,
                                 CELLS(cell_text(number), cell_text(digits_to_thai(arena, number)),
                                       cell_text(digits_to_arabic(arena, number))));

    while (rows_next(&rows)) {
        if (rows_number(&rows, 0) != n && is_folded(arena, rows_text(&rows, 1), columns->agency) &&
            is_folded(arena, rows_text(&rows, 2), columns->office) &&
            year_of(rows_text(&rows, 3)) == year_of(columns->date))
            diag_add(diags, DIAG_ARCHIVE_REGISTER_TWICE, pos_of(arena, columns),
                     diag_str(diags, number), shown(store, rows_number(&rows, 0)), NULL);
    }
    return rows_end(&rows);
}

bool
register_tell_added(struct store *store, struct arena *arena, int64_t n,
                    const struct columns *columns)
{
    int64_t year = year_of(columns->date), number = register_number(arena, columns->number);
    struct str *agencies;
    size_t count;
    bool there, is_void;

    if (year == 0 || number == 0 || columns->newer != 0)
        return true;
    if (!tell_twice(store, arena, n, columns) ||
        !register_agencies(store, arena, &agencies, &count))
        return false;
    struct str agency = register_of(arena, agencies, count, columns->office, columns->agency);
    if (agency.len == 0)
        return true;
    if (!look_up(store, agency, year, number, &there, &is_void))
        return false;
    if (is_void)
        diag_add(store_diags(store), DIAG_ARCHIVE_REGISTER_WAS_VOID, pos_of(arena, columns),
                 shown(store, number), shown(store, year), NULL);
    return true;
}
