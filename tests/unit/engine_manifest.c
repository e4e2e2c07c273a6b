/* The manifest: what is written is read again, and what is no manifest is refused with a place. */
#include "engine/manifest.h"
#include "test.h"

static struct manifest
sample(struct fixture *f)
{
    struct manifest out = {
        .version_count = 2,
        .preprinted = true,
        .data = true,
        .says_for_pen = true,
        .code = STR("0123456789ABCDEF"),
        .created = STR("2023-09-29T00:00:00+07:00"),
        .pages = 21,
        .pages_sha256 = STR("00ff"),
        .fields = true,
        .says_fields = true,
        .routing_count = 2,
        .input_count = 2,
    };

    out.versions = arena_array(f->arena, 2, sizeof *out.versions);
    out.versions[0] = (struct manifest_version){STR("banthuek"), STR("1.2.3"), POS_NONE};
    out.versions[1] = (struct manifest_version){STR("ICU"), STR("72.1"), POS_NONE};
    out.routing = arena_array(f->arena, 2, sizeof *out.routing);
    out.routing[0] =
        (struct manifest_signer){.role = STR("preparer"), .name = STR("นายสมมติ \"ก\"")};
    out.routing[1] =
        (struct manifest_signer){STR("ปลัด"),           STR("ความเห็น"), STR("ข"), STR("ผู้อำนวยการ"),
                                 STR("รักษาราชการแทน"), STR("ปลัด"),     STR("0a")};
    out.inputs = arena_array(f->arena, 2, sizeof *out.inputs);
    out.inputs[0] =
        (struct manifest_input){STR("report"), STR("report.yaml"), 54469, STR("ab"), POS_NONE};
    out.inputs[1] =
        (struct manifest_input){STR("data"), STR("ภาพ/\"a\".png"), 0, STR("cd"), POS_NONE};
    return out;
}

static struct str
written(struct fixture *f, const struct manifest *manifest)
{
    struct buf out = buf_in(f->arena);

    manifest_write(manifest, &out);
    return buf_str(&out);
}

static void
reads_what_it_writes(void **state)
{
    struct fixture *f = *state;
    struct manifest first = sample(f), read;
    struct str bytes = written(f, &first);

    assert_true(manifest_read(f->arena, f->diags, "manifest.json", bytes, &read));
    assert_str(written(f, &read), str_cstr(f->arena, bytes));
    assert_int_equal(read.inputs[1].pos.line, 15);
    assert_int_equal(read.routing_count, 2);
    assert_str(read.routing[1].acting_for, "ปลัด");
    manifest_compare(f->diags, &read, &first);
    assert_int_equal(diags_count(f->diags), 0);
}

static void
refuses_what_lacks_a_part(void **state)
{
    static const char *const faulty[] = {
        "[]",
        "{}",
        "{\"banthuek\": \"1\"}",
        "{\"banthuek\": \"1\", \"versions\": {\"banthuek\": \"2\"}, \"options\": {}, \"pages\": "
        "{}}",
        "{\"banthuek\": \"1\", \"versions\": {\"ICU\": []}, \"options\": {}, \"pages\": {}}",
    };
    struct fixture *f = *state;
    struct manifest read;

    for (size_t i = 0; i < sizeof faulty / sizeof faulty[0]; i++) {
        assert_false(manifest_read(f->arena, f->diags, "m", str_of(faulty[i]), &read));
        assert_int_equal(diags_count(f->diags), i + 1);
        assert_int_equal(diags_at(f->diags, i)->code, DIAG_MANIFEST_DAMAGED);
        assert_int_equal(diags_at(f->diags, i)->pos.line, 1);
    }
    assert_false(manifest_read(f->arena, f->diags, "m", STR("{"), &read));
}

static void
refuses_numbers_that_are_none(void **state)
{
    struct fixture *f = *state;
    struct manifest first = sample(f), read;
    struct buf bytes = buf_in(f->arena);
    struct str good = written(f, &first);
    size_t at = str_find(good, STR("54469"));

    buf_add(&bytes, str_sub(good, 0, at));
    buf_text(&bytes, "-1.5");
    buf_add(&bytes, str_sub(good, at + 5, good.len));
    assert_false(manifest_read(f->arena, f->diags, "m", buf_str(&bytes), &read));
    assert_int_equal(diags_at(f->diags, 0)->pos.line, 14);
}

/* Those from before there were fields say neither yes nor no. */
static void
reads_what_knows_no_fields(void **state)
{
    struct fixture *f = *state;
    struct manifest first = sample(f), read;

    first.says_fields = first.fields = false;
    first.routing_count = 0;
    struct str bytes = written(f, &first);
    assert_int_equal(str_find(bytes, STR("fields")), SIZE_MAX);
    assert_int_equal(str_find(bytes, STR("routing")), SIZE_MAX);
    assert_true(manifest_read(f->arena, f->diags, "m", bytes, &read));
    assert_false(read.fields || read.says_fields);
    assert_int_equal(read.routing_count, 0);
}

static void
refuses_a_routing_that_is_none(void **state)
{
    static const char *const faulty[] = {"[1]", "{}", "[{}]", "[{\"role\": 1, \"name\": []}]"};
    struct fixture *f = *state;
    struct manifest first = sample(f), read;

    first.routing_count = 0;
    struct str good = written(f, &first);
    size_t at = str_find(good, STR("\"inputs\""));
    for (size_t i = 0; i < sizeof faulty / sizeof faulty[0]; i++) {
        struct buf bytes = buf_in(f->arena);
        buf_add(&bytes, str_sub(good, 0, at));
        buf_printf(&bytes, "\"routing\": %s, ", faulty[i]);
        buf_add(&bytes, str_sub(good, at, good.len));
        assert_false(manifest_read(f->arena, f->diags, "m", buf_str(&bytes), &read));
        assert_int_equal(diags_at(f->diags, i)->code, DIAG_MANIFEST_DAMAGED);
    }
}

/* Those from before paper have no code, and are written as they were. */
static void
reads_what_knows_no_pen(void **state)
{
    struct fixture *f = *state;
    struct manifest first = sample(f), read;

    first.says_for_pen = false;
    first.code = STR("");
    struct str bytes = written(f, &first);
    assert_int_equal(str_find(bytes, STR("for_pen")), SIZE_MAX);
    assert_int_equal(str_find(bytes, STR("code")), SIZE_MAX);
    assert_true(manifest_read(f->arena, f->diags, "m", bytes, &read));
    assert_false(read.for_pen || read.says_for_pen);
    assert_int_equal(read.code.len, 0);
    assert_str(written(f, &read), str_cstr(f->arena, bytes));
}

static bool
reads(struct fixture *f, const struct manifest *manifest)
{
    struct manifest read;

    return manifest_read(f->arena, f->diags, "m", written(f, manifest), &read);
}

static void
refuses_codes_that_are_none(void **state)
{
    static const char *const faulty[] = {"0123456789ABCDE", "0123456789ABCDEFG", "0123456789ABCDEU",
                                         "0123456789abcdef", "๐123456789ABCD"};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof faulty / sizeof faulty[0]; i++) {
        struct manifest manifest = sample(f);
        manifest.code = str_of(faulty[i]);
        assert_false(reads(f, &manifest));
        assert_int_equal(diags_at(f->diags, i)->code, DIAG_MANIFEST_DAMAGED);
    }
}

/* Neither a draft nor pages with fields are for the pen, nor are those without a code. */
static void
refuses_pens_that_cannot_be(void **state)
{
    struct fixture *f = *state;
    struct manifest pen = sample(f);

    pen.for_pen = true;
    pen.fields = false;
    pen.routing_count = 0;
    assert_true(reads(f, &pen));
    struct manifest fields = pen, draft = pen, bare = pen, coded = sample(f);
    fields.fields = true;
    draft.draft = true;
    bare.code = STR("");
    coded.draft = true;
    assert_false(reads(f, &fields));
    assert_false(reads(f, &draft));
    assert_false(reads(f, &bare));
    assert_false(reads(f, &coded));
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(reads_what_it_writes),           T(refuses_what_lacks_a_part),
        T(refuses_numbers_that_are_none),  T(reads_what_knows_no_fields),
        T(refuses_a_routing_that_is_none), T(reads_what_knows_no_pen),
        T(refuses_codes_that_are_none),    T(refuses_pens_that_cannot_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
