/* The program for the archive: commands of two words. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

#define WORD_BYTES 64

static const struct cli_entry commands[] = {
    {"archive add", cli_archive_add,
     "archive agency number date subject year secret data-dir font-dir emblem", NULL, true},
    {"archive search", cli_archive_search,
     "archive year since until agency number signer result item score secret by limit format", NULL,
     true},
    {"archive export", cli_archive_export, "archive secret no-assets format", NULL, false},
    {"archive import", cli_archive_import, "archive format", NULL, true},
    {"archive", cli_archive, "", NULL, true},
};

/* banthuek archive alone, or with a word that is none of its commands */
int
cli_archive(const struct cli_args *args)
{
    return cli_wrong_usage(args, "archive: say what to do; see: banthuek archive --help",
                           "archive: กรุณาระบุว่าจะทำอะไร ดูวิธีใช้ด้วย banthuek archive --help");
}

/* Makes one argument of the two words of a command. --lang may stand between. True when the second
 * is one of the commands. */
static bool
join_words(int argc, char **argv, char joined[static WORD_BYTES])
{
    int at = 2;

    while (at < argc && strncmp(argv[at], "--lang", 6) == 0)
        at += argv[at][6] == '\0' ? 2 : 1;
    if (at >= argc || strlen(argv[at]) > WORD_BYTES / 2)
        return false;
    (void)snprintf(joined, WORD_BYTES, "archive %s", argv[at]);
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(joined, commands[i].name) == 0) {
            argv[1] = joined;
            memmove(argv + at, argv + at + 1, (size_t)(argc - at) * sizeof *argv);
            return true;
        }
    }
    return false;
}

int
main(int argc, char **argv)
{
    char joined[WORD_BYTES];

    if (argc > 2 && strcmp(argv[1], "archive") == 0 && join_words(argc, argv, joined))
        argc--;
    return cli_main(argc, argv, commands, sizeof commands / sizeof commands[0]);
}
