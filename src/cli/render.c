/* banthuek render REPORT [-o OUT.pdf] */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

/* The length of a file's name without its ending; of "report.yaml.txt", as Notepad saves it,
 * without both. */
static size_t
without_ending(const char *name)
{
    static const char *const endings[] = {".yaml.txt", ".yml.txt", ".json.txt"};
    size_t len = strlen(name);
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t end = strlen(endings[i]);
        if (len > end && strcmp(name + len - end, endings[i]) == 0)
            return len - end;
    }
    return dot == NULL || dot == name ? len : (size_t)(dot - name);
}

/* The report's name with .pdf in place of its ending. A folder's name has none: what follows a
 * point in it belongs to the name ("อบต.หนองสมมติ"). */
bool
cli_pdf_name(const char *report, char out[CLI_PATH_MAX])
{
    size_t len = strlen(report), start;
    const char *slash;
    struct stat info;

    while (len > 1 && report[len - 1] == '/')
        len--;
    if (len >= CLI_PATH_MAX - 5)
        return false;
    memcpy(out, report, len);
    out[len] = '\0';
    slash = strrchr(out, '/');
    start = slash == NULL ? 0 : (size_t)(slash - out) + 1;
    if (strcmp(out + start, "") == 0 || strcmp(out + start, ".") == 0 ||
        strcmp(out + start, "..") == 0)
        return false;
    if (stat(out, &info) != 0 || !S_ISDIR(info.st_mode))
        len = start + without_ending(out + start);
    (void)snprintf(out + len, CLI_PATH_MAX - len, ".pdf");
    return cli_is_shown(out);
}

/* Who looks at a terminal sees that something was made, and where. */
static void
tell_made(const struct cli_args *args, const struct banthuek *b)
{
    char shown[CLI_SHOWN];
    size_t pages = banthuek_page_count(b);

    if (strcmp(args->output, "-") == 0 || isatty(STDOUT_FILENO) == 0)
        return;
    (void)banthuek_show(args->output, shown, sizeof shown);
    if (args->lang == BANTHUEK_THAI)
        (void)printf("ทำ PDF แล้ว: %s (%zu หน้า)\n", shown, pages);
    else
        (void)printf("made %s (%zu page%s)\n", shown, pages, pages == 1 ? "" : "s");
}

int
cli_render(const struct cli_args *args)
{
    char name[CLI_PATH_MAX];
    struct cli_args with_output = *args;
    struct banthuek_bytes pdf;

    if (args->operand == NULL)
        return cli_wrong_usage(args, "render: name a report", "render: กรุณาระบุแฟ้มรายงาน");
    if (args->output == NULL) {
        if (strcmp(args->operand, "-") == 0 || !cli_pdf_name(args->operand, name))
            return cli_wrong_usage(args, "render: name the PDF with -o",
                                   "render: กรุณาระบุชื่อ PDF ด้วย -o");
        with_output.output = name;
    }
    struct banthuek *b = banthuek_open(args->context, &args->options);
    bool good = banthuek_load(b, args->operand) && banthuek_render(b, &pdf) &&
                cli_put(b, &with_output, pdf);
    if (good)
        tell_made(&with_output, b);
    return cli_end(b, args, good);
}
