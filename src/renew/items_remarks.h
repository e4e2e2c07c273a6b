/* What people wrote behind # beside an entry of a report, for when its lines do not stay. */
#ifndef RENEW_ITEMS_REMARKS_H
#define RENEW_ITEMS_REMARKS_H

#include <stddef.h>

#include "base/str.h"

struct buf;
struct edits;
struct value;

/* Adds each remark that begins between two bytes of the text as a line of its own, whole lines and
 * those behind data alike. What the data of `entry` has behind a # is none. Remarks that tell what
 * an entry was in an earlier year are left out. */
void items_add_remarks(const struct edits *edits, const struct value *entry, size_t from, size_t to,
                       struct str indent, struct buf *out);

/* True for a remark of ours from an earlier year: "# ปี 2566: O5 ข้อมูลการติดต่อ". */
bool items_own_remark(struct str line);

/* What stands behind a text on the line where it ends, or where its block begins: a remark with
 * the blanks before it, or nothing. `to` is where the text ends. */
struct str items_remark_behind(const struct edits *edits, const struct value *text, size_t to);

#endif
