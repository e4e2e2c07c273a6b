/* A report or a rubric out of any bytes, carried over to the next year: what comes out can be read,
 * and holds nothing of last year's figures. */
#include <stdlib.h>

#include "base/arena.h"
#include "renew/carry.h"
#include "renew/last.h"
#include "renew/year.h"
#include "schema/schema.h"
#include "thai/normal.h"
#include "value/read.h"
#include "value/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fixed[] =
    "fields:\n"
    "  ปี: {type: year, yearly: yes}\n"
    "  วัน: {type: date, yearly: yes}\n"
    "  ที่: {name: yes, yearly: tail}\n"
    "  ข้อความ: {type: paragraphs}\n"
    "  คำสั่ง: {type: paragraphs, yearly: drop}\n"
    "  ผล: {type: map, yearly: yes, fields: {รวม: {type: decimal, unit: "
    "คะแนน}, ระดับ: {}, n: {yearly: no}}}\n"
    "  ข้อ: {type: keyed, from: เกณฑ์.ข้อ, key: รหัส, value: ค่า, fields: {ค่า: "
    "{type: decimal, yearly: yes},\n"
    "    ผล: {type: paragraphs, yearly: yes}}}\n"
    "  งาน: {type: list, item: {type: map, fields: {ผล: {type: paragraphs, "
    "yearly: yes}, ชื่อ: {}}}}\n"
    "  ก่อน: {type: map, fields: {ปี: {type: year, last: ปี}, รวม: {type: decimal, "
    "places: 2, last: ผล.รวม}, ข้อ: {type: keyed, from: เกณฑ์.ข้อ, key: รหัส, value: "
    "เดิม, last: ข้อ, fields: {เดิม: {type: decimal}}}, อื่น: {}}}\n"
    "  เกณฑ์: {type: rubric, file: ปี, fields: {ปี: {type: year, yearly: "
    "yes}, ผล: {type: date, yearly: drop},\n"
    "    ครบ: {type: bool, yearly: yes}, ข้อ: {type: list, item: {type: "
    "map, fields: {รหัส: {}, ชื่อ: {}}}}}}\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct str bytes = {(const char *)data, size}, text;
    const struct schema *schema =
        schema_load(arena, diags, value_read_yaml(arena, diags, "schema", str_of(fixed)));

    if (schema == NULL)
        abort();
    if (normal_decode(arena, diags, (struct pos){"x", 0, 0}, bytes, &text)) {
        const struct value *root = value_read_yaml(arena, diags, "x", text);
        if (root != NULL && root->kind == VALUE_MAP) {
            int from = year_of(&schema->root, root);
            const struct carry_years years = {
                .from = from,
                .to = 2569,
                .last = size % 2 == 0 ? root : NULL,
                .now = value_read_yaml(arena, diags, "now",
                                       STR("ข้อ: [{รหัส: O2, ชื่อ: ก}, {รหัส: O3, ชื่อ: ข}]\n"))};
            struct carry_told told;
            struct str report = carry_report(arena, schema, root, text, &years, &told);
            struct last_told filled;
            struct str last = last_fill(arena, schema, root, report, &years, &filled);
            struct str example = carry_example(arena, schema, root, text, &years);
            struct str rubric = carry_rubric(arena, schema, root, text, from, 2569);
            if (value_read_yaml(arena, diags, "report", report) == NULL ||
                value_read_yaml(arena, diags, "last", last) == NULL ||
                value_read_yaml(arena, diags, "example", example) == NULL ||
                value_read_yaml(arena, diags, "rubric", rubric) == NULL)
                abort();
        }
    }
    diags_free(diags);
    arena_free(arena);
    return 0;
}
