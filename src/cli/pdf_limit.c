/* Limits of memory and time for reading PDFs. */
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

#define MEBIBYTE ((rlim_t)1 << 20)
#define MEMORY_BASE (2048 * MEBIBYTE) /* enough to make a report of a thousand pages again */
#define MEMORY_MAX (4096 * MEBIBYTE)
/* Copies of a file inside there are while it is unpacked: the PDF's, three of libqpdf, its own. */
#define MEMORY_COPIES 6
/* Making a report of 50,000 rows again takes 20 seconds. */
#define SECONDS_BASE 120
#define BYTES_A_SECOND MEBIBYTE

/* Nothing may be allocated here, nor may what was being done go on. */
static void
out_of_time(int signal_number)
{
    static const char text[] =
        "banthuek: this PDF takes too long to read; it is damaged or made to do "
        "so / อ่าน PDF นี้นานเกินกำหนด แฟ้มเสียหรือถูกทำมาให้เป็นเช่นนั้น\n";

    (void)signal_number;
    banthuek_abandon();
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
        _exit(CLI_SYSTEM);
    _exit(CLI_ERRORS);
}

static void
limit_time(const char *pdf)
{
    struct rlimit limit;
    struct stat info;
    rlim_t wanted = SECONDS_BASE;

    if (stat(pdf, &info) == 0 && S_ISREG(info.st_mode))
        wanted += (rlim_t)info.st_size / BYTES_A_SECOND;
    (void)signal(SIGXCPU, out_of_time);
    if (getrlimit(RLIMIT_CPU, &limit) == 0 && limit.rlim_cur > wanted) {
        limit.rlim_cur = wanted;
        (void)setrlimit(RLIMIT_CPU, &limit);
    }
}

static void
limit_memory(const char *pdf)
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

void
cli_limit(const char *pdf)
{
    limit_time(pdf);
    limit_memory(pdf);
}
