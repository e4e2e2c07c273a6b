/* A rubric and a report out of any bytes, parted by a line "---8<---", with a fixed schema that
 * has keyed fields and references both ways. */
#include <stdlib.h>

#include "base/arena.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "value/read.h"
#include "value/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fixed[] =
    "fields:\n"
    "  ปี: {type: year}\n"
    "  ผล: {type: keyed, from: เกณฑ์.ตัวชี้วัด, key: ลำดับ, value: s, complete: yes,\n"
    "    fields: {s: {type: decimal, required: yes}, t: {type: reference, from: รายการ, key: "
    "รหัส}}}\n"
    "  รายการ: {type: keyed, from: เกณฑ์.รายการ, key: รหัส, fields: {ชื่อ: {}, p: {type: "
    "paragraphs}}}\n"
    "  แนว: {type: list, item: {type: map, fields: {\n"
    "    n: {type: reference, from: ผล, key: ลำดับ, unique: yes}}}}\n"
    "  เกณฑ์:\n"
    "    type: rubric\n"
    "    file: ปี\n"
    "    fields:\n"
    "      ปี: {type: year}\n"
    "      ยืนยันแล้ว: {type: bool}\n"
    "      เครื่องมือ: {type: list, item: {type: map, fields: {\n"
    "        รหัส: {unique: yes}, น้ำหนัก: {type: decimal, range: [0, 100]}}}}\n"
    "      ตัวชี้วัด: {type: list, item: {type: map, fields: {ลำดับ: {type: integer}, ชื่อ: {},\n"
    "        เครื่องมือ: {type: reference, from: เกณฑ์.เครื่องมือ, key: รหัส}}}}\n"
    "      กลุ่ม: {type: list, item: {type: map, fields: {ชื่อ: {}, ต่อ: {type: bool, repeats: ชื่อ},\n"
    "        รายการ: {type: list, item: {type: reference, from: รายการ, key: รหัส}}}}}\n"
    "      รายการ: {type: list, item: {type: map, fields: {รหัส: {unique: yes}, ชื่อ: {}}}}\n"
    "      ระดับ: {type: list, item: {type: map, fields: {ชื่อ: {},\n"
    "        คะแนนรวม: {type: decimal}, ทุกเครื่องมือ: {type: decimal}}}}\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct str text = {(const char *)data, size}, line = STR("---8<---\n");
    size_t cut = str_find(text, line);
    struct str report_text = cut == SIZE_MAX ? STR("") : str_sub(text, cut + line.len, size);
    const struct schema *schema =
        schema_load(arena, diags, value_read_yaml(arena, diags, "schema", str_of(fixed)));
    const struct value *file = value_read_yaml(arena, diags, "rubric", str_sub(text, 0, cut));
    const struct value *report = value_read_yaml(arena, diags, "report", report_text);

    if (schema == NULL)
        abort();
    const struct value *rubric = file == NULL ? NULL : rubric_load(arena, diags, schema, file);
    if (rubric == NULL && diags_level_count(diags, DIAG_ERROR) == 0)
        abort();
    if (report != NULL) {
        struct buf out = buf_in(arena);
        value_dump(schema_apply(arena, diags, schema, report, rubric), &out);
    }
    diags_free(diags);
    arena_free(arena);
    return 0;
}
