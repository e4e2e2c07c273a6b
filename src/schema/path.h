/* The path of a datum in a report, by the names of its fields: "ผลประเมิน.EIT.ส่วนที่ 1",
 * "ความเห็น[2].ชื่อ", "รายการ.O26.สถานะ". Entries of a list are counted from 1; the field that a plain
 * datum of a keyed field fills (schema.h, `value`) is left out, so that a path is the same however
 * the datum is written. */
#ifndef SCHEMA_PATH_H
#define SCHEMA_PATH_H

#include "base/diag.h"

struct arena;
struct schema;
struct value;

/* The path of the datum that a message is about, found by its place. `schema` gives fields the
 * names they have there; it may be NULL, then they are as typed. NULL when the place is in another
 * file, or when the message is about the report as a whole. */
const char *path_of(struct arena *arena, const struct schema *schema, const struct value *report,
                    const struct diag *diag);

#endif
