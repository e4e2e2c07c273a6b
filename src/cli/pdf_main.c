/* The program for what reads PDFs. */
#include "cli/cli.h"

static const struct cli_entry commands[] = {
    {"inspect", cli_inspect, "data-dir emblem font-dir strict format", NULL, false},
    {"new", cli_new_from_pdf, "kind from year variant spreadsheet template data-dir", NULL, false},
    {"extract", cli_extract, "output strict", NULL, false},
};

int
main(int argc, char **argv)
{
    return cli_main(argc, argv, commands, sizeof commands / sizeof commands[0]);
}
