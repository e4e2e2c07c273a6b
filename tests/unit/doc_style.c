/* Style files: the official one is complete, a second one changes what it names. */
#include "test.h"

#include "base/files.h"
#include "doc/style.h"
#include "value/read.h"
#include "value/value.h"

#define OFFICIAL "templates/official.yaml"

/* A struct fixture with more to it. */
struct room {
    struct arena *arena;
    struct diags *diags;
    const struct value *official;
};

static const struct value *
read_file(struct room *f, const char *path)
{
    struct str bytes;

    assert_true(
        files_read(files_system(), f->arena, f->diags, POS_NONE, path, VALUE_BYTES_MAX, &bytes));
    const struct value *value = value_read_yaml(f->arena, f->diags, path, bytes);
    assert_non_null(value);
    return value;
}

static int
set_up(void **state)
{
    fixture_open(state, sizeof(struct room));
    struct room *f = *state;
    f->official = read_file(f, OFFICIAL);
    return 0;
}

/* The official style with `yaml` on top of it. */
static struct style *
with(struct room *f, const char *yaml)
{
    const struct value *own = value_read_yaml(f->arena, f->diags, "own.yaml", str_of(yaml));
    const struct value *files[] = {f->official, own};

    assert_non_null(own);
    return style_load(f->arena, f->diags, files, 2);
}

static void
assert_line(struct room *f, size_t index, const char *line)
{
    assert_true(index < diags_count(f->diags));
    assert_str(diag_line(f->arena, diags_at(f->diags, index), DIAG_ENGLISH), line);
}

static void
the_official_form_is_complete(void **state)
{
    struct room *f = *state;
    const struct style *s = style_load(f->arena, f->diags, &f->official, 1);

    assert_non_null(s);
    assert_int_equal(diags_count(f->diags), 0);
    assert_int_equal(s->paper_width, 595276);
    assert_int_equal(s->portrait_left, 85039);
    assert_int_equal(s->head_title_pitch, 35000);
    assert_int_equal(s->signature_center, 362835);
    assert_true(s->head_leader);
    assert_int_equal(s->mark_colour.red, 0xD0);
    assert_int_equal(s->mark_colour.blue, 0);
    assert_int_equal(s->justify, JUSTIFY_FIT);
    assert_int_equal(s->spread_cluster_max, 90);
    assert_str(s->stamp_text, "ร่าง");
    assert_str(s->emblem_file, "");
    assert_int_equal(s->number_middle, 46772);
}

static void
classes_start_from_others(void **state)
{
    struct room *f = *state;
    const struct style *s = style_load(f->arena, f->diags, &f->official, 1);

    assert_non_null(s);
    const struct style_para *p = style_find_para(s, STR("p"));
    const struct style_para *cell = style_find_para(s, STR("cell-head"));
    const struct style_table *scores = style_find_table(s, STR("scores"));
    assert_non_null(p);
    assert_int_equal(p->pitch, 21300);
    assert_int_equal(p->align, STYLE_JUSTIFY);
    assert_int_equal(p->indent, 70866);
    assert_non_null(cell);
    assert_int_equal(cell->size, 14000);
    assert_int_equal(cell->pitch, 18600);
    assert_true(cell->bold);
    assert_int_equal(cell->align, STYLE_CENTER);
    assert_non_null(scores);
    assert_int_equal(scores->pad_x, 4000);
    assert_int_equal(scores->pad_top, 1500);
    assert_null(style_find_para(s, STR("nothing")));
    assert_null(style_find_table(s, STR("p")));
}

static void
a_later_file_wins(void **state)
{
    struct room *f = *state;
    const struct style *s =
        with(f, "head: {leader: {on: no}}\nlandscape: {left: 3cm}\n"
                "paragraph:\n  p: {pitch: 18.1pt}\n  own: {indent: -1cm, bold: yes}\n"
                "  tabbed: {like: h1, tabs: [2cm, 16cm dots]}\n"
                "table: {narrow: {pad-x: 1pt}}\n");

    assert_non_null(s);
    assert_false(s->head_leader);
    assert_int_equal(s->landscape_left, 85039);
    assert_int_equal(s->landscape_right, 56693);
    assert_int_equal(style_find_para(s, STR("p"))->pitch, 18100);
    assert_int_equal(style_find_para(s, STR("own"))->pitch, 18100);
    assert_int_equal(style_find_para(s, STR("own"))->indent, -28346);
    const struct style_para *tabbed = style_find_para(s, STR("tabbed"));
    assert_true(tabbed->bold);
    assert_int_equal(tabbed->tab_count, 2);
    assert_false(tabbed->tabs[0].dots);
    assert_true(tabbed->tabs[1].dots);
    assert_int_equal(tabbed->tabs[1].at, 453543);
    assert_int_equal(style_find_table(s, STR("narrow"))->pad_x, 1000);
    assert_int_equal(style_find_table(s, STR("narrow"))->pad_bottom, 2000);
}

static void
an_empty_file_changes_nothing(void **state)
{
    struct room *f = *state;

    assert_non_null(with(f, "{}\n"));
    assert_non_null(with(f, "# nothing\n"));
    assert_int_equal(diags_count(f->diags), 0);
}

static void
unknown_keys_get_the_nearest(void **state)
{
    struct room *f = *state;

    assert_null(with(f, "head: {tilte: {size: 29pt}}\nportrait: {lefft: 3cm}\n"
                        "paragraph: {p: {sise: 16pt}, h1: {tab: []}}\ntable: {table: {rul: 0}}\n"));
    assert_line(f, 0,
                "own.yaml:1:8: error: the style has no setting \"head.tilte\"; the nearest is "
                "\"head.title\" [STYLE_UNKNOWN_KEY]");
    assert_line(f, 1,
                "own.yaml:2:12: error: the style has no setting \"portrait.lefft\"; the nearest "
                "is \"portrait.left\" [STYLE_UNKNOWN_KEY]");
    assert_line(f, 2,
                "own.yaml:3:17: error: the style has no setting \"paragraph.p.sise\"; the nearest "
                "is \"size\" [STYLE_UNKNOWN_KEY]");
    assert_line(f, 3,
                "own.yaml:3:35: error: the style has no setting \"paragraph.h1.tab\"; the nearest "
                "is \"tabs\" [STYLE_UNKNOWN_KEY]");
    assert_line(f, 4,
                "own.yaml:4:17: error: the style has no setting \"table.table.rul\"; the nearest "
                "is \"rule\" [STYLE_UNKNOWN_KEY]");
}

static void
wrong_values_are_told(void **state)
{
    static const char *const bad[] = {
        "portrait: {left: 3}",
        "portrait: {left: -3cm}",
        "portrait: {left: [3cm]}",
        "portrait: 3cm",
        "head: {title: {size: 0}}",
        "head: {title: {size: 501pt}}",
        "head: {leader: {on: maybe}}",
        "widows: 2.5",
        "widows: 100001",
        "mark: {color: red}",
        "mark: {color: '#12345G'}",
        "stamp: {text: {a: b}}",
        "justify: both",
        "paragraph: {p: {align: middle}}",
        "paragraph: {p: {like: nobody}}",
        "paragraph: {p: {tabs: 2cm}}",
        "paragraph: {p: {tabs: [2cm, 1cm]}}",
        "paragraph: {p: {tabs: [dots]}}",
        "paragraph: {p: bold}",
        "paragraph: bold",
        "table: {table: {rule: thick}}",
        "table: {table: {like: p}}",
        "[]",
    };
    struct room *f = *state;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_null(with(f, bad[i]));
        assert_int_equal(diags_count(f->diags), i + 1);
        assert_diag(f->diags, i, STYLE_VALUE);
    }
    assert_line(f, 0,
                "own.yaml:1:18: error: portrait.left: \"3\" is not allowed here; write 2.5cm, 6pt, "
                "3mm, 0 [STYLE_VALUE]");
}

static void
the_first_file_must_be_complete(void **state)
{
    struct room *f = *state;
    const struct value *own = value_read_yaml(
        f->arena, f->diags, "own.yaml",
        STR("paper: {width: 210mm}\nparagraph: {p: {size: 16pt}}\ntable: {t: {rule: 0}}\n"));

    assert_null(style_load(f->arena, f->diags, &own, 1));
    assert_true(diags_count(f->diags) > 60);
    for (size_t i = 0; i < diags_count(f->diags); i++)
        assert_diag(f->diags, i, STYLE_MISSING);
    assert_line(f, 0,
                "own.yaml:2:16: error: the style does not say paragraph.p.pitch; add it "
                "[STYLE_MISSING]");
    own = value_read_yaml(f->arena, f->diags, "own.yaml", STR("{}"));
    size_t before = diags_count(f->diags);
    assert_null(style_load(f->arena, f->diags, &own, 1));
    assert_line(f, diags_count(f->diags) - 1,
                "own.yaml:1:1: error: the style does not say paragraph; add it [STYLE_MISSING]");
    assert_true(diags_count(f->diags) > before);
}

/* PDFs of older versions carry a style without the settings that came later. */
static void
later_settings_may_be_missing(void **state)
{
    struct room *f = *state;
    struct str bytes;

    assert_true(files_read(files_system(), f->arena, f->diags, POS_NONE, OFFICIAL, VALUE_BYTES_MAX,
                           &bytes));
    char *copy = arena_strndup(f->arena, bytes.ptr, bytes.len);
    char *setting = strstr(copy, "\nfonts:"), *end = strstr(setting, "\n\n");
    memset(setting + 1, '#', (size_t)(end - setting - 1));
    const struct value *old =
        value_read_yaml(f->arena, f->diags, OFFICIAL, (struct str){copy, bytes.len});
    const struct style *s = style_load(f->arena, f->diags, &old, 1);

    assert_non_null(s);
    assert_str(s->fonts_others, "");
    s = style_load(f->arena, f->diags, &f->official, 1);
    assert_true(str_starts(s->fonts_others, STR("DejaVu Sans,")));
}

static void
margins_leave_room(void **state)
{
    struct room *f = *state;

    assert_null(with(f, "portrait: {left: 10cm, right: 9.5cm}"));
    assert_null(with(f, "landscape: {top: 10cm, bottom: 9.5cm}"));
    assert_non_null(with(f, "landscape: {left: 10cm, right: 9.5cm}"));
    assert_int_equal(diags_count(f->diags), 2);
    assert_diag(f->diags, 0, STYLE_NO_ROOM);
    assert_diag(f->diags, 1, STYLE_NO_ROOM);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_official_form_is_complete, set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(classes_start_from_others, set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_later_file_wins, set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(an_empty_file_changes_nothing, set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(unknown_keys_get_the_nearest, set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(wrong_values_are_told, set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_first_file_must_be_complete, set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(margins_leave_room, set_up, fixture_teardown),
        cmocka_unit_test_setup_teardown(later_settings_may_be_missing, set_up, fixture_teardown),
    };

    return cmocka_run_group_tests_name("doc_style", tests, NULL, NULL);
}
