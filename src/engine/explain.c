/* What a code means, for people who met it in a message. */
#include "base/arena.h"
#include "engine/engine.h"
#include "text/breaks.h"
#include "thai/width.h"

#define COLUMNS 76 /* of a line of text, besides its indentation */

struct explain {
    struct breaker *breaker;
    struct buf out;
    enum diag_lang lang;
};

static const struct {
    const char *room;
    const char *text[2];
} rooms[] = {
    {"base", {"files and memory", "แฟ้มและหน่วยความจำ"}},
    {"thai", {"how a text is encoded and written", "การเข้ารหัสและการเขียนข้อความ"}},
    {"value", {"reading of data files", "การอ่านแฟ้มข้อมูล"}},
    {"sheet", {"reading of data files", "การอ่านแฟ้มข้อมูล"}},
    {"image", {"pictures and the emblem", "รูปภาพและตราครุฑ"}},
    {"schema", {"fields of a report, schema and rubric", "ช่องของรายงาน สคีมา และเกณฑ์"}},
    {"check", {"fields of a report, schema and rubric", "ช่องของรายงาน สคีมา และเกณฑ์"}},
    {"form", {"fields of a report, schema and rubric", "ช่องของรายงาน สคีมา และเกณฑ์"}},
    {"finding",
     {"what a report says against itself or its rubric", "ข้อมูลในรายงานขัดกันเองหรือขัดกับเกณฑ์"}},
    {"doc", {"the style of a template", "รูปแบบของแม่แบบ"}},
    {"text", {"fonts and lines", "แบบอักษรและบรรทัด"}},
    {"tmpl", {"templates", "แม่แบบ"}},
    {"layout", {"the pages", "หน้ากระดาษ"}},
    {"pdf", {"the PDF", "PDF"}},
    {"pdfin", {"reading PDFs", "การอ่าน PDF"}},
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

/* One line of a text on as many lines of a terminal as it needs. */
static void
add_wrapped(struct explain *explain, struct str line)
{
    unsigned char *grade = arena_alloc(explain->out.arena, line.len + 1);
    size_t from = 0, end = 0; /* of the terminal's line, and its last good break */

    breaks_find(explain->breaker, line, NULL, 0, grade);
    for (size_t at = 1; at <= line.len; at++) {
        if (at < line.len && grade[at] != BREAK_GOOD)
            continue;
        if (end > from && width_columns(str_trim(str_sub(line, from, at - from))) > COLUMNS) {
            buf_printf(&explain->out, "  %.*s\n",
                       STR_FMT(str_trim(str_sub(line, from, end - from))));
            from = end;
        }
        end = at;
    }
    buf_printf(&explain->out, "  %.*s\n", STR_FMT(str_sub(line, from, line.len)));
}

/* A heading, and a text below it: whole sentences are wrapped, lines of an example stay. */
static void
add_part(struct explain *explain, const char *heading, const char *text)
{
    struct str rest = str_of(text), line;
    bool several = str_find(rest, STR("\n")) != SIZE_MAX;

    buf_printf(&explain->out, "\n%s\n", heading);
    while (str_line(&rest, &line)) {
        if (several)
            buf_printf(&explain->out, "  %.*s\n", STR_FMT(line));
        else
            add_wrapped(explain, line);
    }
}

static void
add_explanation(struct explain *explain, enum diag_code code)
{
    static const char *const headings[][2] = {
        {"What it means", "ความหมาย"},
        {"Why it matters", "เหตุใดจึงสำคัญ"},
        {"Example", "ตัวอย่าง"},
        {"What to do", "วิธีแก้ไข"},
    };
    const struct diag_explanation *says = diag_code_explanation(code, explain->lang);

    if (says == NULL)
        return;
    add_part(explain, headings[0][explain->lang], says->meaning);
    add_part(explain, headings[1][explain->lang], says->why);
    add_part(explain, headings[2][explain->lang], says->example);
    add_part(explain, headings[3][explain->lang], says->remedy);
}

/* How a finding is let through. */
static void
add_acceptance(struct explain *explain, enum diag_code code)
{
    static const char *const heading[] = {"To print it as it is", "ถ้าต้องพิมพ์ตามเดิม"};
    static const char *const why[] = {"(why)", "(เหตุที่ยอมรับ)"};
    static const char *const who[] = {"(name and position)", "(ชื่อและตำแหน่ง)"};
    enum diag_lang lang = explain->lang;

    add_part(explain, heading[lang],
             arena_printf(explain->out.arena, "ยอมรับ:\n  - รหัส: %s\n    เหตุผล: %s\n    โดย: %s",
                          diag_code_name(code), why[lang], who[lang]));
}

static void
tell_code(struct explain *explain, enum diag_code code)
{
    enum diag_lang lang = explain->lang;
    struct buf *out = &explain->out;

    buf_printf(out, "%s: %s, %s\n\n", diag_code_name(code), levels[diag_code_level(code)][lang],
               room_text(diag_code_room(code), lang));
    struct str rest = diag_code_text(out->arena, code, lang), line;
    while (str_line(&rest, &line))
        add_wrapped(explain, line);
    add_explanation(explain, code);
    if (diag_code_is_finding(code))
        add_acceptance(explain, code);
}

static void
list_codes(struct explain *explain)
{
    enum diag_lang lang = explain->lang;
    struct buf *out = &explain->out;
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
    struct explain explain = {.out = buf_in(b->arena),
                              .lang = lang == BANTHUEK_THAI ? DIAG_THAI : DIAG_ENGLISH};
    struct str wanted = name == NULL ? STR("") : bare(name);
    enum diag_code code, near;

    if (b->breaker == NULL)
        b->breaker = breaker_open();
    explain.breaker = b->breaker;
    if (name == NULL) {
        list_codes(&explain);
    } else if (diag_code_find(wanted, &code)) {
        tell_code(&explain, code);
    } else {
        bool is_near = diag_code_nearest(wanted, &near);
        diag_add(b->diags, is_near ? DIAG_ENGINE_CODE_NEAR : DIAG_ENGINE_CODE_UNKNOWN, POS_NONE,
                 diag_str(b->diags, wanted), is_near ? diag_code_name(near) : NULL, NULL);
        return false;
    }
    *text = engine_bytes(buf_str(&explain.out));
    return true;
}
