/* A private folder for temporary files that is gone whatever happens to the work: what is unpacked
 * there are reports with names and telephone numbers. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli.h"

#define PATH_BYTES 4096
#define OPEN_FOLDERS 16
#define TRIES 8

static volatile sig_atomic_t worker;
static char scratch[PATH_BYTES];

static void
hand_on(int signal_number)
{
    if (worker > 0)
        (void)kill((pid_t)worker, signal_number);
}

/* What is ignored (by nohup, in the background of a script) stays ignored. */
static void
catch_signal(int signal_number, void (*handler)(int))
{
    struct sigaction action;

    if (sigaction(signal_number, NULL, &action) == 0 && action.sa_handler != SIG_IGN)
        (void)signal(signal_number, handler);
}

static int
remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info, (void)type, (void)walk;
    (void)remove(path);
    return 0;
}

static const char prefix[] = ".banthuek-inspect-", random_part[] = "XXXXXX";

static const char *
root(void)
{
    const char *set = getenv("TMPDIR");

    return set != NULL && set[0] == '/' ? set : "/tmp";
}

/* Holds a folder of ours as long as it is open here or in a process started from here. -1 with
 * errno: EWOULDBLOCK where another process holds it, ENOENT where it is gone. */
static int
hold(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), error = ENOENT;
    struct stat info;

    if (fd < 0)
        return -1;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        error = errno;
    else if (fstat(fd, &info) == 0 && info.st_uid == geteuid() && info.st_nlink > 0)
        return fd;
    (void)close(fd);
    errno = error;
    return -1;
}

static void
remove_folder(const char *path)
{
    (void)nftw(path, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

/* Removes what processes left that were killed together (kill -9 of a group, a power failure):
 * nobody holds it. */
static void
sweep(void)
{
    const size_t length = sizeof prefix - 1 + sizeof random_part - 1;
    DIR *dir = opendir(root());
    const struct dirent *entry;
    char path[PATH_BYTES];

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        if (strncmp(entry->d_name, prefix, sizeof prefix - 1) != 0 ||
            strlen(entry->d_name) != length ||
            snprintf(path, sizeof path, "%s/%s", root(), entry->d_name) >= PATH_BYTES)
            continue;
        int held = hold(path);
        if (held < 0)
            continue;
        remove_folder(path);
        (void)close(held);
    }
    if (dir != NULL)
        (void)closedir(dir);
}

/* Makes the folder and holds it until the end. False when there can be none; what is to be done
 * will say so itself. */
static bool
make_folder(char path[PATH_BYTES])
{
    for (int i = 0; i < TRIES; i++) {
        int len = snprintf(path, PATH_BYTES, "%s/%s%s", root(), prefix, random_part);
        if (len >= PATH_BYTES || mkdtemp(path) == NULL)
            return false;
        /* another process may have come between and be about to remove it */
        if (hold(path) >= 0 || (errno != EWOULDBLOCK && errno != ENOENT))
            return true;
    }
    return false;
}

/* The worker's own, for when there is nobody left to clean up after it. */
static void
end_worker(int signal_number)
{
    banthuek_abandon();
    (void)rmdir(scratch);
    (void)signal(signal_number, SIG_DFL);
    (void)raise(signal_number);
}

static _Noreturn void
work_there(const struct cli_args *args, cli_command *work, pid_t parent)
{
    /* where the first process is killed, nobody would wait for this one */
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        (void)raise(SIGTERM);
    int status = setenv("TMPDIR", scratch, 1) == 0 ? work(args) : CLI_SYSTEM;

    (void)rmdir(scratch);
    if (fflush(stdout) != 0 && status == CLI_GOOD)
        status = CLI_SYSTEM;
    banthuek_context_close(args->context);
    exit(status);
}

/* The status of the worker; when a signal ended it, that ends this process too. */
static int
wait_for(pid_t pid)
{
    int status = 0;

    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    worker = 0; /* its number may soon be another's */
    remove_folder(scratch);
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
    pid_t parent = getpid();
    sigset_t held, before;

    sweep();
    (void)sigemptyset(&held);
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        (void)sigaddset(&held, signals[i]);
    /* none may come between making the folder and knowing whom to hand it on to */
    (void)sigprocmask(SIG_BLOCK, &held, &before);
    if (!make_folder(scratch)) {
        (void)sigprocmask(SIG_SETMASK, &before, NULL);
        return work(args);
    }
    /* where the caller ignores it there would be no status to wait for */
    (void)signal(SIGCHLD, SIG_DFL);
    pid_t pid = fork();
    worker = pid;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
        catch_signal(signals[i], pid == 0 ? end_worker : hand_on);
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    if (pid == 0)
        work_there(args, work, parent);
    if (pid > 0)
        return wait_for(pid);
    (void)rmdir(scratch);
    cli_catch_signals();
    return work(args);
}
