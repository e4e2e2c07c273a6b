/* banthuek new DIR --from LAST.pdf: what reads the PDF; cli/new.c does all else. */
#include "banthuek-pdf.h"
#include "cli/cli.h"

int
cli_new_from_pdf(const struct cli_args *args)
{
    struct cli_args limits = *args;

    if (args->operand == NULL || args->from == NULL)
        return cli_wrong_usage(args, "new: name the folder to make, and last year's PDF",
                               "new: กรุณาระบุชื่อโฟลเดอร์ที่จะสร้าง และ PDF ของปีก่อน");
    limits.operand = args->from;
    cli_limit(&limits);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    bool good = banthuek_new_from_pdf(b, args->operand, args->kind, args->year, args->from,
                                      args->spreadsheet);

    cli_limit_done();
    if (good)
        cli_tell_new(args);
    return cli_end(b, args, good);
}
