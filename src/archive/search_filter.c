/* What is asked of a document besides its text. */
#include "archive/filter.h"
#include "archive/search_inner.h"
#include "banthuek-archive.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "inspect/lent.h"
#include "thai/digits.h"
#include "thai/fold.h"

static bool
has_folded(struct arena *arena, struct str text, struct str part)
{
    struct str folded = utf8_trim(fold_text(arena, part));

    return str_find(fold_text(arena, text), folded) != SIZE_MAX;
}

static bool
is_folded(struct arena *arena, struct str text, struct str other)
{
    return str_eq(utf8_trim(fold_text(arena, text)), utf8_trim(fold_text(arena, other)));
}

/* "สม 99902/123" is the number 123, and the whole. */
static bool
is_number(struct arena *arena, struct str number, struct str wanted)
{
    size_t slash = str_find_last(number, STR("/"));

    return is_folded(arena, number, wanted) ||
           (slash < number.len && is_folded(arena, str_sub(number, slash + 1, SIZE_MAX), wanted));
}

/* A score as it is written, "86.10" or "๘๖.๑๐". */
static bool
is_in_range(struct arena *arena, const struct search_wish *wish, struct str score)
{
    struct decimal value;

    if (!wish->has_least && !wish->has_most)
        return true;
    return decimal_parse(utf8_trim(fold_text(arena, score)), &value) &&
           (!wish->has_least || decimal_cmp(value, wish->least) >= 0) &&
           (!wish->has_most || decimal_cmp(value, wish->most) <= 0);
}

static bool
has_person(const struct filter *filter, const struct cell key[2], bool *out)
{
    struct rows rows = store_ask(filter->store, STORE_PERSONS, key, 2);

    *out = false;
    while (!*out && rows_next(&rows))
        *out = has_folded(filter->arena, rows_text(&rows, 1), filter->wish->signer);
    return rows_end(&rows);
}

static bool
has_score(const struct filter *filter, const struct cell key[2], bool *out)
{
    struct rows rows = store_ask(filter->store, STORE_SCORES, key, 2);

    *out = false;
    while (!*out && rows_next(&rows))
        *out = is_folded(filter->arena, rows_text(&rows, 0), filter->wish->item) &&
               is_in_range(filter->arena, filter->wish, rows_text(&rows, 1));
    return rows_end(&rows);
}

/* What stands in the row itself. */
static bool
row_fits(const struct search_wish *wish, struct arena *arena, const struct rows *rows)
{
    int64_t year = rows_is_none(rows, 0) ? 0 : rows_number(rows, 0);

    if ((wish->year_from > 0 && year < wish->year_from) ||
        (wish->year_to > 0 && (year > wish->year_to || year == 0)) ||
        (!wish->with_secret && !rows_is_none(rows, 9)))
        return false;
    return (wish->agency.len == 0 || has_folded(arena, rows_text(rows, 1), wish->agency)) &&
           (wish->number.len == 0 || is_number(arena, rows_text(rows, 2), wish->number)) &&
           (wish->level.len == 0 || is_folded(arena, rows_text(rows, 5), wish->level)) &&
           (wish->item.len > 0 || is_in_range(arena, wish, rows_text(rows, 6)));
}

bool
filter_row(const struct filter *filter, const struct rows *rows, int64_t chain, int64_t n,
           bool *out)
{
    const struct cell key[2] = {cell_number(chain), cell_number(n)};

    *out = row_fits(filter->wish, filter->arena, rows);
    if (*out && filter->wish->signer.len > 0 && !has_person(filter, key, out))
        return false;
    return !*out || filter->wish->item.len == 0 || has_score(filter, key, out);
}

bool
search_filter(struct search *s, int64_t chain, int64_t n, bool *out)
{
    struct arena *scratch = arena_new(0);
    const struct filter filter = {s->store, scratch, s->wish};
    struct rows rows =
        store_ask(s->store, STORE_SEARCH_DOCUMENT, CELLS(cell_number(chain), cell_number(n)));

    *out = rows_next(&rows);
    bool good = !*out || filter_row(&filter, &rows, chain, n, out);
    arena_free(scratch);
    return rows_end(&rows) && good;
}

/* ---- what is asked */

static struct str
text_of(const char *given)
{
    return given == NULL ? STR("") : utf8_trim(str_of(given));
}

static bool
read_score(struct lent *lent, const char *given, bool *has, struct decimal *out)
{
    struct str text = text_of(given);

    *has = text.len > 0;
    if (!*has || decimal_parse(digits_to_arabic(lent->arena, text), out))
        return true;
    diag_add(lent->diags, DIAG_ARCHIVE_SEARCH_SCORE, POS_NONE, diag_str(lent->diags, text), NULL,
             NULL);
    return false;
}

bool
filter_read(struct lent *lent, const struct banthuek_archive_query *query, struct search_wish *out)
{
    *out = (struct search_wish){
        .year_from = query->year_from,
        .year_to = query->year_to,
        .agency = text_of(query->agency),
        .signer = text_of(query->signer),
        .number = text_of(query->number),
        .level = text_of(query->level),
        .item = text_of(query->item),
        .with_secret = query->with_secret,
    };
    return read_score(lent, query->score_from, &out->has_least, &out->least) &&
           read_score(lent, query->score_to, &out->has_most, &out->most);
}
