/* Incremental updates of files of ours, read back with libqpdf. */
#include "pdf_pages.h"

#include "pdf/append.h"
#include "pdfin/update.h"

/* A file of one page. */
static struct str
make_file(struct help *help)
{
    help_page(help);
    return help_write(help);
}

static struct pdf_old
old_of(const struct pdfin_tail *tail)
{
    return (struct pdf_old){tail->xref, tail->size, tail->root, tail->info, tail->id[0]};
}

/* What a reader finds at the end of the file; `pdf` is to be closed. */
static struct pdfin_tail
tail_of(struct help *help, struct str file, struct pdfin **pdf)
{
    struct pdfin_tail tail;

    *pdf = pdfin_open(help->arena, help->diags, "a.pdf", file);
    assert_non_null(*pdf);
    assert_true(pdfin_tail(*pdf, &tail));
    assert_int_equal(diags_count(help->diags), 0);
    return tail;
}

/* A new version of the catalog with /Note in place of what it had under that key. */
static struct pdf_value *
catalog_with(struct help *help, struct pdfin *pdf, unsigned number, struct pdf_value *note)
{
    struct pdf_value *dict = pdf_dict(help->arena);
    struct pdfin_entries entries;

    assert_true(pdfin_entries(pdf, number, &entries));
    assert_false(entries.is_stream);
    assert_str(pdfin_raw(&entries, "Type"), "/Catalog");
    for (size_t i = 0; i < entries.count; i++) {
        if (!str_is(entries.entry[i].key, "Note"))
            pdf_set_key(dict, entries.entry[i].key, pdf_raw(help->arena, entries.entry[i].raw));
    }
    pdf_set(dict, "Note", note);
    return dict;
}

/* Adds an update: the catalog anew, with a reference to a new object that holds a text, and a
 * stream. */
static struct str
add_update(struct help *help, struct str file, const char *text, struct pdf_appended *out)
{
    struct pdf_objects *objects = pdf_objects_open(help->arena);
    struct pdf_value *note = pdf_dict(help->arena);
    struct pdfin *pdf;
    const struct pdfin_tail tail = tail_of(help, file, &pdf);
    const struct pdf_old old = old_of(&tail);

    pdf_set(note, "Text", pdf_text(help->arena, str_of(text)));
    unsigned handle = pdf_put(objects, note);
    pdf_set(note, "Stream", pdf_ref(help->arena, pdf_put_stream(objects, NULL, str_of(text))));
    pdf_set(note, "Catalog", pdf_old_ref(help->arena, tail.root));
    pdf_put_old(objects, tail.root,
                catalog_with(help, pdf, tail.root, pdf_ref(help->arena, handle)));
    assert_true(pdf_append(help->diags, file, &old, objects, out));
    pdf_objects_close(objects);
    pdfin_close(pdf);
    return out->file;
}

static struct str
raw_of(struct help *help, struct str file, unsigned number, const char *key)
{
    struct pdfin *pdf = pdfin_open(help->arena, help->diags, "a.pdf", file);
    struct pdfin_entries entries;

    assert_non_null(pdf);
    assert_true(pdfin_entries(pdf, number, &entries));
    pdfin_close(pdf);
    return pdfin_raw(&entries, key);
}

static void
thrice(void **state)
{
    struct help *help = help_open();
    struct str file = make_file(help);
    struct pdf_appended made[3];
    struct pdfin *pdf;
    const struct pdfin_tail first = tail_of(help, file, &pdf);
    struct pdfin_tail last = first;

    (void)state;
    pdfin_close(pdf);
    for (size_t i = 0; i < 3; i++) {
        struct str before = file;
        file = add_update(help, file, i == 1 ? "ข้อความ" : "text", &made[i]);
        assert_true(str_starts(file, before));
        assert_true(str_ends(file, STR("\n%%EOF\n")));
        struct pdfin_tail now = tail_of(help, file, &pdf);
        assert_non_null(pdfin_describe(pdf));
        pdfin_close(pdf);
        assert_true(now.is_stream && now.ends_line);
        /* two new objects and the stream itself */
        assert_int_equal(now.size, last.size + 3);
        assert_int_equal(now.root, first.root);
        assert_int_equal(now.info, first.info);
        assert_true(str_eq(now.id[0], first.id[0]));
        assert_false(str_eq(now.id[1], last.id[1]));
        assert_int_equal(now.xref, made[i].now.xref);
        assert_int_equal(now.size, made[i].now.size);
        assert_true(now.xref > last.xref);
        last = now;
        assert_qpdf(file);
    }
    assert_int_equal(diags_count(help->diags), 0);
    /* the note of each update is there, the catalog names the last one */
    assert_str(raw_of(help, file, made[0].number[1], "Text"), "(text)");
    assert_str(raw_of(help, file, made[1].number[1], "Text"), "<feff0e020e490e2d0e040e270e320e21>");
    assert_str(raw_of(help, file, first.root, "Note"),
               arena_printf(help->arena, "%u 0 R", made[2].number[1]));
    assert_str(raw_of(help, made[1].file, first.root, "Note"),
               arena_printf(help->arena, "%u 0 R", made[1].number[1]));
    help_close(help);
}

/* Each object stands where it is said to, and the cross-reference stream lists these alone. */
static void
places_are_told(void **state)
{
    struct help *help = help_open();
    struct str file = make_file(help);
    struct pdf_appended made;
    struct pdfin *pdf;
    const struct pdfin_tail tail = tail_of(help, file, &pdf);

    (void)state;
    pdfin_close(pdf);
    struct str out = add_update(help, file, "x", &made);
    const unsigned number[] = {0, tail.size, tail.size + 1, tail.root};
    for (size_t i = 1; i <= 3; i++) {
        assert_int_equal(made.number[i], number[i]);
        assert_true(str_starts(str_sub(out, made.offset[i], 40),
                               str_of(arena_printf(help->arena, "%u 0 obj\n<<", number[i]))));
    }
    assert_int_equal(made.offset[1], file.len);
    struct str table = str_sub(out, made.now.xref, out.len);
    assert_true(str_starts(table, str_of(arena_printf(help->arena, "%u 0 obj\n", tail.size + 2))));
    const char *index = arena_printf(help->arena, "/Index [%u 1 %u 3]\n", tail.root, tail.size);
    assert_true(str_find(table, str_of(index)) != SIZE_MAX);
    const char *previous = arena_printf(help->arena, "/Prev %zu\n", tail.xref);
    assert_true(str_find(table, str_of(previous)) != SIZE_MAX);
    help_close(help);
}

/* The same again gives the same bytes; another object gives another second half of /ID. */
static void
bytes_are_the_same(void **state)
{
    struct help *help = help_open();
    struct str file = make_file(help);
    struct pdf_appended one, two, other;

    (void)state;
    add_update(help, file, "x", &one);
    add_update(help, file, "x", &two);
    add_update(help, file, "y", &other);
    assert_true(str_eq(one.file, two.file));
    struct str id = str_sub(one.file, str_find(one.file, STR("/Prev ")), 200);
    assert_true(str_find(other.file, str_sub(id, str_find(id, STR("/ID")), 70)) == SIZE_MAX);
    help_close(help);
}

/* A file without a line end behind its %%EOF gets one. */
static void
line_end_is_added(void **state)
{
    struct help *help = help_open();
    struct str file = make_file(help);
    struct pdf_appended made;

    (void)state;
    struct str cut = str_sub(file, 0, file.len - 1);
    assert_true(str_ends(cut, STR("%%EOF")));
    struct str out = add_update(help, cut, "x", &made);
    assert_true(str_starts(out, file));
    assert_int_equal(made.offset[1], file.len);
    assert_qpdf(out);
    help_close(help);
}

/* A signature is written into its room when all else is there. */
static void
room_is_filled(void **state)
{
    struct help *help = help_open();
    struct str file = make_file(help);
    struct pdf_objects *objects = pdf_objects_open(help->arena);
    struct pdf_room range = {STR("[0 0000000000]"), 0}, contents = {STR("<00000000>"), 0};
    struct pdf_value *dict = pdf_dict(help->arena);
    struct pdfin *pdf;
    const struct pdfin_tail tail = tail_of(help, file, &pdf);
    const struct pdf_old old = old_of(&tail);
    struct pdf_appended made;

    (void)state;
    pdfin_close(pdf);
    /* words that look like the rooms must not mislead */
    pdf_set(dict, "Name", pdf_string(help->arena, STR("/Contents <00000000>")));
    pdf_set(dict, "ByteRange", pdf_room(help->arena, &range));
    pdf_set(dict, "Contents", pdf_room(help->arena, &contents));
    pdf_put(objects, dict);
    assert_true(pdf_append(help->diags, file, &old, objects, &made));
    struct str before = str_dup(help->arena, made.file);
    assert_true(pdf_patch(&made, &range, STR("[0 5")));
    assert_true(pdf_patch(&made, &contents, STR("<abcd")));
    assert_false(pdf_patch(&made, &contents, STR("<0000000000>")));
    assert_int_equal(made.file.len, before.len);
    assert_str(raw_of(help, made.file, made.number[1], "Name"), "(/Contents <00000000>)");
    struct str object = str_sub(made.file, made.offset[1], 200);
    assert_true(str_find(object, STR("/ByteRange [0 5000000000]\n/Contents <abcd0000>>>")) !=
                SIZE_MAX);
    assert_true(str_starts(made.file, str_sub(before, 0, range.at)));
    pdf_objects_close(objects);
    help_close(help);
}

/* A file without /ID gets one, and keeps its first half. */
static void
id_is_made(void **state)
{
    struct help *help = help_open();
    struct str file = make_file(help);
    struct pdf_objects *objects = pdf_objects_open(help->arena);
    struct pdfin *pdf;
    struct pdfin_tail tail = tail_of(help, file, &pdf);
    struct pdf_old old = old_of(&tail);
    struct pdf_appended one, two;

    (void)state;
    pdfin_close(pdf);
    old.id = STR("");
    pdf_put(objects, pdf_dict(help->arena));
    assert_true(pdf_append(help->diags, file, &old, objects, &one));
    assert_int_equal(one.now.id.len, 16);
    assert_true(pdf_append(help->diags, one.file, &one.now, objects, &two));
    tail = tail_of(help, two.file, &pdf);
    pdfin_close(pdf);
    assert_true(str_eq(tail.id[0], one.now.id));
    assert_false(str_eq(tail.id[1], one.now.id));
    assert_qpdf(two.file);
    pdf_objects_close(objects);
    help_close(help);
}

static void
too_many_numbers(void **state)
{
    struct help *help = help_open();
    struct pdf_objects *objects = pdf_objects_open(help->arena);
    const struct pdf_old old = {.xref = 0, .size = 8388607, .root = 1};
    struct pdf_appended made;

    (void)state;
    pdf_put(objects, pdf_dict(help->arena));
    assert_false(pdf_append(help->diags, STR("%PDF-1.7\n"), &old, objects, &made));
    assert_diag(help->diags, 0, PDF_TOO_LARGE);
    pdf_objects_close(objects);
    help_close(help);
}

static void
page_items_become_a_form(void **state)
{
    struct help *help = help_open();
    struct font *font = help_font(help, "Laksaman", false);
    struct pdf_objects *objects = pdf_objects_open(help->arena);

    (void)state;
    assert_non_null(font);
    help_line(help, font, "เห็นชอบ", 0);
    unsigned handle = pdf_appearance(objects, help->diags, &help->pages.page[0]);
    assert_int_not_equal(handle, 0);
    struct buf out = buf_in(help->arena);
    const unsigned numbers[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    pdf_write_object(&out, &objects->object[handle], numbers);
    struct str dict = buf_str(&out);
    assert_true(str_find(dict, STR("/Subtype /Form\n/BBox [0 0 595.276 841.89]")) != SIZE_MAX);
    assert_true(str_find(dict, STR("/Resources <</Font <</F1 ")) != SIZE_MAX);
    help->pages.page[0].count = 0;
    handle = pdf_appearance(objects, help->diags, &help->pages.page[0]);
    out.len = 0;
    pdf_write_object(&out, &objects->object[handle], numbers);
    assert_true(str_find(buf_str(&out), STR("/Resources <<>>")) != SIZE_MAX);
    pdf_objects_close(objects);
    help_close_font(font);
    help_close(help);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(thrice),
        cmocka_unit_test(places_are_told),
        cmocka_unit_test(bytes_are_the_same),
        cmocka_unit_test(line_end_is_added),
        cmocka_unit_test(room_is_filled),
        cmocka_unit_test(id_is_made),
        cmocka_unit_test(too_many_numbers),
        cmocka_unit_test(page_items_become_a_form),
    };

    return cmocka_run_group_tests(tests, NULL, help_end);
}
