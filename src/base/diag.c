#include "base/diag.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

/* parts the two languages of an argument of diag_both() */
#define LANGUAGE_MARK '\x1f'

#define KEPT_MAX 200
#define ARG_MAX 60

struct diags {
    struct arena *arena;
    struct diag kept[KEPT_MAX];
    size_t count;
    size_t per_level[3];
};

static const struct {
    const char *name;
    enum diag_level level;
    const char *text[2];
} table[] = {
#define D(code, level, english, thai) {#code, DIAG_##level, {english, thai}},
#include "base/diag/all.def"
#undef D
};

static const char *const level_names[2][3] = {
    {"note", "warning", "error"},
    {"หมายเหตุ", "เตือน", "ผิดพลาด"},
};

struct diags *
diags_new(void)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = arena_alloc(arena, sizeof *diags);

    diags->arena = arena;
    return diags;
}

void
diags_free(struct diags *diags)
{
    if (diags != NULL)
        arena_free(diags->arena);
}

static const char *
copy(struct diags *diags, const char *text)
{
    return text == NULL ? NULL : arena_strndup(diags->arena, text, strlen(text));
}

void
diag_add(struct diags *diags, enum diag_code code, struct pos pos, const char *arg1,
         const char *arg2, const char *arg3)
{
    diag_add_as(diags, table[code].level, code, pos, arg1, arg2, arg3);
}

void
diag_add_as(struct diags *diags, enum diag_level level, enum diag_code code, struct pos pos,
            const char *arg1, const char *arg2, const char *arg3)
{
    diags->per_level[level]++;
    if (diags->count == KEPT_MAX)
        return;
    struct diag *diag = &diags->kept[diags->count++];
    diag->code = code;
    diag->level = level;
    diag->pos = pos;
    diag->pos.file = copy(diags, pos.file);
    diag->arg[0] = copy(diags, arg1);
    diag->arg[1] = copy(diags, arg2);
    diag->arg[2] = copy(diags, arg3);
}

const char *
diag_printf(struct diags *diags, const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return copy(diags, text);
}

const char *
diag_str(struct diags *diags, struct str text)
{
    struct buf out = buf_in(diags->arena);
    size_t count = 0;

    for (size_t at = 0; at < text.len; count++) {
        if (count == ARG_MAX) {
            buf_text(&out, "…");
            break;
        }
        uint32_t code = utf8_next(text, &at);
        bool hidden = code == UTF8_BAD || code < 0x20 || (code >= 0x7F && code < 0xA0) ||
                      (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
        buf_utf8(&out, hidden ? 0xFFFD : code);
    }
    buf_byte(&out, '\0');
    return out.ptr;
}

const char *
diag_both(struct diags *diags, const char *english, const char *thai)
{
    return diag_printf(diags, "%s%c%s", english, LANGUAGE_MARK, thai);
}

const char *
diag_system(struct diags *diags, int error)
{
    static const struct {
        int error;
        const char *thai;
    } known[] = {
        {ENOENT, "ไม่มีแฟ้มหรือโฟลเดอร์นี้"},
        {EACCES, "ไม่มีสิทธิ์"},
        {EPERM, "ไม่มีสิทธิ์"},
        {ENOSPC, "เนื้อที่ดิสก์เต็ม"},
        {EDQUOT, "ใช้เนื้อที่ดิสก์เกินโควตา"},
        {EFBIG, "แฟ้มใหญ่เกินกำหนด"},
        {EISDIR, "เป็นโฟลเดอร์"},
        {ENOTDIR, "ไม่ใช่โฟลเดอร์"},
        {EEXIST, "มีอยู่แล้ว"},
        {EROFS, "เขียนไม่ได้ อ่านได้อย่างเดียว"},
        {ENAMETOOLONG, "ชื่อยาวเกินไป"},
        {EIO, "อุปกรณ์ขัดข้อง"},
        {ELOOP, "ลิงก์วนกลับหาตัวเอง"},
        {ETXTBSY, "แฟ้มถูกใช้งานอยู่"},
    };
    const char *english = strerror(error);

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i].error == error)
            return diag_both(diags, english, known[i].thai);
    }
    return copy(diags, english);
}

size_t
diags_count(const struct diags *diags)
{
    return diags->count;
}

const struct diag *
diags_at(const struct diags *diags, size_t index)
{
    return &diags->kept[index];
}

size_t
diags_level_count(const struct diags *diags, enum diag_level level)
{
    return diags->per_level[level];
}

const char *
diag_code_name(enum diag_code code)
{
    return table[code].name;
}

enum diag_level
diag_code_level(enum diag_code code)
{
    return table[code].level;
}

static void
add_arg(struct buf *out, const char *arg, enum diag_lang lang)
{
    struct str whole = str_of(arg), mark = {(char[]){LANGUAGE_MARK}, 1};
    size_t at = str_find(whole, mark);

    if (at == SIZE_MAX)
        buf_add(out, whole);
    else if (lang == DIAG_ENGLISH)
        buf_add(out, str_sub(whole, 0, at));
    else
        buf_add(out, str_sub(whole, at + 1, whole.len));
}

static void
add_message(struct buf *out, const struct diag *diag, enum diag_lang lang)
{
    const char *text = table[diag->code].text[lang];

    for (; *text != '\0'; text++) {
        if (text[0] == '%' && text[1] >= '1' && text[1] <= '3') {
            add_arg(out, diag->arg[text[1] - '1'], lang);
            text++;
        } else {
            buf_byte(out, *text);
        }
    }
}

struct str
diag_message(struct arena *arena, const struct diag *diag, enum diag_lang lang)
{
    struct buf out = buf_in(arena);

    add_message(&out, diag, lang);
    return buf_str(&out);
}

struct str
diag_line(struct arena *arena, const struct diag *diag, enum diag_lang lang)
{
    struct buf out = buf_in(arena);

    if (diag->pos.file != NULL) {
        buf_text(&out, diag->pos.file);
        if (diag->pos.line > 0)
            buf_printf(&out, ":%u", diag->pos.line);
        if (diag->pos.line > 0 && diag->pos.column > 0)
            buf_printf(&out, ":%u", diag->pos.column);
        buf_text(&out, ": ");
    }
    buf_printf(&out, "%s: ", level_names[lang][diag->level]);
    add_message(&out, diag, lang);
    buf_printf(&out, " [%s]", table[diag->code].name);
    return buf_str(&out);
}
