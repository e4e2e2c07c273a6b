/* Standard input, output and error. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"

/* What is opened the wrong way round is an error to use, and no file of ours gets its number: it
 * would be written into as if it were the terminal. */
void
cli_hold_standard(void)
{
    static const int ways[] = {O_WRONLY, O_RDONLY, O_RDONLY};

    for (int fd = 0; fd < 3; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", ways[fd]) < 0)
            return;
    }
}

int
cli_flush(const struct cli_args *args, int status)
{
    errno = 0;
    bool good = fflush(stdout) == 0 && ferror(stdout) == 0;
    int error = errno;

    if (good)
        return status;
    clearerr(stdout);
    (void)fprintf(stderr, "banthuek: %s%s%s\n",
                  cli_word(args, "not all could be written to standard output",
                           "เขียนผลออกทาง standard output ได้ไม่ครบ"),
                  error == 0 ? "" : ": ",
                  error == 0 ? "" : banthuek_system_text(error, args->lang));
    return status == CLI_GOOD ? CLI_SYSTEM : status;
}
