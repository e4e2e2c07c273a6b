/* Starting another program of ours. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

#define PATH_BYTES 4096

int
cli_start(const struct cli_args *args, const char *program, char **argv)
{
    static const char *const places[] = {"libexec", "../libexec/banthuek"};
    char own[PATH_BYTES], path[2 * PATH_BYTES];
    ssize_t len = readlink("/proc/self/exe", own, sizeof own - 1);

    own[len > 0 ? len : 0] = '\0';
    char *slash = strrchr(own, '/');
    if (slash != NULL)
        *slash = '\0';
    for (size_t i = 0; slash != NULL && i < sizeof places / sizeof places[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s/%s", own, places[i], program);
        (void)execv(path, argv);
    }
    (void)fprintf(stderr, "banthuek: %s: %s\n", program,
                  cli_word(args, "this part of banthuek cannot be started; install banthuek anew",
                           "เริ่มส่วนนี้ของ banthuek ไม่ได้ กรุณาติดตั้ง banthuek ใหม่"));
    return CLI_SYSTEM;
}
