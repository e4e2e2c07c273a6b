#include "base/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"

#define LIMITS 3
#define PAUSE_NS 1000000
#define OUTPUT_WINDOW 65536
#define SAYS_WINDOW 1024

extern char **environ;

/* A program at work: what it still gets, what it gave. */
struct run {
    const struct program *program;
    pid_t pid;
    int to, from, says; /* pipes: its standard input, output and error; -1 once closed */
    struct str input;
    struct buf output, kept;
    size_t said;        /* bytes of standard error so far */
    long long deadline; /* of clock_ms() */
};

static void
close_end(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

/* ---- starting it */

static int
spawn(struct run *run, const int *in, const int *out, const int *says)
{
    char *const *arguments = (char *const *)run->program->arguments;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, pipe_signal;

    (void)sigemptyset(&none);
    (void)sigemptyset(&pipe_signal);
    (void)sigaddset(&pipe_signal, SIGPIPE);
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawnattr_init(&attributes);
    (void)posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    (void)posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    if (run->program->says_max > 0)
        (void)posix_spawn_file_actions_adddup2(&actions, says[1], STDERR_FILENO);
    else
        (void)posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    (void)posix_spawnattr_setsigmask(&attributes, &none);
    (void)posix_spawnattr_setsigdefault(&attributes, &pipe_signal);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int error = posix_spawnp(&run->pid, arguments[0], &actions, &attributes, arguments, environ);
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Lets the soft limit be what the hard one is. */
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

static int
spawn_without_limits(struct run *run, const int *in, const int *out, const int *says)
{
    struct rlimit before[LIMITS];

    lift_limits(before);
    int error = spawn(run, in, out, says);
    lower_limits(before);
    return error;
}

/* It has read nothing yet, so nothing of its input can be at work before the limits are. */
static int
spawn_limited(struct run *run, const int *in, const int *out, const int *says)
{
    const struct rlimit memory = {run->program->memory, run->program->memory};
    const struct rlimit seconds = {run->program->seconds, run->program->seconds};
    const struct rlimit none = {0, 0};
    int error = spawn(run, in, out, says);

    if (error == 0) {
        (void)prlimit(run->pid, RLIMIT_AS, &memory, NULL);
        (void)prlimit(run->pid, RLIMIT_CPU, &seconds, NULL);
        (void)prlimit(run->pid, RLIMIT_CORE, &none, NULL);
    }
    return error;
}

static bool
open_pipe(int ends[2], int ours)
{
    return pipe2(ends, O_CLOEXEC) == 0 && fcntl(ends[ours], F_SETFL, O_NONBLOCK) == 0;
}

/* Starts it with a pipe to it and one or two from it; 0 or an error number. */
static int
start(struct run *run)
{
    int in[2] = {-1, -1}, out[2] = {-1, -1}, says[2] = {-1, -1};
    int error = 0;

    if (!open_pipe(in, 1) || !open_pipe(out, 0) ||
        (run->program->says_max > 0 && !open_pipe(says, 0)))
        error = errno;
    else
        error = run->program->memory > 0 ? spawn_limited(run, in, out, says)
                                         : spawn_without_limits(run, in, out, says);
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

static bool
is_over_output(const struct run *run)
{
    return run->output.len > run->program->output_max;
}

static void
take(struct run *run)
{
    char window[OUTPUT_WINDOW];
    ssize_t done = read(run->from, window, sizeof window);

    if (done > 0)
        buf_add(&run->output, (struct str){window, (size_t)done});
    if (done == 0 || (done < 0 && errno != EAGAIN && errno != EINTR) || is_over_output(run))
        close_end(&run->from);
}

static void
say(struct run *run, const char *text, size_t len)
{
    if (run->program->keeps_says)
        buf_add(&run->kept, (struct str){text, len});
    else if (len > 0 && write(STDERR_FILENO, text, len) < 0)
        return; /* nobody hears it */
}

/* Passes on what it says on standard error, a question for a PIN perhaps, and no more of it than
 * anybody reads. What comes behind that is taken from it all the same: it may wait for it. */
static void
pass_on(struct run *run)
{
    const size_t most = run->program->says_max;
    char text[SAYS_WINDOW];
    ssize_t done = 1;

    while (run->says >= 0 && clock_ms() < run->deadline &&
           (done = read(run->says, text, sizeof text)) > 0) {
        size_t left = run->said < most ? most - run->said : 0;
        bool all = (size_t)done <= left;
        say(run, text, all ? (size_t)done : left);
        if (!all && run->said <= most)
            say(run, "…\n", sizeof "…\n" - 1);
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

/* Waits until it has ended; false when its time is over. */
static bool
wait_for_end(struct run *run, int *status)
{
    const struct timespec pause = {0, PAUSE_NS};
    pid_t got = 0;

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

static enum program_end
talk_to_the_end(struct run *run, int *status)
{
    bool in_time = talk(run), over = is_over_output(run);

    close_end(&run->to);
    close_end(&run->from);
    if (in_time && !over && wait_for_end(run, status))
        return PROGRAM_ENDED;
    end(run);
    return over ? PROGRAM_OVER_OUTPUT : PROGRAM_OVER_TIME;
}

/* Writing to a program that has ended is to be an error of writing, not the end of us. */
struct program_said
program_run(struct arena *arena, const struct program *program)
{
    struct run run = {.program = program,
                      .pid = -1,
                      .to = -1,
                      .from = -1,
                      .says = -1,
                      .input = program->input,
                      .output = buf_in(arena),
                      .kept = buf_in(arena),
                      .deadline = clock_ms() + (long long)program->seconds * 1000};
    struct program_said out = {.end = PROGRAM_NOT_STARTED};
    sigset_t pipe_signal, before, pending;
    const struct timespec none = {0, 0};

    (void)sigemptyset(&pipe_signal);
    (void)sigaddset(&pipe_signal, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    out.error = start(&run);
    if (out.error == 0)
        out.end = talk_to_the_end(&run, &out.status);
    close_end(&run.to);
    close_end(&run.from);
    close_end(&run.says);
    if (sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1 &&
        sigismember(&before, SIGPIPE) == 0)
        (void)sigtimedwait(&pipe_signal, NULL, &none);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    out.output = buf_str(&run.output);
    out.says = buf_str(&run.kept);
    out.says_more = run.said > program->says_max && program->says_max > 0;
    return out;
}
