/* Finds the command that was asked for, and runs it. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

/* Nothing may be allocated here. */
_Noreturn void
cli_out_of_memory(size_t size)
{
    static const char text[] = "banthuek: out of memory / หน่วยความจำไม่พอ\n";

    (void)size;
    banthuek_abandon();
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
        _exit(CLI_MEMORY);
    _exit(CLI_MEMORY);
}

struct entries {
    const struct cli_entry *all;
    size_t count;
};

static const struct cli_entry *
find(const struct entries *entries, const char *name)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (strcmp(name, entries->all[i].name) == 0)
            return &entries->all[i];
    }
    return NULL;
}

/* banthuek help COMMAND: another program knows its own commands best. */
static int
help_on(const struct entries *entries, const struct cli_args *args, char **argv)
{
    const struct cli_entry *entry = find(entries, args->operand);
    char name[64], help[] = "--help", thai[] = "--lang=th", english[] = "--lang=en";

    if (entry == NULL)
        return cli_wrong_usage(args, "no such command", "ไม่มีคำสั่งนี้");
    if (entry->program == NULL)
        return cli_help_of(args, entry);
    (void)snprintf(name, sizeof name, "%s", entry->name);
    char *own[] = {argv[0], name, help, args->lang == BANTHUEK_THAI ? thai : english, NULL};
    return cli_start(args, entry->program, own);
}

static int
run(const struct entries *entries, const struct cli_entry *entry, int argc, char **argv,
    struct cli_args *args)
{
    if (entry->program != NULL)
        return cli_start(args, entry->program, argv);
    /* getopt takes the command's name for that of the program */
    if (!cli_parse(argc - 1, argv + 1, entry, args))
        return CLI_USAGE;
    if (entry->run == cli_help && args->operand != NULL)
        return help_on(entries, args, argv);
    if (args->help)
        return cli_help_of(args, entry);
    args->context = banthuek_context_open(&args->context_options);
    int status = entry->run(args);
    banthuek_context_close(args->context);
    return status;
}

/* --lang may stand before the command: what follows looks for the command there. */
static void
put_command_first(int argc, char **argv)
{
    int at = 1;

    while (at < argc && (strcmp(argv[at], "--lang") == 0 || strncmp(argv[at], "--lang=", 7) == 0))
        at += argv[at][6] == '\0' ? 2 : 1;
    if (at >= argc)
        return;
    char *command = argv[at];
    memmove(argv + 2, argv + 1, (size_t)(at - 1) * sizeof *argv);
    argv[1] = command;
}

int
cli_main(int argc, char **argv, const struct cli_entry *list, size_t count)
{
    struct cli_args args = {.lang = cli_lang(argv),
                            .argv = argv,
                            .options.struct_size = sizeof args.options,
                            .context_options.struct_size = sizeof args.context_options};
    int status = CLI_USAGE;
    const struct entries entries = {list, count};

    cli_hold_standard();
    put_command_first(argc, argv);
    const struct cli_entry *entry = argc > 1 ? find(&entries, argv[1]) : NULL;
    banthuek_set_oom(cli_out_of_memory);
    cli_catch_signals();
    if (entry != NULL)
        status = run(&entries, entry, argc, argv, &args);
    else
        status = cli_wrong_usage(&args, argc > 1 ? "no such command" : "say what to do",
                                 argc > 1 ? "ไม่มีคำสั่งนี้" : "กรุณาระบุคำสั่ง");
    return cli_flush(&args, status);
}
