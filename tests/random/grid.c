/* A template of tables: columns of all widths, down to that of a letter, with rows in the report or
 * in a CSV file beside it. */
#include <stdio.h>
#include <string.h>

#include "random/random.h"

#define COLUMNS 6

static const char head[] = "<memo title=\"ตาราง\"><section orientation=\"%s\">{{บทนำ}}\n"
                           "<table columns=\"%s\" split-rows=\"%s\"><tbody>{{#แถว}}<tr>";

static void
put_template(struct making *making, uint32_t columns, const bool *many)
{
    static const char *const widths[] = {"0.7cm", "1cm", "1.6cm", "3cm", "1*", "2*", "auto"};
    static const char *const justify[] = {"fit", "word", "none"};
    struct report *report = making->report;
    struct buf list = buf_in(report->arena);

    for (uint32_t i = 0; i < columns; i++) /* the first one takes what is left */
        buf_printf(&list, "%s%s", i == 0 ? "" : " ",
                   i == 0 ? "1*"
                          : widths[make_below(making, making->maker->hostile ? 7 : 5) +
                                   (making->maker->hostile ? 0 : 2)]);
    report->style = buf_in(report->arena);
    buf_printf(&report->style, "justify: %s\n", justify[make_below(making, 3)]);
    report->template = buf_in(report->arena);
    report->schema = buf_in(report->arena);
    buf_printf(&report->template, head, make_hit(making, 50) ? "portrait" : "landscape",
               str_cstr(report->arena, buf_str(&list)), make_hit(making, 50) ? "yes" : "no");
    buf_text(
        &report->schema,
        "fields:\n  บทนำ: {type: paragraphs}\n  แถว:\n    type: list\n    item:\n      type: map\n"
        "      fields:\n");
    for (uint32_t i = 0; i < columns; i++) {
        buf_printf(&report->template, "<td>{{ช่อง%u}}</td>", i);
        buf_printf(&report->schema, "        ช่อง%u: {type: %s, lines: yes}\n", i,
                   many[i] ? "paragraphs" : "text");
    }
    buf_text(&report->template, "</tr>{{/แถว}}</tbody></table></section></memo>\n");
}

/* A cell of CSV, or a field of the report. */
static void
cell(struct making *making, const char *name, bool many)
{
    struct said said = said_in(making->report->arena);
    unsigned paragraphs = many ? 1 + make_below(making, 3) : 1;

    making->maker->lines = true;
    for (unsigned i = 0; i < paragraphs; i++) {
        if (i > 0)
            buf_text(&said.in, "\n\n");
        say_words(making->maker, DIGITS_TYPED, &said);
    }
    making->maker->lines = false;
    report_want(making->report, name, buf_str(&said.out));
    if (making->report->table.arena == NULL) {
        data_text(&making->data, name, buf_str(&said.in));
        return;
    }
    buf_byte(&making->report->table, '"');
    for (size_t i = 0; i < said.in.len; i++) {
        if (said.in.ptr[i] == '"')
            buf_byte(&making->report->table, '"');
        buf_byte(&making->report->table, said.in.ptr[i]);
    }
    buf_byte(&making->report->table, '"');
}

static void
put_row(struct making *making, uint32_t columns, const bool *many)
{
    bool is_table = making->report->table.arena != NULL;

    if (!is_table)
        data_open(&making->data, NULL, '{');
    for (uint32_t i = 0; i < columns; i++) {
        if (is_table && i > 0)
            buf_byte(&making->report->table, ',');
        cell(making, arena_printf(making->report->arena, "ช่อง%u", i), many[i]);
    }
    if (is_table)
        buf_text(&making->report->table, "\r\n");
    else
        data_close(&making->data, '}');
}

void
grid_make(struct making *making)
{
    struct report *report = making->report;
    uint32_t columns = 1 + make_below(making, COLUMNS), rows = 1 + make_below(making, 8);
    bool many[COLUMNS];

    for (uint32_t i = 0; i < columns; i++)
        many[i] = make_hit(making, 40);
    put_template(making, columns, many);
    report_want(report, "บทนำ", make_paragraphs(making, "บทนำ", DIGITS_TYPED, NULL));
    if (make_hit(making, 40)) {
        report->table = buf_in(report->arena);
        for (uint32_t i = 0; i < columns; i++)
            buf_printf(&report->table, "%sช่อง%u", i == 0 ? "" : ",", i);
        buf_text(&report->table, "\r\n");
        data_open(&making->data, "ข้อมูล", '{');
        data_text(&making->data, "แถว", STR("rows.csv"));
        data_close(&making->data, '}');
    } else {
        data_open(&making->data, "แถว", '[');
    }
    for (uint32_t i = 0; i < rows; i++)
        put_row(making, columns, many);
    if (report->table.arena == NULL)
        data_close(&making->data, ']');
}
