/* Our cutting of texts as tokenizers of FTS5. What they get is folded already, and each line is a
 * text of its own. */
#include "archive/cut.h"
#include "archive/store_inner.h"
#include "base/arena.h"

struct tokens {
    int (*put)(void *context, int flags, const char *token, int size, int from, int to);
    void *context;
    int result;
};

static bool
put_token(void *user, struct str token, size_t from, size_t to, bool with_last)
{
    struct tokens *tokens = user;

    tokens->result = tokens->put(tokens->context, with_last ? FTS5_TOKEN_COLOCATED : 0, token.ptr,
                                 (int)token.len, (int)from, (int)to);
    return tokens->result == SQLITE_OK;
}

/* They have no state, but a handle may not be NULL. */
static int
create(void *context, const char **arguments, int count, Fts5Tokenizer **out)
{
    static char none;

    (void)context;
    (void)arguments;
    *out = (Fts5Tokenizer *)&none;
    return count == 0 ? SQLITE_OK : SQLITE_ERROR;
}

static void
drop(Fts5Tokenizer *self)
{
    (void)self;
}

static int
run_pairs(Fts5Tokenizer *self, void *context, int flags, const char *text, int size,
          int (*put)(void *, int, const char *, int, int, int))
{
    struct tokens tokens = {put, context, SQLITE_OK};
    struct str rest = {text, (size_t)size}, line;

    (void)self;
    (void)flags;
    while (str_line(&rest, &line) && cut_pairs(line, put_token, &tokens))
        continue;
    return tokens.result;
}

/* What is asked for was cut into words before (search_terms.c): each stands in quotes of its own
 * and stays one, for cut by itself it might be several, and a phrase is what an index of this
 * detail does not take. */
static int
run_words(Fts5Tokenizer *self, void *context, int flags, const char *text, int size,
          int (*put)(void *, int, const char *, int, int, int))
{
    struct tokens tokens = {put, context, SQLITE_OK};
    struct str rest = {text, (size_t)size}, line;

    (void)self;
    if ((flags & FTS5_TOKENIZE_QUERY) != 0)
        return put(context, 0, text, size, 0, size);
    struct arena *scratch = arena_new(0);
    unsigned char *ends = arena_alloc(scratch, (size_t)size + 1);
    while (str_line(&rest, &line) && cut_words(line, true, ends, put_token, &tokens))
        continue;
    arena_free(scratch);
    return tokens.result;
}

static int
api_of(sqlite3 *db, fts5_api **out)
{
    sqlite3_stmt *ask = NULL;
    int result = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &ask, NULL);

    *out = NULL;
    if (result == SQLITE_OK)
        result = sqlite3_bind_pointer(ask, 1, out, "fts5_api_ptr", NULL);
    if (result == SQLITE_OK)
        (void)sqlite3_step(ask);
    (void)sqlite3_finalize(ask);
    return result == SQLITE_OK && *out == NULL ? SQLITE_ERROR : result;
}

int
store_add_tokenizers(sqlite3 *db)
{
    fts5_tokenizer pairs = {create, drop, run_pairs}, words = {create, drop, run_words};
    fts5_api *api;
    int result = api_of(db, &api);

    if (result == SQLITE_OK)
        result = api->xCreateTokenizer(api, "pairs", NULL, &pairs, NULL);
    return result == SQLITE_OK ? api->xCreateTokenizer(api, "words", NULL, &words, NULL) : result;
}
