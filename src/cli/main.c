/* Finds the command and runs it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

static const struct {
    const char *name;
    cli_command *run;
    const char *options; /* besides --lang and --help */
} commands[] = {
    {"render", cli_render,
     "output template emblem font-dir data-dir preprinted draft strict profile no-data"},
    {"check", cli_check, "template data-dir strict format"},
    {"dump", cli_dump, "output stage template emblem font-dir data-dir preprinted draft strict"},
    {"breaks", cli_breaks, "output emergency"},
    {"filters", cli_filters, "output"},
    {"fields", cli_fields, "output template data-dir"},
    {"new", cli_new, "kind from rubric year spreadsheet template data-dir"},
    {"explain", cli_explain, "output"},
    {"help", cli_help, ""},
    {"version", cli_version, ""},
    {"--help", cli_help, ""},
    {"--version", cli_version, ""},
};

/* Nothing may be allocated here. */
static void
out_of_memory(size_t size)
{
    static const char text[] = "banthuek: out of memory / หน่วยความจำไม่พอ\n";

    (void)size;
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
        _exit(CLI_MEMORY);
    _exit(CLI_MEMORY);
}

static int
run(size_t index, int argc, char **argv, struct cli_args *args)
{
    /* getopt takes the command's name for that of the program */
    if (!cli_parse(argc - 1, argv + 1, commands[index].options, args))
        return CLI_USAGE;
    if (args->help)
        return cli_help(args);
    return commands[index].run(args);
}

int
main(int argc, char **argv)
{
    struct cli_args args = {.lang = cli_locale_lang()};
    int status = CLI_USAGE;
    bool found = false;

    banthuek_set_oom(out_of_memory);
    for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(argv[1], commands[i].name) == 0) {
            status = run(i, argc, argv, &args);
            found = true;
        }
    }
    if (!found)
        status = cli_wrong_usage(&args, argc > 1 ? "no such command" : "say what to do",
                                 argc > 1 ? "ไม่มีคำสั่งนี้" : "กรุณาระบุคำสั่ง");
    if (fflush(stdout) != 0 && status == CLI_GOOD) {
        (void)fprintf(stderr, "banthuek: %s\n", strerror(errno));
        status = CLI_SYSTEM;
    }
    return status;
}
