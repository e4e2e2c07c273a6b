/* What a table shows of the rubric, for people to read: names beside the codes of its entries. */

#include "form/inner.h"
#include "schema/code.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "schema/score_path.h"
#include "sheet/sheet.h"
#include "value/value.h"

const struct field *
official_naming(const struct field *field)
{
    if (field->type == FIELD_KEYED)
        return field;
    for (size_t i = 0; i < field->item->field_count; i++)
        if (field->item->fields[i].type == FIELD_REFERENCE && field->item->fields[i].unique)
            return &field->item->fields[i];
    return NULL;
}

const struct value *
official_list(const struct schema *schema, const struct value *rubric, const struct field *naming)
{
    struct str path = naming->from;

    if (naming->target != NULL && naming->target->type == FIELD_KEYED)
        path = naming->target->from;
    const struct value *value = score_rubric_value(schema, rubric, path);
    return value != NULL && value->kind == VALUE_LIST ? value : NULL;
}

struct str
official_code(const struct field *naming, const struct value *entry)
{
    const struct value *code = value_get(entry, naming->key);

    return code == NULL ? STR("") : code->text;
}

#define TOLD_MAX 5

struct compare {
    struct table table;
    struct diags *diags; /* those of the table are of its reader */
    const struct field *naming;
    struct name_index index; /* of the rubric's entries */
    size_t code;             /* the column of the codes */
    size_t told;
    size_t guessed; /* entries of the rubric that were looked at for codes written otherwise */
};

/* The official text that a column shows, or NULL. */
static const struct field *
shown_field(const struct compare *compare, struct str title)
{
    const struct field *item = compare->naming->target->item;
    struct str suffix = STR(TABLE_OFFICIAL);
    bool marked = str_ends(title, suffix);

    if (marked)
        title.len -= suffix.len;
    else if (compare->naming->type != FIELD_KEYED || schema_find(compare->table.map, title) != NULL)
        return NULL;
    const struct field *field = title.len == 0 ? NULL : schema_find(item, title);
    return field == NULL || field->type != FIELD_TEXT ? NULL : field;
}

/* The entry that a row is about, NULL when it names none. */
static const struct name_entry *
entry_of(struct compare *compare, const struct cell *code)
{
    const struct name_entry *entry =
        cell_is_empty(code) ? NULL : name_index_find(&compare->index, cell_text(code));

    if (entry != NULL || cell_is_empty(code) || compare->guessed >= CODE_GUESS_MAX)
        return entry;
    compare->guessed += compare->index.count;
    return code_guess(compare->table.arena, &compare->index, compare->naming,
                      compare->table.field->name, cell_text(code))
        .entry;
}

static void
compare_cell(struct compare *compare, const struct field *of, const struct cell *code,
             const struct cell *cell)
{
    const struct name_entry *entry = entry_of(compare, code);
    const struct value *official = entry == NULL ? NULL : value_get(entry->value, of->name);

    if (official == NULL || official->kind != VALUE_TEXT || cell_is_empty(cell) ||
        code_names(compare->naming, entry->value, cell_text(cell)) || compare->told++ >= TOLD_MAX)
        return;
    diag_add(compare->diags, DIAG_JOIN_OFFICIAL, cell->pos,
             diag_str(compare->diags, cell_text(cell)), diag_str(compare->diags, cell_text(code)),
             diag_str(compare->diags, official->text));
}

static size_t
code_column(const struct compare *compare)
{
    const struct table *table = &compare->table;

    if (compare->naming->type == FIELD_KEYED)
        return table->key;
    for (size_t i = 0; i < table->leaves.count; i++)
        if (table->leaves.all[i].field == compare->naming)
            return table->columns[i];
    return TABLE_NONE;
}

static void
compare_columns(struct compare *compare)
{
    const struct sheet *sheet = compare->table.sheet;

    for (size_t i = 0; i < sheet->columns; i++) {
        struct str title = cell_text(sheet_cell(sheet, compare->table.titles, i));
        const struct field *of =
            title.len == 0 || i == compare->code ? NULL : shown_field(compare, title);
        for (size_t row = compare->table.first; of != NULL && row < sheet->rows; row++)
            compare_cell(compare, of, sheet_cell(sheet, row, compare->code),
                         sheet_cell(sheet, row, i));
    }
}

void
join_compare(struct arena *arena, struct diags *diags, const struct schema *schema,
             const struct field *field, const struct sheet *sheet, const struct value *rubric,
             struct join_how how)
{
    bool table =
        field->type == FIELD_KEYED || (field->type == FIELD_LIST && field->item->type == FIELD_MAP);
    const struct field *naming = table ? official_naming(field) : NULL;
    const struct value *list = naming == NULL ? NULL : official_list(schema, rubric, naming);

    if (list == NULL)
        return;
    struct diags *heard = diags_new(); /* these were told when the table was read */
    struct compare compare = {
        .table = {.arena = arena, .diags = heard, .field = field, .sheet = sheet},
        .diags = diags,
        .naming = naming,
        .index = name_index_of(arena, list, naming->key)};
    how.partly = true;
    if (table_open(&compare.table, how)) {
        compare.code = code_column(&compare);
        if (compare.code != TABLE_NONE)
            compare_columns(&compare);
    }
    diags_free(heard);
}
