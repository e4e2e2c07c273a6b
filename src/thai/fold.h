/* Text as it is searched: what people type in several ways and read as one becomes one. The same is
 * done to documents and to what is looked for, so that a text is found by every piece of it that
 * was copied out of it or typed anew.
 *
 * Any bytes may come in: nothing is refused here. */
#ifndef THAI_FOLD_H
#define THAI_FOLD_H

#include <stdint.h>

#include "base/str.h"

struct arena;

/* Which bytes of the original a byte of the folded text comes from: [from, to). */
struct fold_place {
    uint32_t from, to;
};

struct folded {
    struct str text;                /* well-formed UTF-8 */
    const struct fold_place *place; /* one for each byte of `text`; NULL where not asked for */
};

/* Folds: the normal form of normal.h, ๐-๙ to 0-9, capitals to small letters (of all alphabets),
 * “ ” ‘ ’ to straight quotes, dashes and minus to "-"; blanks, line ends and controls, one or more
 * of them, to one blank; what is not seen (ZWSP, soft hyphens, joiners) is dropped; bytes that are
 * not UTF-8 become U+FFFD; of many marks on one letter the first stay. Folded again it stays, and
 * so does every piece of it. `text` is below 4 GB. */
struct str fold_text(struct arena *arena, struct str text);

/* The same with the places, for who shows what was found as it stands in the original. */
struct folded fold_with_places(struct arena *arena, struct str text);

#endif
