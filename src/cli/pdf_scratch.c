/* A private folder for temporary files that is gone whatever happens to the work: what is unpacked
 * there are reports with names and telephone numbers. */
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"

#define PATH_BYTES 4096
#define OPEN_FOLDERS 16

static volatile sig_atomic_t worker;

static void
hand_on(int signal_number)
{
    if (worker > 0)
        (void)kill((pid_t)worker, signal_number);
}

/* What is ignored (by nohup, in the background of a script) stays ignored. */
static void
catch_signal(int signal_number)
{
    struct sigaction action;

    if (sigaction(signal_number, NULL, &action) == 0 && action.sa_handler != SIG_IGN)
        (void)signal(signal_number, hand_on);
}

static int
remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info, (void)type, (void)walk;
    (void)remove(path);
    return 0;
}

/* False when there can be none; what is to be done will say so itself. */
static bool
make_folder(char path[PATH_BYTES])
{
    const char *set = getenv("TMPDIR");
    int len = snprintf(path, PATH_BYTES, "%s/banthuek-XXXXXX",
                       set != NULL && set[0] == '/' ? set : "/tmp");

    return len < PATH_BYTES && mkdtemp(path) != NULL;
}

static _Noreturn void
work_there(const struct cli_args *args, cli_command *work, const char *folder)
{
    int status = setenv("TMPDIR", folder, 1) == 0 ? work(args) : CLI_SYSTEM;

    if (fflush(stdout) != 0 && status == CLI_GOOD)
        status = CLI_SYSTEM;
    exit(status);
}

/* The status of the worker; when a signal ended it, that ends this process too. */
static int
wait_for(pid_t pid, const char *folder)
{
    int status = 0;

    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    worker = 0; /* its number may soon be another's */
    (void)nftw(folder, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
    if (!WIFSIGNALED(status))
        return WEXITSTATUS(status);
    (void)signal(WTERMSIG(status), SIG_DFL);
    (void)raise(WTERMSIG(status));
    return CLI_SYSTEM;
}

int
cli_with_scratch(const struct cli_args *args, cli_command *work)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    char folder[PATH_BYTES];
    sigset_t held, before;

    (void)sigemptyset(&held);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        (void)sigaddset(&held, signals[i]);
    /* none may come between making the folder and knowing whom to hand it on to */
    (void)sigprocmask(SIG_BLOCK, &held, &before);
    if (!make_folder(folder)) {
        (void)sigprocmask(SIG_SETMASK, &before, NULL);
        return work(args);
    }
    /* where the caller ignores it there would be no status to wait for */
    (void)signal(SIGCHLD, SIG_DFL);
    pid_t pid = fork();
    if (pid == 0) {
        (void)sigprocmask(SIG_SETMASK, &before, NULL);
        work_there(args, work, folder);
    }
    worker = pid;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        catch_signal(signals[i]);
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    if (pid > 0)
        return wait_for(pid, folder);
    (void)rmdir(folder);
    cli_catch_signals();
    return work(args);
}
