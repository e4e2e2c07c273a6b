/* banthuek explain [CODE]: what a message's code means. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

#define COLUMNS 76 /* of a line of text, besides its indentation */

static const char *const levels[][2] = {
    [BANTHUEK_NOTE] = {"note", "หมายเหตุ"},
    [BANTHUEK_WARNING] = {"warning", "เตือน"},
    [BANTHUEK_ERROR] = {"error", "ผิดพลาด"},
};

struct explain {
    struct banthuek_breaker *breaker;
    struct cli_text out;
    enum banthuek_lang lang;
};

/* A stretch of a text without blanks around it. */
static struct banthuek_bytes
trimmed(const char *text, size_t from, size_t to)
{
    while (from < to && text[from] == ' ')
        from++;
    while (to > from && text[to - 1] == ' ')
        to--;
    return (struct banthuek_bytes){text + from, to - from};
}

static void
add_line(struct explain *explain, const char *text, size_t from, size_t to)
{
    struct banthuek_bytes line = trimmed(text, from, to);

    cli_add(&explain->out, "  %.*s\n", (int)line.size, line.data);
}

/* One line of a text on as many lines of a terminal as it needs. */
static void
add_wrapped(struct explain *explain, const char *text, size_t len)
{
    unsigned char *grade = malloc(len + 1);
    size_t from = 0, end = 0; /* of the terminal's line, and its last good break */

    if (grade == NULL)
        cli_out_of_memory(len);
    banthuek_breaker_find(explain->breaker, (struct banthuek_bytes){text, len}, grade);
    for (size_t at = 1; at <= len; at++) {
        if (at < len && grade[at] != BANTHUEK_BREAK_GOOD)
            continue;
        if (end > from && banthuek_columns(trimmed(text, from, at)) > COLUMNS) {
            add_line(explain, text, from, end);
            from = end;
        }
        end = at;
    }
    add_line(explain, text, from, len);
    free(grade);
}

/* The lines of a text: whole sentences are wrapped, lines of an example stay. */
static void
add_lines(struct explain *explain, const char *text, bool wraps)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");
        if (wraps)
            add_wrapped(explain, text, len);
        else
            cli_add(&explain->out, "  %.*s\n", (int)len, text);
        text += len + (text[len] != '\0');
    }
}

static void
add_part(struct explain *explain, const char *const heading[2], const char *text)
{
    cli_add(&explain->out, "\n%s\n", heading[explain->lang]);
    add_lines(explain, text, strchr(text, '\n') == NULL);
}

static void
add_explanation(struct explain *explain, const struct banthuek_explanation *says)
{
    static const char *const headings[][2] = {
        {"What it means", "ความหมาย"},
        {"Why it matters", "เหตุใดจึงสำคัญ"},
        {"Example", "ตัวอย่าง"},
        {"What to do", "วิธีแก้ไข"},
    };

    add_part(explain, headings[0], says->meaning);
    add_part(explain, headings[1], says->why);
    add_part(explain, headings[2], says->example);
    add_part(explain, headings[3], says->remedy);
}

/* How a finding is let through. */
static void
add_acceptance(struct explain *explain, const char *code)
{
    static const char *const heading[] = {"To print it as it is", "ถ้าต้องพิมพ์ตามเดิม"};
    static const char *const why[] = {"(why)", "(เหตุที่ยอมรับ)"};
    static const char *const who[] = {"(name and position)", "(ชื่อและตำแหน่ง)"};

    cli_add(&explain->out, "\n%s\n  ยอมรับ:\n    - รหัส: %s\n      เหตุผล: %s\n      โดย: %s\n",
            heading[explain->lang], code, why[explain->lang], who[explain->lang]);
}

static void
tell_code(struct explain *explain, const struct banthuek_explanation *says)
{
    cli_add(&explain->out, "%s: %s, %s\n\n", says->code, levels[says->level][explain->lang],
            says->area);
    add_lines(explain, says->text, true);
    if (says->meaning != NULL)
        add_explanation(explain, says);
    if (says->is_finding)
        add_acceptance(explain, says->code);
}

static void
list_codes(struct explain *explain, struct banthuek *b)
{
    const char *code, *before = "";

    for (size_t i = 0; (code = banthuek_code(i)) != NULL; i++) {
        const struct banthuek_explanation *says = banthuek_explain(b, code, explain->lang);
        if (strcmp(says->area, before) != 0)
            cli_add(&explain->out, "%s%s\n", i == 0 ? "" : "\n", says->area);
        before = says->area;
        cli_add(&explain->out, "  %-24s %s\n", code, levels[says->level][explain->lang]);
    }
}

int
cli_explain(const struct cli_args *args)
{
    struct explain explain = {.breaker = banthuek_breaker_open(NULL, 0), .lang = args->lang};
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const struct banthuek_explanation *says = NULL;

    if (args->operand == NULL)
        list_codes(&explain, b);
    else if ((says = banthuek_explain(b, args->operand, args->lang)) != NULL)
        tell_code(&explain, says);
    banthuek_breaker_close(explain.breaker);
    if (args->operand != NULL && says == NULL)
        return cli_end(b, args, false);
    return cli_end(b, args, cli_put_text(b, args, &explain.out));
}
