/* banthuek archive open ENTRY [--part NAME] [-o FILE] [--secret] */
#include <stdio.h>
#include <string.h>

#include "banthuek-archive.h"
#include "cli/cli.h"

static void
tell(const struct cli_args *args, const struct banthuek_archive_taken *taken)
{
    char shown[CLI_SHOWN];

    if (strcmp(taken->path, "-") == 0)
        return;
    (void)printf("%s: ", banthuek_show(taken->path, shown, sizeof shown));
    if (taken->was_there)
        (void)printf("%s\n", cli_word(args, "was there already, the same byte for byte",
                                      "มีอยู่แล้ว และเหมือนในคลังทุกไบต์"));
    else
        (void)printf("%s, %zu %s\n",
                     cli_word(args, "written as it was given", "เขียนแล้ว ตามที่เก็บไว้ทุกไบต์"),
                     taken->size, cli_word(args, "bytes", "ไบต์"));
}

int
cli_archive_open(const struct cli_args *args)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = args->archive, .mode = BANTHUEK_ARCHIVE_READ};
    const struct banthuek_archive_take_options take = {
        .struct_size = sizeof take,
        .flags = args->search.with_secret ? BANTHUEK_ENTRY_SECRET : 0,
        .part = args->entry.part,
        .out = args->output,
    };

    if (args->operand == NULL)
        return cli_wrong_usage(args, "archive open: name an entry, as 12",
                               "archive open: กรุณาระบุรายการ เช่น 12");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    struct banthuek_archive *archive = banthuek_archive_open(b, &options);
    const struct banthuek_archive_taken *taken =
        archive == NULL ? NULL : banthuek_archive_take(b, archive, args->operand, &take);
    if (taken != NULL)
        tell(args, taken);
    banthuek_archive_close(archive);
    return cli_end(b, args, taken != NULL);
}
