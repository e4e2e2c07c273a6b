/* The program for paper: printing, and scans of what was signed. */
#include "cli/cli.h"

static const struct cli_entry commands[] = {
    {"print", cli_print,
     "printer copies sides pages tray wait list for-pen output template emblem font-dir data-dir "
     "preprinted strict no-data",
     NULL, false},
    {"scan", cli_scan, "report-for output archive code incomplete format", NULL, true},
};

int
main(int argc, char **argv)
{
    return cli_main(argc, argv, commands, sizeof commands / sizeof commands[0]);
}
