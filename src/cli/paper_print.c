/* banthuek print FILE.pdf [--printer NAME] …, banthuek print --list */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/paper.h"

/* ---- what it is */

static size_t
count_signed(const struct banthuek_print_document *document)
{
    size_t count = 0;

    for (size_t i = 0; i < document->signer_count; i++)
        count += document->signers[i].has_signed;
    return count;
}

/* Whom the route names and who has signed, or has not. */
static void
add_names(struct cli_text *text, const struct banthuek_print_document *document, bool has_signed)
{
    const char *between = "";

    for (size_t i = 0; i < document->signer_count; i++) {
        const struct banthuek_print_signer *signer = &document->signers[i];
        if (signer->has_signed != has_signed)
            continue;
        cli_add(text, "%s", between);
        cli_add_foreign(text, signer->name.size > 0 ? signer->name : signer->position);
        between = ", ";
    }
}

static void
add_signed(struct cli_text *text, const struct cli_args *args,
           const struct banthuek_print_document *document)
{
    size_t count = count_signed(document);
    bool all = count == document->signer_count;

    cli_add(text, "%s %zu %s %zu: ", cli_word(args, "signed by", "ลงนามแล้ว"), count,
            cli_word(args, "of", "จาก"), document->signer_count);
    add_names(text, document, true);
    if (!all) {
        cli_add(text, "%s", cli_word(args, "; not yet: ", " ยังไม่ลงนาม: "));
        add_names(text, document, false);
    }
    cli_add(text, "%s\n",
            cli_word(args, " (as the file says; banthuek verify proves it)",
                     " (ตามที่แฟ้มระบุ ตรวจได้ด้วย banthuek verify)"));
}

static void
add_kind(struct cli_text *text, const struct cli_args *args,
         const struct banthuek_print_document *document)
{
    if (!document->ours && document->signature_count > 0)
        cli_add(text, "%s\n",
                cli_word(args, "not made by banthuek; it has electronic signatures",
                         "ไม่ใช่แฟ้มที่ทำด้วย banthuek และมีลายมือชื่ออิเล็กทรอนิกส์"));
    else if (!document->ours)
        cli_add(text, "%s\n",
                cli_word(args, "without the data of banthuek inside, so nothing is known of it",
                         "ไม่มีข้อมูลของ banthuek อยู่ในแฟ้ม จึงไม่ทราบสถานะ"));
    else if (document->draft)
        cli_add(text, "%s\n",
                cli_word(args, "a DRAFT, as is stamped on each page: not to be signed",
                         "ฉบับร่าง มีคำว่า ร่าง ประทับทุกหน้า ยังลงนามไม่ได้"));
    else if (document->is_scan)
        cli_add(text, "%s\n",
                cli_word(args, "the scan of a document that was signed on paper",
                         "ฉบับสแกนของเอกสารที่ลงนามบนกระดาษแล้ว"));
    else if (count_signed(document) > 0)
        add_signed(text, args, document);
    else if (document->for_pen)
        cli_add(
            text, "%s\n",
            cli_word(args, "not signed, to be signed with a pen", "ยังไม่ลงนาม สำหรับลงนามด้วยปากกา"));
    else if (document->has_fields)
        cli_add(text, "%s\n",
                cli_word(args,
                         "not signed; it has fields to sign in with certificates (for a pen print "
                         "the report with --for-pen)",
                         "ยังไม่ลงนาม มีช่องลงลายมือชื่ออิเล็กทรอนิกส์ (ถ้าจะลงนามด้วยปากกา ให้พิมพ์จากรายงานด้วย "
                         "--for-pen)"));
    else
        cli_add(text, "%s\n", cli_word(args, "not signed", "ยังไม่ลงนาม"));
}

/* Said before anything is sent, so that nobody prints the wrong one. */
static void
tell_document(const struct cli_args *args, const struct banthuek_print_document *document)
{
    struct cli_text text = {NULL, 0, 0};
    char shown[CLI_SHOWN];

    cli_add(&text, "%s: ", banthuek_show(document->file, shown, sizeof shown));
    if (document->ours && document->title.size > 0) {
        cli_add_foreign(&text, document->title);
        cli_add(&text, ", ");
    }
    if (args->lang == BANTHUEK_THAI)
        cli_add(&text, "%zu หน้า ", document->page_count);
    else
        cli_add(&text, "%zu page%s, ", document->page_count, document->page_count == 1 ? "" : "s");
    add_kind(&text, args, document);
    (void)fputs(text.data, stdout);
    (void)fflush(stdout);
    free(text.data);
}

/* ---- the end */

static void
tell_end(const struct cli_args *args, const struct banthuek_printed *printed)
{
    static const char *const words[][2] = {
        [BANTHUEK_PRINT_DONE] = {"printed", "พิมพ์เสร็จแล้ว"},
        [BANTHUEK_PRINT_HANDED_OVER] = {"handed over", "ส่งงานแล้ว"},
        [BANTHUEK_PRINT_CANCELLED] = {"cancelled", "ยกเลิกแล้ว"},
    };
    char shown[CLI_SHOWN];

    (void)printf("%s: %s", banthuek_show(printed->printer, shown, sizeof shown),
                 words[printed->end][args->lang]);
    if (printed->job == 0) {
        (void)printf("%s\n", cli_word(args, ", before anything was sent", " ก่อนส่งงาน"));
        return;
    }
    if (printed->end != BANTHUEK_PRINT_CANCELLED && args->lang == BANTHUEK_THAI)
        (void)printf(" %zu หน้า %zu ชุด", printed->pages, printed->copies);
    else if (printed->end != BANTHUEK_PRINT_CANCELLED)
        (void)printf(", %zu page%s, %zu cop%s", printed->pages, printed->pages == 1 ? "" : "s",
                     printed->copies, printed->copies == 1 ? "y" : "ies");
    (void)printf(" (%s %u)\n", cli_word(args, "job", "งานที่"), printed->job);
}

/* ---- the command */

static struct banthuek_print_options
options_of(const struct cli_args *args, struct cli_progress *progress)
{
    return (struct banthuek_print_options){
        .struct_size = sizeof(struct banthuek_print_options),
        .printer = args->print.printer,
        .copies = args->print.copies,
        .sides = (enum banthuek_sides)args->print.sides,
        .pages = args->print.pages,
        .tray = args->print.tray,
        .wait_seconds = args->print.wait,
        .no_wait = args->print.no_wait,
        .progress = cli_progress_tell,
        .user = progress,
    };
}

static int
print(const struct cli_args *args, struct banthuek *b, const char *file)
{
    const struct banthuek_print_document *document = banthuek_print_look(b, file);
    const struct banthuek_printed *printed = NULL;
    struct cli_progress progress;

    if (document == NULL)
        return cli_end(b, args, false);
    tell_document(args, document);
    cli_progress_begin(&progress, args);
    const struct banthuek_print_options options = options_of(args, &progress);
    printed = banthuek_print(b, file, &options);
    cli_progress_end(&progress);
    if (printed != NULL)
        tell_end(args, printed);
    int status = cli_end(b, args, printed != NULL);
    if (progress.signal_number != 0) {
        (void)fflush(stdout);
        (void)signal(progress.signal_number, SIG_DFL);
        (void)raise(progress.signal_number);
    }
    return status;
}

/* Said of a file that nobody sees otherwise, for the report is named, and the job. */
static void
tell_kept(const struct cli_args *args, const char *file)
{
    char shown[CLI_SHOWN];

    (void)printf("%s: %s\n", cli_word(args, "kept as", "เก็บ PDF ไว้ที่"),
                 banthuek_show(file, shown, sizeof shown));
}

/* Renders the report for the pen, and prints that under the name that it would have as a file; with
 * -o it is kept as one. */
static int
print_report(const struct cli_args *args)
{
    char name[CLI_PATH_MAX];
    const char *file = args->output;
    struct banthuek_bytes pdf;

    if (file != NULL && strcmp(file, "-") == 0)
        return cli_wrong_usage(args, "print: -o names the file in which the PDF is kept",
                               "print: กรุณาระบุชื่อแฟ้มที่จะเก็บ PDF หลัง -o");
    if (file == NULL && !cli_pdf_name(args->operand, name))
        return cli_wrong_usage(args, "print: name the PDF with -o", "print: กรุณาระบุชื่อ PDF ด้วย -o");
    struct banthuek *report = banthuek_open(args->context, &args->options);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    bool good = banthuek_load(report, args->operand) && banthuek_render(report, &pdf) &&
                (file == NULL || banthuek_save(report, file, pdf));
    if (good)
        banthuek_add_file(b, file == NULL ? name : file, pdf);
    int status = cli_end(report, args, good);
    if (good && file != NULL)
        tell_kept(args, file);
    if (good)
        return print(args, b, file == NULL ? name : file);
    banthuek_close(b);
    return status;
}

static bool
is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

int
cli_print(const struct cli_args *args)
{
    bool for_pen = (args->options.flags & BANTHUEK_FOR_PEN) != 0;

    if (args->print.list && args->operand != NULL)
        return cli_wrong_usage(args, "print: --list takes no file", "print: --list ไม่รับแฟ้ม");
    if (args->print.list)
        return cli_printers(args);
    if (args->operand == NULL)
        return cli_wrong_usage(args, "print: name a PDF, or say --list",
                               "print: กรุณาระบุแฟ้ม PDF หรือ --list");
    if (for_pen)
        return print_report(args);
    if (args->output != NULL)
        return cli_wrong_usage(args, "print: -o goes with --for-pen",
                               "print: ใช้ -o ได้เฉพาะกับ --for-pen");
    if (is_folder(args->operand))
        return cli_wrong_usage(
            args, "print: this is a folder; make its PDF with banthuek render, or say --for-pen",
            "print: นี่คือโฟลเดอร์ กรุณาทำ PDF ก่อนด้วย banthuek render หรือใช้ --for-pen");
    cli_limit(args);
    return print(args, banthuek_open(args->context, &args->options), args->operand);
}
