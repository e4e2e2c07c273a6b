/* Programs that are started: what they get and give, and what becomes of those that go too far. */
#include "test.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "base/program.h"

#define LARGE ((size_t)1 << 20)

/* Runs a line of shell. */
static struct program_said
run(struct arena *arena, const char *line, struct program program)
{
    const char *const arguments[] = {"sh", "-c", line, NULL};

    program.arguments = arguments;
    if (program.output_max == 0)
        program.output_max = 2 * LARGE;
    if (program.seconds == 0)
        program.seconds = 20;
    return program_run(arena, &program);
}

static struct str
large(struct arena *arena)
{
    char *bytes = arena_alloc(arena, LARGE);

    memset(bytes, 'x', LARGE);
    return (struct str){bytes, LARGE};
}

static void
gets_all_and_gives_all(void **state)
{
    struct arena *arena = arena_new(0);
    struct program_said said = run(arena, "cat", (struct program){.input = large(arena)});

    (void)state;
    assert_int_equal(said.end, PROGRAM_ENDED);
    assert_int_equal(said.status, 0);
    assert_int_equal(said.output.len, LARGE);
    said = run(arena, "cat", (struct program){.input = STR("abc"), .memory = (size_t)1 << 30});
    assert_int_equal(said.end, PROGRAM_ENDED);
    assert_true(str_is(said.output, "abc"));
    arena_free(arena);
}

/* SIGPIPE would end this process. */
static void
need_not_read_what_it_gets(void **state)
{
    struct arena *arena = arena_new(0);
    const struct program_said said =
        run(arena, "echo no; exit 3", (struct program){.input = large(arena)});

    (void)state;
    assert_int_equal(said.end, PROGRAM_ENDED);
    assert_int_equal(WEXITSTATUS(said.status), 3);
    assert_true(str_is(said.output, "no\n"));
    arena_free(arena);
}

static void
is_ended_when_it_goes_too_far(void **state)
{
    struct arena *arena = arena_new(0);

    (void)state;
    assert_int_equal(run(arena, "exec sleep 60", (struct program){.seconds = 1}).end,
                     PROGRAM_OVER_TIME);
    /* all said, and not at its end */
    assert_int_equal(run(arena, "exec >&-; exec sleep 60", (struct program){.seconds = 1}).end,
                     PROGRAM_OVER_TIME);
    assert_int_equal(run(arena, "exec yes", (struct program){.output_max = 1000}).end,
                     PROGRAM_OVER_OUTPUT);
    const struct program_said said =
        run(arena, "read line; ulimit -v",
            (struct program){.memory = (size_t)64 << 20, .input = STR("\n")});
    assert_true(str_is(said.output, "65536\n"));
    arena_free(arena);
}

static void
no_more_is_passed_on_than_anybody_reads(void **state)
{
    struct arena *arena = arena_new(0);
    struct program_said said = run(arena, "echo a >&2", (struct program){.says_max = 4});

    (void)state;
    assert_false(said.says_more);
    said = run(arena, "echo abcdefgh >&2; echo out", (struct program){.says_max = 4});
    assert_true(said.says_more);
    assert_true(str_is(said.output, "out\n"));
    said = run(arena, "echo abcdefgh >&2", (struct program){.says_max = 0});
    assert_false(said.says_more);
    arena_free(arena);
}

static void
what_cannot_be_started_is_told(void **state)
{
    static const char *const arguments[] = {"no-such-program-of-anybody", NULL};
    struct arena *arena = arena_new(0);
    const struct program program = {.arguments = arguments, .seconds = 1};
    const struct program_said said = program_run(arena, &program);

    (void)state;
    assert_int_equal(said.end, PROGRAM_NOT_STARTED);
    assert_int_equal(said.error, ENOENT);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gets_all_and_gives_all),
        cmocka_unit_test(need_not_read_what_it_gets),
        cmocka_unit_test(is_ended_when_it_goes_too_far),
        cmocka_unit_test(no_more_is_passed_on_than_anybody_reads),
        cmocka_unit_test(what_cannot_be_started_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
