/* Keys that a program of the user's signs with, elsewhere. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "pki/clock.h"
#include "pki/key_inner.h"

#define ARGUMENTS_MAX 64
#define LIMITS 3
#define PAUSE_NS 5000000
#define SAID_CHUNK 1024

extern char **environ;

/* A program at work: what it still gets, what it gave. */
struct run {
    pid_t pid;
    int to, from, says; /* pipes: its standard input, output and error; -1 once closed */
    size_t said;        /* bytes of standard error so far */
    struct str input;
    char output[KEY_SIGNATURE_MAX + 1];
    size_t got;
    long long deadline; /* ms of the clock that only goes forward */
};

static void
close_end(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

/* ---- starting it */

/* Cuts at blanks; NULL where there is nothing or too much. */
static char **
arguments_of(struct arena *arena, const char *command)
{
    char **out = arena_array(arena, ARGUMENTS_MAX + 1, sizeof *out);
    char *text = arena_printf(arena, "%s", command), *rest = NULL;
    size_t count = 0;

    for (char *one = strtok_r(text, " \t\n", &rest); one != NULL;
         one = strtok_r(NULL, " \t\n", &rest)) {
        if (count == ARGUMENTS_MAX)
            return NULL;
        out[count++] = one;
    }
    return count == 0 ? NULL : out;
}

static int
spawn(struct run *run, char **arguments, const int *in, const int *out, const int *says)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, pipe_signal;
    int error;

    (void)sigemptyset(&none);
    (void)sigemptyset(&pipe_signal);
    (void)sigaddset(&pipe_signal, SIGPIPE);
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawnattr_init(&attributes);
    (void)posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    (void)posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    (void)posix_spawn_file_actions_adddup2(&actions, says[1], STDERR_FILENO);
    (void)posix_spawnattr_setsigmask(&attributes, &none);
    (void)posix_spawnattr_setsigdefault(&attributes, &pipe_signal);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    error = posix_spawnp(&run->pid, arguments[0], &actions, &attributes, arguments, environ);
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* What a program that reads PDFs limits itself to is not meant for those it starts: lets the soft
 * limit be what the hard one is, or what it was. */
static const unsigned limited[LIMITS] = {RLIMIT_AS, RLIMIT_CPU, RLIMIT_FSIZE};

static void
lift_limits(struct rlimit before[LIMITS])
{
    for (size_t i = 0; i < LIMITS; i++) {
        struct rlimit lifted;
        (void)getrlimit(limited[i], &before[i]);
        lifted = (struct rlimit){before[i].rlim_max, before[i].rlim_max};
        (void)setrlimit(limited[i], &lifted);
    }
}

static void
lower_limits(const struct rlimit before[LIMITS])
{
    for (size_t i = 0; i < LIMITS; i++)
        (void)setrlimit(limited[i], &before[i]);
}

static bool
open_pipe(int ends[2], int ours)
{
    return pipe2(ends, O_CLOEXEC) == 0 && fcntl(ends[ours], F_SETFL, O_NONBLOCK) == 0;
}

/* Starts it with a pipe to it and two from it; 0 or an error number. */
static int
start(struct run *run, char **arguments)
{
    struct rlimit before[LIMITS];
    int in[2] = {-1, -1}, out[2] = {-1, -1}, says[2] = {-1, -1};
    int error = 0;

    if (!open_pipe(in, 1) || !open_pipe(out, 0) || !open_pipe(says, 0))
        error = errno;
    if (error == 0) {
        lift_limits(before);
        error = spawn(run, arguments, in, out, says);
        lower_limits(before);
    }
    close_end(&in[0]);
    close_end(&out[1]);
    close_end(&says[1]);
    run->to = in[1];
    run->from = out[0];
    run->says = says[0];
    return error;
}

/* ---- talking with it */

static void
give(struct run *run)
{
    ssize_t done = write(run->to, run->input.ptr, run->input.len);

    if (done > 0)
        run->input = str_sub(run->input, (size_t)done, SIZE_MAX);
    /* one that does not read to the end may have its reasons: what it gives is checked */
    if (run->input.len == 0 || (done < 0 && errno != EAGAIN && errno != EINTR))
        close_end(&run->to);
}

static void
take(struct run *run)
{
    ssize_t done = read(run->from, run->output + run->got, sizeof run->output - run->got);

    if (done > 0)
        run->got += (size_t)done;
    if (done == 0 || (done < 0 && errno != EAGAIN && errno != EINTR) ||
        run->got == sizeof run->output)
        close_end(&run->from);
}

static void
say(const char *text, size_t len)
{
    if (len > 0 && write(STDERR_FILENO, text, len) < 0)
        return; /* nobody hears it */
}

/* Passes on what it says on standard error, a question for a PIN perhaps, and no more of it than
 * anybody reads. What comes behind that is taken from it all the same: it may wait for it. */
static void
pass_on(struct run *run)
{
    char text[SAID_CHUNK];
    ssize_t done = 1;

    while (run->says >= 0 && clock_ms() < run->deadline &&
           (done = read(run->says, text, sizeof text)) > 0) {
        size_t left = run->said < KEY_COMMAND_SAYS_MAX ? KEY_COMMAND_SAYS_MAX - run->said : 0;
        bool all = (size_t)done <= left;
        say(text, all ? (size_t)done : left);
        if (!all && run->said <= KEY_COMMAND_SAYS_MAX)
            say("…\n", sizeof "…\n" - 1);
        run->said += (size_t)done;
    }
    if (done == 0)
        close_end(&run->says);
}

/* Until it has said all; false when its time is over. */
static bool
talk(struct run *run)
{
    while (run->from >= 0) {
        /* one that is closed is passed over */
        struct pollfd ends[] = {
            {run->from, POLLIN, 0}, {run->to, POLLOUT, 0}, {run->says, POLLIN, 0}};
        long long left = run->deadline - clock_ms();
        if (left <= 0)
            return false;
        if (poll(ends, sizeof ends / sizeof ends[0], (int)left) <= 0)
            continue;
        if (ends[1].revents != 0)
            give(run);
        if (ends[2].revents != 0)
            pass_on(run);
        if (ends[0].revents != 0)
            take(run);
    }
    return true;
}

/* Waits until it has ended; false when its time is over. It is then ended. */
static bool
wait_for_end(struct run *run, int *status)
{
    const struct timespec pause = {0, PAUSE_NS};
    pid_t got = 0;

    *status = 0;
    while (clock_ms() < run->deadline &&
           ((got = waitpid(run->pid, status, WNOHANG)) == 0 || (got < 0 && errno == EINTR))) {
        pass_on(run);
        (void)nanosleep(&pause, NULL);
    }
    pass_on(run);
    return got != 0;
}

static void
end(struct run *run)
{
    int status;

    (void)kill(run->pid, SIGKILL);
    while (waitpid(run->pid, &status, 0) < 0 && errno == EINTR)
        continue;
}

/* ---- what became of it */

static bool
fail(struct diags *diags, enum diag_code code, const char *program, const char *arg)
{
    diag_add(diags, code, POS_NONE, diag_str(diags, str_of(program)), arg, NULL);
    return false;
}

static bool
judge(const struct key *key, struct run *run, struct diags *diags, const char *program)
{
    int status = 0;
    bool in_time = talk(run);
    bool too_long = run->got > KEY_SIGNATURE_MAX;

    close_end(&run->to);
    close_end(&run->from);
    bool ended = in_time && !too_long && wait_for_end(run, &status);
    if (run->said > KEY_COMMAND_SAYS_MAX)
        (void)fail(diags, DIAG_SIGN_COMMAND_TALKS, program,
                   diag_printf(diags, "%d", KEY_COMMAND_SAYS_MAX / 1024));
    if (!ended) {
        end(run);
        return too_long ? fail(diags, DIAG_SIGN_COMMAND_LONG, program, NULL)
                        : fail(diags, DIAG_SIGN_COMMAND_TIME, program,
                               diag_printf(diags, "%u", key->command_seconds));
    }
    if (WIFSIGNALED(status))
        return fail(diags, DIAG_SIGN_COMMAND_FAILED, program, diag_signal(diags, WTERMSIG(status)));
    if (WEXITSTATUS(status) != 0)
        return fail(diags, DIAG_SIGN_COMMAND_FAILED, program,
                    diag_both(diags, diag_printf(diags, "exit status %d", WEXITSTATUS(status)),
                              diag_printf(diags, "สถานะออก %d", WEXITSTATUS(status))));
    return run->got > 0 || fail(diags, DIAG_SIGN_COMMAND_EMPTY, program, NULL);
}

/* Writing to a program that has ended is to be an error of writing, not the end of us. */
static bool
run_it(const struct key *key, struct run *run, struct diags *diags, char **arguments)
{
    sigset_t pipe_signal, before, pending;
    const struct timespec none = {0, 0};

    (void)sigemptyset(&pipe_signal);
    (void)sigaddset(&pipe_signal, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    int error = start(run, arguments);
    bool good = error == 0
                    ? judge(key, run, diags, arguments[0])
                    : fail(diags, DIAG_SIGN_COMMAND_START, arguments[0], diag_system(diags, error));
    close_end(&run->to);
    close_end(&run->from);
    close_end(&run->says);
    if (sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1 &&
        sigismember(&before, SIGPIPE) == 0)
        (void)sigtimedwait(&pipe_signal, NULL, &none);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return good;
}

bool
key_command_sign(const struct key *key, struct arena *arena, struct diags *diags,
                 struct str message, struct str *signature)
{
    struct run run = {.pid = -1, .to = -1, .from = -1, .says = -1};
    char **arguments = arguments_of(arena, key->command);
    struct buf input = buf_in(arena);

    if (arguments == NULL)
        return fail(diags, DIAG_SIGN_COMMAND_START, key->command, diag_system(diags, EINVAL));
    buf_printf(&input, "%s %zu\n", key_algorithm_name(key->algorithm), message.len);
    buf_add(&input, message);
    run.input = buf_str(&input);
    run.deadline = clock_ms() + (long long)key->command_seconds * 1000;
    if (!run_it(key, &run, diags, arguments))
        return false;
    *signature = (struct str){arena_strndup(arena, run.output, run.got), run.got};
    return true;
}
