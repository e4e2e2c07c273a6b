/* banthuek inspect FILE.pdf [--format=json] */
#include "banthuek-pdf.h"
#include "cli/cli.h"

static int
inspect(const struct cli_args *args)
{
    struct banthuek_bytes text;
    struct banthuek *b = banthuek_open(args->context, &args->options);
    bool good = banthuek_inspect(b, args->operand, args->lang, args->json, &text);

    cli_limit_done();
    if (!cli_put(b, args, text))
        return cli_end(b, args, false);
    if (!args->json)
        return cli_end(b, args, good);
    /* the messages stand in the JSON */
    int status = good ? CLI_GOOD : banthuek_system_failed(b) ? CLI_SYSTEM : CLI_ERRORS;
    banthuek_close(b);
    return status;
}

int
cli_inspect(const struct cli_args *args)
{
    if (args->operand == NULL)
        return cli_wrong_usage(args, "inspect: name a PDF", "inspect: กรุณาระบุแฟ้ม PDF");
    cli_limit(args);
    return cli_with_scratch(args, inspect);
}
