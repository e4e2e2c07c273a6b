/* Words by which rows of an office's table say that they are no entries. For files of this room
 * only. */
#ifndef FORM_ROW_WORDS_H
#define FORM_ROW_WORDS_H

#include <stdbool.h>

#include "base/str.h"

/* True for a text of nothing but what stands before a total or a mean: "รวม", "คะแนนเฉลี่ย IIT",
 * "รวม (ร้อยละ):", "grand total". */
bool row_says_total(struct str text);

/* True for a text that begins as notes and signatures do: "หมายเหตุ : …", "* …", "ลงชื่อ …". */
bool row_says_note(struct str text);

#endif
