/* Texts that commands put together. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

void
cli_add(struct cli_text *text, const char *format, ...)
{
    va_list list, again;

    va_start(list, format);
    va_copy(again, list);
    int needed = vsnprintf(NULL, 0, format, list);
    size_t size = text->len + (size_t)(needed < 0 ? 0 : needed) + 1;
    if (size > text->size) {
        text->size = size * 2;
        text->data = realloc(text->data, text->size);
        if (text->data == NULL)
            cli_out_of_memory(text->size);
    }
    (void)vsnprintf(text->data + text->len, text->size - text->len, format, again);
    text->len = size - 1;
    va_end(again);
    va_end(list);
}

/* What a loaded text holds is cleaned: of control characters line ends and tabs are left. */
void
cli_add_json(struct cli_text *text, const char *before, const char *string)
{
    cli_add(text, string == NULL ? "%snull" : "%s\"", before);
    for (const char *at = string; at != NULL && *at != '\0'; at++)
        cli_add(text,
                *at == '"' || *at == '\\'   ? "\\%c"
                : (unsigned char)*at < 0x20 ? "\\u%04x"
                                            : "%c",
                *at);
    cli_add(text, string == NULL ? "" : "\"");
}

bool
cli_put_text(struct banthuek *b, const struct cli_args *args, struct cli_text *text)
{
    struct banthuek_bytes bytes = {text->data == NULL ? "" : text->data, text->len};
    bool good = cli_put(b, args, bytes);

    free(text->data);
    return good;
}
