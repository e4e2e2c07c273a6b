/* The register as JSON, and as a report to be printed. */
#include "archive/archive.h"
#include "base/arena.h"
#include "value/json_write.h"

static struct str
str_from(struct banthuek_bytes bytes)
{
    return (struct str){bytes.data, bytes.size};
}

/* null where the text is empty. */
static void
add_text(struct buf *out, const char *before, struct banthuek_bytes text)
{
    buf_text(out, before);
    if (text.size == 0)
        buf_text(out, "null");
    else
        json_add_string(out, str_from(text));
}

static void
add_row(struct buf *out, const struct banthuek_archive_register_row *row)
{
    static const char *const states[] = {[BANTHUEK_NUMBER_GIVEN] = "given",
                                         [BANTHUEK_NUMBER_USED] = "used",
                                         [BANTHUEK_NUMBER_VOID] = "void"};

    buf_printf(out, "  {\"number\": %zu, \"state\": \"%s\"", row->number, states[row->state]);
    add_text(out, ", \"shown\": ", row->shown);
    add_text(out, ", \"date\": ", row->date);
    add_text(out, ", \"from\": ", row->office);
    add_text(out, ",\n   \"to\": ", row->to);
    add_text(out, ", \"subject\": ", row->subject);
    add_text(out, ",\n   \"secret\": ", row->secret);
    add_text(out, ", \"reason\": ", row->reason);
    buf_printf(out, ", \"entry\": %zu, \"documents\": [", row->entry);
    for (size_t i = 0; i < row->document_count; i++)
        buf_printf(out, "%s%zu", i == 0 ? "" : ", ", row->documents[i]);
    buf_text(out, "]}");
}

void
banthuek_archive_register_json(struct banthuek *b, const struct banthuek_archive_register *list,
                               struct banthuek_bytes *json)
{
    struct buf out = buf_in(lent_of(b).arena);

    add_text(&out, "{\"agency\": ", list->agency);
    buf_printf(&out, ", \"year\": %d,\n\"numbers\": [", list->year);
    for (size_t i = 0; i < list->count; i++) {
        buf_text(&out, i == 0 ? "\n" : ",\n");
        add_row(&out, &list->rows[i]);
    }
    buf_printf(&out, "],\n\"given\": %zu, \"used\": %zu, \"void\": %zu, \"missing\": [",
               list->given, list->used, list->voids);
    for (size_t i = 0; i < list->gap_count; i++)
        buf_printf(&out, "%s[%zu, %zu]", i == 0 ? "" : ", ", list->gaps[i].from, list->gaps[i].to);
    buf_text(&out, "]}\n");
    *json = lent_bytes(buf_str(&out));
}

/* ---- to be printed */

/* A field of a row; nothing where the text is empty. */
static void
add_field(struct buf *out, const char *name, struct str text)
{
    if (text.len == 0)
        return;
    buf_printf(out, ", \"%s\": ", name);
    json_add_string(out, text);
}

/* What became of the document: where it is kept. */
static struct str
done_of(struct arena *arena, const struct banthuek_archive_register_row *row)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < row->document_count; i++)
        buf_printf(&out, "%s%zu", i == 0 ? "เก็บเข้าคลังเอกสาร รายการที่ " : " และ ", row->documents[i]);
    return buf_str(&out);
}

static void
add_part(struct buf *out, const char *text, struct str more)
{
    if (out->len > 0)
        buf_byte(out, ' ');
    buf_text(out, text);
    buf_add(out, more);
}

static struct str
remark_of(struct arena *arena, const struct banthuek_archive_register_row *row)
{
    struct buf out = buf_in(arena);

    if (row->secret.size > 0)
        add_part(&out, "", str_from(row->secret));
    if (row->state == BANTHUEK_NUMBER_VOID)
        add_part(&out, "ยกเลิก: ", str_from(row->reason));
    if (row->state == BANTHUEK_NUMBER_GIVEN)
        add_part(&out, "ยังไม่มีหนังสือในคลังเอกสาร", STR(""));
    if (row->document_count > 1)
        add_part(&out, "เลขซ้ำกันหลายฉบับ", STR(""));
    return buf_str(&out);
}

static void
add_printed(struct buf *out, const struct banthuek_archive_register_row *row)
{
    struct arena *arena = out->arena;

    buf_printf(out, "  {\"เลขทะเบียน\": \"%zu\"", row->number);
    add_field(out, "ที่", str_from(row->shown));
    add_field(out, "ลงวันที่", str_from(row->date));
    add_field(out, "จาก", str_from(row->office));
    add_field(out, "ถึง", str_from(row->to));
    add_field(out, "เรื่อง", str_from(row->subject));
    add_field(out, "การปฏิบัติ", done_of(arena, row));
    add_field(out, "หมายเหตุ", remark_of(arena, row));
    buf_byte(out, '}');
}

static void
add_printed_gap(struct buf *out, const struct banthuek_archive_register_gap *gap)
{
    if (gap->from == gap->to)
        buf_printf(out, "  {\"เลขทะเบียน\": \"%zu\"", gap->from);
    else
        buf_printf(out, "  {\"เลขทะเบียน\": \"%zu – %zu\"", gap->from, gap->to);
    buf_text(out, ", \"หมายเหตุ\": \"ไม่ได้ออกเลข\"}");
}

void
banthuek_archive_register_report(struct banthuek *b, const struct banthuek_archive_register *list,
                                 struct banthuek_bytes *report)
{
    struct buf out = buf_in(lent_of(b).arena);
    size_t gap = 0;

    buf_text(&out, "{\"template\": \"register\",\n\"หน่วยงาน\": ");
    json_add_string(&out, str_from(list->agency));
    buf_printf(&out, ",\n\"ปี\": \"%d\",\n\"รายการ\": [", list->year);
    for (size_t i = 0; i < list->count; i++) {
        while (gap < list->gap_count && list->gaps[gap].from < list->rows[i].number) {
            add_printed_gap(&out, &list->gaps[gap++]);
            buf_text(&out, ",\n");
        }
        if (i == 0)
            buf_byte(&out, '\n');
        add_printed(&out, &list->rows[i]);
        buf_text(&out, i + 1 < list->count ? ",\n" : "");
    }
    buf_printf(&out, "],\n\"ใช้แล้ว\": \"%zu\", \"ยังไม่ใช้\": \"%zu\", \"ยกเลิก\": \"%zu\"}\n",
               list->used, list->given, list->voids);
    *report = lent_bytes(buf_str(&out));
}
