#include "check/cells.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "check/names.h"
#include "check/schema.h"
#include "value/sheet.h"
#include "value/value.h"

struct str
cell_text(const struct cell *cell)
{
    return cell == NULL ? STR("") : utf8_trim(cell->text);
}

bool
cell_is_empty(const struct cell *cell)
{
    return cell_text(cell).len == 0;
}

static bool
is_text(const struct field *field)
{
    if (field->type == FIELD_LIST)
        return is_text(field->item);
    return field->type == FIELD_TEXT || field->type == FIELD_PARAGRAPHS ||
           field->type == FIELD_ENUM;
}

struct value *
cell_value(struct arena *arena, struct diags *diags, const struct field *field,
           const struct cell *cell)
{
    bool none = !cell_check(diags, cell) || str_is(cell_text(cell), "-");
    struct value *value = value_new(arena, none ? VALUE_NONE : VALUE_TEXT, cell->pos);

    value->text = cell->text;
    value->flags = VALUE_CELL;
    if (cell->kind == CELL_DATE && field != NULL && is_text(field))
        diag_add(diags, DIAG_JOIN_CELL_DATE, cell->pos, diag_str(diags, field->name),
                 diag_str(diags, cell->text), NULL);
    return value;
}

struct pos
cell_place(struct arena *arena, const struct sheet *sheet, size_t row, size_t column)
{
    const struct cell *cell = sheet_cell(sheet, row, column);

    return cell != NULL ? cell->pos : sheet_pos(arena, sheet, row, column);
}
