/* banthuek archive add FILE… [--archive FILE] [--agency …] */
#include <stdio.h>

#include "banthuek-archive.h"
#include "cli/cli.h"

/* What became of a document, in a line. */
static void
tell(const struct cli_args *args, const char *file, const struct banthuek_archive_added *added)
{
    char shown[CLI_SHOWN];

    (void)printf("%s: ", banthuek_show(file, shown, sizeof shown));
    (void)printf("%s %zu",
                 added->is_new ? cli_word(args, "kept as entry", "เก็บแล้ว เป็นรายการที่")
                               : cli_word(args, "there already, as entry", "มีอยู่แล้ว เป็นรายการที่"),
                 added->entry);
    if (added->supersedes > 0)
        (void)printf("%s %zu", cli_word(args, ", in place of", " แทนรายการที่"), added->supersedes);
    if (added->newer > 0)
        (void)printf("%s %zu", cli_word(args, "; a newer one is", " โดยมีฉบับที่ใหม่กว่าคือรายการที่"),
                     added->newer);
    (void)printf("\n");
    (void)fflush(stdout); /* it is kept now: that is said, whatever comes next */
}

/* One document, with memory of its own. */
static int
add(const struct cli_args *args, struct banthuek_archive *archive, const char *file)
{
    const struct banthuek_archive_given given = {
        .struct_size = sizeof given,
        .flags = args->search.with_secret ? BANTHUEK_ARCHIVE_SECRET : 0,
        .year = args->year,
        .agency = args->search.agency,
        .number = args->sign.number,
        .date = args->sign.date,
        .subject = args->subject,
    };
    struct cli_args one = *args;

    one.operand = file;
    cli_limit(&one);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const struct banthuek_archive_added *added = banthuek_archive_add(b, archive, file, &given);
    cli_limit_done();
    if (added != NULL)
        tell(args, file, added);
    return cli_end(b, args, added != NULL);
}

int
cli_archive_add(const struct cli_args *args)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = args->archive, .mode = BANTHUEK_ARCHIVE_CREATE};
    int status = CLI_GOOD;

    if (args->operand == NULL)
        return cli_wrong_usage(args, "archive add: name one or more files",
                               "archive add: กรุณาระบุแฟ้มตั้งแต่หนึ่งแฟ้ม");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    struct banthuek_archive *archive = banthuek_archive_open(b, &options);
    if (archive == NULL)
        return cli_end(b, args, false);
    for (size_t i = 0; i < args->operand_count; i++) {
        int one = add(args, archive, args->operands[i]);
        status = one > status ? one : status;
    }
    banthuek_archive_close(archive);
    int own = cli_end(b, args, true);
    return own > status ? own : status;
}
