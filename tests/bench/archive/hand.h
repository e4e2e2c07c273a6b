/* The same archive as a program of one page has it that knows nothing but SQLite. */
#ifndef HAND_H
#define HAND_H

#include <stddef.h>

struct hand;

/* `source`: an archive of ours, which stays open for reading; `target`: a new file with the same
 * tables. */
struct hand *hand_open(const char *source, const char *target);
void hand_close(struct hand *hand);

/* Reads the rows of all entries up to `last` that were not read yet, texts folded. */
void hand_load(struct hand *hand, long last);

/* Writes them, a transaction for each `group` of entries, and forgets them. */
void hand_store(struct hand *hand, int group);

/* How many documents a query gives: the newest `limit` that have the term, with all their columns.
 */
int hand_search(struct hand *hand, const char *term, int limit);

/* All documents with their columns: how many. */
int hand_list(struct hand *hand);

#endif
