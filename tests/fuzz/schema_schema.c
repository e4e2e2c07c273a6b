/* A schema and a report out of any bytes: the two are parted by a line "---8<---"; a report alone
 * is typed by a fixed schema that has every type. */
#include <stdlib.h>

#include "base/arena.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "value/read.h"
#include "value/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fixed[] = "fields:\n"
                            "  a: {lines: yes, needs: b, aliases: [z]}\n"
                            "  b: {type: paragraphs}\n"
                            "  c: {type: paragraphs, marker: x}\n"
                            "  d: {type: decimal, places: 2, range: [0, 100], unit: p}\n"
                            "  e: {type: date}\n"
                            "  f: {type: month}\n"
                            "  g: {type: bool}\n"
                            "  h: {type: enum, choices: {a: [b], c: }}\n"
                            "  i:\n"
                            "    type: list\n"
                            "    count: [1, 5]\n"
                            "    item:\n"
                            "      type: map\n"
                            "      fields: {a: {unique: yes}, b: {type: bool, repeats: a}}\n"
                            "  j: {type: list, item: {}}\n"
                            "  y: {type: year}\n";

static const struct value *
read_part(struct arena *arena, struct diags *diags, struct str text)
{
    return value_read_yaml(arena, diags, "input", text);
}

static void
check_fields(const struct schema *schema)
{
    for (size_t i = 0; i < schema->root.field_count; i++)
        if (schema_find(&schema->root, schema->root.fields[i].name) != &schema->root.fields[i])
            abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct str text = {(const char *)data, size}, line = STR("---8<---\n");
    size_t cut = str_find(text, line);
    struct str schema_text = cut == SIZE_MAX ? str_of(fixed) : str_sub(text, 0, cut);
    struct str report_text = cut == SIZE_MAX ? text : str_sub(text, cut + line.len, size);
    const struct value *file = read_part(arena, diags, schema_text);
    const struct schema *schema = file == NULL ? NULL : schema_load(arena, diags, file);
    const struct value *report = read_part(arena, diags, report_text);

    if (schema == NULL && file != NULL && diags_level_count(diags, DIAG_ERROR) == 0)
        abort();
    if (schema != NULL)
        check_fields(schema);
    if (schema != NULL && report != NULL) {
        struct str name;
        struct buf out = buf_in(arena);
        (void)schema_rubric_name(arena, diags, schema, report, &name);
        value_dump(schema_apply(arena, diags, schema, report, NULL), &out);
    }
    diags_free(diags);
    arena_free(arena);
    return 0;
}
