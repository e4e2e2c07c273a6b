/* Examining the documents of an archive: signatures are verified and reports made again, in a child
 * process that has limits and is replaced when a document has ended it. */
#ifndef CLI_ARCHIVE_RENDER_H
#define CLI_ARCHIVE_RENDER_H

#include <stdbool.h>

struct banthuek_archive_examined;
struct banthuek_archive_job;
struct cli_args;
struct cli_examiner;

/* Of the arguments those that tell whom to trust count. Never NULL. */
struct cli_examiner *cli_examiner_open(const struct cli_args *args);
void cli_examiner_close(struct cli_examiner *examiner);

/* For banthuek_archive_verify_options. False, told, where there can be no child. */
bool cli_examine(struct cli_examiner *examiner, const struct banthuek_archive_job *job,
                 struct banthuek_archive_examined *examined);

#endif
