/* Lists of documents as banthuek-archive.h has them. */
#include "archive/archive.h"
#include "archive/chain.h"
#include "archive/entry.h"
#include "archive/filter.h"
#include "archive/json.h"
#include "archive/retention.h"
#include "archive/search.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "thai/date.h"

#define PIECE_BYTES 65536 /* of JSON */

struct listing {
    struct lent lent;
    struct store *store;
    struct banthuek_archive_wanted wanted;
    struct search_wish wish;
    struct str due; /* empty: not asked */
    size_t count;
    bool (*each)(void *user, const struct banthuek_archive_item *item);
    void *user;
};

static bool
read_due(struct listing *l)
{
    struct str text = utf8_trim(str_of(l->wanted.due));
    struct date date;

    if (l->wanted.due == NULL)
        return true;
    if (text.len == 0) {
        l->due = retention_today(l->lent.arena);
        return true;
    }
    if (date_parse(text, &date) == DATE_GOOD && date.day > 0) {
        l->due = date_iso(l->lent.arena, date);
        return true;
    }
    diag_add(l->lent.diags, DIAG_ARCHIVE_DATE, POS_NONE, diag_str(l->lent.diags, text), NULL, NULL);
    return false;
}

/* ---- a document */

/* Of one that says neither day nor year the time of its entry counts. */
static bool
read_retention(struct listing *l, struct arena *scratch, const struct rows *rows, struct str *out)
{
    const struct columns columns = {.year = (int)rows_number(rows, 0), .date = rows_text(rows, 3)};
    struct chain_entry entry = {.time = STR("")};

    *out = rows_text(rows, 14);
    if (out->len > 0)
        return true;
    if (columns.year == 0 && columns.date.len == 0 &&
        !chain_entry(l->store, scratch, rows_number(rows, 11), rows_number(rows, 12), &entry))
        return false;
    *out = retention_day(scratch, &columns, entry.time, RETENTION_YEARS);
    return true;
}

static struct banthuek_archive_item
item_of(const struct rows *rows, struct str retention)
{
    struct banthuek_bytes texts[9];

    for (int i = 0; i < 9; i++)
        texts[i] = lent_bytes(rows_text(rows, 1 + i));
    return (struct banthuek_archive_item){
        .entry = (size_t)rows_number(rows, 12),
        .archive = lent_bytes(rows_number(rows, 11) == CHAIN_OWN ? STR("") : rows_text(rows, 10)),
        .year = (int)rows_number(rows, 0),
        .agency = texts[0],
        .number = texts[1],
        .date = texts[2],
        .subject = texts[3],
        .level = texts[4],
        .score = texts[5],
        .kind = texts[6],
        .file = texts[7],
        .secret = texts[8],
        .newer = (size_t)rows_number(rows, 13),
        .retention = lent_bytes(retention),
    };
}

/* *more: whether there may be others. */
static bool
take(struct listing *l, struct arena *scratch, const struct rows *rows, bool *more)
{
    const struct filter filter = {l->store, scratch, &l->wish};
    struct str retention;
    bool fits;

    if (!filter_row(&filter, rows, rows_number(rows, 11), rows_number(rows, 12), &fits) ||
        !read_retention(l, scratch, rows, &retention))
        return false;
    if (!fits || (l->due.len > 0 && str_cmp(retention, l->due) > 0))
        return true;
    const struct banthuek_archive_item item = item_of(rows, retention);
    l->count++;
    *more = l->each(l->user, &item) && l->count != l->wanted.limit;
    return true;
}

static struct cell
cell_year(int year)
{
    return year == 0 ? cell_none() : cell_number(year);
}

static bool
walk(struct listing *l)
{
    bool due = l->due.len > 0, all = due || (l->wanted.flags & BANTHUEK_LIST_ALL) != 0;
    struct arena *scratch = arena_new(0);
    struct arena_mark begin = arena_mark(scratch);
    struct rows rows =
        store_ask(l->store, STORE_LIST,
                  CELLS(cell_number(l->wish.with_secret), cell_number(all), cell_number(due),
                        cell_year(l->wish.year_from), cell_year(l->wish.year_to)));
    bool good = true, more = true;

    while (good && more && rows_next(&rows)) {
        good = take(l, scratch, &rows, &more);
        arena_reset(scratch, begin);
    }
    arena_free(scratch);
    return rows_end(&rows) && good;
}

static bool
run(struct listing *l, const struct banthuek_archive_wanted *given)
{
    struct banthuek_archive_query query = {0};

    lent_take(&l->wanted, sizeof l->wanted, given);
    lent_take(&query, sizeof query, l->wanted.query);
    store_cache_few(l->store, true);
    bool good = filter_read(&l->lent, &query, &l->wish) && read_due(l) &&
                store_begin_read(l->store) && walk(l);
    store_end(l->store);
    store_cache_few(l->store, false);
    return good;
}

bool
banthuek_archive_list(struct banthuek *b, struct banthuek_archive *archive,
                      const struct banthuek_archive_wanted *wanted,
                      bool (*each)(void *user, const struct banthuek_archive_item *item),
                      void *user)
{
    struct listing l = {
        .lent = archive_begin(b, archive), .store = archive->store, .each = each, .user = user};

    return run(&l, wanted);
}

/* ---- JSON */

struct writer {
    struct buf out;
    size_t count;
    bool (*put)(void *user, struct banthuek_bytes piece);
    void *user;
};

static bool
hand_out(struct writer *w)
{
    bool more = w->put(w->user, lent_bytes(buf_str(&w->out)));

    w->out.len = 0;
    return more;
}

static bool
write_item(void *user, const struct banthuek_archive_item *item)
{
    struct writer *w = user;
    struct buf *out = &w->out;

    archive_json_number(out, w->count++ == 0 ? "\n{\"entry\": " : ",\n{\"entry\": ", item->entry);
    archive_json_text(out, ", \"archive\": ", item->archive);
    archive_json_number(out, ", \"year\": ", (size_t)item->year);
    archive_json_text(out, ",\n  \"agency\": ", item->agency);
    archive_json_text(out, ", \"number\": ", item->number);
    archive_json_text(out, ", \"date\": ", item->date);
    archive_json_text(out, ",\n  \"subject\": ", item->subject);
    archive_json_text(out, ",\n  \"level\": ", item->level);
    archive_json_text(out, ", \"score\": ", item->score);
    archive_json_text(out, ", \"kind\": ", item->kind);
    archive_json_text(out, ", \"file\": ", item->file);
    archive_json_text(out, ", \"secret\": ", item->secret);
    archive_json_number(out, ",\n  \"newer\": ", item->newer);
    archive_json_text(out, ", \"retention\": ", item->retention);
    buf_text(out, "}");
    return out->len < PIECE_BYTES || hand_out(w);
}

bool
banthuek_archive_list_json(struct banthuek *b, struct banthuek_archive *archive,
                           const struct banthuek_archive_wanted *wanted,
                           bool (*put)(void *user, struct banthuek_bytes piece), void *user)
{
    struct lent lent = archive_begin(b, archive);
    struct writer w = {.out = buf_in(lent.arena), .put = put, .user = user};
    struct listing l = {.lent = lent, .store = archive->store, .each = write_item, .user = &w};

    buf_text(&w.out, "{\"documents\": [");
    if (!run(&l, wanted))
        return false;
    buf_printf(&w.out, "],\n\"count\": %zu}\n", l.count);
    return hand_out(&w);
}
