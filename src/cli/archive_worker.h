/* The child that examines documents, and what goes through its pipes. Both ends are one program. */
#ifndef CLI_ARCHIVE_WORKER_H
#define CLI_ARCHIVE_WORKER_H

#include <stdbool.h>
#include <stddef.h>

#include "banthuek-archive.h"

struct cli_args;

#define WORKER_TEXTS 8 /* of banthuek_archive_examined */

/* Then come the name and the PDF. */
struct worker_job {
    size_t name_size, pdf_size, first;
    bool make_again;
};

/* Then come the texts, of which the pointers here mean nothing. */
struct worker_result {
    struct banthuek_archive_examined examined;
    size_t size[WORKER_TEXTS];
};

struct worker_texts {
    char *data[WORKER_TEXTS];
    size_t size[WORKER_TEXTS];
};

/* The texts of what came of a job, in the order in which they go through the pipe. */
void worker_places(struct banthuek_archive_examined *examined,
                   struct banthuek_bytes *places[WORKER_TEXTS]);

/* All bytes, or false. */
bool worker_write(int to, const void *data, size_t size);
bool worker_read(int from, void *data, size_t size);

/* Does jobs, all with the files of the one at hand, until there are no more. */
_Noreturn void worker_run(const struct cli_args *args, const struct banthuek_archive_job *kit,
                          int jobs, int results);

#endif
