/* banthuek filters, banthuek fields [TEMPLATE] [--format=json] (fields.schema.json) */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

#define NAME_COLUMNS 16
#define ALIAS_COLUMNS 21

/* ---- filters */

static void
add_padded(struct cli_text *out, const char *text, size_t width)
{
    size_t own = banthuek_columns((struct banthuek_bytes){text, strlen(text)});

    cli_add(out, "%s%*s", text, (int)(own < width ? width - own : 0), "");
}

static void
add_filter(struct cli_text *out, const struct banthuek_filter *filter, enum banthuek_lang lang)
{
    bool thai = lang == BANTHUEK_THAI;

    add_padded(out, filter->name, NAME_COLUMNS);
    add_padded(out, filter->alias, ALIAS_COLUMNS);
    cli_add(out, "%s %s  (%s",
            filter->most == 0    ? "     "
            : filter->least == 0 ? "[\"…\"]"
                                 : "\"…\"  ",
            filter->help[lang], filter->takes[lang]);
    if (filter->each)
        cli_add(out, "%s", thai ? " และทุกข้อของรายการ" : " and each entry of a list");
    if (filter->gives[lang] != NULL)
        cli_add(out, " → %s", filter->gives[lang]);
    cli_add(out, ")\n");
}

int
cli_filters(const struct cli_args *args)
{
    struct cli_text out = {NULL, 0, 0};
    size_t count;

    if (args->operand != NULL)
        return cli_wrong_usage(args, "filters takes no argument", "filters ไม่รับอาร์กิวเมนต์");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    const struct banthuek_filter *const *filters = banthuek_filters(b, &count);
    for (size_t i = 0; i < count; i++)
        add_filter(&out, filters[i], args->lang);
    return cli_end(b, args, cli_put_text(b, args, &out));
}

/* ---- fields and templates */

static void
add_field(struct cli_text *out, const struct banthuek_field *field)
{
    cli_add(out, "%*s%s  (%s", (int)field->level * 2, "", field->name, field->type_thai);
    for (size_t i = 0; i < field->choice_count; i++)
        cli_add(out, "%s%s", i == 0 ? ": " : ", ", field->choices[i]);
    cli_add(out, "%s%s)%s%s\n", field->required ? ", ต้องมี" : "",
            field->lines ? ", หลายบรรทัดได้" : "", *field->help == '\0' ? "" : "  ", field->help);
}

static void
add_field_json(struct cli_text *out, const struct banthuek_field *field)
{
    cli_add(out, "{\"level\": %u", field->level);
    cli_add_json(out, ", \"name\": ", field->name);
    cli_add(out, ", \"type\": \"%s\", \"required\": %s, \"lines\": %s, \"choices\": [", field->type,
            field->required ? "true" : "false", field->lines ? "true" : "false");
    for (size_t i = 0; i < field->choice_count; i++)
        cli_add_json(out, i == 0 ? "" : ", ", field->choices[i]);
    cli_add_json(out, "], \"help\": ", field->help);
    cli_add(out, "}");
}

static bool
list_fields(struct banthuek *b, const struct cli_args *args, struct cli_text *out)
{
    const char *help;
    size_t count;
    const struct banthuek_field *const *fields = banthuek_fields(b, args->operand, &help, &count);

    if (fields == NULL)
        return false;
    if (args->json) {
        cli_add_json(out, "{\"help\": ", help);
        cli_add(out, ",\n\"fields\": [");
    } else if (*help != '\0') {
        cli_add(out, "%s\n\n", help);
    }
    for (size_t i = 0; i < count; i++) {
        if (args->json) {
            cli_add(out, i == 0 ? "\n" : ",\n");
            add_field_json(out, fields[i]);
        } else {
            add_field(out, fields[i]);
        }
    }
    if (args->json)
        cli_add(out, "\n]}\n");
    return true;
}

static bool
list_templates(struct banthuek *b, const struct cli_args *args, struct cli_text *out)
{
    size_t count;
    const struct banthuek_template *const *templates = banthuek_templates(b, &count);

    for (size_t i = 0; i < count; i++) {
        const struct banthuek_template *at = templates[i];
        if (args->json) {
            cli_add_json(out, i == 0 ? "[\n{\"name\": " : ",\n{\"name\": ", at->name);
            cli_add_json(out, ", \"help\": ", at->help);
            cli_add(out, "}");
        } else {
            cli_add(out, "%s%s%s\n", at->name, *at->help == '\0' ? "" : ": ", at->help);
        }
    }
    if (args->json && count > 0)
        cli_add(out, "\n]\n");
    return count > 0;
}

int
cli_fields(const struct cli_args *args)
{
    struct cli_text out = {NULL, 0, 0};
    struct banthuek *b = banthuek_open(args->context, &args->options);
    bool all = args->operand == NULL && args->options.template_dir == NULL;
    bool good = all ? list_templates(b, args, &out) : list_fields(b, args, &out);

    return cli_end(b, args, cli_put_text(b, args, &out) && good);
}
