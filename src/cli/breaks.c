/* banthuek breaks [FILE]: break places in plain text. */
#include "cli/cli.h"

int
cli_breaks(const struct cli_args *args)
{
    struct banthuek_bytes marked;
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const char *path = args->operand == NULL ? "-" : args->operand;
    bool good = banthuek_breaks_file(b, path, args->emergency ? BANTHUEK_EMERGENCY : 0, &marked) &&
                cli_put(b, args, marked);

    return cli_end(b, args, good);
}
