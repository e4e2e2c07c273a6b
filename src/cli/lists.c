/* banthuek filters, banthuek fields [TEMPLATE] */
#include "cli/cli.h"

int
cli_filters(const struct cli_args *args)
{
    struct banthuek_bytes text;

    if (args->operand != NULL)
        return cli_wrong_usage(args, "filters takes no argument", "filters ไม่รับอาร์กิวเมนต์");
    struct banthuek *b = banthuek_open(&args->options);
    bool good = banthuek_filters(b, args->lang, &text) && cli_put(b, args, text);
    return cli_end(b, args, good);
}

int
cli_fields(const struct cli_args *args)
{
    struct banthuek_bytes text;

    struct banthuek *b = banthuek_open(&args->options);
    bool good = banthuek_fields(b, args->operand, &text) && cli_put(b, args, text);
    return cli_end(b, args, good);
}
