/* The program for the archive: commands of two words and of three. */
#include <string.h>

#include "cli/cli.h"

#define WORD_BYTES 64

static const struct cli_entry commands[] = {
    {"archive add", cli_archive_add,
     "archive agency number date subject year secret data-dir font-dir emblem", NULL, true},
    {"archive list", cli_archive_list,
     "archive year since until agency number signer result item score secret all due limit format",
     NULL, true},
    {"archive show", cli_archive_show, "archive secret head output format", NULL, false},
    {"archive open", cli_archive_open, "archive secret part output", NULL, false},
    {"archive keep", cli_archive_keep, "archive years for-ever reason who", NULL, true},
    {"archive remove", cli_archive_remove, "archive secret early reason who", NULL, true},
    {"archive search", cli_archive_search,
     "archive year since until agency number signer result item score secret by limit format", NULL,
     true},
    {"archive export", cli_archive_export, "archive secret no-assets format", NULL, false},
    {"archive import", cli_archive_import, "archive format", NULL, true},
    {"archive verify", cli_archive_verify, "archive quick head-of resume trust at format", NULL,
     true},
    {"archive register next", cli_register_next,
     "archive agency for output date first subject to format", NULL, true},
    {"archive register void", cli_register_void, "archive agency year reason", NULL, true},
    {"archive register list", cli_register_list, "archive agency year format", NULL, true},
    {"archive register print", cli_register_print,
     "archive agency year output template font-dir data-dir", NULL, true},
    {"archive register", cli_archive_register, "", NULL, true},
    {"archive", cli_archive, "", NULL, true},
};

/* banthuek archive alone, or with a word that is none of its commands */
int
cli_archive(const struct cli_args *args)
{
    return cli_wrong_usage(args, "archive: say what to do; see: banthuek archive --help",
                           "archive: กรุณาระบุว่าจะทำอะไร ดูวิธีใช้ด้วย banthuek archive --help");
}

/* Makes one argument of a command's words, with one more of them. --lang may stand between. True
 * when both are the name of a command. */
static bool
join_words(int argc, char **argv, char joined[static WORD_BYTES])
{
    int at = 2;

    while (at < argc && strncmp(argv[at], "--lang", 6) == 0)
        at += argv[at][6] == '\0' ? 2 : 1;
    size_t len = strlen(argv[1]), more = at < argc ? strlen(argv[at]) : WORD_BYTES;
    if (len + more + 2 > WORD_BYTES)
        return false;
    memcpy(joined, argv[1], len);
    joined[len] = ' ';
    memcpy(joined + len + 1, argv[at], more + 1);
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
    char joined[2][WORD_BYTES];

    for (size_t i = 0; i < 2 && argc > 2 && strncmp(argv[1], "archive", 7) == 0; i++) {
        if (!join_words(argc, argv, joined[i]))
            break;
        argc--;
    }
    return cli_main(argc, argv, commands, sizeof commands / sizeof commands[0]);
}
