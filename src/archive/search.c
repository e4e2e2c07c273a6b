#include "archive/search.h"

#include <stdlib.h>
#include <string.h>

#include "archive/search_inner.h"
#include "base/arena.h"

/* From so many blocks on, or so many documents that hold something of one of them, documents are
 * gone through one after the other, instead of gathering those. */
#define GATHER_BLOCKS 3000
#define GATHER_DOCUMENTS 2000

#define VERSIONS_MAX 64 /* of a document */

/* How a term that stands in a document often counts, and how the document's length does. */
#define OFTEN 1.2
#define LENGTH 0.25
#define LENGTH_USUAL 9000.0 /* bytes: three quarters of a block, for blocks are counted */
#define PIECE 0.4           /* what a term counts that is there only as a piece of words */

/* ---- one document */

/* A document with its paragraphs. */
struct looked {
    struct paragraph_place *places;
    size_t count;
};

static bool
look(struct search *s, struct arena *arena, struct str packed, struct looked *out)
{
    return paragraphs_places(s->store, arena, packed, &out->places, &out->count) ||
           paragraphs_damaged(s->store);
}

/* How many blocks of a document may have a term, and have it as words; one that comes again later
 * counts again. */
static void
count_maybe(const struct sought *sought, const struct looked *looked, size_t *any, size_t *words)
{
    int64_t last = 0;

    *any = *words = 0;
    for (size_t i = 0; i < looked->count; i++) {
        int64_t block = block_of_paragraph(looked->places[i].paragraph);
        if (block == last)
            continue;
        last = block;
        *any += bits_has(&sought->maybe, block);
        *words += bits_has(&sought->maybe, block) && bits_has(&sought->words, block);
    }
}

/* Whether it may have all terms, by the indexes alone, and how well it fits then. */
static bool
may_fit(const struct search *s, const struct looked *looked, size_t bytes, double *fit)
{
    double length = 1 - LENGTH + LENGTH * (double)bytes / LENGTH_USUAL;

    *fit = 0;
    for (size_t i = 0; i < s->count; i++) {
        size_t any, words;
        if (s->sought[i].term->is_excluded)
            continue;
        count_maybe(&s->sought[i], looked, &any, &words);
        if (any == 0)
            return false;
        double often = (double)words + PIECE * (double)(any - words);
        *fit += s->sought[i].weight * often * (1 + OFTEN) / (often + OFTEN * length);
    }
    return true;
}

/* Whether it has a term for sure. */
static bool
has_term(struct search *s, struct sought *sought, const struct looked *looked, bool *out)
{
    *out = false;
    for (size_t i = 0; i < looked->count && !*out; i++) {
        if (!search_is_in(s, sought, looked->places[i].paragraph, out))
            return false;
    }
    return true;
}

/* Whether a paragraph that was looked at before, as those that a template repeats, has a term that
 * is excluded: that lets go of most documents, and no text is read for it. */
static bool
is_known_out(const struct search *s, const struct looked *looked)
{
    for (size_t i = 0; i < s->count; i++) {
        if (!s->sought[i].term->is_excluded)
            continue;
        for (size_t k = 0; k < looked->count; k++) {
            if (search_is_known_in(&s->sought[i], looked->places[k].paragraph))
                return true;
        }
    }
    return false;
}

/* Whether it has all terms, and then none of those that are excluded. */
static bool
has_all(struct search *s, const struct looked *looked, bool *out)
{
    bool has;

    *out = !is_known_out(s, looked);
    for (size_t i = 0; i < 2 * s->count && *out; i++) {
        struct sought *sought = &s->sought[i % s->count];
        if (sought->term->is_excluded != (i >= s->count))
            continue;
        if (!has_term(s, sought, looked, &has))
            return false;
        *out = has != sought->term->is_excluded;
    }
    return true;
}

static bool
read_places(struct search *s, struct arena *arena, int64_t chain, int64_t n, struct looked *out)
{
    struct rows rows =
        store_ask(s->store, STORE_TEXT_GET, CELLS(cell_number(chain), cell_number(n)));
    bool good = look(s, arena, rows_next(&rows) ? rows_text(&rows, 0) : STR(""), out);

    return rows_end(&rows) && good;
}

static bool judge(struct search *s, struct arena *arena, int64_t chain, int64_t n,
                  struct looked *looked, bool *out);

/* A document and those that came after it, each once: who made a bag may have made a ring of them,
 * or a net with more ways through it than anybody can go. */
struct versions {
    int64_t n[VERSIONS_MAX];
    size_t count;
};

static bool
add_later(struct search *s, int64_t chain, int64_t n, struct versions *versions)
{
    struct rows rows =
        store_ask(s->store, STORE_SEARCH_LATER, CELLS(cell_number(chain), cell_number(n)));

    while (versions->count < VERSIONS_MAX && rows_next(&rows)) {
        int64_t later = rows_number(&rows, 0);
        bool there = false;
        for (size_t i = 0; i < versions->count; i++)
            there = there || versions->n[i] == later;
        if (!there)
            versions->n[versions->count++] = later;
    }
    return rows_end(&rows);
}

/* Whether a version that came after this document is found itself, or one after that. */
static bool
has_later(struct search *s, int64_t chain, int64_t n, bool *out)
{
    struct versions versions = {.n = {n}, .count = 1};
    bool good = add_later(s, chain, n, &versions);

    *out = false;
    for (size_t i = 1; good && !*out && i < versions.count; i++) {
        struct arena *scratch = arena_new(0);
        struct looked looked = {NULL, 0};
        good = judge(s, scratch, chain, versions.n[i], &looked, out) &&
               (*out || add_later(s, chain, versions.n[i], &versions));
        arena_free(scratch);
    }
    return good;
}

static bool
is_narrowed(const struct search_wish *wish)
{
    return wish->year_from > 0 || wish->year_to > 0 || wish->agency.len > 0 ||
           wish->signer.len > 0 || wish->number.len > 0 || wish->level.len > 0 ||
           wish->item.len > 0 || wish->has_least || wish->has_most;
}

/* Whether a document is one that was asked for; `looked` is read where there is none. What lets go
 * of most is asked first. */
static bool
judge(struct search *s, struct arena *arena, int64_t chain, int64_t n, struct looked *looked,
      bool *out)
{
    bool filters_first = is_narrowed(s->wish);

    *out = true;
    if (filters_first && !search_filter(s, chain, n, out))
        return false;
    if (*out && ((looked->count == 0 && !read_places(s, arena, chain, n, looked)) ||
                 !has_all(s, looked, out)))
        return false;
    return filters_first || !*out || search_filter(s, chain, n, out);
}

static bool
read_hit(struct search *s, struct search_hit *hit)
{
    struct rows rows = store_ask(s->store, STORE_SEARCH_DOCUMENT,
                                 CELLS(cell_number(hit->chain), cell_number(hit->n)));
    struct str *const texts[] = {&hit->agency, &hit->number, &hit->date, &hit->subject,
                                 &hit->level,  &hit->score,  &hit->kind, &hit->file,
                                 &hit->secret, &hit->archive};

    if (rows_next(&rows)) {
        hit->year = rows_is_none(&rows, 0) ? 0 : (int)rows_number(&rows, 0);
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            *texts[i] = str_dup(s->arena, rows_text(&rows, (int)i + 1));
    }
    return rows_end(&rows);
}

/* Looks at a candidate, and adds it where it is a hit; *full when the limit is met. */
static bool
try_one(struct search *s, const struct candidate *candidate, struct looked looked, size_t *cap,
        bool *full)
{
    struct arena *scratch = arena_new(0);
    bool is_hit, is_old = false;
    bool good = judge(s, scratch, candidate->chain, candidate->n, &looked, &is_hit) &&
                (!is_hit || has_later(s, candidate->chain, candidate->n, &is_old));

    if (good && is_hit && !is_old && s->out->count == s->wish->limit) {
        s->out->has_more = *full = true;
    } else if (good && is_hit && !is_old) {
        struct search_hit hit = {.chain = candidate->chain, .n = candidate->n};
        good = read_hit(s, &hit) && search_snippets(s, looked.places, looked.count, &hit);
        *ARENA_ADD(s->arena, s->out->hits, s->out->count, *cap, 16) = hit;
    }
    arena_free(scratch);
    return good;
}

/* ---- candidates */

struct candidates {
    struct candidate *list;
    size_t count, cap;
};

static int
by_year(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    int date = strcmp(y->date, x->date);

    if (x->year != y->year)
        return x->year > y->year ? -1 : 1;
    if (date != 0)
        return date;
    if (x->chain != y->chain)
        return x->chain > y->chain ? -1 : 1;
    return x->n > y->n ? -1 : x->n < y->n;
}

static int
by_fit(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    return x->fit != y->fit ? (x->fit > y->fit ? -1 : 1) : by_year(a, b);
}

static int
by_number(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (x->chain != y->chain)
        return x->chain < y->chain ? -1 : 1;
    return x->n < y->n ? -1 : x->n > y->n;
}

/* The term that the fewest blocks may have; NULL: none has to be there. */
static const struct sought *
rarest(const struct search *s)
{
    const struct sought *rare = NULL;

    for (size_t i = 0; i < s->count; i++) {
        if (!s->sought[i].term->is_excluded && (rare == NULL || s->sought[i].count < rare->count))
            rare = &s->sought[i];
    }
    return rare;
}

/* All documents that hold something of one of the blocks, each once; or *many. */
static bool
gather(struct search *s, const struct sought *sought, struct candidates *out, bool *many)
{
    size_t kept = 0;

    *many = sought->count > GATHER_BLOCKS;
    for (size_t i = 0; i < sought->count && !*many; i++) {
        struct rows rows = store_ask(s->store, STORE_HOLDERS, CELLS(cell_number(sought->list[i])));
        while (rows_next(&rows))
            *ARENA_ADD(s->scratch, out->list, out->count, out->cap, 64) =
                (struct candidate){.chain = rows_number(&rows, 0), .n = rows_number(&rows, 1)};
        if (!rows_end(&rows))
            return false;
        *many = out->count > GATHER_DOCUMENTS;
    }
    if (out->count > 0)
        qsort(out->list, out->count, sizeof *out->list, by_number);
    for (size_t i = 0; i < out->count; i++) {
        if (kept == 0 || by_number(&out->list[i], &out->list[kept - 1]) != 0)
            out->list[kept++] = out->list[i];
    }
    out->count = kept;
    return true;
}

/* Reads year and date, and how well it fits; a candidate that does not is given no document. */
static bool
read_order(struct search *s, struct candidate *candidate)
{
    const struct cell key[2] = {cell_number(candidate->chain), cell_number(candidate->n)};
    struct rows rows = store_ask(s->store, STORE_SEARCH_ORDER, key, 2);

    if (rows_next(&rows)) {
        struct str date = str_sub(rows_text(&rows, 1), 0, sizeof candidate->date - 1);
        candidate->year = rows_is_none(&rows, 0) ? 0 : (int)rows_number(&rows, 0);
        memcpy(candidate->date, date.ptr, date.len);
    }
    if (!rows_end(&rows))
        return false;
    rows = store_ask(s->store, STORE_TEXT_GET, key, 2);
    struct arena *scratch = arena_new(0);
    struct looked looked = {NULL, 0};
    bool good = rows_next(&rows) && look(s, scratch, rows_text(&rows, 0), &looked);
    if (good && !may_fit(s, &looked, (size_t)rows_number(&rows, 1), &candidate->fit))
        candidate->n = 0;
    arena_free(scratch);
    return rows_end(&rows) && good;
}

/* The candidates of a rare term, from the newest on; or *many. */
static bool
gather_all(struct search *s, const struct sought *sought, struct candidates *out, bool *many)
{
    size_t kept = 0;

    if (!gather(s, sought, out, many))
        return false;
    out->count = *many ? 0 : out->count;
    for (size_t i = 0; i < out->count; i++) {
        if (!read_order(s, &out->list[i]))
            return false;
        if (out->list[i].n != 0)
            out->list[kept++] = out->list[i];
    }
    out->count = kept;
    if (kept > 0)
        qsort(out->list, kept, sizeof *out->list, by_year);
    return true;
}

/* One that may be a hit becomes a candidate, in the order of the walk; *full where there are as
 * many as are compared. What is asked besides the words is asked first: who wants an old year must
 * not get the newest documents compared, which are none of it. */
static bool
add_candidate(struct search *s, struct candidate candidate, struct candidates *out, bool *full)
{
    bool is_asked = true;

    if (is_narrowed(s->wish) && !search_filter(s, candidate.chain, candidate.n, &is_asked))
        return false;
    if (!is_asked)
        return true;
    candidate.year = -(int)out->count;
    *full = s->out->is_cut = out->count == SEARCH_RANKED_MAX;
    if (!*full)
        *ARENA_ADD(s->arena, out->list, out->count, out->cap, 256) = candidate;
    return true;
}

/* Goes through documents from the newest on. By year they are looked at right away; by fit those
 * that may be hits become candidates. */
static bool
walk(struct search *s, struct candidates *out)
{
    struct rows rows = store_ask(s->store, STORE_SEARCH_WALK, NO_CELLS);
    size_t cap = 0;
    bool good = true, full = false;
    struct arena *lists = arena_new(0);
    struct arena_mark begin = arena_mark(lists);

    while (good && !full && rows_next(&rows)) {
        struct candidate candidate = {.chain = rows_number(&rows, 0), .n = rows_number(&rows, 1)};
        struct looked looked;
        good = look(s, lists, rows_text(&rows, 3), &looked);
        bool fits = good && may_fit(s, &looked, (size_t)rows_number(&rows, 2), &candidate.fit);
        if (fits && s->wish->order == SEARCH_BY_YEAR)
            good = try_one(s, &candidate, looked, &cap, &full);
        else if (fits)
            good = add_candidate(s, candidate, out, &full);
        arena_reset(lists, begin);
    }
    arena_free(lists);
    return rows_end(&rows) && good;
}

static bool
try_all(struct search *s, struct candidates *candidates)
{
    size_t cap = 0;
    bool full = false;

    if (s->wish->order == SEARCH_BY_FIT && candidates->count > 0) {
        s->out->is_cut = s->out->is_cut || candidates->count > SEARCH_RANKED_MAX;
        if (candidates->count > SEARCH_RANKED_MAX)
            candidates->count = SEARCH_RANKED_MAX;
        qsort(candidates->list, candidates->count, sizeof *candidates->list, by_fit);
    }
    for (size_t i = 0; i < candidates->count && !full; i++) {
        if (!try_one(s, &candidates->list[i], (struct looked){NULL, 0}, &cap, &full))
            return false;
    }
    return true;
}

static bool
run(struct search *s)
{
    struct candidates candidates = {NULL, 0, 0};
    bool many = true;

    if (!search_terms(s, s->wish->order == SEARCH_BY_FIT))
        return false;
    const struct sought *rare = rarest(s);
    if (rare != NULL && !gather_all(s, rare, &candidates, &many))
        return false;
    return (!many || walk(s, &candidates)) && try_all(s, &candidates);
}

bool
search_run(struct store *store, struct arena *arena, const struct search_wish *wish,
           struct search_found *out)
{
    struct arena *scratch = arena_new(0);
    struct search s = {.store = store,
                       .arena = arena,
                       .scratch = scratch,
                       .folding = arena_new(0),
                       .wish = wish,
                       .out = out};
    bool good = store_begin_read(store);

    *out = (struct search_found){NULL, 0, false, false};
    good = good && run(&s);
    store_end(store);
    for (size_t i = 0; i < BLOCKS_OPEN; i++)
        arena_free(s.open[i].arena);
    arena_free(s.folding);
    arena_free(scratch);
    return good;
}
