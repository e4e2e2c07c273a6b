/* Which sheets a form has, and reading a filled one. */
#include "form/form.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "check/accept.h"
#include "form/inner.h"
#include "form/join.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "sheet/sheet.h"
#include "value/value.h"

#define NUMBER_POINTS 4 /* of them kept for the number that tells two of a name apart */
#define MARK_ROWS JOIN_FORM_TITLE_ROWS /* in which the name of the template is looked for */
#define MARK_COLUMNS 20

/* ---- the sheets */

/* A keyed field of which a single value is asked for each entry. */
static bool
is_single(const struct field *field)
{
    if (field->type != FIELD_KEYED || field->value.len == 0)
        return false;
    for (size_t i = 0; i < field->field_count; i++)
        if (field->fields[i].required && !name_eq(field->fields[i].name, field->value))
            return false;
    return leaf_fits(schema_find(field, field->value));
}

bool
form_is_in_rows(const struct field *field)
{
    return field->sheet.len == 0 &&
           (field->type == FIELD_MAP || is_single(field) || leaf_fits(field));
}

struct str
form_sheet_name(struct arena *arena, struct str wanted, size_t most)
{
    struct buf out = buf_in(arena);
    size_t at = 0;

    for (size_t i = 0; i < most && at < wanted.len; i++) {
        uint32_t code = utf8_next(wanted, &at);
        bool bad = code < 0x20 ||
                   (code < 0x80 &&
                    str_find(STR("[]:*?/\\'"), (struct str){(char[]){(char)code}, 1}) != SIZE_MAX);
        buf_utf8(&out, bad ? '-' : code);
    }
    return buf_str(&out);
}

static bool
is_taken(const struct form *form, struct str name)
{
    for (size_t i = 0; i < form->count; i++)
        if (name_eq(form->sheets[i].name, name))
            return true;
    return false;
}

static void
add_sheet(struct arena *arena, struct form *form, const struct field *field, struct str wanted,
          struct str path)
{
    struct str name = form_sheet_name(arena, wanted, FORM_NAME_MAX);
    struct str begin = form_sheet_name(arena, wanted, FORM_NAME_MAX - NUMBER_POINTS);

    for (int i = 2; is_taken(form, name); i++)
        name = str_of(arena_printf(arena, "%.*s %d", STR_FMT(begin), i));
    form->sheets[form->count++] = (struct form_sheet){name, path, field, false};
}

static bool
is_for_people(const struct field *field)
{
    return field->type != FIELD_RUBRIC && field->repeats.len == 0;
}

static void
add_sheets(struct arena *arena, struct form *form, const struct field *map, struct str above)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        struct str path = name_joined(arena, above, field->name);
        if (!is_for_people(field))
            continue;
        bool table = field->type != FIELD_LIST || field->item->type == FIELD_MAP;
        if (!form_is_in_rows(field) && table)
            add_sheet(arena, form, field, field->sheet.len > 0 ? field->sheet : field->name, path);
        if (field->type == FIELD_MAP)
            add_sheets(arena, form, field, path);
    }
}

static size_t
count_fields(const struct field *map)
{
    size_t count = map->field_count;

    for (size_t i = 0; i < map->field_count; i++)
        if (map->fields[i].type == FIELD_MAP)
            count += count_fields(&map->fields[i]);
    return count;
}

struct form
form_of(struct arena *arena, const struct schema *schema)
{
    struct form form = {arena_array(arena, count_fields(&schema->root) + 2, sizeof form.sheets[0]),
                        0};
    const struct field *accept = accept_field(arena);

    add_sheet(arena, &form, &schema->root, STR(FORM_FIRST_SHEET), STR(""));
    add_sheets(arena, &form, &schema->root, STR(""));
    add_sheet(arena, &form, accept, accept->name, accept->name);
    form.sheets[form.count - 1].engines = true;
    return form;
}

/* ---- reading */

/* The names that a datum of the form itself may have. */
struct names {
    const char *const *all;
    size_t count;
};

static bool
is_named(const struct cell *cell, const struct names *names)
{
    struct str text = cell_text(cell);

    return text.len > 0 && name_is_one_of(text, names->all, names->count);
}

/* The value of a datum in a sheet whose columns have titles. */
static const struct cell *
below_titles(const struct sheet *sheet, const struct names *names)
{
    size_t rows = sheet->rows < MARK_ROWS ? sheet->rows : MARK_ROWS;
    struct pairs_place place;

    if (!pairs_titles(sheet, rows, &place))
        return NULL;
    /* the form's kind stands above the titles */
    for (size_t row = 0; row < rows; row++) {
        const struct cell *value = sheet_cell(sheet, row, place.value);
        if (is_named(sheet_cell(sheet, row, place.name), names) && !cell_is_empty(value))
            return value;
    }
    return NULL;
}

/* The first cell with something in it to the right of a name; where titles say which column that is
 * (below_titles()), none. */
static const struct cell *
beside_name(const struct sheet *sheet, const struct names *names)
{
    size_t rows = sheet->rows < MARK_ROWS ? sheet->rows : MARK_ROWS;

    if (pairs_titles(sheet, rows, &(struct pairs_place){0}))
        return NULL;
    for (size_t row = 0; row < rows; row++) {
        bool found = false;
        for (size_t i = 0; i < sheet->columns && i < MARK_COLUMNS; i++) {
            const struct cell *cell = sheet_cell(sheet, row, i);
            if (found && !cell_is_empty(cell))
                return cell;
            found = found || is_named(cell, names);
        }
    }
    return NULL;
}

const struct cell *
form_marked_below(const struct workbook *workbook, const char *const *names, size_t count)
{
    const struct names all = {names, count};
    const struct cell *found = NULL;

    for (size_t i = 0; found == NULL && i < workbook->count; i++)
        found = below_titles(workbook->sheets[i], &all);
    return found;
}

const struct cell *
form_marked(const struct workbook *workbook, const char *const *names, size_t count)
{
    const struct names all = {names, count};
    const struct cell *found = form_marked_below(workbook, names, count);

    for (size_t i = 0; found == NULL && i < workbook->count; i++)
        found = beside_name(workbook->sheets[i], &all);
    return found;
}

bool
form_check_kind(struct diags *diags, const struct workbook *workbook, const char *name, int newest)
{
    const struct cell *version = form_marked(workbook, &name, 1);
    struct decimal number;

    if (version == NULL || !decimal_parse(cell_text(version), &number) ||
        decimal_cmp(number, (struct decimal){newest, 0}) <= 0)
        return true;
    diag_add(diags, DIAG_FORM_NEWER, version->pos, diag_str(diags, cell_text(version)),
             diag_printf(diags, "%d", newest), NULL);
    return false;
}

bool
form_template(struct diags *diags, const struct workbook *workbook, const char *file,
              struct str *name, struct pos *pos)
{
    static const char *const templates[] = {FORM_TEMPLATE, "template"};
    const struct cell *found = form_marked(workbook, templates, 2);

    if (found == NULL) {
        diag_add(diags, DIAG_FORM_NO_TEMPLATE, (struct pos){file, 0, 0}, NULL, NULL, NULL);
        return false;
    }
    *name = cell_text(found);
    *pos = found->pos;
    return form_check_kind(diags, workbook, FORM_KIND, FORM_VERSION);
}

const struct sheet *
form_sheet_named(const struct workbook *workbook, struct str name)
{
    for (size_t i = 0; i < workbook->count; i++)
        if (name_eq(workbook->sheets[i]->name, name))
            return workbook->sheets[i];
    return NULL;
}

static bool
is_empty_sheet(const struct sheet *sheet)
{
    return sheet == NULL || sheet->rows == 0;
}

/* The report with a key more. */
static const struct value *
with_key(struct arena *arena, const struct value *report, struct str key,
         const struct value *joined)
{
    struct value *longer = value_new(arena, VALUE_MAP, report->pos);

    for (const struct value *child = report->first; child != NULL; child = child->next) {
        struct value *copy = value_new(arena, child->kind, child->pos);
        *copy = *child;
        copy->next = NULL;
        value_append(longer, copy);
    }
    struct value *value = value_new(arena, joined->kind, joined->pos);
    *value = *joined;
    value->key = key;
    value->key_pos = joined->pos;
    value_append(longer, value);
    return longer;
}

/* Adds what one sheet says to the report; NULL after an error. */
static const struct value *
read_sheet(struct arena *arena, struct diags *diags, const struct schema *schema,
           const struct form_sheet *part, const struct sheet *sheet, const struct value *report)
{
    struct join_how how = {.is_form = true};
    const struct value *value = join_read(arena, diags, part->field, sheet, how);

    if (value == NULL)
        return NULL;
    /* an empty table that must be filled is kept as a place for the message */
    if (value->count == 0 && !part->field->required)
        return report;
    if (part->engines)
        return with_key(arena, report, part->path, value);
    return join_put(arena, diags, schema, report, part->path, value);
}

/* What the workbook has lost may have been filled. */
static bool
check_sheets(struct diags *diags, const struct form *form, const struct workbook *workbook)
{
    bool good = true;

    for (size_t i = 0; i < workbook->count; i++) {
        const struct sheet *sheet = workbook->sheets[i];
        if (!sheet->lost || !is_taken(form, sheet->name))
            continue;
        diag_add(diags, DIAG_XLSX_SHEET_LOST, (struct pos){sheet->file, 0, 0},
                 diag_str(diags, sheet->name), NULL, NULL);
        good = false;
    }
    return good;
}

static void
tell_extra(struct diags *diags, const struct form *form, const struct sheet *sheet)
{
    struct pos pos = {sheet->file, 0, 0};

    if (!sheet->hidden && sheet->rows > 0 && !is_taken(form, sheet->name))
        diag_add(diags, DIAG_FORM_SHEET_EXTRA, pos, diag_str(diags, sheet->name), NULL, NULL);
}

static void
tell_missing(struct diags *diags, const struct form_sheet *part, const char *file)
{
    diag_add(diags, DIAG_FORM_SHEET_MISSING, (struct pos){file, 0, 0}, diag_str(diags, part->name),
             NULL, NULL);
}

struct value *
form_read(struct arena *arena, struct diags *diags, const struct schema *schema,
          const struct workbook *workbook, const char *file)
{
    struct form form = form_of(arena, schema);
    const struct sheet *first = form_sheet_named(workbook, form.sheets[0].name);
    struct join_how how = {.is_form = true};
    const struct value *report = NULL, *more;
    bool good = true;

    if (!check_sheets(diags, &form, workbook))
        return NULL;
    if (is_empty_sheet(first)) {
        tell_missing(diags, &form.sheets[0], file);
        return NULL;
    }
    report = join_read(arena, diags, &schema->root, first, how);
    for (size_t i = 1; report != NULL && i < form.count; i++) {
        const struct sheet *sheet = form_sheet_named(workbook, form.sheets[i].name);
        if (is_empty_sheet(sheet)) {
            if (form.sheets[i].field->required)
                tell_missing(diags, &form.sheets[i], file);
            good = good && !form.sheets[i].field->required;
            continue;
        }
        more = read_sheet(arena, diags, schema, &form.sheets[i], sheet, report);
        good = good && more != NULL;
        report = more == NULL ? report : more;
    }
    for (size_t i = 0; i < workbook->count; i++)
        tell_extra(diags, &form, workbook->sheets[i]);
    return good ? (struct value *)report : NULL;
}

void
form_compare(struct arena *arena, struct diags *diags, const struct schema *schema,
             const struct workbook *workbook, const struct value *rubric)
{
    struct form form = form_of(arena, schema);
    struct join_how how = {.is_form = true};

    for (size_t i = 0; i < form.count; i++) {
        const struct sheet *sheet = form_sheet_named(workbook, form.sheets[i].name);
        if (!is_empty_sheet(sheet) && !form.sheets[i].engines)
            join_compare(arena, diags, schema, form.sheets[i].field, sheet, rubric, how);
    }
}
