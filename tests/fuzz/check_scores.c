/* A rubric and a report out of any bytes, parted by a line "---8<---", and what is checked of their
 * figures: by the first byte sums with full marks, or means by weight whose shares are recognised.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "check/report.h"
#include "check/score.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "value/read.h"
#include "value/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HEAD                                   \
    "fields:\n"                                \
    "  y: {type: year}\n"                      \
    "  t: {type: decimal, range: [0, 1000]}\n" \
    "  l: {}\n"

static const char sums[] = HEAD
    "  a: {type: keyed, from: r.a, key: k, value: v, fields: {v: {type: decimal}}}\n"
    "  b: {type: keyed, from: r.b, key: k, value: v, fields: {v: {type: decimal}}}\n"
    "  c: {type: keyed, from: r.c, key: k, value: v, fields: {v: {type: decimal, places: 1}}}\n"
    "  r:\n"
    "    type: rubric\n"
    "    file: y\n"
    "    fields:\n"
    "      f: {type: decimal}\n"
    "      a: {type: list, item: {type: map, fields: {k: {type: integer}, f: {type: decimal}}}}\n"
    "      b: {type: list, item: {type: map, fields: {k: {}, f: {type: decimal},\n"
    "        a: {type: reference, from: r.a, key: k}}}}\n"
    "      c: {type: list, item: {type: map, fields: {k: {}, f: {type: decimal},\n"
    "        a: {type: reference, from: r.a, key: k}, b: {type: reference, from: r.b, key: k}}}}\n"
    "      l: {type: list, item: {type: map, fields: {n: {}, t: {type: decimal},\n"
    "        e: {type: list, item: {type: map, fields: {b: {type: reference, from: r.b, key: k},\n"
    "          v: {type: decimal}}}}}}}\n"
    "scores:\n"
    "  - {name: T, value: t, full: r.f}\n"
    "  - {name: 'A {}', each: r.a, key: k, full: f, value: 'a.{}.v'}\n"
    "  - {name: 'B {}', each: r.b, key: k, in: a, leaf: yes, full: f, value: 'b.{}.v'}\n"
    "  - {name: 'C {}', each: r.c, key: k, in: [a, b], full: f, value: 'c.{}.v'}\n"
    "levels: {value: l, from: r.l, name: n, total: t, each: e, in: b, least: v}\n";

static const char shares[] = HEAD
    "  a: {type: map, fields: {x: {type: decimal, places: 2, range: [0, 100]}, y: {type: map,\n"
    "    fields: {v: {type: decimal, places: 2}, p: {type: decimal}, q: {type: decimal}}}, z: "
    "{type: "
    "decimal}}}\n"
    "  b: {type: keyed, from: r.b, key: k, value: v, fields: {v: {type: decimal, places: 2}}}\n"
    "  r:\n"
    "    type: rubric\n"
    "    file: y\n"
    "    fields:\n"
    "      ยืนยันแล้ว: {type: bool}\n"
    "      d: {type: decimal}\n"
    "      a: {type: list, item: {type: map, fields: {k: {}, w: {type: decimal},\n"
    "        p: {type: list, item: {type: map, fields: {k: {}}}}}}}\n"
    "      b: {type: list, item: {type: map, fields: {k: {type: integer},\n"
    "        a: {type: reference, from: r.a, key: k}}}}\n"
    "      l: {type: list, item: {type: map, fields: {n: {}, t: {type: decimal}, e: {type: "
    "decimal}}}}\n"
    "scores:\n"
    "  - {name: T, value: t, tolerance: r.d}\n"
    "  - name: '{}'\n"
    "    each: r.a\n"
    "    key: k\n"
    "    weight: w\n"
    "    value: 'a.{}'\n"
    "    own: v\n"
    "    tolerance: r.d\n"
    "    parts: {name: '{}', each: p, key: k, value: 'a.{}.{}', tolerance: r.d}\n"
    "  - {name: 'B {}', each: r.b, key: k, in: a, value: 'b.{}.v'}\n"
    "levels: {value: l, from: r.l, name: n, total: t, every: e}\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new(), *findings = diags_new();
    bool summed = size > 0 && data[0] == 's';
    struct str text = {(const char *)data + (size > 0), size - (size > 0)};
    struct str line = STR("---8<---\n");
    size_t cut = str_find(text, line);
    struct str report_text = cut == SIZE_MAX ? STR("") : str_sub(text, cut + line.len, text.len);
    const struct schema *schema = schema_load(
        arena, diags, value_read_yaml(arena, diags, "schema", str_of(summed ? sums : shares)));

    if (schema == NULL)
        abort();
    const struct value *file = value_read_yaml(arena, diags, "rubric", str_sub(text, 0, cut));
    const struct value *report = value_read_yaml(arena, diags, "report", report_text);
    const struct value *rubric = file == NULL ? NULL : rubric_load(arena, diags, schema, file);
    if (rubric != NULL && report != NULL) {
        const struct value *typed = schema_apply(arena, diags, schema, report, rubric);
        const struct scores *scores = report_check(arena, findings, schema, typed, rubric);
        for (size_t i = 0; i < scores->count; i++)
            if (scores->all[i]->weighted && scores->all[i]->given == NULL)
                abort();
        if (diags_level_count(findings, DIAG_ERROR) == 0 && !scores->consistent)
            abort();
    }
    diags_free(findings);
    diags_free(diags);
    arena_free(arena);
    return 0;
}
