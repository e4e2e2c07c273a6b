/* Searching: which documents have what an expression asks for, and where.
 *
 * Of each term the index of pairs tells the blocks that may have it, quickly; a document counts
 * when one of its paragraphs there was seen to have it. So nothing is found that is not there. All
 * terms have to be in the document, each in some paragraph. Documents are looked at from the newest
 * on, and no further than needed. */
#ifndef ARCHIVE_SEARCH_H
#define ARCHIVE_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "archive/expression.h"
#include "base/decimal.h"
#include "base/str.h"

struct arena;
struct store;

#define SEARCH_RANKED_MAX 5000 /* documents that are compared for how well they fit */
#define SEARCH_LIMIT_MAX 100000
#define SEARCH_SNIPPETS 3 /* of a document */

enum search_order { SEARCH_BY_YEAR, SEARCH_BY_FIT };

/* What is empty or 0 is not asked. Texts are compared as they are folded. */
struct search_wish {
    const struct expression *expression;
    enum search_order order;
    int year_from, year_to;    /* Buddhist era */
    struct str agency, signer; /* parts of the name */
    struct str number;         /* in full, or what is behind its last "/" */
    struct str level, item;    /* in full */
    bool has_least, has_most;  /* the score: of the item, or of all */
    struct decimal least, most;
    bool with_secret;
    size_t limit;
};

/* A piece of a paragraph as it stands there. */
struct search_mark {
    size_t from, to; /* bytes of the snippet's text */
};

struct search_snippet {
    size_t page;     /* PARAGRAPH_NO_PAGE: said of the document */
    struct str text; /* of one line */
    bool cut_before, cut_behind;
    struct search_mark *marks;
    size_t mark_count;
};

struct search_hit {
    int64_t chain, n;
    struct str archive; /* name of the chain, empty for the own */
    int year;
    struct str agency, number, date, subject, level, score, kind, file, secret;
    struct search_snippet *snippets;
    size_t snippet_count;
};

struct search_found {
    struct search_hit *hits;
    size_t count;
    bool has_more; /* than `limit` */
    bool is_cut;   /* by fit: there are more than were compared, which are the newest */
};

/* Searches inside one state of the archive. Of versions of one document the newest is told that has
 * what is asked for. */
bool search_run(struct store *store, struct arena *arena, const struct search_wish *wish,
                struct search_found *out);

#endif
