/* banthuek scan SCAN… (--for FILE.pdf -o OUT.pdf | --archive FILE) [--code PAGE=CODE]…
 * [--incomplete] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "banthuek-paper.h"
#include "cli/archive_render.h"
#include "cli/cli.h"

struct scanning {
    const struct cli_args *args;
    time_t last;        /* when progress was shown */
    struct banthuek *b; /* that tells of the scans as a whole */
    struct banthuek_scan *scan;
    struct cli_text json;
};

/* ---- limits and progress */

/* Of each page anew: one that is hostile takes no more than a page may. */
static void
limit(const struct cli_args *args, const char *file)
{
    struct cli_args one = *args;

    one.operand = file;
    one.json = false; /* what was found out by then is no JSON */
    cli_limit(&one);
}

/* On a terminal, once a second. */
static void
begin_page(void *user, const char *file, size_t page, size_t pages)
{
    struct scanning *s = user;
    time_t now = time(NULL);
    char shown[CLI_SHOWN];

    limit(s->args, file);
    if (now == s->last || isatty(STDERR_FILENO) == 0)
        return;
    s->last = now;
    (void)fprintf(stderr, "\r%s %zu/%zu\033[K\r", banthuek_show(file, shown, sizeof shown), page,
                  pages);
    (void)fflush(stderr);
}

static void
end_progress(void)
{
    if (isatty(STDERR_FILENO) != 0)
        (void)fprintf(stderr, "\r\033[K");
}

/* ---- what became of it */

/* What was done to the pages, in a few words; nothing where they came as they should. */
static void
add_remarks(struct cli_text *out, const struct cli_args *args, const struct banthuek_scanned *done)
{
    if (!done->was_sorted)
        cli_add(out, "%s", cli_word(args, ", put in order", " จัดลำดับแล้ว"));
    if (done->turned > 0)
        cli_add(out, "%s %zu%s", cli_word(args, ", turned upright:", " หมุนให้ตั้งตรง"), done->turned,
                cli_word(args, "", " หน้า"));
    if (done->doubles > 0)
        cli_add(out, "%s %zu%s", cli_word(args, ", scanned twice:", " สแกนซ้ำ"), done->doubles,
                cli_word(args, "", " หน้า"));
    if (done->missing_count > 0)
        cli_add(out, "%s %zu%s", cli_word(args, ", missing:", " ขาด"), done->missing_count,
                cli_word(args, "", " หน้า"));
}

static void
tell_bound(const struct scanning *s, const char *name, const struct banthuek_scanned *done)
{
    struct cli_text out = {NULL, 0, 0};
    char shown[CLI_SHOWN];

    cli_add(&out, "%s: ", banthuek_show(name, shown, sizeof shown));
    if (s->args->lang == BANTHUEK_THAI)
        cli_add(&out, "ฉบับสแกน %zu จาก %zu หน้า รหัส %s", done->pages - done->missing_count,
                done->pages, done->code);
    else
        cli_add(&out, "the scan has %zu of %zu pages, code %s", done->pages - done->missing_count,
                done->pages, done->code);
    add_remarks(&out, s->args, done);
    (void)printf("%s\n", out.data);
    free(out.data);
}

static void
tell_kept(const struct scanning *s, const struct banthuek_scanned *done)
{
    char name[64];

    if (!done->is_bound)
        return;
    (void)snprintf(name, sizeof name, "%s %zu", cli_word(s->args, "entry", "รายการที่"), done->added);
    if (!done->is_new)
        (void)snprintf(name + strlen(name), sizeof name - strlen(name), " (%s)",
                       cli_word(s->args, "there already", "มีอยู่แล้ว"));
    tell_bound(s, name, done);
    (void)fflush(stdout); /* it is kept now: that is said, whatever comes next */
}

/* ---- as JSON */

static void
add_page(struct cli_text *out, const struct banthuek_scan_page *page)
{
    static const char *const states[] = {
        [BANTHUEK_SCAN_KNOWN] = "known",         [BANTHUEK_SCAN_TYPED] = "typed",
        [BANTHUEK_SCAN_BLANK] = "blank",         [BANTHUEK_SCAN_NO_CODE] = "no code",
        [BANTHUEK_SCAN_TWO_CODES] = "two codes", [BANTHUEK_SCAN_ELSEWHERE] = "elsewhere",
        [BANTHUEK_SCAN_DAMAGED] = "damaged",
    };

    cli_add_json(out, "{\"file\": ", page->file);
    cli_add(out, ", \"number\": %zu, \"state\": \"%s\"", page->number, states[page->state]);
    cli_add_json(out, ", \"code\": ", page->code);
    cli_add(out, ", \"page\": %u, \"turned\": %u}", page->page, page->turned);
}

static void
begin_json(struct scanning *s)
{
    size_t count;
    const struct banthuek_scan_page *const *pages = banthuek_scan_pages(s->scan, &count);

    cli_add(&s->json, "{\"pages\": [");
    for (size_t i = 0; i < count; i++) {
        cli_add(&s->json, i == 0 ? "\n  " : ",\n  ");
        add_page(&s->json, pages[i]);
    }
    cli_add(&s->json, "],\n\"reports\": [");
}

static void
add_report(struct scanning *s, size_t index, const struct banthuek_scanned *done, bool is_there)
{
    struct cli_text *out = &s->json;
    char *subject = strndup(done->subject.data, done->subject.size);

    if (subject == NULL)
        cli_out_of_memory(done->subject.size);
    cli_add_json(out, index == 0 ? "\n  {\"code\": " : ",\n  {\"code\": ", done->code);
    cli_add_json(out, ", \"subject\": ", subject);
    free(subject);
    cli_add(out, ", \"pages\": %zu, \"scanned\": %zu, \"missing\": [", done->pages, done->scanned);
    for (size_t i = 0; i < done->missing_count; i++)
        cli_add(out, i == 0 ? "%u" : ", %u", done->missing[i]);
    cli_add(out,
            "], \"doubles\": %zu, \"same\": %zu, \"turned\": %zu, \"was_sorted\": %s, "
            "\"bound\": %s, \"entry\": %zu, \"later\": %zu, \"added\": %zu, \"new\": %s, "
            "\"supersedes\": %zu}",
            done->doubles, done->same, done->turned, done->was_sorted ? "true" : "false",
            is_there ? "true" : "false", done->entry, done->later, done->added,
            done->is_new ? "true" : "false", done->supersedes);
}

static bool
end_json(struct scanning *s)
{
    struct cli_args plain = *s->args;

    plain.output = NULL;
    cli_add(&s->json, "]}\n");
    return cli_put_text(s->b, &plain, &s->json);
}

/* ---- the two ways */

static int
bind_one(struct scanning *s)
{
    const char *out = s->args->output;
    struct banthuek_bytes pdf;
    bool was_there = false;

    limit(s->args, s->args->scan.report);
    const struct banthuek_scanned *done =
        banthuek_scan_bind(s->b, s->scan, s->args->scan.report, &pdf);
    bool good = done != NULL && banthuek_scan_save(s->b, out, pdf, &was_there);

    if (done != NULL && s->args->json)
        add_report(s, 0, done, good);
    else if (good && strcmp(out, "-") != 0)
        tell_bound(s, out, done);
    good = (!s->args->json || end_json(s)) && good;
    return cli_end(s->b, s->args, good);
}

static bool
examine(void *user, const struct banthuek_archive_job *job,
        struct banthuek_archive_examined *examined)
{
    return cli_examine(user, job, examined);
}

/* An archive of an earlier version does not know its codes: they are found out once. */
static bool
find_codes(struct scanning *s, struct banthuek_archive *archive)
{
    struct cli_examiner *examiner = cli_examiner_open(s->args);
    const struct banthuek_archive_codes_options options = {
        .struct_size = sizeof options,
        .examine = examine,
        .user = examiner,
    };
    size_t count = 0;
    bool good = banthuek_archive_codeless(s->b, archive, &count) &&
                (count == 0 || banthuek_archive_find_codes(s->b, archive, &options, &count));

    cli_examiner_close(examiner);
    return good;
}

/* Each report with memory of its own. */
static int
keep_one(struct scanning *s, struct banthuek_archive *archive, size_t index)
{
    struct banthuek *b = banthuek_open(s->args->context, &s->args->options);

    limit(s->args, s->args->archive);
    const struct banthuek_scanned *done = banthuek_scan_keep(b, s->scan, index, archive);

    if (s->args->json)
        add_report(s, index, done, done->is_bound);
    else
        tell_kept(s, done);
    return cli_end(b, s->args, done->is_bound);
}

static int
keep(struct scanning *s)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = s->args->archive, .mode = BANTHUEK_ARCHIVE_WRITE};
    struct banthuek_archive *archive = banthuek_archive_open(s->b, &options);
    int status = CLI_GOOD;

    if (archive == NULL)
        return cli_end(s->b, s->args, false);
    if (!find_codes(s, archive)) {
        banthuek_archive_close(archive);
        return cli_end(s->b, s->args, false);
    }
    for (size_t i = 0; i < banthuek_scan_count(s->scan); i++) {
        int one = keep_one(s, archive, i);
        status = one > status ? one : status;
    }
    banthuek_archive_close(archive);
    bool all = banthuek_scan_tell_others(s->b, s->scan) == 0 &&
               banthuek_level_count(s->b, BANTHUEK_ERROR) == 0;
    all = (!s->args->json || end_json(s)) && all;
    int own = cli_end(s->b, s->args, all);
    return own > status ? own : status;
}

/* ---- */

static int
check_usage(const struct cli_args *args)
{
    bool one = args->scan.report != NULL, archive = args->archive != NULL;

    if (args->operand_count == 0)
        return cli_wrong_usage(args, "scan: name one or more scans, or a folder of them",
                               "scan: กรุณาระบุแฟ้มสแกนตั้งแต่หนึ่งแฟ้ม หรือโฟลเดอร์");
    for (size_t i = 0; i < args->operand_count; i++) {
        if (strcmp(args->operands[i], "-") == 0)
            return cli_wrong_usage(args, "scan: files are read twice; name one, not standard input",
                                   "scan: ต้องอ่านแฟ้มสองครั้ง กรุณาระบุชื่อแฟ้ม ไม่ใช่ standard input");
    }
    if (one == archive)
        return cli_wrong_usage(
            args, "scan: say with --for whose pages these are, or with --archive where to look",
            "scan: กรุณาระบุรายงานด้วย --for หรือคลังเอกสารด้วย --archive อย่างใดอย่างหนึ่ง");
    if (one && args->output == NULL)
        return cli_wrong_usage(args, "scan: name the PDF to be made with -o",
                               "scan: กรุณาระบุชื่อ PDF ที่จะทำด้วย -o");
    if (one && args->json && strcmp(args->output, "-") == 0)
        return cli_wrong_usage(args, "scan: the PDF and JSON cannot both go to standard output",
                               "scan: ส่งทั้ง PDF และ JSON ไปที่ standard output พร้อมกันไม่ได้");
    if (archive && args->output != NULL)
        return cli_wrong_usage(args, "scan: with --archive there is no -o",
                               "scan: เมื่อใช้ --archive ไม่ต้องใช้ -o");
    return CLI_GOOD;
}

int
cli_scan(const struct cli_args *args)
{
    struct scanning s = {.args = args, .last = time(NULL)};
    const struct banthuek_scan_options options = {
        .struct_size = sizeof options,
        .codes = args->scan.codes,
        .code_count = args->scan.code_count,
        .incomplete = args->scan.incomplete,
        .progress = begin_page,
        .user = &s,
    };
    int status = check_usage(args);

    if (status != CLI_GOOD)
        return status;
    limit(args, args->operand);
    s.b = banthuek_open(args->context, &args->options);
    s.scan =
        banthuek_scan_open(s.b, (const char *const *)args->operands, args->operand_count, &options);
    end_progress();
    if (s.scan == NULL)
        return cli_end(s.b, args, false);
    if (args->json)
        begin_json(&s);
    status = args->archive == NULL ? bind_one(&s) : keep(&s);
    cli_limit_done();
    banthuek_scan_close(s.scan);
    return status;
}
