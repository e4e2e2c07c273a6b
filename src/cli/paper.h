/* What the files of the program for paper share. */
#ifndef CLI_PAPER_H
#define CLI_PAPER_H

#include "banthuek-paper.h"
#include "cli/cli.h"

/* The table of printers. */
int cli_printers(const struct cli_args *args);

/* What a terminal shows of a job while it is printed. */
struct cli_progress {
    const struct cli_args *args;
    bool on_terminal;
    size_t shown;         /* columns of the line that stands there */
    struct cli_text told; /* what was told already, a line each */
    int signal_number;    /* that ended the waiting; 0: none did */
};

/* SIGINT and its like then cancel the job; a second one ends the program at once. */
void cli_progress_begin(struct cli_progress *progress, const struct cli_args *args);

/* For banthuek_print_options. */
bool cli_progress_tell(void *user, const struct banthuek_print_state *state);

/* Takes the line off the terminal. */
void cli_progress_end(struct cli_progress *progress);

#endif
