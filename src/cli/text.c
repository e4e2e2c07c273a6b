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

/* Bytes of a letter in UTF-8 (Unicode, table 3-7); 0: it is none, as names of files may have. */
static int
letter_len(const char *at)
{
    const unsigned char *byte = (const unsigned char *)at;
    unsigned first = byte[0];
    int len = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;

    for (int i = 1; i < len; i++) {
        if ((byte[i] & 0xC0) != 0x80)
            return 0;
    }
    bool is_wrong = len > 1 && ((first == 0xE0 && byte[1] < 0xA0) || (first == 0xED && byte[1] > 0x9F) ||
                                (first == 0xF0 && byte[1] < 0x90) || (first == 0xF4 && byte[1] > 0x8F));
    return is_wrong ? 0 : len;
}

/* What a loaded text holds is cleaned: of control characters line ends and tabs are left. */
void
cli_add_json(struct cli_text *text, const char *before, const char *string)
{
    cli_add(text, string == NULL ? "%snull" : "%s\"", before);
    for (const char *at = string; at != NULL && *at != '\0';) {
        int len = letter_len(at);
        if (len == 0)
            cli_add(text, "\\ufffd");
        else if ((unsigned char)*at < 0x20)
            cli_add(text, "\\u%04x", *at);
        else
            cli_add(text, *at == '"' || *at == '\\' ? "\\%.*s" : "%.*s", len, at);
        at += len == 0 ? 1 : len;
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
