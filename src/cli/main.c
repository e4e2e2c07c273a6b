/* The program: its commands, some of which are programs of their own. */
#include "cli/cli.h"

static const struct cli_entry commands[] = {
    {"render", cli_render,
     "output template emblem font-dir data-dir preprinted draft strict profile no-data", NULL},
    {"check", cli_check,
     "template emblem font-dir data-dir preprinted strict profile no-data format figures", NULL},
    {"dump", cli_dump, "output stage template emblem font-dir data-dir preprinted draft strict",
     NULL},
    {"breaks", cli_breaks, "output emergency", NULL},
    {"filters", cli_filters, "output", NULL},
    {"fields", cli_fields, "output template data-dir format", NULL},
    {"new", cli_new, "kind from rubric year variant spreadsheet template data-dir", NULL},
    {"explain", cli_explain, "output", NULL},
    {"inspect", NULL, NULL, "banthuek-pdf"},
    {"extract", NULL, NULL, "banthuek-pdf"},
    {"help", cli_help, "", NULL},
    {"version", cli_version, "", NULL},
    {"--help", cli_help, "", NULL},
    {"-h", cli_help, "", NULL},
    {"--version", cli_version, "", NULL},
};

int
main(int argc, char **argv)
{
    return cli_main(argc, argv, commands, sizeof commands / sizeof commands[0]);
}
