/* banthuek verify FILE.pdf [--trust PATH]… [--at TIME] [--fetch] [--format=json] */
#include "banthuek-sign.h"
#include "cli/cli.h"

static const struct banthuek_verified *
verify(struct banthuek *b, const struct cli_args *args)
{
    const struct cli_verify_args *given = &args->verify;
    const struct banthuek_verify_options options = {
        .struct_size = sizeof options,
        .flags = (given->no_compare ? BANTHUEK_VERIFY_NO_COMPARE : 0U) |
                 (given->fetch ? BANTHUEK_VERIFY_FETCH : 0U) |
                 (given->fetch_local ? BANTHUEK_VERIFY_FETCH | BANTHUEK_VERIFY_FETCH_LOCAL : 0U),
        .trust = given->trust,
        .trust_count = given->trust_count,
        .at = given->at,
    };

    return banthuek_verify(b, args->operand, &options);
}

static int
status_of(enum banthuek_verdict verdict)
{
    return verdict == BANTHUEK_VERDICT_GOOD  ? CLI_GOOD
           : verdict == BANTHUEK_VERDICT_BAD ? CLI_ERRORS
                                             : CLI_CANNOT_TELL;
}

int
cli_verify(const struct cli_args *args)
{
    struct banthuek_bytes json;
    struct cli_text text = {NULL, 0, 0};

    if (args->operand == NULL)
        return cli_wrong_usage(args, "verify: name a PDF", "verify: กรุณาระบุแฟ้ม PDF");
    cli_limit(args);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const struct banthuek_verified *verified = verify(b, args);
    int status = verified == NULL ? CLI_ERRORS : status_of(verified->verdict);

    if (args->json)
        banthuek_verify_json(b, args->operand, verified, args->lang, &json);
    else if (verified != NULL)
        cli_add_verified(&text, args, verified);
    cli_limit_done();
    if (!(args->json ? cli_put(b, args, json) : cli_put_text(b, args, &text)))
        return cli_end(b, args, false);
    if (verified == NULL && banthuek_system_failed(b))
        status = CLI_SYSTEM;
    if (!args->json)
        (void)cli_end(b, args, true);
    else
        banthuek_close(b); /* the messages stand in the JSON */
    return status;
}
