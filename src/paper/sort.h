/* Which page of which report every scanned page is. Nothing here knows files, images or reports: a
 * sheet is what was found on one page of a scan. */
#ifndef PAPER_SORT_H
#define PAPER_SORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/code.h"
#include "base/hash.h"

struct arena;

/* A code that was found on a sheet, or typed for it. */
struct sheet_code {
    struct code code;
    unsigned page; /* of the report, from 1; 0: not said, which only who types leaves out */
    unsigned turn; /* degrees clockwise that turn the sheet upright; of a typed one 0 */
    bool is_in_corner; /* it stands where the code of a page does */
};

enum sheet_state {
    SHEET_KNOWN,
    SHEET_TYPED,    /* its code was typed */
    SHEET_BLANK,    /* nothing stands on it: the back of another */
    SHEET_NO_CODE,  /* something stands on it, but no code of ours */
    SHEET_TWO_CODES, /* two different ones */
    SHEET_ELSEWHERE, /* a code of ours, but not where that of a page stands: *code is it */
    SHEET_DAMAGED    /* nobody can look at it, so no code helps */
};

struct sheet {
    size_t index;      /* among all that was scanned, from 0 */
    struct hash image; /* of what the scan holds of it: equal for the same file taken twice */
    bool is_blank, is_damaged;
    const struct sheet_code
        *codes; /* all of ours that were found; the same one may be there twice */
    size_t code_count;
    bool is_typed;
    struct sheet_code typed;
};

/* What a sheet is by itself. *code is set for SHEET_KNOWN and SHEET_TYPED. A typed code decides which
 * of those that were found is the sheet's. */
enum sheet_state sheet_state(const struct sheet *sheet, struct sheet_code *code);

/* True when a code was typed for a sheet that has another one in its corner, and nowhere this one. */
bool sheet_contradicts(const struct sheet *sheet);

/* A sheet in its place. */
struct placed {
    const struct sheet *sheet;
    unsigned page; /* of the report; 0: it was typed without, and is not known */
    unsigned turn;
    bool is_double; /* the page stands before it already */
    bool is_guessed; /* it was typed without its page, and took the place of the only missing one */
};

/* The sheets of one code, by page; those of one page as they were scanned. */
struct sorted {
    struct code code;
    struct placed *pages;
    size_t count;
    bool was_sorted;   /* they were scanned in this order */
    size_t same_count; /* sheets left out since they are the very same image as another */
    const struct sheet **same;
};

struct sorted_all {
    struct sorted *list; /* in the order in which their first sheets were scanned */
    size_t count;
    const struct sheet **others; /* the sheets that are neither known nor typed */
    size_t other_count;
};

/* Sorts the sheets by code and page; everything lives in `arena`, and borrows the sheets. */
struct sorted_all sort_sheets(struct arena *arena, const struct sheet *sheets, size_t count);

/* The pages of a report that has `pages` of them which are not there, ascending. A sheet whose page
 * was not said takes the place of the only one that is missing. */
struct missing {
    unsigned *page;
    size_t count;
    const struct placed *beyond;  /* a sheet of a page that the report does not have, or NULL */
    const struct placed *unknown; /* one whose page has to be typed, or NULL */
};
struct missing sorted_missing(struct arena *arena, struct sorted *sorted, size_t pages);

#endif
