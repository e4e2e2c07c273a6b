/* Who may sign now: what a PDF may forbid that ours never do. */
#include "pdfin_kit.h"

#include "engine/work.h"
#include "pdfin/pdfin.h"
#include "sign/filling.h"
#include "sign/memo.h"
#include "sign/texts.h"
#include "sign/turn.h"

struct memo_fixture {
    struct fixture common;
    struct work work;
    struct memo memo;
    struct route_role roles[2];
    struct pdfin_widget widget;
    struct str names[1];
    struct pdfin_field fields[5];
};

static int
setup(void **state)
{
    int status = fixture_open(state, sizeof(struct memo_fixture));
    struct memo_fixture *f = *state;
    static const char *const parts[] = {"b.opinion", "b.name", "b.date", "b.signature",
                                        "a.signature"};

    f->work = (struct work){.arena = f->common.arena, .diags = f->common.diags};
    f->roles[0] = (struct route_role){.role = STR("a"), .has_signed = true};
    f->roles[1] = (struct route_role){.role = STR("b")};
    f->memo.opened.path = "memo.pdf";
    f->memo.route = (struct route){.roles = f->roles, .count = 2};
    route_states(&f->memo.route);
    f->names[0] = STR("a");
    for (size_t i = 0; i < 5; i++)
        f->fields[i] = (struct pdfin_field){.name = str_of(parts[i]),
                                            .type = str_of(i < 3 ? "Tx" : "Sig"),
                                            .object = (unsigned)i + 10,
                                            .lock = {PDFIN_LOCK_INCLUDE, f->names, 1},
                                            .widgets = &f->widget,
                                            .widget_count = 1};
    f->fields[4].is_signed = f->fields[4].has_value = true;
    f->memo.form = (struct pdfin_form){.is_there = true, .fields = f->fields, .count = 5};
    return status;
}

static int
teardown(void **state)
{
    struct memo_fixture *f = *state;

    memo_close(&f->memo);
    return fixture_teardown(state);
}

/* Opens a PDF whose catalog and signature have these entries. */
static void
open_pdf(struct memo_fixture *f, const char *catalog, const char *signature)
{
    struct kit kit = {.object = {[1] = STR("<</Type /Pages /Kids [] /Count 0>>")}};

    kit.object[0] =
        str_of(arena_printf(f->common.arena, "<</Type /Catalog /Pages 2 0 R %s>>", catalog));
    kit.object[2] = str_of(arena_printf(f->common.arena, "<</Type /Sig %s>>", signature));
    f->memo.opened.bytes = kit_write(f->common.arena, &kit);
    f->memo.opened.pdf =
        pdfin_open(f->common.arena, f->common.diags, "memo.pdf", f->memo.opened.bytes);
    assert_non_null(f->memo.opened.pdf);
    f->memo.opened.info = pdfin_describe(f->memo.opened.pdf);
    assert_non_null(f->memo.opened.info);
}

static bool
may_sign(struct memo_fixture *f)
{
    struct turn turn;

    return turn_check(&f->work, &f->memo, STR("b"), 0, &turn);
}

static void
assert_refused(struct memo_fixture *f, enum diag_code code)
{
    size_t before = diags_count(f->common.diags);

    assert_false(may_sign(f));
    assert_int_equal(diags_count(f->common.diags), before + 1);
    assert_int_equal(diags_at(f->common.diags, before)->code, code);
}

#define CERTIFIED(p) \
    "/Reference [<</TransformMethod /DocMDP /TransformParams <</P " p " /V /1.2>>>>]"

static void
who_is_next_may_sign(void **state)
{
    struct memo_fixture *f = *state;

    open_pdf(f, "", "");
    assert_true(may_sign(f));
}

static void
certifications_say_whether_others_may(void **state)
{
    struct memo_fixture *f = *state;

    open_pdf(f, "/Perms <</DocMDP 3 0 R>>", CERTIFIED("2"));
    assert_true(may_sign(f));
    memo_close(&f->memo);
    open_pdf(f, "/Perms <</DocMDP 3 0 R>>", CERTIFIED("1"));
    assert_refused(f, DIAG_SIGN_CERTIFIED);
    memo_close(&f->memo);
    open_pdf(f, "/Perms 3 0 R", "/DocMDP 3 0 R " CERTIFIED("3"));
    assert_true(may_sign(f));
    memo_close(&f->memo);
    open_pdf(f, "/Perms <</DocMDP 3 0 R>>", "");
    assert_refused(f, DIAG_SIGN_CERTIFIED);
    memo_close(&f->memo);
    open_pdf(f, "/Perms <</DocMDP <</P 2>>>>", "");
    assert_refused(f, DIAG_SIGN_CERTIFIED);
}

static void
locks_are_kept(void **state)
{
    struct memo_fixture *f = *state;

    open_pdf(f, "", "");
    f->names[0] = STR("b");
    f->fields[3].lock = (struct pdfin_lock){PDFIN_LOCK_INCLUDE, f->names, 1};
    assert_refused(f, DIAG_SIGN_LOCKED);
    f->names[0] = STR("b.nam");
    assert_true(may_sign(f));
    f->names[0] = STR("b.name");
    assert_refused(f, DIAG_SIGN_LOCKED);
    f->fields[4].lock.action = PDFIN_LOCK_ALL;
    assert_refused(f, DIAG_SIGN_LOCKED);
    f->fields[4].lock.action = PDFIN_LOCK_EXCLUDE;
    assert_refused(f, DIAG_SIGN_LOCKED);
    f->names[0] = STR("b");
    assert_true(may_sign(f));
    f->fields[4].is_signed = false;
    f->fields[4].lock.action = PDFIN_LOCK_ALL;
    assert_true(may_sign(f));
}

static void
the_signature_needs_a_field(void **state)
{
    struct memo_fixture *f = *state;

    open_pdf(f, "", "");
    f->fields[3].widget_count = 0;
    assert_refused(f, DIAG_SIGN_NO_ROOM);
    f->fields[3].widget_count = 1;
    f->fields[3].type = STR("Tx");
    assert_refused(f, DIAG_SIGN_NO_ROOM);
}

static void
what_is_to_be_filled_in_needs_one_too(void **state)
{
    struct memo_fixture *f = *state;
    const struct turn turn = {.role = &f->roles[1]};
    const struct texts texts = {.opinion = STR("ทราบ")};
    const struct filling filling = {
        .w = &f->work, .memo = &f->memo, .turn = &turn, .texts = &texts};

    assert_false(filling_add(&filling, 0));
    assert_int_equal(diags_at(f->common.diags, 0)->code, DIAG_SIGN_NO_FIELD);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_is_next_may_sign, setup, teardown),
        cmocka_unit_test_setup_teardown(certifications_say_whether_others_may, setup, teardown),
        cmocka_unit_test_setup_teardown(locks_are_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(the_signature_needs_a_field, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_to_be_filled_in_needs_one_too, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
