/* The looks of a document: every length, size, colour and word that layout uses, read from
 * style.yaml. templates/official.yaml holds the official form; a template's own file changes
 * what differs. No such figure stands in code. */
#ifndef DOC_STYLE_H
#define DOC_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/unit.h"

struct arena;
struct value;

/* Red, green, blue, 0 to 255 each. */
struct colour {
    unsigned char red, green, blue;
};

enum style_align { STYLE_LEFT, STYLE_RIGHT, STYLE_CENTER, STYLE_JUSTIFY };

/* How justified text is set: lines chosen together, or one by one with the slack spread as Word's
 * "Thai distributed" does, or ragged at the right after all. */
enum style_justify { JUSTIFY_FIT, JUSTIFY_WORD, JUSTIFY_NONE };

/* A tab stop: place from the paragraph's left edge. */
struct style_tab {
    mpt at;
    bool dots; /* dotted leader up to it */
};

/* How a class of paragraphs looks. Line pitch is a length, never taken from the font. */
struct style_para {
    struct str name;
    mpt size, pitch, before, after, indent, left, right;
    enum style_align align;
    bool bold, italic, underline, keep_with_next;
    struct style_tab *tabs;
    size_t tab_count;
};

/* How a class of tables looks. */
struct style_table {
    struct str name;
    mpt rule, pad_x, pad_top, pad_bottom, before, after;
};

struct style {
#define S(type, field, path) type field;
#include "doc/style.def"
#undef S
    struct style_para *paras;
    size_t para_count;
    struct style_table *tables;
    size_t table_count;
};

/* Reads style files on top of each other, the later one wins; the first must be complete. NULL
 * with STYLE_UNKNOWN_KEY, STYLE_VALUE or STYLE_MISSING. */
struct style *style_load(struct arena *arena, struct diags *diags,
                         const struct value *const files[], size_t count);

/* The class of this name, or NULL. */
const struct style_para *style_find_para(const struct style *style, struct str name);
const struct style_table *style_find_table(const struct style *style, struct str name);

#endif
