/* Reading the command line. */
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "banthuek-sign.h"
#include "cli/cli.h"

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

int
cli_wrong_value(const struct cli_args *args, const char *option, const char *value)
{
    char shown[CLI_SHOWN];

    (void)fprintf(stderr, "banthuek: --%s: %s: %s\n", option,
                  cli_word(args, "not a value it takes", "ใช้ค่านี้ไม่ได้"),
                  banthuek_show(value, shown, sizeof shown));
    return CLI_USAGE;
}

static bool
set_format(struct cli_args *args, const char *value)
{
    args->json = strcmp(value, "json") == 0;
    return args->json || strcmp(value, "text") == 0;
}

static bool
set_profile(struct cli_args *args, const char *value)
{
    bool plain = strcmp(value, "plain") == 0;

    args->options.flags &= ~(unsigned)BANTHUEK_PLAIN;
    args->options.flags |= plain ? BANTHUEK_PLAIN : 0;
    return plain || strcmp(value, "lasting") == 0;
}

static bool
read_number(const char *value, long most, long *out)
{
    char *end;

    *out = strtol(value, &end, 10);
    return *value != '\0' && *end == '\0' && *out >= 1 && *out <= most;
}

static bool
read_year(const char *value, int *out)
{
    long year;
    bool good = read_number(value, 9999, &year);

    *out = good ? (int)year : *out;
    return good;
}

static bool
set_year(struct cli_args *args, const char *value)
{
    return read_year(value, &args->year);
}

static bool
set_since(struct cli_args *args, const char *value)
{
    return read_year(value, &args->search.since);
}

static bool
set_until(struct cli_args *args, const char *value)
{
    return read_year(value, &args->search.until);
}

static bool
set_limit(struct cli_args *args, const char *value)
{
    long limit;
    bool good = read_number(value, 100000, &limit);

    args->search.limit = good ? (unsigned)limit : 0;
    return good;
}

static bool
set_first(struct cli_args *args, const char *value)
{
    long first;
    bool good = read_number(value, 999999, &first);

    args->number.first = good ? (size_t)first : 0;
    return good;
}

static bool
set_years(struct cli_args *args, const char *value)
{
    long years;
    bool good = read_number(value, 9999, &years);

    args->entry.years = good ? (unsigned)years : 0;
    return good;
}

/* "85", "80..90", "80..", "..90"; the library says what is no score. */
static bool
set_score(struct cli_args *args, const char *value)
{
    const char *dots = strstr(value, ".."), *most = dots == NULL ? value : dots + 2;
    size_t len = dots == NULL ? strlen(value) : (size_t)(dots - value);

    if (*value == '\0' || len >= sizeof args->search.score[0] ||
        strlen(most) >= sizeof args->search.score[1])
        return false;
    (void)snprintf(args->search.score[0], sizeof args->search.score[0], "%.*s", (int)len, value);
    (void)snprintf(args->search.score[1], sizeof args->search.score[1], "%s", most);
    return true;
}

static bool
set_copies(struct cli_args *args, const char *value)
{
    long copies;
    bool good = read_number(value, 9999, &copies);

    args->print.copies = good ? (unsigned)copies : 0;
    return good;
}

static bool
set_sides(struct cli_args *args, const char *value)
{
    static const char *const names[] = {"", "one", "two-long", "two-short"}; /* banthuek_sides */

    for (size_t i = 1; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(value, names[i]) == 0)
            args->print.sides = (int)i;
    }
    return args->print.sides > 0;
}

/* 0: it is not waited for. */
static bool
set_wait(struct cli_args *args, const char *value)
{
    long seconds;

    args->print.no_wait = strcmp(value, "0") == 0;
    if (args->print.no_wait)
        return true;
    bool good = read_number(value, 86400, &seconds);
    args->print.wait = good ? (unsigned)seconds : 0;
    return good;
}

static bool
set_level(struct cli_args *args, const char *value)
{
    static const char *const names[] = {"", "B-B", "B-T", "B-LT", "B-LTA"}; /* banthuek_pades */

    for (size_t i = 1; i < sizeof names / sizeof names[0]; i++) {
        if (strcasecmp(value, names[i]) == 0)
            args->sign.level = (int)i;
    }
    return args->sign.level > 0;
}

static bool
add_trust(struct cli_args *args, const char *value)
{
    if (args->verify.trust_count == CLI_TRUST_MAX)
        return false;
    args->verify.trust[args->verify.trust_count++] = value;
    return true;
}

static bool
add_code(struct cli_args *args, const char *value)
{
    if (args->scan.code_count == CLI_CODES_MAX)
        return false;
    args->scan.codes[args->scan.code_count++] = value;
    return true;
}

static bool
add_chain(struct cli_args *args, const char *value)
{
    if (args->sign.chain_count == CLI_CHAIN_MAX)
        return false;
    args->sign.chain[args->sign.chain_count++] = value;
    return true;
}

/* Standard input, output and error are for other things. */
static bool
set_secret_fd(struct cli_args *args, const char *value)
{
    char *end;
    long fd = strtol(value, &end, 10);

    if (*value < '0' || *value > '9' || *end != '\0' || fd < 3 || fd > 65535)
        return false;
    args->sign.secret_fd = (int)fd;
    return true;
}

static bool
set_lang(struct cli_args *args, const char *value)
{
    return cli_lang_of(value, &args->lang);
}

/* What an option changes: a text (which of KIND_MAYBE may be left out) or a truth among the
 * arguments, a flag of the library, or what a function sets, which says whether the value is one
 * that it takes. */
enum kind { KIND_TEXT, KIND_MAYBE, KIND_TRUTH, KIND_FLAG, KIND_SIGN_FLAG, KIND_WORD };

#define AT(member) offsetof(struct cli_args, member), 0, NULL

static const struct setting {
    const char *name;
    enum kind kind;
    size_t at;
    unsigned flag;
    bool (*set)(struct cli_args *args, const char *value);
} settings[] = {
    {"output", KIND_TEXT, AT(output)},
    {"help", KIND_TRUTH, AT(help)},
    {"template", KIND_TEXT, AT(options.template_dir)},
    {"emblem", KIND_TEXT, AT(options.emblem)},
    {"font-dir", KIND_TEXT, AT(context_options.font_dir)},
    {"data-dir", KIND_TEXT, AT(context_options.data_dir)},
    {"preprinted", KIND_FLAG, 0, BANTHUEK_PREPRINTED, NULL},
    {"draft", KIND_FLAG, 0, BANTHUEK_DRAFT, NULL},
    {"strict", KIND_FLAG, 0, BANTHUEK_STRICT, NULL},
    {"no-data", KIND_FLAG, 0, BANTHUEK_NO_DATA, NULL},
    {"no-fields", KIND_FLAG, 0, BANTHUEK_NO_FIELDS, NULL},
    {"for-pen", KIND_FLAG, 0, BANTHUEK_FOR_PEN, NULL},
    {"stage", KIND_TEXT, AT(stage)},
    {"kind", KIND_TEXT, AT(kind)},
    {"from", KIND_TEXT, AT(from)},
    {"rubric", KIND_TEXT, AT(rubric)},
    {"year", KIND_WORD, 0, 0, set_year},
    {"variant", KIND_TEXT, AT(options.variant)},
    {"spreadsheet", KIND_TRUTH, AT(spreadsheet)},
    {"emergency", KIND_TRUTH, AT(emergency)},
    {"format", KIND_WORD, 0, 0, set_format},
    {"figures", KIND_TRUTH, AT(figures)},
    {"profile", KIND_WORD, 0, 0, set_profile},
    {"lang", KIND_WORD, 0, 0, set_lang},
    {"trust", KIND_WORD, 0, 0, add_trust},
    {"at", KIND_TEXT, AT(verify.at)},
    {"fetch", KIND_TRUTH, AT(verify.fetch)},
    {"fetch-local", KIND_TRUTH, AT(verify.fetch_local)},
    {"no-compare", KIND_TRUTH, AT(verify.no_compare)},
    {"as", KIND_TEXT, AT(sign.role)},
    {"opinion", KIND_TEXT, AT(sign.opinion)},
    {"name", KIND_TEXT, AT(sign.name)},
    {"position", KIND_TEXT, AT(sign.position)},
    {"acting", KIND_TEXT, AT(sign.acting)},
    {"number", KIND_TEXT, AT(sign.number)},
    {"date", KIND_TEXT, AT(sign.date)},
    {"hand", KIND_TEXT, AT(sign.hand)},
    {"key", KIND_TEXT, AT(sign.key)},
    {"pkcs11", KIND_TEXT, AT(sign.pkcs11)},
    {"token", KIND_TEXT, AT(sign.token)},
    {"key-id", KIND_TEXT, AT(sign.key_id)},
    {"key-command", KIND_TEXT, AT(sign.key_command)},
    {"cert", KIND_TEXT, AT(sign.cert)},
    {"chain", KIND_WORD, 0, 0, add_chain},
    {"secret-file", KIND_TEXT, AT(sign.secret_file)},
    {"secret-fd", KIND_WORD, 0, 0, set_secret_fd},
    {"pss", KIND_TRUTH, AT(sign.pss)},
    {"incomplete-chain", KIND_TRUTH, AT(sign.incomplete_chain)},
    {"tsa", KIND_TEXT, AT(sign.tsa)},
    {"level", KIND_WORD, 0, 0, set_level},
    {"lesser-level", KIND_SIGN_FLAG, 0, BANTHUEK_LESSER_LEVEL, NULL},
    {"renew", KIND_TRUTH, AT(sign.renew)},
    {"out-dir", KIND_TEXT, AT(sign.out_dir)},
    {"preview", KIND_TEXT, AT(sign.preview)},
    {"out-of-order", KIND_SIGN_FLAG, 0, BANTHUEK_OUT_OF_ORDER, NULL},
    {"continue", KIND_SIGN_FLAG, 0, BANTHUEK_GO_ON, NULL},
    {"as-shown", KIND_SIGN_FLAG, 0, BANTHUEK_AS_SHOWN, NULL},
    {"name-differs", KIND_SIGN_FLAG, 0, BANTHUEK_NAME_DIFFERS, NULL},
    {"archive", KIND_TEXT, AT(archive)},
    {"since", KIND_WORD, 0, 0, set_since},
    {"until", KIND_WORD, 0, 0, set_until},
    {"agency", KIND_TEXT, AT(search.agency)},
    {"signer", KIND_TEXT, AT(search.signer)},
    {"result", KIND_TEXT, AT(search.result)},
    {"item", KIND_TEXT, AT(search.item)},
    {"score", KIND_WORD, 0, 0, set_score},
    {"secret", KIND_TRUTH, AT(search.with_secret)},
    {"no-assets", KIND_TRUTH, AT(search.no_assets)},
    {"all", KIND_TRUTH, AT(search.all)},
    {"due", KIND_MAYBE, AT(search.due)},
    {"head", KIND_TRUTH, AT(entry.head)},
    {"part", KIND_TEXT, AT(entry.part)},
    {"early", KIND_TRUTH, AT(entry.early)},
    {"years", KIND_WORD, 0, 0, set_years},
    {"for-ever", KIND_TRUTH, AT(entry.for_ever)},
    {"by", KIND_TEXT, AT(by)},
    {"who", KIND_TEXT, AT(entry.who)},
    {"limit", KIND_WORD, 0, 0, set_limit},
    {"subject", KIND_TEXT, AT(subject)},
    {"for", KIND_TEXT, AT(number.file)},
    {"first", KIND_WORD, 0, 0, set_first},
    {"to", KIND_TEXT, AT(number.to)},
    {"reason", KIND_TEXT, AT(number.reason)},
    {"head-of", KIND_TEXT, AT(archive_verify.head)},
    {"quick", KIND_TRUTH, AT(archive_verify.quick)},
    {"resume", KIND_TRUTH, AT(archive_verify.resume)},
    {"list", KIND_TRUTH, AT(print.list)},
    {"printer", KIND_TEXT, AT(print.printer)},
    {"pages", KIND_TEXT, AT(print.pages)},
    {"tray", KIND_TEXT, AT(print.tray)},
    {"copies", KIND_WORD, 0, 0, set_copies},
    {"sides", KIND_WORD, 0, 0, set_sides},
    {"wait", KIND_WORD, 0, 0, set_wait},
    {"code", KIND_WORD, 0, 0, add_code},
    {"report-for", KIND_TEXT, AT(scan.report)},
    {"incomplete", KIND_TRUTH, AT(scan.incomplete)},
    {"other-font", KIND_SIGN_FLAG, 0, BANTHUEK_OTHER_FONT, NULL},
};

#define SETTINGS (sizeof settings / sizeof settings[0])
#define FIRST_CODE 256 /* of getopt_long(), behind all letters */

/* False when the value is none that the option takes. */
static bool
set_option(struct cli_args *args, const struct setting *setting, const char *value)
{
    void *place = (char *)args + setting->at;

    if (setting->kind == KIND_WORD)
        return setting->set(args, value);
    if (setting->kind == KIND_FLAG)
        args->options.flags |= setting->flag;
    else if (setting->kind == KIND_SIGN_FLAG)
        args->sign.flags |= setting->flag;
    else if (setting->kind == KIND_TEXT || setting->kind == KIND_MAYBE)
        *(const char **)place = value == NULL ? "" : value;
    else
        *(bool *)place = true;
    return true;
}

/* Options that are typed as another one is, by commands that do not take that. */
static const struct {
    const char *name, *typed;
} twins[] = {{"head-of", "head"}, {"report-for", "for"}};

/* How a command's user types an option; NULL where it has another that is typed so. */
static const char *
typed_as(const char *name, const char *allowed)
{
    for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++) {
        bool has = cli_has_word(allowed, twins[i].name);
        if (strcmp(name, twins[i].name) == 0)
            return has ? twins[i].typed : NULL;
        if (strcmp(name, twins[i].typed) == 0 && has)
            return NULL;
    }
    return name;
}

/* The next option, or NULL behind the last. An unknown one has no name. */
static const struct setting *
next_option(int argc, char **argv, const char *allowed)
{
    static const struct setting unknown = {.name = ""};
    struct option options[SETTINGS + 1] = {{NULL, 0, NULL, 0}};
    size_t count = 0;

    for (size_t i = 0; i < SETTINGS; i++) {
        bool takes = settings[i].kind == KIND_TEXT || settings[i].kind == KIND_WORD;
        bool may = settings[i].kind == KIND_MAYBE;
        const char *typed = typed_as(settings[i].name, allowed);
        if (typed != NULL)
            options[count++] = (struct option){typed,
                                               takes ? required_argument
                                               : may ? optional_argument
                                                     : no_argument,
                                               NULL, FIRST_CODE + (int)i};
    }
    int code = getopt_long(argc, argv, "o:h", options, NULL);
    if (code == 'o' || code == 'h')
        return &settings[code == 'h'];
    return code < 0 ? NULL : code < FIRST_CODE ? &unknown : &settings[code - FIRST_CODE];
}

static bool
is_allowed(const char *allowed, const char *name)
{
    return cli_has_word("lang help", name) || cli_has_word(allowed, name);
}

bool
cli_parse(int argc, char **argv, const struct cli_entry *entry, struct cli_args *args)
{
    char shown[CLI_SHOWN];
    const struct setting *setting;

    opterr = 0;
    optind = 1;
    while ((setting = next_option(argc, argv, entry->options)) != NULL) {
        if (!is_allowed(entry->options, setting->name)) {
            (void)fprintf(stderr, "banthuek: %s: %s\n",
                          cli_word(args, "no such option here, or its value is missing",
                                   "ไม่มีตัวเลือกนี้ในคำสั่งนี้ หรือขาดค่าของตัวเลือก"),
                          banthuek_show(*setting->name == '\0' ? argv[optind - 1] : setting->name,
                                        shown, sizeof shown));
            return false;
        }
        if (!set_option(args, setting, optarg)) {
            (void)cli_wrong_value(args, setting->name, optarg);
            return false;
        }
    }
    args->operands = argv + optind;
    args->operand_count = (size_t)(argc - optind);
    args->operand = optind < argc ? argv[optind++] : NULL;
    if (optind < argc && !entry->many) {
        (void)fprintf(stderr, "banthuek: %s: %s\n",
                      cli_word(args, "one argument too many", "มีอาร์กิวเมนต์เกิน"),
                      banthuek_show(argv[optind], shown, sizeof shown));
        return false;
    }
    return true;
}
