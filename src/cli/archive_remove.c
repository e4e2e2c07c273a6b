/* banthuek archive remove ENTRY… --reason TEXT [--who NAME] [--early], and
 * archive keep ENTRY… (--years N | --for-ever) [--reason TEXT] [--who NAME] */
#include <pwd.h>
#include <stdio.h>
#include <unistd.h>

#include "banthuek-archive.h"
#include "cli/archive_text.h"
#include "cli/cli.h"

static struct banthuek_archive *
open_archive(struct banthuek *b, const struct cli_args *args)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = args->archive, .mode = BANTHUEK_ARCHIVE_WRITE};

    return banthuek_archive_open(b, &options);
}

/* Who does it: as was said, else as the system calls who runs this. */
static const char *
who_of(const struct cli_args *args)
{
    const struct passwd *user = args->entry.who == NULL ? getpwuid(getuid()) : NULL;

    return args->entry.who != NULL ? args->entry.who : user == NULL ? NULL : user->pw_name;
}

/* Does it to each of the entries that are named, one after the other, with messages of its own. */
static int
for_each(const struct cli_args *args, bool (*act)(struct banthuek *b, const struct cli_args *args,
                                                  struct banthuek_archive *archive))
{
    struct cli_args one = *args;
    int status = CLI_GOOD;

    struct banthuek *own = banthuek_open(args->context, &args->options);
    struct banthuek_archive *archive = open_archive(own, args);
    for (size_t i = 0; i < args->operand_count && archive != NULL; i++) {
        one.operand = args->operands[i];
        struct banthuek *b = banthuek_open(args->context, &args->options);
        bool good = act(b, &one, archive);
        (void)fflush(stdout); /* it is done: that is said, whatever comes next */
        int ended = cli_end(b, args, good);
        status = ended > status ? ended : status;
    }
    bool opened = archive != NULL;
    banthuek_archive_close(archive);
    int ended = cli_end(own, args, opened);
    return ended > status ? ended : status;
}

/* ---- keep */

static bool
keep(struct banthuek *b, const struct cli_args *args, struct banthuek_archive *archive)
{
    const struct banthuek_archive_keep_wish wish = {
        .struct_size = sizeof wish,
        .years = args->entry.years,
        .for_ever = args->entry.for_ever,
        .reason = args->number.reason,
        .who = who_of(args),
    };
    const struct banthuek_archive_kept *kept =
        banthuek_archive_keep(b, archive, args->operand, &wish);
    struct cli_text out = {NULL, 0, 0};

    if (kept == NULL)
        return false;
    cli_add(&out, "%s %zu%s ", cli_word(args, "entry", "รายการที่"), kept->entry,
            cli_word(args, " is kept", " เก็บไว้"));
    cli_archive_kept(&out, args, kept->retention);
    if (kept->note == 0)
        cli_add(&out, "%s\n", cli_word(args, ", as it was before", " ตามเดิม"));
    else
        cli_add(&out, "%s %zu%s\n", cli_word(args, " (noted as entry", " (บันทึกเป็นรายการที่"),
                kept->note, ")");
    return cli_put_text(b, args, &out);
}

int
cli_archive_keep(const struct cli_args *args)
{
    if (args->operand == NULL)
        return cli_wrong_usage(args, "archive keep: name one or more entries, as 12",
                               "archive keep: กรุณาระบุรายการตั้งแต่หนึ่งรายการ เช่น 12");
    return for_each(args, keep);
}

/* ---- remove */

static void
add_same(struct cli_text *out, const struct cli_args *args,
         const struct banthuek_archive_gone *gone)
{
    for (size_t i = 0; i < gone->same_count; i++) {
        cli_add(out, "%s%zu",
                i > 0 ? ", "
                      : cli_word(args, "  the document itself stays as entry ",
                                 "  ตัวเอกสารยังอยู่ เพราะมีในรายการที่ "),
                gone->same[i].entry);
        cli_archive_text(out, "@", gone->same[i].archive);
    }
    cli_add(out, "%s", gone->same_count > 0 ? "\n" : "");
}

/* What is true of other entries now; `was` is the document as it stood there. */
static void
add_others(struct cli_text *out, const struct cli_args *args,
           const struct banthuek_archive_entry *was)
{
    for (size_t i = 0; i < was->earlier_count; i++) {
        cli_add(out, "  %s %zu ", cli_word(args, "entry", "รายการที่"), was->earlier[i]);
        if (was->document.newer > 0)
            cli_add(out, "%s %zu\n", cli_word(args, "is replaced by", "มีฉบับใหม่คือรายการที่"),
                    was->document.newer);
        else
            cli_add(out, "%s\n", cli_word(args, "is the newest version again", "กลับเป็นฉบับล่าสุด"));
    }
    if (was->number_entry > 0)
        cli_add(out, "  %s %zu\n",
                cli_word(args, "its number stays in the register, with its subject: entry",
                         "เลขทะเบียนส่งและเรื่องยังอยู่ในทะเบียน รายการที่"),
                was->number_entry);
}

static void
add_gone(struct cli_text *out, const struct cli_args *args,
         const struct banthuek_archive_gone *gone, const struct banthuek_archive_entry *was)
{
    bool shown = was->document.secret.size == 0 || args->search.with_secret;

    cli_add(out, "%s %zu", cli_word(args, "removed: entry", "ลบแล้ว: รายการที่"), gone->entry);
    cli_archive_text(out, " · ", shown ? was->document.file : (struct banthuek_bytes){"", 0});
    cli_archive_text(out, " · ", shown ? was->document.subject : (struct banthuek_bytes){"", 0});
    if (args->lang == BANTHUEK_THAI)
        cli_add(out,
                "\n  สิ่งที่ลบ: แฟ้ม %zu แฟ้ม (%zu ไบต์) ข้อความที่ใช้ค้น และข้อมูลของเอกสาร\n"
                "  สิ่งที่ยังอยู่: เลขรายการ เวลา แฮช และรายการที่ %zu ซึ่งบอกวันที่ เหตุผล และผู้ลบ\n",
                gone->files, gone->size, gone->by);
    else
        cli_add(
            out,
            "\n  gone: %zu %s (%zu bytes), the text that was searched, what was known of it\n"
            "  what stays: number, time and hash of the entry, and entry %zu, which tells when it "
            "was removed, why and by whom\n",
            gone->files, gone->files == 1 ? "file" : "files", gone->size, gone->by);
    add_same(out, args, gone);
    add_others(out, args, was);
}

/* What stood there is asked before: afterwards nobody knows. */
static bool
take_out(struct banthuek *b, const struct cli_args *args, struct banthuek_archive *archive)
{
    const struct banthuek_archive_remove_wish wish = {
        .struct_size = sizeof wish,
        .flags = args->entry.early ? BANTHUEK_ARCHIVE_EARLY : 0,
        .reason = args->number.reason,
        .who = who_of(args),
    };
    const struct banthuek_archive_entry *was =
        banthuek_archive_show(b, archive, args->operand, BANTHUEK_ENTRY_SECRET);
    const struct banthuek_archive_gone *gone =
        was == NULL ? NULL : banthuek_archive_remove(b, archive, args->operand, &wish);
    struct cli_text out = {NULL, 0, 0};

    if (gone == NULL)
        return false;
    add_gone(&out, args, gone, was);
    return cli_put_text(b, args, &out);
}

int
cli_archive_remove(const struct cli_args *args)
{
    if (args->operand == NULL)
        return cli_wrong_usage(args, "archive remove: name one or more entries, as 12",
                               "archive remove: กรุณาระบุรายการตั้งแต่หนึ่งรายการ เช่น 12");
    return for_each(args, take_out);
}
