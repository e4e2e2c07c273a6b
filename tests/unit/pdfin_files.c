/* Files inside PDFs: what they are called, how large they are, what they hold. */
#include "pdfin_kit.h"

static void
describe(struct job *job, const struct kit *kit)
{
    pdfin_close(job->pdf);
    job->pdf = pdfin_open(job->arena, job->diags, "a.pdf", kit_write(job->arena, kit));
    assert_non_null(job->pdf);
    job->info = pdfin_describe(job->pdf);
    assert_non_null(job->info);
}

/* Files with these names (as they stand in PDF syntax), all with the stream of object 50. */
static struct kit
with_files(struct job *job, const char *const *names, size_t count, struct str stream)
{
    struct kit kit = kit_start(job->arena, "/Names<</EmbeddedFiles 4 0 R>>", "");
    struct buf tree = buf_in(job->arena);

    buf_text(&tree, "<</Names[");
    for (size_t i = 0; i < count; i++) {
        buf_printf(&tree, "(%zu) %zu 0 R ", i, i + 5);
        kit.object[i + 4] = str_of(
            arena_printf(job->arena, "<</Type/Filespec/F(other)/UF%s/EF<</F 50 0 R>>>>", names[i]));
    }
    buf_text(&tree, "]>>");
    kit.object[3] = buf_str(&tree);
    kit.object[49] = stream;
    return kit;
}

static void
tree_and_associated(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena,
                               "/Names<</EmbeddedFiles<</Kids[4 0 R 5 0 R]>>>>"
                               "/AF[7 0 R 8 0 R 9 0 R (a) null]",
                               "");

    kit.object[3] = STR("<</Names[(a) 6 0 R]/Limits[(a)(a)]>>");
    kit.object[4] = STR("<</Names[(b) 7 0 R (left over)]>>");
    kit.object[5] = STR("<</F(a.txt)/EF<</F 10 0 R>>>>");
    kit.object[6] = STR("<</UF(\\376\\377\\16\\1)/F(b.txt)/AFRelationship/Source"
                        "/EF<</UF 11 0 R/F 10 0 R>>>>");
    kit.object[7] = STR("<</UF(c)/EF<</F 12 0 R>>>>");
    kit.object[8] = STR("<</UF(gone)/EF<</F 60 0 R>>>>");
    kit.object[9] = kit_stream(job->arena, "/Type/EmbeddedFile", STR("text"));
    kit.object[10] = kit_stream(job->arena, "/Filter/FlateDecode/Subtype/text#2fyaml",
                                kit_deflate(job->arena, STR("packed")));
    kit.object[11] = kit_stream(job->arena, "/Filter/FlateDecode", STR(""));
    describe(job, &kit);
    assert_int_equal(job->info->file_count, 4);
    const struct pdfin_file *files = job->info->files;
    assert_str(files[0].name, "a.txt");
    assert_str(files[1].name, "ก");
    assert_str(files[1].relation, "Source");
    assert_str(files[1].mime, "text/yaml");
    assert_int_equal(files[1].size, 6);
    assert_true(files[1].is_listed && !files[2].is_listed);
    struct str got;
    assert_true(pdfin_read(job->pdf, job->arena, 0, &got));
    assert_str(got, "text");
    assert_true(pdfin_read(job->pdf, job->arena, 1, &got));
    assert_str(got, "packed");
    assert_true(pdfin_read(job->pdf, job->arena, 2, &got));
    assert_int_equal(got.len, 0);
    assert_true(files[3].size == SIZE_MAX);
    assert_diag(job->diags, 0, PDFIN_FILE_MISSING);
    assert_int_equal(diags_level_count(job->diags, DIAG_ERROR), 0);
    assert_false(pdfin_read(job->pdf, job->arena, 3, &got));
    assert_int_equal(diags_level_count(job->diags, DIAG_ERROR), 1);
}

static void
names_that_lead_out(void **state)
{
    struct job *job = *state;
    static const char *const names[] = {
        "(../a)",
        "(/etc/passwd)",
        "(a/../../b)",
        "(a\\000b)",
        "(a\\nb)",
        "(c:\\\\a)",
        "(.)",
        "()",
        "(a//b)",
        "(a/)",
        "<FEFF002E002E002F0061>",
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct kit kit = with_files(job, names + i, 1, kit_stream(job->arena, "", STR("x")));
        /* without a name at all, F is not asked */
        if (strcmp(names[i], "()") == 0)
            kit.object[4] = STR("<</Type/Filespec/EF<</F 50 0 R>>>>");
        describe(job, &kit);
        if (pdfin_check_names(job->pdf))
            fail_msg("%s is taken", names[i]);
        assert_int_equal(diags_count(job->diags), i + 1);
        assert_diag(job->diags, i, PDFIN_NAME_OUTSIDE);
    }
}

static void
names_that_meet(void **state)
{
    struct job *job = *state;
    static const char *const twice[] = {"(a)", "(b)", "(a)"};
    static const char *const folder[] = {"(a/b/c)", "(a-b)", "(a/b)"};
    static const char *const good[] = {"(a/b/c)", "(a-b)", "(a/c)", "(ab)"};
    struct str stream = kit_stream(job->arena, "", STR("x"));

    struct kit kit = with_files(job, twice, 3, stream);
    describe(job, &kit);
    assert_false(pdfin_check_names(job->pdf));
    assert_diag(job->diags, 0, PDFIN_NAME_TWICE);
    kit = with_files(job, folder, 3, stream);
    describe(job, &kit);
    assert_false(pdfin_check_names(job->pdf));
    assert_diag(job->diags, 1, PDFIN_NAME_FOLDER);
    kit = with_files(job, good, 4, stream);
    describe(job, &kit);
    assert_true(pdfin_check_names(job->pdf));
    assert_int_equal(diags_count(job->diags), 2);
}

#define MEBIBYTE ((size_t)1 << 20)

/* Zeros in zlib's format, put together from one block. */
static struct str
packed_zeros(struct arena *arena, size_t mebibytes)
{
    unsigned char *zeros = calloc(1, MEBIBYTE), block[4096];
    z_stream z = {.next_in = zeros, .avail_in = MEBIBYTE, .next_out = block};
    struct buf out = buf_in(arena);

    z.avail_out = sizeof block;
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FULL_FLUSH), Z_OK);
    struct str packed = {(char *)block, z.total_out};
    (void)deflateEnd(&z);
    free(zeros);
    buf_add(&out, STR("\x78\x9c"));
    for (size_t i = 0; i < mebibytes; i++)
        buf_add(&out, packed);
    buf_add(&out, STR("\3\0"));
    /* Adler-32 of n zeros is n mod 65521, then 1 */
    size_t high = mebibytes * MEBIBYTE % 65521;
    buf_byte(&out, (char)(high >> 8));
    buf_byte(&out, (char)high);
    buf_add(&out, STR("\0\1"));
    return buf_str(&out);
}

/* 500 KB that become 513 MB: counted, never kept. */
static void
bomb(void **state)
{
    struct job *job = *state;
    static const char *const name[] = {"(bomb)"};
    struct str packed = packed_zeros(job->arena, PDFIN_FILE_MAX / MEBIBYTE + 1);
    struct kit kit =
        with_files(job, name, 1, kit_stream(job->arena, "/Filter/FlateDecode", packed));
    struct str got;

    describe(job, &kit);
    assert_true(job->info->files[0].size == SIZE_MAX);
    assert_diag(job->diags, 0, PDFIN_FILE_LARGE);
    assert_false(pdfin_read(job->pdf, job->arena, 0, &got));
    assert_int_equal(diags_level_count(job->diags, DIAG_ERROR), 1);
    assert_true(arena_used(job->arena) < 16 * MEBIBYTE);
}

/* Many files of one stream are counted together. */
static void
bombs_together(void **state)
{
    struct job *job = *state;
    static const char *const names[] = {"(a)", "(b)", "(c)"};
    struct str packed = packed_zeros(job->arena, 400);
    struct kit kit =
        with_files(job, names, 3, kit_stream(job->arena, "/Filter/FlateDecode", packed));

    describe(job, &kit);
    assert_int_equal(job->info->files[1].size, 400 * MEBIBYTE);
    assert_true(job->info->files[2].size == SIZE_MAX);
    assert_diag(job->diags, 0, PDFIN_FILE_LARGE);
    struct str got;
    assert_false(pdfin_read(job->pdf, job->arena, 2, &got));
    assert_diag(job->diags, 1, PDFIN_FILE_LARGE);
}

static void
packing(void **state)
{
    struct job *job = *state;
    static const char *const name[] = {"(a)"};
    struct str packed = kit_deflate(job->arena, STR("some text")), got;
    const struct {
        const char *entries;
        struct str data;
        const char *code; /* NULL: it can be read */
    } cases[] = {
        {"/Filter[]", STR("some text"), NULL},
        {"/Filter/Fl/DecodeParms<</Predictor 1>>", packed, NULL},
        {"/Filter[/FlateDecode]/DecodeParms[null]", packed, NULL},
        {"/Filter[/FlateDecode]/DecodeParms[<</Predictor 12>>]", packed, "PDFIN_FILE_FILTER"},
        {"/Filter[/FlateDecode/FlateDecode]", packed, "PDFIN_FILE_FILTER"},
        {"/Filter[[/FlateDecode]]", packed, "PDFIN_FILE_FILTER"},
        {"/Filter/LZWDecode", packed, "PDFIN_FILE_FILTER"},
        {"/Filter 7", packed, "PDFIN_FILE_FILTER"},
        {"/Filter/FlateDecode", STR("some text"), "PDFIN_FILE_PACKED"},
        {"/Filter/FlateDecode", str_sub(packed, 0, 1), "PDFIN_FILE_PACKED"},
        {"/Filter/FlateDecode", str_sub(packed, 0, packed.len - 1), "PDFIN_FILE_PACKED"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t before = diags_count(job->diags);
        struct kit kit =
            with_files(job, name, 1, kit_stream(job->arena, cases[i].entries, cases[i].data));
        describe(job, &kit);
        bool good = pdfin_read(job->pdf, job->arena, 0, &got);
        assert_int_equal(good, cases[i].code == NULL);
        if (good)
            assert_str(got, "some text");
        else
            assert_string_equal(diag_code_name(diags_at(job->diags, before)->code), cases[i].code);
    }
}

/* Small ones are kept from when they were counted, large ones are unpacked again. */
static void
sizes_around_what_is_kept(void **state)
{
    struct job *job = *state;
    static const size_t sizes[] = {1, 65535, 65536, 65537, 131072, 200001};
    static const char *const name[] = {"(a)"};

    for (size_t i = 0; i < 2 * sizeof sizes / sizeof sizes[0]; i++) {
        struct buf data = buf_in(job->arena);
        for (size_t k = 0; k < sizes[i / 2]; k++)
            buf_byte(&data, (char)(k * k >> 7));
        struct str bytes = buf_str(&data), got;
        bool packed = i % 2 == 1;
        struct kit kit = with_files(job, name, 1,
                                    kit_stream(job->arena, packed ? "/Filter/FlateDecode" : "",
                                               packed ? kit_deflate(job->arena, bytes) : bytes));
        describe(job, &kit);
        assert_int_equal(job->info->files[0].size, bytes.len);
        for (int again = 0; again < 2; again++) {
            assert_true(pdfin_read(job->pdf, job->arena, 0, &got));
            assert_true(str_eq(got, bytes));
        }
    }
    assert_int_equal(diags_count(job->diags), 0);
}

static void
tree_loop(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/Names<</EmbeddedFiles 4 0 R>>", "");

    kit.object[3] = STR("<</Kids[5 0 R]>>");
    kit.object[4] = STR("<</Kids[4 0 R]>>");
    job->pdf = pdfin_open(job->arena, job->diags, "a.pdf", kit_write(job->arena, &kit));
    assert_null(pdfin_describe(job->pdf));
    assert_diag(job->diags, 0, PDFIN_LOOP);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tree_and_associated, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(names_that_lead_out, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(names_that_meet, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(bomb, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(bombs_together, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(sizes_around_what_is_kept, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(packing, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(tree_loop, job_setup, job_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
