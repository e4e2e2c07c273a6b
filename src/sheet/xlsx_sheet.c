/* The cells of one sheet (ECMA-376 part 1, 18.3). */
#include "base/ascii.h"

#include <string.h>

#include "base/arena.h"
#include "sheet/inner.h"
#include "value/reader.h"

/* The largest sheet there can be, XFD1048576. */
#define ROWS_EVER 1048576
#define COLUMNS_EVER 16384

/* Merged cells do not overlap, so all of them together lie in fewer rows than this. */
#define MERGED_ROWS_MAX 10000000

struct place {
    size_t row, column;
};

struct job {
    struct xlsx *x;
    struct sheet *sheet;
    struct place next;    /* where a cell stands that does not say where */
    size_t merged;        /* rows looked at for merged cells */
    bool in_data, in_row; /* inside sheetData, row */
    bool hidden;          /* the row */
    /* of the cell being read */
    bool in_cell, in_value, in_formula, preserve;
    bool formula, stored; /* has f, v */
    struct place place;
    struct number_format format;
    bool formatted; /* it has a format, which may be lost */
    char type[12];
    struct buf value;
    struct buf formula_text; /* "=A1" */
    struct xlsx_text text;
};

/* ---- references */

/* Reads "C7" at *at; false when there is none that could be. */
static bool
read_reference(const char **at, struct place *out)
{
    size_t row = 0, column = 0;

    for (; ascii_is_capital(**at) && column <= COLUMNS_EVER; (*at)++)
        column = column * 26 + (size_t)(**at - 'A') + 1;
    for (; ascii_is_digit(**at) && row <= ROWS_EVER; (*at)++)
        row = row * 10 + (size_t)(**at - '0');
    *out = (struct place){row - 1, column - 1};
    return row >= 1 && row <= ROWS_EVER && column >= 1 && column <= COLUMNS_EVER;
}

/* ---- rows and merged cells */

/* True for what says that it is hidden, or has no size. */
static bool
is_hidden(const char **attributes, const char *size)
{
    const char *hidden = xml_attribute(attributes, "hidden"), *is = xml_attribute(attributes, size);

    if (hidden != NULL && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0))
        return true;
    return is != NULL && *is != '\0' && strspn(is, "0.") == strlen(is);
}

static void
start_row(struct job *job, struct xml *xml, const char **attributes)
{
    const char *number = xml_attribute(attributes, "r");
    size_t row = 0;

    job->in_row = true;
    job->hidden = is_hidden(attributes, "ht");
    job->next.column = 0;
    if (number == NULL)
        return;
    if (!str_number(str_of(number), ROWS_EVER, &row) || row == 0)
        xml_damaged(xml, "a row with an impossible number", "เลขแถวผิดปกติ");
    else
        job->next.row = row - 1;
}

/* What is hidden of columns that are no columns does not matter. */
static void
start_columns(struct job *job, const char **attributes)
{
    const char *min = xml_attribute(attributes, "min"), *max = xml_attribute(attributes, "max");
    size_t from = 0, to = 0;

    if (is_hidden(attributes, "width") && str_number(str_of(min), COLUMNS_EVER, &from) &&
        str_number(str_of(max), COLUMNS_EVER, &to) && from > 0)
        sheet_hide_columns(job->x->reader->arena, job->sheet, from - 1, to - 1);
}

static void
merge(struct job *job, struct xml *xml, const char *reference)
{
    struct place from = {0, 0}, to = {0, 0};
    const char *at = reference == NULL ? "" : reference;
    bool good = read_reference(&at, &from);

    to = from;
    if (good && *at == ':') {
        at++;
        good = read_reference(&at, &to);
    }
    if (!good || *at != '\0' || to.row < from.row || to.column < from.column) {
        xml_damaged(xml, "merged cells with an impossible place", "ตำแหน่งเซลล์ที่ผสานผิดปกติ");
        return;
    }
    const struct span span = {from.row, from.column, to.row, to.column};
    job->merged += sheet_merge(job->x->reader->arena, job->sheet, &span) + 1;
    if (job->merged > MERGED_ROWS_MAX)
        xml_damaged(xml, "merged cells that overlap", "เซลล์ที่ผสานซ้อนทับกัน");
}

/* ---- cells */

static void
start_cell(struct job *job, struct xml *xml, const char **attributes)
{
    const char *reference = xml_attribute(attributes, "r"), *at = reference;
    const char *type = xml_attribute(attributes, "t"), *style = xml_attribute(attributes, "s");
    size_t number = 0;

    job->in_cell = true;
    job->in_value = job->in_formula = job->formula = job->stored = false;
    job->value.len = job->formula_text.len = job->text.buf.len = 0;
    job->text.on = false;
    job->text.phonetic = 0;
    job->place = job->next;
    if (reference != NULL &&
        (!read_reference(&at, &job->place) || *at != '\0' || job->place.row != job->next.row))
        xml_damaged(xml, "a cell with an impossible place", "ตำแหน่งเซลล์ผิดปกติ");
    job->next.column = job->place.column + 1;
    (void)strncpy(job->type, type == NULL ? "n" : type, sizeof job->type - 1);
    bool styled = str_number(str_of(style == NULL ? "0" : style), SIZE_MAX / 16, &number);
    job->formatted = !styled || number > 0;
    job->format = (struct number_format){FORMAT_NUMBER, STR("")};
    if (styled && number < job->x->format_count)
        job->format = job->x->formats[number];
}

static bool
is_type(const struct job *job, const char *type)
{
    return strcmp(job->type, type) == 0;
}

static void
set_bool(struct cell *cell, struct str stored)
{
    cell->kind = CELL_BOOL;
    if (str_is(stored, "1") || str_is(stored, "true"))
        cell->text = STR("ใช่");
    else if (str_is(stored, "0") || str_is(stored, "false"))
        cell->text = STR("ไม่ใช่");
    else
        xlsx_fault(cell, DIAG_XLSX_VALUE, stored);
}

static bool
set_indexed(struct job *job, struct xml *xml, struct cell *cell, struct str stored)
{
    size_t index = 0;

    if (str_number(stored, SIZE_MAX / 16, &index) && index < job->x->shared_count)
        return xlsx_set_shared(job->x, cell, &job->x->shared[index]);
    xml_damaged(xml, "a cell whose text is missing", "ไม่พบข้อความของเซลล์");
    return false;
}

/* Sets kind and text; false when the cell is empty. */
static bool
set_cell(struct job *job, struct xml *xml, struct cell *cell)
{
    struct arena *arena = job->x->reader->arena;
    struct str raw = buf_str(&job->value), stored = str_trim(raw);

    if (is_type(job, "inlineStr"))
        return xlsx_set_text(job->x, cell, buf_str(&job->text.buf));
    if (job->formula && (!job->stored || (stored.len == 0 && !is_type(job, "str")))) {
        xlsx_fault(cell, DIAG_XLSX_NO_VALUE, str_dup(arena, buf_str(&job->formula_text)));
        return true;
    }
    if (is_type(job, "str"))
        return xlsx_set_text(job->x, cell, job->preserve ? raw : stored);
    if (stored.len == 0)
        return false;
    if (is_type(job, "s"))
        return set_indexed(job, xml, cell, stored);
    if (is_type(job, "b"))
        set_bool(cell, str_dup(arena, stored));
    else if (is_type(job, "e"))
        xlsx_fault(cell, DIAG_XLSX_ERROR_VALUE, str_dup(arena, stored));
    else if (is_type(job, "d"))
        xlsx_iso_date(job->x, cell, stored);
    else if (is_type(job, "n"))
        xlsx_number(job->x, cell, stored, &job->format);
    else
        xml_damaged(xml, "a cell of an unknown type", "ชนิดเซลล์ที่ไม่รู้จัก");
    return true;
}

static void
tell_size(struct job *job, struct xml *xml, struct pos pos)
{
    struct reader *reader = job->x->reader;

    reader_error(reader, DIAG_XLSX_TOO_LARGE, pos, diag_printf(reader->diags, "%d", SHEET_ROWS_MAX),
                 diag_printf(reader->diags, "%d", SHEET_COLUMNS_MAX),
                 diag_printf(reader->diags, "%d", SHEET_CELLS_MAX));
    xml_stop(xml);
}

/* Puts the cell where it belongs. */
static void
put(struct job *job, struct xml *xml, const struct cell *cell)
{
    struct xlsx *x = job->x;

    if (job->place.row >= SHEET_ROWS_MAX || job->place.column >= SHEET_COLUMNS_MAX ||
        x->cells == SHEET_CELLS_MAX) {
        tell_size(job, xml, cell->pos);
        return;
    }
    struct cell *place = sheet_put(x->reader->arena, job->sheet, job->place.row, job->place.column);
    if (place == NULL) {
        xml_damaged(xml, "a cell that stands there twice", "มีเซลล์ซ้ำ");
        return;
    }
    *place = *cell;
    x->cells++;
    if (x->no_formats && job->formatted && cell->kind == CELL_NUMBER && x->formatted.file == NULL)
        x->formatted = cell->pos;
    if (job->hidden)
        sheet_hide_row(job->sheet, job->place.row);
    if (job->formula && cell->kind != CELL_FAULT && x->formulas++ == 0)
        x->formula_pos = cell->pos;
}

/* A cell of looks alone, as most of a form are: nothing is kept of it, not even its place. */
static bool
is_empty(const struct job *job)
{
    return !job->stored && !job->formula && !is_type(job, "inlineStr");
}

static void
end_cell(struct job *job, struct xml *xml)
{
    struct arena *arena = job->x->reader->arena;
    struct arena_mark scratch = arena_mark(job->x->reader->scratch), kept = arena_mark(arena);
    struct cell cell = {.pos = sheet_pos(arena, job->sheet, job->place.row, job->place.column)};

    bool filled = set_cell(job, xml, &cell) && !xml->failed;
    if (filled)
        xlsx_set_text_look(job->x, &cell, &job->format);
    if (filled)
        put(job, xml, &cell);
    else if (!reader_told_of(job->x->reader, cell.pos.file))
        arena_reset(arena, kept); /* else the note of what was normalised keeps the place */
    arena_reset(job->x->reader->scratch, scratch);
}

/* ---- elements */

static void
on_start(struct xml *xml, const char *name, const char **attributes)
{
    struct job *job = xml->context;

    if (strcmp(name, "sheetData") == 0) {
        job->in_data = true;
    } else if (strcmp(name, "col") == 0) {
        start_columns(job, attributes);
    } else if (strcmp(name, "mergeCell") == 0) {
        merge(job, xml, xml_attribute(attributes, "ref"));
    } else if (job->in_data && strcmp(name, "row") == 0) {
        start_row(job, xml, attributes);
    } else if (job->in_row && strcmp(name, "c") == 0) {
        start_cell(job, xml, attributes);
    } else if (job->in_cell && strcmp(name, "v") == 0) {
        job->in_value = job->stored = true;
        job->preserve = xml_preserves(attributes);
    } else if (job->in_cell && strcmp(name, "f") == 0) {
        job->formula = job->in_formula = true;
        buf_byte(&job->formula_text, '=');
    } else if (job->in_cell) {
        xlsx_text_start(&job->text, name, attributes);
    }
}

static void
on_end(struct xml *xml, const char *name)
{
    struct job *job = xml->context;

    if (strcmp(name, "sheetData") == 0) {
        job->in_data = false;
    } else if (job->in_row && strcmp(name, "row") == 0) {
        job->in_row = false;
        job->next.row++;
    } else if (job->in_cell && strcmp(name, "c") == 0) {
        job->in_cell = false;
        if (!is_empty(job))
            end_cell(job, xml);
    } else if (strcmp(name, "v") == 0) {
        job->in_value = false;
    } else if (strcmp(name, "f") == 0) {
        job->in_formula = false;
    } else if (job->in_cell) {
        xlsx_text_end(&job->text, name);
    }
}

static void
on_text(struct xml *xml, struct str piece)
{
    struct job *job = xml->context;

    if (job->in_value)
        buf_add(&job->value, piece);
    else if (job->in_formula)
        buf_add(&job->formula_text, piece);
    else if (job->in_cell)
        xlsx_text_add(&job->text, piece);
}

bool
xlsx_read_sheet(struct xlsx *x, const struct member *member, struct sheet *sheet)
{
    struct arena *scratch = x->reader->scratch;
    struct job job = {.x = x,
                      .sheet = sheet,
                      .value = buf_in(scratch),
                      .formula_text = buf_in(scratch),
                      .text = {.buf = buf_in(scratch)}};
    struct xml xml = {.context = &job, .start = on_start, .end = on_end, .text = on_text};

    bool good = package_read(&x->package, member, &xml);
    sheet_end(sheet);
    return good;
}
