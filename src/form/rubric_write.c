/* Writing a rubric as a workbook: the rows and tables of each sheet. */
#include "base/arena.h"
#include "base/utf8.h"
#include "form/inner.h"
#include "form/rubric.h"
#include "schema/apply.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "sheet/book.h"
#include "value/value.h"

#define ROWS_SPARE 5   /* empty rows that are drawn below the entries */
#define ROWS_LEAST 10  /* that are drawn at least */
#define ROWS_RULED 300 /* below them, that rules go to */
#define PLACES_MAX 9   /* decimals that a cell can show */
#define NEEDED "(ต้องกรอก) "

enum { ROW_TITLE, ROW_HELP, ROW_HEAD, ROW_FIRST };

/* An entry of a list, with those that it was. */
struct row {
    const struct value *entry;
    const struct value **last;
    size_t last_count;
    const struct row *above; /* of the list above, or NULL */
};

/* A sheet as it is written. */
struct table_out {
    const struct part *part;
    const struct field *map; /* whose fields the columns are */
    struct leaves leaves;
    size_t *columns; /* of each leaf */
    bool *shows;     /* for each leaf: a column beside it shows what the other year says */
    struct row *rows;
    size_t count;
};

struct writer {
    struct arena *arena;
    const struct schema *schema;
    const struct form_rubric_start *start;
    struct parts parts;
    struct table_out *tables; /* of each part; the first is not used */
    struct book *book;
    struct book_sheet *sheet;
};

/* ---- what stands in a cell */

/* Several codes fit a line. */
static struct str
codes_text(struct writer *writer, const struct value *list)
{
    struct buf out = buf_in(writer->arena);

    if (list->count == 0)
        return STR("-");
    for (const struct value *code = list->first; code != NULL; code = code->next) {
        if (code->kind != VALUE_TEXT || str_find(code->text, STR(",")) != SIZE_MAX)
            return put_value(writer->arena, list);
        buf_text(&out, out.len == 0 ? "" : ", ");
        buf_add(&out, code->text);
    }
    return buf_str(&out);
}

/* Words as the lists to choose from have them. */
static struct str
choice_text(struct writer *writer, const struct field *field, const struct value *value)
{
    struct diags *unheard = diags_new();
    struct apply apply = {
        .arena = writer->arena, .diags = unheard, .schema = writer->schema, .alone = true};
    const struct value *typed = apply_field(&apply, field, field->name, value);

    diags_free(unheard);
    return put_value(writer->arena, typed->kind == VALUE_NONE ? value : typed);
}

static struct str
text_of(struct writer *writer, const struct field *field, const struct value *value)
{
    if (value == NULL || value->kind == VALUE_NONE || value->kind == VALUE_MAP)
        return STR("");
    if (holds_codes(field) && value->kind == VALUE_LIST)
        return codes_text(writer, value);
    if (field->type == FIELD_BOOL || field->type == FIELD_ENUM)
        return choice_text(writer, field, value);
    return put_value(writer->arena, value);
}

/* Where the schema does not say how many decimals a number has, those that it has are shown. A
 * spreadsheet keeps no zeros at their end: such a number stays a text. */
static void
put_cell(struct writer *writer, size_t row, size_t column, const struct field *field,
         struct str text)
{
    bool open = field->type == FIELD_DECIMAL && field->places < 0;
    struct decimal number;

    if (open && str_find(text, STR(".")) != SIZE_MAX && str_ends(text, STR("0")))
        book_instead(writer->sheet, row, column, put_places(field), text);
    else if (open && decimal_parse(text, &number) && number.places > put_places(field) &&
             number.places <= PLACES_MAX)
        book_number(writer->sheet, row, column, number.places, &number);
    else
        put_input(writer->arena, writer->sheet, row, column, field, text);
}

/* Texts of a rubric are names, and longer than most texts of a report. */
static double
width_of(const struct table_out *table, size_t leaf)
{
    const struct field *field = table->leaves.all[leaf].field;

    if (leaf < table->part->depth)
        return 20;
    return field->type == FIELD_TEXT && !field->unique ? 36 : put_width(field);
}

static struct str
help_of(struct writer *writer, const struct field *field, bool required)
{
    return str_of(
        arena_printf(writer->arena, "%s%.*s", required ? NEEDED : "", STR_FMT(field->help)));
}

static struct str
last_title(struct writer *writer, struct str title)
{
    return str_of(arena_printf(writer->arena, "%.*s" TABLE_LAST "%d)", STR_FMT(title),
                               writer->start->last_year));
}

/* ---- what may be typed */

/* The sheet of the list that a reference names entries of. */
static const struct part *
target_of(struct writer *writer, const struct field *reference)
{
    const struct field *list = reference->target;

    if (list != NULL && list->type == FIELD_KEYED)
        list = list->target;
    for (size_t i = 1; list != NULL && i < writer->parts.count; i++)
        if (writer->parts.all[i].list == list)
            return &writer->parts.all[i];
    return NULL;
}

static size_t
rows_drawn(const struct table_out *table)
{
    size_t count = table->count + ROWS_SPARE;

    return count < ROWS_LEAST ? ROWS_LEAST : count;
}

/* The cells that hold the codes of a sheet's entries. */
static bool
source_of(struct writer *writer, const struct part *part, const struct field *key,
          struct book_source *source)
{
    const struct table_out *table = part == NULL ? NULL : &writer->tables[part - writer->parts.all];

    for (size_t i = 0; table != NULL && key != NULL && i < table->leaves.count; i++) {
        if (!str_eq(table->leaves.all[i].path, key->name))
            continue;
        *source = (struct book_source){part->name, table->columns[i], ROW_FIRST,
                                       ROW_FIRST + rows_drawn(table) - 1};
        return true;
    }
    return false;
}

static void
put_rule(struct writer *writer, size_t column, size_t first, size_t last, const struct field *field,
         const struct book_source *source, struct str help)
{
    static const struct str answers[] = {{"ใช่", sizeof "ใช่" - 1}, {"ไม่ใช่", sizeof "ไม่ใช่" - 1}};
    struct str *words = arena_array(writer->arena, field->choice_count + 1, sizeof words[0]);
    struct book_rule rule = {.title = field->name,
                             .help = help,
                             .choices = field->type == FIELD_BOOL ? answers : words,
                             .choice_count = field->type == FIELD_BOOL ? 2 : field->choice_count,
                             .source = source,
                             .whole = field->type != FIELD_DECIMAL};

    for (size_t i = 0; i < field->choice_count; i++)
        words[i] = field->choices[i].name;
    if (field->has_range && put_is_number(field))
        rule.range = field->range;
    book_rule(writer->sheet, column, first, last, &rule);
}

/* ---- the first sheet */

static void
put_row(struct writer *writer, size_t row, const struct leaf *leaf, bool shows)
{
    const struct field *map = writer->parts.all[0].field, *field = leaf->field;
    struct str help = help_of(writer, field, leaf->required);

    book_text(writer->sheet, row, 0, BOOK_FIXED, leaf->path);
    put_cell(writer, row, 1, field,
             text_of(writer, field, schema_datum_at(writer->start->rubric, map, leaf->path)));
    put_rule(writer, 1, row, row, field, NULL, field->help);
    if (shows)
        book_text(writer->sheet, row, 2, BOOK_FIXED,
                  text_of(writer, field, schema_datum_at(writer->start->last, map, leaf->path)));
    book_text(writer->sheet, row, shows ? 3 : 2, BOOK_HELP, help);
}

/* Which templates the rubric is for, as it says itself. */
static struct str
names_text(struct writer *writer)
{
    const struct value *names = value_get(writer->start->rubric, STR(SCHEMA_RUBRIC_KEY));

    if (names == NULL || apply_is_absent(names))
        return writer->start->template_name;
    return names->kind == VALUE_LIST ? codes_text(writer, names) : names->text;
}

static void
write_rows(struct writer *writer)
{
    const struct part *part = &writer->parts.all[0];
    struct leaves leaves = leaves_of(writer->arena, part->field);
    const struct form_rubric_start *start = writer->start;
    bool shows = start->last != NULL;
    size_t row = 0, help = shows ? 3 : 2;

    for (size_t i = 0; i <= help; i++)
        book_column(writer->sheet, i, i == 0 ? 28 : i == help ? 60 : 48, -1);
    book_text(writer->sheet, row++, 0, BOOK_TITLE, part->field->help);
    for (size_t i = 0; i < start->head_count; i++)
        book_text(writer->sheet, row++, 1, BOOK_HELP, start->head[i]);
    book_text(writer->sheet, row, 0, BOOK_HELP, STR(FORM_RUBRIC_KIND));
    book_text(writer->sheet, row++, 1, BOOK_HELP,
              str_of(arena_printf(writer->arena, "%d", FORM_RUBRIC_VERSION)));
    book_text(writer->sheet, row, 0, BOOK_HEAD, STR(FORM_NAME));
    book_text(writer->sheet, row, 1, BOOK_HEAD, STR(FORM_VALUE));
    if (shows)
        book_text(writer->sheet, row, 2, BOOK_HEAD, last_title(writer, STR(FORM_VALUE)));
    book_text(writer->sheet, row++, help, BOOK_HEAD, STR(FORM_HELP));
    book_freeze(writer->sheet, row);
    book_text(writer->sheet, row, 0, BOOK_FIXED, STR(SCHEMA_RUBRIC_KEY));
    book_text(writer->sheet, row, 1, BOOK_FIXED, names_text(writer));
    book_text(writer->sheet, row++, help, BOOK_HELP, STR("ไม่ต้องแก้"));
    for (size_t i = 0; i < leaves.count; i++)
        put_row(writer, row++, &leaves.all[i], shows);
}

/* ---- entries, and what they were in the other year */

static struct str
key_text(const struct part *part, const struct value *entry)
{
    const struct value *key =
        part->key == NULL ? NULL : schema_datum(entry, part->list->item, part->key);

    return key == NULL || key->kind != VALUE_TEXT ? STR("") : key->text;
}

/* The list of a part in the map around it, or NULL. */
static const struct value *
list_in(struct writer *writer, const struct part *part, const struct value *map)
{
    const struct field *of =
        part->above == NULL ? writer->parts.all[0].field : part->above->list->item;
    const struct value *list = schema_datum_at(map, of, part->path);

    return list == NULL || list->kind != VALUE_LIST ? NULL : list;
}

/* The list of another year in which the entries of one are looked for. */
struct before {
    const struct field *former; /* the field that says which they are, or NULL */
    const struct value *next;   /* where places are the same: the next one */
    struct name_index index;
};

static struct before
before_of(struct writer *writer, const struct part *part, const struct value *last)
{
    const struct field *item = part->list->item;
    struct before before = {.next = NULL};

    if (last == NULL)
        return before;
    if (writer->start->same_places) {
        before.next = last->first;
        return before;
    }
    for (size_t i = 0; i < item->field_count; i++)
        if (item->fields[i].former.len > 0)
            before.former = &item->fields[i];
    if (before.former != NULL)
        before.index = name_index_of(writer->arena, last, before.former->former);
    else if (part->key != NULL)
        before.index = name_index_of(writer->arena, last, part->key->name);
    return before;
}

static void
add_last(struct writer *writer, struct row *row, const struct before *before, struct str code)
{
    const struct name_entry *found = name_index_find(&before->index, str_trim(code));
    size_t cap = row->last_count;

    if (found != NULL)
        *ARENA_ADD(writer->arena, row->last, row->last_count, cap, 1) = found->value;
}

/* Which entries of the other year a row was: those that it names, else the one of its code. */
static void
find_last(struct writer *writer, const struct part *part, struct before *before, struct row *row)
{
    const struct value *codes =
        before->former == NULL ? NULL : schema_datum(row->entry, part->list->item, before->former);
    struct str text = codes == NULL ? STR("") : codes->text, line;

    if (before->next != NULL) {
        row->last = arena_array(writer->arena, 1, sizeof(const struct value *));
        row->last[row->last_count++] = before->next;
        before->next = before->next->next;
    } else if (codes == NULL) {
        add_last(writer, row, before, key_text(part, row->entry));
    } else if (codes->kind == VALUE_LIST) {
        for (const struct value *code = codes->first; code != NULL; code = code->next)
            add_last(writer, row, before, code->text);
    } else {
        while (codes->kind == VALUE_TEXT && str_line(&text, &line))
            add_last(writer, row, before, line);
    }
}

/* Adds the entries of one list to the rows of its sheet. */
static void
add_rows(struct writer *writer, struct table_out *table, const struct value *map,
         const struct value *last_map, const struct row *above)
{
    const struct part *part = table->part;
    const struct value *list = list_in(writer, part, map);
    struct before before = before_of(writer, part, list_in(writer, part, last_map));

    for (const struct value *entry = list == NULL ? NULL : list->first; entry != NULL;
         entry = entry->next) {
        struct row *row = &table->rows[table->count++];
        *row = (struct row){.entry = entry, .above = above};
        find_last(writer, part, &before, row);
    }
}

static size_t
count_rows(struct writer *writer, const struct part *part)
{
    const struct table_out *above =
        part->above == NULL ? NULL : &writer->tables[part->above - writer->parts.all];
    const struct value *list;
    size_t count = 0;

    if (above == NULL) {
        list = list_in(writer, part, writer->start->rubric);
        return list == NULL ? 0 : list->count;
    }
    for (size_t i = 0; i < above->count; i++) {
        list = list_in(writer, part, above->rows[i].entry);
        count += list == NULL ? 0 : list->count;
    }
    return count;
}

static void
take_rows(struct writer *writer, struct table_out *table)
{
    const struct part *part = table->part;
    const struct table_out *above =
        part->above == NULL ? NULL : &writer->tables[part->above - writer->parts.all];

    table->rows = arena_array(writer->arena, count_rows(writer, part) + 1, sizeof table->rows[0]);
    if (above == NULL)
        add_rows(writer, table, writer->start->rubric, writer->start->last, NULL);
    for (size_t i = 0; above != NULL && i < above->count; i++)
        add_rows(writer, table, above->rows[i].entry,
                 above->rows[i].last_count == 0 ? NULL : above->rows[i].last[0], &above->rows[i]);
}

/* ---- columns */

/* The code in a column that names the entry above. */
static struct str
above_text(const struct table_out *table, const struct row *row, size_t level)
{
    const struct part *part = table->part;

    for (size_t i = part->depth; i > level; i--) {
        part = part->above;
        row = row->above;
    }
    return key_text(part, row->entry);
}

static struct str
leaf_text(struct writer *writer, const struct table_out *table, size_t row, size_t leaf)
{
    const struct leaf *of = &table->leaves.all[leaf];

    if (row >= table->count)
        return STR("");
    if (leaf < table->part->depth)
        return above_text(table, &table->rows[row], leaf);
    return text_of(writer, of->field,
                   schema_datum_at(table->rows[row].entry, table->map, of->path));
}

/* What the other year says of a field; where an entry was several, each behind its code. */
static struct str
last_text(struct writer *writer, const struct table_out *table, size_t row, size_t leaf)
{
    const struct leaf *of = &table->leaves.all[leaf];
    const struct row *at = &table->rows[row];
    struct buf out = buf_in(writer->arena);

    for (size_t i = 0; i < at->last_count; i++) {
        struct str text =
            text_of(writer, of->field, schema_datum_at(at->last[i], table->map, of->path));
        if (text.len == 0)
            continue;
        buf_text(&out, out.len == 0 ? "" : "\n");
        if (at->last_count > 1)
            buf_printf(&out, "%.*s: ", STR_FMT(key_text(table->part, at->last[i])));
        buf_add(&out, text);
    }
    return buf_str(&out);
}

/* Texts, codes and figures are compared with those of the other year; what says how sure an entry
 * is belongs to one year. */
static bool
is_compared(const struct field *field)
{
    bool kind = field->type == FIELD_TEXT || field->type == FIELD_PARAGRAPHS ||
                field->type == FIELD_DECIMAL || field->type == FIELD_INTEGER ||
                field->type == FIELD_LIST;

    return kind && !field->unique && field->former.len == 0 && field->yearly != YEARLY_HOLE &&
           field->yearly != YEARLY_DROP;
}

static bool
shows_last(struct writer *writer, const struct table_out *table, size_t leaf)
{
    const struct leaf *of = &table->leaves.all[leaf];
    bool direct = str_eq(of->path, of->field->name);

    if (leaf < table->part->depth || !direct || !is_compared(of->field))
        return false;
    for (size_t row = 0; row < table->count; row++)
        if (last_text(writer, table, row, leaf).len > 0)
            return true;
    return false;
}

/* Which column each field of a sheet has. */
static void
lay_out(struct writer *writer, const struct part *part)
{
    struct table_out *table = &writer->tables[part - writer->parts.all];
    size_t column = 0;

    table->part = part;
    table->map = part->field->item;
    table->leaves = leaves_of(writer->arena, table->map);
    table->columns = arena_array(writer->arena, table->leaves.count + 1, sizeof(size_t));
    table->shows = arena_array(writer->arena, table->leaves.count + 1, sizeof(bool));
    take_rows(writer, table);
    for (size_t i = 0; i < table->leaves.count; i++) {
        table->columns[i] = column++;
        table->shows[i] = shows_last(writer, table, i);
        column += table->shows[i];
    }
}

static void
put_last(struct writer *writer, const struct table_out *table, size_t leaf)
{
    const struct leaf *of = &table->leaves.all[leaf];
    size_t column = table->columns[leaf] + 1;

    book_column(writer->sheet, column, width_of(table, leaf), -1);
    book_text(writer->sheet, ROW_HEAD, column, BOOK_HEAD, last_title(writer, of->path));
    for (size_t row = 0; row < table->count; row++)
        book_text(writer->sheet, ROW_FIRST + row, column, BOOK_FIXED,
                  last_text(writer, table, row, leaf));
}

static void
put_column(struct writer *writer, const struct table_out *table, size_t leaf)
{
    const struct leaf *of = &table->leaves.all[leaf];
    const struct field *field = of->field;
    const struct part *above = table->part;
    size_t column = table->columns[leaf], drawn = rows_drawn(table);
    struct str help = help_of(writer, field, of->required);
    struct book_source source;
    bool listed;

    for (size_t i = table->part->depth; i > leaf; i--)
        above = above->above;
    listed = leaf < table->part->depth
                 ? source_of(writer, above, above->key, &source)
                 : field->type == FIELD_REFERENCE &&
                       source_of(writer, target_of(writer, field),
                                 &(struct field){.name = field->key}, &source);
    book_column(writer->sheet, column, width_of(table, leaf),
                put_is_number(field) ? put_places(field) : -1);
    book_text(writer->sheet, ROW_HELP, column, BOOK_HELP, help);
    book_text(writer->sheet, ROW_HEAD, column, of->required ? BOOK_HEAD_NEEDED : BOOK_HEAD,
              of->path);
    put_rule(writer, column, ROW_FIRST, ROW_FIRST + drawn + ROWS_RULED, field,
             listed ? &source : NULL, help);
    for (size_t row = 0; row < drawn; row++)
        put_cell(writer, ROW_FIRST + row, column, field, leaf_text(writer, table, row, leaf));
}

static void
write_table(struct writer *writer, const struct table_out *table)
{
    book_text(writer->sheet, ROW_TITLE, 0, BOOK_TITLE, table->part->list->help);
    for (size_t i = 0; i < table->leaves.count; i++) {
        put_column(writer, table, i);
        if (table->shows[i])
            put_last(writer, table, i);
    }
    book_freeze(writer->sheet, ROW_FIRST);
}

bool
form_write_rubric(struct arena *arena, struct diags *diags, const struct schema *schema,
                  const struct form_rubric_start *start, struct str *bytes)
{
    struct writer writer = {.arena = arena,
                            .schema = schema,
                            .start = start,
                            .parts = parts_of(arena, diags, schema),
                            .book = book_open(arena)};

    writer.tables = arena_array(arena, writer.parts.count, sizeof writer.tables[0]);
    for (size_t i = 1; i < writer.parts.count; i++)
        lay_out(&writer, &writer.parts.all[i]);
    for (size_t i = 0; i < writer.parts.count; i++) {
        writer.sheet = book_sheet(writer.book, writer.parts.all[i].name);
        if (i == 0)
            write_rows(&writer);
        else
            write_table(&writer, &writer.tables[i]);
    }
    return book_close(writer.book, diags, bytes);
}
