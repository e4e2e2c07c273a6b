/* banthuek check REPORT: the messages are its output. */
#include <stdio.h>

#include "cli/cli.h"

int
cli_check(const struct cli_args *args)
{
    if (args->operand == NULL)
        return cli_wrong_usage(args, "check: name a report", "check: กรุณาระบุแฟ้มรายงาน");
    struct banthuek *b = banthuek_open(&args->options);
    bool good = banthuek_load(b, args->operand) && banthuek_check(b);
    size_t errors = banthuek_level_count(b, BANTHUEK_ERROR);
    size_t warnings = banthuek_level_count(b, BANTHUEK_WARNING);

    cli_print_messages(b, args, true);
    if (args->lang == BANTHUEK_THAI)
        (void)printf("%s: ผิดพลาด %zu ข้อ เตือน %zu ข้อ\n", args->operand, errors, warnings);
    else
        (void)printf("%s: errors: %zu, warnings: %zu\n", args->operand, errors, warnings);
    int status = good ? CLI_GOOD : banthuek_system_failed(b) ? CLI_SYSTEM : CLI_ERRORS;
    banthuek_close(b);
    return status;
}
