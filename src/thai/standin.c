/* Word and its like keep signs of Symbol and Wingdings at U+F000 and the byte that the font has; a
 * text does not say which font that was. Of the two the sign is taken that people use: Symbol's
 * for mathematics, Wingdings' for lists and forms. What is as likely one as the other is left out,
 * so that it is refused and not guessed. */
#include "thai/standin.h"

#include <stdlib.h>
#include <string.h>

struct standin {
    uint16_t code;
    char text[STANDIN_MAX - 2];
};

/* In the order of the codes, for bsearch(). */
static const struct standin standins[] = {
    {0x000B, "\n"},   /* in a cell or a text of Word: a new line */
    {0x000C, "\n"},   /* a new page */
    {0x2010, "-"},    /* hyphens, … */
    {0x2011, "-"},    /* … */
    {0x2012, "–"},    /* a dash as wide as a digit */
    {0x2015, "—"},    /* a bar to quote with */
    {0x2024, "."},    /* dots of a leader */
    {0x2025, ".."},   /* … */
    {0x2027, "·"},    /* a point between syllables */
    {0x2028, "\n"},   /* … */
    {0x2029, "\n"},   /* … */
    {0x2043, "-"},    /* a hyphen before the lines of a list */
    {0x2103, "°C"},   /* signs that are several letters */
    {0x2105, "c/o"},  /* … */
    {0x2109, "°F"},   /* … */
    {0x2116, "No."},  /* … */
    {0x2121, "Tel."}, /* … */
    {0x2215, "/"},    /* … */
    {0x2219, "·"},    /* … */
    {0x2236, ":"},    /* … */
    {0x338E, "mg"},   /* units in a square … */
    {0x338F, "kg"},   /* … */
    {0x3396, "ml"},   /* … */
    {0x3397, "dl"},   /* … */
    {0x339C, "mm"},   /* … */
    {0x339D, "cm"},   /* … */
    {0x339E, "km"},   /* … */
    {0x339F, "mm²"},  /* … */
    {0x33A0, "cm²"},  /* … */
    {0x33A1, "m²"},   /* … */
    {0x33A2, "km²"},  /* … */
    {0x33A4, "cm³"},  /* … */
    {0x33A5, "m³"},   /* … */
    {0x33C4, "cc"},   /* … */
    {0xF00A, "\n"},   /* standin_for_end() */
    {0xF00B, "\n"},   /* … */
    {0xF00C, "\n"},   /* … */
    {0xF00D, "\n"},   /* … */
    {0xF020, " "},    /* what both fonts have */
    {0xF02D, "-"},    /* Symbol: minus, Word's dash before the lines of a list */
    {0xF06C, "●"},    /* Wingdings */
    {0xF06E, "■"},    /* Wingdings */
    {0xF06F, "□"},    /* Wingdings */
    {0xF071, "□"},    /* Wingdings, with a shadow */
    {0xF072, "□"},    /* Wingdings, with a shadow */
    {0xF076, "❖"},    /* Wingdings, Word's diamonds before the lines of a list */
    {0xF09E, "·"},    /* Wingdings */
    {0xF09F, "•"},    /* Wingdings */
    {0xF0A0, "▪"},    /* Wingdings */
    {0xF0A1, "○"},    /* Wingdings */
    {0xF0A3, "≤"},    /* Symbol */
    {0xF0A5, "∞"},    /* Symbol */
    {0xF0A7, "▪"},    /* Wingdings */
    {0xF0A8, "□"},    /* Wingdings, Word's box to be ticked */
    {0xF0AC, "←"},    /* Symbol */
    {0xF0AD, "↑"},    /* Symbol */
    {0xF0AE, "→"},    /* Symbol */
    {0xF0AF, "↓"},    /* Symbol */
    {0xF0B0, "°"},    /* Symbol */
    {0xF0B1, "±"},    /* Symbol */
    {0xF0B3, "≥"},    /* Symbol */
    {0xF0B4, "×"},    /* Symbol */
    {0xF0B7, "•"},    /* Symbol, Word's bullet */
    {0xF0B8, "÷"},    /* Symbol */
    {0xF0B9, "≠"},    /* Symbol */
    {0xF0BB, "≈"},    /* Symbol */
    {0xF0BC, "…"},    /* Symbol */
    {0xF0D8, "➢"},    /* Wingdings, Word's arrowhead before the lines of a list */
    {0xF0DF, "←"},    /* Wingdings … */
    {0xF0E0, "→"},    /* … */
    {0xF0E1, "↑"},    /* … */
    {0xF0E2, "↓"},    /* … */
    {0xF0E7, "←"},    /* … heavy … */
    {0xF0E8, "→"},    /* … */
    {0xF0E9, "↑"},    /* … */
    {0xF0EA, "↓"},    /* … */
    {0xF0FB, "✘"},    /* … */
    {0xF0FC, "✔"},    /* Wingdings, Word's tick before the lines of a list */
    {0xF0FD, "☒"},    /* … */
    {0xF0FE, "☑"},    /* … */
    {0xFE50, ","},    /* small forms … */
    {0xFE52, "."},    /* … */
    {0xFE54, ";"},    /* … */
    {0xFE55, ":"},    /* … */
    {0xFE56, "?"},    /* … */
    {0xFE57, "!"},    /* … */
    {0xFE58, "—"},    /* … */
    {0xFE59, "("},    /* … */
    {0xFE5A, ")"},    /* … */
    {0xFE5F, "#"},    /* … */
    {0xFE60, "&"},    /* … */
    {0xFE61, "*"},    /* … */
    {0xFE62, "+"},    /* … */
    {0xFE63, "-"},    /* … */
    {0xFE66, "="},    /* … */
    {0xFE68, "\\"},   /* … */
    {0xFE69, "$"},    /* … */
    {0xFE6A, "%"},    /* … */
    {0xFE6B, "@"},    /* … */
    {0xFF5F, "(("},   /* wide forms; U+FF01-FF5E are those of ASCII */
    {0xFF60, "))"},   /* … */
    {0xFFE0, "¢"},    /* … */
    {0xFFE1, "£"},    /* … */
    {0xFFE2, "¬"},    /* … */
    {0xFFE3, "¯"},    /* … */
    {0xFFE4, "¦"},    /* … */
    {0xFFE5, "¥"},    /* … */
};

static int
by_code(const void *key, const void *item)
{
    uint32_t a = *(const uint32_t *)key, b = ((const struct standin *)item)->code;

    return (a > b) - (a < b);
}

size_t
standin_put(uint32_t code, char out[STANDIN_MAX])
{
    out[0] = '\0';
    if ((code >= 0x20 && code < 0x2010) || code < 0x0B || code > 0xFFFF)
        return 0;
    if (code >= 0xFF01 && code <= 0xFF5E) {
        out[0] = (char)(code - 0xFF01 + '!');
        out[1] = '\0';
        return 1;
    }
    const struct standin *found =
        bsearch(&code, standins, sizeof standins / sizeof standins[0], sizeof standins[0], by_code);
    if (found == NULL)
        return 0;
    size_t size = strlen(found->text);
    memcpy(out, found->text, size + 1);
    return size;
}

static const uint16_t ends[][2] = {
    {0x000B, 0xF00B}, {0x000C, 0xF00C}, {0x2028, 0xF00A}, {0x2029, 0xF00D}};

uint32_t
standin_for_end(uint32_t code)
{
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (ends[i][0] == code)
            return ends[i][1];
    return 0;
}

uint32_t
standin_end_of(uint32_t code)
{
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (ends[i][1] == code)
            return ends[i][0];
    return code;
}
