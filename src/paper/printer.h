/* What a printer says of itself, as banthuek-paper.h has it. */
#ifndef PAPER_PRINTER_H
#define PAPER_PRINTER_H

#include <cups/cups.h>
#include <stdbool.h>

#include "banthuek-paper.h"
#include "base/str.h"

struct arena;

#define PRINTER_TEXT_MAX 200 /* bytes that are shown of a text */
#define PRINTER_MAX 1000     /* that are listed */

/* The attributes that printer_next() reads. */
extern const char *const printer_attributes[];
extern const int printer_attribute_count;

/* The next printer of an answer from attribute *at on, which is moved behind it: there is one group
 * for each. It begins with ippFirstAttribute(). False where there is none any more. */
bool printer_next(struct arena *arena, ipp_t *answer, ipp_attribute_t **at,
                  struct banthuek_printer *out);

/* A text of an attribute for people: UTF-8, cut, with nothing in it that drives a terminal. */
const char *printer_text(struct arena *arena, ipp_attribute_t *attribute, int index);

/* The reasons of an attribute that say something, at most REASON_MAX. They live in `arena`. */
const struct banthuek_printer_reason *printer_reasons(struct arena *arena,
                                                      ipp_attribute_t *attribute, size_t *count);

#endif
