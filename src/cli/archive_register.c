/* banthuek archive register next|void|list|print */
#include <stdio.h>
#include <string.h>

#include "banthuek-archive.h"
#include "cli/archive_text.h"
#include "cli/cli.h"

#define REPORT_NAME "register.json" /* of the report that is printed, in memory */

int
cli_archive_register(const struct cli_args *args)
{
    return cli_wrong_usage(
        args, "archive register: say next, void, list or print",
        "archive register: กรุณาระบุ next (ออกเลข) void (ยกเลิก) list (แสดง) หรือ print (พิมพ์)");
}

static struct banthuek_archive *
open_archive(struct banthuek *b, const struct cli_args *args, enum banthuek_archive_mode mode)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = args->archive, .mode = mode};

    return banthuek_archive_open(b, &options);
}

/* ---- next */

/* Texts of the library end with a NUL that is not counted. */
static void
add_number_json(struct cli_text *out, const struct banthuek_archive_number *number)
{
    cli_add(out, "{\"number\": %zu, \"year\": %d", number->number, number->year);
    cli_add_json(out, ", \"date\": ", number->date.data);
    cli_add_json(out, ", \"shown\": ", number->shown.data);
    cli_add_json(out, ", \"agency\": ", number->agency.data);
    cli_add(out, ", \"entry\": %zu, \"filled\": %s}\n", number->entry,
            number->filled ? "true" : "false");
}

static bool
tell_number(struct banthuek *b, const struct cli_args *args,
            const struct banthuek_archive_number *number)
{
    struct cli_args to_screen = *args;
    struct cli_text out = {0};

    to_screen.output = NULL;
    if (args->json) {
        add_number_json(&out, number);
        return cli_put_text(b, &to_screen, &out);
    }
    cli_add(&out, "%s %zu %s %d", cli_word(args, "number", "เลขทะเบียนส่ง"), number->number,
            cli_word(args, "of", "ปี"), number->year);
    cli_archive_text(&out, cli_word(args, " · dated ", " · ลงวันที่ "), number->date);
    cli_archive_text(&out, cli_word(args, " · ", " · ที่ "), number->shown);
    cli_archive_text(&out, " · ", number->agency);
    cli_add(&out, "\n");
    return cli_put_text(b, &to_screen, &out);
}

int
cli_register_next(const struct cli_args *args)
{
    const struct banthuek_archive_number_wish wish = {.struct_size = sizeof wish,
                                                      .agency = args->search.agency,
                                                      .date = args->sign.date,
                                                      .first = args->number.first,
                                                      .subject = args->subject,
                                                      .to = args->number.to,
                                                      .file = args->number.file,
                                                      .out = args->output};

    if (args->operand != NULL)
        return cli_wrong_usage(args, "archive register next: name the report with --for",
                               "archive register next: กรุณาระบุรายงานด้วย --for");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    struct banthuek_archive *archive = open_archive(b, args, BANTHUEK_ARCHIVE_CREATE);
    const struct banthuek_archive_number *number =
        archive == NULL ? NULL : banthuek_archive_register_next(b, archive, &wish);
    bool good = number != NULL && tell_number(b, args, number) && number->filled;
    banthuek_archive_close(archive);
    return cli_end(b, args, good);
}

/* ---- void */

int
cli_register_void(const struct cli_args *args)
{
    if (args->operand_count != 1)
        return cli_wrong_usage(args, "archive register void: name one number",
                               "archive register void: กรุณาระบุเลขหนึ่งเลข");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    struct banthuek_archive *archive = open_archive(b, args, BANTHUEK_ARCHIVE_WRITE);
    bool good = archive != NULL &&
                banthuek_archive_register_void(b, archive, args->search.agency, args->year,
                                               args->operand, args->number.reason);
    banthuek_archive_close(archive);
    if (good)
        (void)printf("%s\n", cli_word(args, "the number is void", "ยกเลิกเลขแล้ว"));
    return cli_end(b, args, good);
}

/* ---- list */

static void
add_documents(struct cli_text *out, const struct cli_args *args,
              const struct banthuek_archive_register_row *row)
{
    for (size_t i = 0; i < row->document_count; i++)
        cli_add(out, "%s%zu", i > 0 ? ", " : cli_word(args, " · entry ", " · รายการที่ "),
                row->documents[i]);
    if (row->document_count > 1)
        cli_add(out, "%s", cli_word(args, " have the same number", " ใช้เลขเดียวกัน กรุณาตรวจ"));
}

static void
add_row(struct cli_text *out, const struct cli_args *args,
        const struct banthuek_archive_register_row *row)
{
    static const char *const states[][2] = {
        [BANTHUEK_NUMBER_GIVEN] = {"not used yet", "ยังไม่ใช้"},
        [BANTHUEK_NUMBER_USED] = {"used", "ใช้แล้ว"},
        [BANTHUEK_NUMBER_VOID] = {"void", "ยกเลิก"},
    };

    cli_add(out, "%zu", row->number);
    cli_archive_text(out, " · ", row->date);
    cli_add(out, " · %s", cli_word(args, states[row->state][0], states[row->state][1]));
    cli_archive_text(out, ": ", row->reason);
    add_documents(out, args, row);
    cli_archive_text(out, " · ", row->shown);
    cli_archive_text(out, " · ", row->secret);
    cli_archive_text(out, " · ", row->subject);
    cli_archive_text(out, cli_word(args, " · to ", " · ถึง "), row->to);
    cli_add(out, "\n");
}

static void
add_gap(struct cli_text *out, const struct cli_args *args,
        const struct banthuek_archive_register_gap *gap)
{
    if (gap->from == gap->to)
        cli_add(out, "%zu", gap->from);
    else
        cli_add(out, "%zu – %zu", gap->from, gap->to);
    cli_add(out, " · %s\n", cli_word(args, "never given", "ไม่ได้ออกเลข"));
}

static void
add_list(struct cli_text *out, const struct cli_args *args,
         const struct banthuek_archive_register *list)
{
    size_t gap = 0;

    cli_archive_text(out, "", list->agency);
    cli_add(out, " · %s%d\n", cli_word(args, "", "ปี "), list->year);
    for (size_t i = 0; i < list->count; i++) {
        while (gap < list->gap_count && list->gaps[gap].from < list->rows[i].number)
            add_gap(out, args, &list->gaps[gap++]);
        add_row(out, args, &list->rows[i]);
    }
    cli_add(out, "%s %zu", cli_word(args, "given", "ออกเลขแล้ว"), list->count);
    cli_add(out, "%s %zu", cli_word(args, ": used", " เลข: ใช้แล้ว"), list->used);
    cli_add(out, "%s %zu", cli_word(args, ", not used yet", " ยังไม่ใช้"), list->given);
    cli_add(out, "%s %zu\n", cli_word(args, ", void", " ยกเลิก"), list->voids);
}

static bool
print_list(struct banthuek *b, const struct cli_args *args,
           const struct banthuek_archive_register *list)
{
    struct cli_text out = {0};
    struct banthuek_bytes json;

    if (args->json) {
        banthuek_archive_register_json(b, list, &json);
        return cli_put(b, args, json);
    }
    add_list(&out, args, list);
    return cli_put_text(b, args, &out);
}

static const struct banthuek_archive_register *
read_list(struct banthuek *b, const struct cli_args *args)
{
    struct banthuek_archive *archive = open_archive(b, args, BANTHUEK_ARCHIVE_READ);
    const struct banthuek_archive_register *list =
        archive == NULL
            ? NULL
            : banthuek_archive_register_list(b, archive, args->search.agency, args->year);

    banthuek_archive_close(archive);
    return list;
}

int
cli_register_list(const struct cli_args *args)
{
    if (args->operand != NULL)
        return cli_wrong_usage(args, "archive register list: takes no file",
                               "archive register list: ไม่ต้องระบุแฟ้ม");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const struct banthuek_archive_register *list = read_list(b, args);
    bool good = list != NULL && print_list(b, args, list);

    return cli_end(b, args, good);
}

/* ---- print */

/* The report is rendered by an object of its own, so that its messages do not stand among those of
 * the archive. */
static int
render(const struct cli_args *args, struct banthuek_bytes report, const char *out)
{
    struct banthuek_options options = args->options;

    options.flags |= BANTHUEK_PREPRINTED | BANTHUEK_NO_FIELDS;
    struct banthuek *b = banthuek_open(args->context, &options);
    struct banthuek_bytes pdf;
    banthuek_add_file(b, REPORT_NAME, report);
    bool good = banthuek_load(b, REPORT_NAME) && banthuek_check(b) && banthuek_render(b, &pdf) &&
                banthuek_save(b, out, pdf);
    return cli_end(b, args, good);
}

int
cli_register_print(const struct cli_args *args)
{
    char own[64];

    if (args->operand != NULL)
        return cli_wrong_usage(args, "archive register print: name the PDF with -o",
                               "archive register print: กรุณาระบุชื่อ PDF ด้วย -o");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const struct banthuek_archive_register *list = read_list(b, args);
    struct banthuek_bytes report;
    int status = CLI_GOOD;
    if (list != NULL) {
        banthuek_archive_register_report(b, list, &report);
        (void)snprintf(own, sizeof own, "register-%d.pdf", list->year);
        status = render(args, report, args->output == NULL ? own : args->output);
    }
    int other = cli_end(b, args, list != NULL);
    return other > status ? other : status;
}
