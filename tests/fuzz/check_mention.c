/* Sentences of any text, compared with figures that are fixed. Before a line "---8<---" may stand a
 * rubric, whose names and codes are then looked for. */
#include <stdlib.h>

#include "base/arena.h"
#include "check/report.h"
#include "check/score.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "value/read.h"
#include "value/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char schema_text[] =
    "fields:\n"
    "  y: {type: year}\n"
    "  d: {type: date, fiscal: y, after: r.d}\n"
    "  n: {person: yes}\n"
    "  t: {figures: yes, years: yes, lines: yes}\n"
    "  b: {type: paragraphs, figures: yes, years: yes}\n"
    "  v: {type: map, fields: {s: {type: decimal, places: 2}, l: {}, A: {type: decimal, places: "
    "2}}}\n"
    "  i:\n"
    "    type: keyed\n"
    "    from: r.i\n"
    "    key: k\n"
    "    value: v\n"
    "    complete: yes\n"
    "    fields: {v: {type: decimal, places: 2}, n: {official: o}}\n"
    "  r:\n"
    "    type: rubric\n"
    "    file: y\n"
    "    fields:\n"
    "      a: {assessment: yes}\n"
    "      d: {type: date}\n"
    "      t:\n"
    "        type: list\n"
    "        item: {type: map, fields: {k: {}, p: {type: list, item: {type: map, fields: {k: "
    "{}}}}}}\n"
    "      i:\n"
    "        type: list\n"
    "        item:\n"
    "          type: map\n"
    "          fields:\n"
    "            k: {}\n"
    "            n: {official: o}\n"
    "            o: {type: list, item: {}}\n"
    "            t: {type: reference, from: r.t, key: k}\n"
    "      l:\n"
    "        type: list\n"
    "        item: {type: map, fields: {n: {}, s: {type: decimal}, e: {type: decimal}}}\n"
    "scores:\n"
    "  - {name: คะแนนรวม, value: v.s}\n"
    "  - name: \"{}\"\n"
    "    each: r.t\n"
    "    key: k\n"
    "    value: \"v.{}\"\n"
    "    parts: {name: \"{}\", each: p, key: k, value: \"v.{}.{}\"}\n"
    "  - {name: \"ตัวชี้วัดที่ {} {n}\", each: r.i, key: k, in: t, value: \"i.{}.v\"}\n"
    "levels: {value: v.l, from: r.l, name: n, total: s, every: e}\n";

static const char rubric_text[] =
    "a: ITA\n"
    "d: 2566-08-10\n"
    "t: [{k: A, p: [{k: ส่วนที่ 1}]}]\n"
    "i: [{k: 1, n: การใช้อำนาจ, t: A}, {k: 2, n: การป้องกัน, o: [ก ข], t: A}]\n"
    "l: [{n: ผ่านดี, s: 90}, {n: ผ่าน, s: 0}]\n";

static const char figures_text[] = "y: 2566\n"
                                   "d: 2566-09\n"
                                   "v: {s: 86.17, l: ผ่าน, A: 99.49}\n"
                                   "i: {1: 86.17, 2: {v: 80.00, n: ก ค}}\n";

static const struct value *
read_text(struct arena *arena, struct diags *diags, struct str text)
{
    return value_read_yaml(arena, diags, "input", text);
}

static struct value *
text_value(struct arena *arena, const char *key, struct str text)
{
    struct value *value = value_new(arena, VALUE_TEXT, (struct pos){"input", 1, 1});

    value->key = str_of(key);
    value->text = text;
    return value;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new(), *findings = diags_new();
    struct str text = {(const char *)data, size}, line = STR("---8<---\n");
    size_t cut = str_find(text, line);
    struct str names = cut == SIZE_MAX ? str_of(rubric_text) : str_sub(text, 0, cut);
    struct str said = cut == SIZE_MAX ? text : str_sub(text, cut + line.len, size);
    const struct schema *schema =
        schema_load(arena, diags, read_text(arena, diags, str_of(schema_text)));
    const struct value *file = read_text(arena, diags, names);

    if (schema == NULL)
        abort();
    const struct value *rubric = file == NULL ? NULL : rubric_load(arena, diags, schema, file);
    struct value *report = NULL;
    const struct value *fixed = read_text(arena, diags, str_of(figures_text));
    report = value_new(arena, VALUE_MAP, fixed->pos);
    *report = *fixed;
    value_append(report, text_value(arena, "t", said));
    value_append(report, text_value(arena, "b", said));
    value_append(report, text_value(arena, "n", said));
    const struct value *typed = schema_apply(arena, diags, schema, report, rubric);
    (void)report_check(arena, findings, schema, typed, rubric);
    for (size_t i = 0; i < diags_count(findings); i++)
        (void)diag_line(arena, diags_at(findings, i), DIAG_THAI);
    diags_free(findings);
    diags_free(diags);
    arena_free(arena);
    return 0;
}
