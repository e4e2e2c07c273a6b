/* banthuek print --list */
#include <stdio.h>
#include <string.h>

#include "cli/paper.h"
#include "cli/table.h"

static const char *
state_of(const struct cli_args *args, const struct banthuek_printer *printer)
{
    static const char *const words[][2] = {
        [BANTHUEK_PRINTER_UNKNOWN] = {"?", "?"},
        [BANTHUEK_PRINTER_IDLE] = {"ready", "พร้อม"},
        [BANTHUEK_PRINTER_PRINTING] = {"printing", "กำลังพิมพ์"},
        [BANTHUEK_PRINTER_STOPPED] = {"stopped", "หยุดอยู่"},
    };

    if (!printer->accepts)
        return cli_word(args, "takes no jobs", "ไม่รับงาน");
    return words[printer->state][args->lang];
}

static struct banthuek_bytes
bytes_of(const char *text)
{
    return (struct banthuek_bytes){text, strlen(text)};
}

/* What is wrong, and the printer's own words where it has any. */
static void
add_troubles(struct cli_table *table, const struct cli_args *args,
             const struct banthuek_printer *printer)
{
    const char *between = "";

    for (size_t i = 0; i < printer->reason_count; i++) {
        if (printer->reasons[i].level == BANTHUEK_NOTE)
            continue;
        cli_table_text(table, between);
        cli_table_shown(table, bytes_of(printer->reasons[i].text[args->lang]));
        between = "; ";
    }
    if (printer->said[0] != '\0' && printer->state == BANTHUEK_PRINTER_STOPPED) {
        cli_table_text(table, between);
        cli_table_shown(table, bytes_of(printer->said));
    }
    cli_table_next(table);
}

static void
add_printer(struct cli_table *table, const struct cli_args *args,
            const struct banthuek_printer *printer)
{
    char waiting[32];

    cli_table_text(table, printer->is_default ? "* " : "  ");
    cli_table_shown(table, bytes_of(printer->name));
    cli_table_next(table);
    cli_table_text(table, state_of(args, printer));
    cli_table_next(table);
    (void)snprintf(waiting, sizeof waiting, "%zu", printer->waiting);
    cli_table_text(table, waiting);
    cli_table_next(table);
    cli_table_shown(table, bytes_of(printer->place));
    cli_table_next(table);
    cli_table_shown(table, bytes_of(printer->info[0] != '\0' ? printer->info : printer->model));
    cli_table_next(table);
    add_troubles(table, args, printer);
}

int
cli_printers(const struct cli_args *args)
{
    static const char *const headings[][2] = {
        {"  printer", "  เครื่องพิมพ์"}, {"state", "สถานะ"},
        {"waiting", "งานที่รอ"},       {"place", "ที่ตั้ง"},
        {"about", "รายละเอียด"},      {"what is wrong", "ปัญหา"},
    };
    const size_t columns = sizeof headings / sizeof headings[0];
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const struct banthuek_printers *printers = banthuek_printers(b);
    struct cli_table table;

    if (printers != NULL && printers->count > 0) {
        cli_table_begin(&table, columns, 1u << 2);
        for (size_t i = 0; i < columns; i++) {
            cli_table_text(&table, cli_word(args, headings[i][0], headings[i][1]));
            cli_table_next(&table);
        }
        for (size_t i = 0; i < printers->count; i++)
            add_printer(&table, args, &printers->list[i]);
        cli_table_end(&table);
    }
    return cli_end(b, args, printers != NULL);
}
