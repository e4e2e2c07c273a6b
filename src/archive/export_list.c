/* The lists of a bag for people: a table for spreadsheet programs, a page for browsers. */
#include <stdlib.h>
#include <string.h>

#include "archive/export_inner.h"
#include "base/arena.h"
#include "thai/date.h"

static const char *
kind_of(struct str kind)
{
    static const char *const words[][2] = {
        {CHAIN_ADD, "เอกสาร"}, {CHAIN_NUMBER, "ออกเลข"}, {CHAIN_VOID, "ยกเลิกเลข"},
        {CHAIN_NOTE, "บันทึก"},  {CHAIN_REMOVE, "ลบ"},     {CHAIN_IMPORT, "นำเข้า"},
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_is(kind, words[i][0]))
            return words[i][1];
    }
    return "อื่น ๆ";
}

static const char *
reason_of(const char *left_out)
{
    if (left_out == NULL)
        return "";
    if (strcmp(left_out, LEFT_OUT_REMOVED) == 0)
        return "ลบออกจากคลังแล้ว";
    return strcmp(left_out, LEFT_OUT_DAMAGED) == 0 ? "อ่านจากคลังไม่ได้" : "มีชั้นความลับ";
}

/* ---- the table: RFC 4180, with the mark by which Excel knows UTF-8 */

/* A text that begins as a formula does must not be one. */
static void
add_cell(struct buf *out, struct str text)
{
    bool formula = text.len > 0 && strchr("=+-@\t\r", text.ptr[0]) != NULL;

    buf_text(out, out->len > 0 && out->ptr[out->len - 1] != '\n' ? ",\"" : "\"");
    buf_text(out, formula ? "'" : "");
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            buf_byte(out, '"');
        buf_byte(out, text.ptr[i]);
    }
    buf_byte(out, '"');
}

static void
add_number(struct exporting *e, struct buf *out, int64_t number)
{
    struct arena_mark mark = arena_mark(e->scratch);

    add_cell(out,
             number == 0 ? STR("") : str_of(arena_printf(e->scratch, "%lld", (long long)number)));
    arena_reset(e->scratch, mark);
}

static void
add_line(struct exporting *e, const struct export_row *row, struct buf *out)
{
    add_cell(out, row->chain);
    add_number(e, out, row->n);
    add_cell(out, row->time);
    add_cell(out, str_of(kind_of(row->kind)));
    add_number(e, out, row->year);
    add_cell(out, row->agency);
    add_cell(out, row->number);
    add_cell(out, row->date);
    add_cell(out, row->subject);
    add_cell(out, row->level);
    add_cell(out, row->score);
    add_cell(out, row->signers);
    add_cell(out, row->secret);
    add_number(e, out, row->supersedes);
    add_cell(out, row->path);
    add_cell(out, row->sha256);
    add_cell(out, str_of(reason_of(row->left_out)));
    buf_text(out, "\r\n");
}

static bool
put_table(struct exporting *e)
{
    struct arena *own = arena_new(0); /* where nothing stands in the way of a text that grows */
    struct buf out = buf_in(own);

    buf_text(&out,
             "\xEF\xBB\xBF"
             "\"คลังที่นำเข้า\",\"รายการที่\",\"เวลา (UTC)\",\"ชนิด\",\"ปี\",\"หน่วยงาน\",\"ที่\","
             "\"ลงวันที่\",\"เรื่อง\",\"ผล\",\"คะแนน\",\"ผู้ลงนาม\",\"ชั้นความลับ\",\"แทนรายการที่\",\"แฟ้ม\","
             "\"SHA-256\",\"เหตุที่ไม่มีเอกสาร\"\r\n");
    for (size_t i = 0; i < e->rows.count; i++)
        add_line(e, &e->rows.row[i], &out);
    bool good = bag_put(e->bag, STR("data/entries.csv"), buf_str(&out));
    arena_free(own);
    return good;
}

/* ---- the page: nothing in it is run or fetched */

static const char page_head[] =
    "<!DOCTYPE html>\n<html lang=\"th\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<title>คลังเอกสาร</title>\n<style>\n"
    "body { font-family: 'TH Sarabun New', 'TH SarabunPSK', Sarabun, sans-serif; "
    "margin: 2em auto; max-width: 70em; padding: 0 1em; }\n"
    "table { border-collapse: collapse; width: 100%; }\n"
    "th, td { border: 1px solid #999; padding: .2em .5em; text-align: left; "
    "vertical-align: top; }\n</style>\n</head>\n<body>\n";

static int
cmp_years(int a, int b)
{
    return (a < b) - (a > b);
}

/* The newest year first, in it by agency, then by entry. */
static int
by_year(const void *one, const void *other)
{
    const struct export_row *a = one, *b = other;
    int order = str_cmp(a->chain, b->chain);

    if (order == 0)
        order = cmp_years(a->year, b->year);
    if (order == 0)
        order = str_cmp(a->agency, b->agency);
    return order != 0 ? order : (a->n > b->n) - (a->n < b->n);
}

static void
add_td(struct buf *out, struct str text)
{
    buf_text(out, "<td>");
    buf_xml(out, text);
    buf_text(out, "</td>");
}

/* A day as people write it; what is none stays. */
static struct str
day_of(struct exporting *e, struct str text)
{
    struct date date;

    return text.len > 0 && date_parse(text, &date) == DATE_GOOD
               ? date_text(e->scratch, date, true, false)
               : text;
}

static void
add_document(struct exporting *e, const struct export_row *row, struct buf *out)
{
    buf_printf(out, "<tr><td>%lld</td>", (long long)row->n);
    add_td(out, row->number);
    add_td(out, day_of(e, row->date));
    buf_text(out, "<td><a href=\"");
    buf_xml(out, row->path);
    buf_text(out, "\">");
    buf_xml(out, row->subject.len > 0 ? row->subject : row->path);
    buf_text(out, "</a></td>");
    add_td(out, row->level);
    add_td(out, row->score);
    add_td(out, row->signers);
    buf_text(out, "</tr>\n");
}

static bool
begins_group(const struct export_row *row, const struct export_row *last)
{
    return last == NULL || !str_eq(row->chain, last->chain) || row->year != last->year ||
           !str_eq(row->agency, last->agency);
}

static void
add_group(const struct export_row *row, const struct export_row *last, struct buf *out)
{
    buf_text(out, last == NULL ? "" : "</table>\n");
    if (row->chain.len > 0 && (last == NULL || !str_eq(row->chain, last->chain))) {
        buf_text(out, "<h1>นำเข้าจาก ");
        buf_xml(out, row->chain);
        buf_text(out, "</h1>\n");
    }
    if (row->year > 0)
        buf_printf(out, "<h2>ปี %d", row->year);
    else
        buf_text(out, "<h2>ไม่ระบุปี");
    buf_text(out, " · ");
    buf_xml(out, row->agency.len > 0 ? row->agency : STR("ไม่ระบุหน่วยงาน"));
    buf_text(out, "</h2>\n<table>\n<tr><th>รายการที่</th><th>ที่</th><th>ลงวันที่</th><th>เรื่อง</th>"
                  "<th>ผล</th><th>คะแนน</th><th>ผู้ลงนาม</th></tr>\n");
}

static void
add_documents(struct exporting *e, struct buf *out)
{
    const struct export_row *last = NULL;

    for (size_t i = 0; i < e->rows.count; i++) {
        const struct export_row *row = &e->rows.row[i];
        if (!str_is(row->kind, CHAIN_ADD) || row->sha256.len == 0)
            continue;
        if (begins_group(row, last))
            add_group(row, last, out);
        add_document(e, row, out);
        last = row;
    }
    buf_text(out, last == NULL ? "" : "</table>\n");
}

static void
add_head(struct exporting *e, struct str name, struct buf *out)
{
    buf_text(out, page_head);
    buf_text(out, "<h1>คลังเอกสาร");
    if (name.len > 0) {
        buf_byte(out, ' ');
        buf_xml(out, name);
    }
    buf_printf(out, "</h1>\n<p>เอกสาร %zu ฉบับ จาก %zu รายการ", e->out->documents, e->out->entries);
    if (e->out->withheld > 0)
        buf_printf(out, " ไม่รวมเอกสารที่มีชั้นความลับ %zu ฉบับ", e->out->withheld);
    buf_printf(out,
               "</p>\n<p>แฮชของรายการล่าสุด <code>%s</code></p>\n"
               "<p>ทุกรายการอยู่ใน <a href=\"entries.csv\">entries.csv</a> (เปิดด้วย Excel ได้) "
               "ข้อมูลทั้งหมดของแต่ละรายการอยู่ในแฟ้ม .json ชื่อขึ้นต้นด้วยเลขรายการ "
               "ตรวจว่าแฟ้มครบและไม่ถูกแก้ด้วยคำสั่ง <code>sha256sum -c manifest-sha256.txt</code></p>\n",
               e->out->head);
}

static bool
put_page(struct exporting *e, struct str name)
{
    struct arena *own = arena_new(0);
    struct buf out = buf_in(own);

    if (e->rows.count > 0)
        qsort(e->rows.row, e->rows.count, sizeof *e->rows.row, by_year);
    add_head(e, name, &out);
    add_documents(e, &out);
    buf_text(&out, "</body>\n</html>\n");
    bool good = bag_put(e->bag, STR("data/index.html"), buf_str(&out));
    arena_free(own);
    return good;
}

bool
export_lists(struct exporting *e, struct str name)
{
    return put_table(e) && put_page(e, name);
}
