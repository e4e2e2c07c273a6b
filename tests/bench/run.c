/* Runs a command and writes what it took to a file: CPU seconds of all its processes, and the peak
 * memory of the largest in KiB. A process is told the memory of the one that started it as its own
 * peak, so this small one stands between a large one and what is measured.
 * usage: run FILE COMMAND... */
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct taken {
    double seconds;
    long memory;
};

static void
add(struct taken *taken, const struct rusage *usage)
{
    taken->seconds += (double)usage->ru_utime.tv_sec + (double)usage->ru_utime.tv_usec / 1e6 +
                      (double)usage->ru_stime.tv_sec + (double)usage->ru_stime.tv_usec / 1e6;
    if (usage->ru_maxrss > taken->memory)
        taken->memory = usage->ru_maxrss;
}

/* What the command leaves behind, as browsers do: it is waited for at most five seconds. */
static void
add_orphans(struct taken *taken)
{
    static const struct timespec pause = {.tv_nsec = 10000000};
    struct rusage usage;
    pid_t pid = 0;

    for (int i = 0; i < 500 && pid >= 0; i += pid == 0) {
        pid = wait4(-1, NULL, WNOHANG, &usage);
        if (pid > 0)
            add(taken, &usage);
        if (pid == 0)
            nanosleep(&pause, NULL);
    }
}

int
main(int argc, char **argv)
{
    struct taken taken = {0};
    struct rusage usage;
    int status;

    if (argc < 3 || prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
        return 2;
    pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    if (pid < 0)
        return 2;
    while (wait4(pid, &status, 0, &usage) < 0)
        ;
    add(&taken, &usage);
    add_orphans(&taken);
    FILE *file = fopen(argv[1], "w");
    if (!file || fprintf(file, "%.6f %ld\n", taken.seconds, taken.memory) < 0 || fclose(file) != 0)
        return 2;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
