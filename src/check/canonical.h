/* A report in one fixed form, so that the same report is the same bytes however it was typed. */
#ifndef CHECK_CANONICAL_H
#define CHECK_CANONICAL_H

struct arena;
struct buf;
struct schema;
struct value;

/* Writes the report's own data as JSON: `template`, the fields in the schema's order under the
 * names it gives them, คำเฉพาะ, ยอมรับ. What the rubric holds, what is absent and ข้อมูล (whose cells
 * are data by now) are left out. Numbers are texts with the schema's decimals, dates "2566-09-29"
 * or "2566-09", choices and codes are written as schema and rubric write them, yes and no are true
 * and false. Text of several entries is one text, an entry on a line, where reading it gives the
 * same entries again; else it stays as it was typed.
 *
 * Reading what is written as a report gives the same typed data, and the same JSON again. `report`
 * is the tree as it was read, `data` that of schema_apply() without errors. */
void canonical_write(struct arena *arena, const struct schema *schema, const struct value *report,
                     const struct value *data, struct buf *out);

/* A rubric in the same form: the templates that it is for, then its fields. `rubric` is the tree as
 * it was read, `data` that of rubric_load(). */
void canonical_write_rubric(struct arena *arena, const struct schema *schema,
                            const struct value *rubric, const struct value *data, struct buf *out);

#endif
