/* Codes of the rubric as offices write them. */
#ifndef SCHEMA_CODE_H
#define SCHEMA_CODE_H

#include "base/str.h"

/* So many entries of the rubric are looked at for texts that are no codes. */
#define CODE_GUESS_MAX 10000000

struct arena;
struct field;
struct name_entry;
struct name_index;
struct value;

/* What a text that is no code means. */
struct code_guess {
    const struct name_entry *entry;        /* the one that it means without doubt, or NULL */
    struct str nearest;                    /* else the code that may be meant, or empty */
    const struct name_entry *code, *named; /* else what it says, when that is two entries */
};

/* `index` holds the rubric's entries by their codes, `field` is the keyed field or reference that
 * means one of them, `name` is what they are called ("ตัวชี้วัด"). Taken are the official name of an
 * entry (or another accepted one) that no other has; its code and name ("1. การใช้อำนาจ"); its code
 * behind what it is called ("ตัวชี้วัดที่ 1"); its code as another number of the same value ("01",
 * "1.0"), its letters and its number apart ("O 1", "O01"). A code with another text behind it is
 * only the nearest. */
struct code_guess code_guess(struct arena *arena, const struct name_index *index,
                             const struct field *field, struct str name, struct str text);

/* The report's keyed field with the codes of its entries as `list` of the rubric writes them, where
 * that is known without doubt. */
const struct value *code_settle(struct arena *arena, const struct field *field,
                                const struct value *list, const struct value *keyed);

/* True when an entry that `field` may mean has this text in a field of texts: its name, or another
 * accepted one; not its code of the year before, nor where it is known from. */
bool code_names(const struct field *field, const struct value *entry, struct str text);

#endif
