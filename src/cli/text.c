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

void
cli_add_json(struct cli_text *text, const char *before, const char *string)
{
    cli_add(text, string == NULL ? "%snull" : "%s\"", before);
    for (size_t len; string != NULL && *string != '\0'; string += len) {
        char one[5] = "", shown[16];
        for (len = 0; len == 0 || (len < 4 && ((unsigned char)string[len] & 0xC0) == 0x80); len++)
            one[len] = string[len];
        (void)banthuek_show(one, shown, sizeof shown);
        if (*one == '"' || *one == '\\')
            cli_add(text, "\\%s", one);
        else if (strncmp(shown, "<U+", 3) == 0)
            cli_add(text, "\\u%.4s", shown + 3);
        else
            cli_add(text, "%s", shown);
    }
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
