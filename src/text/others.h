/* Letters that the report's font has not are lent by other fonts: those in its folder and those
 * that fontconfig lists, families that the style names first, then all in the order of their
 * names. Which one it is depends on nothing but the letters, the face and what is installed.
 * Nothing is looked for, and no memory spent, before a letter is missing; then fontconfig is asked
 * once. */
#ifndef TEXT_OTHERS_H
#define TEXT_OTHERS_H

#include <stdbool.h>
#include <stddef.h>

#include "text/font.h"

/* For the fonts of a search whose regular face is `main`. `system` is fontconfig as it was asked
 * (font_list.h) or NULL, and is given back by others_close(). Reports share it, in threads too. */
struct fonts_others *others_open(const struct font_search *search, const struct font *main,
                                 void *system);
void others_close(struct fonts_others *others);

/* What is lent to one report, and told of it. */
struct fonts_lent *lent_new(void);
void lent_free(struct fonts_lent *lent);

/* The fonts that were lent, in the order in which they were; `index` from 0 on, NULL at the end. */
const struct font *lent_font(const struct fonts_lent *lent, size_t index);

/* The font for a cluster that `face` lacks a letter of: one that has all its letters. NULL when
 * there is none, or the letters are private or written from right to left. */
const struct font *others_find(const struct fonts *fonts, enum font_face face, struct str cluster);

enum others_told {
    OTHERS_KNOWN,  /* the letter was told before, or there are too many of its family */
    OTHERS_LETTER, /* to be told */
    OTHERS_MANY    /* to be told that the family has more of them, which are not named */
};

/* So many letters of a family are named: a name in Chinese must not hide other messages. */
#define OTHERS_NAMED_MAX 12

/* What is to be told of a letter that a font lends. Counts as told then. */
enum others_told others_tell(const struct fonts *fonts, const struct font *font, struct str letter);

/* True when a font need not have the letter: it is not seen. */
bool others_skips(uint32_t code_point);

#endif
