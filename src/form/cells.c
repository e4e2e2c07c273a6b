#include "form/inner.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "schema/number.h"
#include "schema/schema.h"
#include "sheet/sheet.h"
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

/* The field that a cell of a field fills: an item of a list, the value of an entry. */
static const struct field *
filled(const struct field *field)
{
    if (field != NULL && field->type == FIELD_LIST)
        return field->item;
    if (field != NULL && field->type == FIELD_KEYED && field->value.len > 0)
        return schema_find(field, field->value);
    return field;
}

static bool
is_number(const struct field *field)
{
    return field != NULL && (field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL ||
                             field->type == FIELD_YEAR);
}

/* Codes, which have no field, are words too. */
static bool
is_text(const struct field *field)
{
    return field == NULL || field->type == FIELD_TEXT || field->type == FIELD_PARAGRAPHS ||
           field->type == FIELD_ENUM || field->type == FIELD_REFERENCE;
}

/* True when what is shown says the same number, with words beside it or without. */
static bool
shows_number(struct arena *arena, struct str shown, struct str stored)
{
    struct decimal a, b;
    struct str text, meant;

    if (!decimal_parse(stored, &b))
        return false;
    if (!number_read(arena, shown, STR(""), &a, &text) &&
        (number_fault(arena, shown, &meant) != DIAG_FIELD_NUMBER_WORDS ||
         str_ends(shown, STR("%")) || !decimal_parse(meant, &a)))
        return false;
    return decimal_cmp(a, b) == 0;
}

static void
tell(struct diags *diags, enum diag_code code, const struct field *field, const struct cell *cell,
     struct str last)
{
    diag_add(diags, code, cell->pos, field == NULL ? "" : diag_str(diags, field->name),
             diag_str(diags, cell->text), diag_str(diags, last));
}

/* What a number or text with a format says to a field. A number's own value counts for a number;
 * for what is to be read as a text, what is shown. A code is shown with zeros that do not matter.
 */
static struct str
looked_text(struct arena *arena, struct diags *diags, const struct field *field,
            const struct cell *cell)
{
    struct str shown = cell->look->shown, stored = cell->text;
    bool code = field == NULL || field->type == FIELD_REFERENCE;

    if (is_number(field)) {
        if (cell->kind == CELL_NUMBER && !shows_number(arena, shown, stored))
            tell(diags, shown.len > 0 ? DIAG_JOIN_CELL_SHOWN : DIAG_JOIN_CELL_FORMAT, field, cell,
                 shown);
        return stored;
    }
    if (shown.len == 0)
        tell(diags, DIAG_JOIN_CELL_FORMAT, field, cell, shown);
    else if (code && shown.ptr[0] != '0' && shows_number(arena, shown, stored) &&
             decimal_parse(shown, &(struct decimal){0, 0}))
        return stored;
    return shown.len > 0 ? shown : stored;
}

bool
holds_codes(const struct field *field)
{
    return field->type == FIELD_LIST &&
           (field->item->type == FIELD_REFERENCE || field->former.len > 0);
}

/* A text that names several entries of the rubric ("O1, O2", in brackets or not), as a list of
 * their codes; "-" and "[]" are an empty one. */
static struct value *
codes_of(struct arena *arena, struct value *text)
{
    struct value *list = value_new(arena, VALUE_LIST, text->pos);
    struct str rest = utf8_trim(text->text);

    if (str_starts(rest, STR("[")) && str_ends(rest, STR("]")))
        rest = str_sub(rest, 1, rest.len - 2);
    while (rest.len > 0 && !str_is(rest, "-")) {
        size_t end = 0;
        while (end < rest.len && rest.ptr[end] != ',' && rest.ptr[end] != '\n')
            end++;
        struct value *code = value_new(arena, VALUE_TEXT, text->pos);
        code->text = utf8_trim(str_sub(rest, 0, end));
        code->flags = VALUE_CELL;
        rest = str_sub(rest, end < rest.len ? end + 1 : end, SIZE_MAX);
        if (code->text.len > 0)
            value_append(list, code);
    }
    return list;
}

struct value *
cell_value(struct arena *arena, struct diags *diags, const struct field *of,
           const struct cell *cell)
{
    const struct field *field = filled(of);
    bool none = !cell_check(diags, cell) || str_is(cell_text(cell), "-");
    bool moment = cell->look != NULL && cell->look->stored.len > 0;

    if (!none && moment && is_number(field)) {
        tell(diags, DIAG_JOIN_CELL_DATE_NUMBER, field, cell, cell->look->stored);
        none = true;
    }
    struct value *value = value_new(arena, none ? VALUE_NONE : VALUE_TEXT, cell->pos);
    value->text = cell->text;
    value->flags = VALUE_CELL;
    if (!none && cell->look != NULL && !moment)
        value->text = looked_text(arena, diags, field, cell);
    if (!none && cell->kind == CELL_DATE && field != NULL && is_text(field))
        tell(diags, DIAG_JOIN_CELL_DATE, field, cell, moment ? cell->look->stored : STR(""));
    bool codes = of != NULL && holds_codes(of) && (!none || str_is(cell_text(cell), "-"));
    return codes ? codes_of(arena, value) : value;
}

struct pos
cell_place(struct arena *arena, const struct sheet *sheet, size_t row, size_t column)
{
    const struct cell *cell = sheet_cell(sheet, row, column);

    return cell != NULL ? cell->pos : sheet_pos(arena, sheet, row, column);
}
