/* Reading the command line. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

enum option_code {
    OPTION_TEMPLATE = 256,
    OPTION_EMBLEM,
    OPTION_FONT_DIR,
    OPTION_DATA_DIR,
    OPTION_PREPRINTED,
    OPTION_DRAFT,
    OPTION_STRICT,
    OPTION_NO_DATA,
    OPTION_STAGE,
    OPTION_KIND,
    OPTION_FROM,
    OPTION_RUBRIC,
    OPTION_YEAR,
    OPTION_SPREADSHEET,
    OPTION_EMERGENCY,
    OPTION_FORMAT,
    OPTION_FIGURES,
    OPTION_PROFILE,
    OPTION_LANG,
    OPTION_HELP
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"template", required_argument, NULL, OPTION_TEMPLATE},
    {"emblem", required_argument, NULL, OPTION_EMBLEM},
    {"font-dir", required_argument, NULL, OPTION_FONT_DIR},
    {"data-dir", required_argument, NULL, OPTION_DATA_DIR},
    {"preprinted", no_argument, NULL, OPTION_PREPRINTED},
    {"draft", no_argument, NULL, OPTION_DRAFT},
    {"strict", no_argument, NULL, OPTION_STRICT},
    {"no-data", no_argument, NULL, OPTION_NO_DATA},
    {"stage", required_argument, NULL, OPTION_STAGE},
    {"kind", required_argument, NULL, OPTION_KIND},
    {"from", required_argument, NULL, OPTION_FROM},
    {"rubric", required_argument, NULL, OPTION_RUBRIC},
    {"year", required_argument, NULL, OPTION_YEAR},
    {"spreadsheet", no_argument, NULL, OPTION_SPREADSHEET},
    {"emergency", no_argument, NULL, OPTION_EMERGENCY},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"figures", no_argument, NULL, OPTION_FIGURES},
    {"profile", required_argument, NULL, OPTION_PROFILE},
    {"lang", required_argument, NULL, OPTION_LANG},
    {"help", no_argument, NULL, OPTION_HELP},
    {NULL, 0, NULL, 0},
};

const char *
cli_word(const struct cli_args *args, const char *english, const char *thai)
{
    return args->lang == BANTHUEK_THAI ? thai : english;
}

int
cli_wrong_usage(const struct cli_args *args, const char *english, const char *thai)
{
    (void)fprintf(stderr, "banthuek: %s\n", cli_word(args, english, thai));
    (void)fprintf(stderr, "%s\n",
                  cli_word(args, "See: banthuek help", "ดูวิธีใช้ด้วยคำสั่ง: banthuek help"));
    return CLI_USAGE;
}

/* True when the word list holds the option's name. */
static bool
is_allowed(const char *allowed, const char *name)
{
    size_t len = strlen(name);

    if (strcmp(name, "lang") == 0 || strcmp(name, "help") == 0)
        return true;
    for (const char *at = strstr(allowed, name); at != NULL; at = strstr(at + 1, name)) {
        bool starts = at == allowed || at[-1] == ' ';
        if (starts && (at[len] == ' ' || at[len] == '\0'))
            return true;
    }
    return false;
}

static bool
set_format(struct cli_args *args, const char *value)
{
    args->json = strcmp(value, "json") == 0;
    return args->json || strcmp(value, "text") == 0;
}

static void
set_flag(struct cli_args *args, unsigned flag, bool on)
{
    args->options.flags = on ? args->options.flags | flag : args->options.flags & ~flag;
}

static bool
set_profile(struct cli_args *args, const char *value)
{
    bool plain = strcmp(value, "plain") == 0;

    set_flag(args, BANTHUEK_PLAIN, plain);
    return plain || strcmp(value, "lasting") == 0;
}

static bool
set_year(struct cli_args *args, const char *value)
{
    char *end;
    long year = strtol(value, &end, 10);

    if (*value == '\0' || *end != '\0' || year < 1 || year > 9999)
        return false;
    args->year = (int)year;
    return true;
}

/* False when the value is none that the option takes. */
static bool
set_option(struct cli_args *args, int code, const char *value)
{
    switch (code) {
    case 'o':
        args->output = value;
        return true;
    case OPTION_TEMPLATE:
        args->options.template_dir = value;
        return true;
    case OPTION_EMBLEM:
        args->options.emblem = value;
        return true;
    case OPTION_FONT_DIR:
        args->context_options.font_dir = value;
        return true;
    case OPTION_DATA_DIR:
        args->context_options.data_dir = value;
        return true;
    case OPTION_PREPRINTED:
        set_flag(args, BANTHUEK_PREPRINTED, true);
        return true;
    case OPTION_DRAFT:
        set_flag(args, BANTHUEK_DRAFT, true);
        return true;
    case OPTION_STRICT:
        set_flag(args, BANTHUEK_STRICT, true);
        return true;
    case OPTION_NO_DATA:
        set_flag(args, BANTHUEK_NO_DATA, true);
        return true;
    case OPTION_STAGE:
        args->stage = value;
        return true;
    case OPTION_KIND:
        args->kind = value;
        return true;
    case OPTION_FROM:
        args->from = value;
        return true;
    case OPTION_RUBRIC:
        args->rubric = value;
        return true;
    case OPTION_YEAR:
        return set_year(args, value);
    case OPTION_SPREADSHEET:
        args->spreadsheet = true;
        return true;
    case OPTION_EMERGENCY:
        args->emergency = true;
        return true;
    case OPTION_FORMAT:
        return set_format(args, value);
    case OPTION_FIGURES:
        args->figures = true;
        return true;
    case OPTION_PROFILE:
        return set_profile(args, value);
    case OPTION_LANG:
        return cli_lang_of(value, &args->lang);
    case OPTION_HELP:
        args->help = true;
        return true;
    default:
        return false;
    }
}

static const char *
option_name(int code)
{
    for (const struct option *option = long_options; option->name != NULL; option++) {
        if (option->val == code)
            return option->name;
    }
    return "";
}

bool
cli_parse(int argc, char **argv, const char *allowed, struct cli_args *args)
{
    char shown[CLI_SHOWN];
    int code;

    opterr = 0;
    optind = 1;
    while ((code = getopt_long(argc, argv, "o:h", long_options, NULL)) != -1) {
        code = code == 'h' ? OPTION_HELP : code;
        if (code == '?' || !is_allowed(allowed, option_name(code))) {
            (void)fprintf(stderr, "banthuek: %s: %s\n",
                          cli_word(args, "no such option here, or its value is missing",
                                   "ไม่มีตัวเลือกนี้ในคำสั่งนี้ หรือขาดค่าของตัวเลือก"),
                          banthuek_show(code == '?' ? argv[optind - 1] : option_name(code), shown,
                                        sizeof shown));
            return false;
        }
        if (!set_option(args, code, optarg)) {
            (void)fprintf(stderr, "banthuek: --%s: %s: %s\n", option_name(code),
                          cli_word(args, "not a value it takes", "ใช้ค่านี้ไม่ได้"),
                          banthuek_show(optarg, shown, sizeof shown));
            return false;
        }
    }
    if (optind < argc)
        args->operand = argv[optind++];
    if (optind < argc) {
        (void)fprintf(stderr, "banthuek: %s: %s\n",
                      cli_word(args, "one argument too many", "มีอาร์กิวเมนต์เกิน"),
                      banthuek_show(argv[optind], shown, sizeof shown));
        return false;
    }
    return true;
}
