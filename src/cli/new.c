/* banthuek new DIR [--kind TEMPLATE] [--year Y] [--from LAST.yaml]
 * banthuek new --rubric FILE --from YEAR --year YEAR */
#include <stdio.h>

#include "cli/cli.h"

static int
new_rubric(const struct cli_args *args)
{
    if (args->operand != NULL || args->from == NULL || args->year == 0)
        return cli_wrong_usage(
            args,
            "new --rubric FILE: say from which year's rubric, and for which: --from 2566 --year "
            "2569",
            "new --rubric แฟ้ม: กรุณาระบุปีของเกณฑ์ที่ใช้เริ่มต้นและปีใหม่: --from 2566 --year 2569");
    struct banthuek *b = banthuek_open(&args->options);
    bool good = banthuek_new_rubric(b, args->rubric, args->kind, args->from, args->year);

    if (good)
        (void)printf("%s: %s\n%s: banthuek check %s\n",
                     cli_text(args, "ready to be compared with the publication and edited",
                              "พร้อมให้เทียบกับเอกสารที่ประกาศและแก้ไข"),
                     args->rubric, cli_text(args, "then", "แล้วสั่ง"), args->rubric);
    return cli_end(b, args, good);
}

int
cli_new(const struct cli_args *args)
{
    if (args->rubric != NULL)
        return new_rubric(args);
    if (args->operand == NULL)
        return cli_wrong_usage(args, "new: name the folder to make",
                               "new: กรุณาระบุชื่อโฟลเดอร์ที่จะสร้าง");
    struct banthuek *b = banthuek_open(&args->options);
    bool good = banthuek_new(b, args->operand, args->kind, args->year, args->from);

    if (good)
        (void)printf("%s: %s/report.yaml\n%s: banthuek %s %s\n",
                     cli_text(args, "ready to be edited", "พร้อมให้แก้ไข"), args->operand,
                     cli_text(args, "then", "แล้วสั่ง"), args->from == NULL ? "render" : "check",
                     args->operand);
    return cli_end(b, args, good);
}
