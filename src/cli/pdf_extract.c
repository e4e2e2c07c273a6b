/* banthuek extract FILE.pdf [-o DIR] */
#include <stdio.h>

#include "banthuek-pdf.h"
#include "cli/cli.h"

int
cli_extract(const struct cli_args *args)
{
    const char *dir;
    char shown[CLI_SHOWN];

    if (args->operand == NULL)
        return cli_wrong_usage(args, "extract: name a PDF", "extract: กรุณาระบุแฟ้ม PDF");
    cli_limit(args);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    bool good = banthuek_extract(b, args->operand, args->output, &dir);

    if (good)
        (void)printf("%s: %s\n", cli_word(args, "the files are in", "แฟ้มอยู่ใน"),
                     banthuek_show(dir, shown, sizeof shown));
    return cli_end(b, args, good);
}
