/* A map as a table of two columns: the name of a field, and its value. */
#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "form/inner.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "sheet/sheet.h"
#include "thai/digits.h"
#include "value/value.h"

#define PAIRS_MAX 10000 /* rows */
#define NAME_COLUMNS 10 /* in which the names are looked for */
#define TOLD_MAX 20     /* columns that are not read */

struct pairs {
    struct arena *arena;
    struct diags *diags;
    const struct field *map;
    const struct sheet *sheet;
    struct pairs_place at;
    struct pos pos; /* of the name that is being read */
    struct leaves leaves;
    struct str *called; /* the paths of the leaves without points */
};

/* What messages call the map; that of the root has no name but that of its sheet. */
static struct str
name_of(const struct pairs *pairs)
{
    return pairs->map->name.len > 0 ? pairs->map->name : pairs->sheet->name;
}

/* The field at a path, a map or keyed field too; *rest is what follows it: the code in a keyed
 * field, and what follows that. *needed: the report must have it. */
static const struct field *
find_field(const struct field *map, struct str path, struct str *rest, bool *needed)
{
    const struct field *field = map;

    *needed = true;
    while (path.len > 0 && field != NULL && field->type == FIELD_MAP) {
        field = schema_find(field, name_cut(&path));
        *needed = *needed && field != NULL && field->required;
    }
    *rest = path;
    return field;
}

static bool
names_field(const struct field *map, struct str name)
{
    struct str rest;
    bool needed;

    return name.len > 0 && find_field(map, name, &rest, &needed) != NULL;
}

bool
pairs_titles(const struct sheet *sheet, size_t rows, struct pairs_place *place)
{
    static const char *const names[] = {"ช่อง", "ชื่อช่อง", "field"};
    static const char *const values[] = {"ค่า", "ข้อมูล", "value"};

    for (size_t row = 0; row < rows; row++) {
        bool has_name = false, has_value = false;
        for (size_t i = 0; i < sheet->columns; i++) {
            struct str text = cell_text(sheet_cell(sheet, row, i));
            if (!has_name && name_is_one_of(text, names, 3)) {
                has_name = true;
                place->name = i;
            } else if (!has_value && name_is_one_of(text, values, 3)) {
                has_value = true;
                place->value = i;
            }
        }
        place->row = row + 1;
        if (has_name && has_value)
            return true;
    }
    return false;
}

/* A path without the points between its names, to be compared with what people write. */
static struct str
without_points(struct arena *arena, struct str path)
{
    struct buf out = buf_in(arena);

    if (str_find(path, STR(".")) == SIZE_MAX)
        return path;
    for (size_t i = 0; i < path.len; i++)
        buf_byte(&out, (char)(path.ptr[i] == '.' ? ' ' : path.ptr[i]));
    return buf_str(&out);
}

/* The path of the only field that is called so but for blanks and points: "EIT ส่วนที่ 1"; or of the
 * entry of a keyed field: "ตัวชี้วัดที่ 1". Empty when there is none. */
static struct str
path_called(const struct pairs *pairs, struct str name)
{
    struct str found = STR(""), bare = without_points(pairs->arena, name);
    size_t count = 0;

    for (size_t i = 0; i < pairs->leaves.count; i++)
        if (name_eq_joined(pairs->called[i], bare) && count++ == 0)
            found = pairs->leaves.all[i].path;
    for (size_t i = 0; count == 0 && i < pairs->map->field_count; i++) {
        const struct field *field = &pairs->map->fields[i];
        if (field->type != FIELD_KEYED || !str_starts(name, field->name))
            continue;
        struct str code = utf8_trim(str_sub(name, field->name.len, name.len));
        found = name_joined(pairs->arena, field->name, without_points(pairs->arena, code));
        count = code.len > 0;
    }
    return count == 1 ? found : STR("");
}

/* Without titles: the column with most names of fields, and the one beside it. */
static bool
find_names(struct pairs *pairs)
{
    const struct sheet *sheet = pairs->sheet;
    size_t most = 0;

    for (size_t i = 0; i < sheet->columns && i < NAME_COLUMNS; i++) {
        size_t count = 0, first = 0;
        for (size_t row = 0; row < sheet->rows && row < PAIRS_MAX; row++) {
            struct str name = cell_text(sheet_cell(sheet, row, i));
            if (name.len == 0 ||
                (!names_field(pairs->map, name) && path_called(pairs, name).len == 0))
                continue;
            first = count++ == 0 ? row : first;
        }
        if (count > most) {
            most = count;
            pairs->at.name = i;
            pairs->at.value = i + 1;
            pairs->at.row = first;
        }
    }
    return most > 0;
}

/* Rows above the first name that is known: captions, or names that are misspelt. One that is near
 * to a field's is read, so that it is told as such; of the others with numbers a note tells. */
static void
look_above(struct pairs *pairs)
{
    struct diags *diags = pairs->diags;
    struct decimal number;

    for (size_t row = 0, told = 0; row < pairs->at.row && told < TOLD_MAX; row++) {
        const struct cell *name = sheet_cell(pairs->sheet, row, pairs->at.name);
        const struct cell *value = sheet_cell(pairs->sheet, row, pairs->at.value);
        if (cell_is_empty(name) ||
            !decimal_parse(digits_to_arabic(pairs->arena, cell_text(value)), &number))
            continue;
        if (leaves_nearest(&pairs->leaves, cell_text(name)).len > 0) {
            pairs->at.row = row;
            return;
        }
        diag_add(diags, DIAG_JOIN_PAIRS_ABOVE, name->pos, diag_str(diags, cell_text(name)), NULL,
                 NULL);
        told++;
    }
}

/* Puts what stands for an entry of a keyed field: its code and one of its fields; its code alone
 * means the field that a plain datum fills. */
static void
put_keyed(const struct pairs *pairs, struct value *keyed, const struct field *field,
          struct str rest, struct value *value)
{
    struct str code = rest, own = rest;
    size_t cut = 0;

    for (size_t dot; (dot = str_find(own, STR("."))) != SIZE_MAX; cut = rest.len - own.len)
        own = str_sub(own, dot + 1, own.len);
    const struct field *inner = cut == 0 ? NULL : schema_find(field, str_trim(own));
    if (inner != NULL)
        code = str_trim(str_sub(code, 0, cut - 1));
    else if (field->value.len > 0)
        inner = schema_find(field, field->value);
    if (inner != NULL)
        keyed = leaf_child_map(pairs->arena, keyed, code, value->key_pos);
    value->key = inner != NULL ? inner->name : code;
    value_append(keyed, value);
}

/* Puts a value where its name says; a name that is not known goes in as it is, for the schema to
 * complain of it. */
static void
put(const struct pairs *pairs, struct value *root, struct str name, struct value *value)
{
    struct str rest;
    bool needed;
    const struct field *field = find_field(pairs->map, name, &rest, &needed);

    value->key = name;
    if (field != NULL && field->type == FIELD_KEYED && rest.len > 0) {
        struct str above = {name.ptr, name.len - rest.len - 1};
        struct value *keyed = leaf_map(pairs->arena, root, above, value->key_pos);
        put_keyed(pairs, keyed, field, str_trim(rest), value);
    } else if (field != NULL && rest.len == 0) {
        leaf_put(pairs->arena, root, name, value, value->key_pos);
    } else {
        value_append(root, value);
    }
}

/* An empty cell that must be filled is kept, so that a message can point at it. */
static struct value *
empty_value(const struct pairs *pairs, size_t row, struct str name)
{
    struct str rest;
    bool needed;
    const struct field *field = find_field(pairs->map, name, &rest, &needed);
    bool leaf = field != NULL && leaf_fits(field) && rest.len == 0;
    bool entry = field != NULL && field->type == FIELD_KEYED && field->complete && rest.len > 0;

    if (!needed || !(leaf || entry))
        return NULL;
    return value_new(pairs->arena, VALUE_NONE,
                     cell_place(pairs->arena, pairs->sheet, row, pairs->at.value));
}

/* The value of a row; where it is merged into one above, that counts, which is told. */
static const struct cell *
value_cell(const struct pairs *pairs, size_t row)
{
    const struct cell *cell = sheet_cell(pairs->sheet, row, pairs->at.value);
    const struct span *span = sheet_span_over(pairs->sheet, row, pairs->at.value);
    struct diags *diags = pairs->diags;

    if (cell != NULL || span == NULL || span->row < pairs->at.row ||
        cell_is_empty(sheet_cell(pairs->sheet, row, pairs->at.name)))
        return cell;
    cell = sheet_cell(pairs->sheet, span->row, span->column);
    if (span->row + 1 == row)
        diag_add(diags, DIAG_JOIN_MERGED, cell->pos, diag_str(diags, cell_text(cell)),
                 sheet_range(pairs->arena, span), NULL);
    return cell;
}

/* What an unknown name means without doubt, "คะแนน" before it or not; or the name itself. */
static struct str
meant_by(const struct pairs *pairs, struct str name)
{
    struct str path, score = STR("คะแนน"), rest = utf8_trim(str_sub(name, score.len, name.len));
    struct diags *diags = pairs->diags;

    if (names_field(pairs->map, name))
        return name;
    path = path_called(pairs, name);
    if (path.len > 0)
        return path;
    if (!str_starts(name, score) || rest.len == 0)
        return name;
    path = names_field(pairs->map, rest) ? rest : path_called(pairs, rest);
    if (path.len == 0)
        return name;
    diag_add(diags, DIAG_JOIN_NAME_READ, pairs->pos, diag_str(diags, name), diag_str(diags, path),
             NULL);
    return path;
}

static bool
read_pair(struct pairs *pairs, size_t row, struct value *root)
{
    const struct cell *name = sheet_cell(pairs->sheet, row, pairs->at.name);
    const struct cell *cell = value_cell(pairs, row);
    struct str rest, text = cell_text(name);
    bool needed;

    if (text.len == 0 && cell_is_empty(cell))
        return true;
    if (text.len == 0 && row_says_note(cell_text(cell))) {
        diag_add(pairs->diags, DIAG_JOIN_NOTE_ROW, cell->pos,
                 diag_str(pairs->diags, cell_text(cell)), diag_str(pairs->diags, name_of(pairs)),
                 NULL);
        return true;
    }
    if (text.len == 0) {
        diag_add(pairs->diags, DIAG_JOIN_NO_NAME, cell->pos,
                 diag_str(pairs->diags, cell_text(cell)), NULL, NULL);
        return false;
    }
    if (!names_field(pairs->map, text) && row_says_note(text)) {
        diag_add(pairs->diags, DIAG_JOIN_NOTE_ROW, name->pos, diag_str(pairs->diags, text),
                 diag_str(pairs->diags, name_of(pairs)), NULL);
        return true;
    }
    pairs->pos = name->pos;
    text = meant_by(pairs, text);
    const struct field *field = find_field(pairs->map, text, &rest, &needed);
    struct value *value = cell_is_empty(cell) ? empty_value(pairs, row, text)
                                              : cell_value(pairs->arena, pairs->diags, field, cell);
    if (value == NULL)
        return true;
    value->key_pos = cell_is_empty(cell) ? value->pos : name->pos;
    put(pairs, root, text, value);
    return true;
}

static void
tell_no_pairs(const struct pairs *pairs)
{
    struct buf names = buf_in(pairs->arena);
    struct leaves leaves = leaves_of(pairs->arena, pairs->map);

    for (size_t i = 0; i < leaves.count; i++) {
        buf_text(&names, i == 0 ? "" : ", ");
        buf_add(&names, leaves.all[i].path);
    }
    diag_add(pairs->diags, DIAG_JOIN_NO_PAIRS, (struct pos){pairs->sheet->file, 0, 0},
             diag_str(pairs->diags, name_of(pairs)), str_cstr(pairs->arena, buf_str(&names)), NULL);
}

/* The first cell with something in it in a column that is not read, or NULL. */
static const struct cell *
unread_in(const struct pairs *pairs, size_t column)
{
    if (column == pairs->at.name || column == pairs->at.value)
        return NULL;
    for (size_t row = pairs->at.row; row < pairs->sheet->rows; row++) {
        const struct cell *cell = sheet_cell(pairs->sheet, row, column);
        if (!cell_is_empty(cell))
            return cell;
    }
    return NULL;
}

/* What stands beside the pairs; a form has a column of help there. */
static void
tell_unread(const struct pairs *pairs, bool titled)
{
    size_t told = 0;

    for (size_t i = 0; i < pairs->sheet->columns && told < TOLD_MAX; i++) {
        const struct cell *cell = unread_in(pairs, i);
        const struct cell *title = titled ? sheet_cell(pairs->sheet, pairs->at.row - 1, i) : NULL;
        if (cell == NULL || name_eq(cell_text(title), STR(FORM_HELP)) ||
            title_is_last(cell_text(title)))
            continue;
        title = cell_is_empty(title) ? cell : title;
        diag_add(pairs->diags, DIAG_JOIN_PAIRS_EXTRA, title->pos,
                 diag_str(pairs->diags, cell_text(title)), NULL, NULL);
        told++;
    }
}

static void
tell_hidden(const struct pairs *pairs)
{
    struct diags *diags = pairs->diags;
    size_t count = 0, first = 0;

    for (size_t row = pairs->at.row; row < pairs->sheet->rows; row++) {
        if (!sheet_hides_row(pairs->sheet, row) ||
            cell_is_empty(sheet_cell(pairs->sheet, row, pairs->at.name)))
            continue;
        first = count++ == 0 ? row : first;
    }
    if (count > 0)
        diag_add(diags, DIAG_JOIN_HIDDEN_ROWS,
                 cell_place(pairs->arena, pairs->sheet, first, pairs->at.name),
                 diag_printf(diags, "%zu", count), diag_str(diags, name_of(pairs)), NULL);
}

struct value *
pairs_read(struct arena *arena, struct diags *diags, const struct field *map,
           const struct sheet *sheet, struct join_how how)
{
    struct pairs pairs = {.arena = arena, .diags = diags, .map = map, .sheet = sheet};
    struct value *root = value_new(arena, VALUE_MAP, (struct pos){sheet->file, 0, 0});
    bool good = true;

    pairs.leaves = leaves_of(arena, map);
    pairs.called = arena_array(arena, pairs.leaves.count + 1, sizeof *pairs.called);
    for (size_t i = 0; i < pairs.leaves.count; i++)
        pairs.called[i] = without_points(arena, pairs.leaves.all[i].path);
    bool titled = pairs_titles(sheet, table_title_rows(sheet, how), &pairs.at);
    if (!titled && !find_names(&pairs)) {
        tell_no_pairs(&pairs);
        return NULL;
    }
    if (!titled)
        look_above(&pairs);
    if (sheet->rows > PAIRS_MAX) {
        diag_add(diags, DIAG_JOIN_PAIRS_MAX, root->pos, diag_printf(diags, "%d", PAIRS_MAX), NULL,
                 NULL);
        return NULL;
    }
    for (size_t row = pairs.at.row; row < sheet->rows; row++)
        good = read_pair(&pairs, row, root) && good;
    tell_unread(&pairs, titled);
    tell_hidden(&pairs);
    return good ? root : NULL;
}
