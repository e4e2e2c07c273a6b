#include "base/diag.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/system.h"
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

/* __FILE__ is the file of the table that the line stands in. */
static const struct {
    const char *name;
    enum diag_level level;
    const char *file;
    const char *text[2];
} table[] = {
#define D(code, level, english, thai) {#code, DIAG_##level, __FILE__, {english, thai}},
#include "base/diag/all.def"
#undef D
};

static const char *const level_names[2][3] = {
    {"note", "warning", "error"},
    {"หมายเหตุ", "เตือน", "ผิดพลาด"},
};

static const char *const accepted_by[2] = {"accepted by ", "ยอมรับโดย "};

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
    struct diag diag = {.code = code, .level = level, .pos = pos, .arg = {arg1, arg2, arg3}};

    diag_copy(diags, &diag, NULL, NULL);
}

void
diag_copy(struct diags *diags, const struct diag *diag, const char *by, const char *why)
{
    enum diag_level level = by == NULL ? diag->level : DIAG_NOTE;

    diags->per_level[level]++;
    if (diags->count == KEPT_MAX)
        return;
    struct diag *kept = &diags->kept[diags->count++];
    *kept = *diag;
    kept->level = level;
    kept->pos.file = copy(diags, diag->pos.file);
    for (size_t i = 0; i < sizeof kept->arg / sizeof kept->arg[0]; i++)
        kept->arg[i] = copy(diags, diag->arg[i]);
    kept->accepted_by = copy(diags, by);
    kept->accepted_why = copy(diags, why);
}

static bool
same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
says_the_same(const struct diag *a, const struct diag *b)
{
    return a->code == b->code && a->pos.line == b->pos.line && a->pos.column == b->pos.column &&
           same_text(a->pos.file, b->pos.file) && same_text(a->arg[0], b->arg[0]) &&
           same_text(a->arg[1], b->arg[1]) && same_text(a->arg[2], b->arg[2]);
}

static bool
is_there(const struct diags *diags, const struct diag *diag)
{
    for (size_t i = 0; i < diags->count; i++) {
        if (says_the_same(&diags->kept[i], diag))
            return true;
    }
    return false;
}

void
diags_add_new(struct diags *diags, const struct diags *from, enum diag_level least)
{
    size_t dropped[3];

    memcpy(dropped, from->per_level, sizeof dropped);
    for (size_t i = 0; i < from->count; i++) {
        const struct diag *diag = &from->kept[i];
        dropped[diag->level]--;
        if (diag->level >= least && !is_there(diags, diag))
            diag_copy(diags, diag, diag->accepted_by, diag->accepted_why);
    }
    for (int level = (int)least; level < 3; level++)
        diags->per_level[level] += dropped[level];
}

void
diags_count_dropped(struct diags *diags, const struct diags *from)
{
    for (int level = 0; level < 3; level++)
        diags->per_level[level] += from->per_level[level];
    for (size_t i = 0; i < from->count; i++)
        diags->per_level[from->kept[i].level]--;
}

const char *
diag_printf(struct diags *diags, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    size_t size = len < 0 ? 1 : (size_t)len + 1;
    char *text = arena_alloc(diags->arena, size);
    va_start(args, format);
    (void)vsnprintf(text, size, format, args);
    va_end(args);
    return text;
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
        bool hidden = code == UTF8_BAD || utf8_is_control(code);
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
diag_said(struct diags *diags, const char *thai, const char *said)
{
    return diag_both(diags, said, diag_printf(diags, "%s \"%s\"", thai, said));
}

const char *
diag_place(struct diags *diags, struct pos pos)
{
    const char *cell = pos.line > 0 || pos.file == NULL ? NULL : strrchr(pos.file, '!');

    if (cell != NULL)
        return diag_both(diags, diag_printf(diags, "in cell %s", cell + 1),
                         diag_printf(diags, "เซลล์ %s", cell + 1));
    return diag_both(diags, diag_printf(diags, "in line %u", pos.line),
                     diag_printf(diags, "บรรทัดที่ %u", pos.line));
}

/* What the system says has words of ours before it where there are none for it alone. */
static const char *
both_of(struct diags *diags, const char *english, const char *thai, const char *what, int number)
{
    return diag_both(diags, english,
                     thai != NULL ? thai : diag_printf(diags, "%s %d: %s", what, number, english));
}

const char *
diag_system(struct diags *diags, int error)
{
    return both_of(diags, strerror(error), system_thai(error), "ระบบแจ้งข้อผิดพลาดหมายเลข", error);
}

const char *
diag_signal(struct diags *diags, int signal_number)
{
    return both_of(diags, strsignal(signal_number), system_signal_thai(signal_number),
                   "ได้รับสัญญาณหมายเลข", signal_number);
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

struct str
diag_code_room(enum diag_code code)
{
    struct str file = str_of(table[code].file);
    size_t slash;

    while ((slash = str_find(file, STR("/"))) != SIZE_MAX)
        file = str_sub(file, slash + 1, file.len);
    return str_sub(file, 0, str_find(file, STR(".")));
}

struct str
diag_code_text(struct arena *arena, enum diag_code code, enum diag_lang lang)
{
    struct diag diag = {.code = code, .arg = {"…", "…", "…"}};

    return diag_message(arena, &diag, lang);
}

const struct diag_explanation *
diag_code_explanation(enum diag_code code, enum diag_lang lang)
{
#define E(code, english, thai) [DIAG_##code] = {english, thai},
#define SAYS(meaning, why, example, remedy) \
    {                                       \
        meaning, why, example, remedy       \
    }
    static const struct diag_explanation all[DIAG_CODE_COUNT][2] = {
#include "base/diag/explain.def"
    };
#undef SAYS
#undef E

    return all[code][lang].meaning == NULL ? NULL : &all[code][lang];
}

bool
diag_code_find(struct str name, enum diag_code *out)
{
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        if (strlen(table[code].name) == name.len &&
            strncasecmp(table[code].name, name.ptr, name.len) == 0) {
            *out = (enum diag_code)code;
            return true;
        }
    }
    return false;
}

bool
diag_code_nearest(struct str name, enum diag_code *out)
{
    char large[64];
    size_t nearest = name.len < 8 ? 3 : 5; /* edits; one less is taken */

    if (name.len >= sizeof large)
        return false;
    for (size_t i = 0; i < name.len; i++)
        large[i] = ascii_capital(name.ptr[i]);
    bool found = false;
    for (int code = 0; code < DIAG_CODE_COUNT; code++) {
        size_t distance = str_distance((struct str){large, name.len}, str_of(table[code].name));
        if (distance >= nearest || distance >= name.len)
            continue;
        nearest = distance;
        *out = (enum diag_code)code;
        found = true;
    }
    return found;
}

bool
diag_code_is_finding(enum diag_code code)
{
    switch (code) {
#define D(code, level, english, thai) case DIAG_##code:
#include "base/diag/finding.def"
#undef D
        return true;
    default:
        return false;
    }
}

static void
add_arg(struct buf *out, struct str whole, enum diag_lang lang, bool lines)
{
    struct str mark = {(char[]){LANGUAGE_MARK}, 1};
    size_t at = str_find(whole, mark);

    if (at == SIZE_MAX)
        utf8_show(out, whole, lines);
    else if (lang == DIAG_ENGLISH)
        utf8_show(out, str_sub(whole, 0, at), lines);
    else
        utf8_show(out, str_sub(whole, at + 1, whole.len), lines);
}

static void
add_message(struct buf *out, const struct diag *diag, enum diag_lang lang)
{
    const char *text = table[diag->code].text[lang];

    for (; *text != '\0'; text++) {
        if (text[0] == '%' && text[1] >= '1' && text[1] <= '3') {
            /* only what begins a line of its own may have several (lines of YAML, indented): a path
             * with a line end in it would look like two messages */
            struct str arg = str_of(diag->arg[text[1] - '1']);
            bool begins = text > table[diag->code].text[lang] && text[-1] == '\n';
            add_arg(out, arg, lang, begins || str_starts(arg, STR("\n  ")));
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
        utf8_show(&out, str_of(diag->pos.file), false);
        if (diag->pos.line > 0)
            buf_printf(&out, ":%u", diag->pos.line);
        if (diag->pos.line > 0 && diag->pos.column > 0)
            buf_printf(&out, ":%u", diag->pos.column);
        buf_text(&out, ": ");
    }
    buf_printf(&out, "%s: ", level_names[lang][diag->level]);
    add_message(&out, diag, lang);
    buf_printf(&out, " [%s]", table[diag->code].name);
    if (diag->accepted_by != NULL) {
        buf_printf(&out, "\n    %s", accepted_by[lang]);
        utf8_show(&out, str_of(diag->accepted_by), true);
        buf_text(&out, ": ");
        utf8_show(&out, str_of(diag->accepted_why), true);
    }
    return buf_str(&out);
}
