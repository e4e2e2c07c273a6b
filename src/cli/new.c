/* banthuek new DIR [--kind TEMPLATE] [--year Y] [--from LAST.yaml] */
#include <stdio.h>

#include "cli/cli.h"

int
cli_new(const struct cli_args *args)
{
    if (args->operand == NULL)
        return cli_wrong_usage(args, "new: name the folder to make",
                               "new: กรุณาระบุชื่อโฟลเดอร์ที่จะสร้าง");
    struct banthuek *b = banthuek_open(&args->options);
    bool good = banthuek_new(b, args->operand, args->kind, args->year, args->from);

    if (good)
        (void)printf(cli_text(args, "%s/report.yaml is ready; edit it, then: banthuek render %s\n",
                              "สร้าง %s/report.yaml แล้ว แก้ไขแฟ้มนี้ แล้วสั่ง: banthuek render %s\n"),
                     args->operand, args->operand);
    return cli_end(b, args, good);
}
