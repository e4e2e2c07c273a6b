/* Printing messages and results. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

bool
cli_is_shown(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL || slash[1] == '\0' ? path : slash + 1;
    char shown[CLI_SHOWN];

    return strcmp(banthuek_show(name, shown, sizeof shown), name) == 0;
}

static void
print_messages(struct banthuek *b, const struct cli_args *args)
{
    for (size_t i = 0; i < banthuek_message_count(b); i++)
        (void)fprintf(stderr, "%s\n", banthuek_message(b, i, args->lang)->text);
}

int
cli_end(struct banthuek *b, const struct cli_args *args, bool good)
{
    int status = CLI_GOOD;

    print_messages(b, args);
    if (!good)
        status = banthuek_system_failed(b) ? CLI_SYSTEM : CLI_ERRORS;
    banthuek_close(b);
    return status;
}

bool
cli_put(struct banthuek *b, const struct cli_args *args, struct banthuek_bytes bytes)
{
    return banthuek_save(b, args->output == NULL ? "-" : args->output, bytes);
}
