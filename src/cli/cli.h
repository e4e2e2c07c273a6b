/* What the commands share. Each command has a file of its own with one function of this type: it
 * gets the arguments that follow its name and returns the exit status. Commands reach the library
 * through banthuek.h alone. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "banthuek.h"

#define CLI_PATH_MAX 4096
#define CLI_SHOWN 8192 /* bytes of a path or option as banthuek_show() makes it */

enum cli_status {
    CLI_GOOD = 0,        /* done; warnings included */
    CLI_ERRORS = 1,      /* the input has errors */
    CLI_USAGE = 2,       /* the command was called wrongly */
    CLI_SYSTEM = 3,      /* a file could not be read or written */
    CLI_CANNOT_TELL = 4, /* verify: neither good nor bad */
    CLI_MEMORY = 70
};

#define CLI_TRUST_MAX 64

/* The options of `verify`. */
struct cli_verify_args {
    const char *trust[CLI_TRUST_MAX];
    size_t trust_count;
    const char *at;
    bool fetch, fetch_local, no_compare;
};

#define CLI_CHAIN_MAX 16

/* The options of `sign`. */
struct cli_sign_args {
    const char *role, *opinion, *name, *position, *acting, *number, *date, *hand;
    const char *key, *pkcs11, *token, *key_id, *key_command, *cert; /* where the key is */
    const char *chain[CLI_CHAIN_MAX];
    size_t chain_count;
    const char *secret_file; /* where passphrase or PIN stands, in its first line */
    int secret_fd;           /* the same, a number above 0; 0: none */
    const char *tsa, *out_dir, *preview;
    int level;      /* enum banthuek_pades */
    unsigned flags; /* enum banthuek_sign_flag */
    bool pss, incomplete_chain, renew;
};

/* The options of `archive search`. */
struct cli_search_args {
    int since, until;
    const char *agency, *signer, *result, *item;
    char score[2][32]; /* the least, the most; or empty */
    bool with_secret, no_assets, all;
    const char *due; /* --due; "" without a day */
    unsigned limit;
};

/* The options of what is done with one entry of the archive. */
struct cli_entry_args {
    const char *part;
    const char *who; /* does it, as is kept */
    unsigned years;
    bool head, early, for_ever;
};

/* The options of `archive verify`. */
struct cli_archive_verify_args {
    const char *head;
    bool quick, resume;
};

/* The options of `print`. */
struct cli_print_args {
    const char *printer, *pages, *tray;
    unsigned copies, wait; /* wait: seconds */
    int sides;             /* enum banthuek_sides */
    bool list, no_wait;
};

/* The options of `archive register`. */
struct cli_number_args {
    const char *file, *to, *reason; /* file: --for */
    size_t first;
};

#define CLI_CODES_MAX 1000

/* The options of `scan`. */
struct cli_scan_args {
    const char *report; /* --for */
    const char *codes[CLI_CODES_MAX];
    size_t code_count;
    bool incomplete;
};

struct cli_text;

/* The options of all commands; which of them a command takes is its own matter. */
struct cli_args {
    struct banthuek_context_options context_options;
    struct banthuek_context *context; /* open while a command runs */
    struct banthuek_options options;
    enum banthuek_lang lang;
    const char *output; /* -o */
    const char *stage;  /* --stage */
    const char *kind;   /* --kind */
    const char *from;   /* --from */
    const char *rubric; /* --rubric */
    int year;           /* --year */
    bool spreadsheet;   /* --spreadsheet */
    bool emergency;     /* --emergency */
    bool json;          /* --format=json */
    bool figures;       /* --figures */
    bool help;          /* --help */
    struct cli_verify_args verify;
    struct cli_sign_args sign;
    const char *archive; /* --archive */
    const char *subject; /* --subject, of a document for the archive */
    struct cli_search_args search;
    struct cli_number_args number;
    struct cli_entry_args entry;
    const char *by; /* --by: an order */
    struct cli_archive_verify_args archive_verify;
    struct cli_scan_args scan;
    struct cli_print_args print;
    const char *operand; /* the first argument that is no option, or NULL */
    char **operands;     /* all of these; more than one where the command takes several files */
    size_t operand_count;
    char **argv;           /* all arguments, for cli_start() */
    struct cli_text *told; /* lines of notes and warnings that are not told again; may be NULL */
};

typedef int cli_command(const struct cli_args *args);

/* A command by name: a function, or another program. */
struct cli_entry {
    const char *name;
    cli_command *run;
    const char *options; /* besides --lang and --help */
    const char *program; /* NULL, or what runs it: see cli_start() */
    bool many;           /* it takes several files */
};

cli_command cli_render, cli_check, cli_dump, cli_breaks, cli_filters, cli_fields, cli_new,
    cli_explain, cli_help, cli_version, cli_inspect, cli_extract, cli_new_from_pdf, cli_routing,
    cli_sign, cli_verify, cli_archive, cli_archive_add, cli_archive_search, cli_archive_register,
    cli_register_next, cli_register_void, cli_register_list, cli_register_print, cli_archive_export,
    cli_archive_import, cli_archive_list, cli_archive_show, cli_archive_open, cli_archive_verify,
    cli_archive_keep, cli_archive_remove, cli_print, cli_scan;

/* Says which report was made, and what to do next. */
void cli_tell_new(const struct cli_args *args);

/* Prints what a command does, and its options. */
int cli_help_of(const struct cli_args *args, const struct cli_entry *entry);

/* All that main() does: runs the command that argv names, and returns the exit status. */
int cli_main(int argc, char **argv, const struct cli_entry *list, size_t count);

/* Descriptors 0 to 2 are never those of a file of ours, though the caller closed them. */
void cli_hold_standard(void);

/* Writes out what was printed. The status, or after a message a bad one where that failed. */
int cli_flush(const struct cli_args *args, int status);

/* SIGINT and its like then remove unfinished files before they end the program, and a limit of file
 * size is told as an error. */
void cli_catch_signals(void);

/* Becomes another program of ours, with the same arguments: what needs libraries that would cost
 * every command its start-up time is a program of its own. It lies in libexec/ beside the program
 * that runs, or in ../libexec/banthuek/. Returns a status after a message when it is not there. */
int cli_start(const struct cli_args *args, const char *program, char **argv);

/* True when the list of words between blanks holds the word. */
bool cli_has_word(const char *words, const char *word);

/* Reads the arguments that follow the command's name. False after a message. */
bool cli_parse(int argc, char **argv, const struct cli_entry *entry, struct cli_args *args);

/* Limits the memory and the time of this process and of those that it starts, by the size of the
 * PDF that is going to be read and may be hostile (the operand; for the next one it is called
 * again): libqpdf unpacks parts of it without a limit. Out
 * of time it says so, in the format asked for, removes what it began and ends with CLI_ERRORS; out
 * of memory with CLI_MEMORY. */
void cli_limit(const struct cli_args *args);

/* The limits alone, for a child process: out of time it is ended by SIGXCPU, and out of memory by
 * what banthuek_set_oom() was given. */
void cli_limit_quietly(const char *pdf);

/* The same for a PDF of so many bytes. */
void cli_limit_bytes(size_t size);

/* The work is done: no limit keeps the program from finishing its answer. */
void cli_limit_done(void);

/* Adds a text out of a PDF, of which a long one is cut, with nothing in it that drives the
 * terminal.
 */
void cli_add_foreign(struct cli_text *text, struct banthuek_bytes foreign);

/* Adds what a PDF holds. */
struct banthuek_pdf;
void cli_add_pdf(struct cli_text *text, const struct cli_args *args,
                 const struct banthuek_pdf *pdf);

/* Adds what is true of the signatures of a PDF. */
struct banthuek_verified;
void cli_add_verified(struct cli_text *text, const struct cli_args *args,
                      const struct banthuek_verified *verified);
/* The secret of a key: from the file or descriptor of the options, else from the terminal, where
 * nothing of it is shown. For banthuek_key_options; `user` are the arguments. */
struct banthuek_secret;
bool cli_ask_secret(void *user, const struct banthuek_secret *secret, char *out, size_t size);

/* The language of messages: the last --lang of the arguments, wherever it stands, so that what is
 * wrong with those before it is told in it too; else $BANTHUEK_LANG, LC_ALL, LC_MESSAGES, LANG.
 * Thai for th, for locales that name no language (C, POSIX) and for none; English for all others.
 */
enum banthuek_lang cli_lang(char **argv);

/* The value of --lang; false when it is none. */
bool cli_lang_of(const char *value, enum banthuek_lang *lang);

/* Chooses the text in the language of the arguments. */
const char *cli_word(const struct cli_args *args, const char *english, const char *thai);

/* True when the last part of a path neither drives a terminal nor is hidden. No other names are
 * given to files that -o does not name. */
bool cli_is_shown(const char *path);

/* The name that the PDF of a report gets where none is given. False where there is none ("..", "/"),
 * or it is none to be given. */
bool cli_pdf_name(const char *report, char out[CLI_PATH_MAX]);

/* Prints a usage message to standard error and returns CLI_USAGE. */
int cli_wrong_usage(const struct cli_args *args, const char *english, const char *thai);

/* The same of an option's value. */
int cli_wrong_value(const struct cli_args *args, const char *option, const char *value);

/* The filters among the options, for `archive search` and `archive list`. */
struct banthuek_archive_query;
struct banthuek_archive_query cli_archive_query(const struct cli_args *args);

/* Prints the messages, closes the object and returns the exit status for `good`. */
int cli_end(struct banthuek *banthuek, const struct cli_args *args, bool good);

/* A text that grows; begin with zeroes. */
struct cli_text {
    char *data;
    size_t len, size;
};
void cli_add(struct cli_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds `before` and the string as JSON: null when it is NULL. */
void cli_add_json(struct cli_text *text, const char *before, const char *string);

/* cli_put() of a text, which is given back. */
bool cli_put_text(struct banthuek *banthuek, const struct cli_args *args, struct cli_text *text);

/* Says so and ends the process. */
_Noreturn void cli_out_of_memory(size_t size);

/* Prints a table of figures, or adds them as a JSON array. */
void cli_print_figures(const struct banthuek_figure *const *figures, size_t count,
                       enum banthuek_lang lang);
void cli_add_figures(struct cli_text *text, const struct banthuek_figure *const *figures,
                     size_t count);

/* entries.c: what of a rubric is to be compared with the publication. */
void cli_print_entries(const struct banthuek_entry *const *entries, size_t count,
                       enum banthuek_lang lang);
void cli_add_entries(struct cli_text *text, const struct banthuek_entry *const *entries,
                     size_t count);

/* Writes to standard output or the file of -o; false after a message. */
bool cli_put(struct banthuek *banthuek, const struct cli_args *args, struct banthuek_bytes bytes);

#endif
