/* Acceptances: findings that an office lets through, because what was published has to be printed
 * as it was. A report says which, why and who decided:
 *
 *   ยอมรับ:
 *     - รหัส: FIGURE_MEAN
 *       ช่อง: ผลประเมิน.IIT      # only needed where the code was found in more than one place
 *       เหตุผล: คะแนนตามประกาศผล
 *       โดย: นายสมมติ นามตัวอย่าง ปลัดองค์การบริหารส่วนตำบล
 *
 * ช่อง is a path (schema/path.h). Only codes of base/diag/finding.def can be accepted. */
#ifndef CHECK_ACCEPT_H
#define CHECK_ACCEPT_H

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct field;
struct schema;
struct scores;
struct value;

/* Acceptances in a report, and code points of the record of them (accept_record()): even at four
 * bytes each they fit into one string of a PDF. */
#define ACCEPT_MAX 100
#define ACCEPT_RECORD_MAX 8000

/* A finding that was let through. */
struct accepted {
    enum diag_code code;
    struct pos pos;
    const char *path; /* of the datum, or NULL */
    const char *by, *why;
    struct accepted *next;
};

/* Moves the findings of a report to its other messages. One that ยอมรับ names becomes a note that
 * carries who accepted it and why; it is also returned, in the order of the findings (NULL: there
 * is none). Faults of ยอมรับ itself are errors FIELD_… and ACCEPT_…: an entry without code, reason
 * or name, one that fits nothing, or several places, or what was accepted before. `report` is the
 * tree as it was read, `findings` a list of its own. Texts live in `arena`. */
struct accepted *accept_apply(struct arena *arena, struct diags *diags,
                              const struct diags *findings, const struct schema *schema,
                              const struct value *report, bool whole);

/* Notes at the figures which disagreements were let through. */
void accept_mark(const struct accepted *accepted, const struct scores *scores);

/* ยอมรับ as a field, for forms; made in `arena`. */
const struct field *accept_field(struct arena *arena);

/* What ยอมรับ holds, typed: a list of maps with รหัส (as the table of codes writes it), ช่อง, เหตุผล
 * and โดย; VALUE_NONE when the report has none. Faults are added to `diags`. */
struct value *accept_read(struct arena *arena, struct diags *diags, const struct schema *schema,
                          const struct value *report);

/* One line per accepted finding: code, path, who, why, with a tab between. */
struct str accept_record(struct arena *arena, const struct accepted *accepted);

#endif
