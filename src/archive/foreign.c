#include "archive/foreign.h"

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
#include "base/utf8.h"

#define WINDOW 65536
#define PAUSE_NS 1000000

extern char **environ;

/* A program at work: what it still gets, what it gave. */
struct run {
    pid_t pid;
    int to, from; /* -1 once closed */
    struct str input;
    struct buf output;
    long long deadline; /* ms of the clock that only goes forward */
};

/* ---- paragraphs of printed text */

struct block {
    struct arena *arena;
    struct text_paragraphs *out;
    size_t cap, page;
    struct buf text;
};

static void
end_block(struct block *block)
{
    struct str text = utf8_trim(buf_str(&block->text));

    if (text.len > 0 && block->out->count < TEXT_PARAGRAPHS_MAX)
        *ARENA_ADD(block->arena, block->out->list, block->out->count, block->cap, 64) =
            (struct text_paragraph){.page = block->page, .text = str_dup(block->arena, text)};
    block->text.len = 0;
}

static void
add_line(struct block *block, struct str line)
{
    struct str text = buf_str(&block->text);
    size_t last = text.len;

    if (last > 0 &&
        !(utf8_is_thai_letter(utf8_prev(text, &last)) && utf8_is_thai_letter(utf8_at(line, 0))))
        buf_byte(&block->text, ' ');
    /* bytes that are no text are none of it */
    for (size_t at = 0; at < line.len;) {
        uint32_t code = utf8_next(line, &at);
        if (code != UTF8_BAD)
            buf_utf8(&block->text, code);
    }
}

void
foreign_paragraphs(struct arena *arena, struct str text, struct text_paragraphs *out)
{
    struct block block = {arena, out, 0, 1, buf_in(arena)};

    *out = (struct text_paragraphs){NULL, 0};
    for (size_t at = 0; at < text.len; at++) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\f')
            end++;
        struct str line = utf8_trim(str_sub(text, at, end - at));
        if (line.len == 0)
            end_block(&block);
        else
            add_line(&block, line);
        if (end < text.len && text.ptr[end] == '\f') {
            end_block(&block);
            block.page++;
        }
        at = end;
    }
    end_block(&block);
}

/* ---- the program */

static long long
clock_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
close_end(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

static int
spawn(struct run *run, const int *in, const int *out)
{
    static char name[] = "pdftotext", encoding[] = "-enc", utf8[] = "UTF-8", standard[] = "-";
    char *const arguments[] = {name, encoding, utf8, standard, standard, NULL};
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
    (void)posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    (void)posix_spawnattr_setsigmask(&attributes, &none);
    (void)posix_spawnattr_setsigdefault(&attributes, &pipe_signal);
    (void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int error = posix_spawnp(&run->pid, name, &actions, &attributes, arguments, environ);
    (void)posix_spawnattr_destroy(&attributes);
    (void)posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* It has read nothing yet, so nothing of the PDF can be at work before the limits are. */
static void
limit(pid_t pid)
{
    const struct rlimit memory = {FOREIGN_MEMORY, FOREIGN_MEMORY};
    const struct rlimit seconds = {FOREIGN_SECONDS, FOREIGN_SECONDS};
    const struct rlimit none = {0, 0};

    (void)prlimit(pid, RLIMIT_AS, &memory, NULL);
    (void)prlimit(pid, RLIMIT_CPU, &seconds, NULL);
    (void)prlimit(pid, RLIMIT_CORE, &none, NULL);
}

/* Starts it with a pipe to it and one from it; 0 or an error number. */
static int
start(struct run *run)
{
    int in[2] = {-1, -1}, out[2] = {-1, -1}, error = 0;

    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 ||
        fcntl(in[1], F_SETFL, O_NONBLOCK) != 0 || fcntl(out[0], F_SETFL, O_NONBLOCK) != 0)
        error = errno;
    if (error == 0)
        error = spawn(run, in, out);
    if (error == 0)
        limit(run->pid);
    close_end(&in[0]);
    close_end(&out[1]);
    run->to = in[1];
    run->from = out[0];
    return error;
}

static void
give(struct run *run)
{
    ssize_t done = write(run->to, run->input.ptr, run->input.len);

    if (done > 0)
        run->input = str_sub(run->input, (size_t)done, SIZE_MAX);
    if (run->input.len == 0 || (done < 0 && errno != EAGAIN && errno != EINTR))
        close_end(&run->to);
}

static void
take(struct run *run)
{
    char window[WINDOW];
    ssize_t done = read(run->from, window, sizeof window);

    if (done > 0)
        buf_add(&run->output, (struct str){window, (size_t)done});
    if (done == 0 || (done < 0 && errno != EAGAIN && errno != EINTR) ||
        run->output.len > FOREIGN_BYTES)
        close_end(&run->from);
}

/* Until it has said all; false when its time is over. */
static bool
talk(struct run *run)
{
    while (run->from >= 0) {
        struct pollfd ends[2] = {{run->from, POLLIN, 0}, {run->to, POLLOUT, 0}};
        long long left = run->deadline - clock_ms();
        if (left <= 0)
            return false;
        if (poll(ends, run->to < 0 ? 1 : 2, (int)left) <= 0)
            continue;
        if (run->to >= 0 && ends[1].revents != 0)
            give(run);
        if (ends[0].revents != 0)
            take(run);
    }
    return true;
}

/* Waits for its end, which is brought about when its time is over; true when it ended well. */
static bool
has_ended_well(struct run *run, bool in_time)
{
    const struct timespec pause = {0, PAUSE_NS};
    int status = 0;
    pid_t got = 0;

    while (in_time && got == 0 && clock_ms() < run->deadline) {
        got = waitpid(run->pid, &status, WNOHANG);
        if (got == 0)
            (void)nanosleep(&pause, NULL);
    }
    if (got == run->pid)
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    (void)kill(run->pid, SIGKILL);
    while (waitpid(run->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return false;
}

/* Writing to a program that has ended is to be an error of writing, not the end of us. */
static int
run_it(struct run *run, bool *good)
{
    sigset_t pipe_signal, before, pending;
    const struct timespec none = {0, 0};

    (void)sigemptyset(&pipe_signal);
    (void)sigaddset(&pipe_signal, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
    int error = start(run);
    if (error == 0) {
        bool in_time = talk(run) && run->output.len <= FOREIGN_BYTES;
        close_end(&run->to);
        *good = has_ended_well(run, in_time) && in_time;
    }
    close_end(&run->to);
    close_end(&run->from);
    if (sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1 &&
        sigismember(&before, SIGPIPE) == 0)
        (void)sigtimedwait(&pipe_signal, NULL, &none);
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

enum foreign
foreign_read(struct arena *arena, struct str pdf, struct text_paragraphs *out)
{
    struct run run = {.pid = -1, .to = -1, .from = -1, .input = pdf, .output = buf_in(arena)};
    bool good = false;

    *out = (struct text_paragraphs){NULL, 0};
    run.deadline = clock_ms() + (long long)FOREIGN_SECONDS * 1000;
    int error = run_it(&run, &good);
    if (error != 0)
        return error == ENOENT ? FOREIGN_MISSING : FOREIGN_FAILED;
    if (!good)
        return FOREIGN_FAILED;
    foreign_paragraphs(arena, buf_str(&run.output), out);
    return out->count == 0 ? FOREIGN_EMPTY : FOREIGN_TEXT;
}
