/* Search beside a search that looks through everything: made-up texts, each piece of which is
 * looked for. Nothing may be missing and nothing too much. `archive_recall TEXTS PIECES` makes so
 * many texts and looks for so many pieces of each (0: all). */
#include "archive_kit.h"

#include "archive/entry.h"
#include "archive/paragraphs.h"
#include "archive/search.h"
#include "base/utf8.h"
#include "recall_kit.h"
#include "thai/fold.h"

#define PARAGRAPHS 4 /* of a document, besides those that all have */

static size_t texts_wanted = 60, pieces_wanted = 40;

struct document {
    int64_t n;
    struct str folded[PARAGRAPHS + 1];
};

struct recall_fixture {
    struct store_fixture *f;
    struct store *store;
    struct recall recall;
    struct document *documents;
    size_t count;
    size_t asked;
};

/* Thai digits for others and the other way round, marks typed the other way round, a blank more. */
static struct str
typed_otherwise(struct recall *recall, struct str text)
{
    struct buf out = buf_in(recall->arena);
    uint32_t code = 0;

    for (size_t at = 0; at < text.len;) {
        uint32_t last = code, next;
        code = utf8_next(text, &at);
        next = utf8_at(text, at);
        if (code >= '0' && code <= '9' && recall_random(recall, 2) == 0) {
            buf_utf8(&out, 0x0E50 + code - '0');
        } else if (last >= 0x0E01 && last <= 0x0E2E && code == 0x0E35 && next >= 0x0E48 &&
                   next <= 0x0E4B) {
            buf_utf8(&out, next);
            buf_utf8(&out, code);
            (void)utf8_next(text, &at);
        } else if (code >= 'a' && code <= 'z' && recall_random(recall, 2) == 0) {
            buf_utf8(&out, code - 32);
        } else {
            buf_utf8(&out, code);
        }
        if (code >= 0x0E01 && code <= 0x0E2E && next >= 0x0E01 && next <= 0x0E2E &&
            recall_random(recall, 8) == 0)
            buf_utf8(&out, 0x200B);
    }
    return buf_str(&out);
}

static struct str
in_quotes(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    buf_byte(&out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            buf_byte(&out, '"');
        buf_byte(&out, text.ptr[i]);
    }
    buf_byte(&out, '"');
    return buf_str(&out);
}

static bool
has_piece(const struct document *document, struct str piece)
{
    for (size_t i = 0; i <= PARAGRAPHS; i++) {
        if (str_find(document->folded[i], piece) != SIZE_MAX)
            return true;
    }
    return false;
}

static void
look_for(struct recall_fixture *r, struct str piece, enum search_order order)
{
    struct arena *arena = arena_new(0);
    struct expression expression;
    struct str typed = in_quotes(arena, typed_otherwise(&r->recall, piece));
    const struct search_wish wish = {
        .expression = &expression, .order = order, .limit = SEARCH_LIMIT_MAX};
    struct search_found found;
    size_t expected = 0;

    assert_true(expression_read(arena, r->f->diags, typed, &expression));
    if (expression.count == 0) { /* blanks */
        arena_free(arena);
        return;
    }
    assert_str(expression.terms[0].text, str_cstr(arena, piece));
    assert_true(search_run(r->store, arena, &wish, &found));
    for (size_t i = 0; i < r->count; i++) {
        bool is_found = false;
        for (size_t k = 0; k < found.count && !is_found; k++)
            is_found = found.hits[k].n == r->documents[i].n;
        if (is_found != has_piece(&r->documents[i], piece))
            fail_msg("document %zu %s: %.*s", i, is_found ? "too much" : "missing", STR_FMT(piece));
        expected += is_found;
    }
    assert_int_equal(found.count, expected);
    for (size_t k = 0; k < found.count; k++)
        assert_true(found.hits[k].snippet_count > 0 && found.hits[k].snippets[0].mark_count > 0);
    r->asked++;
    arena_free(arena);
}

static size_t
place_of(struct str text, size_t code_points)
{
    size_t at = 0;

    while (code_points-- > 0)
        (void)utf8_next(text, &at);
    return at;
}

static void
look_for_pieces(struct recall_fixture *r, struct str text)
{
    size_t count = utf8_count(text);

    if (count < 2)
        return;
    for (size_t i = 0; pieces_wanted == 0 ? false : i < pieces_wanted; i++) {
        size_t from = recall_random(&r->recall, (uint32_t)count - 1);
        size_t len = 2 + recall_random(&r->recall, (uint32_t)(count - from - 1));
        size_t start = place_of(text, from), end = place_of(text, from + len);
        look_for(r, str_sub(text, start, end - start), i % 8 == 0 ? SEARCH_BY_FIT : SEARCH_BY_YEAR);
    }
    for (size_t from = 0; pieces_wanted == 0 && from + 2 <= count; from++) {
        for (size_t len = 2; from + len <= count; len++) {
            size_t start = place_of(text, from), end = place_of(text, from + len);
            look_for(r, str_sub(text, start, end - start), SEARCH_BY_YEAR);
        }
    }
}

static void
add_document(struct recall_fixture *r)
{
    struct text_paragraph list[PARAGRAPHS + 1] = {
        {.page = 1, .text = STR("ส่วนราชการ องค์การบริหารส่วนตำบลหนองสมมติ ที่ ๑๒/๒๕๖๖")}};
    const struct text_paragraphs paragraphs = {list, PARAGRAPHS + 1};
    struct document *document = &r->documents[r->count];
    struct columns columns = {.year = 2560 + (int)(r->count % 7)};
    struct entry_added added;

    for (size_t i = 0; i <= PARAGRAPHS; i++) {
        if (i > 0)
            list[i] =
                (struct text_paragraph){.page = i, .text = utf8_trim(recall_text(&r->recall))};
        document->folded[i] = fold_text(r->f->arena, list[i].text);
        if (list[i].text.len == 0)
            list[i].text = STR("-");
    }
    columns.file = str_of(arena_printf(r->f->arena, "%zu.pdf", r->count));
    const struct entry_document document_to_add = {.bytes = columns.file, .columns = &columns};
    assert_true(entry_add(r->store, r->f->arena, &document_to_add, &added));
    document->n = added.n;
    assert_true(paragraphs_put(r->store, 0, added.n, &paragraphs));
    r->count++;
}

static void
finds_every_piece_and_nothing_else(void **state)
{
    struct recall_fixture r = {.f = *state};

    r.recall = (struct recall){r.f->arena, 20261129};
    r.store = archive_open_as(r.f, STORE_CREATE);
    assert_non_null(r.store);
    r.documents = arena_array(r.f->arena, texts_wanted / PARAGRAPHS, sizeof *r.documents);
    assert_true(store_begin(r.store));
    while (r.count < texts_wanted / PARAGRAPHS)
        add_document(&r);
    assert_true(store_commit(r.store));
    for (size_t i = 0; i < r.count; i++) {
        for (size_t k = 1; k <= PARAGRAPHS; k++)
            look_for_pieces(&r, r.documents[i].folded[k]);
    }
    (void)printf("looked for %zu pieces\n", r.asked);
    store_close(r.store);
}

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_every_piece_and_nothing_else, archive_setup,
                                        archive_teardown),
    };

    if (argc > 2) {
        texts_wanted = (size_t)atol(argv[1]);
        pieces_wanted = (size_t)atol(argv[2]);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
