/* Searching: what is asked of a document besides its words, order, snippets, versions, and that
 * what was removed is gone. Recall is tests/unit/archive_recall.c. */
#include "archive_kit.h"

#include "archive/chain.h"
#include "archive/entry.h"
#include "archive/paragraphs.h"
#include "archive/search.h"
#include "banthuek-archive.h"
#include "base/files.h"
#include "thai/fold.h"

struct search_fixture {
    struct arena *arena;
    struct diags *diags;
    char dir[64];
    const char *path;
    struct store *store;
};

static int64_t
add(struct search_fixture *f, const struct columns *given, const struct text_paragraphs *text)
{
    struct columns columns = *given;
    struct entry_added added;
    static int count;

    columns.file = str_of(arena_printf(f->arena, "%d.pdf", ++count));
    const struct entry_document document = {.bytes = columns.file, .columns = &columns};
    assert_true(entry_add(f->store, f->arena, &document, &added));
    assert_true(paragraphs_put(f->store, CHAIN_OWN, added.n, text));
    return added.n;
}

/* A document of one paragraph. */
static int64_t
add_text(struct search_fixture *f, const struct columns *columns, const char *text)
{
    struct text_paragraph one = {.page = 1, .text = str_of(text)};

    return add(f, columns, &(struct text_paragraphs){&one, 1});
}

static int
setup(void **state)
{
    struct search_fixture *f;
    int result = archive_setup_sized(state, sizeof *f);

    f = *state;
    f->store = store_open(f->diags, f->path, &(struct store_options){STORE_CREATE, 100});
    assert_non_null(f->store);
    assert_true(store_begin(f->store));
    return result;
}

static int
teardown(void **state)
{
    struct search_fixture *f = *state;

    store_close(f->store);
    return archive_teardown(state);
}

/* The entries that are found, "3 1", with "+" where there are more. */
static struct str
find(struct search_fixture *f, const char *words, struct search_wish wish,
     struct search_found *found)
{
    struct expression *expression = arena_alloc(f->arena, sizeof *expression);
    struct buf out = buf_in(f->arena);

    assert_true(expression_read(f->arena, f->diags, str_of(words), expression));
    wish.expression = expression;
    wish.limit = wish.limit == 0 ? 100 : wish.limit;
    assert_true(store_commit(f->store));
    assert_true(search_run(f->store, f->arena, &wish, found));
    assert_true(store_begin(f->store));
    for (size_t i = 0; i < found->count; i++)
        buf_printf(&out, "%s%lld", i == 0 ? "" : " ", (long long)found->hits[i].n);
    buf_text(&out, found->has_more ? "+" : "");
    return buf_str(&out);
}

static void
assert_found(struct search_fixture *f, const char *words, struct search_wish wish,
             const char *expected)
{
    struct search_found found;

    assert_str(find(f, words, wish, &found), expected);
}

#define ALL ((struct search_wish){0})
#define WISH(...) ((struct search_wish){__VA_ARGS__})

static void
all_words_have_to_be_there_somewhere(void **state)
{
    struct search_fixture *f = *state;
    struct text_paragraph two[] = {{.page = 1, .text = STR("รายงานผลการประเมิน")},
                                   {.page = 2, .text = STR("ปี ๒๕๖๖ ตำบลหนองสมมติ")}};

    add(f, &(struct columns){.year = 2566}, &(struct text_paragraphs){two, 2});
    add_text(f, &(struct columns){.year = 2567}, "รายงานผลปี 2566 ฉบับร่าง");
    assert_found(f, "รายงานผล 2566", ALL, "2 1");
    assert_found(f, "รายงานผล -ร่าง", ALL, "1");
    assert_found(f, "\"ผล ปี\"", ALL, "");
    assert_found(f, "ผลปี", ALL, "2");
    assert_found(f, "\"ประเมินปี\"", ALL, ""); /* ends of paragraphs are gaps */
    assert_found(f, "-หนอง", ALL, "2");
    assert_found(f, "-รายงาน", ALL, "");
}

/* More than a block has. */
static struct str
long_text(struct search_fixture *f, const char *begin)
{
    struct buf out = buf_in(f->arena);

    buf_text(&out, begin);
    for (int i = 0; i < 700; i++)
        buf_text(&out, " ถ้อยคำ");
    return buf_str(&out);
}

static void
newest_first_or_best_first(void **state)
{
    struct search_fixture *f = *state;

    add_text(f, &(struct columns){.year = 2566, .date = STR("2566-09-29")}, "กองคลัง");
    /* not as words of its own */
    add_text(f, &(struct columns){.year = 2566, .date = STR("2566-10-01")}, "งานกองคลังใหม่");
    add_text(f, &(struct columns){.year = 2565}, "กองคลัง");
    add_text(f, &(struct columns){.year = 0}, "กองคลัง");
    struct text_paragraph many[] = {{.page = 1, .text = long_text(f, "กองคลัง ๑")},
                                    {.page = 1, .text = long_text(f, "กองคลัง ๒")},
                                    {.page = 2, .text = long_text(f, "กองคลัง ๓")}};
    add(f, &(struct columns){.year = 2560}, &(struct text_paragraphs){many, 3});
    assert_found(f, "กองคลัง", ALL, "2 1 3 5 4");
    assert_found(f, "กองคลัง", WISH(.order = SEARCH_BY_FIT), "5 1 3 4 2");
    assert_found(f, "กองคลัง", WISH(.limit = 2), "2 1+");
    assert_found(f, "กองคลัง", WISH(.limit = 5), "2 1 3 5 4");
}

/* Letters of no word are cut at some length; by itself such a piece would be cut otherwise. */
static void
best_first_of_what_is_no_word(void **state)
{
    static const char letters[] = "ีูสถุามตแ่สะ่น์้สมบร่ยนอำทลวาไงหๆห";
    struct search_fixture *f = *state;

    add_text(f, &(struct columns){.year = 2566}, letters);
    assert_found(f, letters, WISH(.order = SEARCH_BY_FIT), "1");
    assert_int_equal(diags_count(f->diags), 0);
}

static void
filters(void **state)
{
    struct search_fixture *f = *state;
    struct column_person persons[] = {
        {STR("reporter"), STR("นายสมมติ นามตัวอย่าง"), STR("นักจัดการ"), false}};
    struct column_score scores[] = {{STR("O26"), STR("๘๖.๑๐")}, {STR("O27"), STR("50")}};

    add_text(f,
             &(struct columns){.year = 2566,
                               .agency = STR("อบต.หนองสมมติ"),
                               .number = STR("สม ๙๙๙๐๑/๑๒๓"),
                               .level = STR("ผ่าน"),
                               .score = STR("86.17"),
                               .persons = persons,
                               .person_count = 1,
                               .scores = scores,
                               .score_count = 2},
             "ข้อความ");
    add_text(f, &(struct columns){.year = 2567, .agency = STR("เทศบาล"), .score = STR("7")},
             "ข้อความ");
    add_text(f, &(struct columns){.year = 2568, .secret = STR("ลับ")}, "ข้อความ");
    add_text(f, &(struct columns){.year = 0}, "ข้อความ");
    assert_found(f, "ข้อความ", ALL, "2 1 4");
    assert_found(f, "ข้อความ", WISH(.with_secret = true), "3 2 1 4");
    assert_found(f, "ข้อความ", WISH(.year_from = 2566, .year_to = 2566), "1");
    assert_found(f, "ข้อความ", WISH(.year_from = 2567), "2");
    assert_found(f, "ข้อความ", WISH(.year_to = 2566), "1");
    assert_found(f, "", WISH(.agency = STR("หนองสมมติ")), "1");
    assert_found(f, "", WISH(.number = STR("123")), "1");
    assert_found(f, "", WISH(.number = STR("สม 99901/123")), "1");
    assert_found(f, "", WISH(.number = STR("23")), "");
    assert_found(f, "", WISH(.level = STR("ผ่าน")), "1");
    assert_found(f, "", WISH(.level = STR("ผ่า")), "");
    assert_found(f, "", WISH(.signer = STR("สมมติ นาม")), "1");
    assert_found(f, "", WISH(.signer = STR("นักจัดการ")), "");
    assert_found(f, "", WISH(.has_least = true, .least = {80, 0}), "1");
    assert_found(f, "", WISH(.has_most = true, .most = {80, 0}), "2");
    assert_found(f, "", WISH(.item = STR("o26")), "1");
    assert_found(f, "", WISH(.item = STR("O26"), .has_least = true, .least = {861, 1}), "1");
    assert_found(f, "", WISH(.item = STR("O27"), .has_least = true, .least = {861, 1}), "");
    assert_found(f, "ไม่มี", WISH(.level = STR("ผ่าน")), "");
}

static void
only_the_newest_version_that_has_the_words(void **state)
{
    struct search_fixture *f = *state;
    int64_t first = add_text(f, &(struct columns){.year = 2566}, "บันทึกที่ร่างไว้");
    int64_t second =
        add_text(f, &(struct columns){.year = 2566, .supersedes = first}, "บันทึกที่ลงนาม");

    add_text(f, &(struct columns){.year = 2566, .supersedes = second, .secret = STR("ลับ")},
             "บันทึกที่ลงนามแล้ว");
    assert_found(f, "บันทึก", ALL, "2");
    assert_found(f, "บันทึก", WISH(.with_secret = true), "3");
    assert_found(f, "ร่าง", ALL, "1");
}

/* "page: text" with [marks]. */
static struct str
snippets_of(struct search_fixture *f, const char *words)
{
    struct buf out = buf_in(f->arena);
    struct search_found found;

    (void)find(f, words, ALL, &found);
    assert_int_equal(found.count, 1);
    for (size_t i = 0; i < found.hits[0].snippet_count; i++) {
        const struct search_snippet *one = &found.hits[0].snippets[i];
        size_t at = 0;
        buf_printf(&out, "%zu: %s", one->page, one->cut_before ? "…" : "");
        for (size_t k = 0; k < one->mark_count; k++) {
            buf_add(&out, str_sub(one->text, at, one->marks[k].from - at));
            buf_byte(&out, '[');
            buf_add(&out,
                    str_sub(one->text, one->marks[k].from, one->marks[k].to - one->marks[k].from));
            buf_byte(&out, ']');
            at = one->marks[k].to;
        }
        buf_add(&out, str_sub(one->text, at, SIZE_MAX));
        buf_text(&out, one->cut_behind ? "…\n" : "\n");
    }
    return buf_str(&out);
}

static void
snippets_show_the_original(void **state)
{
    struct search_fixture *f = *state;
    struct text_turn turns[] = {{STR("ต้นหน้า ").len, 3}};
    struct buf far = buf_in(f->arena);

    for (int i = 0; i < 30; i++)
        buf_text(&far, "คำก่อนหน้า ");
    buf_text(&far, "ตรงนี้");
    for (int i = 0; i < 30; i++)
        buf_text(&far, " คำตามหลัง");
    struct text_paragraph list[] = {
        {.page = 1, .text = STR("ปี ๒๕๖๖ “นํ้า”  ไหล ๒๕๖๖")},
        {.page = 2, .text = STR("ต้นหน้า ท้ายหน้า"), .turns = turns, .turn_count = 1},
        {.page = 4, .text = buf_str(&far)},
        {.page = PARAGRAPH_NO_PAGE, .text = STR("เรื่องของเอกสาร")},
    };
    add(f, &(struct columns){.year = 2566}, &(struct text_paragraphs){list, 4});
    assert_str(snippets_of(f, "2566 \"\"\"น้ำ\"\" ไ\""), "1: ปี [๒๕๖๖] [“นํ้า”  ไ]หล [๒๕๖๖]\n");
    assert_str(snippets_of(f, "ต้น ท้าย"), "2: [ต้น]หน้า [ท้าย]หน้า\n");
    assert_str(snippets_of(f, "ท้าย"), "3: ต้นหน้า [ท้าย]หน้า\n");
    assert_str(snippets_of(f, "ไหล ท้าย เรื่อง"),
               "1: ปี ๒๕๖๖ “นํ้า”  [ไหล] ๒๕๖๖\n3: ต้นหน้า [ท้าย]หน้า\n0: [เรื่อง]ของเอกสาร\n");
    struct str cut = snippets_of(f, "ตรงนี้");
    assert_true(str_starts(cut, STR("4: …")) && str_ends(cut, STR("…\n")) && cut.len < 600);
}

static void
texts_come_back_as_they_were_put(void **state)
{
    struct search_fixture *f = *state;
    struct text_turn turns[] = {{3, 2}, {6, 7}};
    struct text_paragraph list[] = {
        {.page = 3, .text = STR("ย่อหน้า")},
        {.page = 1, .text = STR("ก")}, /* nothing can be found in it */
        {.page = 1, .text = STR("กข คง"), .turns = turns, .turn_count = 2},
        {.page = 9, .text = STR("ย่อหน้า")}};
    struct text_paragraphs got;
    int64_t n = add(f, &(struct columns){.year = 2566}, &(struct text_paragraphs){list, 4});

    add_text(f, &(struct columns){.year = 2566}, "ย่อหน้า");
    assert_true(paragraphs_get(f->store, f->arena, CHAIN_OWN, n, &got));
    assert_int_equal(got.count, 3);
    assert_str(got.list[0].text, "ย่อหน้า");
    assert_int_equal(got.list[0].page, 3);
    assert_int_equal(got.list[1].page, 1);
    assert_int_equal(got.list[1].turn_count, 2);
    assert_int_equal(got.list[1].turns[1].at, 6);
    assert_int_equal(got.list[1].turns[1].page, 7);
    assert_int_equal(got.list[2].page, 9);
    assert_true(paragraphs_get(f->store, f->arena, CHAIN_OWN, 99, &got));
    assert_int_equal(got.count, 0);
}

/* Whether the closed file has these bytes. */
static bool
file_has(struct search_fixture *f, struct str bytes)
{
    struct str file;

    assert_true(store_commit(f->store));
    store_close(f->store);
    assert_true(
        files_read(files_system(), f->arena, f->diags, POS_NONE, f->path, SIZE_MAX / 2, &file));
    f->store = store_open(f->diags, f->path, &(struct store_options){STORE_WRITE, 100});
    assert_true(store_begin(f->store));
    return str_find(file, bytes) != SIZE_MAX;
}

static void
what_is_removed_is_gone(void **state)
{
    struct search_fixture *f = *state;
    struct text_paragraph list[] = {{.page = 1, .text = STR("ทุกฉบับมี")},
                                    {.page = 1, .text = STR("zqzq ลับเฉพาะ")},
                                    {.page = 2, .text = STR("zqzq ลับเฉพาะ")}};
    int64_t n = add(f, &(struct columns){.year = 2566}, &(struct text_paragraphs){list, 3});

    add_text(f, &(struct columns){.year = 2567}, "ทุกฉบับมี");
    assert_found(f, "เฉพาะ", ALL, "1");
    assert_true(file_has(f, STR("zqzq"))); /* a word; two letters may stand in a salt */
    assert_true(paragraphs_remove(f->store, CHAIN_OWN, n));
    assert_true(paragraphs_purge(f->store));
    assert_found(f, "เฉพาะ", ALL, "");
    assert_found(f, "ทุกฉบับ", ALL, "2");
    assert_false(file_has(f, STR("zqzq")));
    assert_true(paragraphs_remove(f->store, CHAIN_OWN, 2));
    assert_found(f, "ทุกฉบับ", ALL, "");
}

/* Paragraphs of one block that go and stay: what another document holds stays. */
static void
a_block_that_others_hold_keeps_their_part(void **state)
{
    struct search_fixture *f = *state;
    struct text_paragraph list[] = {{.page = 1, .text = STR("ของทุกคน")},
                                    {.page = 1, .text = STR("ของฉบับแรก")},
                                    {.page = 2, .text = STR("ของสองฉบับ")}};
    struct text_paragraphs got;
    int64_t first = add(f, &(struct columns){.year = 2566}, &(struct text_paragraphs){list, 3});
    int64_t second = add(f, &(struct columns){.year = 2567}, &(struct text_paragraphs){list, 1});
    struct text_paragraph two[] = {list[2], {.page = 1, .text = STR("ของใหม่")}, list[0]};
    int64_t third = add(f, &(struct columns){.year = 2568}, &(struct text_paragraphs){two, 3});

    assert_true(paragraphs_remove(f->store, CHAIN_OWN, first));
    assert_true(paragraphs_purge(f->store));
    assert_found(f, "ของทุกคน", ALL, "3 2");
    assert_found(f, "ฉบับแรก", ALL, "");
    assert_found(f, "สองฉบับ", ALL, "3");
    assert_true(paragraphs_get(f->store, f->arena, CHAIN_OWN, third, &got));
    assert_int_equal(got.count, 3);
    assert_str(got.list[0].text, "ของสองฉบับ");
    /* what came once more is kept anew */
    assert_int_equal(add(f, &(struct columns){.year = 2569}, &(struct text_paragraphs){list, 3}),
                     4);
    assert_found(f, "ฉบับแรก", ALL, "4");
    for (int64_t n = second; n <= 4; n++)
        assert_true(paragraphs_remove(f->store, CHAIN_OWN, n));
    assert_true(paragraphs_purge(f->store));
    assert_found(f, "ของ", ALL, "");
    assert_false(file_has(f, STR("ของ")));
}

/* As if it had been cut by other lists: nothing of it is in the indexes any more. */
static void
indexes_of_another_version_are_made_anew(void **state)
{
    struct search_fixture *f = *state;
    struct paragraphs_state old;

    add_text(f, &(struct columns){.year = 2566}, "ทุกฉบับมี");
    assert_true(
        store_do(f->store, STORE_PAIRS_REMOVE, CELLS(cell_number(1), cell_text(STR("ทุกฉบับมี")))));
    assert_true(store_set_meta(f->store, "pairs", STR("0")));
    assert_true(store_set_meta(f->store, "words", STR("0-0")));
    assert_found(f, "ทุกฉบับ", ALL, "");
    assert_true(paragraphs_state(f->store, &old));
    assert_false(old.pairs || old.words);
    assert_true(paragraphs_renew(f->store));
    assert_true(paragraphs_state(f->store, &old));
    assert_true(old.pairs && old.words);
    assert_found(f, "ทุกฉบับ", ALL, "1");
    assert_found(f, "ทุกฉบับ", WISH(.order = SEARCH_BY_FIT), "1");
}

static size_t
search_as_callers_do(struct search_fixture *f, struct banthuek *b)
{
    const struct banthuek_archive_options options = {.struct_size = sizeof options,
                                                     .path = f->path};
    const struct banthuek_archive_query query = {.struct_size = sizeof query, .words = "ทุกฉบับ"};
    struct banthuek_archive *archive = banthuek_archive_open(b, &options);
    const struct banthuek_archive_found *found;

    assert_non_null(archive);
    found = banthuek_archive_search(b, archive, &query);
    banthuek_archive_close(archive);
    return found == NULL ? SIZE_MAX : found->count;
}

/* Who searches makes them anew where that can be; else it is told what that means. */
static void
searching_renews_the_indexes(void **state)
{
    struct search_fixture *f = *state;
    struct banthuek *b = banthuek_open(NULL, NULL);

    add_text(f, &(struct columns){.year = 2566}, "ทุกฉบับมี");
    assert_true(store_set_meta(f->store, "words", STR("0-0")));
    assert_true(store_commit(f->store));
    assert_true(store_begin(f->store)); /* another program that writes */
    assert_int_equal(search_as_callers_do(f, b), 1);
    assert_int_equal(banthuek_message_count(b), 1);
    assert_string_equal(banthuek_message(b, 0, BANTHUEK_ENGLISH)->code, "ARCHIVE_SEARCH_STALE");
    assert_int_equal(banthuek_level_count(b, BANTHUEK_WARNING), 1);
    assert_true(store_set_meta(f->store, "pairs", STR("0")));
    assert_true(store_commit(f->store));
    assert_true(store_begin(f->store));
    assert_int_equal(search_as_callers_do(f, b), SIZE_MAX);
    assert_int_equal(banthuek_level_count(b, BANTHUEK_ERROR), 1);
    store_end(f->store);
    assert_int_equal(search_as_callers_do(f, b), 1);
    assert_int_equal(banthuek_message_count(b), 2);
    banthuek_close(b);
}

/* More than are gathered: documents are gone through. */
static void
a_common_word_among_many(void **state)
{
    struct search_fixture *f = *state;
    struct search_found found;

    for (int i = 0; i < 5100; i++)
        add_text(f, &(struct columns){.year = 2500 + i % 60},
                 arena_printf(f->arena, "บันทึกฉบับที่ %d%s", i, i == 4321 ? " พิเศษ" : ""));
    assert_str(find(f, "บันทึก พิเศษ", ALL, &found), "4322");
    assert_true(find(f, "บันทึก", WISH(.limit = 3), &found).len > 0);
    assert_int_equal(found.count, 3);
    assert_true(found.has_more);
    assert_int_equal(found.hits[0].year, 2559);
    (void)find(f, "บันทึก", WISH(.limit = 3, .order = SEARCH_BY_FIT), &found);
    assert_true(found.is_cut);
    (void)find(f, "บันทึก", WISH(.year_to = 2500, .order = SEARCH_BY_FIT), &found);
    assert_int_equal(found.count, 85);
    assert_false(found.is_cut);
    (void)find(f, "บันทึก -พิเศษ", WISH(.limit = 100000), &found);
    assert_int_equal(found.count, 5099);
    assert_false(found.has_more);
}

/* Numbers that nobody wrote lead nowhere. */
static void
rows_that_no_program_wrote(void **state)
{
    static const char *const cases[] = {
        /* three steps, as large as can be written; then one below 0; a page beyond all */
        "UPDATE text SET list = x'00FEFFFFFFFFFFFFFF7F00FEFFFFFFFFFFFFFF7F00FEFFFFFFFFFFFFFF7F'",
        "UPDATE text SET list = x'000B'",
        "UPDATE text SET list = x'FCFFFFFFFFFFFFFF7F8010'",
        /* a paragraph of the block that comes next; blocks without end */
        "UPDATE paragraph SET id = 2 * 1024 + 900",
        "UPDATE block SET id = 9223372036854775807",
        "UPDATE block SET id = -1",
    };
    struct search_fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct search_wish wish = {.limit = 10};
        struct search_found found;
        struct expression expression;
        int64_t n = add_text(f, &(struct columns){.year = 2566}, "ถ้อยคำ");
        struct text_paragraph one = {.page = 1, .text = STR("ถ้อยคำ")};
        assert_true(store_commit(f->store));
        archive_run_sql((struct store_fixture *)f, cases[i]);
        assert_true(expression_read(f->arena, f->diags, STR("คำ -คำอื่น"), &expression));
        wish.expression = &expression;
        bool good = search_run(f->store, f->arena, &wish, &found);
        assert_true(store_begin(f->store));
        good = good && paragraphs_put(f->store, CHAIN_OWN, n, &(struct text_paragraphs){&one, 1});
        assert_false(good);
        assert_int_equal(diags_at(f->diags, diags_count(f->diags) - 1)->code, DIAG_ARCHIVE_DAMAGED);
        store_close(f->store);
        f->path = arena_printf(f->arena, "%s/%zu.db", f->dir, i);
        f->store = store_open(f->diags, f->path, &(struct store_options){STORE_CREATE, 100});
        assert_true(store_begin(f->store));
    }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(all_words_have_to_be_there_somewhere),
        TEST(newest_first_or_best_first),
        TEST(best_first_of_what_is_no_word),
        TEST(filters),
        TEST(only_the_newest_version_that_has_the_words),
        TEST(snippets_show_the_original),
        TEST(texts_come_back_as_they_were_put),
        TEST(what_is_removed_is_gone),
        TEST(a_block_that_others_hold_keeps_their_part),
        TEST(indexes_of_another_version_are_made_anew),
        TEST(searching_renews_the_indexes),
        TEST(a_common_word_among_many),
        TEST(rows_that_no_program_wrote),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
