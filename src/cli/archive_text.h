/* Words that commands of the archive share. */
#ifndef CLI_ARCHIVE_TEXT_H
#define CLI_ARCHIVE_TEXT_H

#include "cli/cli.h"

/* Adds `before` and a text out of the archive, of one line, in which nothing drives the terminal;
 * nothing where it is empty. */
void cli_archive_text(struct cli_text *out, const char *before, struct banthuek_bytes text);

/* Adds how long a document is kept. `retention` is the first day on which it need not be. */
void cli_archive_kept(struct cli_text *out, const struct cli_args *args,
                      struct banthuek_bytes retention);

#endif
