/* banthuek dump --stage=STAGE REPORT */
#include <string.h>

#include "cli/cli.h"

static const char *const stage_names[] = {"data",  "template", "document",
                                          "lines", "pages",    "canonical"};

static bool
find_stage(const char *name, enum banthuek_stage *out)
{
    for (size_t i = 0; i < sizeof stage_names / sizeof stage_names[0]; i++) {
        if (strcmp(name, stage_names[i]) == 0) {
            *out = (enum banthuek_stage)i;
            return true;
        }
    }
    return false;
}

int
cli_dump(const struct cli_args *args)
{
    enum banthuek_stage stage;
    struct banthuek_bytes text;

    if (args->stage == NULL || !find_stage(args->stage, &stage))
        return cli_wrong_usage(
            args, "dump: --stage is data, template, document, lines, pages or canonical",
            "dump: --stage คือ data, template, document, lines, pages หรือ canonical");
    if (args->operand == NULL)
        return cli_wrong_usage(args, "dump: name a report", "dump: กรุณาระบุแฟ้มรายงาน");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    bool good =
        banthuek_load(b, args->operand) && banthuek_dump(b, stage, &text) && cli_put(b, args, text);
    return cli_end(b, args, good);
}
