#include "cli/archive_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "banthuek-archive.h"
#include "cli/cli.h"

#define NO_PIECE ((size_t)-2)
#define SECOND_MS 1000
#define DEATHS_MAX 2       /* of one piece */
#define DEATHS_ELSEWHERE 3 /* at no piece */

struct piece {
    unsigned char is_done, result, status, deaths, death;
};

/* The child writes here what the parent has to know when it is gone. */
struct cli_child {
    size_t count, bytes, done, at;
    bool is_alone, has_ended, line_shown;
    int status;
    struct piece pieces[];
};

struct cli_child *
cli_child_open(size_t count)
{
    size_t bytes = sizeof(struct cli_child) + count * sizeof(struct piece);
    struct cli_child *child =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (child == MAP_FAILED)
        cli_out_of_memory(bytes);
    child->count = count;
    child->bytes = bytes;
    return child;
}

void
cli_child_close(struct cli_child *child)
{
    (void)munmap(child, child->bytes);
}

bool
cli_child_is_open(const struct cli_child *child, size_t piece)
{
    return child->pieces[piece].is_done == 0;
}

enum cli_death
cli_child_death(const struct cli_child *child, size_t piece)
{
    return child->pieces[piece].death;
}

void
cli_child_begin(struct cli_child *child, size_t piece)
{
    child->at = piece;
}

bool
cli_child_is_alone(const struct cli_child *child)
{
    return child->is_alone;
}

void
cli_child_done(struct cli_child *child, size_t piece, unsigned char result, int status)
{
    struct piece *own = &child->pieces[piece];

    own->result = result;
    own->status = (unsigned char)status;
    own->is_done = 1;
    child->done++;
}

size_t
cli_child_count(const struct cli_child *child, unsigned char result)
{
    size_t count = 0;

    for (size_t i = 0; i < child->count; i++)
        count += child->pieces[i].is_done != 0 && child->pieces[i].result == result;
    return count;
}

/* ---- progress */

void
cli_child_clear_line(struct cli_child *child)
{
    if (!child->line_shown)
        return;
    child->line_shown = false;
    (void)fprintf(stderr, "\r%*s\r", 32, "");
}

static void
show_line(struct cli_child *child)
{
    (void)fprintf(stderr, "\r%zu/%zu ", child->done, child->count);
    (void)fflush(stderr);
    child->line_shown = true;
}

/* ---- the child */

/* Nothing is said: the parent knows by the status, and says it, or has it done otherwise. */
static void
end_quietly(size_t size)
{
    (void)size;
    banthuek_abandon();
    _exit(CLI_MEMORY);
}

/* What may have hold of a PDF's bytes leaves no picture of its memory on the disk, and nothing goes
 * on for a parent that is gone. */
static _Noreturn void
be_child(const struct cli_args *args, const struct cli_child_job *job, struct cli_child *child,
         pid_t parent)
{
    const struct rlimit none = {0, 0};

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)setrlimit(RLIMIT_CORE, &none);
    banthuek_set_oom(end_quietly);
    if (getppid() != parent)
        _exit(CLI_SYSTEM);
    child->status = cli_flush(args, job->work(job->user, child));
    child->has_ended = true;
    _exit(CLI_GOOD);
}

/* ---- the parent */

/* Waits for its end, which closes its end of the pipe. */
static int
wait_for(pid_t pid, const struct cli_child_job *job, struct cli_child *child, int end)
{
    struct pollfd closed = {end, POLLIN, 0};
    int status = 0;

    if (job->with_progress && isatty(STDERR_FILENO) == 1) {
        while (poll(&closed, 1, SECOND_MS) <= 0)
            show_line(child);
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    cli_child_clear_line(child);
    return status;
}

/* The status of a child that ran, or -1 where none could be started. */
static int
run_child(const struct cli_args *args, const struct cli_child_job *job, struct cli_child *child)
{
    const pid_t parent = getpid();
    int ends[2], status = -1;

    child->at = NO_PIECE;
    child->has_ended = false;
    (void)fflush(NULL);
    if (pipe2(ends, O_CLOEXEC) != 0) /* what the child starts is not waited for */
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        (void)close(ends[0]);
        be_child(args, job, child, parent);
    }
    (void)close(ends[1]);
    if (pid > 0)
        status = wait_for(pid, job, child, ends[0]);
    (void)close(ends[0]);
    return status;
}

/* Somebody ended the child, and meant the whole. */
static void
end_as_asked(int status)
{
    static const int meant[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};

    for (size_t i = 0; WIFSIGNALED(status) && i < sizeof meant / sizeof meant[0]; i++) {
        if (WTERMSIG(status) == meant[i])
            (void)raise(meant[i]);
    }
}

static enum cli_death
death_of(int status)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return CLI_DEATH_TIME;
    return WIFEXITED(status) && WEXITSTATUS(status) == CLI_MEMORY ? CLI_DEATH_MEMORY
                                                                  : CLI_DEATH_CRASH;
}

/* Notes what the child died of. False where nothing can be done about it. */
static bool
bury(const struct cli_child_job *job, struct cli_child *child, int status, unsigned *elsewhere)
{
    enum cli_death death = death_of(status);

    if (child->at == CLI_CHILD_MANY && !child->is_alone) {
        child->is_alone = true;
        return true;
    }
    if (child->at >= child->count)
        return ++*elsewhere < DEATHS_ELSEWHERE && death == CLI_DEATH_CRASH;
    struct piece *piece = &child->pieces[child->at];
    piece->death = (unsigned char)death;
    if (++piece->deaths >= DEATHS_MAX && piece->is_done == 0) {
        job->give_up(job->user, child->at);
        cli_child_done(child, child->at, 0, death == CLI_DEATH_MEMORY ? CLI_MEMORY : CLI_ERRORS);
    }
    return true;
}

static int
worst_of(const struct cli_child *child, int status)
{
    for (size_t i = 0; i < child->count; i++)
        status = child->pieces[i].status > status ? child->pieces[i].status : status;
    return status;
}

static int
tell_death(const struct cli_args *args, int status)
{
    if (status >= 0 && death_of(status) == CLI_DEATH_MEMORY)
        cli_out_of_memory(0);
    (void)fprintf(stderr, "banthuek: %s\n",
                  cli_word(args, "the process that reads the documents ended unexpectedly",
                           "กระบวนการที่อ่านเอกสารจบลงโดยไม่คาดหมาย"));
    return CLI_SYSTEM;
}

int
cli_child_run(const struct cli_args *args, const struct cli_child_job *job, struct cli_child *child)
{
    unsigned elsewhere = 0;

    for (;;) {
        int status = run_child(args, job, child);
        if (status >= 0 && child->has_ended)
            return worst_of(child, child->status);
        if (status >= 0)
            end_as_asked(status);
        if (status < 0 || !bury(job, child, status, &elsewhere))
            return worst_of(child, tell_death(args, status));
    }
}
