/* Opening PDFs that are none, that are damaged, that lie. */
#include <sys/resource.h>
#include <time.h>

#include "pdfin_kit.h"

static struct pdfin *
open_bytes(struct fixture *f, struct str bytes)
{
    return pdfin_open(f->arena, f->diags, "a.pdf", bytes);
}

static struct str
plain_pdf(struct fixture *f)
{
    struct kit kit = kit_start(f->arena, "", "");

    return kit_write(f->arena, &kit);
}

static void
no_pdf(void **state)
{
    struct fixture *f = *state;

    assert_null(open_bytes(f, STR("")));
    assert_diag(f->diags, 0, PDFIN_EMPTY);
    assert_null(open_bytes(f, STR("PK\3\4 a workbook")));
    assert_diag(f->diags, 1, PDFIN_NOT_PDF);
    assert_null(open_bytes(f, STR("%PDF-1.7\n")));
    assert_diag(f->diags, 2, PDFIN_DAMAGED);
    assert_int_equal(diags_count(f->diags), 3);
}

static void
good_ones(void **state)
{
    struct fixture *f = *state;
    struct str bytes = plain_pdf(f);
    struct pdfin *pdf = open_bytes(f, bytes);
    const struct pdfin_info *info = pdfin_describe(pdf);

    assert_non_null(info);
    assert_str(info->version, "1.7");
    assert_int_equal(info->page_count, 1);
    assert_int_equal(info->pages[0].width, 595000);
    assert_int_equal(info->pages[0].height, 842000);
    assert_false(info->encrypted || info->marked || info->has_structure);
    assert_int_equal(info->file_count + info->font_count + info->signature_count, 0);
    assert_int_equal(diags_count(f->diags), 0);
    pdfin_close(pdf);
}

/* Something that a mail program left before the header. */
static void
leading_junk(void **state)
{
    struct fixture *f = *state;
    struct buf out = buf_in(f->arena);

    buf_text(&out, "Content-Type: application/pdf\r\n\r\n");
    buf_add(&out, plain_pdf(f));
    struct pdfin *pdf = open_bytes(f, buf_str(&out));
    assert_non_null(pdf);
    assert_non_null(pdfin_describe(pdf));
    pdfin_close(pdf);
    for (int i = 0; i < 1024; i++)
        buf_byte(&out, '\n');
    struct str late = str_sub(buf_str(&out), out.len - 1024, 1024);
    struct buf far = buf_in(f->arena);
    buf_add(&far, late);
    buf_add(&far, plain_pdf(f));
    assert_null(open_bytes(f, buf_str(&far)));
    assert_diag(f->diags, 0, PDFIN_NOT_PDF);
}

/* Cut anywhere: refused, or read with a warning, but never crashed upon. */
static void
truncated(void **state)
{
    struct fixture *f = *state;
    struct str whole = plain_pdf(f);

    for (size_t len = 0; len + 8 < whole.len; len++) {
        size_t errors = diags_level_count(f->diags, DIAG_ERROR);
        char *copy = malloc(len + 1); /* so that reading beyond is seen */
        memcpy(copy, whole.ptr, len);
        struct pdfin *pdf = open_bytes(f, (struct str){copy, len});
        if (pdf != NULL)
            (void)pdfin_describe(pdf);
        assert_int_equal(diags_level_count(f->diags, DIAG_ERROR), errors + 1);
        pdfin_close(pdf);
        free(copy);
    }
}

static void
damaged_xref(void **state)
{
    struct fixture *f = *state;
    struct str bytes = plain_pdf(f);
    char *copy = arena_strndup(f->arena, bytes.ptr, bytes.len);
    size_t at = str_find(bytes, STR("xref"));

    memcpy(copy + at, "xxxx", 4);
    assert_null(open_bytes(f, (struct str){copy, bytes.len}));
    assert_diag(f->diags, 0, PDFIN_DAMAGED);
}

static void
no_pages(void **state)
{
    struct fixture *f = *state;
    struct kit kit = {.object = {STR("<</Type/Catalog>>")}};
    struct pdfin *pdf = open_bytes(f, kit_write(f->arena, &kit));

    if (pdf != NULL)
        assert_null(pdfin_describe(pdf));
    assert_int_equal(diags_level_count(f->diags, DIAG_ERROR), 1);
    pdfin_close(pdf);
}

static void
page_loop(void **state)
{
    struct fixture *f = *state;
    struct kit kit = kit_start(f->arena, "", "");

    kit.object[1] = STR("<</Type/Pages/Count 1/Kids[3 0 R 4 0 R]/MediaBox[0 0 595 842]>>");
    kit.object[3] = STR("<</Type/Pages/Parent 2 0 R/Count 1/Kids[2 0 R]>>");
    struct pdfin *pdf = open_bytes(f, kit_write(f->arena, &kit));
    assert_null(pdfin_describe(pdf));
    assert_diag(f->diags, 0, PDFIN_LOOP);
    pdfin_close(pdf);
}

/* A stretch of nodes, each the only child of the one before. */
static struct str
deep_pages(struct arena *arena, size_t depth)
{
    struct buf out = buf_in(arena);
    size_t *offset = arena_array(arena, depth + 3, sizeof *offset);

    buf_text(&out, "%PDF-1.7\n");
    offset[1] = out.len;
    buf_text(&out, "1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n");
    for (size_t i = 2; i < depth + 3; i++) {
        offset[i] = out.len;
        buf_printf(&out, "%zu 0 obj\n<</Type/Pages/Kids[%zu 0 R]>>\nendobj\n", i, i + 1);
    }
    size_t at = out.len;
    buf_printf(&out, "xref\n0 %zu\n0000000000 65535 f \n", depth + 3);
    for (size_t i = 1; i < depth + 3; i++)
        buf_printf(&out, "%010zu 00000 n \n", offset[i]);
    buf_printf(&out, "trailer\n<</Size %zu /Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", depth + 3,
               at);
    return buf_str(&out);
}

static void
deep_tree(void **state)
{
    struct fixture *f = *state;
    struct pdfin *pdf = open_bytes(f, deep_pages(f->arena, 200000));

    assert_null(pdfin_describe(pdf));
    assert_diag(f->diags, 0, PDFIN_LOOP);
    pdfin_close(pdf);
}

/* Brackets in brackets, in one object. */
static void
deep_object(void **state)
{
    struct fixture *f = *state;
    struct kit kit = kit_start(f->arena, "/Names 4 0 R", "");
    struct buf out = buf_in(f->arena);

    for (int i = 0; i < 100000; i++)
        buf_text(&out, "<</Kids[");
    kit.object[3] = buf_str(&out);
    struct pdfin *pdf = open_bytes(f, kit_write(f->arena, &kit));
    if (pdf != NULL)
        (void)pdfin_describe(pdf);
    assert_true(diags_count(f->diags) > 0);
    pdfin_close(pdf);
}

/* An object stream that unpacks to `size` bytes, in which the dictionary of names stands. */
static struct str
object_bomb(struct arena *arena, const char *type, size_t size)
{
    struct arena *scratch = arena_new(0);
    char *text = arena_alloc(scratch, size);
    struct buf out = buf_in(arena);
    unsigned char rows[6][4] = {{0}, {1}, {1}, {1}, {1}, {2, 0, 0, 4}};

    memset(text, ' ', size);
    memcpy(text, "5 0 <<>>", 8);
    struct kit kit = kit_start(arena, "/Names 5 0 R", "");
    kit.object[3] =
        kit_stream(arena, arena_printf(arena, "/Type%s/N 1/First 4/Filter/FlateDecode", type),
                   kit_deflate(arena, (struct str){text, size}));
    arena_free(scratch);
    struct str whole = kit_write(arena, &kit);
    for (size_t i = 1; i < 5; i++) {
        size_t at = str_find(whole, str_of(arena_printf(arena, "\n%zu 0 obj", i))) + 1;
        rows[i][1] = (unsigned char)(at >> 16);
        rows[i][2] = (unsigned char)(at >> 8);
        rows[i][3] = (unsigned char)at;
    }
    size_t end = str_find(whole, STR("xref\n0 "));
    buf_add(&out, str_sub(whole, 0, end));
    buf_text(&out, "6 0 obj\n");
    buf_add(&out, kit_stream(arena, "/Type/XRef/Size 6/W[1 3 0]/Root 1 0 R",
                             (struct str){(char *)rows, sizeof rows}));
    buf_printf(&out, "\nendobj\nstartxref\n%zu\n%%%%EOF\n", end);
    return buf_str(&out);
}

static void
object_stream_bomb(void **state)
{
    struct fixture *f = *state;

    assert_null(open_bytes(f, object_bomb(f->arena, "/ObjStm", PDFIN_STREAMS_MAX + 1)));
    assert_diag(f->diags, 0, PDFIN_MEMORY);
    /* however long its dictionary is */
    const char *type = arena_printf(f->arena, "/ObjStm/Long(%5000s)", "");
    assert_null(open_bytes(f, object_bomb(f->arena, type, PDFIN_STREAMS_MAX + 1)));
    assert_diag(f->diags, 1, PDFIN_MEMORY);
    struct pdfin *pdf = open_bytes(f, object_bomb(f->arena, "/ObjStm", 1000));
    assert_non_null(pdfin_describe(pdf));
    assert_int_equal(diags_count(f->diags), 2);
    pdfin_close(pdf);
}

/* A file of nothing but the word that streams begin with costs no more than another of its size. */
static void
words_alone(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    /* it looks at all that follows with every search */
    (void)state;
    skip();
#else
    struct fixture *f = *state;
    struct buf out = buf_in(f->arena);
    clock_t start = clock();

    buf_text(&out, "%PDF-1.7\n/ObjStm");
    while (out.len < (size_t)64 << 20)
        buf_text(&out, "streamstream\n");
    assert_null(open_bytes(f, buf_str(&out)));
    assert_diag(f->diags, 0, PDFIN_DAMAGED);
    assert_true(clock() - start < 6 * CLOCKS_PER_SEC);
#endif
}

/* What libqpdf unpacks by itself is bounded by the memory that the process may have. */
static void
hidden_bomb(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    (void)state;
    skip();
#else
    struct fixture *f = *state;
    struct rlimit before, now;
    struct str bytes = object_bomb(f->arena, "/Obj#53tm", (size_t)512 << 20);

    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    now = before;
    now.rlim_cur = (rlim_t)256 << 20;
    assert_int_equal(setrlimit(RLIMIT_AS, &now), 0);
    struct pdfin *pdf = open_bytes(f, bytes);
    const struct pdfin_info *info = pdf == NULL ? NULL : pdfin_describe(pdf);
    assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
    assert_null(info);
    assert_diag(f->diags, 0, PDFIN_MEMORY);
    assert_int_equal(diags_count(f->diags), 1);
    pdfin_close(pdf);
#endif
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_pdf, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(good_ones, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(leading_junk, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(truncated, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(damaged_xref, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(no_pages, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(page_loop, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(deep_tree, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(deep_object, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(object_stream_bomb, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(words_alone, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(hidden_bomb, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
