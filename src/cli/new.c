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
        (void)printf("%s: %s/report.yaml\n%s: banthuek render %s\n",
                     cli_text(args, "ready to be edited", "พร้อมให้แก้ไข"), args->operand,
                     cli_text(args, "then", "แล้วสั่ง"), args->operand);
    return cli_end(b, args, good);
}
