#include "cli/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define GAP 2         /* columns of the terminal between cells */
#define LEAST_ROOM 20 /* of the last cell, however narrow the terminal is */

void
cli_table_begin(struct cli_table *table, size_t columns, unsigned right)
{
    struct winsize size;
    size_t cells = CLI_TABLE_BLOCK * columns;

    *table = (struct cli_table){.columns = columns, .right = right};
    if (isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        table->room = size.ws_col;
    table->from = calloc(cells + 1, sizeof *table->from);
    table->wide = calloc(cells, sizeof *table->wide);
    if (table->from == NULL || table->wide == NULL)
        cli_out_of_memory(cells * sizeof *table->from);
}

static void
add(struct cli_table *table, const char *text, size_t len)
{
    if (table->len + len + 1 > table->size) {
        table->size = 2 * (table->len + len + 1);
        table->text = realloc(table->text, table->size);
        if (table->text == NULL)
            cli_out_of_memory(table->size);
    }
    memcpy(table->text + table->len, text, len);
    table->len += len;
    table->text[table->len] = '\0';
}

void
cli_table_text(struct cli_table *table, const char *text)
{
    add(table, text, strlen(text));
}

void
cli_table_shown(struct cli_table *table, struct banthuek_bytes text)
{
    char plain[CLI_SHOWN / 2], shown[CLI_SHOWN];
    size_t size = text.size < sizeof plain ? text.size : sizeof plain - 1;

    memcpy(plain, text.data, size);
    plain[size] = '\0';
    cli_table_text(table, banthuek_show(plain, shown, sizeof shown));
}

static size_t
columns_of(const char *text, size_t len)
{
    return banthuek_columns((struct banthuek_bytes){text, len});
}

/* How many bytes of a text are within `room`. */
static size_t
fitting(const char *text, size_t len, size_t room)
{
    while (len > 0 && columns_of(text, len) > room) {
        len--;
        while (len > 0 && (text[len] & 0xC0) == 0x80)
            len--;
    }
    return len;
}

static void
put_blanks(size_t count)
{
    static const char blanks[] = "                                ";

    for (size_t some; count > 0; count -= some) {
        some = count < sizeof blanks - 1 ? count : sizeof blanks - 1;
        (void)fwrite(blanks, 1, some, stdout);
    }
}

static void
put_last(const struct cli_table *table, const char *text, size_t len, size_t used)
{
    size_t room = table->room > used + LEAST_ROOM ? table->room - used : LEAST_ROOM;
    bool cut = table->room > 0 && columns_of(text, len) > room;

    (void)fwrite(text, 1, cut ? fitting(text, len, room - 1) : len, stdout);
    (void)fputs(cut ? "…\n" : "\n", stdout);
}

static void
put_line(const struct cli_table *table, size_t line)
{
    size_t used = 0;

    for (size_t i = 0; i < table->columns; i++) {
        size_t cell = line * table->columns + i, blanks = table->width[i] - table->wide[cell];
        const char *text = table->text + table->from[cell];
        size_t len = table->from[cell + 1] - table->from[cell];
        bool right = (table->right >> i & 1) != 0;
        if (i + 1 == table->columns) {
            put_last(table, text, len, used);
            break;
        }
        put_blanks(right ? blanks : 0);
        (void)fwrite(text, 1, len, stdout);
        put_blanks(right ? GAP : blanks + GAP);
        used += table->width[i] + GAP;
    }
}

static void
put_lines(struct cli_table *table)
{
    for (size_t line = 0; line < table->count / table->columns; line++)
        put_line(table, line);
    table->count = table->len = 0;
}

void
cli_table_next(struct cli_table *table)
{
    size_t from = table->from[table->count], column = table->count % table->columns;

    if (table->len == from)
        cli_table_text(table, "–");
    size_t wide = columns_of(table->text + from, table->len - from);
    table->wide[table->count++] = wide;
    table->from[table->count] = table->len;
    if (wide > table->width[column])
        table->width[column] = wide;
    if (table->count == CLI_TABLE_BLOCK * table->columns)
        put_lines(table);
}

void
cli_table_end(struct cli_table *table)
{
    put_lines(table);
    free(table->text);
    free(table->from);
    free(table->wide);
}
