/* What goes into a file last: the range of a signature and its value. */
#include "test.h"

#include <stdio.h>

#include "pdf/object.h"
#include "sign/seal.h"

/* Appends a signature to something that ends like a PDF. */
static void
append(struct fixture *f, struct seal *seal, struct pdf_appended *appended)
{
    const struct pdf_old old = {.xref = 9, .size = 5, .root = 1, .id = STR("0123456789abcdef")};
    struct pdf_objects *objects = pdf_objects_open(f->arena);

    seal_begin(f->arena, seal, "Sig", "ETSI.CAdES.detached", SEAL_ROOM);
    (void)pdf_put(objects, seal->dict);
    assert_true(
        pdf_append(f->diags, STR("%PDF-1.7\nstartxref\n9\n%%EOF\n"), &old, objects, appended));
    pdf_objects_close(objects);
}

static void
all_but_the_value_is_signed(void **state)
{
    struct fixture *f = *state;
    struct seal seal;
    struct pdf_appended appended;
    struct str part[2];
    size_t a, b, rest;

    append(f, &seal, &appended);
    assert_true(seal_range(&seal, &appended));
    struct str before = seal_hash(f->arena, &seal, &appended, EVP_sha256());
    assert_int_equal(before.len, 32);
    assert_true(seal_close(f->arena, f->diags, POS_NONE, &seal, &appended, STR("\x30\x03value")));
    seal_parts(&seal, &appended, part);
    assert_int_equal(part[0].ptr[part[0].len], '<');
    assert_int_equal(part[1].ptr[-1], '>');
    assert_memory_equal(part[0].ptr + part[0].len, "<300376616c756500", 17);
    size_t at = str_find(appended.file, STR("/ByteRange"));
    assert_int_equal(sscanf(appended.file.ptr + at, "/ByteRange [0 %zu %zu %zu", &a, &b, &rest), 3);
    assert_int_equal(a, part[0].len);
    assert_int_equal(b, part[1].ptr - appended.file.ptr);
    assert_int_equal(b + rest, appended.file.len);
    struct str after = seal_hash(f->arena, &seal, &appended, EVP_sha256());
    assert_memory_equal(before.ptr, after.ptr, 32);
}

static void
what_does_not_fit_is_refused(void **state)
{
    struct fixture *f = *state;
    char *value = arena_alloc(f->arena, SEAL_ROOM + 1);
    struct seal seal;
    struct pdf_appended appended;

    memset(value, 0x30, SEAL_ROOM + 1);
    append(f, &seal, &appended);
    assert_true(seal_range(&seal, &appended));
    assert_false(seal_close(f->arena, f->diags, POS_NONE, &seal, &appended,
                            (struct str){value, SEAL_ROOM + 1}));
    assert_int_equal(diags_at(f->diags, 0)->code, DIAG_SIGN_ROOM);
    assert_true(
        seal_close(f->arena, f->diags, POS_NONE, &seal, &appended, (struct str){value, SEAL_ROOM}));
}

static void
what_is_not_found_again_is_refused(void **state)
{
    struct fixture *f = *state;
    struct seal seal;
    struct pdf_appended appended;

    append(f, &seal, &appended);
    /* the range still says nothing */
    assert_false(seal_close(f->arena, f->diags, POS_NONE, &seal, &appended, STR("\x30\x03value")));
    assert_int_equal(diags_at(f->diags, 0)->code, DIAG_SIGN_WRITTEN_WRONG);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_but_the_value_is_signed, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(what_does_not_fit_is_refused, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_found_again_is_refused, fixture_setup,
                                        fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
