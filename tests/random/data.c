/* Writes a report as YAML or as JSON. */
#include <string.h>

#include "random/random.h"

static void
begin(struct data *data, const char *key)
{
    if (data->is_json && !data->first)
        buf_byte(data->out, ',');
    if (!data->is_json || data->depth > 0)
        buf_byte(data->out, '\n');
    for (int i = 1; i < data->depth; i++)
        buf_text(data->out, "  ");
    data->first = false;
    if (key == NULL)
        buf_text(data->out, data->is_json ? "" : "-");
    else
        buf_printf(data->out, data->is_json ? "\"%s\":" : "%s:", key);
}

void
data_open(struct data *data, const char *key, char bracket)
{
    if (data->depth > 0)
        begin(data, key);
    if (data->is_json)
        buf_byte(data->out, bracket);
    data->first = true;
    data->depth++;
}

void
data_close(struct data *data, char bracket)
{
    data->depth--;
    data->first = false;
    if (data->is_json)
        buf_byte(data->out, bracket);
    if (data->depth == 0)
        buf_byte(data->out, '\n');
}

static void
quoted(struct data *data, struct str text)
{
    buf_byte(data->out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '"' || c == '\\')
            buf_byte(data->out, '\\');
        if (c == '\n')
            buf_text(data->out, "\\n");
        else if ((unsigned char)c < ' ')
            buf_printf(data->out, "\\u%04X", (unsigned)c);
        else
            buf_byte(data->out, c);
    }
    buf_byte(data->out, '"');
}

/* As "|" writes it: every line indented. */
static void
block(struct data *data, struct str text)
{
    struct str line;

    buf_byte(data->out, '|');
    while (str_line(&text, &line)) {
        buf_byte(data->out, '\n');
        for (int i = 0; line.len > 0 && i < data->depth; i++)
            buf_text(data->out, "  ");
        buf_add(data->out, line);
    }
}

void
data_text(struct data *data, const char *key, struct str text)
{
    begin(data, key);
    buf_byte(data->out, ' ');
    bool special = memchr(text.ptr, '\v', text.len) != NULL || memchr(text.ptr, '\f', text.len);
    if (!data->is_json && text.len > 0 && !special && rng_hit(&data->maker->rng, 70))
        block(data, text);
    else
        quoted(data, text);
}

void
data_plain(struct data *data, const char *key, const char *value)
{
    begin(data, key);
    buf_printf(data->out, " %s", value);
}
