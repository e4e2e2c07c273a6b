/* The parent: a child for each kit of fonts and emblem, which lie in its memory; jobs go to it one
 * by one through a pipe, what came of them comes back through another. */
#include "cli/archive_render.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "banthuek-archive.h"
#include "cli/archive_worker.h"
#include "cli/cli.h"

struct cli_examiner {
    const struct cli_args *args;
    pid_t child; /* 0: none */
    int to, from;
    size_t kit;
    struct worker_texts texts; /* of the last job */
};

struct cli_examiner *
cli_examiner_open(const struct cli_args *args)
{
    struct cli_examiner *examiner = calloc(1, sizeof *examiner);

    if (examiner == NULL)
        cli_out_of_memory(sizeof *examiner);
    examiner->args = args;
    return examiner;
}

/* ---- the child */

static void
free_texts(struct worker_texts *texts)
{
    for (size_t i = 0; i < WORKER_TEXTS; i++)
        free(texts->data[i]);
    *texts = (struct worker_texts){{NULL}, {0}};
}

/* How it ended. */
static int
end_child(struct cli_examiner *examiner)
{
    int status = 0;

    if (examiner->child == 0)
        return 0;
    (void)close(examiner->to);
    (void)close(examiner->from);
    while (waitpid(examiner->child, &status, 0) < 0 && errno == EINTR)
        continue;
    examiner->child = 0;
    return status;
}

void
cli_examiner_close(struct cli_examiner *examiner)
{
    (void)end_child(examiner);
    free_texts(&examiner->texts);
    free(examiner);
}

static bool
tell_no_child(const struct cli_args *args)
{
    (void)fprintf(stderr, "banthuek: %s: %s\n",
                  cli_word(args, "no process could be started to read the documents",
                           "เริ่มกระบวนการสำหรับอ่านเอกสารไม่ได้"),
                  banthuek_system_text(errno, args->lang));
    return false;
}

/* What may have hold of a document's bytes leaves no picture of its memory on the disk, and nothing
 * goes on for a parent that is gone. Of the archive it has open descriptors alone, which it never
 * touches. */
static _Noreturn void
be_child(const struct cli_examiner *examiner, const struct banthuek_archive_job *job, pid_t parent,
         const int jobs[2], const int results[2])
{
    const struct rlimit none = {0, 0};

    (void)close(jobs[1]);
    (void)close(results[0]);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)setrlimit(RLIMIT_CORE, &none);
    if (getppid() != parent)
        _exit(CLI_SYSTEM);
    worker_run(examiner->args, job, jobs[0], results[1]);
}

static bool
start_child(struct cli_examiner *examiner, const struct banthuek_archive_job *job)
{
    const pid_t parent = getpid();
    int jobs[2], results[2];

    (void)fflush(NULL);
    if (pipe(jobs) != 0)
        return tell_no_child(examiner->args);
    if (pipe(results) != 0) {
        (void)close(jobs[0]);
        (void)close(jobs[1]);
        return tell_no_child(examiner->args);
    }
    pid_t pid = fork();
    if (pid == 0)
        be_child(examiner, job, parent, jobs, results);
    (void)close(jobs[0]);
    (void)close(results[1]);
    examiner->child = pid;
    examiner->to = jobs[1];
    examiner->from = results[0];
    examiner->kit = job->kit;
    if (pid > 0)
        return true;
    examiner->child = 0;
    (void)close(jobs[1]);
    (void)close(results[0]);
    return tell_no_child(examiner->args);
}

/* Documents that need no kit are read by whatever child there is. */
static bool
have_child(struct cli_examiner *examiner, const struct banthuek_archive_job *job)
{
    if (examiner->child != 0 && job->make_again && examiner->kit != job->kit)
        (void)end_child(examiner);
    return examiner->child != 0 || start_child(examiner, job);
}

/* ---- a job */

static bool
send_job(const struct cli_examiner *examiner, const struct banthuek_archive_job *job)
{
    const struct worker_job head = {.name_size = strlen(job->name),
                                    .pdf_size = job->pdf.size,
                                    .first = job->first,
                                    .make_again = job->make_again};
    void (*before)(int) = signal(SIGPIPE, SIG_IGN); /* of one that is gone */
    bool good = worker_write(examiner->to, &head, sizeof head) &&
                worker_write(examiner->to, job->name, head.name_size) &&
                worker_write(examiner->to, job->pdf.data, job->pdf.size);

    (void)signal(SIGPIPE, before);
    return good;
}

static bool
take_result(struct cli_examiner *examiner, struct banthuek_archive_examined *out)
{
    struct worker_texts *texts = &examiner->texts;
    struct worker_result result;

    if (!worker_read(examiner->from, &result, sizeof result))
        return false;
    for (size_t i = 0; i < WORKER_TEXTS; i++) {
        texts->size[i] = result.size[i];
        texts->data[i] = malloc(texts->size[i] + 1);
        if (texts->data[i] == NULL)
            cli_out_of_memory(texts->size[i]);
        if (!worker_read(examiner->from, texts->data[i], texts->size[i]))
            return false;
    }
    *out = result.examined;
    struct banthuek_bytes *places[WORKER_TEXTS];
    worker_places(out, places);
    for (size_t i = 0; i < WORKER_TEXTS; i++)
        *places[i] = (struct banthuek_bytes){texts->data[i], texts->size[i]};
    return true;
}

/* Somebody ended the child, and meant the whole. */
static void
end_as_asked(int status)
{
    static const int meant[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

    for (size_t i = 0; WIFSIGNALED(status) && i < sizeof meant / sizeof meant[0]; i++) {
        if (WTERMSIG(status) == meant[i])
            (void)raise(meant[i]);
    }
}

static enum banthuek_archive_end
end_of(int status)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return BANTHUEK_ARCHIVE_NO_TIME;
    return WIFEXITED(status) && WEXITSTATUS(status) == CLI_MEMORY ? BANTHUEK_ARCHIVE_NO_MEMORY
                                                                  : BANTHUEK_ARCHIVE_CRASHED;
}

bool
cli_examine(struct cli_examiner *examiner, const struct banthuek_archive_job *job,
            struct banthuek_archive_examined *examined)
{
    free_texts(&examiner->texts);
    if (!have_child(examiner, job))
        return false;
    if (send_job(examiner, job) && take_result(examiner, examined))
        return true;
    int status = end_child(examiner);
    end_as_asked(status);
    *examined = (struct banthuek_archive_examined){.end = end_of(status)};
    return true;
}
