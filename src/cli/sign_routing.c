/* banthuek routing FILE.pdf… [--format=json] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "banthuek-sign.h"
#include "cli/cli.h"

#define GAP 2 /* columns between cells */

enum column { COLUMN_ROLE, COLUMN_STATE, COLUMN_WHO, COLUMN_DATE, COLUMN_OPINION, COLUMNS };

static const char *const headings[COLUMNS][2] = {
    {"role", "บทบาท"}, {"state", "สถานะ"},     {"signer", "ผู้ลงนาม"},
    {"date", "วันที่"},   {"opinion", "ความเห็น"},
};

static const char *const states[][2] = {
    [BANTHUEK_ROLE_WAITING] = {"waiting", "ยังไม่ถึงลำดับ"},
    [BANTHUEK_ROLE_NEXT] = {"next to sign", "ถึงลำดับลงนาม"},
    [BANTHUEK_ROLE_SIGNED] = {"signed", "ลงนามแล้ว"},
    [BANTHUEK_ROLE_REFUSED] = {"refused", "ไม่เห็นชอบ"},
    [BANTHUEK_ROLE_RETURNED] = {"returned", "ส่งคืนแก้ไข"},
    [BANTHUEK_ROLE_SKIPPED] = {"skipped", "ถูกข้าม"},
};

struct cell {
    struct cli_text text;
    size_t columns;
};

struct table {
    const struct cli_args *args;
    struct cell *cells; /* COLUMNS of each row, the heading first */
    size_t rows;
    size_t width[COLUMNS];
};

/* Sets a cell to what was put together. */
static void
set_cell(struct table *table, size_t row, enum column column, struct cli_text text)
{
    struct cell *cell = &table->cells[row * COLUMNS + column];

    cell->text = text;
    cell->columns =
        banthuek_columns((struct banthuek_bytes){text.len == 0 ? "" : text.data, text.len});
    if (cell->columns > table->width[column])
        table->width[column] = cell->columns;
}

static void
set_word(struct table *table, size_t row, enum column column, const char *const words[2])
{
    struct cli_text text = {NULL, 0, 0};

    cli_add(&text, "%s", cli_word(table->args, words[0], words[1]));
    set_cell(table, row, column, text);
}

/* A text out of the PDF in one line. */
static void
set_foreign(struct table *table, size_t row, enum column column, struct banthuek_bytes foreign)
{
    struct cli_text text = {NULL, 0, 0};

    for (size_t at = 0; at < foreign.size;) {
        const char *end = memchr(foreign.data + at, '\n', foreign.size - at);
        size_t len = end == NULL ? foreign.size - at : (size_t)(end - foreign.data) - at;
        cli_add_foreign(&text, (struct banthuek_bytes){foreign.data + at, len});
        at += len + 1;
        if (at < foreign.size)
            cli_add(&text, " ");
    }
    set_cell(table, row, column, text);
}

static void
set_row(struct table *table, size_t row, const struct banthuek_role *role)
{
    bool has_signed = role->signer.size > 0;

    set_foreign(table, row, COLUMN_ROLE, role->role);
    set_word(table, row, COLUMN_STATE, states[role->state]);
    set_foreign(table, row, COLUMN_WHO, has_signed ? role->signer : role->name);
    set_foreign(table, row, COLUMN_DATE, role->date);
    set_foreign(table, row, COLUMN_OPINION, role->opinion);
}

/* No blanks at the end of a line. */
static void
add_row(struct cli_text *out, const struct table *table, size_t row)
{
    size_t blanks = GAP;

    for (size_t i = 0; i < COLUMNS; i++) {
        const struct cell *cell = &table->cells[row * COLUMNS + i];
        if (cell->text.len > 0) {
            cli_add(out, "%*s%s", (int)blanks, "", cell->text.data);
            blanks = 0;
        }
        blanks += table->width[i] - cell->columns + GAP;
    }
    cli_add(out, "\n");
}

static void
add_table(struct cli_text *out, const struct cli_args *args, const struct banthuek_routing *routing)
{
    struct table table = {.args = args, .rows = routing->role_count + 1};

    table.cells = calloc(table.rows * COLUMNS, sizeof *table.cells);
    if (table.cells == NULL)
        cli_out_of_memory(table.rows * COLUMNS * sizeof *table.cells);
    for (size_t i = 0; i < COLUMNS; i++)
        set_word(&table, 0, (enum column)i, headings[i]);
    for (size_t i = 0; i < routing->role_count; i++)
        set_row(&table, i + 1, routing->roles[i]);
    for (size_t i = 0; i < table.rows; i++)
        add_row(out, &table, i);
    for (size_t i = 0; i < table.rows * COLUMNS; i++)
        free(table.cells[i].text.data);
    free(table.cells);
}

static void
add_fact(struct cli_text *out, const struct cli_args *args, const char *english, const char *thai,
         struct banthuek_bytes text)
{
    if (text.size == 0)
        return;
    cli_add(out, "  %s: ", cli_word(args, english, thai));
    cli_add_foreign(out, text);
    cli_add(out, "\n");
}

/* How far the route came, in a line. */
static void
add_outcome(struct cli_text *out, const struct cli_args *args,
            const struct banthuek_routing *routing)
{
    size_t open = 0, skipped = 0;

    for (size_t i = 0; i < routing->role_count; i++) {
        enum banthuek_role_state state = routing->roles[i]->state;
        open += state == BANTHUEK_ROLE_WAITING || state == BANTHUEK_ROLE_NEXT;
        skipped += state == BANTHUEK_ROLE_SKIPPED;
    }
    if (routing->ended)
        cli_add(out, "  %s\n",
                cli_word(args, "the route has ended: a corrected report is to be made (แทนฉบับ)",
                         "เส้นทางสิ้นสุดแล้ว ให้แก้รายงานแล้วทำฉบับใหม่ที่ระบุ แทนฉบับ"));
    else if (open == 0 && skipped > 0)
        cli_add(out, "  %s\n",
                cli_word(args, "signed to the end, but for those skipped",
                         "ลงนามถึงลำดับสุดท้ายแล้ว ยกเว้นผู้ที่ถูกข้าม"));
    else if (open == 0)
        cli_add(out, "  %s\n", cli_word(args, "all have signed", "ลงนามครบแล้ว"));
}

/* Opinions that are counted otherwise than a reader may think. */
static void
add_unclear(struct cli_text *out, const struct cli_args *args,
            const struct banthuek_routing *routing)
{
    for (size_t i = 0; i < routing->role_count; i++) {
        if (banthuek_answer_of(routing->roles[i]->opinion) != BANTHUEK_UNCLEAR)
            continue;
        cli_add(out, "  ");
        cli_add_foreign(out, routing->roles[i]->role);
        cli_add(out, "%s\n",
                cli_word(args,
                         " counts as signed, though words of refusing or giving back stand in the "
                         "opinion: read it",
                         " ถือว่าลงนามให้ผ่าน แม้ความเห็นมีคำที่อาจหมายถึงไม่เห็นชอบหรือส่งคืน กรุณาอ่านความเห็น"));
    }
}

static void
add_routing(struct cli_text *out, const struct cli_args *args,
            const struct banthuek_routing *routing)
{
    char shown[CLI_SHOWN];

    cli_add(out, "%s:\n", banthuek_show(routing->file, shown, sizeof shown));
    add_table(out, args, routing);
    add_outcome(out, args, routing);
    add_unclear(out, args, routing);
    add_fact(out, args, "number", "เลขที่หนังสือ", routing->number);
    add_fact(out, args, "date", "วันที่ของหนังสือ", routing->date);
    add_fact(out, args, "corrects the PDF with SHA-256", "แทนฉบับที่มี SHA-256", routing->replaces);
}

/* ---- what files are to each other */

/* What one file is to another, before and behind the other's name. */
static const struct relation_words {
    const char *before[2], *behind[2];
} relations[] = {
    [BANTHUEK_UNRELATED] = {{NULL, NULL}, {NULL, NULL}},
    [BANTHUEK_IDENTICAL] = {{"the same file as", "เป็นแฟ้มเดียวกันกับ"}, {"", ""}},
    [BANTHUEK_CONTINUES] = {{"goes on from", "เป็นฉบับที่ลงนามต่อจาก"}, {"", ""}},
    [BANTHUEK_CONTINUED] = {{"is gone on from in", "มีฉบับที่ลงนามต่อแล้วคือ"}, {"", ""}},
    [BANTHUEK_BRANCHES] = {{"BRANCHES off from what", "แยกสายจากฉบับเดียวกันกับ"},
                           {" is of, too; each has signatures that the other has not, so go on "
                            "from one of them only",
                            " แต่ละฉบับมีลายเซ็นที่อีกฉบับไม่มี ให้ลงนามต่อเพียงฉบับเดียว"}},
    [BANTHUEK_REPLACES] = {{"corrects", "เป็นฉบับแก้ไขที่ใช้แทน"}, {"", ""}},
    [BANTHUEK_REPLACED] = {{"is corrected by", "มีฉบับแก้ไขที่ใช้แทนแล้วคือ"}, {"", ""}},
};

static void
add_relation(struct cli_text *out, enum banthuek_lang lang, const struct banthuek_routing *one,
             const struct banthuek_routing *other)
{
    const struct relation_words *words = &relations[banthuek_relation_of(one, other)];
    char name[CLI_SHOWN];

    if (words->before[0] == NULL)
        return;
    cli_add(out, "%s: ", banthuek_show(one->file, name, sizeof name));
    cli_add(out, "%s %s%s\n", words->before[lang], banthuek_show(other->file, name, sizeof name),
            words->behind[lang]);
}

/* ---- the command */

static void
add_all(struct cli_text *out, const struct cli_args *args,
        const struct banthuek_routing *const *routings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_routing(out, args, routings[i]);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++)
            add_relation(out, args->lang, routings[i], routings[j]);
    }
    if (count > 0)
        cli_add(
            out, "%s\n",
            cli_word(args, "as the files say; no signature was verified: banthuek verify FILE.pdf",
                     "อ่านจากแฟ้มเท่านั้น ยังไม่ได้ตรวจว่าลายเซ็นถูกต้อง ตรวจด้วย banthuek verify FILE.pdf"));
}

/* Reads them one by one; how many could be read. */
static size_t
read_all(struct banthuek *b, const struct cli_args *args, const struct banthuek_routing **routings)
{
    struct cli_args one = *args;
    size_t count = 0;

    one.json = false; /* what is said when a limit is reached is a line */
    for (size_t i = 0; i < args->operand_count; i++) {
        one.operand = args->operands[i];
        cli_limit(&one);
        routings[count] = banthuek_routing(b, one.operand);
        count += routings[count] != NULL;
    }
    cli_limit_done();
    return count;
}

int
cli_routing(const struct cli_args *args)
{
    struct banthuek_bytes json;
    struct cli_text text = {NULL, 0, 0};

    if (args->operand == NULL)
        return cli_wrong_usage(args, "routing: name one or more PDFs",
                               "routing: กรุณาระบุแฟ้ม PDF ตั้งแต่หนึ่งแฟ้ม");
    const struct banthuek_routing **routings = calloc(args->operand_count, sizeof *routings);
    if (routings == NULL)
        cli_out_of_memory(args->operand_count * sizeof *routings);
    struct banthuek *b = banthuek_open(args->context, &args->options);
    size_t count = read_all(b, args, routings);
    bool good = count == args->operand_count;

    if (args->json)
        banthuek_routing_json(b, routings, count, args->lang, &json);
    else
        add_all(&text, args, routings, count);
    free(routings);
    if (!(args->json ? cli_put(b, args, json) : cli_put_text(b, args, &text)))
        return cli_end(b, args, false);
    if (!args->json)
        return cli_end(b, args, good);
    /* the messages stand in the JSON */
    int status = good ? CLI_GOOD : banthuek_system_failed(b) ? CLI_SYSTEM : CLI_ERRORS;
    banthuek_close(b);
    return status;
}
