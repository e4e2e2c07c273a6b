/* The rubric: what an assessment asks for in one year, as data (templates/NAME/rubric/YEAR.yaml).
 * Here it is read and its shape checked; its figures are compared elsewhere. */
#ifndef CHECK_RUBRIC_H
#define CHECK_RUBRIC_H

#include "base/diag.h"

struct arena;
struct value;

/* Checks the shape of a rubric file (instruments, indicators, groups, items, levels, tolerances)
 * and returns it as the typed tree that templates see as เกณฑ์, or NULL with a diagnostic.
 * Keys and shapes are described in src/check/rubric.c. */
struct value *rubric_load(struct arena *arena, struct diags *diags, const struct value *file);

/* Merges a report's map รายการ (code to datum) with the rubric's items: the list that a template
 * sees as รายการ, one map per item of the rubric in its order, with the rubric's fields (รหัส, ชื่อ,
 * องค์ประกอบ, กลุ่ม …) and the report's own (ผู้รับผิดชอบ, สถานะ, ความก้าวหน้า …). */
struct value *rubric_items(struct arena *arena, struct diags *diags, const struct value *rubric,
                           const struct value *report_items);

#endif
