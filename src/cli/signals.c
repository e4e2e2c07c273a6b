/* What a signal that ends the program leaves behind: nothing. */
#include <signal.h>
#include <stddef.h>

#include "cli/cli.h"

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU};

#define SIGNAL_COUNT (sizeof signals / sizeof signals[0])

/* Ends by the same signal, so that whoever waits for the program sees what happened. */
static void
end_by(int signal_number)
{
    banthuek_abandon();
    (void)signal(signal_number, SIG_DFL);
    (void)raise(signal_number);
}

void
cli_catch_signals(void)
{
    struct sigaction action = {.sa_handler = end_by}, before;

    (void)sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < SIGNAL_COUNT; i++)
        (void)sigaddset(&action.sa_mask, signals[i]);
    for (size_t i = 0; i < SIGNAL_COUNT; i++) {
        /* what is ignored (by nohup, in the background of a script) stays ignored */
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            (void)sigaction(signals[i], &action, NULL);
    }
    /* a limit of file size is an error of writing, which removes what it began */
    (void)signal(SIGXFSZ, SIG_IGN);
}
