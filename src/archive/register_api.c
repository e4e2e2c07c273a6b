/* The register as banthuek-archive.h has it. */
#include "archive/archive.h"
#include "archive/register.h"
#include "archive/register_for.h"
#include "base/arena.h"
#include "thai/fold.h"
#include "thai/normal.h"

#define TEXT_MAX 2000 /* bytes of what is said of a number */

struct asking {
    struct banthuek *b;
    struct lent lent;
    struct store *store;
};

static struct asking
begin(struct banthuek *b, struct banthuek_archive *archive)
{
    return (struct asking){b, archive_begin(b, archive), archive->store};
}

static bool
refuse(const struct asking *asking, enum diag_code code, struct str arg)
{
    diag_add(asking->lent.diags, code, POS_NONE, diag_str(asking->lent.diags, arg), NULL, NULL);
    return false;
}

/* A text that is kept, as data are: in one line. What is not given is empty. */
static bool
read_text(const struct asking *asking, const char *option, const char *given, struct str *out)
{
    struct pos pos = {option, 0, 0};
    struct buf line = buf_in(asking->lent.arena);
    struct str text;

    *out = STR("");
    if (given == NULL)
        return true;
    if (!normal_text(asking->lent.arena, asking->lent.diags, pos, str_trim(str_of(given)), &text))
        return false;
    if (text.len > TEXT_MAX)
        return refuse(asking, DIAG_ARCHIVE_REGISTER_LONG, str_of(option));
    for (size_t i = 0; i < text.len; i++)
        buf_byte(&line, text.ptr[i] == '\n' || text.ptr[i] == '\t' ? ' ' : text.ptr[i]);
    *out = buf_str(&line);
    return true;
}

/* ---- the next number */

static bool
read_date(const struct asking *asking, const char *given, struct date *out)
{
    if (given == NULL)
        return register_day((int64_t)time(NULL), out);
    if (date_parse(str_of(given), out) == DATE_GOOD && out->day > 0)
        return true;
    return refuse(asking, DIAG_ARCHIVE_REGISTER_DATE, str_of(given));
}

static bool
refuse_agency(const struct asking *asking, const struct str *agencies, size_t count)
{
    struct buf names = buf_in(asking->lent.arena);

    if (count == 0)
        return refuse(asking, DIAG_ARCHIVE_REGISTER_WHOSE, STR(""));
    for (size_t i = 0; i < count; i++)
        buf_printf(&names, "%s\"%.*s\"", i == 0 ? "" : ", ", STR_FMT(agencies[i]));
    return refuse(asking, DIAG_ARCHIVE_REGISTER_AGENCY, buf_str(&names));
}

/* Whose number it is: the agency that was named, as the register writes it; else that of the report
 * by its name; else the only one. A register is begun by its name, or by the first report. */
static bool
choose_agency(const struct asking *asking, struct register_wish *wish)
{
    struct arena *arena = asking->lent.arena;
    struct str *agencies, office = wish->said.office;
    size_t count;

    if (!register_agencies(asking->store, arena, &agencies, &count))
        return false;
    if (wish->agency.len > 0) {
        for (size_t i = 0; i < count; i++) {
            if (str_eq(fold_text(arena, agencies[i]), fold_text(arena, wish->agency)))
                wish->agency = agencies[i];
        }
        return true;
    }
    if (office.len > 0)
        wish->agency = count == 0 ? office : register_agency(arena, agencies, count, office);
    else if (count == 1)
        wish->agency = agencies[0];
    return wish->agency.len > 0 || refuse_agency(asking, agencies, count);
}

static void
tell_other_day(const struct asking *asking, const struct register_for *to,
               const struct register_given *given)
{
    struct diags *diags = asking->lent.diags;

    if (to->has_day && !str_eq(date_iso(asking->lent.arena, to->date), given->date))
        diag_add(diags, DIAG_ARCHIVE_REGISTER_OTHER_DAY, (struct pos){to->file, 0, 0},
                 diag_str(diags, date_iso(asking->lent.arena, to->date)),
                 diag_str(diags, given->date), NULL);
}

static bool
give(const struct asking *asking, struct register_wish *wish, struct register_given *given)
{
    bool good = store_begin(asking->store) && choose_agency(asking, wish) &&
                register_next(asking->store, asking->lent.arena, wish, given) &&
                store_commit(asking->store);

    store_end(asking->store);
    return good;
}

static bool
read_wish(const struct asking *asking, const struct banthuek_archive_number_wish *asked,
          struct register_for *to, struct register_wish *wish)
{
    struct str subject, office;

    if (asked->first > INT32_MAX)
        return refuse(asking, DIAG_ARCHIVE_REGISTER_LONG, STR("--first"));
    if (!read_text(asking, "--agency", asked->agency, &wish->agency) ||
        !read_text(asking, "--subject", asked->subject, &subject) ||
        !read_text(asking, "--to", asked->to, &office) ||
        !read_date(asking, asked->date, &wish->date) ||
        !register_for_check(asking->b, asked->file, asked->out, to))
        return false;
    wish->first = (int64_t)asked->first;
    wish->said = to->said;
    if (subject.len > 0)
        wish->said.subject = subject;
    if (office.len > 0)
        wish->said.to = office;
    return true;
}

const struct banthuek_archive_number *
banthuek_archive_register_next(struct banthuek *b, struct banthuek_archive *archive,
                               const struct banthuek_archive_number_wish *asked)
{
    struct asking asking = begin(b, archive);
    struct banthuek_archive_number_wish own = {0};
    struct register_wish wish = {.agency = STR("")};
    struct register_given given;
    struct register_for to;

    lent_take(&own, sizeof own, asked);
    if (!read_wish(&asking, &own, &to, &wish) || !give(&asking, &wish, &given))
        return NULL;
    struct banthuek_archive_number *out = arena_alloc(asking.lent.arena, sizeof *out);
    *out = (struct banthuek_archive_number){
        .agency = lent_bytes(given.agency),
        .year = given.year,
        .number = (size_t)given.n,
        .shown = lent_bytes(register_for_shown(asking.lent.arena, &wish.said, given.n)),
        .date = lent_bytes(given.date),
        .entry = (size_t)given.entry,
        .filled = register_for_fill(b, &to, &given)};
    if (out->filled)
        tell_other_day(&asking, &to, &given);
    else
        diag_add(asking.lent.diags, DIAG_ARCHIVE_REGISTER_UNFILLED, (struct pos){to.file, 0, 0},
                 diag_printf(asking.lent.diags, "%zu", out->number), NULL, NULL);
    return out;
}

/* ---- taking back */

/* The agency and year that are meant. */
static bool
find_list(const struct asking *asking, const char *agency, int year, struct register_list *list)
{
    struct str name;

    return read_text(asking, "--agency", agency, &name) &&
           register_read(asking->store, asking->lent.arena, name, year, list);
}

static void
tell_used(const struct asking *asking, const struct register_list *list, int64_t n)
{
    struct diags *diags = asking->lent.diags;

    for (size_t i = 0; i < list->count; i++) {
        const struct register_row *row = &list->rows[i];
        if (row->n == n && row->document_count > 0)
            diag_add(diags, DIAG_ARCHIVE_REGISTER_VOID_USED, POS_NONE,
                     diag_printf(diags, "%lld", (long long)n),
                     diag_printf(diags, "%lld", (long long)row->documents[0]), NULL);
    }
}

bool
banthuek_archive_register_void(struct banthuek *b, struct banthuek_archive *archive,
                               const char *agency, int year, const char *number, const char *reason)
{
    struct asking asking = begin(b, archive);
    struct register_list list;
    struct str why;
    int64_t n = register_number(asking.lent.arena, str_of(number));

    if (n == 0)
        return refuse(&asking, DIAG_ARCHIVE_REGISTER_NUMBER, str_of(number));
    if (!read_text(&asking, "--reason", reason, &why))
        return false;
    if (why.len == 0 || str_is(why, "-"))
        return refuse(&asking, DIAG_ARCHIVE_REGISTER_REASON, STR(""));
    bool good = store_begin(asking.store) && find_list(&asking, agency, year, &list) &&
                register_void(asking.store, asking.lent.arena, list.agency, list.year, n, why) &&
                store_commit(asking.store);
    store_end(asking.store);
    if (good)
        tell_used(&asking, &list, n);
    return good;
}

/* ---- the list */

static struct banthuek_archive_register_row
row_of(struct arena *arena, const struct register_row *row)
{
    static const enum banthuek_archive_number_state states[] = {
        [REGISTER_GIVEN] = BANTHUEK_NUMBER_GIVEN,
        [REGISTER_USED] = BANTHUEK_NUMBER_USED,
        [REGISTER_VOID] = BANTHUEK_NUMBER_VOID,
    };
    size_t *documents = arena_array(arena, row->document_count, sizeof *documents);

    for (size_t i = 0; i < row->document_count; i++)
        documents[i] = (size_t)row->documents[i];
    return (struct banthuek_archive_register_row){
        .number = (size_t)row->n,
        .entry = (size_t)row->entry,
        .state = states[row->state],
        .shown = lent_bytes(register_for_shown(arena, &row->said, row->n)),
        .date = lent_bytes(row->date),
        .office = lent_bytes(row->said.office),
        .to = lent_bytes(row->said.to),
        .subject = lent_bytes(row->said.subject),
        .secret = lent_bytes(row->said.secret),
        .reason = lent_bytes(row->reason),
        .documents = documents,
        .document_count = row->document_count};
}

static const struct banthuek_archive_register *
list_of(struct arena *arena, const struct register_list *list)
{
    struct banthuek_archive_register *out = arena_alloc(arena, sizeof *out);
    struct banthuek_archive_register_row *rows = arena_array(arena, list->count, sizeof *rows);
    struct banthuek_archive_register_gap *gaps = arena_array(arena, list->gap_count, sizeof *gaps);

    for (size_t i = 0; i < list->count; i++)
        rows[i] = row_of(arena, &list->rows[i]);
    for (size_t i = 0; i < list->gap_count; i++)
        gaps[i] = (struct banthuek_archive_register_gap){(size_t)list->gaps[i].from,
                                                         (size_t)list->gaps[i].to};
    *out = (struct banthuek_archive_register){.agency = lent_bytes(list->agency),
                                              .year = list->year,
                                              .rows = rows,
                                              .count = list->count,
                                              .given = list->given,
                                              .used = list->used,
                                              .voids = list->voids,
                                              .gaps = gaps,
                                              .gap_count = list->gap_count};
    return out;
}

const struct banthuek_archive_register *
banthuek_archive_register_list(struct banthuek *b, struct banthuek_archive *archive,
                               const char *agency, int year)
{
    struct asking asking = begin(b, archive);
    struct register_list list;
    bool good = store_begin_read(asking.store) && find_list(&asking, agency, year, &list);

    store_end(asking.store);
    return good ? list_of(asking.lent.arena, &list) : NULL;
}
