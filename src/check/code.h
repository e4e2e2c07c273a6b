/* Codes of the rubric as offices write them. For files of this room only. */
#ifndef CHECK_CODE_H
#define CHECK_CODE_H

#include "base/str.h"

struct arena;
struct name_entry;
struct name_index;
struct value;

/* What a text that is no code means. */
struct code_guess {
    const struct name_entry *entry;        /* the one that it means without doubt, or NULL */
    struct str nearest;                    /* else the code that may be meant, or empty */
    const struct name_entry *code, *named; /* else what it says, when that is two entries */
};

/* `index` holds the rubric's entries by their codes, `name` is what they are called
 * ("ตัวชี้วัด"). Taken are the official name of an entry (or another accepted one) that no other has;
 * its code and name ("1. การใช้อำนาจ"); its code behind what it is called ("ตัวชี้วัดที่ 1"); its code
 * as another number of the same value ("01", "1.0"). A code with another text behind it is only the
 * nearest. */
struct code_guess code_guess(struct arena *arena, const struct name_index *index, struct str name,
                             struct str text);

/* True when an entry has this text in a field of texts: its name, or another accepted one. */
bool code_names(const struct value *entry, struct str text);

#endif
