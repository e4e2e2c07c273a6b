/* Fonts of an appearance: which letters their codes stand for. */
#ifndef PDFIN_SHOWN_INNER_H
#define PDFIN_SHOWN_INNER_H

#include "pdfin/revisions_inner.h"

/* What a code without a name of its own stands for in a simple font. */
enum shown_base {
    SHOWN_BASE_NONE,     /* what the font's file says: not known here */
    SHOWN_BASE_STANDARD, /* of StandardEncoding those that are in ASCII */
    SHOWN_BASE_MAC,      /* the same of MacRomanEncoding */
    SHOWN_BASE_WIN
};

struct shown_font {
    bool is_known;           /* letters can be told at all */
    bool is_wide;            /* codes of two bytes */
    struct map *letters;     /* code + 1 → struct str *, of ToUnicode; or NULL */
    const struct cos *names; /* /Differences, or NULL */
    enum shown_base base;
};

/* A font of a revision; with the objects it is made of as they were in `trusted`. */
struct shown_font shown_font_read(struct revisions *r, struct arena *arena, size_t revision,
                                  size_t trusted, const struct cos *ref);

/* The letters of a code; false where they are not known. */
bool shown_font_letters(struct revisions *r, size_t revision, const struct shown_font *font,
                        size_t code, struct buf *out);

#endif
