/* banthuek archive list [FILTERS] [--all] [--due[=DAY]] [--secret] [--limit N] [--format=json] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "banthuek-archive.h"
#include "cli/table.h"

enum column { ENTRY, YEAR, AGENCY, NUMBER, DATE, RESULT, SUBJECT, COLUMNS };

struct printer {
    struct cli_table table;
    const struct cli_args *args;
    bool due;
    size_t count;
};

/* ---- the table */

static void
add_headings(struct printer *p)
{
    static const char *const words[][2] = {
        [ENTRY] = {"entry", "รายการ"},    [YEAR] = {"year", "ปี"},
        [AGENCY] = {"agency", "หน่วยงาน"}, [NUMBER] = {"number", "ที่"},
        [DATE] = {"date", "ลงวันที่"},       [RESULT] = {"result", "ผล"},
        [SUBJECT] = {"subject", "เรื่อง"},
    };

    for (size_t i = 0; i < COLUMNS; i++) {
        if (i == RESULT && p->due)
            cli_table_text(&p->table, cli_word(p->args, "kept until", "เก็บถึง"));
        else
            cli_table_text(&p->table, cli_word(p->args, words[i][0], words[i][1]));
        cli_table_next(&p->table);
    }
}

static void
add_number(struct printer *p, const char *before, size_t number, const char *behind)
{
    char digits[32];

    (void)snprintf(digits, sizeof digits, "%zu", number);
    cli_table_text(&p->table, before);
    cli_table_text(&p->table, number == 0 ? "" : digits);
    cli_table_text(&p->table, behind);
}

static void
add_cell(struct printer *p, struct banthuek_bytes text)
{
    cli_table_shown(&p->table, text);
    cli_table_next(&p->table);
}

/* The number of the entry, as `show` takes it. */
static void
add_entry(struct printer *p, const struct banthuek_archive_item *item)
{
    add_number(p, "", item->entry, item->archive.size > 0 ? "@" : "");
    add_cell(p, item->archive);
    add_number(p, "", (size_t)item->year, "");
    cli_table_next(&p->table);
}

static void
add_result(struct printer *p, const struct banthuek_archive_item *item)
{
    if (p->due) {
        add_number(p, cli_word(p->args, "end of ", "สิ้นปี "),
                   (size_t)strtoul(item->retention.data, NULL, 10) - 1, "");
    } else {
        cli_table_shown(&p->table, item->level);
        cli_table_text(&p->table, item->level.size > 0 && item->score.size > 0 ? " " : "");
        cli_table_shown(&p->table, item->score);
    }
    cli_table_next(&p->table);
}

static void
add_subject(struct printer *p, const struct banthuek_archive_item *item)
{
    if (item->secret.size > 0) {
        cli_table_text(&p->table, "[");
        cli_table_shown(&p->table, item->secret);
        cli_table_text(&p->table, "] ");
    }
    if (item->newer > 0)
        add_number(p, cli_word(p->args, "[replaced by ", "[แทนด้วยรายการที่ "), item->newer, "] ");
    add_cell(p, item->subject.size > 0 ? item->subject : item->file);
}

static bool
add_item(void *user, const struct banthuek_archive_item *item)
{
    struct printer *p = user;

    if (p->count++ == 0)
        add_headings(p);
    add_entry(p, item);
    add_cell(p, item->agency);
    add_cell(p, item->number);
    add_cell(p, item->date);
    add_result(p, item);
    add_subject(p, item);
    return ferror(stdout) == 0;
}

static void
add_count(const struct printer *p)
{
    const struct cli_args *args = p->args;

    if (p->count > 0 && args->lang == BANTHUEK_THAI)
        (void)printf("เอกสาร %zu ฉบับ\n", p->count);
    else if (p->count > 0)
        (void)printf("documents: %zu\n", p->count);
    else if (p->due)
        (void)printf("%s\n", cli_word(args, "no document has been kept as long as it has to be",
                                      "ไม่มีเอกสารที่เก็บครบกำหนด"));
    else
        (void)printf("%s\n", cli_word(args, "no documents", "ไม่มีเอกสาร"));
}

/* ---- the command */

static bool
put_piece(void *user, struct banthuek_bytes piece)
{
    (void)user;
    return fwrite(piece.data, 1, piece.size, stdout) == piece.size;
}

static bool
list(struct banthuek *b, const struct cli_args *args, struct banthuek_archive *archive,
     const struct banthuek_archive_wanted *wanted)
{
    struct printer p = {.args = args, .due = wanted->due != NULL};

    if (args->json)
        return banthuek_archive_list_json(b, archive, wanted, put_piece, NULL);
    cli_table_begin(&p.table, COLUMNS, 1 << YEAR);
    bool good = banthuek_archive_list(b, archive, wanted, add_item, &p);
    cli_table_end(&p.table);
    if (good)
        add_count(&p);
    return good;
}

int
cli_archive_list(const struct cli_args *args)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = args->archive, .mode = BANTHUEK_ARCHIVE_READ};
    const struct banthuek_archive_query query = cli_archive_query(args);
    /* the day may stand behind --due as a word of its own */
    bool day = args->search.due != NULL && *args->search.due == '\0' && args->operand_count == 1;
    const struct banthuek_archive_wanted wanted = {
        .struct_size = sizeof wanted,
        .flags = args->search.all ? BANTHUEK_LIST_ALL : 0,
        .query = &query,
        .due = day ? args->operand : args->search.due,
        .limit = args->search.limit,
    };

    if (args->operand != NULL && !day)
        return cli_wrong_usage(args, "archive list: takes no words; see: banthuek archive search",
                               "archive list: ไม่รับคำค้น ถ้าต้องการค้นใช้ banthuek archive search");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    struct banthuek_archive *archive = banthuek_archive_open(b, &options);
    bool good = archive != NULL && list(b, args, archive, &wanted);
    banthuek_archive_close(archive);
    return cli_end(b, args, good);
}
