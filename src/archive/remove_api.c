/* Keeping and removing as banthuek-archive.h has it. */
#include "archive/archive.h"
#include "archive/named.h"
#include "archive/remove.h"
#include "archive/retention.h"
#include "base/arena.h"
#include "base/utf8.h"

#define TEXT_MAX 2000 /* bytes of a reason, a name */

/* A text that is kept, in one line. */
static bool
read_text(struct lent *lent, const char *option, const char *given, struct str *out)
{
    struct str text = given == NULL ? STR("") : utf8_trim(str_of(given));
    struct buf line = buf_in(lent->arena);

    if (text.len > TEXT_MAX) {
        diag_add(lent->diags, DIAG_ARCHIVE_LONG, POS_NONE, option,
                 diag_printf(lent->diags, "%d", TEXT_MAX), NULL);
        return false;
    }
    for (size_t i = 0; i < text.len; i++)
        buf_byte(&line, text.ptr[i] == '\n' || text.ptr[i] == '\t' ? ' ' : text.ptr[i]);
    *out = buf_str(&line);
    return true;
}

static bool
refuse(struct lent *lent, enum diag_code code, const char *arg)
{
    diag_add(lent->diags, code, POS_NONE, arg, NULL, NULL);
    return false;
}

/* ---- keeping */

struct keeping {
    struct lent lent;
    struct store *store;
    struct banthuek_archive_keep_wish wish;
    struct str reason, who;
    struct banthuek_archive_kept *out;
};

static bool
check_wish(struct keeping *k)
{
    const struct banthuek_archive_keep_wish *wish = &k->wish;

    if ((wish->years > 0) == wish->for_ever)
        return refuse(&k->lent, DIAG_ARCHIVE_KEEP_HOW, NULL);
    if (!wish->for_ever && (wish->years < RETENTION_YEARS || wish->years > RETENTION_YEARS_MAX))
        return refuse(&k->lent, DIAG_ARCHIVE_KEEP_YEARS,
                      diag_printf(k->lent.diags, "%d", RETENTION_YEARS_MAX));
    return read_text(&k->lent, "--reason", wish->reason, &k->reason) &&
           read_text(&k->lent, "--who", wish->who, &k->who);
}

static bool
keep(struct keeping *k, const char *name)
{
    struct named_entry found;
    struct retention now;
    struct chain_entry note = {.n = 0};

    if (!named_own(k->store, k->lent.arena, name, &found) ||
        !retention_of(k->store, k->lent.arena, &found.entry, &found.columns, &now))
        return false;
    struct str day = k->wish.for_ever ? STR(RETENTION_EVER)
                                      : retention_day(k->lent.arena, &found.columns,
                                                      found.entry.time, (int)k->wish.years);
    if (str_cmp(day, now.day) < 0 && k->reason.len == 0)
        return named_refuse(k->store, &found, DIAG_ARCHIVE_KEEP_SHORTER, NULL);
    if (!str_eq(day, now.day) &&
        !retention_put(k->store, k->lent.arena, found.named.n, day, k->reason, k->who, &note))
        return false;
    *k->out =
        (struct banthuek_archive_kept){(size_t)found.named.n, (size_t)note.n, lent_bytes(day)};
    return note.n == 0 || store_commit(k->store);
}

const struct banthuek_archive_kept *
banthuek_archive_keep(struct banthuek *b, struct banthuek_archive *archive, const char *name,
                      const struct banthuek_archive_keep_wish *wish)
{
    struct keeping k = {.lent = archive_begin(b, archive), .store = archive->store};

    lent_take(&k.wish, sizeof k.wish, wish);
    k.out = arena_alloc(k.lent.arena, sizeof *k.out);
    bool good = check_wish(&k) && store_begin(k.store) && keep(&k, name);
    store_end(k.store);
    return good ? k.out : NULL;
}

/* ---- removing */

struct removing {
    struct lent lent;
    struct store *store;
    struct banthuek_archive_remove_wish wish;
    struct str reason, who;
    struct named_entry found;
    struct banthuek_archive_gone *out;
};

/* Whether it may be removed today. */
static bool
may_go(struct removing *r)
{
    struct retention retention;
    struct diags *diags = r->lent.diags;

    if (!retention_of(r->store, r->lent.arena, &r->found.entry, &r->found.columns, &retention))
        return false;
    if (str_is(retention.day, RETENTION_EVER))
        return named_refuse(r->store, &r->found, DIAG_ARCHIVE_REMOVE_EVER, NULL);
    if ((r->wish.flags & BANTHUEK_ARCHIVE_EARLY) != 0 ||
        str_cmp(retention.day, retention_today(r->lent.arena)) <= 0)
        return true;
    size_t year = 0;
    (void)str_number(str_sub(retention.day, 0, 4), 9999, &year);
    return named_refuse(r->store, &r->found, DIAG_ARCHIVE_REMOVE_EARLY,
                        diag_printf(diags, "%zu", year - 1));
}

static bool
count_contents(struct store *store, size_t *files, size_t *size)
{
    struct rows rows = store_ask(store, STORE_CONTENT_SUM, NO_CELLS);

    if (rows_next(&rows)) {
        *files = (size_t)rows_number(&rows, 0);
        *size = (size_t)rows_number(&rows, 1);
    }
    return rows_end(&rows);
}

/* Who else has the same bytes. */
static bool
read_same(struct removing *r)
{
    struct rows rows =
        store_ask(r->store, STORE_CONTENT_ENTRIES, CELLS(cell_number(r->found.content)));
    struct banthuek_archive_same *same = NULL;
    size_t count = 0, cap = 0;

    while (rows_next(&rows)) {
        struct str archive = rows_number(&rows, 0) == CHAIN_OWN
                                 ? STR("")
                                 : str_dup(r->lent.arena, rows_text(&rows, 2));
        *ARENA_ADD(r->lent.arena, same, count, cap, 4) =
            (struct banthuek_archive_same){(size_t)rows_number(&rows, 1), lent_bytes(archive)};
    }
    r->out->same = same;
    r->out->same_count = count;
    return rows_end(&rows);
}

static bool
take_out(struct removing *r, const char *name)
{
    size_t files = 0, size = 0, files_left = 0, size_left = 0;
    int64_t by;

    if (!named_own(r->store, r->lent.arena, name, &r->found) || !may_go(r) ||
        !count_contents(r->store, &files, &size) ||
        !entry_remove(r->store, r->lent.arena, r->found.named.n, r->reason, r->who, &by) ||
        !count_contents(r->store, &files_left, &size_left) || !read_same(r))
        return false;
    r->out->entry = (size_t)r->found.named.n;
    r->out->by = (size_t)by;
    r->out->files = files - files_left;
    r->out->size = size - size_left;
    return store_commit(r->store);
}

static bool
check_reason(struct removing *r)
{
    if (!read_text(&r->lent, "--reason", r->wish.reason, &r->reason) ||
        !read_text(&r->lent, "--who", r->wish.who, &r->who))
        return false;
    return r->reason.len > 0 || refuse(&r->lent, DIAG_ARCHIVE_REMOVE_REASON, NULL);
}

const struct banthuek_archive_gone *
banthuek_archive_remove(struct banthuek *b, struct banthuek_archive *archive, const char *name,
                        const struct banthuek_archive_remove_wish *wish)
{
    struct removing r = {.lent = archive_begin(b, archive), .store = archive->store};

    lent_take(&r.wish, sizeof r.wish, wish);
    r.out = arena_alloc(r.lent.arena, sizeof *r.out);
    bool good = check_reason(&r) && store_begin(r.store) && take_out(&r, name);
    store_end(r.store);
    if (!good)
        return NULL;
    if (!store_tidy(r.store))
        diag_add(r.lent.diags, DIAG_ARCHIVE_REMOVE_LOG, store_pos(r.store), NULL, NULL, NULL);
    return r.out;
}
