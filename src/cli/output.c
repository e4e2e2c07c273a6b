/* Printing messages and results. */
#include <stdio.h>
#include <stdlib.h>
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

/* True for a line that was told before, and notes it. */
static bool
was_told(struct cli_text *told, const char *line)
{
    struct cli_text whole = {NULL, 0, 0};

    if (told->len == 0)
        cli_add(told, "\n");
    cli_add(&whole, "\n%s\n", line);
    bool found = strstr(told->data, whole.data) != NULL;
    free(whole.data);
    if (!found)
        cli_add(told, "%s\n", line);
    return found;
}

static void
print_messages(struct banthuek *b, const struct cli_args *args)
{
    for (size_t i = 0; i < banthuek_message_count(b); i++) {
        const struct banthuek_message *message = banthuek_message(b, i, args->lang);
        if (args->told == NULL || message->level == BANTHUEK_ERROR ||
            !was_told(args->told, message->text))
            (void)fprintf(stderr, "%s\n", message->text);
    }
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
