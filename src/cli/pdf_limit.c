/* Limits of memory and time for reading PDFs. */
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "banthuek-pdf.h"
#include "cli/cli.h"

#define MEBIBYTE ((rlim_t)1 << 20)
#define MEMORY_BASE (2048 * MEBIBYTE) /* enough to make a report of a thousand pages again */
#define MEMORY_MAX (4096 * MEBIBYTE)
/* Copies of a file inside there are while it is unpacked: the PDF's, three of libqpdf, its own. */
#define MEMORY_COPIES 6
/* Making a report of 50,000 rows again takes 20 seconds. */
#define SECONDS_BASE 120
#define BYTES_A_SECOND MEBIBYTE
#define UNKNOWN ((rlim_t)-1) /* a size */

/* What is said when one has run out: ready before, for nothing may be allocated then, nor may what
 * was being done go on. */
static struct last_words {
    struct cli_text json; /* empty where it was not asked for */
    struct cli_text line;
} out_of[2];

static _Noreturn void
give_up(enum banthuek_limit limit, int status)
{
    bool json = out_of[limit].json.len > 0;
    const struct cli_text *said = json ? &out_of[limit].json : &out_of[limit].line;

    banthuek_abandon();
    if (write(json ? STDOUT_FILENO : STDERR_FILENO, said->data, said->len) < 0)
        status = CLI_SYSTEM;
    _exit(status);
}

static void
out_of_time(int signal_number)
{
    (void)signal_number;
    give_up(BANTHUEK_TIME, CLI_ERRORS);
}

static void
out_of_memory(size_t size)
{
    (void)size;
    give_up(BANTHUEK_MEMORY, CLI_MEMORY);
}

static void
prepare(const struct cli_args *args, enum banthuek_limit limit)
{
    struct banthuek *b = banthuek_open(args->context, &args->options);
    struct banthuek_bytes json = {"", 0};

    banthuek_inspect_given_up(b, args->operand, limit);
    free(out_of[limit].json.data);
    free(out_of[limit].line.data);
    out_of[limit] = (struct last_words){{NULL, 0, 0}, {NULL, 0, 0}};
    if (args->json)
        banthuek_inspect_json(b, args->operand, NULL, args->lang, &json);
    cli_add(&out_of[limit].json, "%.*s", (int)json.size, json.data);
    cli_add(&out_of[limit].line, "%s\n", banthuek_message(b, 0, args->lang)->text);
    banthuek_close(b);
}

/* Sets a limit of the process, never above what it was when the first PDF came. */
static void
set_limit(__rlimit_resource_t resource, struct rlimit *before, rlim_t wanted)
{
    struct rlimit limit;

    if (before->rlim_max == 0 && getrlimit(resource, before) != 0)
        return;
    limit = *before;
    if (limit.rlim_cur > wanted)
        limit.rlim_cur = wanted;
    (void)setrlimit(resource, &limit);
}

/* Seconds of the processor that this process has taken for the PDFs before. */
static rlim_t
seconds_taken(void)
{
    struct rusage usage;

    if (getrusage(RUSAGE_SELF, &usage) != 0)
        return 0;
    return (rlim_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
}

static void
limit_time(rlim_t size)
{
    static struct rlimit before;
    rlim_t wanted = seconds_taken() + SECONDS_BASE;

    if (size != UNKNOWN)
        wanted += size / BYTES_A_SECOND;
    set_limit(RLIMIT_CPU, &before, wanted);
}

static void
limit_memory(rlim_t size)
{
/* AddressSanitizer reserves terabytes */
#ifdef __SANITIZE_ADDRESS__
    (void)size;
#else
    static struct rlimit before;
    rlim_t wanted = MEMORY_MAX;

    if (size < (MEMORY_MAX - MEMORY_BASE) / MEMORY_COPIES)
        wanted = MEMORY_BASE + MEMORY_COPIES * size;
    set_limit(RLIMIT_AS, &before, wanted);
#endif
}

static rlim_t
size_of(const char *pdf)
{
    struct stat info;

    return stat(pdf, &info) == 0 && S_ISREG(info.st_mode) ? (rlim_t)info.st_size : UNKNOWN;
}

void
cli_limit(const struct cli_args *args)
{
    prepare(args, BANTHUEK_TIME);
    prepare(args, BANTHUEK_MEMORY);
    banthuek_set_oom(out_of_memory);
    cli_limit_quietly(args->operand);
    (void)signal(SIGXCPU, out_of_time);
}

static void
set_limits(rlim_t size)
{
    (void)signal(SIGXCPU, SIG_DFL);
    limit_time(size);
    limit_memory(size);
}

void
cli_limit_quietly(const char *pdf)
{
    set_limits(size_of(pdf));
}

void
cli_limit_bytes(size_t size)
{
    set_limits(size);
}

void
cli_limit_done(void)
{
    (void)signal(SIGXCPU, SIG_IGN);
    out_of[BANTHUEK_MEMORY].json.len = 0;
}
