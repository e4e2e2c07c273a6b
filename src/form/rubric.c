/* Reading a rubric that is a workbook. */
#include "form/rubric.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "form/inner.h"
#include "form/join.h"
#include "schema/apply.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "sheet/sheet.h"
#include "value/value.h"

/* Between the codes of entries that lie in each other; no code holds it. */
#define PATH_SIGN "\xEF\xB8\xB1"

/* ---- what the workbook says of itself */

static const char *const for_names[] = {SCHEMA_RUBRIC_KEY};
static const char *const kind_names[] = {FORM_RUBRIC_KIND};
static const char *const form_names[] = {FORM_TEMPLATE, "template", FORM_KIND};

bool
form_is_rubric(const struct workbook *workbook)
{
    if (form_marked(workbook, kind_names, 1) != NULL)
        return true;
    if (form_marked_below(workbook, form_names, 3) != NULL)
        return false;
    return form_marked_below(workbook, for_names, 1) != NULL ||
           (form_marked(workbook, for_names, 1) != NULL &&
            form_marked(workbook, form_names, 3) == NULL);
}

/* The names of templates in a cell, parted by commas or line ends: a text, or a list of texts. */
static struct value *
names_value(struct arena *arena, const struct cell *cell, struct pos pos)
{
    struct value *list = value_new(arena, VALUE_LIST, pos), *name = NULL;
    struct str rest = cell_text(cell);

    while (rest.len > 0) {
        size_t end = 0;
        while (end < rest.len && rest.ptr[end] != ',' && rest.ptr[end] != '\n')
            end++;
        struct str part = utf8_trim(str_sub(rest, 0, end));
        rest = str_sub(rest, end < rest.len ? end + 1 : end, SIZE_MAX);
        if (part.len == 0)
            continue;
        name = value_new(arena, VALUE_TEXT, pos);
        name->text = part;
        value_append(list, name);
    }
    return list->count == 1 ? name : list;
}

static void
put_names(struct arena *arena, struct value *rubric, const struct workbook *workbook)
{
    const struct cell *cell = form_marked(workbook, for_names, 1);
    struct pos pos = cell == NULL ? rubric->pos : cell->pos;
    struct value *names = names_value(arena, cell, pos);

    names->key = STR(SCHEMA_RUBRIC_KEY);
    names->key_pos = pos;
    names->next = NULL;
    value_append(rubric, names);
}

struct value *
form_rubric_names(struct arena *arena, struct diags *diags, const struct workbook *workbook,
                  const char *file)
{
    struct value *rubric = value_new(arena, VALUE_MAP, (struct pos){file, 0, 0});

    if (!form_check_kind(diags, workbook, FORM_RUBRIC_KIND, FORM_RUBRIC_VERSION))
        return NULL;
    put_names(arena, rubric, workbook);
    return rubric;
}

/* ---- sheets */

struct reading {
    struct arena *arena;
    struct diags *diags;
    const struct workbook *workbook;
    struct parts parts;
    struct entries *entries; /* of each part, for the sheets below it */
    const char *file;
    int nearest_left; /* so many unknown codes have the nearest one looked for */
    bool good;
};

/* The entries of a sheet, found by their codes behind those of the entries above. */
struct entries {
    struct value **entry;
    struct value *paths; /* a map of each, with its path; in the order of `entry` */
    struct name_index index;
    bool failed; /* the sheet is there and could not be read */
};

static const struct part *
part_named(const struct parts *parts, struct str name)
{
    for (size_t i = 0; i < parts->count; i++)
        if (name_eq(parts->all[i].name, name))
            return &parts->all[i];
    return NULL;
}

/* The sheet of a part, with something in it, or NULL. */
static const struct sheet *
sheet_of(const struct reading *reading, const struct part *part)
{
    const struct sheet *sheet = form_sheet_named(reading->workbook, part->name);

    return sheet == NULL || sheet->rows == 0 ? NULL : sheet;
}

/* A sheet that is none of the rubric's: one that is missing may have been renamed to it. Which that
 * is, or NULL. */
static const struct part *
tell_extra(struct reading *reading, const struct sheet *sheet)
{
    struct diags *diags = reading->diags;
    struct pos pos = {sheet->file, 0, 0};
    struct nearest nearest = {.name.len = 0};

    if (sheet->rows == 0 || part_named(&reading->parts, sheet->name) != NULL)
        return NULL;
    for (size_t i = 0; i < reading->parts.count; i++)
        if (sheet_of(reading, &reading->parts.all[i]) == NULL)
            nearest_try(&nearest, sheet->name, reading->parts.all[i].name);
    if (nearest.name.len > 0) {
        diag_add(diags, DIAG_FORM_SHEET_NEAR, pos, diag_str(diags, sheet->name),
                 diag_str(diags, nearest.name), NULL);
        reading->good = false;
        return part_named(&reading->parts, nearest.name);
    }
    if (!sheet->hidden)
        diag_add(diags, DIAG_FORM_SHEET_EXTRA, pos, diag_str(diags, sheet->name), NULL, NULL);
    return NULL;
}

/* Tells what the workbook lost, lacks, or has besides. */
static void
check_sheets(struct reading *reading)
{
    const struct workbook *workbook = reading->workbook;
    bool *told = arena_array(reading->arena, reading->parts.count, sizeof *told);
    struct diags *diags = reading->diags;

    for (size_t i = 0; i < workbook->count; i++) {
        const struct sheet *sheet = workbook->sheets[i];
        if (sheet->lost && part_named(&reading->parts, sheet->name) != NULL) {
            diag_add(diags, DIAG_XLSX_SHEET_LOST, (struct pos){sheet->file, 0, 0},
                     diag_str(diags, sheet->name), NULL, NULL);
            reading->good = false;
        }
    }
    for (size_t i = 0; i < workbook->count; i++) {
        const struct part *renamed = tell_extra(reading, workbook->sheets[i]);
        if (renamed != NULL)
            told[renamed - reading->parts.all] = true;
    }
    for (size_t i = 0; i < reading->parts.count; i++) {
        const struct part *part = &reading->parts.all[i];
        if (!part->required || part->above != NULL || told[i] || sheet_of(reading, part) != NULL)
            continue;
        diag_add(diags, DIAG_FORM_SHEET_MISSING, (struct pos){reading->file, 0, 0},
                 diag_str(diags, part->name), NULL, NULL);
        reading->good = false;
    }
}

/* What a sheet says, or NULL: it is not there, or has errors. */
static struct value *
read_sheet(struct reading *reading, const struct part *part)
{
    const struct sheet *sheet = sheet_of(reading, part);
    struct diags *diags = reading->diags;

    if (sheet == NULL)
        return NULL;
    if (sheet->rows > FORM_RUBRIC_ROWS_MAX) {
        diag_add(diags, DIAG_FORM_ROWS_MAX, (struct pos){sheet->file, 0, 0},
                 diag_printf(diags, "%d", FORM_RUBRIC_ROWS_MAX), NULL, NULL);
        reading->good = false;
        return NULL;
    }
    struct value *value =
        join_read(reading->arena, diags, part->field, sheet, (struct join_how){.is_form = true});
    reading->good = reading->good && value != NULL;
    return value;
}

/* ---- entries and those above them */

static struct str
path_below(struct arena *arena, struct str above, struct str code)
{
    return above.len == 0 ? code
                          : str_of(arena_printf(arena, "%.*s" PATH_SIGN "%.*s", STR_FMT(above),
                                                STR_FMT(code)));
}

static struct str
child_text(const struct value *map, struct str name)
{
    const struct value *child = name_child(map, name);

    return child == NULL || child->kind != VALUE_TEXT ? STR("") : utf8_trim(child->text);
}

/* The fields of a table that name entries above come first. */
static const struct field *
column_of(const struct part *part, size_t level)
{
    return &part->field->item->fields[level];
}

static void
tell_unknown(struct reading *reading, const struct part *part, const struct part *above,
             const struct value *code)
{
    const struct entries *entries = &reading->entries[above - reading->parts.all];
    struct diags *diags = reading->diags;
    struct nearest nearest = {.name.len = 0};

    reading->good = false;
    if (code == NULL || code->kind != VALUE_TEXT) {
        const struct field *column = column_of(part, above->depth);
        diag_add(diags, DIAG_FORM_ABOVE_EMPTY, code == NULL ? POS_NONE : code->pos,
                 diag_str(diags, column->name), diag_str(diags, above->name), NULL);
        return;
    }
    for (const struct value *at = entries->paths->first; at != NULL && reading->nearest_left > 0;
         at = at->next)
        nearest_try(&nearest, code->text, child_text(at, STR("code")));
    reading->nearest_left--;
    diag_add(diags, nearest.name.len > 0 ? DIAG_FORM_ABOVE_NEAR : DIAG_FORM_ABOVE_UNKNOWN,
             code->pos, diag_str(diags, code->text), diag_str(diags, above->name),
             diag_str(diags, nearest.name));
}

/* The entry that a row belongs to; *path names it. NULL after a message. */
static struct value *
entry_above(struct reading *reading, const struct part *part, const struct value *row,
            struct str *path)
{
    const struct part *chain[SCHEMA_DEPTH_MAX + 1];
    struct value *found = NULL;
    const struct part *at = part->above;

    *path = STR("");
    for (size_t i = part->depth; i > 0; i--, at = at->above)
        chain[i - 1] = at;
    for (size_t i = 0; i < part->depth; i++) {
        const struct entries *entries = &reading->entries[chain[i] - reading->parts.all];
        const struct value *code = name_child(row, column_of(part, i)->name);
        *path = path_below(reading->arena, *path, child_text(row, column_of(part, i)->name));
        const struct name_entry *named = name_index_find(&entries->index, *path);
        if (entries->failed)
            return NULL;
        if (named == NULL || code == NULL || code->kind != VALUE_TEXT) {
            tell_unknown(reading, part, chain[i], code);
            return NULL;
        }
        const struct name_entry *next = named + 1;
        bool twice = next < entries->index.entries + entries->index.count &&
                     name_eq(next->name, named->name);
        if (twice && !chain[i]->key->unique) {
            diag_add(reading->diags, DIAG_FORM_ABOVE_TWICE, code->pos,
                     diag_str(reading->diags, code->text), diag_str(reading->diags, chain[i]->name),
                     NULL);
            reading->good = false;
            return NULL;
        }
        found = entries->entry[named->ordinal];
    }
    return found;
}

/* Notes an entry for the sheets below its own. */
static void
note_entry(struct reading *reading, const struct part *part, struct value *entry, struct str path)
{
    struct entries *entries = &reading->entries[part - reading->parts.all];
    struct value *noted = value_new(reading->arena, VALUE_MAP, entry->pos);
    struct str code = child_text(entry, part->key->name);
    const struct {
        const char *key;
        struct str text;
    } texts[] = {{"path", path_below(reading->arena, path, code)}, {"code", code}};

    if (code.len == 0)
        return;
    for (size_t i = 0; i < 2; i++) {
        struct value *text = value_new(reading->arena, VALUE_TEXT, entry->pos);
        text->text = texts[i].text;
        text->key = str_of(texts[i].key);
        value_append(noted, text);
    }
    entries->entry[entries->paths->count] = entry;
    value_append(entries->paths, noted);
}

/* The row without what names the entries above. */
static struct value *
own_part(struct reading *reading, const struct part *part, const struct value *row)
{
    struct value *entry = value_hollow(reading->arena, row);

    for (const struct value *child = row->first; child != NULL; child = child->next) {
        bool names = false;
        for (size_t i = 0; i < part->depth; i++)
            names = names || name_eq(child->key, column_of(part, i)->name);
        if (!names)
            value_append(entry, value_copy(reading->arena, child));
    }
    return entry;
}

/* The list at a part's path in the map around it; made where there is none. */
static struct value *
list_in(struct reading *reading, struct value *map, const struct part *part, struct pos pos)
{
    struct str rest = part->path, name = name_cut(&rest);

    for (; rest.len > 0; name = name_cut(&rest))
        map = leaf_child_map(reading->arena, map, name, pos);
    for (struct value *child = map->first; child != NULL; child = child->next)
        if (child->kind == VALUE_LIST && name_eq(child->key, name))
            return child;
    struct value *list = value_new(reading->arena, VALUE_LIST, pos);
    list->key = name;
    list->key_pos = pos;
    value_append(map, list);
    return list;
}

/* Puts the rows of a table where they belong. */
static void
put_rows(struct reading *reading, const struct part *part, struct value *rubric,
         const struct value *rows)
{
    struct entries *entries = &reading->entries[part - reading->parts.all];

    entries->entry = arena_array(reading->arena, rows->count + 1, sizeof(struct value *));
    /* an empty table that must be filled is kept as a place for the message; in a map that may be
     * left out it would make one of it */
    if (rows->count == 0 && part->depth == 0 && part->required)
        leaf_put(reading->arena, rubric, part->path, value_copy(reading->arena, rows), rows->pos);
    for (const struct value *row = rows->first; row != NULL; row = row->next) {
        struct str path = STR("");
        struct value *map = part->depth == 0 ? rubric : entry_above(reading, part, row, &path);
        if (map == NULL)
            continue;
        struct value *list = list_in(reading, map, part, part->depth == 0 ? rows->pos : row->pos);
        struct value *entry = own_part(reading, part, row);
        value_append(list, entry);
        if (part->key != NULL)
            note_entry(reading, part, entry, path);
    }
    entries->index = name_index_of(reading->arena, entries->paths, STR("path"));
}

/* The fields of the first sheet, but for what says whom the rubric is for: that may stand in any.
 */
static struct value *
rubric_of(struct reading *reading, const struct value *rows)
{
    struct value *rubric = value_new(reading->arena, VALUE_MAP, (struct pos){reading->file, 0, 0});

    put_names(reading->arena, rubric, reading->workbook);
    for (const struct value *child = rows->first; child != NULL; child = child->next)
        if (!name_eq(child->key, STR(SCHEMA_RUBRIC_KEY)) &&
            !name_eq(child->key, STR(FORM_RUBRIC_KIND)))
            value_append(rubric, value_copy(reading->arena, child));
    return rubric;
}

struct value *
form_read_rubric(struct arena *arena, struct diags *diags, const struct schema *schema,
                 const struct workbook *workbook, const char *file)
{
    struct reading reading = {.arena = arena,
                              .diags = diags,
                              .workbook = workbook,
                              .parts = parts_of(arena, NULL, schema),
                              .file = file,
                              .nearest_left = APPLY_NEAREST_MAX,
                              .good = true};

    check_sheets(&reading);
    reading.entries = arena_array(arena, reading.parts.count, sizeof reading.entries[0]);
    for (size_t i = 0; i < reading.parts.count; i++)
        reading.entries[i].paths = value_new(arena, VALUE_LIST, POS_NONE);
    const struct value *rows = read_sheet(&reading, &reading.parts.all[0]);
    struct value *rubric =
        rubric_of(&reading, rows == NULL ? value_new(arena, VALUE_MAP, POS_NONE) : rows);
    for (size_t i = 1; i < reading.parts.count; i++) {
        const struct part *part = &reading.parts.all[i];
        const struct value *table = read_sheet(&reading, part);
        reading.entries[i].failed = table == NULL && sheet_of(&reading, part) != NULL;
        if (table != NULL)
            put_rows(&reading, part, rubric, table);
    }
    return reading.good ? rubric : NULL;
}
