/* The program for signatures: routing, signing, verifying. */
#include "cli/cli.h"

static const struct cli_entry commands[] = {
    {"routing", cli_routing, "format", NULL, true},
    {"verify", cli_verify, "trust at fetch fetch-local no-compare data-dir emblem font-dir format",
     NULL, false},
    {"sign", cli_sign,
     "output out-dir preview as opinion name position acting number date hand key pkcs11 token "
     "key-id key-command cert chain secret-file secret-fd pss incomplete-chain tsa level "
     "lesser-level renew "
     "out-of-order continue as-shown name-differs other-font emblem font-dir data-dir",
     NULL, true},
};

int
main(int argc, char **argv)
{
    return cli_main(argc, argv, commands, sizeof commands / sizeof commands[0]);
}
