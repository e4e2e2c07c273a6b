/* What a code means, for people who met it in a message. */
#include "base/arena.h"
#include "engine/engine.h"

static const struct {
    const char *room;
    const char *text[2];
} rooms[] = {
    {"base", {"files and memory", "แฟ้มและหน่วยความจำ"}},
    {"thai", {"how a text is encoded and written", "การเข้ารหัสและการเขียนข้อความ"}},
    {"value", {"reading of data files", "การอ่านแฟ้มข้อมูล"}},
    {"image", {"pictures and the emblem", "รูปภาพและตราครุฑ"}},
    {"check", {"fields of a report, schema and rubric", "ช่องของรายงาน สคีมา และเกณฑ์"}},
    {"finding",
     {"what a report says against itself or its rubric", "ข้อมูลในรายงานขัดกันเองหรือขัดกับเกณฑ์"}},
    {"doc", {"the style of a template", "รูปแบบของแม่แบบ"}},
    {"text", {"fonts and lines", "แบบอักษรและบรรทัด"}},
    {"tmpl", {"templates", "แม่แบบ"}},
    {"layout", {"the pages", "หน้ากระดาษ"}},
    {"pdf", {"the PDF", "PDF"}},
    {"engine", {"the report, its template and folders", "รายงาน แม่แบบ และโฟลเดอร์"}},
};

static const char *const levels[][2] = {
    [DIAG_NOTE] = {"note", "หมายเหตุ"},
    [DIAG_WARNING] = {"warning", "เตือน"},
    [DIAG_ERROR] = {"error", "ผิดพลาด"},
};

static const char *
room_text(struct str room, enum diag_lang lang)
{
    for (size_t i = 0; i < sizeof rooms / sizeof rooms[0]; i++)
        if (str_is(room, rooms[i].room))
            return rooms[i].text[lang];
    return "";
}

/* A heading, and the lines of a text indented below it. */
static void
add_part(struct buf *out, const char *heading, struct str text)
{
    struct str line;

    buf_printf(out, "\n%s\n", heading);
    while (str_line(&text, &line))
        buf_printf(out, "%s%.*s\n", line.len == 0 ? "" : "  ", STR_FMT(line));
}

static void
add_explanation(struct buf *out, enum diag_code code, enum diag_lang lang)
{
    static const char *const headings[][2] = {
        {"What it means", "ความหมาย"},
        {"Why it matters", "เหตุใดจึงสำคัญ"},
        {"Example", "ตัวอย่าง"},
        {"What to do", "วิธีแก้ไข"},
    };
    const struct diag_explanation *says = diag_code_explanation(code, lang);

    if (says == NULL)
        return;
    add_part(out, headings[0][lang], str_of(says->meaning));
    add_part(out, headings[1][lang], str_of(says->why));
    add_part(out, headings[2][lang], str_of(says->example));
    add_part(out, headings[3][lang], str_of(says->remedy));
}

/* How a finding is let through. */
static void
add_acceptance(struct buf *out, enum diag_code code, enum diag_lang lang)
{
    static const char *const heading[] = {"To print it as it is", "ถ้าต้องพิมพ์ตามเดิม"};
    static const char *const entry[] = {
        "ยอมรับ:\n  - รหัส: %s\n    เหตุผล: (why)\n    โดย: (name and position)",
        "ยอมรับ:\n  - รหัส: %s\n    เหตุผล: (เหตุที่ยอมรับ)\n    โดย: (ชื่อและตำแหน่ง)"};
    struct str text = str_of(entry[lang]);
    size_t at = str_find(text, STR("%s"));
    struct buf whole = buf_in(out->arena);

    buf_add(&whole, str_sub(text, 0, at));
    buf_text(&whole, diag_code_name(code));
    buf_add(&whole, str_sub(text, at + 2, text.len));
    add_part(out, heading[lang], buf_str(&whole));
}

static void
explain(struct buf *out, enum diag_code code, enum diag_lang lang)
{
    struct str room = diag_code_room(code);

    buf_printf(out, "%s: %s, %s\n\n", diag_code_name(code), levels[diag_code_level(code)][lang],
               room_text(room, lang));
    buf_add(out, diag_code_text(out->arena, code, lang));
    buf_byte(out, '\n');
    add_explanation(out, code, lang);
    if (diag_code_is_finding(code))
        add_acceptance(out, code, lang);
}

static void
list_codes(struct buf *out, enum diag_lang lang)
{
    struct str before = STR("");

    for (int i = 0; i < DIAG_CODE_COUNT; i++) {
        enum diag_code code = (enum diag_code)i;
        struct str room = diag_code_room(code);
        if (!str_eq(room, before))
            buf_printf(out, "%s%s\n", out->len == 0 ? "" : "\n", room_text(room, lang));
        before = room;
        buf_printf(out, "  %-24s %s\n", diag_code_name(code), levels[diag_code_level(code)][lang]);
    }
}

/* "[FIGURE_MEAN]" as it stands in a message, without the brackets. */
static struct str
bare(const char *name)
{
    struct str code = str_trim(str_of(name));

    if (str_starts(code, STR("[")) && str_ends(code, STR("]")))
        code = str_sub(code, 1, code.len - 2);
    return code;
}

bool
banthuek_explain(struct banthuek *b, const char *name, enum banthuek_lang lang,
                 struct banthuek_bytes *text)
{
    struct buf out = buf_in(b->arena);
    enum diag_lang in = lang == BANTHUEK_THAI ? DIAG_THAI : DIAG_ENGLISH;
    struct str wanted = name == NULL ? STR("") : bare(name);
    enum diag_code code, near;

    if (name == NULL) {
        list_codes(&out, in);
    } else if (diag_code_find(wanted, &code)) {
        explain(&out, code, in);
    } else {
        bool is_near = diag_code_nearest(wanted, &near);
        diag_add(b->diags, is_near ? DIAG_ENGINE_CODE_NEAR : DIAG_ENGINE_CODE_UNKNOWN, POS_NONE,
                 diag_str(b->diags, wanted), is_near ? diag_code_name(near) : NULL, NULL);
        return false;
    }
    *text = engine_bytes(buf_str(&out));
    return true;
}
