/* Which documents of an archive were found good so far, in a file beside it: so a run that was
 * interrupted can go on where it was, if the user asks for that. A run that ends takes it away. */
#ifndef CLI_ARCHIVE_JOURNAL_H
#define CLI_ARCHIVE_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

struct cli_args;
struct cli_journal;

/* Never NULL. What an earlier run left is read where the arguments say so and it asked the same;
 * else it is begun anew. */
struct cli_journal *cli_journal_open(const struct cli_args *args, const char *archive);

/* Of an earlier run that did not end: how many documents it has. `is_other`: it asked something
 * else, or was of another version. */
size_t cli_journal_left(const struct cli_journal *journal, bool *is_other);

bool cli_journal_has(const struct cli_journal *journal, const char *hash);
void cli_journal_add(struct cli_journal *journal, const char *hash);

/* `ended`: nothing is left to be gone on with. */
void cli_journal_close(struct cli_journal *journal, bool ended);

#endif
