/* What a printer can do, as it says, and a wish checked against it before anything is sent. */
#ifndef PAPER_ABILITY_H
#define PAPER_ABILITY_H

#include <cups/cups.h>
#include <stdbool.h>
#include <stddef.h>

#include "banthuek-paper.h"
#include "base/str.h"
#include "base/unit.h"
#include "paper/ranges.h"

struct arena;
struct diags;
struct talk;

#define ABILITY_NAMES_MAX 200 /* trays and papers that are looked at */

struct ability_names {
    const char *list[ABILITY_NAMES_MAX];
    size_t count;
};

struct ability {
    bool takes_pdf, creates_jobs; /* a job is begun before its document is sent */
    size_t copies;                /* at most */
    bool sides[4];                /* by enum banthuek_sides */
    bool ranges, collates;
    bool says_scaling, scales_not; /* it tells how it may scale, and may leave it */
    struct ability_names trays, papers;
    const char *paper; /* that it takes when nothing is said; "" unknown */
    struct banthuek_printer printer;
};

/* The attributes that ability_read() asks for. */
extern const char *const ability_attributes[];
extern const int ability_attribute_count;

/* Reads an answer to Get-Printer-Attributes. */
void ability_read(struct arena *arena, ipp_t *answer, struct ability *out);

/* How a document is to be printed. */
struct wish {
    size_t copies; /* at least 1 */
    enum banthuek_sides sides;
    struct page_ranges pages; /* none: all */
    const char *tray;         /* NULL: whichever */
    mpt width, height;        /* of the document's first page; 0: unknown */
};

/* Whether a printer can do as wished. False with PRINT_NO_PDF, PRINT_NOT_ACCEPTING, PRINT_COPIES,
 * PRINT_SIDES, PRINT_NO_RANGES or PRINT_TRAY; it warns where the printer has no such paper, or may
 * make the pages smaller. `is_queue`: it is no printer but a queue of one. */
bool ability_check(struct diags *diags, const struct ability *ability, const struct wish *wish,
                   const char *name, bool is_queue);

/* Adds the wish to a request for a job: scaled by nothing, and only what differs from what the
 * printer does anyway. */
void ability_ask(ipp_t *request, const struct ability *ability, const struct wish *wish);

#endif
