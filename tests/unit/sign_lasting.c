/* What is added behind a signature: what another program made of /DSS. */
#include "pdfin_kit.h"

#include "engine/work.h"
#include "pki/revocation.h"
#include "sign/lasting.h"

/* Reads a PDF whose catalog has this /DSS; object 4 is `dss`. */
static bool
read_with(struct fixture *f, const char *entry, const char *dss, struct lasting *out)
{
    struct kit kit = {.object = {[1] = STR("<</Type /Pages /Kids [] /Count 0>>"),
                                 [2] = STR("<</Fields []>>"),
                                 [3] = str_of(dss)}};
    struct work work = {.arena = f->arena, .diags = f->diags};
    struct pdfin_form form;

    kit.object[0] =
        str_of(arena_printf(f->arena, "<</Type /Catalog /Pages 2 0 R /AcroForm 3 0 R %s>>", entry));
    struct str bytes = kit_write(f->arena, &kit);
    struct pdfin *pdf = pdfin_open(f->arena, f->diags, "a.pdf", bytes);
    assert_non_null(pdf);
    assert_non_null(pdfin_describe(pdf));
    assert_true(pdfin_form(pdf, &form));
    bool good = lasting_read(&work, (struct pos){"a.pdf", 0, 0}, pdf, bytes, &form, out);
    pdfin_close(pdf);
    return good;
}

static void
what_is_there_can_be_added_to(void **state)
{
    struct fixture *f = *state;
    struct lasting lasting;

    assert_true(read_with(f, "", "", &lasting));
    assert_int_equal(lasting.dss_number, 0);
    assert_true(read_with(f, "/DSS 4 0 R", "<</Certs [5 0 R]>>", &lasting));
    assert_int_equal(lasting.dss_number, 4);
    assert_int_equal(diags_count(f->diags), 0);
}

static void
assert_odd(struct fixture *f, const char *entry, const char *dss)
{
    struct lasting lasting;
    size_t before = diags_count(f->diags);

    assert_false(read_with(f, entry, dss, &lasting));
    assert_int_equal(diags_at(f->diags, before)->code, DIAG_SIGN_DSS_ODD);
}

static void
what_is_odd_is_refused(void **state)
{
    struct fixture *f = *state;

    assert_odd(f, "/DSS <</Certs []>>", "");
    assert_odd(f, "/DSS 4 0 R", "<</Certs 2 0 R>>");
    assert_odd(f, "/DSS 4 0 R", "<</CRLs 7>>");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_there_can_be_added_to, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(what_is_odd_is_refused, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
