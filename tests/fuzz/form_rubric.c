/* Workbooks that hold a rubric, out of any bytes: sheets as CSV, parted by lines "---8<---", which
 * become those of a fixed schema. What is read and good is written as a workbook, read again, and
 * is then the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "check/canonical.h"
#include "form/form.h"
#include "form/rubric.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "sheet/inner.h"
#include "sheet/sheet.h"
#include "value/read.h"
#include "value/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PARTS_MAX 8

static const char schema_text[] =
    "fields:\n"
    "  y: {type: year}\n"
    "  o: {type: keyed, from: x.k, key: id, fields: {v: {}}}\n"
    "  x:\n"
    "    type: rubric\n"
    "    file: y\n"
    "    fields:\n"
    "      t: {required: yes}\n"
    "      y: {type: year}\n"
    "      d: {type: date}\n"
    "      b: {type: bool}\n"
    "      w: {type: list, item: {}}\n"
    "      s:\n"
    "        type: list\n"
    "        required: yes\n"
    "        item:\n"
    "          type: map\n"
    "          fields: {id: {required: yes, unique: yes}, q: {type: decimal, range: [0, 100]},\n"
    "            m: {type: map, fields: {e: {type: enum, choices: [p, q]}, f: {}}},\n"
    "            l: {type: list, item: {type: map, fields: {n: {type: integer, required: yes},\n"
    "              z: {type: list, item: {type: map, fields: {a: {required: yes, lines: "
    "yes}}}}}}}}\n"
    "      g: {type: list, item: {type: map, fields: {s: {type: reference, from: x.s, key: id}, n: "
    "{},\n"
    "        r: {type: bool, repeats: n}, k: {type: list, covers: yes, item: {type: reference, "
    "from: o, key: "
    "id}}}}}\n"
    "      k: {type: list, item: {type: map, fields: {id: {required: yes, unique: yes}, n: {},\n"
    "        f: {type: list, former: id, item: {}}, p: {type: paragraphs, marker: '-'}}}}\n"
    "      c: {type: map, fields: {u: {type: year, required: yes},\n"
    "        s: {type: list, required: yes, item: {type: map, fields: {n: {required: yes}}}}}}\n";

static const char *const names[] = {"x", "s", "s - l", "s - l - z", "g", "k", "c - s", "other"};

struct fuzz {
    struct arena *arena;
    struct diags *diags;
    const struct schema *schema;
};

static size_t
errors(const struct fuzz *fuzz)
{
    return diags_level_count(fuzz->diags, DIAG_ERROR);
}

static struct str
canonical(struct fuzz *fuzz, const struct value *file, const struct value *typed)
{
    struct buf out = buf_in(fuzz->arena);

    canonical_write_rubric(fuzz->arena, fuzz->schema, file, typed, &out);
    return buf_str(&out);
}

static void
tell(const struct fuzz *fuzz, struct str before, struct str after)
{
    for (size_t i = 0; i < diags_count(fuzz->diags); i++)
        fprintf(stderr, "%s %s\n", diag_code_name(diags_at(fuzz->diags, i)->code),
                diags_at(fuzz->diags, i)->pos.file);
    fprintf(stderr, "%.*s\n---\n%.*s\n", STR_FMT(before), STR_FMT(after));
    abort();
}

/* A good rubric is the same when it was written and read again, whatever stands beside it. */
static void
write_again(struct fuzz *fuzz, const struct value *file, const struct value *typed)
{
    const struct form_rubric_start start = {
        .rubric = file, .last = file, .last_year = 2566, .same_places = file->count % 2 == 0};
    struct str bytes, before = canonical(fuzz, file, typed);

    if (!form_write_rubric(fuzz->arena, fuzz->diags, fuzz->schema, &start, &bytes))
        return; /* a text is too long for a cell */
    const struct workbook *workbook = workbook_read_xlsx(fuzz->arena, fuzz->diags, "w", bytes);
    if (workbook == NULL || !form_is_rubric(workbook))
        abort();
    const struct value *read =
        form_read_rubric(fuzz->arena, fuzz->diags, fuzz->schema, workbook, "w");
    const struct value *again =
        read == NULL ? NULL : rubric_load(fuzz->arena, fuzz->diags, fuzz->schema, read);
    if (again == NULL || !str_eq(before, canonical(fuzz, read, again)))
        tell(fuzz, before, again == NULL ? STR("nothing") : canonical(fuzz, read, again));
}

static void
read_rubric(struct fuzz *fuzz, const struct workbook *workbook)
{
    size_t before = errors(fuzz);

    (void)form_is_rubric(workbook);
    (void)form_rubric_names(fuzz->arena, fuzz->diags, workbook, "r");
    before = errors(fuzz);
    const struct value *file =
        form_read_rubric(fuzz->arena, fuzz->diags, fuzz->schema, workbook, "r");
    if ((file == NULL) != (errors(fuzz) > before))
        abort();
    const struct value *typed =
        file == NULL ? NULL : rubric_load(fuzz->arena, fuzz->diags, fuzz->schema, file);
    if (typed != NULL)
        write_again(fuzz, file, typed);
}

static void
read_sheets(struct fuzz *fuzz, struct str rest)
{
    struct str line = STR("---8<---\n");
    struct sheet *sheets[PARTS_MAX];
    struct workbook workbook = {sheets, 0};

    while (rest.len > 0 && workbook.count < PARTS_MAX) {
        size_t cut = str_find(rest, line);
        struct str part = str_sub(rest, 0, cut);
        rest = cut == SIZE_MAX ? STR("") : str_sub(rest, cut + line.len, rest.len);
        struct sheet *sheet = sheet_read_csv(fuzz->arena, fuzz->diags, "sheet", part);
        if (sheet == NULL)
            continue;
        sheet->name = str_of(names[workbook.count]);
        sheets[workbook.count++] = sheet;
    }
    read_rubric(fuzz, &workbook);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz fuzz = {arena_new(0), diags_new(), NULL};
    struct str bytes = {(const char *)data, size};

    fuzz.schema =
        schema_load(fuzz.arena, fuzz.diags,
                    value_read_yaml(fuzz.arena, fuzz.diags, "schema", str_of(schema_text)));
    if (fuzz.schema == NULL)
        abort();
    read_sheets(&fuzz, bytes);
    diags_free(fuzz.diags);
    arena_free(fuzz.arena);
    return 0;
}
