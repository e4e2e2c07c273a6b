/* The fields of a form as they are told. */
#include "pdfin_kit.h"

#include "pdfin/form.h"

/* Describes the form of a PDF; false with an error. */
static bool
form_of(struct job *job, const struct kit *kit, struct pdfin_form *out)
{
    pdfin_close(job->pdf);
    job->pdf = pdfin_open(job->arena, job->diags, "a.pdf", kit_write(job->arena, kit));
    assert_non_null(job->pdf);
    job->info = pdfin_describe(job->pdf);
    assert_non_null(job->info);
    return pdfin_form(job->pdf, out);
}

static void
no_form(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "", "");
    struct pdfin_form form;

    assert_true(form_of(job, &kit, &form));
    assert_false(form.is_there);
    assert_int_equal(form.count, 0);
    assert_null(pdfin_field(&form, STR("a")));
}

/* As the report's fields are: a node for a role, below it texts and the signature. */
static struct kit
of_roles(struct job *job)
{
    struct kit kit = kit_start(job->arena, "/AcroForm 4 0 R", "/Annots[6 0 R 7 0 R 9 0 R]");

    kit.object[3] = STR("<</Fields[5 0 R 9 0 R]/SigFlags 3/DA(/F1 16 Tf 0 g)>>");
    kit.object[4] = STR("<</T(preparer)/Kids[6 0 R 7 0 R]>>");
    kit.object[5] = STR("<</Type/Annot/Subtype/Widget/FT/Tx/T(opinion)/Parent 5 0 R/P 3 0 R"
                        "/Rect[260 160.5 90 140]/F 4/Ff 4097/Q 1/DA(/F1 14.5 Tf 20 TL 0 g)"
                        "/TU<feff0e040e27>/AP<</N 10 0 R>>/V<feff0e400e2b0e47000a0061>>>");
    kit.object[6] = STR("<</Subtype/Widget/FT/Sig/T(signature)/Parent 5 0 R/Rect[1 2 3 4]/F 4"
                        "/V 11 0 R/Lock 8 0 R/AP<</N<</On 10 0 R>>>>>>");
    kit.object[7] = STR("<</Type/SigFieldLock/Action/Include"
                        "/Fields[(preparer.opinion)(preparer.signature)]>>");
    kit.object[8] = STR("<</FT/Tx/T(memo_number)/Rect[0 0 9 9]>>");
    kit.object[9] = kit_stream(job->arena, "/Subtype/Form/BBox[0 0 1 1]", STR(""));
    kit.object[10] = STR("<</Type/Sig>>");
    return kit;
}

static void
roles_are_told(void **state)
{
    struct job *job = *state;
    struct kit kit = of_roles(job);
    struct pdfin_form form;

    assert_true(form_of(job, &kit, &form));
    assert_true(form.is_there);
    assert_false(form.has_xfa || form.needs_appearances);
    assert_int_equal(form.object, 4);
    assert_int_equal(form.signature_flags, 3);
    assert_int_equal(form.count, 3);
    const struct pdfin_field *opinion = pdfin_field(&form, STR("preparer.opinion"));
    assert_ptr_equal(opinion, &form.fields[0]);
    assert_str(opinion->part, "opinion");
    assert_str(opinion->type, "Tx");
    assert_int_equal(opinion->flags, 4097);
    assert_int_equal(opinion->object, 6);
    assert_true(opinion->has_value);
    assert_false(opinion->value_is_cut || opinion->is_signed);
    assert_str(opinion->value, "เห็\na");
    assert_str(opinion->da, "/F1 14.5 Tf 20 TL 0 g");
    assert_str(opinion->tooltip, "คว");
    assert_int_equal(opinion->align, 1);
    assert_int_equal(opinion->lock.action, PDFIN_LOCK_NONE);
    assert_int_equal(opinion->widget_count, 1);
    const struct pdfin_widget *widget = opinion->widgets;
    assert_int_equal(widget->object, 6);
    assert_int_equal(widget->page, 0);
    assert_int_equal(widget->page_object, 3);
    assert_int_equal(widget->flags, 4);
    assert_int_equal(widget->appearance, 10);
    assert_int_equal(widget->rect[0], 90000);
    assert_int_equal(widget->rect[1], 140000);
    assert_int_equal(widget->rect[2], 260000);
    assert_int_equal(widget->rect[3], 160500);
}

/* The same fields with their values, and nothing else of them. */
static void
values_alone(void **state)
{
    struct job *job = *state;
    struct kit kit = of_roles(job);
    struct pdfin_form whole, form;

    assert_true(form_of(job, &kit, &whole));
    assert_true(pdfin_form_values(job->pdf, &form));
    assert_int_equal(form.count, whole.count);
    for (size_t i = 0; i < form.count; i++) {
        const struct pdfin_field *got = &form.fields[i], *want = &whole.fields[i];
        assert_true(str_eq(got->name, want->name));
        assert_true(str_eq(got->type, want->type));
        assert_true(str_eq(got->value, want->value));
        assert_int_equal(got->has_value, want->has_value);
        assert_int_equal(got->is_signed, want->is_signed);
        assert_int_equal(got->widget_count, 0);
        assert_int_equal(got->tooltip.len, 0);
    }
}

static void
signatures_and_locks(void **state)
{
    struct job *job = *state;
    struct kit kit = of_roles(job);
    struct pdfin_form form;

    assert_true(form_of(job, &kit, &form));
    const struct pdfin_field *signature = &form.fields[1];
    assert_str(signature->name, "preparer.signature");
    assert_true(signature->is_signed && signature->has_value);
    assert_int_equal(signature->signature, 11);
    assert_int_equal(signature->lock.action, PDFIN_LOCK_INCLUDE);
    assert_int_equal(signature->lock.count, 2);
    assert_str(signature->lock.names[1], "preparer.signature");
    assert_int_equal(signature->widgets[0].appearance, 0);
    const struct pdfin_field *number = &form.fields[2];
    assert_str(number->name, "memo_number");
    assert_str(number->da, "/F1 16 Tf 0 g");
    assert_false(number->has_value);
    assert_int_equal(number->widgets[0].page, 0);
}

/* What stands above counts below; places without a name are those of one field. */
static void
much_is_inherited(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/AcroForm<</Fields[4 0 R 8 0 R]/Q 2/XFA[]>>", "");
    struct pdfin_form form;

    kit.object[3] = STR("<</T(a)/FT/Ch/Ff 7/V[(one)(two)]/Kids[5 0 R 6 0 R]>>");
    kit.object[4] = STR("<</T(b)/V(own)/DA(x)>>");
    kit.object[5] = STR("<</T(c)/Kids[7 0 R <</Rect[0 0 1 1]>>]>>");
    kit.object[6] = STR("<</Rect[0 0 2 2]/Lock<</Action/Some>>>>");
    kit.object[7] = STR("<</FT/Sig/T(s)/Lock<</Action/All>>/V null>>");
    assert_true(form_of(job, &kit, &form));
    assert_int_equal(form.object, 0);
    assert_true(form.has_xfa);
    assert_int_equal(form.count, 3);
    assert_str(form.fields[0].name, "a.b");
    assert_str(form.fields[0].value, "own");
    assert_str(form.fields[0].type, "Ch");
    assert_int_equal(form.fields[0].align, 2);
    assert_str(form.fields[1].name, "a.c");
    assert_str(form.fields[1].value, "one");
    assert_int_equal(form.fields[1].flags, 7);
    assert_int_equal(form.fields[1].widget_count, 2);
    assert_int_equal(form.fields[1].widgets[0].object, 7);
    assert_int_equal(form.fields[1].widgets[1].object, 0);
    assert_true(form.fields[1].widgets[0].page == SIZE_MAX);
    assert_int_equal(form.fields[2].lock.action, PDFIN_LOCK_ALL);
    assert_false(form.fields[2].is_signed || form.fields[2].has_value);
}

static void
fields_in_circles(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/AcroForm<</Fields[4 0 R]>>", "");
    struct pdfin_form form;

    /* describing signatures finds the same: only what it does not walk is left */
    kit.object[3] = STR("<</T(a)/Kids[5 0 R]>>");
    kit.object[4] = STR("<</T(b)/Kids[4 0 R]>>");
    pdfin_close(job->pdf);
    job->pdf = pdfin_open(job->arena, job->diags, "a.pdf", kit_write(job->arena, &kit));
    assert_false(pdfin_form(job->pdf, &form));
    assert_diag(job->diags, 0, PDFIN_LOOP);
}

static void
too_many_fields(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/AcroForm<</Fields 4 0 R>>", "");
    struct buf list = buf_in(job->arena);
    struct pdfin_form form;

    buf_byte(&list, '[');
    for (size_t i = 0; i <= PDFIN_FIELDS_MAX; i++)
        buf_text(&list, "<</T(a)>>");
    buf_byte(&list, ']');
    kit.object[3] = buf_str(&list);
    assert_false(form_of(job, &kit, &form));
    assert_diag(job->diags, 0, PDFIN_TOO_MUCH);
}

/* A value that is too long says so, and thousands that share one are each cut. */
static void
long_values(void **state)
{
    struct job *job = *state;
    struct kit kit = kit_start(job->arena, "/AcroForm<</Fields 5 0 R>>", "");
    struct buf text = buf_in(job->arena), list = buf_in(job->arena);
    struct pdfin_form form;

    buf_byte(&text, '(');
    for (size_t i = 0; i < PDFIN_VALUE_MAX + 1; i++)
        buf_byte(&text, 'x');
    buf_byte(&text, ')');
    kit.object[3] = buf_str(&text);
    kit.object[4] = STR("[<</T(a)/FT/Tx/V 4 0 R>>]");
    assert_true(form_of(job, &kit, &form));
    assert_true(form.fields[0].value_is_cut);
    buf_byte(&list, '[');
    for (size_t i = 0; i < 600; i++)
        buf_text(&list, "<</T(a)/FT/Tx/V 4 0 R>>");
    buf_byte(&list, ']');
    kit.object[4] = buf_str(&list);
    assert_false(form_of(job, &kit, &form));
    assert_diag(job->diags, 0, PDFIN_TOO_MUCH);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_form, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(roles_are_told, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(values_alone, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(signatures_and_locks, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(much_is_inherited, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(fields_in_circles, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(too_many_fields, job_setup, job_teardown),
        cmocka_unit_test_setup_teardown(long_values, job_setup, job_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
