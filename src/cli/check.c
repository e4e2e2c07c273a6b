/* banthuek check REPORT [--format=json [--figures]]: the messages are its output. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

enum group { GROUP_ERRORS, GROUP_WARNINGS, GROUP_NOTES, GROUP_ACCEPTED, GROUP_COUNT };

static const char *const headings[GROUP_COUNT][2] = {
    {"Errors", "ผิดพลาด"},
    {"Warnings", "เตือน"},
    {"Notes", "หมายเหตุ"},
    {"Accepted", "ยอมรับแล้ว"},
};

/* A message as it is sorted: by group, then by file in the order they are first spoken of, then by
 * place, so that a report can be mended from top to bottom. */
struct shown {
    enum group group;
    size_t file; /* first message that has this file */
    unsigned line, column;
    size_t index;
};

static enum group
group_of(const struct banthuek_message *message)
{
    if (message->accepted_by != NULL)
        return GROUP_ACCEPTED;
    return message->level == BANTHUEK_ERROR     ? GROUP_ERRORS
           : message->level == BANTHUEK_WARNING ? GROUP_WARNINGS
                                                : GROUP_NOTES;
}

static int
in_order(const void *a, const void *b)
{
    const struct shown *x = a, *y = b;

    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    if (x->column != y->column)
        return x->column < y->column ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static size_t
first_of_file(struct banthuek *b, const char *file, size_t index)
{
    for (size_t i = 0; i < index && file != NULL; i++) {
        const char *other = banthuek_message(b, i, BANTHUEK_ENGLISH)->file;
        if (other != NULL && strcmp(other, file) == 0)
            return i;
    }
    return index;
}

/* All messages, sorted. */
static struct shown *
sorted(struct banthuek *b, size_t count)
{
    struct shown *all = calloc(count + 1, sizeof *all);

    for (size_t i = 0; all != NULL && i < count; i++) {
        const struct banthuek_message *message = banthuek_message(b, i, BANTHUEK_ENGLISH);
        char *file = message->file == NULL ? NULL : strdup(message->file);
        all[i] = (struct shown){.group = group_of(message),
                                .line = message->line,
                                .column = message->column,
                                .index = i};
        all[i].file = first_of_file(b, file, i);
        free(file);
    }
    if (all != NULL)
        qsort(all, count, sizeof *all, in_order);
    return all;
}

/* Headings stand only where there is more than one group: every line says its level. True then. */
static bool
print_groups(struct banthuek *b, const struct cli_args *args, const struct shown *all, size_t count)
{
    bool several = count > 0 && all[0].group != all[count - 1].group;

    for (size_t i = 0; i < count; i++) {
        bool first = i == 0 || all[i].group != all[i - 1].group;
        if (several && first)
            (void)printf("%s%s:\n", i == 0 ? "" : "\n",
                         cli_word(args, headings[all[i].group][0], headings[all[i].group][1]));
        (void)printf("%s\n", banthuek_message(b, all[i].index, args->lang)->text);
    }
    return several;
}

/* Groups, table and sum are parted by empty lines; a few messages alone need none. */
static void
print_figures(struct banthuek *b, const struct cli_args *args, bool messages, bool groups)
{
    size_t count;
    const struct banthuek_figure *const *figures = banthuek_figures(b, &count);

    if (groups || (messages && count > 0))
        (void)printf("\n");
    if (count > 0) {
        cli_print_figures(figures, count, args->lang);
        (void)printf("\n");
    }
}

static void
print_sum(struct banthuek *b, const struct cli_args *args, size_t accepted)
{
    size_t errors = banthuek_level_count(b, BANTHUEK_ERROR);
    size_t warnings = banthuek_level_count(b, BANTHUEK_WARNING);
    char shown[CLI_SHOWN];

    (void)banthuek_show(args->operand, shown, sizeof shown);

    if (args->lang == BANTHUEK_THAI)
        (void)printf("%s: ผิดพลาด %zu ข้อ เตือน %zu ข้อ", shown, errors, warnings);
    else
        (void)printf("%s: errors: %zu, warnings: %zu", shown, errors, warnings);
    if (accepted > 0 && args->lang == BANTHUEK_THAI)
        (void)printf(" ยอมรับ %zu ข้อ", accepted);
    else if (accepted > 0)
        (void)printf(", accepted: %zu", accepted);
    (void)printf("\n");
}

/* What a good rubric holds. */
static void
print_rubric(struct banthuek *b)
{
    size_t count;
    const struct banthuek_line *const *lines = banthuek_rubric_lines(b, &count);

    for (size_t i = 0; i < count; i++)
        (void)printf("%*s%s:%s%s\n", (int)lines[i]->level * 2, "", lines[i]->name,
                     *lines[i]->text == '\0' ? "" : " ", lines[i]->text);
}

/* What of it people still have to compare. */
static void
print_entries(struct banthuek *b, const struct cli_args *args)
{
    size_t count;
    const struct banthuek_entry *const *entries = banthuek_rubric_entries(b, &count);

    if (count > 0)
        cli_print_entries(entries, count, args->lang);
}

static bool
print_text(struct banthuek *b, const struct cli_args *args)
{
    size_t count = banthuek_message_count(b), accepted = 0;
    struct shown *all = sorted(b, count);

    if (all == NULL)
        return false;
    print_figures(b, args, count > 0, print_groups(b, args, all, count));
    for (size_t i = 0; i < count; i++)
        accepted += all[i].group == GROUP_ACCEPTED;
    free(all);
    print_rubric(b);
    print_entries(b, args);
    print_sum(b, args, accepted);
    return true;
}

static void
print_json(struct banthuek *b, const struct cli_args *args)
{
    struct banthuek_bytes messages;
    struct cli_text out = {NULL, 0, 0};
    size_t count;

    banthuek_messages_json(b, args->lang, &messages);
    if (!args->figures && !banthuek_is_rubric(b)) {
        (void)fwrite(messages.data, 1, messages.size, stdout);
        return;
    }
    cli_add(&out, "{\n\"messages\": %.*s", (int)messages.size - 1, messages.data);
    if (args->figures) {
        const struct banthuek_figure *const *figures = banthuek_figures(b, &count);
        cli_add(&out, ",\n\"figures\": ");
        cli_add_figures(&out, figures, count);
    }
    if (banthuek_is_rubric(b)) {
        const struct banthuek_entry *const *entries = banthuek_rubric_entries(b, &count);
        cli_add(&out, ",\n\"entries\": ");
        cli_add_entries(&out, entries, count);
    }
    (void)printf("%s\n}\n", out.data);
    free(out.data);
}

int
cli_check(const struct cli_args *args)
{
    if (args->operand == NULL)
        return cli_wrong_usage(args, "check: name a report", "check: กรุณาระบุแฟ้มรายงาน");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    bool good = banthuek_load(b, args->operand) && banthuek_check(b);
    int status = good ? CLI_GOOD : banthuek_system_failed(b) ? CLI_SYSTEM : CLI_ERRORS;

    if (args->json)
        print_json(b, args);
    else if (!print_text(b, args))
        status = CLI_MEMORY;
    banthuek_close(b);
    return status;
}
