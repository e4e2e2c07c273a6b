/* What exporting and importing have in common. */
#ifndef CLI_ARCHIVE_BAG_H
#define CLI_ARCHIVE_BAG_H

#include <stddef.h>

/* Shows on a terminal how far it is; `user` is the time of the last line, a time_t. */
void cli_archive_progress(void *user, size_t done, size_t total);

#endif
