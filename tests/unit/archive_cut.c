/* Cutting for the two indexes, and what people type. */
#include "test.h"

#include "archive/cut.h"
#include "archive/expression.h"
#include "thai/fold.h"

static bool
put(void *user, struct str token, size_t from, size_t to, bool with_last)
{
    struct buf *out = user;

    assert_int_equal(to - from, token.len);
    buf_byte(out, with_last ? '+' : '|');
    buf_add(out, token);
    return true;
}

static struct str
pairs_of(struct fixture *f, const char *text)
{
    struct buf out = buf_in(f->arena);

    assert_true(cut_pairs(str_of(text), put, &out));
    return buf_str(&out);
}

static struct str
words_of(struct fixture *f, const char *text, bool is_document)
{
    struct buf out = buf_in(f->arena);
    struct str folded = fold_text(f->arena, str_of(text));

    assert_true(cut_words(folded, is_document, arena_alloc(f->arena, folded.len + 1), put, &out));
    return buf_str(&out);
}

static void
pairs_overlap(void **state)
{
    struct fixture *f = *state;

    assert_str(pairs_of(f, ""), "");
    assert_str(pairs_of(f, "ก"), "");
    assert_str(pairs_of(f, "กข"), "|กข");
    assert_str(pairs_of(f, "กา 1👩"), "|กา|า | 1|1👩");
}

static void
documents_have_the_parts_of_words_besides(void **state)
{
    struct fixture *f = *state;

    assert_str(words_of(f, "ผู้อำนวยการกองคลัง", true), "|ผู้อำนวยการ+ผู้+อำนวยการ|กอง|คลัง");
    assert_str(words_of(f, "ผู้อำนวยการกองคลัง", false), "|ผู้อำนวยการ|กอง|คลัง");
    assert_str(words_of(f, "O26-1 (ITA) ปี ๒๕๖๖", true), "|o26|1|ita|ปี|2566");
    assert_str(words_of(f, "“ ” – ☐", true), "");
}

static void
a_long_word_is_several(void **state)
{
    struct fixture *f = *state;
    struct buf text = buf_in(f->arena);

    for (int i = 0; i < 50; i++)
        buf_text(&text, "é");
    assert_int_equal(words_of(f, str_cstr(f->arena, buf_str(&text)), true).len, 102);
}

/* ---- expressions */

/* "+term" and "-term", or "!" and the code of what is wrong. */
static struct str
read_one(struct fixture *f, struct str text)
{
    struct buf out = buf_in(f->arena);
    struct expression expression;
    size_t said = diags_count(f->diags);

    if (!expression_read(f->arena, f->diags, text, &expression)) {
        assert_int_equal(diags_count(f->diags), said + 1);
        buf_printf(&out, "!%s", diag_code_name(diags_at(f->diags, said)->code));
        return buf_str(&out);
    }
    for (size_t i = 0; i < expression.count; i++) {
        buf_printf(&out, "%c", expression.terms[i].is_excluded ? '-' : '+');
        buf_add(&out, expression.terms[i].text);
    }
    return buf_str(&out);
}

static void
blanks_quotes_and_hyphens(void **state)
{
    static const char *const cases[][2] = {
        {"", ""},
        {"  \t\xe2\x80\x8b ", ""},
        {"รายงานผล ๒๕๖๖", "+รายงานผล+2566"},
        {"ITA ita Ita", "+ita"},
        {"\"ผล  การ\" ปี", "+ผล การ+ปี"},
        {"“ผล การ” ปี", "+ผล การ+ปี"},
        {"\" ผล\"", "+ ผล"},
        {"\"เปิดไว้ ไม่ปิด", "+เปิดไว้ ไม่ปิด"},
        {"กข\"คง จฉ\"ชซ", "+กข+คง จฉ+ชซ"},
        {"\"ก \"\"ข\"\" ค\"", "+ก \"ข\" ค"},
        {"\"\" \" \"", ""},
        {"-ร่าง ผล -\"ฉบับ ร่าง\"", "-ร่าง+ผล-ฉบับ ร่าง"},
        {"O26-1 ๒๕๖๕–๒๕๖๖", "+o26-1+2565-2566"},
        {"--ก", "--ก"},
        {"AND OR * ( NEAR/2 :x", "!ARCHIVE_SEARCH_SHORT"},
        {"AND OR ** (( NEAR/2 :x", "+and+or+**+((+near/2+:x"},
        {"ก", "!ARCHIVE_SEARCH_SHORT"},
        {"- ผล", "!ARCHIVE_SEARCH_SHORT"},
        {"\xe0\xb8", "!ARCHIVE_SEARCH_BYTES"},
    };
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_str(read_one(f, str_of(cases[i][0])), cases[i][1]);
}

static void
expressions_have_limits(void **state)
{
    struct fixture *f = *state;
    struct buf text = buf_in(f->arena);

    for (int i = 10; i < 10 + EXPRESSION_TERMS_MAX; i++)
        buf_printf(&text, "%d ", i);
    assert_int_equal(read_one(f, buf_str(&text)).len, 3 * EXPRESSION_TERMS_MAX);
    buf_text(&text, "99");
    assert_str(read_one(f, buf_str(&text)), "!ARCHIVE_SEARCH_MANY");
    text.len = 0;
    for (int i = 0; i < EXPRESSION_BYTES_MAX; i++)
        buf_byte(&text, 'a');
    assert_int_equal(read_one(f, buf_str(&text)).len, EXPRESSION_BYTES_MAX + 1);
    buf_byte(&text, 'a');
    assert_str(read_one(f, buf_str(&text)), "!ARCHIVE_SEARCH_LONG");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(pairs_overlap),           TEST(documents_have_the_parts_of_words_besides),
        TEST(a_long_word_is_several),  TEST(blanks_quotes_and_hyphens),
        TEST(expressions_have_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
