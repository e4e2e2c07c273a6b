/* Printing messages and results. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

void
cli_print_messages(struct banthuek *b, const struct cli_args *args, bool to_output)
{
    FILE *file = to_output ? stdout : stderr;
    size_t count = banthuek_message_count(b), total = 0;

    for (size_t i = 0; i < count; i++)
        (void)fprintf(file, "%s\n", banthuek_message(b, i, args->lang).text);
    for (int level = BANTHUEK_NOTE; level <= BANTHUEK_ERROR; level++)
        total += banthuek_level_count(b, (enum banthuek_level)level);
    if (total > count)
        (void)fprintf(file, "… +%zu\n", total - count);
}

int
cli_end(struct banthuek *b, const struct cli_args *args, bool good)
{
    int status = CLI_GOOD;

    cli_print_messages(b, args, false);
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
