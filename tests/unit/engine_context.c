/* What reports of a context share, seen from outside: it changes nothing that a report says, also
 * while files change, are laid over, and are forgotten. */
#include "text_fonts.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "banthuek.h"
#include "base/folder.h"

#define SCHEMA "fields:\n  ก: {type: text}\n"
#define MEMO "<memo title=\"ก\"><p>{{ก}} หนึ่ง</p></memo>"
#define OTHER_MEMO "<memo title=\"ก\"><p>{{ก}} สามคน</p></memo>" /* of the same size */
#define REPORT "template: t\nก: ข\n"

struct room {
    struct fixture f;
    struct folder *folder;
    struct banthuek_context *context;
    struct banthuek_options options; /* a small template in the folder */
};

static struct banthuek_bytes
bytes_of(const char *text)
{
    return (struct banthuek_bytes){text, strlen(text)};
}

static const char *
path_of(struct room *r, const char *name)
{
    return arena_printf(r->f.arena, "%s/%s", folder_path(r->folder), name);
}

/* Writes in place, and with the time that the file had. */
static void
write_over(struct room *r, const char *name, struct str bytes)
{
    const char *path = path_of(r, name);
    struct stat before;

    assert_int_equal(stat(path, &before), 0);
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
    struct timespec times[2] = {before.st_atim, before.st_mtim};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static int
room_open(void **state)
{
    struct banthuek_context_options data = {.struct_size = sizeof data, .data_dir = "."};

    fixture_open(state, sizeof(struct room));
    struct room *r = *state;
    r->folder = folder_begin(r->f.arena, r->f.diags, "/tmp/banthuek-unit");
    assert_true(folder_write(r->folder, STR("t/schema.yaml"), STR(SCHEMA)));
    assert_true(folder_write(r->folder, STR("t/memo.xml"), STR(MEMO)));
    /* what is told of this is told of every report */
    assert_true(folder_write(r->folder, STR("t/words.txt"), STR("เเม่\n")));
    r->context = banthuek_context_open(&data);
    r->options = (struct banthuek_options){.struct_size = sizeof r->options,
                                           .flags = BANTHUEK_PREPRINTED,
                                           .template_dir = path_of(r, "t")};
    return 0;
}

static int
room_close(void **state)
{
    struct room *r = *state;

    banthuek_context_close(r->context);
    folder_end(r->folder);
    return fixture_teardown(state);
}

static struct banthuek *
load(struct room *r)
{
    struct banthuek *b = banthuek_open(r->context, &r->options);

    banthuek_add_file(b, "r.yaml", bytes_of(REPORT));
    assert_true(banthuek_load(b, "r.yaml"));
    return b;
}

static void
assert_says(struct banthuek *b, const char *words)
{
    struct banthuek_bytes text;

    assert_true(banthuek_dump(b, BANTHUEK_STAGE_DOCUMENT, &text));
    assert_non_null(strstr(text.data, words));
}

/* The document of a new report has these words. */
static void
assert_next_says(struct room *r, const char *words)
{
    struct banthuek *b = load(r);

    assert_says(b, words);
    banthuek_close(b);
}

static void
assert_last(struct banthuek *b, const char *code)
{
    size_t count = banthuek_message_count(b);

    assert_true(count > 0);
    assert_string_equal(banthuek_message(b, count - 1, BANTHUEK_ENGLISH)->code, code);
}

static void
the_second_says_what_the_first_does(void **state)
{
    struct room *r = *state;
    struct str pdf[3], said[3];

    for (int i = 0; i < 3; i++) {
        struct banthuek *b = load(r);
        struct banthuek_bytes bytes;
        assert_true(banthuek_render(b, &bytes));
        pdf[i] = str_dup(r->f.arena, (struct str){bytes.data, bytes.size});
        assert_int_equal(banthuek_message_count(b), 1);
        banthuek_messages_json(b, BANTHUEK_THAI, &bytes);
        said[i] = str_dup(r->f.arena, (struct str){bytes.data, bytes.size});
        banthuek_close(b);
    }
    for (int i = 1; i < 3; i++) {
        assert_true(str_eq(pdf[0], pdf[i]));
        assert_true(str_eq(said[0], said[i]));
    }
}

static void
a_change_is_seen_whatever_the_time(void **state)
{
    struct room *r = *state;
    struct banthuek *b = load(r);

    assert_int_equal(sizeof MEMO, sizeof OTHER_MEMO);
    assert_says(b, "หนึ่ง");
    write_over(r, "t/memo.xml", STR(OTHER_MEMO));
    assert_next_says(r, "สามคน");
    assert_says(b, "หนึ่ง");
    /* gone, and there again */
    assert_int_equal(rename(path_of(r, "t"), path_of(r, "gone")), 0);
    struct banthuek *without = load(r);
    assert_false(banthuek_check(without));
    assert_last(without, "IO_OPEN");
    banthuek_close(without);
    assert_int_equal(rename(path_of(r, "gone"), path_of(r, "t")), 0);
    assert_next_says(r, "สามคน");
    banthuek_close(b);
}

static void
what_is_laid_over_is_one_reports_own(void **state)
{
    struct room *r = *state;

    for (int i = 0; i < 2; i++) {
        struct banthuek *b = banthuek_open(r->context, &r->options);
        banthuek_add_file(b, path_of(r, "t/memo.xml"), bytes_of(OTHER_MEMO));
        banthuek_add_file(b, "r.yaml", bytes_of(REPORT));
        assert_true(banthuek_load(b, "r.yaml"));
        assert_says(b, "สามคน");
        assert_next_says(r, "หนึ่ง");
        banthuek_close(b);
    }
}

static void
reports_keep_what_they_have(void **state)
{
    struct room *r = *state;
    struct banthuek *open[4];
    struct banthuek_bytes bytes;

    for (int i = 0; i < 4; i++) {
        open[i] = load(r);
        assert_true(banthuek_check(open[i]));
        if (i % 2 == 1)
            banthuek_context_refresh(r->context);
    }
    banthuek_close(open[0]);
    banthuek_close(open[2]);
    assert_true(banthuek_render(open[3], &bytes));
    banthuek_close(open[3]);
    banthuek_context_refresh(r->context);
    assert_true(banthuek_render(open[1], &bytes));
    assert_says(open[1], "หนึ่ง");
    banthuek_close(open[1]);
}

#define YEARS_SCHEMA                                                                                         \
    "fields:\n  ปี: {type: year}\n  เกณฑ์:\n    type: rubric\n    file: ปี\n    fields:\n" \
    "      ปี: {type: year, yearly: yes}\n      ชื่อ: {required: yes}\n"                         \
    "      ข้อ: {type: list, item: {type: map, fields: {รหัส: {unique: yes}}}}\n"
#define YEARS_MEMO \
    "<memo title=\"ก\"><p>{{เกณฑ์.ชื่อ}} {{ปี}}</p>{{#เกณฑ์.ข้อ}}<p>{{รหัส}}</p>{{/เกณฑ์.ข้อ}}</memo>"

/* The rubric of 2567 as a workbook, out of that of 2566 with this name. */
static void
make_workbook(struct room *r, const char *name)
{
    const char *last = path_of(r, "years/rubric/2566.yaml"),
               *file = path_of(r, "in/rubric/2567.xlsx");
    struct banthuek *b = banthuek_open(r->context, &r->options);

    (void)unlink(last);
    (void)unlink(file);
    assert_true(
        folder_write(r->folder, STR("years/rubric/2566.yaml"),
                     str_of(arena_printf(r->f.arena, "ชื่อ: %s\nปี: 2566\nข้อ: [{รหัส: O1}]\n", name))));
    assert_true(banthuek_new_rubric(b, file, "years", "2566", 2567));
    banthuek_close(b);
}

static void
assert_rubric_says(struct room *r, const char *words)
{
    struct banthuek *b = banthuek_open(r->context, &r->options);

    assert_true(banthuek_load(b, path_of(r, "in/report.yaml")));
    assert_says(b, words);
    assert_says(b, "O1");
    banthuek_close(b);
}

static void
a_rubric_in_a_workbook_is_shared_and_read_anew(void **state)
{
    struct room *r = *state;

    assert_true(folder_write(r->folder, STR("years/schema.yaml"), STR(YEARS_SCHEMA)));
    assert_true(folder_write(r->folder, STR("years/memo.xml"), STR(YEARS_MEMO)));
    assert_true(folder_write(r->folder, STR("in/report.yaml"), STR("template: years\nปี: 2567\n")));
    r->options.template_dir = path_of(r, "years");
    make_workbook(r, "เดิม");
    assert_rubric_says(r, "เดิม");
    assert_rubric_says(r, "เดิม");
    make_workbook(r, "แก้แล้ว");
    assert_rubric_says(r, "แก้แล้ว");
}

static void
a_changed_face_is_read_anew(void **state)
{
    static const char *const names[] = {"a.ttf", "b.ttf", "c.ttf", "d.ttf"};
    struct room *r = *state;
    void *text = NULL;

    assert_int_equal(text_room_open(&text), 0);
    const struct text_room *fonts = text;
    for (int i = 0; i < FONT_BOXES; i++)
        assert_true(folder_write(r->folder, str_of(arena_printf(r->f.arena, "fonts/%s", names[i])),
                                 fonts->fonts->face[i]->bytes));
    struct banthuek_context_options options = {
        .struct_size = sizeof options, .data_dir = ".", .font_dir = path_of(r, "fonts")};
    struct banthuek_context *context = banthuek_context_open(&options);
    assert_true(folder_write(r->folder, STR("bold/memo.xml"),
                             STR("<memo title=\"ก\"><p><b>ก</b></p></memo>")));
    assert_true(folder_write(r->folder, STR("bold/schema.yaml"), STR(SCHEMA)));
    r->options.template_dir = path_of(r, "bold");
    for (int i = 0; i < 2; i++) {
        struct banthuek *b = banthuek_open(context, &r->options);
        banthuek_add_file(b, "r.yaml", bytes_of("template: t\n"));
        assert_true(banthuek_load(b, "r.yaml"));
        assert_int_equal(banthuek_check(b), i == 0);
        if (i == 1)
            assert_last(b, "FONT_DAMAGED");
        banthuek_close(b);
        /* its beginning */
        write_over(r, "fonts/b.ttf", STR("no font at all"));
    }
    banthuek_context_close(context);
    text_room_close(&text);
}

/* ---- callbacks that give little, and what cannot be */

static bool
read_nothing(void *user, const char *path, struct banthuek_bytes *bytes)
{
    (void)user;
    *bytes = (struct banthuek_bytes){NULL, 1000};
    return strstr(path, "official") == NULL;
}

static enum banthuek_file
all_is_there(void *user, const char *path)
{
    (void)user;
    (void)path;
    return BANTHUEK_IS_FILE;
}

static void
list_oddly(void *user, const char *path, void (*each)(void *to, const char *name), void *to)
{
    static const char *const names[] = {"", "/", "..", "../x", "./x", "/x", "a/b", "a"};

    (void)user;
    (void)path;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        each(to, names[i]);
}

static void
callbacks_may_give_anything(void **state)
{
    const struct banthuek_files given[] = {
        {.struct_size = sizeof given[0]},
        {.struct_size = sizeof given[0], .read = read_nothing},
        {.struct_size = sizeof given[0],
         .read = read_nothing,
         .exists = all_is_there,
         .list = list_oddly},
    };

    (void)state;
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) {
        struct banthuek_context_options options = {.struct_size = sizeof options,
                                                   .files = &given[i]};
        struct banthuek_context *context = banthuek_context_open(&options);
        struct banthuek *b = banthuek_open(context, NULL);
        size_t count;
        assert_false(banthuek_load(b, "report.yaml"));
        assert_last(b, i == 0 ? "IO_OPEN" : "ENGINE_NOT_A_MAP");
        (void)banthuek_templates(b, &count);
        assert_int_equal(count, i == 2); /* "a" */
        banthuek_close(b);
        banthuek_context_close(context);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_second_says_what_the_first_does, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_change_is_seen_whatever_the_time, room_open, room_close),
        cmocka_unit_test_setup_teardown(what_is_laid_over_is_one_reports_own, room_open,
                                        room_close),
        cmocka_unit_test_setup_teardown(reports_keep_what_they_have, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_changed_face_is_read_anew, room_open, room_close),
        cmocka_unit_test_setup_teardown(a_rubric_in_a_workbook_is_shared_and_read_anew, room_open,
                                        room_close),
        cmocka_unit_test(callbacks_may_give_anything),
    };

    return cmocka_run_group_tests_name("engine_context", tests, NULL, NULL);
}
