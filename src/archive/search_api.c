/* Searching as banthuek-archive.h has it. */
#include "archive/archive.h"
#include "archive/filter.h"
#include "archive/paragraphs.h"
#include "archive/search.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "value/json_write.h"

#define LIMIT_USUAL 20
#define RENEW_WAIT_MS 1000 /* for another who writes */

/* ---- an index of another version */

static bool
renew_elsewhere(struct diags *diags, const char *path)
{
    const struct store_options options = {STORE_WRITE, RENEW_WAIT_MS};
    struct store *store = store_open(diags, path, &options);
    bool good =
        store != NULL && store_begin(store) && paragraphs_renew(store) && store_commit(store);

    store_close(store);
    return good;
}

/* The first error of a list, as an argument. */
static const char *
reason_of(struct arena *arena, struct diags *diags, const struct diags *said)
{
    for (size_t i = 0; i < diags_count(said); i++) {
        if (diags_at(said, i)->level == DIAG_ERROR)
            return diag_both(diags,
                             str_cstr(arena, diag_message(arena, diags_at(said, i), DIAG_ENGLISH)),
                             str_cstr(arena, diag_message(arena, diags_at(said, i), DIAG_THAI)));
    }
    return NULL;
}

/* Makes the indexes anew where they are of another version. Without the pairs nothing is found for
 * sure; without the words only the order is another. */
static bool
refresh(struct lent *lent, struct store *store)
{
    struct paragraphs_state state;

    if (!paragraphs_state(store, &state))
        return false;
    if (state.pairs && state.words)
        return true;
    struct diags *said = diags_new();
    bool good = renew_elsewhere(said, store_path(store));
    if (!good)
        diag_add_as(lent->diags, state.pairs ? DIAG_WARNING : DIAG_ERROR, DIAG_ARCHIVE_SEARCH_STALE,
                    store_pos(store), reason_of(lent->arena, lent->diags, said), NULL, NULL);
    diags_free(said);
    return good || state.pairs;
}

/* ---- what is asked */

static bool
asks_something(const struct search_wish *wish)
{
    return wish->expression->count > 0 || wish->year_from > 0 || wish->year_to > 0 ||
           wish->agency.len > 0 || wish->signer.len > 0 || wish->number.len > 0 ||
           wish->level.len > 0 || wish->item.len > 0 || wish->has_least || wish->has_most;
}

static bool
read_query(struct lent *lent, const struct banthuek_archive_query *query,
           struct expression *expression, struct search_wish *out)
{
    if (!filter_read(lent, query, out))
        return false;
    out->expression = expression;
    out->order = query->order == BANTHUEK_ARCHIVE_BY_FIT ? SEARCH_BY_FIT : SEARCH_BY_YEAR;
    out->limit = query->limit == 0 ? LIMIT_USUAL : query->limit;
    if (out->limit > SEARCH_LIMIT_MAX)
        out->limit = SEARCH_LIMIT_MAX;
    if (!expression_read(lent->arena, lent->diags,
                         query->words == NULL ? STR("") : str_of(query->words), expression))
        return false;
    if (asks_something(out))
        return true;
    diag_add(lent->diags, DIAG_ARCHIVE_SEARCH_NOTHING, POS_NONE, NULL, NULL, NULL);
    return false;
}

/* ---- what was found */

static struct banthuek_archive_snippet
snippet_of(struct arena *arena, const struct search_snippet *snippet)
{
    struct banthuek_archive_mark *marks = arena_array(arena, snippet->mark_count, sizeof *marks);

    for (size_t i = 0; i < snippet->mark_count; i++)
        marks[i] = (struct banthuek_archive_mark){snippet->marks[i].from, snippet->marks[i].to};
    return (struct banthuek_archive_snippet){
        snippet->page, lent_bytes(snippet->text), snippet->cut_before, snippet->cut_behind,
        marks,         snippet->mark_count};
}

static struct banthuek_archive_hit
hit_of(struct arena *arena, const struct search_hit *hit)
{
    struct banthuek_archive_snippet *snippets =
        arena_array(arena, hit->snippet_count, sizeof *snippets);

    for (size_t i = 0; i < hit->snippet_count; i++)
        snippets[i] = snippet_of(arena, &hit->snippets[i]);
    return (struct banthuek_archive_hit){
        .entry = (size_t)hit->n,
        .archive = lent_bytes(hit->archive),
        .year = hit->year,
        .agency = lent_bytes(hit->agency),
        .number = lent_bytes(hit->number),
        .date = lent_bytes(hit->date),
        .subject = lent_bytes(hit->subject),
        .level = lent_bytes(hit->level),
        .score = lent_bytes(hit->score),
        .kind = lent_bytes(hit->kind),
        .file = lent_bytes(hit->file),
        .secret = lent_bytes(hit->secret),
        .snippets = snippets,
        .snippet_count = hit->snippet_count,
    };
}

const struct banthuek_archive_found *
banthuek_archive_search(struct banthuek *b, struct banthuek_archive *archive,
                        const struct banthuek_archive_query *given)
{
    struct lent lent = archive_begin(b, archive);
    struct banthuek_archive_query query = {0};
    struct expression *expression = arena_alloc(lent.arena, sizeof *expression);
    struct search_wish wish;
    struct search_found found;

    lent_take(&query, sizeof query, given);
    if (!read_query(&lent, &query, expression, &wish) || !refresh(&lent, archive->store) ||
        !search_run(archive->store, lent.arena, &wish, &found))
        return NULL;
    struct banthuek_archive_hit *hits = arena_array(lent.arena, found.count, sizeof *hits);
    for (size_t i = 0; i < found.count; i++)
        hits[i] = hit_of(lent.arena, &found.hits[i]);
    struct banthuek_archive_found *out = arena_alloc(lent.arena, sizeof *out);
    *out = (struct banthuek_archive_found){hits, found.count, found.has_more, found.is_cut};
    return out;
}

/* ---- JSON */

static void
add_text(struct buf *out, const char *before, const char *key, struct banthuek_bytes text)
{
    buf_printf(out, "%s\"%s\": ", before, key);
    if (text.size == 0)
        buf_text(out, "null");
    else
        json_add_string(out, (struct str){text.data, text.size});
}

/* Marks as code points, which programs count rather than bytes. */
static void
add_snippet(struct buf *out, const struct banthuek_archive_snippet *snippet)
{
    struct str text = {snippet->text.data, snippet->text.size};

    if (snippet->page == 0)
        buf_text(out, "{\"page\": null");
    else
        buf_printf(out, "{\"page\": %zu", snippet->page);
    add_text(out, ", ", "text", snippet->text);
    buf_printf(out, ", \"cut_before\": %s, \"cut_behind\": %s, \"marks\": [",
               snippet->cut_before ? "true" : "false", snippet->cut_behind ? "true" : "false");
    for (size_t i = 0; i < snippet->mark_count; i++)
        buf_printf(out, "%s[%zu, %zu]", i == 0 ? "" : ", ",
                   utf8_count(str_sub(text, 0, snippet->marks[i].from)),
                   utf8_count(str_sub(text, 0, snippet->marks[i].to)));
    buf_text(out, "]}");
}

static void
add_hit(struct buf *out, const struct banthuek_archive_hit *hit)
{
    buf_printf(out, "{\"entry\": %zu", hit->entry);
    add_text(out, ", ", "archive", hit->archive);
    if (hit->year == 0)
        buf_text(out, ", \"year\": null");
    else
        buf_printf(out, ", \"year\": %d", hit->year);
    add_text(out, ",\n  ", "agency", hit->agency);
    add_text(out, ", ", "number", hit->number);
    add_text(out, ", ", "date", hit->date);
    add_text(out, ",\n  ", "subject", hit->subject);
    add_text(out, ",\n  ", "level", hit->level);
    add_text(out, ", ", "score", hit->score);
    add_text(out, ", ", "kind", hit->kind);
    add_text(out, ", ", "file", hit->file);
    add_text(out, ", ", "secret", hit->secret);
    buf_text(out, ",\n  \"snippets\": [");
    for (size_t i = 0; i < hit->snippet_count; i++) {
        buf_text(out, i == 0 ? "\n    " : ",\n    ");
        add_snippet(out, &hit->snippets[i]);
    }
    buf_text(out, "]}");
}

void
banthuek_archive_search_json(struct banthuek *b, const struct banthuek_archive_found *found,
                             struct banthuek_bytes *json)
{
    struct lent lent = lent_of(b);
    struct buf out = buf_in(lent.arena);

    buf_text(&out, "{\"hits\": [");
    for (size_t i = 0; i < found->count; i++) {
        buf_text(&out, i == 0 ? "\n" : ",\n");
        add_hit(&out, &found->hits[i]);
    }
    buf_printf(&out, "],\n\"more\": %s, \"newest_only\": %s}\n", found->has_more ? "true" : "false",
               found->is_cut ? "true" : "false");
    *json = lent_bytes(buf_str(&out));
}
