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
#include "thai/digits.h"

#define WINDOW 65536
#define LINES_MAX 5000 /* of a page, or of a piece of it */
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

/* ---- lines of pages: pdftotext -bbox-layout prints each element in a line of its own */

struct line {
    double left, top, right, bottom;
    size_t block;
    struct str text;
};

struct reader {
    struct arena *arena;
    struct text_paragraphs *out;
    size_t cap, page, block;
    struct line *lines; /* of the page at hand */
    size_t count, line_cap;
    struct buf text; /* of the line at hand */
    struct buf paragraph;
};

/* The number of an attribute; 0 where there is none. */
static double
attribute(struct str element, struct str name)
{
    size_t at = str_find(element, name);
    double number = 0, place = 1;
    bool is_behind = false;

    if (at == SIZE_MAX)
        return 0;
    for (at += name.len; at < element.len && element.ptr[at] != '"'; at++) {
        char c = element.ptr[at];
        is_behind = is_behind || c == '.';
        if (c < '0' || c > '9')
            continue;
        place = is_behind ? place / 10 : 1;
        number = is_behind ? number + place * (c - '0') : number * 10 + (c - '0');
    }
    return number;
}

/* Adds a text of XML; bytes that are no text are none of it. */
static void
add_text(struct buf *out, struct str xml)
{
    static const struct {
        const char *name;
        char sign;
    } names[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};

    for (size_t at = 0; at < xml.len;) {
        struct str rest = str_sub(xml, at, SIZE_MAX);
        size_t i = 0, from = at, count = sizeof names / sizeof names[0];
        while (i < count && !str_starts(rest, str_of(names[i].name)))
            i++;
        if (i < count) {
            buf_byte(out, names[i].sign);
            at += str_of(names[i].name).len;
        } else if (utf8_next(xml, &at) != UTF8_BAD) {
            buf_add(out, str_sub(xml, from, at - from));
        }
    }
}

static void
add_word(struct reader *reader, struct str element)
{
    size_t from = str_find(element, STR(">")), to = str_find_last(element, STR("</word>"));

    if (from == SIZE_MAX || to == SIZE_MAX || to <= from)
        return;
    if (reader->text.len > 0)
        buf_byte(&reader->text, ' ');
    add_text(&reader->text, str_sub(element, from + 1, to - from - 1));
}

static void
end_line(struct reader *reader)
{
    if (reader->count > 0)
        reader->lines[reader->count - 1].text = str_dup(reader->arena, buf_str(&reader->text));
    reader->text.len = 0;
}

/* ---- lines into paragraphs */

/* How far lines go: those of its block where that has several, else those of the page. */
static void
extent(const struct reader *reader, const struct line *line, double *left, double *right)
{
    size_t of_block = 0;

    for (size_t i = 0; i < reader->count; i++)
        of_block += reader->lines[i].block == line->block;
    *left = line->left;
    *right = line->right;
    for (size_t i = 0; i < reader->count; i++) {
        const struct line *one = &reader->lines[i];
        if (of_block > 1 && one->block != line->block)
            continue;
        *left = one->left < *left ? one->left : *left;
        *right = one->right > *right ? one->right : *right;
    }
}

/* "1.", "๒)", "(3)", "•", "-": the first of a list's entries stands by itself. */
static bool
begins_entry(struct str line)
{
    size_t at = 0, digits = 0;
    uint32_t code = utf8_at(line, 0);

    if (code == 0x2022 || code == 0x25CF || code == 0x2013 || code == '-')
        return true;
    if (code == '(')
        (void)utf8_next(line, &at);
    for (; digits_value(utf8_at(line, at)) >= 0 && digits < 4; digits++)
        (void)utf8_next(line, &at);
    code = utf8_at(line, at);
    return digits > 0 && (code == '.' || code == ')');
}

/* Whether a line goes on with the sentence of the one before: that one is full, and this one stands
 * right below it and is not indented. */
static bool
goes_on(const struct reader *reader, const struct line *line, const struct line *next)
{
    double height = line->bottom - line->top, down = next->top - line->top, left, right;

    extent(reader, line, &left, &right);
    return !begins_entry(next->text) && down > height / 2 && down < height * 2.2 &&
           next->left < line->left + height / 2 && line->right > right - (right - left) / 5;
}

static void
end_paragraph(struct reader *reader)
{
    struct str text = utf8_trim(buf_str(&reader->paragraph));

    if (text.len > 0 && reader->out->count < TEXT_PARAGRAPHS_MAX)
        *ARENA_ADD(reader->arena, reader->out->list, reader->out->count, reader->cap, 64) =
            (struct text_paragraph){.page = reader->page, .text = str_dup(reader->arena, text)};
    reader->paragraph.len = 0;
}

/* Between Thai letters a line's end is nothing, else a blank. */
static void
add_line(struct reader *reader, struct str line)
{
    struct str text = buf_str(&reader->paragraph);
    size_t last = text.len;

    if (last > 0 &&
        !(utf8_is_thai_letter(utf8_prev(text, &last)) && utf8_is_thai_letter(utf8_at(line, 0))))
        buf_byte(&reader->paragraph, ' ');
    buf_add(&reader->paragraph, line);
}

static void
end_page(struct reader *reader)
{
    for (size_t i = 0; i < reader->count; i++) {
        if (i > 0 && !goes_on(reader, &reader->lines[i - 1], &reader->lines[i]))
            end_paragraph(reader);
        add_line(reader, reader->lines[i].text);
    }
    end_paragraph(reader);
    reader->count = 0;
}

/* A page of more lines than are compared with each other is several. */
static void
begin_line(struct reader *reader, struct str element)
{
    if (reader->count == LINES_MAX)
        end_page(reader);
    *ARENA_ADD(reader->arena, reader->lines, reader->count, reader->line_cap, 64) =
        (struct line){attribute(element, STR("xMin=\"")),
                      attribute(element, STR("yMin=\"")),
                      attribute(element, STR("xMax=\"")),
                      attribute(element, STR("yMax=\"")),
                      reader->block,
                      STR("")};
}

void
foreign_paragraphs(struct arena *arena, struct str text, struct text_paragraphs *out)
{
    struct reader reader = {
        .arena = arena, .out = out, .text = buf_in(arena), .paragraph = buf_in(arena)};
    struct str element;

    *out = (struct text_paragraphs){NULL, 0};
    while (str_line(&text, &element)) {
        element = str_trim(element);
        if (str_starts(element, STR("<page ")))
            reader.page++;
        else if (str_starts(element, STR("<block ")))
            reader.block++;
        else if (str_starts(element, STR("<line ")))
            begin_line(&reader, element);
        else if (str_starts(element, STR("<word ")))
            add_word(&reader, element);
        else if (str_starts(element, STR("</line>")))
            end_line(&reader);
        else if (str_starts(element, STR("</page>")))
            end_page(&reader);
    }
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
    static char name[] = "pdftotext", boxes[] = "-bbox-layout", encoding[] = "-enc",
                utf8[] = "UTF-8", standard[] = "-";
    char *const arguments[] = {name, boxes, encoding, utf8, standard, standard, NULL};
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
