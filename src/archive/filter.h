/* What searches and lists ask of a document besides its text. */
#ifndef ARCHIVE_FILTER_H
#define ARCHIVE_FILTER_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct banthuek_archive_query;
struct lent;
struct rows;
struct search_wish;
struct store;

struct filter {
    struct store *store;
    struct arena *arena; /* for one document */
    const struct search_wish *wish;
};

/* Whether a document is one of those that are asked for. Columns of the row as
 * STORE_SEARCH_DOCUMENT has them. */
bool filter_row(const struct filter *filter, const struct rows *rows, int64_t chain, int64_t n,
                bool *out);

/* Takes the filters of a query, and nothing else of it. False with ARCHIVE_SEARCH_SCORE. */
bool filter_read(struct lent *lent, const struct banthuek_archive_query *query,
                 struct search_wish *out);

#endif
