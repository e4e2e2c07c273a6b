/* Folders: whole or not there, nothing overwritten, nothing left behind. */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/folder.h"
#include "base/path.h"
#include "base/unfinished.h"

struct job {
    struct arena *arena;
    struct diags *diags;
    char root[32];
};

static int
setup(void **state)
{
    if (fixture_open(state, sizeof(struct job)) != 0)
        return 1;
    struct job *job = *state;
    (void)snprintf(job->root, sizeof job->root, "/tmp/banthuek-folder-XXXXXX");
    return mkdtemp(job->root) == NULL;
}

static int
teardown(void **state)
{
    struct job *job = *state;
    char command[64];

    (void)snprintf(command, sizeof command, "rm -rf %s", job->root);
    return system(command) != 0 || fixture_teardown(state) != 0;
}

static const char *
in(struct job *job, const char *name)
{
    return path_join(job->arena, job->root, name);
}

/* How many entries a folder has. */
static int
entries(struct job *job, const char *name)
{
    char line[16] = "";
    FILE *pipe = popen(arena_printf(job->arena, "ls -A '%s' | wc -l", in(job, name)), "r");

    assert_non_null(fgets(line, sizeof line, pipe));
    (void)pclose(pipe);
    return atoi(line);
}

static void
write_and_commit(void **state)
{
    struct job *job = *state;
    struct str got;

    /* "/" at the end, and what is there already is an empty folder with permissions of its own */
    assert_int_equal(mkdir(in(job, "out"), 0750), 0);
    struct folder *folder = folder_begin(job->arena, job->diags, in(job, "out//"));
    assert_true(folder_write(folder, STR("a"), STR("one")));
    assert_true(folder_write(folder, STR("b/c/d"), STR("two")));
    assert_true(folder_write(folder, STR("b/e"), STR("")));
    assert_int_equal(entries(job, "out"), 0);
    assert_true(folder_commit(folder));
    folder_end(folder);
    assert_true(files_read(files_system(), job->arena, job->diags, POS_NONE, in(job, "out/b/c/d"),
                           9, &got));
    assert_str(got, "two");
    struct stat info;
    assert_int_equal(stat(in(job, "out"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0750);
    assert_int_equal(entries(job, "."), 1);
}

static void
given_up(void **state)
{
    struct job *job = *state;
    struct folder *folder = folder_begin(job->arena, job->diags, in(job, "out"));

    assert_true(folder_write(folder, STR("b/c/d"), STR("two")));
    /* the same name again, and a file as a folder */
    assert_false(folder_write(folder, STR("b/c/d"), STR("new")));
    assert_diag(job->diags, 0, FOLDER_WRITE);
    assert_false(folder_write(folder, STR("b/c/d/e"), STR("new")));
    /* a link that somebody put there is removed, not what it leads to */
    assert_int_equal(mkdir(in(job, "kept"), 0700), 0);
    assert_true(files_write(job->arena, job->diags, in(job, "kept/file"), STR("x")));
    assert_int_equal(symlink(in(job, "kept"), path_join(job->arena, folder_path(folder), "link")),
                     0);
    folder_end(folder);
    assert_int_equal(entries(job, "."), 1);
    assert_int_equal(entries(job, "kept"), 1);
}

/* Pieces that fit into what is kept back, that fill it, and that are longer. */
static void
a_file_that_grows(void **state)
{
    struct job *job = *state;
    char *long_one = arena_alloc(job->arena, 200000);
    struct str got;

    memset(long_one, 'x', 200000);
    struct folder *folder = folder_begin(job->arena, job->diags, in(job, "out"));
    struct folder_file *file = folder_open(folder, STR("b/list")), *other;
    assert_non_null(file);
    assert_null(folder_open(folder, STR("b/list")));
    assert_diag(job->diags, 0, FOLDER_WRITE);
    other = folder_open(folder, STR("other"));
    for (int i = 0; i < 30000; i++) {
        folder_add(file, STR("line\n"));
        if (i % 10000 == 0)
            assert_true(folder_write(folder, str_of(arena_printf(job->arena, "%d", i)), STR("")));
    }
    folder_add(file, (struct str){long_one, 200000});
    folder_add(file, STR(""));
    folder_add(file, STR("end"));
    assert_true(folder_close(file));
    assert_true(folder_close(other));
    assert_true(folder_commit(folder));
    folder_end(folder);
    assert_true(files_read(files_system(), job->arena, job->diags, POS_NONE, in(job, "out/b/list"),
                           1000000, &got));
    assert_int_equal(got.len, 30000 * 5 + 200000 + 3);
    assert_true(str_ends(got, STR("xend")));
    for (size_t i = 0; i < 30000; i++)
        assert_true(str_eq(str_sub(got, 5 * i, 5), STR("line\n")));
}

/* What cannot be written is told when it is closed; what is open is closed with the folder. */
static void
a_file_that_cannot_grow(void **state)
{
    struct job *job = *state;
    struct rlimit was, small;

    struct folder *folder = folder_begin(job->arena, job->diags, in(job, "out"));
    struct folder_file *file = folder_open(folder, STR("list"));
    assert_non_null(folder_open(folder, STR("open")));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    small = was;
    small.rlim_cur = 70000;
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    for (int i = 0; i < 30000; i++)
        folder_add(file, STR("line\n"));
    bool good = folder_close(file);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
    assert_false(good);
    assert_diag(job->diags, 0, FOLDER_WRITE);
    assert_non_null(strstr(diags_at(job->diags, 0)->arg[1], strerror(EFBIG)));
    folder_end(folder);
    assert_int_equal(entries(job, "."), 0);
}

static void
taken(void **state)
{
    struct job *job = *state;

    assert_true(files_write(job->arena, job->diags, in(job, "file"), STR("x")));
    assert_null(folder_begin(job->arena, job->diags, in(job, "file")));
    assert_diag(job->diags, 0, FOLDER_TAKEN);
    assert_null(folder_begin(job->arena, job->diags, job->root));
    assert_diag(job->diags, 1, FOLDER_TAKEN);
    assert_null(folder_begin(job->arena, job->diags, "."));
    assert_diag(job->diags, 2, FOLDER_HERE);
    assert_null(folder_begin(job->arena, job->diags, in(job, "no/where")));
    assert_diag(job->diags, 3, FOLDER_WRITE);
    assert_null(folder_begin(job->arena, job->diags, ""));
    assert_diag(job->diags, 4, FOLDER_WRITE);
    assert_int_equal(symlink("file", in(job, "link")), 0);
    assert_null(folder_begin(job->arena, job->diags, in(job, "link")));
    assert_diag(job->diags, 5, FOLDER_TAKEN);
    assert_int_equal(symlink("loop", in(job, "loop")), 0);
    assert_null(folder_begin(job->arena, job->diags, in(job, "loop")));
    assert_diag(job->diags, 6, FOLDER_WRITE);
    assert_int_equal(entries(job, "."), 3);
}

/* A chain of links stays; what it leads to is made. */
static void
through_links(void **state)
{
    struct job *job = *state;
    struct stat info;

    assert_int_equal(mkdir(in(job, "away"), 0700), 0);
    assert_int_equal(symlink("second/", in(job, "first")), 0);
    assert_int_equal(symlink("away/out", in(job, "second")), 0);
    struct folder *folder = folder_begin(job->arena, job->diags, in(job, "first/"));
    assert_non_null(folder);
    assert_true(folder_write(folder, STR("a"), STR("one")));
    assert_true(folder_commit(folder));
    assert_true(files_exists(files_system(), in(job, "away/out/a")));
    assert_int_equal(lstat(in(job, "first"), &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(entries(job, "away"), 1);
}

/* Deeper than files may be open at once, and with links that lead out. */
static void
unfinished_ones_are_removed(void **state)
{
    struct job *job = *state;
    struct buf deep = buf_in(job->arena);

    for (int i = 0; i < 1000; i++)
        buf_text(&deep, "d/");
    buf_text(&deep, "file");
    assert_int_equal(mkdir(in(job, "kept"), 0700), 0);
    struct folder *folder = folder_begin(job->arena, job->diags, in(job, "out"));
    assert_true(folder_write(folder, buf_str(&deep), STR("x")));
    for (int i = 0; i < 300; i++)
        assert_true(folder_write(folder, str_of(arena_printf(job->arena, "many/%d-%0100d", i, i)),
                                 STR("x")));
    assert_int_equal(symlink(in(job, "kept"), path_join(job->arena, folder_path(folder), "link")),
                     0);
    unfinished_remove();
    assert_int_equal(entries(job, "."), 1);
    folder_end(folder);
    unfinished_remove();
    assert_int_equal(entries(job, "."), 1);
}

static void
longest_name(void **state)
{
    struct job *job = *state;
    char name[256] = "";

    memset(name, 'n', sizeof name - 1);
    struct folder *folder = folder_begin(job->arena, job->diags, in(job, name));
    assert_non_null(folder);
    assert_true(folder_commit(folder));
    assert_true(files_is_dir(files_system(), in(job, name)));
}

/* Somebody else is faster. */
static void
taken_meanwhile(void **state)
{
    struct job *job = *state;
    struct folder *folder = folder_begin(job->arena, job->diags, in(job, "out"));

    assert_true(folder_write(folder, STR("a"), STR("mine")));
    assert_int_equal(mkdir(in(job, "out"), 0700), 0);
    assert_true(files_write(job->arena, job->diags, in(job, "out/a"), STR("theirs")));
    assert_false(folder_commit(folder));
    assert_diag(job->diags, 0, FOLDER_TAKEN);
    folder_end(folder);
    struct str got;
    assert_true(
        files_read(files_system(), job->arena, job->diags, POS_NONE, in(job, "out/a"), 9, &got));
    assert_str(got, "theirs");
    assert_int_equal(entries(job, "."), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(write_and_commit, setup, teardown),
        cmocka_unit_test_setup_teardown(given_up, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_that_grows, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_that_cannot_grow, setup, teardown),
        cmocka_unit_test_setup_teardown(taken, setup, teardown),
        cmocka_unit_test_setup_teardown(through_links, setup, teardown),
        cmocka_unit_test_setup_teardown(unfinished_ones_are_removed, setup, teardown),
        cmocka_unit_test_setup_teardown(longest_name, setup, teardown),
        cmocka_unit_test_setup_teardown(taken_meanwhile, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
