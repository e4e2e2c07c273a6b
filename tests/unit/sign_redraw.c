/* Appearances of our own made again. */
#include "revisions_kit.h"
#include "text_fonts.h"

#include "base/hash.h"
#include "engine/fill.h"
#include "engine/manifest.h"
#include "engine/report.h"
#include "pdf/append.h"
#include "sign/redraw.h"

/* Of the field, before its number comes and after that. */
static const char *const entries[][2] = {
    {"Type", "/Annot"},
    {"Subtype", "/Widget"},
    {"P", "3 0 R"},
    {"F", "4"},
    {"T", "(memo_number)"},
    {"Rect", "[50 100 250 130]"},
    {"FT", "/Tx"},
    {"Ff", "1"},
    {"DA", "(/F1 15 Tf 21 TL 0 g)"},
};

struct room {
    struct fixture f;
    struct banthuek *b;
    struct work *w;
    struct manifest manifest;
    char hex[2 * HASH_SIZE + 1];
};

static int
room_open(void **state)
{
    const struct text_room *fonts = *state;
    const struct hash hash = hash_of(fonts->fonts->face[FONT_REGULAR]->bytes);

    fixture_open(state, sizeof(struct room));
    struct room *r = *state;
    hash_hex(&hash, r->hex);
    r->manifest.inputs = arena_array(r->f.arena, 1, sizeof *r->manifest.inputs);
    r->manifest.input_count = 1;
    r->manifest.inputs[0] =
        (struct manifest_input){.role = STR("font"), .name = STR("r"), .sha256 = str_of(r->hex)};
    r->b = banthuek_open(NULL, NULL);
    r->w = &r->b->work;
    return 0;
}

static int
room_close(void **state)
{
    struct room *r = *state;

    banthuek_close(r->b);
    return fixture_teardown(state);
}

/* A memo that a has signed, with a number that is still to come. */
static struct rev_file
memo(struct arena *arena)
{
    struct rev_file file = rev_begin(arena);
    struct buf field = buf_in(arena);

    buf_text(&field, "<</AP<</N 14 0 R>>");
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++)
        buf_printf(&field, "/%s %s", entries[i][0], entries[i][1]);
    buf_text(&field, ">>");
    rev_add(&file, 1, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>");
    rev_add(&file, 2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    rev_add(&file, 3, REV_PAGE "/Annots[5 0 R 6 0 R 80 0 R]>>");
    rev_add(&file, 4, "<</Fields[7 0 R 80 0 R]/SigFlags 3>>");
    rev_add(&file, 5, REV_TEXT "/AP<</N 14 0 R>>>>");
    rev_add(&file, 6, REV_SIGN "/AP<</N 14 0 R>>>>");
    rev_add(&file, 7, "<</T(a)/Kids[5 0 R 6 0 R]>>");
    rev_stream(&file, 10, "", "");
    rev_add(&file, 11, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
    rev_add(&file, 13, "<</Type/SigFieldLock/Action/Include/Fields[(a.opinion)(a.signature)]>>");
    rev_stream(&file, 14, REV_FORM, "");
    rev_add(&file, 80, str_cstr(arena, buf_str(&field)));
    rev_end(&file);
    rev_sign_a(&file);
    return file;
}

/* The register's number, drawn as `drawn`. */
static struct str
with_number(struct room *r, struct rev_file *file, struct fill *fill, const char *drawn)
{
    const struct fill_box box = {200 * UNIT_PT, 30 * UNIT_PT, 15 * UNIT_PT, 21 * UNIT_PT, false};
    const struct pdf_old old = {.xref = file->prev, .size = REV_NUMBERS, .root = 1, .id = STR("0")};
    struct pdf_objects *objects = pdf_objects_open(r->f.arena);
    struct pdf_appended made;

    unsigned look = fill_text(fill, objects, POS_NONE, STR("memo_number"), &box, str_of(drawn));
    assert_true(look != 0);
    struct pdf_value *dict = pdf_dict(r->f.arena), *looks = pdf_dict(r->f.arena);
    pdf_set(looks, "N", pdf_ref(r->f.arena, look));
    pdf_set(dict, "AP", looks);
    pdf_set(dict, "V", pdf_text(r->f.arena, STR("ทด ๐๐๐๑/๒")));
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++)
        pdf_set(dict, entries[i][0], pdf_raw(r->f.arena, str_of(entries[i][1])));
    (void)pdf_put_old(objects, 80, dict);
    assert_true(pdf_append(r->f.diags, buf_str(&file->out), &old, objects, &made));
    pdf_objects_close(objects);
    return made.file;
}

/* Without a manifest nothing is made again. */
static enum changes_answer
judge(struct room *r, struct str bytes, const struct manifest *manifest, bool lacks_font)
{
    struct revisions *revisions = revisions_open(r->f.arena, "a.pdf", bytes);
    struct redraw *redraw = manifest == NULL ? NULL : redraw_open(r->w, revisions, manifest);
    const struct drawing drawing = {redraw_ask, redraw};
    struct changes changes =
        changes_find(r->f.arena, revisions, manifest == NULL ? NULL : &drawing);

    assert_int_equal(redraw != NULL && redraw_lacks_font(redraw), lacks_font);
    redraw_close(redraw);
    assert_int_equal(revisions_doubt_count(revisions), 0);
    return changes.answers[0];
}

static void
number_of_the_register(void **state)
{
    struct room *r = *state;
    struct manifest other = {0};
    const struct fill_options options = {.manifest = &r->manifest};
    struct fill *fill = fill_open(r->w, &options);
    struct rev_file file = memo(r->f.arena);

    assert_non_null(fill);
    struct str good = with_number(r, &file, fill, "ทด ๐๐๐๑/๒");
    assert_int_equal(judge(r, good, &r->manifest, false), CHANGES_ALLOWED);
    assert_int_equal(judge(r, good, NULL, false), CHANGES_REFUSED);
    assert_int_equal(judge(r, good, &other, false), CHANGES_ALLOWED); /* by another font */
    struct str bad = with_number(r, &file, fill, "ทด ๐๐๐๑/๓");
    assert_int_equal(judge(r, bad, &r->manifest, false), CHANGES_REFUSED);
    assert_int_equal(judge(r, bad, &other, true), CHANGES_REFUSED);
    assert_int_equal(diags_count(r->w->diags), 0);
    fill_close(fill);
}

int
main(void)
{
    void *fonts = NULL;

    if (text_room_open(&fonts) != 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate_setup_teardown(number_of_the_register, room_open, room_close,
                                                 fonts),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    text_room_close(&fonts);
    return failed;
}
