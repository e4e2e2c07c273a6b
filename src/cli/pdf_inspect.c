/* banthuek inspect FILE.pdf [--format=json] */
#include "banthuek-pdf.h"
#include "cli/cli.h"

int
cli_inspect(const struct cli_args *args)
{
    struct banthuek_bytes json;
    struct cli_text text = {NULL, 0, 0};

    if (args->operand == NULL)
        return cli_wrong_usage(args, "inspect: name a PDF", "inspect: กรุณาระบุแฟ้ม PDF");
    cli_limit(args);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const struct banthuek_pdf *pdf = banthuek_inspect(b, args->operand);
    bool good = pdf != NULL && banthuek_level_count(b, BANTHUEK_ERROR) == 0;

    if (args->json)
        banthuek_inspect_json(b, args->operand, pdf, args->lang, &json);
    else if (pdf != NULL)
        cli_add_pdf(&text, args, pdf);
    cli_limit_done();
    if (!(args->json ? cli_put(b, args, json) : cli_put_text(b, args, &text)))
        return cli_end(b, args, false);
    if (!args->json)
        return cli_end(b, args, good);
    /* the messages stand in the JSON */
    int status = good ? CLI_GOOD : banthuek_system_failed(b) ? CLI_SYSTEM : CLI_ERRORS;
    banthuek_close(b);
    return status;
}
