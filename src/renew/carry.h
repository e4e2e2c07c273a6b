/* Last year's report, or another year's rubric, as the start of a new one: what the schema says
 * belongs to one year (`yearly`) becomes a hole, all else stays with its years moved. Works on the
 * text of the file, so that comments and order stay as the office knows them. */
#ifndef RENEW_CARRY_H
#define RENEW_CARRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;
struct schema;
struct value;

/* The years, and their rubrics as they were read, or NULL. */
struct carry_years {
    int from, to;
    const struct value *last, *now;
    const struct value *const *between; /* one for each year between them; NULL: nobody looked */
};

/* What became of an entry: the new rubric does not have it; means another thing by its code, so
 * that nothing of it stays; has it under another code ("O5 → O4"); or made one of several ("O1 + O3
 * → O1"). */
enum carry_fate { CARRY_DROPPED, CARRY_RENAMED, CARRY_MOVED, CARRY_MERGED, CARRY_FATES };

struct carry_entry {
    struct str field, code;
    enum carry_fate fate;
};

struct carry_told {
    struct carry_entry *entries;
    size_t count, cap;
};

/* Adds what became of an entry. */
void carry_tell(struct arena *arena, struct carry_told *told, struct str field,
                enum carry_fate fate, struct str code);

/* `report` was read from `text`, which is decoded (normal_decode()). Years `from` become `to`; 0:
 * they stay, and a year that belongs to one year is a hole. In sentences that stay, numbers that
 * are last year's figures, numbers before the unit of figures and the words of a level become
 * holes. Acceptances (ยอมรับ) are taken out: they were for last year's figures. Entries that this
 * year's rubric does not have become comments, those it calls by another name than last year's are
 * holes with a comment, new ones are added; where the rubrics of all years between tell what
 * entries were in the year before, these stand under the codes that they have now (items_move.h).
 * `told` gets what became of them. Where a text stands in two places by an anchor the file is
 * written anew, without comments. */
struct str carry_report(struct arena *arena, const struct schema *schema,
                        const struct value *report, struct str text,
                        const struct carry_years *years, struct carry_told *told);

/* An example: only its years are moved, and its entries made those of this year's rubric, new ones
 * like the first. */
struct str carry_example(struct arena *arena, const struct schema *schema,
                         const struct value *report, struct str text,
                         const struct carry_years *years);

/* The same for a rubric: comments keep their years, which tell where its lines come from, and years
 * move in texts only. */
struct str carry_rubric(struct arena *arena, const struct schema *schema,
                        const struct value *rubric, struct str text, int from, int to);

/* How many holes a text has. */
size_t carry_holes(struct str text);

#endif
