/* banthuek explain [CODE]: what a message's code means. */
#include "cli/cli.h"

int
cli_explain(const struct cli_args *args)
{
    struct banthuek_bytes text;
    struct banthuek *b = banthuek_open(&args->options);
    bool good = banthuek_explain(b, args->operand, args->lang, &text) && cli_put(b, args, text);

    return cli_end(b, args, good);
}
