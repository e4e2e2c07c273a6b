/* What of a rubric is to be compared with the publication, for a terminal and as JSON. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const char *
thai_or(enum banthuek_lang lang, const char *english, const char *thai)
{
    return lang == BANTHUEK_THAI ? thai : english;
}

static bool
same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void
print_head(size_t compared, size_t count, enum banthuek_lang lang)
{
    if (lang == BANTHUEK_THAI)
        (void)printf("\nเทียบกับเอกสารที่ประกาศแล้ว %zu จาก %zu ข้อ\n", compared, count);
    else
        (void)printf("\ncompared with the publication: %zu of %zu entries\n", compared, count);
    if (compared < count)
        (void)fputs(thai_or(lang, "still to be compared, the most doubtful first:\n",
                            "ที่ยังต้องเทียบ เริ่มจากข้อที่แน่ใจน้อยที่สุด:\n"),
                    stdout);
}

/* How many entries of this certainty are left. */
static size_t
count_alike(const struct banthuek_entry *const *entries, size_t count,
            const struct banthuek_entry *like)
{
    size_t alike = 0;

    for (size_t i = 0; i < count; i++)
        alike += !entries[i]->compared && entries[i]->doubt == like->doubt;
    return alike;
}

/* Where an entry stands in the file that is checked: its line, in a spreadsheet its cell. */
static void
print_place(const struct banthuek_entry *entry, enum banthuek_lang lang)
{
    const char *cell = strrchr(entry->place, '#');

    if (entry->line > 0)
        (void)printf("    %s %u", thai_or(lang, "line", "บรรทัด"), entry->line);
    else
        (void)printf("    %s", cell == NULL ? entry->place : cell + 1);
}

static void
print_entry(const struct banthuek_entry *entry, enum banthuek_lang lang)
{
    print_place(entry, lang);
    (void)printf(": %s%s%s%s%s\n", entry->list, *entry->code == '\0' ? "" : " ", entry->code,
                 *entry->name == '\0' ? "" : " ", entry->name);
}

static void
print_certainty(const struct banthuek_entry *entry, size_t alike, enum banthuek_lang lang)
{
    const char *certainty = entry->certainty != NULL
                                ? entry->certainty
                                : thai_or(lang, "not said how sure", "ไม่ได้บอกว่าแน่ใจเพียงใด");

    if (lang == BANTHUEK_THAI)
        (void)printf("%s %zu ข้อ\n", certainty, alike);
    else
        (void)printf("%s: %zu\n", certainty, alike);
}

void
cli_print_entries(const struct banthuek_entry *const *entries, size_t count,
                  enum banthuek_lang lang)
{
    const struct banthuek_entry *last = NULL;
    size_t compared = 0;

    for (size_t i = 0; i < count; i++)
        compared += entries[i]->compared;
    print_head(compared, count, lang);
    for (size_t i = 0; i < count; i++) {
        const struct banthuek_entry *entry = entries[i];
        bool new_doubt = last == NULL || entry->doubt != last->doubt;
        if (entry->compared)
            continue;
        if (new_doubt)
            print_certainty(entry, count_alike(entries, count, entry), lang);
        if (new_doubt || !same(entry->source, last->source))
            (void)printf("  %s\n", entry->source != NULL
                                       ? entry->source
                                       : thai_or(lang, "source not said", "ไม่ได้บอกที่มา"));
        print_entry(entry, lang);
        last = entry;
    }
    (void)printf("\n");
}

/* ---- JSON */

static void
add_number(struct cli_text *text, const char *before, unsigned number)
{
    if (number > 0)
        cli_add(text, "%s%u", before, number);
    else
        cli_add(text, "%snull", before);
}

void
cli_add_entries(struct cli_text *text, const struct banthuek_entry *const *entries, size_t count)
{
    cli_add(text, "[");
    for (size_t i = 0; i < count; i++) {
        const struct banthuek_entry *entry = entries[i];
        cli_add_json(text, i == 0 ? "\n{\"file\": " : ",\n{\"file\": ", entry->file);
        add_number(text, ", \"line\": ", entry->line);
        add_number(text, ", \"column\": ", entry->column);
        cli_add_json(text, ", \"list\": ", entry->list);
        cli_add_json(text, ", \"code\": ", *entry->code == '\0' ? NULL : entry->code);
        cli_add_json(text, ", \"name\": ", *entry->name == '\0' ? NULL : entry->name);
        cli_add_json(text, ", \"certainty\": ", entry->certainty);
        cli_add_json(text, ", \"source\": ", entry->source);
        cli_add(text, ", \"doubt\": %u, \"compared\": %s}", entry->doubt,
                entry->compared ? "true" : "false");
    }
    cli_add(text, count == 0 ? "]" : "\n]");
}
