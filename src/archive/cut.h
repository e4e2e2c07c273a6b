/* Folded text (thai/fold.h) cut into what the two indexes of the archive hold.
 *
 * Pairs of code points that follow each other are for finding: a text has a piece of two code
 * points or more exactly where it has the pairs of that piece one after the other, whatever words
 * it is of. Words are for saying how well a document fits; no cutting into words finds every name.
 *
 * How texts are cut is part of an archive's format: where it changes, the indexes are made anew
 * (paragraphs.h). */
#ifndef ARCHIVE_CUT_H
#define ARCHIVE_CUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

#define CUT_VERSION 1 /* one more with every change of cut.c or of folding */

#define CUT_WORD_MAX 96 /* bytes of a word; what is longer is several */

/* Takes a token, which stands in the bytes [from, to) of the text; `with_last`: at the same place
 * as the one before. Cutting ends where it returns false. */
typedef bool cut_put(void *user, struct str token, size_t from, size_t to, bool with_last);

/* Pairs of code points. False where `put` was. */
bool cut_pairs(struct str folded, cut_put *put, void *user);

/* Words of Thai, of other letters, numbers; of documents also the parts of compounds, at the place
 * of the whole: what is looked for is a whole word, and may be a part of one there. `ends` has room
 * for a byte for each of the text. */
bool cut_words(struct str folded, bool is_document, unsigned char *ends, cut_put *put, void *user);

/* Says, in `arena`, how words are cut: CUT_VERSION and the hash of the word lists. */
struct str cut_version(struct arena *arena);

#endif
