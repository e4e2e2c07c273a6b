/* banthuek new DIR [--kind TEMPLATE] [--year Y] [--from LAST] [--spreadsheet]
 * banthuek new --rubric FILE --from YEAR --year YEAR */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cli/cli.h"

/* Pasted names bring line ends and what turns the direction of writing; such a folder would be
 * hard to name again. */
static int
odd_name(const struct cli_args *args)
{
    return cli_wrong_usage(args, "new: the name holds characters that are not to be seen; type it",
                           "new: ชื่อนี้มีอักขระที่มองไม่เห็น กรุณาพิมพ์ชื่อใหม่");
}

static int
new_rubric(const struct cli_args *args)
{
    size_t length = strlen(args->rubric);

    if (args->spreadsheet && (length < 5 || strcmp(args->rubric + length - 5, ".xlsx") != 0))
        return cli_wrong_usage(
            args, "new --rubric FILE --spreadsheet: give the file a name that ends in .xlsx",
            "new --rubric แฟ้ม --spreadsheet: กรุณาตั้งชื่อแฟ้มให้ลงท้ายด้วย .xlsx");
    if (args->operand != NULL || args->from == NULL || args->year == 0)
        return cli_wrong_usage(
            args,
            "new --rubric FILE: say from which year's rubric, and for which: --from 2566 --year "
            "2569",
            "new --rubric แฟ้ม: กรุณาระบุปีของเกณฑ์ที่ใช้เริ่มต้นและปีใหม่: --from 2566 --year 2569");
    if (!cli_is_shown(args->rubric))
        return odd_name(args);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    bool good = banthuek_new_rubric(b, args->rubric, args->kind, args->from, args->year);
    char shown[CLI_SHOWN];

    (void)banthuek_show(args->rubric, shown, sizeof shown);

    if (good)
        (void)printf("%s: %s\n%s: banthuek check %s\n",
                     cli_word(args, "ready to be compared with the publication and edited",
                              "พร้อมให้เทียบกับเอกสารที่ประกาศและแก้ไข"),
                     shown, cli_word(args, "then", "แล้วสั่ง"), shown);
    return cli_end(b, args, good);
}

void
cli_tell_new(const struct cli_args *args)
{
    char shown[CLI_SHOWN];

    (void)banthuek_show(args->operand, shown, sizeof shown);
    (void)printf("%s: %s/%s\n%s: banthuek %s %s\n",
                 args->spreadsheet ? cli_word(args, "ready to be filled in", "พร้อมให้กรอก")
                                   : cli_word(args, "ready to be edited", "พร้อมให้แก้ไข"),
                 shown, args->spreadsheet ? "report.xlsx" : "report.yaml",
                 cli_word(args, "then", "แล้วสั่ง"), args->from == NULL ? "render" : "check", shown);
}

/* By its name: whether it is one is told by what reads it. */
static bool
is_pdf(const char *path)
{
    const char *dot = path == NULL ? NULL : strrchr(path, '.');

    return dot != NULL && strcasecmp(dot, ".pdf") == 0;
}

int
cli_new(const struct cli_args *args)
{
    const char *dir = args->operand;

    if (args->rubric != NULL)
        return new_rubric(args);
    if (dir == NULL)
        return cli_wrong_usage(args, "new: name the folder to make",
                               "new: กรุณาระบุชื่อโฟลเดอร์ที่จะสร้าง");
    if (access(dir, F_OK) != 0 && !cli_is_shown(dir))
        return odd_name(args);
    if (is_pdf(args->from))
        return cli_start(args, "banthuek-pdf", args->argv);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    bool good = args->spreadsheet ? banthuek_new_form(b, dir, args->kind, args->year, args->from)
                                  : banthuek_new(b, dir, args->kind, args->year, args->from);

    if (good)
        cli_tell_new(args);
    return cli_end(b, args, good);
}
