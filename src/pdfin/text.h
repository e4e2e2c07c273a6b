/* The text of a tagged PDF by paragraphs, as its structure tree orders it. */
#ifndef PDFIN_TEXT_H
#define PDFIN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;
struct revisions;

#define TEXT_BYTES_MAX ((size_t)64 << 20) /* of all paragraphs together */
#define TEXT_PARAGRAPHS_MAX 1000000
#define TEXT_MARKS_MAX 1000000 /* marked content of all pages */

/* Where a paragraph goes on on another page: its byte, the page. */
struct text_turn {
    size_t at, page;
};

/* What a structure element says that is no part of another sentence: a paragraph, a heading, a
 * cell, an entry of a list with its label, a line of a figure; and what was filled into a field
 * that does not stand in one of these. It goes over line ends and pages. */
struct text_paragraph {
    size_t page;     /* from 1: where it begins */
    struct str text; /* UTF-8, without blanks at its ends; never empty */
    struct text_turn *turns;
    size_t turn_count;
};

struct text_paragraphs {
    struct text_paragraph *list;
    size_t count;
};

/* The paragraphs of the last revision, through ActualText and the ToUnicode of its fonts, with the
 * values of its fields of text where the structure has them. What belongs to no structure element
 * (page numbers, repeated headings) is left out. False, with no message, when that cannot be told:
 * the PDF has no structure tree, is damaged, or shows a letter that has no text. */
bool revisions_paragraphs(struct revisions *revisions, struct arena *arena,
                          struct text_paragraphs *out);

#endif
