/* What an update must know of a PDF: its end, and objects entry by entry. */
#include "pdfin_kit.h"

#include "pdfin/update.h"

static bool
tail(struct job *job, struct str file, struct pdfin_tail *out)
{
    pdfin_close(job->pdf);
    job->pdf = pdfin_open(job->arena, job->diags, "a.pdf", file);
    assert_non_null(job->pdf);
    return pdfin_tail(job->pdf, out);
}

static struct str
joined(struct job *job, const char *before, struct str file, const char *after)
{
    struct buf out = buf_in(job->arena);

    buf_text(&out, before);
    buf_add(&out, file);
    buf_text(&out, after);
    return buf_str(&out);
}

static void
the_end_is_told(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "", "");
    struct pdfin_tail out;

    kit.trailer = "/Info 4 0 R/ID[<00ff28>(b)]";
    kit.object[3] = STR("<</Title(t)>>");
    struct str file = kit_write(job->arena, &kit);
    assert_true(tail(job, file, &out));
    assert_int_equal(out.xref, str_find(file, STR("xref")));
    assert_int_equal(out.size, KIT_OBJECTS + 1);
    assert_int_equal(out.root, 1);
    assert_int_equal(out.info, 4);
    assert_true(str_eq(out.id[0], (struct str){"\0\xff(", 3}));
    assert_str(out.id[1], "b");
    assert_false(out.is_stream);
    assert_true(out.ends_line);
    assert_true(tail(job, str_sub(file, 0, file.len - 1), &out));
    assert_false(out.ends_line);
    kit.trailer = "";
    assert_true(tail(job, kit_write(job->arena, &kit), &out));
    assert_int_equal(out.info, 0);
    assert_int_equal(out.id[0].len, 0);
    assert_int_equal(diags_count(job->diags), 0);
}

static void
assert_refused(struct job *job, struct str file)
{
    struct pdfin_tail out;
    size_t count = diags_count(job->diags);

    assert_false(tail(job, file, &out));
    assert_diag(job->diags, count, PDFIN_NO_UPDATE);
}

static void
what_nothing_is_added_to(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "", "");
    struct str file = kit_write(job->arena, &kit);

    assert_refused(job, joined(job, "", file, "\n"));
    assert_refused(job, joined(job, "", file, " "));
    assert_refused(job, joined(job, "", file, "%\n"));
    assert_refused(job, joined(job, "", file, "%%EOF\n"));
    kit.trailer = "/Info 99 0 R";
    assert_refused(job, kit_write(job->arena, &kit));
}

static void
entries_are_syntax(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "", "");
    struct pdfin_entries out;

    kit.object[3] =
        STR("<</B 5 0 R/A(a\\)\\000\xff)/C[1 -2.50 /N#20x true null<</D<00>>>]/#41b 1>>");
    kit.object[4] = kit_stream(job->arena, "/K/V", STR("abc"));
    job->pdf = pdfin_open(job->arena, job->diags, "a.pdf", kit_write(job->arena, &kit));
    assert_true(pdfin_entries(job->pdf, 4, &out));
    assert_int_equal(out.count, 4);
    assert_false(out.is_stream);
    assert_str(pdfin_raw(&out, "B"), "5 0 R");
    assert_str(pdfin_raw(&out, "C"), "[ 1 -2.50 /N#20x true null << /D <00> >> ]");
    assert_str(pdfin_raw(&out, "Ab"), "1");
    assert_str(pdfin_raw(&out, "Z"), "");
    assert_true(pdfin_entries(job->pdf, 5, &out));
    assert_true(out.is_stream);
    assert_str(pdfin_raw(&out, "K"), "/V");
    assert_int_equal(diags_count(job->diags), 0);
    assert_false(pdfin_entries(job->pdf, 40, &out));
    assert_diag(job->diags, 0, PDFIN_NO_OBJECT);
}

/* The bytes of a string are the same when its syntax is read again. */
static void
strings_come_back(void **state)
{
    struct job *job = *state;
    struct pdfin_entries out;
    struct buf all = buf_in(job->arena);
    struct str first = STR("");

    for (int pass = 0; pass < 2; pass++) {
        struct kit kit = kit_start(job->arena, "", "");
        if (pass == 0) {
            buf_text(&all, "<</S<");
            for (int i = 0; i < 256; i++)
                buf_printf(&all, "%02x", i);
            buf_text(&all, ">>>");
        } else {
            all.len = 0;
            buf_text(&all, "<</S ");
            buf_add(&all, first);
            buf_text(&all, ">>");
        }
        kit.object[3] = str_dup(job->arena, buf_str(&all));
        pdfin_close(job->pdf);
        job->pdf = pdfin_open(job->arena, job->diags, "a.pdf", kit_write(job->arena, &kit));
        assert_true(pdfin_entries(job->pdf, 4, &out));
        if (pass == 1)
            assert_true(str_eq(pdfin_raw(&out, "S"), first));
        first = pdfin_raw(&out, "S");
    }
    assert_true(first.len > 256);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_end_is_told, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(what_nothing_is_added_to, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(entries_are_syntax, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(strings_come_back, job_setup, job_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
