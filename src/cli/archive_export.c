/* banthuek archive export DIR [--no-assets] [--secret] [--format=json] */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "banthuek-archive.h"
#include "cli/archive_bag.h"
#include "cli/cli.h"

void
cli_archive_progress(void *user, size_t done, size_t total)
{
    time_t *last = user, now = time(NULL);

    if (now == *last || isatty(STDERR_FILENO) != 1)
        return;
    *last = now;
    (void)fprintf(stderr, "\r%zu/%zu ", done, total);
    if (done == total)
        (void)fprintf(stderr, "\n");
}

static void
add_counted(struct cli_text *out, const struct cli_args *args, size_t count, const char *english,
            const char *thai)
{
    if (count > 0)
        cli_add(out, "  %s %zu\n", cli_word(args, english, thai), count);
}

static void
add_text(struct cli_text *out, const struct cli_args *args,
         const struct banthuek_archive_exported *done)
{
    char shown[CLI_SHOWN];

    cli_add(out, "%s: ", banthuek_show(args->operand, shown, sizeof shown));
    if (args->lang == BANTHUEK_THAI)
        cli_add(out, "ส่งออก %zu รายการ มีเอกสาร %zu ฉบับ รวม %zu แฟ้ม\n", done->entries,
                done->documents, done->files);
    else
        cli_add(out, "%zu entries with %zu documents, %zu files\n", done->entries, done->documents,
                done->files);
    add_counted(out, args, done->removed,
                "removed earlier, without their documents:", "รายการที่ลบเอกสารไปแล้ว:");
    add_counted(out, args, done->withheld,
                "classified documents left out (--secret takes them along):",
                "เอกสารที่มีชั้นความลับ ไม่ได้ส่งออก (ถ้าต้องการใช้ --secret):");
    add_counted(out, args, done->unread,
                "could not be read and are not there:", "อ่านไม่ได้ จึงไม่มีในชุดนี้:");
    cli_add(out, "  %s %s\n", cli_word(args, "head of the chain:", "แฮชของรายการล่าสุด:"),
            done->head);
}

static void
add_json(struct cli_text *out, const struct cli_args *args,
         const struct banthuek_archive_exported *done)
{
    cli_add_json(out, "{\"folder\": ", args->operand);
    cli_add(out,
            ", \"entries\": %zu, \"documents\": %zu, \"files\": %zu, \"removed\": %zu, "
            "\"withheld\": %zu, \"unread\": %zu, \"head\": \"%s\"}\n",
            done->entries, done->documents, done->files, done->removed, done->withheld,
            done->unread, done->head);
}

static bool export(struct banthuek *b, const struct cli_args *args,
                   struct banthuek_archive *archive)
{
    time_t last = time(NULL);
    const struct banthuek_archive_export_options options = {
        .struct_size = sizeof options,
        .flags = (args->search.with_secret ? BANTHUEK_ARCHIVE_WITH_SECRET : 0) |
                 (args->search.no_assets ? BANTHUEK_ARCHIVE_NO_ASSETS : 0),
        .progress = cli_archive_progress,
        .user = &last,
    };
    const struct banthuek_archive_exported *done =
        banthuek_archive_export(b, archive, args->operand, &options);
    struct cli_text out = {NULL, 0, 0};

    if (done == NULL)
        return false;
    if (args->json)
        add_json(&out, args, done);
    else
        add_text(&out, args, done);
    return cli_put_text(b, args, &out) && done->unread == 0;
}

int
cli_archive_export(const struct cli_args *args)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = args->archive, .mode = BANTHUEK_ARCHIVE_READ};

    if (args->operand == NULL)
        return cli_wrong_usage(args, "archive export: name the folder to be written",
                               "archive export: กรุณาระบุโฟลเดอร์ที่จะเขียน");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    struct banthuek_archive *archive = banthuek_archive_open(b, &options);
    bool good = archive != NULL && export(b, args, archive);
    banthuek_archive_close(archive);
    return cli_end(b, args, good);
}
