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
    add_cell(out,
             number == 0 ? STR("") : str_of(arena_printf(e->scratch, "%lld", (long long)number)));
}

void
export_add_row(struct exporting *e, const struct export_row *row)
{
    struct buf line = buf_in(e->scratch), *out = &line;

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
    bag_add(e->table, buf_str(out));
}

bool
export_begin_table(struct exporting *e)
{
    e->table = bag_begin_file(e->bag, "data/entries.csv");
    if (e->table == NULL)
        return false;
    bag_add(
        e->table,
        STR("\xEF\xBB\xBF"
            "\"คลังที่นำเข้า\",\"รายการที่\",\"เวลา (UTC)\",\"ชนิด\",\"ปี\",\"หน่วยงาน\",\"ที่\","
            "\"ลงวันที่\",\"เรื่อง\",\"ผล\",\"คะแนน\",\"ผู้ลงนาม\",\"ชั้นความลับ\",\"แทนรายการที่\",\"แฟ้ม\","
            "\"SHA-256\",\"เหตุที่ไม่มีเอกสาร\"\r\n"));
    return true;
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

struct page {
    struct exporting *e;
    struct bag_file_out *file;
    bool in_table; /* of a year and an agency */
    int year;
    struct buf agency;
    bool in_chain; /* a document of it stands there */
};

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
begins_group(const struct page *page, const struct export_row *row)
{
    return !page->in_chain || row->year != page->year ||
           !str_eq(row->agency, buf_str(&page->agency));
}

static void
begin_group(struct page *page, const struct export_row *row, struct buf *out)
{
    buf_text(out, page->in_table ? "</table>\n" : "");
    if (row->chain.len > 0 && !page->in_chain) {
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
    page->in_table = page->in_chain = true;
    page->year = row->year;
    page->agency.len = 0;
    buf_add(&page->agency, row->agency);
}

static bool
add_row(struct page *page, int64_t chain, int64_t n)
{
    struct exporting *e = page->e;
    struct export_row row;
    struct buf out = buf_in(e->scratch);

    if (!export_row(e, chain, n, &row))
        return false;
    if (row.sha256.len == 0)
        return true;
    if (begins_group(page, &row))
        begin_group(page, &row, &out);
    add_document(e, &row, &out);
    bag_add(page->file, buf_str(&out));
    return true;
}

static bool
add_chain(struct page *page, const struct export_chain *chain)
{
    struct exporting *e = page->e;
    struct rows rows = store_ask(e->store, STORE_BAG_PAGE, CELLS(cell_number(chain->id)));
    bool good = true;

    export_enter(e, chain);
    page->in_chain = false;
    while (good && rows_next(&rows)) {
        struct arena_mark mark = arena_mark(e->scratch);
        good = add_row(page, chain->id, rows_number(&rows, 0));
        arena_reset(e->scratch, mark);
    }
    return rows_end(&rows) && good;
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

/* The own chain, then the others by their names. */
static int
by_name(const void *one, const void *other)
{
    const struct export_chain *a = one, *b = other;
    int order = (b->id == CHAIN_OWN) - (a->id == CHAIN_OWN);

    if (order == 0)
        order = str_cmp(a->name, b->name);
    return order != 0 ? order : str_cmp(a->archive_id, b->archive_id);
}

static struct export_chain *
named_chains(struct exporting *e, const struct export_chains *chains)
{
    struct export_chain *chain = arena_array(e->lent.arena, chains->count, sizeof *chain);

    memcpy(chain, chains->chain, chains->count * sizeof *chain);
    qsort(chain, chains->count, sizeof *chain, by_name);
    return chain;
}

bool
export_page(struct exporting *e, const struct export_chains *chains, struct str name)
{
    const struct export_chain *chain = named_chains(e, chains);
    struct page page = {.e = e, .file = bag_begin_file(e->bag, "data/index.html")};
    struct buf head = buf_in(e->scratch);

    if (page.file == NULL)
        return false;
    page.agency = buf_in(e->lent.arena);
    add_head(e, name, &head);
    bag_add(page.file, buf_str(&head));
    for (size_t i = 0; i < chains->count; i++) {
        if (!add_chain(&page, &chain[i]))
            return false;
    }
    bag_add(page.file, page.in_table ? STR("</table>\n") : STR(""));
    bag_add(page.file, STR("</body>\n</html>\n"));
    return bag_end_file(page.file);
}
