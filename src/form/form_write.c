/* Writing a form: the rows and tables of each sheet. */
#include <stdint.h>

#include "base/arena.h"
#include "form/form.h"
#include "form/inner.h"
#include "schema/code.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "sheet/book.h"
#include "value/value.h"

#define ROWS_READY 30  /* empty entries that are drawn */
#define ROWS_RULED 300 /* rows that rules go to */
#define NEEDED "(ต้องกรอก) "

struct writer {
    struct arena *arena;
    struct diags *diags;
    const struct schema *schema;
    const struct form_start *start;
    struct book *book;
    struct book_sheet *sheet;
    size_t row;
    size_t holes;
};

/* ---- what stands in a cell */

/* A cell to be filled, with what the report says already. */
static void
put_own(struct writer *writer, size_t row, size_t column, const struct field *field,
        struct str text)
{
    writer->holes += str_find(text, STR(SCHEMA_HOLE)) != SIZE_MAX;
    put_input(writer->arena, writer->sheet, row, column, field, text);
}

static struct str
help_of(struct writer *writer, const struct field *field, bool required)
{
    return str_of(
        arena_printf(writer->arena, "%s%.*s", required ? NEEDED : "", STR_FMT(field->help)));
}

/* The words that a field may be, for its list to choose from. */
static const struct str *
choices_of(struct writer *writer, const struct field *field, size_t *count)
{
    static const struct str answers[] = {{"ใช่", sizeof "ใช่" - 1}, {"ไม่ใช่", sizeof "ไม่ใช่" - 1}};
    const struct value *list = field->type == FIELD_REFERENCE
                                   ? official_list(writer->schema, writer->start->rubric, field)
                                   : NULL;
    size_t most = list != NULL ? list->count : field->choice_count;
    struct str *words = arena_array(writer->arena, most + 1, sizeof words[0]);

    *count = 0;
    if (field->type == FIELD_BOOL) {
        *count = 2;
        return answers;
    }
    for (size_t i = 0; i < field->choice_count; i++)
        words[(*count)++] = field->choices[i].name;
    for (const struct value *at = list == NULL ? NULL : list->first; at != NULL; at = at->next)
        words[(*count)++] = official_code(field, at);
    return words;
}

static void
put_rule(struct writer *writer, size_t column, size_t first, size_t last, const struct field *field,
         struct str help)
{
    struct book_rule rule = {.title = field->name, .help = help};

    rule.choices = choices_of(writer, field, &rule.choice_count);
    if (field->has_range && put_is_number(field))
        rule.range = field->range;
    rule.whole = field->type != FIELD_DECIMAL;
    if (rule.help.len > 0 || rule.choice_count > 0 || rule.range != NULL)
        book_rule(writer->sheet, column, first, last, &rule);
}

/* ---- sheets of rows */

static void
put_row(struct writer *writer, struct str path, const struct field *field, struct str text,
        struct str help, bool required)
{
    book_text(writer->sheet, writer->row, 0, BOOK_FIXED, path);
    put_own(writer, writer->row, 1, field, text);
    book_text(writer->sheet, writer->row, 2, BOOK_HELP,
              str_of(arena_printf(writer->arena, "%s%.*s", required ? NEEDED : "", STR_FMT(help))));
    put_rule(writer, 1, writer->row, writer->row, field, field->help);
    writer->row++;
}

/* The report's datum for an entry of a keyed field. */
static const struct value *
datum_of(const struct field *field, const struct value *keyed, struct str code)
{
    const struct value *child = keyed == NULL || keyed->kind == VALUE_TEXT ? NULL : keyed->first;

    for (; child != NULL; child = child->next) {
        const struct value *own = child->kind == VALUE_MAP ? value_get(child, field->key) : NULL;
        struct str name = keyed->kind == VALUE_MAP ? child->key : own == NULL ? STR("") : own->text;
        if (name.len > 0 && name_eq(name, code))
            return child;
    }
    return NULL;
}

/* The official texts of an entry in a line. */
static struct str
official_line(struct writer *writer, const struct field *field, const struct value *entry)
{
    struct buf out = buf_in(writer->arena);

    for (const struct value *child = entry->first; child != NULL; child = child->next) {
        const struct field *of = schema_find(field->target->item, child->key);
        if (of == NULL || of->type != FIELD_TEXT || child->kind != VALUE_TEXT ||
            name_eq(child->key, field->key))
            continue;
        buf_text(&out, out.len == 0 ? "" : " ");
        buf_add(&out, child->text);
    }
    return buf_str(&out);
}

static void
put_keyed_rows(struct writer *writer, const struct field *field, struct str path,
               const struct value *given, bool required)
{
    const struct field *single = schema_find(field, field->value);
    const struct value *list = official_list(writer->schema, writer->start->rubric, field);
    const struct value *settled = code_settle(writer->arena, field, list, given);

    for (const struct value *at = list == NULL ? NULL : list->first; at != NULL; at = at->next) {
        struct str code = official_code(field, at);
        const struct value *datum = datum_of(field, settled, code);
        if (datum != NULL && datum->kind == VALUE_MAP)
            datum = schema_datum(datum, field, single);
        put_row(writer, name_joined(writer->arena, path, code), single,
                put_value(writer->arena, datum), official_line(writer, field, at),
                required && field->complete);
    }
}

static void
tell_no_place(struct writer *writer, const struct field *field)
{
    diag_add(writer->diags, DIAG_FORM_NO_PLACE, field->pos, diag_str(writer->diags, field->name),
             NULL, NULL);
}

static void
put_rows(struct writer *writer, const struct field *map, struct str above,
         const struct value *given, bool required)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        const struct value *value = schema_datum(given, map, field);
        struct str path = name_joined(writer->arena, above, field->name);
        bool needed = required && field->required;
        if (field->type == FIELD_LIST && field->item->type == FIELD_LIST)
            tell_no_place(writer, field);
        if (field->type == FIELD_RUBRIC || field->repeats.len > 0 || !form_is_in_rows(field))
            continue;
        if (field->type == FIELD_MAP)
            put_rows(writer, field, path, value, needed);
        else if (field->type == FIELD_KEYED)
            put_keyed_rows(writer, field, path, value, needed);
        else
            put_row(writer, path, field, put_value(writer->arena, value), field->help, needed);
    }
}

static void
put_text(struct writer *writer, size_t column, enum book_look look, struct str text)
{
    book_text(writer->sheet, writer->row, column, look, text);
}

static void
write_rows(struct writer *writer, const struct form_sheet *part, const struct value *given)
{
    bool first = part->path.len == 0;

    book_column(writer->sheet, 0, 26, -1);
    book_column(writer->sheet, 1, 60, -1);
    book_column(writer->sheet, 2, 60, -1);
    put_text(writer, 0, BOOK_TITLE, part->field->help);
    writer->row++;
    if (first) {
        put_text(writer, 0, BOOK_HELP, STR(FORM_KIND));
        put_text(writer, 1, BOOK_HELP, str_of(arena_printf(writer->arena, "%d", FORM_VERSION)));
        writer->row++;
    }
    put_text(writer, 0, BOOK_HEAD, STR(FORM_NAME));
    put_text(writer, 1, BOOK_HEAD, STR(FORM_VALUE));
    put_text(writer, 2, BOOK_HEAD, STR(FORM_HELP));
    writer->row++;
    book_freeze(writer->sheet, writer->row);
    if (first) {
        put_text(writer, 0, BOOK_FIXED, STR(FORM_TEMPLATE));
        put_text(writer, 1, BOOK_FIXED, writer->start->template_name);
        put_text(writer, 2, BOOK_HELP, STR("ไม่ต้องแก้"));
        writer->row++;
    }
    put_rows(writer, part->field, STR(""), given, true);
}

/* ---- sheets of tables */

enum { ROW_TITLE, ROW_HELP, ROW_HEAD, ROW_FIRST };

/* The rows of a table: what the rubric says of each, and the report; either may be NULL. */
struct grid {
    const struct field *field;
    const struct value **official;
    const struct value **given;
    size_t count;
};

static struct grid
new_grid(struct writer *writer, const struct field *field, size_t most)
{
    return (struct grid){field, arena_array(writer->arena, most + 1, sizeof(const struct value *)),
                         arena_array(writer->arena, most + 1, sizeof(const struct value *)), 0};
}

/* An entry of the rubric for each row. */
static struct grid
grid_of_rubric(struct writer *writer, const struct field *field, const struct field *naming,
               const struct value *given)
{
    const struct value *list = official_list(writer->schema, writer->start->rubric, naming);
    struct grid grid = new_grid(writer, field, list == NULL ? 0 : list->count);

    if (field->type == FIELD_KEYED)
        given = code_settle(writer->arena, field, list, given);
    for (const struct value *at = list == NULL ? NULL : list->first; at != NULL; at = at->next) {
        grid.given[grid.count] = datum_of(field, given, official_code(naming, at));
        grid.official[grid.count++] = at;
    }
    return grid;
}

static const struct value *
entry_named(const struct value *list, const struct field *naming, const struct value *code)
{
    const struct value *entry = list == NULL || code == NULL ? NULL : list->first;

    while (entry != NULL && !name_eq(official_code(naming, entry), code->text))
        entry = entry->next;
    return entry;
}

/* An entry of the report for each row. */
static struct grid
grid_of_report(struct writer *writer, const struct field *field, const struct field *naming,
               const struct value *given)
{
    bool any = given != NULL && given->kind == VALUE_LIST;
    struct grid grid = new_grid(writer, field, any ? given->count : 0);
    const struct value *list =
        naming == NULL ? NULL : official_list(writer->schema, writer->start->rubric, naming);

    for (const struct value *at = any ? given->first : NULL; at != NULL; at = at->next) {
        grid.given[grid.count] = at;
        if (naming != NULL)
            grid.official[grid.count] =
                entry_named(list, naming, schema_datum(at, field->item, naming));
        grid.count++;
    }
    return grid;
}

static struct grid
grid_of(struct writer *writer, const struct field *field, const struct field *naming,
        const struct value *given)
{
    bool given_any = given != NULL && given->kind == VALUE_LIST && given->count > 0;

    if (field->type == FIELD_KEYED || (naming != NULL && naming->required && !given_any))
        return grid_of_rubric(writer, field, naming, given);
    return grid_of_report(writer, field, naming, given);
}

/* Texts of the rubric, lines with their markers. */
static struct str
official_text(struct writer *writer, const struct value *value)
{
    struct buf out = buf_in(writer->arena);

    if (value == NULL || value->kind == VALUE_TEXT || value->kind == VALUE_NUMBER)
        return value == NULL ? STR("") : value->text;
    for (const struct value *entry = value->first; entry != NULL; entry = entry->next) {
        buf_text(&out, out.len == 0 ? "" : "\n");
        buf_add(&out, entry->marker);
        buf_text(&out, entry->marker.len == 0 ? "" : " ");
        buf_add(&out, entry->text);
    }
    return buf_str(&out);
}

/* Columns that show what the rubric says of the rows, all of one type. */
static size_t
put_officials(struct writer *writer, size_t column, const struct grid *grid,
              const struct field *naming, enum field_type type)
{
    const struct field *item =
        naming == NULL || naming->target == NULL ? NULL : naming->target->item;

    for (size_t i = 0; item != NULL && i < item->field_count; i++) {
        const struct field *of = &item->fields[i];
        if (of->type != type || name_eq(of->name, naming->key))
            continue;
        book_column(writer->sheet, column, put_width(of), -1);
        book_text(writer->sheet, ROW_HELP, column, BOOK_HELP, of->help);
        book_text(writer->sheet, ROW_HEAD, column, BOOK_HEAD,
                  str_of(arena_printf(writer->arena, "%.*s%s", STR_FMT(of->name), TABLE_OFFICIAL)));
        for (size_t row = 0; row < grid->count; row++)
            if (grid->official[row] != NULL)
                book_text(writer->sheet, ROW_FIRST + row, column, BOOK_FIXED,
                          official_text(writer, value_get(grid->official[row], of->name)));
        column++;
    }
    return column;
}

static size_t
put_key(struct writer *writer, size_t column, const struct grid *grid)
{
    book_column(writer->sheet, column, 10, -1);
    book_text(writer->sheet, ROW_HEAD, column, BOOK_HEAD_NEEDED, grid->field->key);
    for (size_t row = 0; row < grid->count; row++)
        book_text(writer->sheet, ROW_FIRST + row, column, BOOK_FIXED,
                  official_code(grid->field, grid->official[row]));
    return column + 1;
}

/* What stands in a row under a leaf. */
static struct str
leaf_text(struct writer *writer, const struct grid *grid, size_t row, const struct leaf *leaf,
          const struct field *map)
{
    const struct value *given = grid->given[row];
    const struct field *field = leaf->field;

    if (given == NULL && field->type == FIELD_REFERENCE && grid->official[row] != NULL)
        return official_code(field, grid->official[row]);
    if (given == NULL || given->kind == VALUE_MAP)
        return put_value(writer->arena,
                         given == NULL ? NULL : schema_datum_at(given, map, leaf->path));
    return name_eq(leaf->path, grid->field->value) ? put_value(writer->arena, given) : STR("");
}

static size_t
put_column(struct writer *writer, size_t column, const struct grid *grid, const struct leaf *leaf,
           const struct field *map)
{
    const struct field *field = leaf->field;
    struct str help = help_of(writer, field, leaf->required);
    size_t drawn =
        grid->field->type == FIELD_KEYED || grid->count > ROWS_READY ? grid->count : ROWS_READY;

    book_column(writer->sheet, column, put_width(field),
                put_is_number(field) ? put_places(field) : -1);
    book_text(writer->sheet, ROW_HELP, column, BOOK_HELP, help);
    book_text(writer->sheet, ROW_HEAD, column, leaf->required ? BOOK_HEAD_NEEDED : BOOK_HEAD,
              leaf->path);
    put_rule(writer, column, ROW_FIRST, ROW_FIRST + ROWS_RULED, field, help);
    for (size_t row = 0; row < drawn; row++)
        put_own(writer, ROW_FIRST + row, column, field,
                row < grid->count ? leaf_text(writer, grid, row, leaf, map) : STR(""));
    return column + 1;
}

/* Lists of maps inside an entry have no column. */
static void
tell_lists_inside(struct writer *writer, const struct field *map)
{
    for (size_t i = 0; i < map->field_count; i++) {
        const struct field *field = &map->fields[i];
        if (field->type == FIELD_MAP)
            tell_lists_inside(writer, field);
        else if (!leaf_fits(field) && field->repeats.len == 0)
            tell_no_place(writer, field);
    }
}

static void
write_table(struct writer *writer, const struct form_sheet *part, const struct value *given)
{
    const struct field *field = part->field;
    const struct field *map = field->type == FIELD_KEYED ? field : field->item;
    const struct field *naming = official_naming(field);
    struct leaves leaves = leaves_of(writer->arena, map);
    struct grid grid = grid_of(writer, field, naming, given);
    size_t column = 0, i = 0;

    tell_lists_inside(writer, map);
    book_text(writer->sheet, ROW_TITLE, 0, BOOK_TITLE, field->help);
    if (field->type == FIELD_KEYED)
        column = put_key(writer, column, &grid);
    else if (naming != NULL && leaves.count > 0 && leaves.all[0].field == naming)
        column = put_column(writer, column, &grid, &leaves.all[i++], map);
    column = put_officials(writer, column, &grid, naming, FIELD_TEXT);
    for (; i < leaves.count; i++)
        column = put_column(writer, column, &grid, &leaves.all[i], map);
    if (field->type == FIELD_KEYED)
        (void)put_officials(writer, column, &grid, naming, FIELD_PARAGRAPHS);
    book_freeze(writer->sheet, ROW_FIRST);
}

bool
form_write(struct arena *arena, struct diags *diags, const struct schema *schema,
           const struct form_start *start, struct str *bytes, size_t *holes)
{
    struct form form = form_of(arena, schema);
    struct writer writer = {
        .arena = arena, .diags = diags, .schema = schema, .start = start, .book = book_open(arena)};

    for (size_t i = 0; i < form.count; i++) {
        const struct form_sheet *part = &form.sheets[i];
        const struct value *given = part->engines
                                        ? value_get(start->report, part->path)
                                        : schema_datum_at(start->report, &schema->root, part->path);
        writer.sheet = book_sheet(writer.book, part->name);
        writer.row = 0;
        if (part->field->type == FIELD_MAP)
            write_rows(&writer, part, given);
        else
            write_table(&writer, part, given);
    }
    *holes = writer.holes;
    return book_close(writer.book, diags, bytes);
}
