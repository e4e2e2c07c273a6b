/* A limit of memory for reading PDFs. */
#include <sys/resource.h>
#include <sys/stat.h>

#include "cli/cli.h"

#define MEBIBYTE ((rlim_t)1 << 20)
#define MEMORY_BASE (2048 * MEBIBYTE) /* enough to make a report of a thousand pages again */
#define MEMORY_MAX (4096 * MEBIBYTE)
/* Copies of a file inside there are while it is unpacked: the PDF's, three of libqpdf, its own. */
#define MEMORY_COPIES 6

void
cli_limit_memory(const char *pdf)
{
/* AddressSanitizer reserves terabytes */
#ifdef __SANITIZE_ADDRESS__
    (void)pdf;
#else
    struct rlimit limit;
    struct stat info;
    rlim_t wanted = MEMORY_MAX;

    if (stat(pdf, &info) == 0 && S_ISREG(info.st_mode) &&
        (rlim_t)info.st_size < (MEMORY_MAX - MEMORY_BASE) / MEMORY_COPIES)
        wanted = MEMORY_BASE + MEMORY_COPIES * (rlim_t)info.st_size;
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur > wanted) {
        limit.rlim_cur = wanted;
        (void)setrlimit(RLIMIT_AS, &limit);
    }
#endif
}
