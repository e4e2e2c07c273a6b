/* Files: what is written is whole or not there; names from outside stay inside. */
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/path.h"

static char folder[] = "/tmp/banthuek-files-XXXXXX";

static int
make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int
remove_folder(void **state)
{
    char command[64];

    (void)state;
    (void)snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void
write_then_read(void **state)
{
    struct fixture *f = *state;
    const char *path = path_join(f->arena, folder, "a");
    struct str got;

    assert_true(files_write(f->arena, f->diags, path, STR("one")));
    assert_true(files_write(f->arena, f->diags, path, STR("two\0x")));
    assert_true(files_read(files_system(), f->arena, f->diags, POS_NONE, path, 100, &got));
    assert_int_equal(got.len, 5);
    assert_false(files_read(files_system(), f->arena, f->diags, POS_NONE, path, 4, &got));
    assert_diag(f->diags, 0, IO_TOO_LARGE);
}

static mode_t
mode_of(const char *path)
{
    struct stat info;

    assert_int_equal(stat(path, &info), 0);
    return info.st_mode & 0777;
}

/* A new file as the umask has it; a report that was closed to others stays closed. */
static void
permissions_are_kept(void **state)
{
    struct fixture *f = *state;
    const char *path = path_join(f->arena, folder, "mode");
    mode_t mask = umask(0027);

    assert_true(files_write(f->arena, f->diags, path, STR("one")));
    assert_int_equal(mode_of(path), 0640);
    assert_int_equal(chmod(path, 0600), 0);
    assert_true(files_write(f->arena, f->diags, path, STR("two")));
    assert_int_equal(mode_of(path), 0600);
    (void)umask(mask);
}

/* 255 bytes are 85 Thai letters, which titles reach. */
static void
longest_name_can_be_written(void **state)
{
    struct fixture *f = *state;
    char name[256] = "";

    memset(name, 'n', sizeof name - 1);
    assert_true(files_write(f->arena, f->diags, path_join(f->arena, folder, name), STR("x")));
    assert_true(files_exists(files_system(), path_join(f->arena, folder, name)));
}

static void
full_disk_is_an_error(void **state)
{
    struct fixture *f = *state;

    assert_false(files_write(f->arena, f->diags, "/dev/full", STR("x")));
    assert_diag(f->diags, 0, IO_WRITE_PART);
}

static void
what_is_no_file_is_refused(void **state)
{
    struct fixture *f = *state;
    struct str got;

    assert_false(files_read(files_system(), f->arena, f->diags, POS_NONE, folder, 100, &got));
    assert_diag(f->diags, 0, IO_NOT_FILE);
    const char *pipe_path = path_join(f->arena, folder, "pipe");
    assert_int_equal(mkfifo(pipe_path, 0600), 0);
    assert_false(files_read(files_system(), f->arena, f->diags, POS_NONE, pipe_path, 100, &got));
    assert_diag(f->diags, 1, IO_NOT_FILE);
    assert_false(files_write(f->arena, f->diags, folder, STR("x")));
    assert_diag(f->diags, 2, IO_WRITE);
}

static void
names_of_windows_are_taken(void **state)
{
    struct fixture *f = *state;

    assert_str(path_plain(f->arena, STR("tab\\sub\\a.xlsx")), "tab/sub/a.xlsx");
    assert_str(path_plain(f->arena, STR("./.\\a.xlsx")), "a.xlsx");
    assert_str(path_plain(f->arena, STR("a.xlsx")), "a.xlsx");
    assert_str(path_plain(f->arena, STR("C:\\a.xlsx")), "C:\\a.xlsx");
    assert_str(path_plain(f->arena, STR("\\\\server\\a")), "\\\\server\\a");
    assert_false(path_is_inside(path_plain(f->arena, STR("tab\\..\\..\\a"))));
    assert_false(path_is_inside(path_plain(f->arena, STR("..\\a"))));
}

static void
names_stay_inside(void **state)
{
    struct fixture *f = *state;
    struct str got;
    const char *inner = path_join(f->arena, folder, "inner");

    assert_true(path_is_inside(STR("a/b.png")));
    assert_false(path_is_inside(STR("../a")));
    assert_false(path_is_inside(STR("a/../../b")));
    assert_false(path_is_inside(STR("/etc/passwd")));
    assert_false(path_is_inside(STR("a/")));
    assert_false(path_is_inside(STR("a\x1b[2J")));
    assert_false(path_is_inside(STR("a\u202egnp.b")));
    assert_false(path_is_inside(STR("a\xc2\x9b")));
    assert_false(path_is_inside(STR("a\xff")));
    assert_true(path_is_inside(STR("รายงาน ปี 2566.png")));
    assert_int_equal(mkdir(inner, 0700), 0);
    assert_int_equal(symlink("/etc/passwd", path_join(f->arena, inner, "link")), 0);
    assert_false(files_read_inside(files_system(), f->arena, f->diags, POS_NONE, inner, STR("link"),
                                   100000, &got));
    assert_diag(f->diags, 0, IO_OUTSIDE);
    assert_false(files_read_inside(files_system(), f->arena, f->diags, POS_NONE, inner, STR("none"),
                                   100, &got));
    assert_diag(f->diags, 1, IO_OPEN);
}

/* Also where it lies across two pieces that are read. */
static void
bytes_are_found_in_a_file(void **state)
{
    struct fixture *f = *state;
    const char *path = path_join(f->arena, folder, "held");
    struct buf bytes = buf_in(f->arena);

    for (size_t i = 0; i < 16380; i++)
        buf_byte(&bytes, 'x');
    buf_text(&bytes, "/ByteRange");
    assert_true(files_write(f->arena, f->diags, path, buf_str(&bytes)));
    assert_true(files_hold(path, STR("/ByteRange")));
    assert_true(files_hold(path, STR("x/Byte")));
    assert_false(files_hold(path, STR("/ByteRanges")));
    assert_false(files_hold(path_join(f->arena, folder, "none"), STR("x")));
}

static const char *
in(struct fixture *f, const char *name)
{
    return path_join(f->arena, folder, name);
}

static bool
holds(struct fixture *f, const char *name, const char *text)
{
    struct str got;

    return files_read(files_system(), f->arena, f->diags, POS_NONE, in(f, name), 100, &got) &&
           str_is(got, text);
}

/* Links stay, also in chains and where there is nothing yet. */
static void
links_are_followed(void **state)
{
    struct fixture *f = *state;
    struct stat info;

    assert_int_equal(mkdir(in(f, "there"), 0700), 0);
    assert_int_equal(symlink("link2", in(f, "link1")), 0);
    assert_int_equal(symlink("there/../there/file", in(f, "link2")), 0);
    assert_true(files_write(f->arena, f->diags, in(f, "link1"), STR("one")));
    assert_true(holds(f, "there/file", "one"));
    assert_true(files_write(f->arena, f->diags, in(f, "link1"), STR("two")));
    assert_true(holds(f, "there/file", "two"));
    assert_int_equal(lstat(in(f, "link1"), &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(symlink("loop", in(f, "loop")), 0);
    assert_false(files_write(f->arena, f->diags, in(f, "loop"), STR("x")));
    assert_diag(f->diags, 0, IO_WRITE);
    assert_int_equal(symlink("no/where", in(f, "dangling")), 0);
    assert_false(files_write(f->arena, f->diags, in(f, "dangling"), STR("x")));
    assert_diag(f->diags, 1, IO_WRITE);
}

/* What is open is written to where it is, whatever its name is now. */
static void
open_files_are_written_to(void **state)
{
    struct fixture *f = *state;
    const char *path = in(f, "open");
    int fd = open(path, O_RDWR | O_CREAT | O_APPEND, 0600);
    char got[8] = "";

    assert_true(
        files_write(f->arena, f->diags, arena_printf(f->arena, "/dev/fd/%d", fd), STR("a")));
    const char *name = arena_printf(f->arena, "/proc/thread-self/fd/%d", fd);
    assert_int_equal(symlink(name, in(f, "to-open")), 0);
    assert_int_equal(unlink(path), 0);
    assert_true(files_write(f->arena, f->diags, in(f, "to-open"), STR("b")));
    assert_int_equal(pread(fd, got, sizeof got, 0), 2);
    assert_string_equal(got, "ab");
    (void)close(fd);
    assert_false(files_write(f->arena, f->diags, name, STR("c")));
}

static void
new_files_write_over_nothing(void **state)
{
    struct fixture *f = *state;

    assert_true(files_write_new(f->arena, f->diags, in(f, "new"), STR("one"), DIAG_IO_WRITE));
    assert_false(files_write_new(f->arena, f->diags, in(f, "new"), STR("two"), DIAG_FOLDER_TAKEN));
    assert_diag(f->diags, 0, FOLDER_TAKEN);
    assert_true(holds(f, "new", "one"));
    /* a link has its name, wherever it leads */
    assert_int_equal(symlink("elsewhere", in(f, "link")), 0);
    assert_true(files_is_taken(in(f, "link")));
    assert_false(files_write_new(f->arena, f->diags, in(f, "link"), STR("x"), DIAG_FOLDER_TAKEN));
    assert_diag(f->diags, 1, FOLDER_TAKEN);
    assert_false(files_exists(files_system(), in(f, "elsewhere")));
    /* the same before anything is written */
    assert_false(files_may_create(f->arena, f->diags, in(f, "link"), DIAG_FOLDER_TAKEN));
    assert_diag(f->diags, 2, FOLDER_TAKEN);
    assert_true(files_may_create(f->arena, f->diags, in(f, "newer"), DIAG_FOLDER_TAKEN));
    assert_false(files_may_create(f->arena, f->diags, in(f, "no/newer"), DIAG_FOLDER_TAKEN));
    assert_diag(f->diags, 3, IO_WRITE);
    assert_false(files_may_create(f->arena, f->diags, in(f, "new/er"), DIAG_FOLDER_TAKEN));
    assert_diag(f->diags, 4, IO_WRITE);
}

/* ---- what stands in place of the file system */

/* Files of a caller: name and text, and how many texts are lent out. */
struct lender {
    const char *const (*file)[2];
    int lent;
};

static const char *const lent_files[][2] = {
    {"report.yaml", "own"}, {"tables/b.csv", "2"}, {"tables/a.csv", "1"}, {NULL, NULL}};

static bool
lend(void *user, const char *path, struct str *bytes)
{
    struct lender *lender = user;

    for (size_t i = 0; lender->file[i][0] != NULL; i++) {
        if (strcmp(lender->file[i][0], path) == 0) {
            *bytes = str_of(lender->file[i][1]);
            lender->lent++;
            return true;
        }
    }
    return false;
}

static void
take_back(void *user, struct str bytes)
{
    (void)bytes;
    ((struct lender *)user)->lent--;
}

static enum files_kind
lent_kind(void *user, const char *path)
{
    const struct lender *lender = user;

    for (size_t i = 0; lender->file[i][0] != NULL; i++) {
        if (strcmp(lender->file[i][0], path) == 0)
            return FILES_FILE;
        if (path_below(path, lender->file[i][0]) != NULL)
            return FILES_FOLDER;
    }
    /* what is told to be there but cannot be had */
    return strcmp(path, "lost") == 0 ? FILES_FILE : FILES_NONE;
}

static void
lent_list(void *user, const char *path, void (*each)(void *to, const char *name), void *to)
{
    const struct lender *lender = user;

    for (size_t i = 0; lender->file[i][0] != NULL; i++) {
        const char *name = path_below(path, lender->file[i][0]);
        if (name != NULL)
            each(to, name);
    }
}

static const struct files_calls calls = {lend, take_back, lent_kind, lent_list};

static bool
is_read(struct fixture *f, const struct files *files, const char *path, const char *text)
{
    struct str got;

    return files_read(files, f->arena, f->diags, POS_NONE, path, 100, &got) && str_is(got, text) &&
           got.ptr[got.len] == '\0';
}

/* The names in a folder, each with a blank behind it. */
static struct str
names_in(struct fixture *f, const struct files *files, const char *path)
{
    struct files_list list;
    struct buf out = buf_in(f->arena);

    if (!files_list(files, f->arena, path, &list))
        buf_text(&out, "no folder");
    for (size_t i = 0; i < list.count; i++)
        buf_printf(&out, "%s ", list.name[i]);
    return buf_str(&out);
}

static void
callbacks_take_the_place(void **state)
{
    struct fixture *f = *state;
    struct lender lender = {lent_files, 0};
    const struct files files = {.calls = &calls, .user = &lender};
    struct str got;

    assert_true(is_read(f, &files, "report.yaml", "own"));
    assert_true(is_read(f, &files, ".//./tables/a.csv", "1"));
    assert_true(
        files_read_inside(&files, f->arena, f->diags, POS_NONE, ".", STR("tables/b.csv"), 1, &got));
    assert_str(names_in(f, &files, "."), "report.yaml tables ");
    assert_str(names_in(f, &files, "./tables/"), "a.csv b.csv ");
    assert_str(names_in(f, &files, "none"), "no folder");
    assert_true(files_is_dir(&files, "./tables") && !files_is_dir(&files, "report.yaml"));
    assert_false(files_exists(&files, "/etc/passwd"));
    assert_true(files_same(&files, "report.yaml", "./report.yaml"));
    assert_string_equal(files_real(&files, f->arena, "tables/../x"), "tables/../x");
    assert_int_equal(lender.lent, 0);
}

static void
what_callbacks_refuse(void **state)
{
    static const struct {
        const char *path, *name; /* name: of what is read inside the folder */
        enum diag_code code;
    } cases[] = {
        {"none", NULL, DIAG_IO_OPEN},
        {"-", NULL, DIAG_IO_OPEN},
        {"/etc/passwd", NULL, DIAG_IO_OPEN},
        {"lost", NULL, DIAG_IO_READ},
        {"tables", NULL, DIAG_IO_NOT_FILE},
        {"report.yaml", NULL, DIAG_IO_TOO_LARGE},
        {"tables", "../report.yaml", DIAG_IO_OUTSIDE},
        {"tables", "/etc/passwd", DIAG_IO_OUTSIDE},
        {"tables", "..\\a", DIAG_IO_OUTSIDE},
        {"tables", "none", DIAG_IO_OPEN},
    };
    struct fixture *f = *state;
    struct lender lender = {lent_files, 0};
    const struct files files = {.calls = &calls, .user = &lender};
    struct str got;

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (cases[i].name == NULL)
            assert_false(files_read(&files, f->arena, f->diags, POS_NONE, cases[i].path, 2, &got));
        else
            assert_false(files_read_inside(&files, f->arena, f->diags, POS_NONE, cases[i].path,
                                           str_of(cases[i].name), 2, &got));
        assert_int_equal(diags_at(f->diags, i)->code, cases[i].code);
    }
    assert_int_equal(lender.lent, 0);
}

/* Over the file system and over callbacks alike. */
static void
named_bytes_are_laid_over(void **state)
{
    struct fixture *f = *state;
    struct lender lender = {lent_files, 0};
    const struct files_named more = {"laid/in/c", STR("far"), NULL, false};
    const struct files_named named = {"./laid/report.yaml", STR("over"), &more, false};
    const struct files over[] = {{.named = &named},
                                 {.calls = &calls, .user = &lender, .named = &named}};
    struct str got;

    for (size_t i = 0; i < 2; i++) {
        assert_true(is_read(f, &over[i], "laid/report.yaml", "over"));
        assert_true(files_read_inside(&over[i], f->arena, f->diags, POS_NONE, "./laid", STR("in/c"),
                                      3, &got));
        assert_false(files_read(&over[i], f->arena, f->diags, POS_NONE, "laid/in/c", 2, &got));
        assert_diag(f->diags, i, IO_TOO_LARGE);
        assert_str(names_in(f, &over[i], "laid"), "in report.yaml ");
        assert_true(files_is_dir(&over[i], "./laid/in"));
        assert_false(files_stamp(&over[i], "laid/report.yaml").exists);
        assert_true(files_same(&over[i], "laid/in/c", "./laid/in/c"));
        assert_false(files_same(&over[i], "laid/in/c", "laid/report.yaml"));
    }
    assert_false(files_exists(files_system(), "laid"));
}

/* A name that is laid over a file is listed once; the others are what they were. */
static void
files_below_named_bytes(void **state)
{
    struct fixture *f = *state;
    const struct files_named more = {in(f, "mixed/new"), STR("laid"), NULL, false};
    const struct files_named named = {in(f, "mixed/old"), STR("laid"), &more, false};
    const struct files files = {.named = &named};

    assert_int_equal(mkdir(in(f, "mixed"), 0700), 0);
    assert_true(files_write(f->arena, f->diags, in(f, "mixed/old"), STR("here")));
    assert_true(files_write(f->arena, f->diags, in(f, "mixed/kept"), STR("here")));
    assert_true(is_read(f, &files, in(f, "mixed/old"), "laid"));
    assert_true(is_read(f, &files, in(f, "mixed/kept"), "here"));
    assert_str(names_in(f, &files, in(f, "mixed")), "kept new old ");
    assert_str(names_in(f, files_system(), in(f, "mixed")), "kept old ");
    assert_str(names_in(f, files_system(), in(f, "mixed/old")), "no folder");
    assert_true(is_read(f, files_system(), in(f, "mixed/old"), "here"));
}

static void
stamps_tell_changes(void **state)
{
    struct fixture *f = *state;
    const char *path = in(f, "stamped");

    assert_false(files_stamp(files_system(), path).exists);
    assert_true(files_write(f->arena, f->diags, path, STR("one")));
    struct file_stamp before = files_stamp(files_system(), path);
    assert_true(before.exists && before.size == 3 && before.inode != 0 && before.mtime != 0);
    struct file_stamp again = files_stamp(files_system(), path);
    assert_memory_equal(&before.device, &again.device, 4 * sizeof before.device);
    /* written anew it is another file */
    assert_true(files_write(f->arena, f->diags, path, STR("two")));
    struct file_stamp after = files_stamp(files_system(), path);
    assert_true(after.inode != before.inode || after.mtime != before.mtime);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(write_then_read, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(permissions_are_kept, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(longest_name_can_be_written, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(full_disk_is_an_error, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(what_is_no_file_is_refused, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(bytes_are_found_in_a_file, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(links_are_followed, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(open_files_are_written_to, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(new_files_write_over_nothing, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(names_of_windows_are_taken, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(names_stay_inside, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(callbacks_take_the_place, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(what_callbacks_refuse, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(named_bytes_are_laid_over, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(files_below_named_bytes, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(stamps_tell_changes, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests_name("base_files", tests, make_folder, remove_folder);
}
