/* Opens the spreadsheets that a report names under `ข้อมูล` and joins them into it. */
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "base/utf8.h"
#include "engine/stages.h"
#include "form/join.h"
#include "schema/schema.h"
#include "sheet/sheet.h"
#include "thai/digits.h"
#include "value/value.h"

#define DATA_KEY "ข้อมูล"
#define SHEETS_SHOWN 12

/* A workbook that was read, for the next field out of it. */
struct opened {
    struct str name;
    const struct workbook *book;
    struct opened *next;
};

struct joining {
    struct work *w;
    const char *dir; /* of the report */
    const struct schema *schema;
    const struct value *report; /* with the tables that were joined so far */
    struct tables *tables;
    struct opened *opened;
};

enum table_kind { SOURCE_CSV, SOURCE_XLSX, SOURCE_OTHER };

/* "คะแนน.xlsx#แผ่น1" */
struct table_source {
    struct str file;
    struct str sheet; /* or empty */
    enum table_kind kind;
};

static enum table_kind
kind_of(struct str name)
{
    if (source_is_workbook(name))
        return SOURCE_XLSX;
    return str_ends_same(name, STR(".csv")) || str_ends_same(name, STR(".tsv")) ||
                   str_ends_same(name, STR(".txt"))
               ? SOURCE_CSV
               : SOURCE_OTHER;
}

/* A "#" may stand in the file's name as well: that one parts off the sheet that follows an ending
 * of a spreadsheet. */
static struct table_source
table_source_of(struct str text)
{
    struct table_source source = {.file = utf8_trim(text)};

    for (size_t i = 0; i < source.file.len; i++) {
        struct str before = str_sub(source.file, 0, i);
        if (source.file.ptr[i] != '#' || kind_of(before) == SOURCE_OTHER)
            continue;
        source.sheet = utf8_trim(str_sub(source.file, i + 1, source.file.len));
        source.file = before;
        break;
    }
    source.kind = kind_of(source.file);
    return source;
}

/* How messages call a file of the report's folder: as it can be opened from here. */
static const char *
file_name(const struct joining *joining, struct str name)
{
    struct arena *arena = joining->w->arena;
    const char *text = str_cstr(arena, name);

    return strcmp(joining->dir, ".") == 0 ? text : path_join(arena, joining->dir, text);
}

static bool
read_bytes(const struct joining *joining, struct str name, struct pos pos, struct str *bytes)
{
    struct work *w = joining->w;

    if (!work_read_inside(w, pos, joining->dir, name, VALUE_BYTES_MAX, bytes))
        return false;
    input_add(w, INPUT_DATA, name, file_name(joining, name), *bytes);
    return true;
}

static const struct workbook *
open_workbook(struct joining *joining, struct str name, struct pos pos)
{
    struct work *w = joining->w;
    struct str bytes;

    for (const struct opened *at = joining->opened; at != NULL; at = at->next)
        if (str_eq(at->name, name))
            return at->book;
    struct opened *opened = arena_alloc(w->arena, sizeof *opened);
    *opened = (struct opened){name, NULL, joining->opened};
    joining->opened = opened;
    if (read_bytes(joining, name, pos, &bytes))
        opened->book = workbook_read_xlsx(w->arena, w->diags, file_name(joining, name), bytes);
    return opened->book;
}

/* True for a sheet that may be meant where none is named. */
static bool
is_offered(const struct sheet *sheet)
{
    return !sheet->hidden && (sheet->rows > 0 || sheet->lost);
}

/* The names of the sheets but for one: of all, or of those that may be meant. */
static const char *
sheet_names(struct work *w, const struct workbook *book, const struct sheet *but, bool all)
{
    struct buf names = buf_in(w->arena);

    for (size_t i = 0, shown = 0; i < book->count && shown < SHEETS_SHOWN; i++) {
        if (book->sheets[i] == but || (!all && !is_offered(book->sheets[i])))
            continue;
        buf_text(&names, shown++ == 0 ? "" : ", ");
        buf_add(&names, book->sheets[i]->name);
    }
    return str_cstr(w->arena, buf_str(&names));
}

static void
tell_no_sheet(struct work *w, const struct workbook *book, const struct table_source *source,
              struct pos pos)
{
    diag_add(w->diags, source->sheet.len > 0 ? DIAG_JOIN_NO_SHEET : DIAG_JOIN_SHEETS_HIDDEN, pos,
             diag_str(w->diags, source->file), diag_str(w->diags, source->sheet),
             sheet_names(w, book, NULL, true));
}

/* The first sheet that is shown and has cells; that there are others is told. */
static const struct sheet *
first_sheet(struct work *w, const struct workbook *book, const struct table_source *source,
            struct pos pos)
{
    const struct sheet *sheet = NULL, *shown = NULL;

    for (size_t i = 0; i < book->count; i++) {
        if (shown == NULL && !book->sheets[i]->hidden)
            shown = book->sheets[i];
        if (sheet == NULL && is_offered(book->sheets[i]))
            sheet = book->sheets[i];
    }
    const char *others = sheet == NULL ? "" : sheet_names(w, book, sheet, false);
    if (*others != '\0')
        diag_add(w->diags, DIAG_JOIN_SHEET_FIRST, pos, diag_str(w->diags, source->file),
                 diag_str(w->diags, sheet->name), others);
    return sheet == NULL ? shown : sheet;
}

static const struct sheet *
sheet_of(struct work *w, const struct workbook *book, const struct table_source *source,
         struct pos pos)
{
    const struct sheet *sheet = source->sheet.len > 0 ? workbook_sheet(book, source->sheet)
                                                      : first_sheet(w, book, source, pos);

    if (sheet == NULL) {
        tell_no_sheet(w, book, source, pos);
    } else if (sheet->lost) {
        diag_add(w->diags, DIAG_XLSX_SHEET_LOST, (struct pos){sheet->file, 0, 0},
                 diag_str(w->diags, sheet->name), NULL, NULL);
        sheet = NULL;
    }
    return sheet;
}

static const struct sheet *
open_csv(const struct joining *joining, const struct table_source *source, struct pos pos)
{
    struct work *w = joining->w;
    struct str bytes;

    if (source->sheet.len > 0) {
        diag_add(w->diags, DIAG_JOIN_CSV_SHEET, pos, diag_str(w->diags, source->file), NULL, NULL);
        return NULL;
    }
    if (!read_bytes(joining, source->file, pos, &bytes))
        return NULL;
    return sheet_read_csv(w->arena, w->diags, file_name(joining, source->file), bytes);
}

static const struct sheet *
open_sheet(struct joining *joining, const struct value *given)
{
    struct work *w = joining->w;
    struct table_source source = table_source_of(given->text);
    source.file = path_plain(w->arena, source.file);

    if (source.kind == SOURCE_CSV)
        return open_csv(joining, &source, given->pos);
    if (source.kind == SOURCE_XLSX) {
        const struct workbook *book = open_workbook(joining, source.file, given->pos);
        return book == NULL ? NULL : sheet_of(w, book, &source, given->pos);
    }
    diag_add(w->diags, DIAG_JOIN_FILE_KIND, given->pos, diag_str(w->diags, given->text), NULL,
             NULL);
    return NULL;
}

static bool
has_value(const struct value *value)
{
    return value != NULL && value->kind != VALUE_NONE;
}

/* The year of the report, as it is written in it, with Arabic digits. */
static struct str
year_of(struct arena *arena, const struct schema *schema, const struct value *report)
{
    const struct field *rubric = schema->rubric;
    const struct value *year = rubric == NULL ? NULL : join_at(schema, report, rubric->file);

    return year == NULL ? STR("") : str_trim(digits_to_arabic(arena, year->text));
}

static bool
join_one(struct joining *joining, const struct value *given)
{
    struct work *w = joining->w;
    const struct schema *schema = joining->schema;
    struct str path;

    if (given->kind != VALUE_TEXT) {
        diag_add(w->diags, DIAG_JOIN_NOT_FILE, given->pos, diag_str(w->diags, given->key), NULL,
                 NULL);
        return false;
    }
    const struct field *field =
        join_field(w->arena, w->diags, schema, given->key, given->key_pos, &path);
    const struct sheet *sheet = field == NULL ? NULL : open_sheet(joining, given);
    if (sheet == NULL)
        return false;
    struct join_how how = {.partly = has_value(join_at(schema, joining->report, path)),
                           .year = year_of(w->arena, schema, joining->report)};
    const struct value *value = join_read(w->arena, w->diags, field, sheet, how);
    if (value == NULL)
        return false;
    struct table_joined *table = arena_alloc(w->arena, sizeof *table);
    *table = (struct table_joined){field, sheet, joining->tables->first};
    joining->tables->first = table;
    const struct value *report = join_put(w->arena, w->diags, schema, joining->report, path, value);
    if (report != NULL)
        joining->report = report;
    return report != NULL;
}

bool
tables_join(struct work *w, const struct source *source, const struct schema *schema,
            const struct value **report, struct tables *out)
{
    const struct value *data = value_get(*report, STR(DATA_KEY));
    struct joining joining = {
        .w = w, .dir = source->dir, .schema = schema, .report = *report, .tables = out};
    bool good = true;

    if (!has_value(data))
        return true;
    if (data->kind != VALUE_MAP) {
        diag_add(w->diags, DIAG_JOIN_NOT_MAP, data->pos, NULL, NULL, NULL);
        return false;
    }
    for (const struct value *given = data->first; given != NULL; given = given->next)
        good = join_one(&joining, given) && good;
    *report = joining.report;
    return good;
}

void
tables_compare(struct work *w, const struct tables *tables, const struct schema *schema,
               const struct value *report, const struct value *rubric)
{
    for (const struct table_joined *at = tables->first; at != NULL; at = at->next)
        join_compare(w->arena, w->diags, schema, at->field, at->sheet, rubric,
                     (struct join_how){.year = year_of(w->arena, schema, report)});
}
