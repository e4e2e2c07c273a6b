/* What a PDF holds, as text for a terminal. */
#include <stdint.h>
#include <string.h>

#include "banthuek-pdf.h"
#include "cli/cli.h"

#define LABEL_COLUMNS 15
#define SIZES_SHOWN 8
#define TEXT_SHOWN 200 /* code points of one text out of the PDF */

static const char *const agains[][2] = {
    [BANTHUEK_AGAIN_FOREIGN] = {"not one of banthuek's", "ไม่ใช่แฟ้มที่ banthuek ทำ"},
    [BANTHUEK_AGAIN_NO_DATA] = {"not possible, the data is not inside", "ทำไม่ได้ เพราะไม่มีข้อมูลข้างใน"},
    [BANTHUEK_AGAIN_FAILED] = {"not possible, see the messages", "ทำไม่ได้ ดูข้อความเตือน"},
    [BANTHUEK_AGAIN_EMBLEM] =
        {"not compared, for the emblem it was made with is not here: inspect --emblem FILE",
         "ยังไม่ได้เทียบ เพราะไม่มีตราครุฑที่ใช้ทำฉบับนี้ ใช้ inspect --emblem แฟ้ม"},
    [BANTHUEK_AGAIN_OTHER] = {"OTHER PAGES", "ได้หน้าไม่เหมือนเดิม"},
    [BANTHUEK_AGAIN_SAME] = {"the same pages", "ได้หน้าเหมือนเดิม"},
};

/* Of the report of a scan. */
static const char *const scan_agains[][2] = {
    [BANTHUEK_AGAIN_NO_DATA] = {"not possible, the data is not inside", "ทำไม่ได้ เพราะไม่มีข้อมูลข้างใน"},
    [BANTHUEK_AGAIN_FAILED] = {"not possible, see the messages", "ทำไม่ได้ ดูข้อความเตือน"},
    [BANTHUEK_AGAIN_EMBLEM] =
        {"not compared, for the emblem it was made with is not here: inspect --emblem FILE",
         "ยังไม่ได้เทียบ เพราะไม่มีตราครุฑที่ใช้ทำฉบับนี้ ใช้ inspect --emblem แฟ้ม"},
    [BANTHUEK_AGAIN_OTHER] = {"ANOTHER REPORT THAN THIS SCAN'S", "ได้รายงานไม่ตรงกับฉบับที่สแกน"},
    [BANTHUEK_AGAIN_SAME] = {"the report of this scan, byte for byte", "ได้รายงานฉบับที่สแกนทุกไบต์"},
};

static const char *const bytes_words[][2] = {
    [BANTHUEK_BYTES_OTHER] = {"the file differs", "แฟ้มไม่เหมือน"},
    [BANTHUEK_BYTES_FIRST] = {"the same file, to which something was added later",
                              "แฟ้มเดียวกันที่มีส่วนเพิ่มภายหลัง"},
    [BANTHUEK_BYTES_SAME] = {"the same file, byte for byte", "แฟ้มเหมือนเดิมทุกไบต์"},
};

struct report {
    struct cli_text *out;
    const struct cli_args *args;
};

/* Adds a comma, and a text in the language. */
static void
add_remark(const struct report *r, const char *english, const char *thai)
{
    cli_add(r->out, ", %s", cli_word(r->args, english, thai));
}

void
cli_add_foreign(struct cli_text *out, struct banthuek_bytes text)
{
    size_t shown = 0;

    for (size_t at = 0, len; at < text.size; at += len) {
        char one[5] = {text.data[at]}, safe[16];
        for (len = 1; len < 4 && at + len < text.size; len++) {
            one[len] = text.data[at + len];
            if ((one[len] & 0xC0) != 0x80)
                break;
        }
        one[len] = '\0';
        if (shown++ == TEXT_SHOWN) {
            cli_add(out, "…");
            return;
        }
        cli_add(out, "%s", *one == '\0' ? "<U+0000>" : banthuek_show(one, safe, sizeof safe));
    }
}

static void
add_foreign(const struct report *r, struct banthuek_bytes text)
{
    cli_add_foreign(r->out, text);
}

/* The same behind a comma, when there is one. */
static void
add_foreign_remark(const struct report *r, struct banthuek_bytes text)
{
    cli_add(r->out, text.size > 0 ? ", " : "");
    add_foreign(r, text);
}

/* A line of a list: its name or a dash. */
static void
add_name(const struct report *r, struct banthuek_bytes name)
{
    cli_add(r->out, name.size == 0 ? "  –" : "  ");
    add_foreign(r, name);
}

static void
add_label(const struct report *r, const char *english, const char *thai)
{
    const char *label = cli_word(r->args, english, thai);
    size_t columns = banthuek_columns((struct banthuek_bytes){label, strlen(label)});

    cli_add(r->out, "%s:%*s", label, columns < LABEL_COLUMNS ? (int)(LABEL_COLUMNS - columns) : 0,
            "");
}

static void
add_fact(const struct report *r, const char *english, const char *thai, struct banthuek_bytes text)
{
    if (text.size == 0)
        return;
    add_label(r, english, thai);
    add_foreign(r, text);
    cli_add(r->out, "\n");
}

/* ---- pages */

static long
millimetres(int length)
{
    return (length * 254L + 360000) / 720000;
}

static void
add_pages(const struct report *r, const struct banthuek_pdf *pdf)
{
    size_t rest = pdf->page_count;

    add_label(r, "pages", "จำนวนหน้า");
    cli_add(r->out, "%zu", pdf->page_count);
    for (size_t i = 0; i < pdf->sizes_count; i++) {
        const struct banthuek_pdf_pages *pages = pdf->sizes[i];
        if (i == SIZES_SHOWN) {
            cli_add(r->out, ", %zu %s", rest, cli_word(r->args, "of other sizes", "ขนาดอื่น"));
            break;
        }
        rest -= pages->count;
        cli_add(r->out, "%s%zu × ", i == 0 ? " (" : ", ", pages->count);
        if (pages->width == 0 || pages->height == 0)
            cli_add(r->out, "%s", cli_word(r->args, "of unknown size", "ไม่ทราบขนาด"));
        else
            cli_add(r->out, "%ld×%ld mm", millimetres(pages->width), millimetres(pages->height));
    }
    cli_add(r->out, pdf->page_count > 0 ? ")\n" : "\n");
}

static void
add_tags(const struct report *r, const struct banthuek_pdf *pdf)
{
    add_label(r, "tags", "แท็ก");
    if (!pdf->has_structure) {
        cli_add(r->out, "%s\n", cli_word(r->args, "none", "ไม่มี"));
        return;
    }
    cli_add(r->out, "%zu", pdf->element_count);
    for (size_t i = 0; i < pdf->tag_count; i++) {
        cli_add(r->out, i == 0 ? " (" : ", ");
        add_foreign(r, pdf->tags[i]->type);
        cli_add(r->out, " %zu", pdf->tags[i]->count);
    }
    cli_add(r->out, pdf->tag_count > 0 ? ")" : "");
    if (!pdf->marked)
        add_remark(r, "but the file does not say that it is tagged", "แต่แฟ้มไม่ได้บอกว่ามีแท็ก");
    cli_add(r->out, "\n");
}

/* ---- lists: a line for each */

static void
add_heading(const struct report *r, const char *english, const char *thai, size_t count)
{
    add_label(r, english, thai);
    if (count == 0)
        cli_add(r->out, "%s\n", cli_word(r->args, "none", "ไม่มี"));
    else
        cli_add(r->out, "%zu\n", count);
}

static void
add_font(const struct report *r, const struct banthuek_pdf_font *font)
{
    add_name(r, font->name);
    cli_add(r->out, ", ");
    add_foreign(r, font->subtype);
    if (font->embedded)
        add_remark(r, "embedded", "ฝังในแฟ้ม");
    else
        add_remark(r, "NOT EMBEDDED", "ไม่ได้ฝังในแฟ้ม");
    if (!font->to_unicode)
        add_remark(r, "without ToUnicode", "ไม่มี ToUnicode");
    cli_add(r->out, "\n");
}

static void
add_file(const struct report *r, const struct banthuek_pdf_file *file)
{
    add_name(r, file->name);
    if (file->size == SIZE_MAX)
        add_remark(r, "CANNOT BE UNPACKED", "คลายไม่ได้");
    else
        cli_add(r->out, ", %zu %s", file->size, cli_word(r->args, "bytes", "ไบต์"));
    add_foreign_remark(r, file->relation);
    add_foreign_remark(r, file->type);
    if (!file->listed)
        add_remark(r, "not in the list of files", "ไม่อยู่ในรายชื่อแฟ้ม");
    cli_add(r->out, "\n");
}

static void
add_signature(const struct report *r, const struct banthuek_pdf_signature *signature)
{
    add_name(r, signature->field);
    add_foreign_remark(r, signature->name);
    add_foreign_remark(r, signature->time);
    add_foreign_remark(r, signature->reason);
    add_foreign_remark(r, signature->format);
    if (signature->covers_all) {
        add_remark(r, "covers the whole file", "ครอบคลุมทั้งแฟ้ม");
    } else if (signature->covers > 0) {
        add_remark(r, "covers the file up to byte", "ครอบคลุมแฟ้มถึงไบต์ที่");
        cli_add(r->out, " %zu", signature->covers);
    } else {
        add_remark(r, "COVERS NOTHING", "ไม่ครอบคลุมส่วนใด");
    }
    cli_add(r->out, "\n");
}

/* ---- the whole */

static void
add_claims(const struct report *r, const struct banthuek_pdf *pdf)
{
    add_label(r, "claims", "อ้างมาตรฐาน");
    if (pdf->pdfa.size + pdf->pdfua.size == 0) {
        cli_add(r->out, "%s\n", cli_word(r->args, "none", "ไม่มี"));
        return;
    }
    cli_add(r->out, pdf->pdfa.size > 0 ? "PDF/A-" : "");
    add_foreign(r, pdf->pdfa);
    cli_add(r->out, pdf->pdfa.size > 0 && pdf->pdfua.size > 0 ? ", " : "");
    cli_add(r->out, pdf->pdfua.size > 0 ? "PDF/UA-" : "");
    add_foreign(r, pdf->pdfua);
    cli_add(r->out, " (%s)\n", cli_word(r->args, "not checked", "ไม่ได้ตรวจ"));
}

/* What its pages are known by when they come back from the scanner. */
static void
add_code(const struct report *r, const struct banthuek_pdf *pdf)
{
    if (pdf->code.size == 0)
        return;
    add_label(r, "code on paper", "รหัสบนกระดาษ");
    add_foreign(r, pdf->printed_code);
    if (pdf->for_pen)
        add_remark(r, "on the pages of this file", "พิมพ์อยู่ในฉบับนี้");
    cli_add(r->out, "\n");
}

#define MISSING_SHOWN 20

static void
add_missing(const struct report *r, const struct banthuek_pdf_scan *scan)
{
    if (scan->missing_count == 0) {
        add_remark(r, "none missing", "ครบทุกหน้า");
        return;
    }
    add_remark(r, "MISSING:", "ขาดหน้า");
    for (size_t i = 0; i < scan->missing_count && i < MISSING_SHOWN; i++)
        cli_add(r->out, "%s %zu", i == 0 ? "" : ",", scan->missing[i]);
    cli_add(r->out, scan->missing_count > MISSING_SHOWN ? " …" : "");
}

/* What it is the scan of. */
static void
add_scan(const struct report *r, const struct banthuek_pdf_scan *scan)
{
    add_label(r, "scan", "ฉบับสแกน");
    cli_add(r->out, "%s", cli_word(r->args, "of a signed report", "ของรายงานที่ลงนามแล้ว"));
    if (scan->code.size > 0)
        add_remark(r, "code ", "รหัส ");
    add_foreign(r, scan->code);
    cli_add(r->out, "\n");
    add_label(r, "report", "รายงาน");
    cli_add(r->out, "%zu %s", scan->report_pages,
            cli_word(r->args, scan->report_pages == 1 ? "page" : "pages", "หน้า"));
    add_missing(r, scan);
    cli_add(r->out, ", SHA-256 ");
    add_foreign(r, scan->sha256);
    cli_add(r->out, "\n");
    add_label(r, "made again", "ทำใหม่");
    cli_add(r->out, "%s\n",
            cli_word(r->args, scan_agains[scan->again][0], scan_agains[scan->again][1]));
}

static void
add_origin(const struct report *r, const struct banthuek_pdf *pdf)
{
    const char *const *again = agains[pdf->scan == NULL ? pdf->again : BANTHUEK_AGAIN_SAME];
    const char *const *bytes = bytes_words[pdf->bytes];

    add_label(r, "made by", "ทำด้วย");
    if (pdf->again == BANTHUEK_AGAIN_FOREIGN) {
        cli_add(r->out, "%s\n", cli_word(r->args, again[0], again[1]));
        return;
    }
    cli_add(r->out, "banthuek ");
    add_foreign(r, pdf->made_by);
    if (!pdf->has_data)
        add_remark(r, "without its data", "ไม่แนบข้อมูล");
    cli_add(r->out, "\n");
    if (pdf->scan != NULL) {
        add_scan(r, pdf->scan);
        return;
    }
    add_label(r, "made again", "ทำใหม่");
    cli_add(r->out, "%s", cli_word(r->args, again[0], again[1]));
    if (pdf->again == BANTHUEK_AGAIN_SAME)
        add_remark(r, bytes[0], bytes[1]);
    cli_add(r->out, "\n");
}

void
cli_add_pdf(struct cli_text *out, const struct cli_args *args, const struct banthuek_pdf *pdf)
{
    const struct report r = {out, args};

    cli_add(out, "%s: PDF ", pdf->file);
    add_foreign(&r, pdf->version);
    if (pdf->encrypted)
        add_remark(&r, "encrypted", "เข้ารหัส");
    cli_add(out, "\n");
    add_pages(&r, pdf);
    add_fact(&r, "title", "ชื่อเรื่อง", pdf->title);
    add_fact(&r, "language", "ภาษา", pdf->language);
    add_fact(&r, "producer", "โปรแกรมที่ทำ", pdf->producer);
    add_claims(&r, pdf);
    add_tags(&r, pdf);
    add_heading(&r, "fonts", "แบบอักษร", pdf->font_count);
    for (size_t i = 0; i < pdf->font_count; i++)
        add_font(&r, pdf->fonts[i]);
    add_heading(&r, "files inside", "แฟ้มข้างใน", pdf->file_count);
    for (size_t i = 0; i < pdf->file_count; i++)
        add_file(&r, pdf->files[i]);
    add_heading(&r, "signatures", "ลายเซ็น", pdf->signature_count);
    for (size_t i = 0; i < pdf->signature_count; i++)
        add_signature(&r, pdf->signatures[i]);
    if (pdf->scan == NULL) /* else the record tells it */
        add_code(&r, pdf);
    add_origin(&r, pdf);
}
