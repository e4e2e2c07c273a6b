/* banthuek archive import DIR… [--format=json] */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "banthuek-archive.h"
#include "cli/archive_bag.h"
#include "cli/cli.h"

static const char *
what_of(const struct cli_args *args, enum banthuek_archive_import_what what)
{
    switch (what) {
    case BANTHUEK_ARCHIVE_RESTORED:
        return cli_word(args, "restored: the archive is the exported one now",
                        "กู้คืนแล้ว คลังนี้คือคลังที่ส่งออกไว้");
    case BANTHUEK_ARCHIVE_TAKEN:
        return cli_word(args, "taken in as an archive of its own", "นำเข้าแล้ว แยกเป็นคลังย่อย");
    case BANTHUEK_ARCHIVE_CONTINUED:
        return cli_word(args, "what is new of it was taken in", "นำเข้าส่วนที่เพิ่มขึ้นแล้ว");
    default:
        return cli_word(args, "all of it was here, nothing is changed", "มีครบอยู่แล้ว ไม่มีอะไรเปลี่ยน");
    }
}

static const char *
word_of(enum banthuek_archive_import_what what)
{
    static const char *const words[] = {
        [BANTHUEK_ARCHIVE_UNCHANGED] = "unchanged",
        [BANTHUEK_ARCHIVE_RESTORED] = "restored",
        [BANTHUEK_ARCHIVE_TAKEN] = "taken",
        [BANTHUEK_ARCHIVE_CONTINUED] = "continued",
    };

    return words[what];
}

static void
add_text(struct cli_text *out, const struct cli_args *args, const char *folder,
         const struct banthuek_archive_imported *done)
{
    char shown[CLI_SHOWN];

    cli_add(out, "%s: %s\n", banthuek_show(folder, shown, sizeof shown), what_of(args, done->what));
    cli_add(out, "  ");
    cli_add_foreign(out, done->name);
    if (args->lang == BANTHUEK_THAI)
        cli_add(out, " · เพิ่ม %zu รายการ มีเอกสาร %zu ฉบับ", done->entries, done->documents);
    else
        cli_add(out, " · %zu new entries with %zu documents", done->entries, done->documents);
    if (done->archives > 0)
        cli_add(out, "%s %zu", cli_word(args, ", archives inside:", " มีคลังย่อยข้างใน"),
                done->archives);
    if (done->withheld > 0)
        cli_add(out, "%s %zu",
                cli_word(args, ", documents that were left out of it:", " เอกสารที่ชุดนี้ไม่ได้ใส่มา"),
                done->withheld);
    cli_add(out, "\n  %s %s\n", cli_word(args, "head of its chain:", "แฮชของรายการล่าสุด:"),
            done->head);
}

static void
add_json(struct cli_text *out, const char *folder, const struct banthuek_archive_imported *done)
{
    char name[CLI_SHOWN / 8];
    size_t size = done->name.size < sizeof name ? done->name.size : sizeof name - 1;

    memcpy(name, done->name.data, size);
    name[size] = '\0';
    cli_add_json(out, "{\"folder\": ", folder);
    cli_add(out, ", \"what\": \"%s\", \"archive\": \"%s\"", word_of(done->what), done->id);
    cli_add_json(out, ", \"name\": ", name);
    cli_add(out,
            ", \"entries\": %zu, \"documents\": %zu, \"withheld\": %zu, \"archives\": %zu, "
            "\"entry\": %zu, \"head\": \"%s\"}\n",
            done->entries, done->documents, done->withheld, done->archives, done->entry,
            done->head);
}

/* One bag, with memory of its own: whole or not at all. */
static int
import(const struct cli_args *args, struct banthuek_archive *archive, const char *folder)
{
    time_t last = time(NULL);
    const struct banthuek_archive_import_options options = {
        .struct_size = sizeof options,
        .flags = args->operand_count > 1 ? BANTHUEK_ARCHIVE_NO_RESTORE : 0,
        .progress = cli_archive_progress,
        .user = &last,
    };
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const struct banthuek_archive_imported *done =
        banthuek_archive_import(b, archive, folder, &options);
    struct cli_text out = {NULL, 0, 0};

    if (done == NULL)
        return cli_end(b, args, false);
    if (args->json)
        add_json(&out, folder, done);
    else
        add_text(&out, args, folder, done);
    bool good = cli_put_text(b, args, &out);
    (void)fflush(stdout); /* it is there now: that is said, whatever comes next */
    return cli_end(b, args, good);
}

int
cli_archive_import(const struct cli_args *args)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = args->archive, .mode = BANTHUEK_ARCHIVE_CREATE};
    int status = CLI_GOOD;

    if (args->operand == NULL)
        return cli_wrong_usage(args, "archive import: name one or more folders that were exported",
                               "archive import: กรุณาระบุโฟลเดอร์ที่ส่งออกไว้ตั้งแต่หนึ่งโฟลเดอร์");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    struct banthuek_archive *archive = banthuek_archive_open(b, &options);
    if (archive == NULL)
        return cli_end(b, args, false);
    for (size_t i = 0; i < args->operand_count; i++) {
        int one = import(args, archive, args->operands[i]);
        status = one > status ? one : status;
    }
    banthuek_archive_close(archive);
    int own = cli_end(b, args, true);
    return own > status ? own : status;
}
