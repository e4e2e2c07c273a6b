/* The figures of a report beside what the figures below them make, as a table for a terminal
 * and as JSON. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

#define GAP 2 /* columns between cells */

enum cell_index { CELL_NAME, CELL_GIVEN, CELL_COMPUTED, CELL_DIFFERENCE, CELL_MARK, CELL_COUNT };

struct row {
    const char *cell[CELL_COUNT];
    const char *tail; /* of the name */
};

struct table {
    enum banthuek_lang lang;
    size_t before[CELL_COUNT]; /* widest before the point, and from it on */
    size_t after[CELL_COUNT];
};

static const char *const headings[][2] = {
    {"figure", "คะแนน"}, {"given", "ที่ให้ไว้"}, {"computed", "ที่คำนวณได้"}, {"difference", "ต่างกัน"}};

static const char *const marks[][2] = {[BANTHUEK_FIGURE_OPEN] = {"", ""},
                                       [BANTHUEK_FIGURE_AGREES] = {"ok", "ตรง"},
                                       [BANTHUEK_FIGURE_DIFFERS] = {"✗", "✗"},
                                       [BANTHUEK_FIGURE_BELOW] = {"✗ see above", "✗ ดูข้างบน"},
                                       [BANTHUEK_FIGURE_ACCEPTED] = {"accepted", "ยอมรับแล้ว"}};

static const char *const parts[] = {", mean of its parts", " เฉลี่ยจากส่วนย่อย"};

static size_t
columns(const char *text, size_t len)
{
    return banthuek_columns((struct banthuek_bytes){text, len});
}

static struct row
heading_of(enum banthuek_lang lang)
{
    struct row row = {.cell = {[CELL_MARK] = ""}, .tail = ""};

    for (int i = CELL_NAME; i <= CELL_DIFFERENCE; i++)
        row.cell[i] = headings[i][lang];
    return row;
}

static struct row
row_of(const struct banthuek_figure *figure, enum banthuek_lang lang)
{
    const char *none = "–";

    return (struct row){
        .cell = {figure->name, figure->given == NULL ? none : figure->given,
                 figure->computed == NULL ? none : figure->computed,
                 figure->difference == NULL ? none : figure->difference,
                 marks[figure->state][lang]},
        .tail = figure->of_parts ? parts[lang] : "",
    };
}

static size_t
point_of(const char *cell)
{
    return strcspn(cell, ".");
}

static size_t
name_columns(const struct row *row)
{
    return columns(row->cell[CELL_NAME], strlen(row->cell[CELL_NAME])) +
           columns(row->tail, strlen(row->tail));
}

static void
measure(struct table *table, const struct row *row)
{
    for (int i = CELL_GIVEN; i <= CELL_DIFFERENCE; i++) {
        size_t point = point_of(row->cell[i]);
        size_t before = columns(row->cell[i], point);
        size_t after = columns(row->cell[i] + point, strlen(row->cell[i]) - point);
        if (before > table->before[i])
            table->before[i] = before;
        if (after > table->after[i])
            table->after[i] = after;
    }
    if (name_columns(row) > table->before[CELL_NAME])
        table->before[CELL_NAME] = name_columns(row);
}

/* Makes room for headings wider than what stands below them. */
static void
widen(struct table *table, const struct row *heading)
{
    for (int i = CELL_GIVEN; i <= CELL_DIFFERENCE; i++) {
        size_t width = columns(heading->cell[i], strlen(heading->cell[i]));
        if (width > table->before[i] + table->after[i])
            table->before[i] = width - table->after[i];
    }
    if (name_columns(heading) > table->before[CELL_NAME])
        table->before[CELL_NAME] = name_columns(heading);
}

static void
print_blanks(size_t count)
{
    (void)printf("%*s", (int)count, "");
}

/* Numbers stand with their points below each other, headings at the right of their column. Returns
 * the blanks that the cell is to be followed by. */
static size_t
print_cell(const struct table *table, const char *cell, int index, bool heading)
{
    size_t width = table->before[index] + table->after[index];
    size_t own = columns(cell, strlen(cell)), left = width > own ? width - own : 0, right = 0;

    if (!heading) {
        left = table->before[index] - columns(cell, point_of(cell));
        right = width - left - own;
    }
    print_blanks(left);
    (void)fputs(cell, stdout);
    return right;
}

/* No blanks at the end of a line. */
static void
print_row(const struct table *table, const struct row *row, bool heading)
{
    size_t blanks = table->before[CELL_NAME] - name_columns(row);

    (void)printf("%s%s", row->cell[CELL_NAME], row->tail);
    for (int i = CELL_GIVEN; i <= CELL_DIFFERENCE; i++) {
        print_blanks(blanks + GAP);
        blanks = print_cell(table, row->cell[i], i, heading);
    }
    if (*row->cell[CELL_MARK] != '\0') {
        print_blanks(blanks + GAP);
        (void)fputs(row->cell[CELL_MARK], stdout);
    }
    (void)putchar('\n');
}

void
cli_print_figures(const struct banthuek_figure *const *figures, size_t count,
                  enum banthuek_lang lang)
{
    struct table table = {.lang = lang};
    const struct row heading = heading_of(lang);

    for (size_t i = 0; i < count; i++) {
        struct row row = row_of(figures[i], lang);
        measure(&table, &row);
    }
    widen(&table, &heading);
    print_row(&table, &heading, true);
    for (size_t i = 0; i < count; i++) {
        struct row row = row_of(figures[i], lang);
        print_row(&table, &row, false);
    }
}

/* ---- JSON */

static void
add_figure(struct cli_text *text, const struct banthuek_figure *figure)
{
    static const char *const states[] = {[BANTHUEK_FIGURE_OPEN] = "open",
                                         [BANTHUEK_FIGURE_AGREES] = "agrees",
                                         [BANTHUEK_FIGURE_DIFFERS] = "differs",
                                         [BANTHUEK_FIGURE_BELOW] = "below",
                                         [BANTHUEK_FIGURE_ACCEPTED] = "accepted"};

    cli_add_json(text, "\n{\"name\": ", figure->name);
    cli_add_json(text, ", \"path\": ", figure->path);
    cli_add_json(text, ", \"given\": ", figure->given);
    cli_add_json(text, ", \"computed\": ", figure->computed);
    cli_add_json(text, ", \"difference\": ", figure->difference);
    cli_add_json(text, ", \"state\": ", states[figure->state]);
    cli_add(text, ", \"of_parts\": %s}", figure->of_parts ? "true" : "false");
}

void
cli_add_figures(struct cli_text *text, const struct banthuek_figure *const *figures, size_t count)
{
    cli_add(text, "[");
    for (size_t i = 0; i < count; i++) {
        cli_add(text, i == 0 ? "" : ",");
        add_figure(text, figures[i]);
    }
    cli_add(text, count == 0 ? "]" : "\n]");
}
