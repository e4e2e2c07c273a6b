/* The program: its commands, some of which are programs of their own. */
#include "cli/cli.h"

static const struct cli_entry commands[] = {
    {"render", cli_render,
     "output template emblem font-dir data-dir preprinted draft strict profile no-data no-fields "
     "for-pen",
     NULL, false},
    {"check", cli_check,
     "template emblem font-dir data-dir preprinted strict profile no-data no-fields for-pen "
     "format figures",
     NULL, false},
    {"dump", cli_dump,
     "output stage template emblem font-dir data-dir preprinted draft strict no-fields for-pen",
     NULL, false},
    {"breaks", cli_breaks, "output emergency", NULL, false},
    {"filters", cli_filters, "output", NULL, false},
    {"fields", cli_fields, "output template data-dir format", NULL, false},
    {"new", cli_new, "kind from rubric year variant spreadsheet template data-dir", NULL, false},
    {"explain", cli_explain, "output", NULL, false},
    {"inspect", NULL, NULL, "banthuek-pdf", false},
    {"extract", NULL, NULL, "banthuek-pdf", false},
    {"routing", NULL, NULL, "banthuek-sign", false},
    {"verify", NULL, NULL, "banthuek-sign", false},
    {"sign", NULL, NULL, "banthuek-sign", false},
    {"archive", NULL, NULL, "banthuek-archive", false},
    {"print", NULL, NULL, "banthuek-paper", false},
    {"scan", NULL, NULL, "banthuek-paper", false},
    {"help", cli_help, "", NULL, false},
    {"version", cli_version, "", NULL, false},
    {"--help", cli_help, "", NULL, false},
    {"-h", cli_help, "", NULL, false},
    {"--version", cli_version, "", NULL, false},
};

int
main(int argc, char **argv)
{
    return cli_main(argc, argv, commands, sizeof commands / sizeof commands[0]);
}
