/* The language of messages. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/cli.h"

/* True for the locales that name no language: C, POSIX, C.UTF-8. */
static bool
names_none(const char *locale)
{
    size_t len = strcspn(locale, ".@");

    return (len == 1 && locale[0] == 'C') || (len == 5 && strncmp(locale, "POSIX", 5) == 0);
}

static enum banthuek_lang
lang_of(const char *locale)
{
    bool thai = strncasecmp(locale, "th", 2) == 0 || names_none(locale);

    return thai ? BANTHUEK_THAI : BANTHUEK_ENGLISH;
}

static enum banthuek_lang
lang_of_environment(void)
{
    static const char *const names[] = {"BANTHUEK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0')
            return lang_of(value);
    }
    return BANTHUEK_THAI;
}

bool
cli_lang_of(const char *value, enum banthuek_lang *lang)
{
    if (strcmp(value, "th") == 0)
        *lang = BANTHUEK_THAI;
    else if (strcmp(value, "en") == 0)
        *lang = BANTHUEK_ENGLISH;
    else
        return false;
    return true;
}

enum banthuek_lang
cli_lang(char **argv)
{
    static const char option[] = "--lang";
    const size_t len = sizeof option - 1;
    enum banthuek_lang lang = lang_of_environment();

    for (char **arg = argv; *arg != NULL && strcmp(*arg, "--") != 0; arg++) {
        if (strncmp(*arg, option, len) != 0)
            continue;
        if ((*arg)[len] == '=')
            (void)cli_lang_of(*arg + len + 1, &lang);
        else if ((*arg)[len] == '\0' && arg[1] != NULL)
            (void)cli_lang_of(arg[1], &lang);
    }
    return lang;
}
