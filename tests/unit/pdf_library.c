/* When libharu fails: this program's own HPDF_Obj_WriteValue stands before the library's. */
#include "pdf_pages.h"

unsigned long HPDF_Obj_WriteValue(void *object, void *stream, void *encrypt);

unsigned long
HPDF_Obj_WriteValue(void *object, void *stream, void *encrypt)
{
    (void)object;
    (void)stream;
    (void)encrypt;
    return 0x1015; /* a status that libharu has for a failed allocation */
}

static void
failure_is_told(void **state)
{
    struct help *help = help_open();
    const struct pdf_meta meta = {.title = STR("")};
    struct str out = STR("");

    (void)state;
    help_page(help);
    assert_false(pdf_file(help->arena, help->diags, &help->pages, &meta, &out));
    assert_int_equal(out.len, 0);
    assert_diag(help->diags, 0, PDF_LIBRARY);
    help_close(help);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failure_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, help_end);
}
