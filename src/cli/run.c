/* Finds the command that was asked for, and runs it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

/* Nothing may be allocated here. */
static void
out_of_memory(size_t size)
{
    static const char text[] = "banthuek: out of memory / หน่วยความจำไม่พอ\n";

    (void)size;
    banthuek_abandon();
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
        _exit(CLI_MEMORY);
    _exit(CLI_MEMORY);
}

static int
run(const struct cli_entry *entry, int argc, char **argv, struct cli_args *args)
{
    if (entry->program != NULL)
        return cli_start(args, entry->program, argv);
    /* getopt takes the command's name for that of the program */
    if (!cli_parse(argc - 1, argv + 1, entry->options, args))
        return CLI_USAGE;
    if (args->help)
        return cli_help(args);
    return entry->run(args);
}

int
cli_main(int argc, char **argv, const struct cli_entry *entries, size_t count)
{
    struct cli_args args = {.lang = cli_lang(argv)};
    int status = CLI_USAGE;
    bool found = false;

    banthuek_set_oom(out_of_memory);
    cli_catch_signals();
    for (size_t i = 0; argc > 1 && i < count; i++) {
        if (strcmp(argv[1], entries[i].name) == 0) {
            status = run(&entries[i], argc, argv, &args);
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
