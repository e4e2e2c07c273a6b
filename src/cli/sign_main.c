/* The program for signatures: routing, signing, verifying. */
#include "cli/cli.h"

static const struct cli_entry commands[] = {
    {"routing", cli_routing, "format", NULL, true},
};

int
main(int argc, char **argv)
{
    return cli_main(argc, argv, commands, sizeof commands / sizeof commands[0]);
}
