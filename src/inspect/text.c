/* What is told about a PDF, for people. */
#include "base/arena.h"
#include "base/utf8.h"
#include "inspect/inspect.h"
#include "pdfin/pdfin.h"
#include "thai/width.h"

#define LABEL_COLUMNS 15
#define SIZES_SHOWN 8
#define TEXT_SHOWN 200 /* code points of one text out of the PDF */

enum word {
    WORD_PAGES,
    WORD_UNKNOWN_SIZE,
    WORD_MORE_SIZES,
    WORD_TITLE,
    WORD_LANGUAGE,
    WORD_PRODUCER,
    WORD_CLAIMS,
    WORD_NOT_VERIFIED,
    WORD_TAGS,
    WORD_UNMARKED,
    WORD_FONTS,
    WORD_EMBEDDED,
    WORD_NOT_EMBEDDED,
    WORD_NO_UNICODE,
    WORD_FILES,
    WORD_BYTES,
    WORD_NOT_LISTED,
    WORD_DAMAGED,
    WORD_SIGNATURES,
    WORD_COVERS_ALL,
    WORD_COVERS_PART,
    WORD_COVERS_NOTHING,
    WORD_MADE_BY,
    WORD_WITHOUT_DATA,
    WORD_ENCRYPTED,
    WORD_AGAIN,
    WORD_NONE,
    WORD_COUNT
};

static const char *const words[WORD_COUNT][2] = {
    [WORD_PAGES] = {"pages", "จำนวนหน้า"},
    [WORD_UNKNOWN_SIZE] = {"of unknown size", "ไม่ทราบขนาด"},
    [WORD_MORE_SIZES] = {"of other sizes", "ขนาดอื่น"},
    [WORD_TITLE] = {"title", "ชื่อเรื่อง"},
    [WORD_LANGUAGE] = {"language", "ภาษา"},
    [WORD_PRODUCER] = {"producer", "โปรแกรมที่ทำ"},
    [WORD_CLAIMS] = {"claims", "อ้างมาตรฐาน"},
    [WORD_NOT_VERIFIED] = {"not checked", "ไม่ได้ตรวจ"},
    [WORD_TAGS] = {"tags", "แท็ก"},
    [WORD_UNMARKED] = {"but the file does not say that it is tagged", "แต่แฟ้มไม่ได้บอกว่ามีแท็ก"},
    [WORD_FONTS] = {"fonts", "แบบอักษร"},
    [WORD_EMBEDDED] = {"embedded", "ฝังในแฟ้ม"},
    [WORD_NOT_EMBEDDED] = {"NOT EMBEDDED", "ไม่ได้ฝังในแฟ้ม"},
    [WORD_NO_UNICODE] = {"without ToUnicode", "ไม่มี ToUnicode"},
    [WORD_FILES] = {"files inside", "แฟ้มข้างใน"},
    [WORD_BYTES] = {"bytes", "ไบต์"},
    [WORD_NOT_LISTED] = {"not in the list of files", "ไม่อยู่ในรายชื่อแฟ้ม"},
    [WORD_DAMAGED] = {"CANNOT BE UNPACKED", "คลายไม่ได้"},
    [WORD_SIGNATURES] = {"signatures", "ลายเซ็น"},
    [WORD_COVERS_ALL] = {"covers the whole file", "ครอบคลุมทั้งแฟ้ม"},
    [WORD_COVERS_PART] = {"covers the file up to byte", "ครอบคลุมแฟ้มถึงไบต์ที่"},
    [WORD_COVERS_NOTHING] = {"COVERS NOTHING", "ไม่ครอบคลุมส่วนใด"},
    [WORD_MADE_BY] = {"made by", "ทำด้วย"},
    [WORD_WITHOUT_DATA] = {"without its data", "ไม่แนบข้อมูล"},
    [WORD_ENCRYPTED] = {"encrypted", "เข้ารหัส"},
    [WORD_AGAIN] = {"made again", "ทำใหม่"},
    [WORD_NONE] = {"none", "ไม่มี"},
};

static const char *const agains[AGAIN_COUNT][2] = {
    [AGAIN_FOREIGN] = {"not one of banthuek's", "ไม่ใช่แฟ้มที่ banthuek ทำ"},
    [AGAIN_NO_DATA] = {"not possible, the data is not inside", "ทำไม่ได้ เพราะไม่มีข้อมูลข้างใน"},
    [AGAIN_FAILED] = {"not possible, see the messages", "ทำไม่ได้ ดูข้อความเตือน"},
    [AGAIN_EMBLEM] =
        {"not compared, for the emblem it was made with is not here: inspect --emblem FILE",
         "ยังไม่ได้เทียบ เพราะไม่มีตราครุฑที่ใช้ทำฉบับนี้ ใช้ inspect --emblem แฟ้ม"},
    [AGAIN_OTHER] = {"OTHER PAGES", "ได้หน้าไม่เหมือนเดิม"},
    [AGAIN_SAME] = {"the same pages", "ได้หน้าเหมือนเดิม"},
};

static const char *const bytes_words[][2] = {
    [BYTES_OTHER] = {"the file differs", "แฟ้มไม่เหมือน"},
    [BYTES_FIRST] = {"the same file, to which something was added later",
                     "แฟ้มเดียวกันที่มีส่วนเพิ่มภายหลัง"},
    [BYTES_SAME] = {"the same file, byte for byte", "แฟ้มเหมือนเดิมทุกไบต์"},
};

struct report {
    struct buf *out;
    int lang;
};

static const char *
word(const struct report *r, enum word which)
{
    return words[which][r->lang];
}

/* Controls would drive the terminal, and what has no width would hide in a line. */
static bool
is_dangerous(uint32_t code)
{
    return utf8_is_control(code) || (code >= 0x200B && code <= 0x200D) ||
           (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
}

/* A text out of the PDF. */
static void
add_foreign(const struct report *r, struct str text)
{
    size_t shown = 0;

    for (size_t at = 0; at < text.len; shown++) {
        uint32_t code = utf8_next(text, &at);
        if (shown == TEXT_SHOWN) {
            buf_text(r->out, "…");
            return;
        }
        if (is_dangerous(code))
            buf_printf(r->out, "<U+%04X>", (unsigned)code);
        else
            buf_utf8(r->out, code == UTF8_BAD ? 0xFFFD : code);
    }
}

static void
add_label(const struct report *r, enum word which)
{
    size_t columns = width_columns(str_of(word(r, which)));

    buf_printf(r->out, "%s:", word(r, which));
    for (; columns < LABEL_COLUMNS; columns++)
        buf_byte(r->out, ' ');
}

static void
add_fact(const struct report *r, enum word which, struct str text)
{
    if (text.len == 0)
        return;
    add_label(r, which);
    add_foreign(r, text);
    buf_byte(r->out, '\n');
}

/* ---- pages */

static long
millimetres(mpt length)
{
    return (length * 254L + 360000) / 720000;
}

/* Stretches of pages of one size, in their order. */
static void
add_pages(const struct report *r, const struct pdfin_info *info)
{
    size_t shown = 0;

    add_label(r, WORD_PAGES);
    buf_printf(r->out, "%zu", info->page_count);
    for (size_t i = 0; i < info->page_count;) {
        const struct pdfin_page *page = &info->pages[i];
        size_t from = i;
        i = pdfin_size_end(info, from);
        if (shown++ == SIZES_SHOWN) {
            buf_printf(r->out, ", %zu %s", info->page_count - from, word(r, WORD_MORE_SIZES));
            break;
        }
        buf_printf(r->out, "%s%zu × ", from == 0 ? " (" : ", ", i - from);
        if (page->width == 0 || page->height == 0)
            buf_text(r->out, word(r, WORD_UNKNOWN_SIZE));
        else
            buf_printf(r->out, "%ld×%ld mm", millimetres(page->width), millimetres(page->height));
    }
    buf_text(r->out, info->page_count > 0 ? ")\n" : "\n");
}

static void
add_tags(const struct report *r, const struct pdfin_info *info)
{
    add_label(r, WORD_TAGS);
    if (!info->has_structure) {
        buf_printf(r->out, "%s\n", word(r, WORD_NONE));
        return;
    }
    buf_printf(r->out, "%zu", info->element_count);
    for (size_t i = 0; i < info->tag_count; i++) {
        buf_text(r->out, i == 0 ? " (" : ", ");
        add_foreign(r, info->tags[i].type);
        buf_printf(r->out, " %zu", info->tags[i].count);
    }
    buf_text(r->out, info->tag_count > 0 ? ")" : "");
    buf_printf(r->out, "%s%s\n", info->marked ? "" : ", ",
               info->marked ? "" : word(r, WORD_UNMARKED));
}

/* ---- lists: a line for each */

static void
add_heading(const struct report *r, enum word which, size_t count)
{
    add_label(r, which);
    if (count == 0)
        buf_printf(r->out, "%s\n", word(r, WORD_NONE));
    else
        buf_printf(r->out, "%zu\n", count);
}

static void
add_font(const struct report *r, const struct pdfin_font *font)
{
    buf_text(r->out, "  ");
    add_foreign(r, font->name.len == 0 ? STR("–") : font->name);
    buf_text(r->out, ", ");
    add_foreign(r, font->subtype);
    buf_printf(r->out, ", %s", word(r, font->embedded ? WORD_EMBEDDED : WORD_NOT_EMBEDDED));
    if (!font->to_unicode)
        buf_printf(r->out, ", %s", word(r, WORD_NO_UNICODE));
    buf_byte(r->out, '\n');
}

static void
add_file(const struct report *r, const struct pdfin_file *file)
{
    buf_text(r->out, "  ");
    add_foreign(r, file->name.len == 0 ? STR("–") : file->name);
    if (file->size == SIZE_MAX)
        buf_printf(r->out, ", %s", word(r, WORD_DAMAGED));
    else
        buf_printf(r->out, ", %zu %s", file->size, word(r, WORD_BYTES));
    for (int i = 0; i < 2; i++) {
        struct str text = i == 0 ? file->relation : file->mime;
        buf_text(r->out, text.len > 0 ? ", " : "");
        add_foreign(r, text);
    }
    if (!file->is_listed)
        buf_printf(r->out, ", %s", word(r, WORD_NOT_LISTED));
    buf_byte(r->out, '\n');
}

static void
add_signature(const struct report *r, const struct pdfin_signature *signature)
{
    const struct str texts[] = {signature->name, signature->time, signature->reason,
                                signature->format};

    buf_text(r->out, "  ");
    add_foreign(r, signature->field.len == 0 ? STR("–") : signature->field);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        buf_text(r->out, texts[i].len > 0 ? ", " : "");
        add_foreign(r, texts[i]);
    }
    if (signature->covers_all)
        buf_printf(r->out, ", %s", word(r, WORD_COVERS_ALL));
    else if (signature->covers > 0)
        buf_printf(r->out, ", %s %zu", word(r, WORD_COVERS_PART), signature->covers);
    else
        buf_printf(r->out, ", %s", word(r, WORD_COVERS_NOTHING));
    buf_byte(r->out, '\n');
}

/* ---- the whole */

static void
add_claims(const struct report *r, const struct pdfin_claims *claims)
{
    bool both = claims->pdfa.len > 0 && claims->pdfua.len > 0;

    add_label(r, WORD_CLAIMS);
    if (claims->pdfa.len + claims->pdfua.len == 0) {
        buf_printf(r->out, "%s\n", word(r, WORD_NONE));
        return;
    }
    buf_text(r->out, claims->pdfa.len > 0 ? "PDF/A-" : "");
    add_foreign(r, claims->pdfa);
    buf_text(r->out, both ? ", " : "");
    buf_text(r->out, claims->pdfua.len > 0 ? "PDF/UA-" : "");
    add_foreign(r, claims->pdfua);
    buf_printf(r->out, " (%s)\n", word(r, WORD_NOT_VERIFIED));
}

static void
add_origin(const struct report *r, const struct inspected *inspected)
{
    const struct opened *opened = &inspected->opened;

    add_label(r, WORD_MADE_BY);
    if (!opened->is_ours) {
        buf_printf(r->out, "%s\n", agains[AGAIN_FOREIGN][r->lang]);
        return;
    }
    buf_text(r->out, "banthuek ");
    add_foreign(r, opened->manifest.versions[0].version);
    buf_printf(r->out, "%s%s\n", opened->has_report ? "" : ", ",
               opened->has_report ? "" : word(r, WORD_WITHOUT_DATA));
    add_label(r, WORD_AGAIN);
    buf_text(r->out, agains[inspected->again][r->lang]);
    if (inspected->again == AGAIN_SAME)
        buf_printf(r->out, ", %s", bytes_words[inspected->bytes][r->lang]);
    buf_byte(r->out, '\n');
}

void
inspect_text(const struct inspected *inspected, enum banthuek_lang lang, struct buf *out)
{
    const struct report r = {out, lang == BANTHUEK_THAI};
    const struct pdfin_info *info = inspected->opened.info;

    buf_printf(out, "%s: PDF ", inspected->opened.path);
    add_foreign(&r, info->version);
    buf_printf(out, "%s%s\n", info->encrypted ? ", " : "",
               info->encrypted ? word(&r, WORD_ENCRYPTED) : "");
    add_pages(&r, info);
    add_fact(&r, WORD_TITLE, info->title);
    add_fact(&r, WORD_LANGUAGE, info->language);
    add_fact(&r, WORD_PRODUCER, info->producer);
    add_claims(&r, &info->claims);
    add_tags(&r, info);
    add_heading(&r, WORD_FONTS, info->font_count);
    for (size_t i = 0; i < info->font_count; i++)
        add_font(&r, &info->fonts[i]);
    add_heading(&r, WORD_FILES, info->file_count);
    for (size_t i = 0; i < info->file_count; i++)
        add_file(&r, &info->files[i]);
    add_heading(&r, WORD_SIGNATURES, info->signature_count);
    for (size_t i = 0; i < info->signature_count; i++)
        add_signature(&r, &info->signatures[i]);
    add_origin(&r, inspected);
}
