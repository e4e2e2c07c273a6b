/* Reasons of printers and jobs, in words. */
#include "paper/reason.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

struct known {
    const char *name;
    enum banthuek_level level; /* where its end does not say it */
    bool waits;                /* for somebody at the printer */
    const char *text[2];
};

/* By name without its end. What is in none of both languages says nothing to people. */
static const struct known table[] = {
#define R(name, level, waits, english, thai) {name, BANTHUEK_##level, waits, {english, thai}},
#include "paper/reason.def"
#undef R
};

static const struct {
    struct str text;
    enum banthuek_level level;
} ends[] = {
    {{"-error", 6}, BANTHUEK_ERROR},
    {{"-warning", 8}, BANTHUEK_WARNING},
    {{"-report", 7}, BANTHUEK_NOTE},
};

static const struct known *
find(struct str name)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (str_is(name, table[i].name))
            return &table[i];
    }
    return NULL;
}

/* Its own name, for who looks it up in the printer's manual. */
static void
show_unknown(struct arena *arena, struct str name, struct banthuek_printer_reason *out)
{
    struct buf shown = buf_in(arena);

    utf8_show(&shown, str_sub(name, 0, REASON_TEXT_BYTES), false);
    const char *text = str_cstr(arena, buf_str(&shown));
    out->code = text;
    out->text[BANTHUEK_ENGLISH] = arena_printf(arena, "the printer says \"%s\"", text);
    out->text[BANTHUEK_THAI] = arena_printf(arena, "เครื่องพิมพ์แจ้งว่า \"%s\"", text);
}

bool
reason_read(struct arena *arena, struct str name, struct banthuek_printer_reason *out)
{
    enum banthuek_level level = BANTHUEK_WARNING;
    bool has_level = false;
    const struct known *known = find(name);

    *out = (struct banthuek_printer_reason){.level = BANTHUEK_WARNING};
    for (size_t i = 0; known == NULL && i < sizeof ends / sizeof ends[0]; i++) {
        if (str_ends(name, ends[i].text)) {
            name.len -= ends[i].text.len;
            level = ends[i].level;
            has_level = true;
            known = find(name);
            break;
        }
    }
    if (name.len == 0 || (known != NULL && known->text[0] == NULL))
        return false;
    if (known == NULL) {
        show_unknown(arena, name, out);
        out->level = level;
        return true;
    }
    /* CUPS reports, and calls no error, that a printer is switched off */
    bool is_ours = !has_level || (level == BANTHUEK_NOTE && !known->waits);
    *out = (struct banthuek_printer_reason){
        is_ours ? known->level : level, known->name, {known->text[0], known->text[1]}};
    return true;
}
