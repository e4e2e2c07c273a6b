/* Tables out of any bytes as CSV, parted by lines "---8<---": each is read as every field of a
 * fixed schema and joined into a report, and together they are the sheets of a form. */
#include <stdlib.h>

#include "base/arena.h"
#include "form/form.h"
#include "form/join.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "sheet/inner.h"
#include "sheet/sheet.h"
#include "value/read.h"
#include "value/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PARTS_MAX 6

static const char schema_text[] =
    "fields:\n"
    "  t: {lines: yes, required: yes}\n"
    "  y: {type: year}\n"
    "  l:\n"
    "    type: list\n"
    "    item:\n"
    "      type: map\n"
    "      fields: {a: {required: yes}, b: {type: paragraphs}, m: {type: map, fields: {c: {}}},\n"
    "        r: {type: reference, from: x.k, key: id, unique: yes}}\n"
    "  w: {type: list, item: {}}\n"
    "  m:\n"
    "    type: map\n"
    "    required: yes\n"
    "    sheet: m\n"
    "    fields:\n"
    "      d: {type: decimal, places: 2, required: yes}\n"
    "      e: {type: enum, choices: [p, q]}\n"
    "      k: {type: keyed, from: x.k, key: id, value: v, complete: yes, required: yes,\n"
    "        fields: {v: {type: decimal, places: 2, required: yes}, n: {}}}\n"
    "  o: {type: keyed, from: x.k, key: id, fields: {v: {required: yes}, n: {}}}\n"
    "  x:\n"
    "    type: rubric\n"
    "    file: y\n"
    "    fields: {k: {type: list, required: yes, item: {type: map, fields: {id: {required: yes, "
    "unique: yes}, n: {}}}}}\n";

static const char rubric_text[] = "k: [{id: '1', n: one}, {id: '2', n: two}, {id: O3, n: three}]\n";

static const char report_text[] = "t: x\n"
                                  "y: '2566'\n"
                                  "l: [{a: '1', m: {c: z}}]\n"
                                  "w: [a, b]\n"
                                  "m: {d: '1.00', k: {'1': '2.00', O3: {n: x}}}\n"
                                  "o: [{id: '2', v: b}]\n";

struct fuzz {
    struct arena *arena;
    struct diags *diags;
    const struct schema *schema;
    const struct value *rubric;
};

static const struct value *
yaml(struct fuzz *fuzz, const char *text)
{
    return value_read_yaml(fuzz->arena, fuzz->diags, "fixed", str_of(text));
}

/* Merges and hides cells of a table, which CSV cannot, as the bytes say. */
static void
disturb(struct fuzz *fuzz, struct sheet *sheet, const uint8_t *data, size_t size)
{
    for (size_t i = 0; sheet->rows > 0 && i + 4 <= size && i < 32; i += 4) {
        size_t row = data[i] % sheet->rows, column = data[i + 1] % sheet->columns;
        struct span span = {row, column, row + data[i + 2] % 4, column + data[i + 3] % 3};
        (void)sheet_merge(fuzz->arena, sheet, &span);
        if (data[i] % 5 == 0)
            sheet_hide_row(sheet, span.last_row);
        if (data[i] % 7 == 0)
            sheet_hide_columns(fuzz->arena, sheet, column, span.last_column);
    }
    sheet_end(sheet);
}

static void
join_all(struct fuzz *fuzz, const struct sheet *sheet)
{
    static const char *const keys[] = {"l", "w", "m", "k", "m.k", "o"};
    const struct value *report = yaml(fuzz, report_text);
    struct buf out = buf_in(fuzz->arena);

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct str path;
        struct join_how how = {.partly = i % 2 == 0, .is_form = i % 3 == 0, .year = STR("2566")};
        const struct field *field =
            join_field(fuzz->arena, fuzz->diags, fuzz->schema, str_of(keys[i]), POS_NONE, &path);
        size_t errors = diags_level_count(fuzz->diags, DIAG_ERROR);
        const struct value *value = join_read(fuzz->arena, fuzz->diags, field, sheet, how);
        if ((value == NULL) != (diags_level_count(fuzz->diags, DIAG_ERROR) > errors))
            abort();
        if (value == NULL)
            continue;
        join_compare(fuzz->arena, fuzz->diags, fuzz->schema, field, sheet, fuzz->rubric,
                     (struct join_how){0});
        const struct value *joined =
            join_put(fuzz->arena, fuzz->diags, fuzz->schema, report, path, value);
        if (joined != NULL)
            value_dump(schema_apply(fuzz->arena, fuzz->diags, fuzz->schema, joined, fuzz->rubric),
                       &out);
    }
}

static void
read_form(struct fuzz *fuzz, struct sheet **sheets, size_t count)
{
    struct form form = form_of(fuzz->arena, fuzz->schema);
    struct workbook workbook = {sheets, count};
    struct str name, bytes;
    struct pos pos;

    for (size_t i = 0; i < count; i++)
        sheets[i]->name = i < form.count ? form.sheets[i].name : STR("other");
    (void)form_template(fuzz->diags, &workbook, "form", &name, &pos);
    const struct value *report =
        form_read(fuzz->arena, fuzz->diags, fuzz->schema, &workbook, "form");
    if (report == NULL)
        return;
    form_compare(fuzz->arena, fuzz->diags, fuzz->schema, &workbook, fuzz->rubric);
    (void)schema_apply(fuzz->arena, fuzz->diags, fuzz->schema, report, fuzz->rubric);
    size_t holes;
    struct form_start start = {STR("x"), fuzz->rubric, report};
    (void)form_write(fuzz->arena, fuzz->diags, fuzz->schema, &start, &bytes, &holes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz fuzz = {arena_new(0), diags_new(), NULL, NULL};
    struct str rest = {(const char *)data, size}, line = STR("---8<---\n");
    struct sheet *sheets[PARTS_MAX];
    size_t count = 0;

    fuzz.schema = schema_load(fuzz.arena, fuzz.diags, yaml(&fuzz, schema_text));
    if (fuzz.schema == NULL)
        abort();
    fuzz.rubric = rubric_load(fuzz.arena, fuzz.diags, fuzz.schema, yaml(&fuzz, rubric_text));
    if (fuzz.rubric == NULL)
        abort();
    while (rest.len > 0 && count < PARTS_MAX) {
        size_t cut = str_find(rest, line);
        struct str part = str_sub(rest, 0, cut);
        rest = cut == SIZE_MAX ? STR("") : str_sub(rest, cut + line.len, rest.len);
        struct sheet *sheet = sheet_read_csv(fuzz.arena, fuzz.diags, "table.csv", part);
        if (sheet == NULL)
            continue;
        sheets[count++] = sheet;
        if (str_starts(part, STR("!")))
            disturb(&fuzz, sheet, (const uint8_t *)part.ptr, part.len);
        join_all(&fuzz, sheet);
    }
    if (count > 0)
        read_form(&fuzz, sheets, count);
    diags_free(fuzz.diags);
    arena_free(fuzz.arena);
    return 0;
}
