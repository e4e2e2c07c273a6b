/* libbanthuek-archive, a fourth library on top of libbanthuek-sign: an archive of documents in one
 * file, in which they are found again, numbered, and provably the same.
 *
 * It stands apart because it brings SQLite. What is said in banthuek-pdf.h of hostile PDFs holds
 * here, too. Threads, ownership and errors are as in banthuek.h: an archive belongs to one thread
 * at a time, and any number of processes may have the same one open. What goes wrong is told by the
 * `struct banthuek` that a function is given; who adds many documents opens one for each, so that
 * memory is given back. */
#ifndef BANTHUEK_ARCHIVE_H
#define BANTHUEK_ARCHIVE_H

#include "banthuek-sign.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- opening */

struct banthuek_archive;

enum banthuek_archive_mode {
    BANTHUEK_ARCHIVE_READ,  /* nothing is changed; there has to be an archive */
    BANTHUEK_ARCHIVE_WRITE, /* there has to be one */
    BANTHUEK_ARCHIVE_CREATE /* made where there is none, for nobody else to read */
};

/* What is NULL or 0 is not given. */
struct banthuek_archive_options {
    size_t struct_size;
    const char *path; /* else $BANTHUEK_ARCHIVE, else banthuek/archive.db in $XDG_DATA_HOME or
                         ~/.local/share */
    enum banthuek_archive_mode mode;
    unsigned wait_ms; /* for another program that writes; 0: 30 seconds */
};

/* Opens an archive. NULL with messages: there is none, it lies on a share of a network, is of a
 * newer version, cut, damaged, locked, only to be read, or another program's file. Closed before
 * the context. */
struct banthuek_archive *banthuek_archive_open(struct banthuek *banthuek,
                                               const struct banthuek_archive_options *options);
void banthuek_archive_close(struct banthuek_archive *archive);

/* Where it lies: the path of the options, or the one that was found. */
const char *banthuek_archive_path(const struct banthuek_archive *archive);

/* ---- adding */

/* Why a document is not to be read, but kept as it is: an attempt in another process showed that it
 * takes too much time or memory, or ended that process. One that says that it is ours is refused
 * then, since it may be classified, unless BANTHUEK_ARCHIVE_SECRET says so anyway. */
enum banthuek_archive_unread {
    BANTHUEK_ARCHIVE_IS_READ,
    BANTHUEK_ARCHIVE_UNREAD_TIME,
    BANTHUEK_ARCHIVE_UNREAD_MEMORY,
    BANTHUEK_ARCHIVE_UNREAD_CRASH
};

/* What is said of a document that does not say it itself. What is NULL or 0 is not given. */
struct banthuek_archive_given {
    size_t struct_size;
    unsigned flags; /* of enum banthuek_archive_flag */
    int year;       /* Buddhist era */
    const char *agency, *number, *subject;
    const char *date; /* "2566-09-29", or as people write it */
    enum banthuek_archive_unread unread;
};

enum banthuek_archive_flag {
    BANTHUEK_ARCHIVE_SECRET = 1 /* a classified document; one that says so is refused without */
};

/* What became of a document. */
struct banthuek_archive_added {
    size_t entry;      /* its number, from 1 */
    bool is_new;       /* false: the same bytes were there before, as this entry */
    bool ours;         /* a PDF of ours */
    bool has_data;     /* with its report inside */
    size_t supersedes; /* the entry in whose place it is now, 0: none. It stays */
    size_t newer;      /* an entry that was there before and goes on from this one, 0: none */
    size_t missing;    /* fonts and emblems that it was made with and that are not at hand */
};

/* A document takes the place of an earlier one when it begins with all bytes of that (somebody
 * signed on), names it as the one that it corrects (แทนฉบับ), or is the same report made again: of
 * the same template, agency, office, year and subject, with the same number, or with the number
 * open and of the same day, or an assessment, of which there is one a year. What was signed is only
 * replaced by what was signed, too. */

/* Adds a document, of which the bytes are kept as they are. When this returns it is there whatever
 * happens to the machine. NULL with messages; then nothing of it is. */
const struct banthuek_archive_added *
banthuek_archive_add(struct banthuek *banthuek, struct banthuek_archive *archive, const char *file,
                     const struct banthuek_archive_given *given);

/* The two halves of banthuek_archive_add(), for who adds many: all that were read are kept in one
 * step, which waits for the disk once. Nothing is locked while documents are read, and nothing of
 * them is kept yet. */
struct banthuek_archive_reading {
    size_t size; /* bytes that are held */
    bool is_new; /* false: the same bytes are there already, and were not read */
};

/* NULL with messages: it is not to be kept. Lives as long as its `struct banthuek`, which is one
 * for each document. */
const struct banthuek_archive_reading *
banthuek_archive_read(struct banthuek *banthuek, struct banthuek_archive *archive, const char *file,
                      const struct banthuek_archive_given *given);

/* Keeps documents in the order given, each read once. added[i] is NULL for one that could not be
 * kept, with messages in its own `struct banthuek`; the others are there. */
void banthuek_archive_add_all(struct banthuek_archive *archive,
                              const struct banthuek_archive_reading *const *readings, size_t count,
                              const struct banthuek_archive_added **added);

enum banthuek_archive_passed {
    BANTHUEK_ARCHIVE_NOT_PASSED,    /* a document; what was named itself always is */
    BANTHUEK_ARCHIVE_PASSED_ENDING, /* its ending is none of a document */
    BANTHUEK_ARCHIVE_PASSED_HIDDEN, /* or made by a desktop, or the lock of an open document */
    BANTHUEK_ARCHIVE_PASSED_LINK,   /* a symbolic link */
    BANTHUEK_ARCHIVE_PASSED_KIND,   /* a pipe, a device */
    BANTHUEK_ARCHIVE_PASSED_CLOSED  /* a folder that cannot be read, or what is in it */
};

struct banthuek_archive_file {
    const char *path;
    enum banthuek_archive_passed passed;
};

struct banthuek_archive_files {
    const struct banthuek_archive_file *list;
    size_t count, taken, folders; /* documents among them; folders that were named */
};

/* Finds what is to be added: files as they are named, and of folders all documents in them and
 * below, sorted by the bytes of their names. Messages tell where there is none. */
const struct banthuek_archive_files *banthuek_archive_files(struct banthuek *banthuek,
                                                            const char *const *paths, size_t count);

/* Adds the message on a file that is passed over. */
void banthuek_archive_tell_passed(struct banthuek *banthuek,
                                  const struct banthuek_archive_file *file);

/* ---- searching */

enum banthuek_archive_order {
    BANTHUEK_ARCHIVE_BY_YEAR, /* the newest first */
    BANTHUEK_ARCHIVE_BY_FIT   /* those first that have most of what was asked for */
};

/* What is looked for. What is NULL or 0 is not asked. Letters are compared as people read them:
 * digits of both kinds, capitals, the order of Thai marks, kinds of blanks make no difference. */
struct banthuek_archive_query {
    size_t struct_size;
    const char *words; /* all have to be there: รายงานผล 2566 "ผล การประเมิน" -ร่าง */
    enum banthuek_archive_order order;
    int year_from, year_to;      /* Buddhist era */
    const char *agency, *signer; /* parts of the names */
    const char *number;          /* in full, or what stands behind its last "/" */
    const char *level;
    const char *item;                  /* an entry of the assessment that has a score: O26 */
    const char *score_from, *score_to; /* of the item, or of all: "85", "86.10" */
    bool with_secret;                  /* documents that are secret, too */
    unsigned limit;                    /* documents; 0: 20 */
};

/* Bytes of a snippet's text. */
struct banthuek_archive_mark {
    size_t from, to;
};

/* A piece of a document around what was found, as it stands there. */
struct banthuek_archive_snippet {
    size_t page; /* from 1; 0: not on a page, but said of the document */
    struct banthuek_bytes text;
    bool cut_before, cut_behind; /* there is more of the paragraph */
    const struct banthuek_archive_mark *marks;
    size_t mark_count;
};

/* What is not known of a document is empty or 0. */
struct banthuek_archive_hit {
    size_t entry;
    struct banthuek_bytes archive; /* of which it was imported; empty: the own */
    int year;
    struct banthuek_bytes agency, number, date, subject, level, score, kind, file, secret;
    const struct banthuek_archive_snippet *snippets; /* up to 3 */
    size_t snippet_count;
};

struct banthuek_archive_found {
    const struct banthuek_archive_hit *hits;
    size_t count;
    bool has_more; /* than the limit */
    bool is_cut;   /* by fit, and more than the newest 5,000 have the words: those were compared */
};

/* Searches. A document counts when each of the words stands in it somewhere; words in quotes in one
 * paragraph as they are. Of versions of one document only the newest that was found is told. NULL
 * with messages: nothing was asked, a word of one letter, …. */
const struct banthuek_archive_found *
banthuek_archive_search(struct banthuek *banthuek, struct banthuek_archive *archive,
                        const struct banthuek_archive_query *query);

/* The same as JSON, as search.schema.json describes it. */
void banthuek_archive_search_json(struct banthuek *banthuek,
                                  const struct banthuek_archive_found *found,
                                  struct banthuek_bytes *json);

/* ---- the register of numbers
 *
 * Numbers of outgoing documents are given once each, one after the other, for each agency and each
 * calendar year of the Buddhist era, in Thai time. What was given stands for ever; a number that
 * is not used is made void. */

/* What a number is asked for. What is NULL or 0 is not given. */
struct banthuek_archive_number_wish {
    size_t struct_size;
    const char *agency;  /* else that of the report, or the only one of the register */
    const char *date;    /* else today, in Thailand */
    size_t first;        /* where the year has no number yet: its first one; else 1 */
    const char *subject; /* for the register, where no report tells it */
    const char *to;
    /* A report in YAML, or its folder, whose line `ที่` gets the number behind its "/", and nothing
     * else of which changes; or a PDF of ours, of which a new one is made with number and day in
     * its head. Whether it can be filled in is looked at first. */
    const char *file;
    const char *out; /* the new PDF, which must not be there yet */
};

struct banthuek_archive_number {
    struct banthuek_bytes agency;
    int year;
    size_t number;
    struct banthuek_bytes shown; /* with what stands before it in the report: "สม 99902/12" */
    struct banthuek_bytes date;  /* "2569-11-29" */
    size_t entry;
    bool filled; /* false: the file did not get it after all, as messages tell, though it could */
};

/* Gives the next number. When this returns it is given, whatever happens to the machine, and nobody
 * else gets it. NULL with messages; then none was. */
const struct banthuek_archive_number *
banthuek_archive_register_next(struct banthuek *banthuek, struct banthuek_archive *archive,
                               const struct banthuek_archive_number_wish *wish);

/* Makes a number void. `agency` NULL is the only one, year 0 the newest one that has numbers;
 * `number` may have digits of either kind, and what stands before its last "/". */
bool banthuek_archive_register_void(struct banthuek *banthuek, struct banthuek_archive *archive,
                                    const char *agency, int year, const char *number,
                                    const char *reason);

enum banthuek_archive_number_state {
    BANTHUEK_NUMBER_GIVEN, /* and no document of the archive has it */
    BANTHUEK_NUMBER_USED,
    BANTHUEK_NUMBER_VOID
};

/* What is not known is empty. */
struct banthuek_archive_register_row {
    size_t number, entry;
    enum banthuek_archive_number_state state;
    struct banthuek_bytes shown, date, office, to, subject, secret, reason;
    const size_t *documents; /* entries; more than one have a number by mistake */
    size_t document_count;
};

/* Numbers in between that were never given. */
struct banthuek_archive_register_gap {
    size_t from, to;
};

struct banthuek_archive_register {
    struct banthuek_bytes agency;
    int year;
    const struct banthuek_archive_register_row *rows; /* by number */
    size_t count, given, used, voids;
    const struct banthuek_archive_register_gap *gaps;
    size_t gap_count;
};

/* The numbers of a year; agency and year as above. NULL with messages. */
const struct banthuek_archive_register *
banthuek_archive_register_list(struct banthuek *banthuek, struct banthuek_archive *archive,
                               const char *agency, int year);

/* The same as JSON, as register.schema.json describes it; and as a report of the template
 * `register`, to be printed (banthuek_add_file(), banthuek_load()). */
void banthuek_archive_register_json(struct banthuek *banthuek,
                                    const struct banthuek_archive_register *list,
                                    struct banthuek_bytes *json);
void banthuek_archive_register_report(struct banthuek *banthuek,
                                      const struct banthuek_archive_register *list,
                                      struct banthuek_bytes *report);

/* ---- lists */

enum banthuek_archive_list_flag {
    BANTHUEK_LIST_ALL = 1 /* documents in whose place a newer one is, too */
};

/* Which documents are listed. What is NULL or 0 is not asked. */
struct banthuek_archive_wanted {
    size_t struct_size;
    unsigned flags;                             /* of enum banthuek_archive_list_flag */
    const struct banthuek_archive_query *query; /* words and order of it are not asked */
    /* Those that need not be kept on this day any more; "" is today, in Thailand. Then older
     * versions are listed, too, and nothing that was imported. */
    const char *due;
    size_t limit; /* 0: all */
};

/* What is not known of a document is empty or 0. */
struct banthuek_archive_item {
    size_t entry;
    struct banthuek_bytes archive; /* of which it was imported; empty: the own */
    int year;
    struct banthuek_bytes agency, number, date, subject, level, score, kind, file, secret;
    size_t newer; /* the entry that is in its place now */
    /* the first day on which it may be removed, "2577-01-01", or "ever": none */
    struct banthuek_bytes retention;
};

/* Calls each() for one document after the other until that returns false: the newest year first, in
 * it by agency and number. Texts live until each() returns; the log of the archive grows as long as
 * this takes and others write. False with messages. */
bool banthuek_archive_list(struct banthuek *banthuek, struct banthuek_archive *archive,
                           const struct banthuek_archive_wanted *wanted,
                           bool (*each)(void *user, const struct banthuek_archive_item *item),
                           void *user);

/* The same as JSON, as list.schema.json describes it, handed out in pieces. */
bool banthuek_archive_list_json(struct banthuek *banthuek, struct banthuek_archive *archive,
                                const struct banthuek_archive_wanted *wanted,
                                bool (*put)(void *user, struct banthuek_bytes piece), void *user);

/* ---- one entry
 *
 * Entries are named "12", or "12@NAME" where they are of an archive that was imported: NAME is what
 * that is called here, a part of it that no other has, or the beginning of its id. */

enum banthuek_archive_entry_kind {
    BANTHUEK_ENTRY_DOCUMENT,
    BANTHUEK_ENTRY_NUMBER, /* of the register, that was given */
    BANTHUEK_ENTRY_VOID,   /* and taken back */
    BANTHUEK_ENTRY_NOTE,   /* how long a document is kept */
    BANTHUEK_ENTRY_REMOVE, /* of a document */
    BANTHUEK_ENTRY_IMPORT, /* of another archive */
    BANTHUEK_ENTRY_OTHER
};

enum banthuek_archive_entry_state {
    BANTHUEK_ENTRY_THERE,
    BANTHUEK_ENTRY_REMOVED, /* what it says is gone */
    BANTHUEK_ENTRY_WITHHELD /* and was left out of what was imported */
};

struct banthuek_archive_person {
    struct banthuek_bytes role, name, position;
    bool has_signed;
};

struct banthuek_archive_score {
    struct banthuek_bytes item, value;
};

/* A file that belongs to a document. */
struct banthuek_archive_part {
    struct banthuek_bytes role; /* report, data, findings, template, rubric, font, emblem */
    struct banthuek_bytes name;
    const char *sha256; /* hexadecimal */
    bool is_there;
    size_t size; /* of one that is there */
};

/* How long a document is kept, as an entry says. */
struct banthuek_archive_note {
    size_t entry;
    struct banthuek_bytes time, retention, reason;
};

/* A chain that was imported. */
struct banthuek_archive_chain {
    struct banthuek_bytes archive_id, name, head;
    size_t entries;
};

/* What is not known, or is not of its kind, is empty, 0 or NULL. Hashes are hexadecimal. */
struct banthuek_archive_entry {
    size_t entry;
    struct banthuek_bytes archive, archive_id; /* `archive` is empty for the own one */
    enum banthuek_archive_entry_kind kind;
    enum banthuek_archive_entry_state state;
    struct banthuek_bytes time;    /* UTC: "2026-11-29T20:53:47Z" */
    struct banthuek_bytes when[2]; /* in words, by enum banthuek_lang */
    const char *hash, *previous, *digest;
    struct banthuek_bytes columns; /* all that it says, as JSON: what the hash is of */
    /* the entry that removed what it says, and when; why and by whom stand in `reason` and `who` */
    size_t removed_by;
    struct banthuek_bytes removed_time, removed_when[2];
    /* of a document */
    const char *sha256;
    size_t size;
    struct banthuek_archive_item document;
    struct banthuek_bytes office;
    struct banthuek_bytes code; /* on its paper, as it is printed: "XXXX-XXXX-XXXX-XXXX-X" */
    bool is_scan;               /* of paper that was signed */
    const struct banthuek_archive_person *persons;
    const struct banthuek_archive_score *scores;
    const struct banthuek_archive_part *parts;
    const struct banthuek_archive_note *notes;
    size_t person_count, score_count, part_count, note_count;
    size_t supersedes;     /* in whose place it is, also where that was removed */
    const size_t *earlier; /* entries in whose place it is now */
    size_t earlier_count;
    size_t number_entry; /* that gave its number */
    /* of a number, and of one that is void; its agency, date, subject, secret stand in `document`
     */
    size_t number;
    enum banthuek_archive_number_state number_state; /* also of a document's */
    struct banthuek_bytes shown, to;
    const size_t *documents; /* that have the number */
    size_t document_count;
    /* of a number that is void, a note, a removal */
    size_t about; /* the entry that it is on */
    struct banthuek_bytes reason, who;
    /* of an import */
    const struct banthuek_archive_chain *chains;
    size_t chain_count;
};

enum banthuek_archive_entry_flag {
    BANTHUEK_ENTRY_SECRET = 1 /* also of a classified document, or a note on one: refused without */
};

/* Tells all that is known of an entry. NULL with messages. */
const struct banthuek_archive_entry *banthuek_archive_show(struct banthuek *banthuek,
                                                           struct banthuek_archive *archive,
                                                           const char *name, unsigned flags);

/* The same as JSON, as show.schema.json describes it. */
void banthuek_archive_show_json(struct banthuek *banthuek,
                                const struct banthuek_archive_entry *entry,
                                struct banthuek_bytes *json);

/* What is to be known of a chain so that nobody changes it unseen: who has written down the hash of
 * an entry, or signed it, can tell whether that and all before it are as they were. */
struct banthuek_archive_head {
    size_t entry;               /* 0: there is none yet */
    struct banthuek_bytes name; /* "12", "12@ID" */
    struct banthuek_bytes archive, archive_id, time, when[2];
    const char *hash;
};

/* That of an entry, or of the newest one: "" and "@NAME", too. */
const struct banthuek_archive_head *banthuek_archive_head(struct banthuek *banthuek,
                                                          struct banthuek_archive *archive,
                                                          const char *name);

struct banthuek_archive_take_options {
    size_t struct_size;
    unsigned flags;   /* of enum banthuek_archive_entry_flag */
    const char *part; /* by its name, the end of that, or its role; NULL: the document itself */
    const char *out;  /* "-" is standard output; NULL: its own name, in the working folder */
};

struct banthuek_archive_taken {
    const char *path;
    size_t size;
    bool was_there; /* a file of these bytes, which was left as it is */
};

/* Writes a document out as it was given, or a file that belongs to it. Its hash is compared first,
 * and nothing is ever written over. NULL with messages. */
const struct banthuek_archive_taken *
banthuek_archive_take(struct banthuek *banthuek, struct banthuek_archive *archive, const char *name,
                      const struct banthuek_archive_take_options *options);

/* ---- verifying
 *
 * Whether an archive is what it was: the file itself, the chain of entries, the tables that lists
 * and searches ask, the bytes of every document, their signatures, and whether each report of ours
 * can be made again out of what the archive has. Nothing is written. */

/* A font, or the emblem, that a report was made with. */
struct banthuek_archive_asset {
    const char *role;           /* "font", "emblem" */
    struct banthuek_bytes name; /* its file's own */
    struct banthuek_bytes bytes;
};

/* A document that is to be examined. */
struct banthuek_archive_job {
    const char *name; /* for messages: "entry-12.pdf" */
    struct banthuek_bytes pdf;
    size_t first;    /* its first bytes, as it was made before anybody signed or filled it in */
    bool make_again; /* it is ours, and what it was made with is here */
    size_t kit;      /* jobs with the same number have the same files */
    const struct banthuek_archive_asset *files;
    size_t file_count;
};

enum banthuek_archive_end {
    BANTHUEK_ARCHIVE_READ_WELL,
    BANTHUEK_ARCHIVE_UNREADABLE, /* it is no PDF, or none that can be read */
    BANTHUEK_ARCHIVE_NO_TIME,    /* reading it took more time, or memory, than it may */
    BANTHUEK_ARCHIVE_NO_MEMORY,
    BANTHUEK_ARCHIVE_CRASHED
};

/* What came of it. Texts live until the next call. */
struct banthuek_archive_examined {
    enum banthuek_archive_end end;
    size_t signatures;                    /* of people and time stamps; 0: nothing was verified */
    enum banthuek_verdict signed_verdict; /* as banthuek_verify() has it */
    struct banthuek_bytes signed_why[2];  /* in English and Thai */
    bool signed_unread;                   /* it cannot be read for sure whether there are any */
    enum banthuek_again again;            /* as banthuek_inspect() has it; */
    struct banthuek_bytes made_sha256;    /* of what was made again, hexadecimal: it is believed */
    size_t differences;                   /* of versions and files, against those of then */
    struct banthuek_bytes why[2];         /* the first of them, or why nothing could be made */
    size_t page;                          /* the first one that differs; 0: not known */
    struct banthuek_bytes then_text, now_text; /* what stands there, and what was made */
    struct banthuek_bytes code; /* of its form for the pen, 16 letters; empty: none, or not known */
};

struct banthuek_archive_codes_options {
    size_t struct_size;
    /* As for verifying. Without it nothing can be found out. */
    bool (*examine)(void *user, const struct banthuek_archive_job *job,
                    struct banthuek_archive_examined *examined);
    void (*progress)(void *user, size_t done, size_t total); /* may be NULL */
    void *user;
};

/* How many documents of ours there are of which it is not known what code stands on their paper:
 * they were made, and added, by earlier versions. False with messages. */
bool banthuek_archive_codeless(struct banthuek *banthuek, struct banthuek_archive *archive,
                               size_t *count);

/* Finds out their codes, by making each again, and notes them. *left is how many are still not
 * known: something that they are made with is not in the archive, or another version makes other
 * pages. Interrupted and begun again it goes on. False with messages. */
bool banthuek_archive_find_codes(struct banthuek *banthuek, struct banthuek_archive *archive,
                                 const struct banthuek_archive_codes_options *options,
                                 size_t *left);

enum banthuek_archive_verify_flag {
    BANTHUEK_ARCHIVE_QUICK = 1 /* no signatures, and nothing is made again */
};

enum banthuek_archive_stage {
    BANTHUEK_ARCHIVE_STAGE_FILE,
    BANTHUEK_ARCHIVE_STAGE_INDEX,
    BANTHUEK_ARCHIVE_STAGE_CHAINS,
    BANTHUEK_ARCHIVE_STAGE_CONTENTS,
    BANTHUEK_ARCHIVE_STAGE_DOCUMENTS
};

struct banthuek_archive_verify_options {
    size_t struct_size;
    unsigned flags;
    /* by name: only their documents, and no look at file and index */
    const char *const *entries;
    size_t entry_count;
    const char *head; /* 64 hexadecimal digits that were written down: an entry has to have them */
    /* Reads a hostile PDF perhaps, so that a program does it in a process of its own. False: it
     * cannot be done at all, as messages of the program tell. NULL: as under
     * BANTHUEK_ARCHIVE_QUICK. */
    bool (*examine)(void *user, const struct banthuek_archive_job *job,
                    struct banthuek_archive_examined *examined);
    /* Whether the document of an entry was found good in an earlier run, by the hash of the entry,
     * so that it need not be examined again; done() is told of those that are. May be NULL. */
    bool (*before)(void *user, const char *hash);
    void (*done)(void *user, const char *hash);
    /* may be NULL; total 0: not known */
    void (*progress)(void *user, enum banthuek_archive_stage stage, size_t done, size_t total);
    void *user;
};

struct banthuek_archive_verified_chain {
    const char *id; /* of the archive */
    struct banthuek_bytes name;
    bool own;
    size_t entries, removed, withheld;
    const char *head;           /* the hash of the newest entry, hexadecimal */
    struct banthuek_bytes time; /* of it; empty where there is none */
};

/* An entry of which the document was removed, as another one says. */
struct banthuek_archive_removal {
    size_t entry, by;
    struct banthuek_bytes archive, time, who, reason;
    struct banthuek_bytes when[2]; /* the time in words, by enum banthuek_lang */
};

/* What was found. An error is why the archive is not good, a warning why it cannot be told. */
struct banthuek_archive_finding {
    enum banthuek_level level;
    const char *code;
    size_t entry;                  /* 0: it is about none */
    struct banthuek_bytes archive; /* of which it was imported; empty: the own */
    struct banthuek_bytes text[2]; /* in English and Thai */
};

struct banthuek_archive_verified {
    enum banthuek_verdict verdict;
    bool quick;
    size_t documents, contents;
    size_t examined, before; /* documents; before: in an earlier run */
    size_t signed_good, signed_bad, signed_unsure;
    size_t same_bytes, same_pages, other, unsure; /* made again */
    size_t without_data;                          /* ours, without the report inside */
    size_t scans;                                 /* of signed paper, which nobody can make again */
    size_t head_entry; /* that has the hash of the options; 0: none has, or none was given */
    struct banthuek_bytes head_archive; /* of which it was imported; empty: the own */
    const struct banthuek_archive_verified_chain *chains;
    size_t chain_count;
    const struct banthuek_archive_removal *removals;
    size_t removal_count;
    const struct banthuek_archive_finding *findings; /* by entry; at most 1,000 */
    size_t finding_count, bad, cannot_tell;          /* how many there were of each */
};

/* Verifies an archive. NULL with messages where it could not be read to the end. */
const struct banthuek_archive_verified *
banthuek_archive_verify(struct banthuek *banthuek, struct banthuek_archive *archive,
                        const struct banthuek_archive_verify_options *options);

/* The same as JSON, as archive-verify.schema.json describes it. */
void banthuek_archive_verify_json(struct banthuek *banthuek,
                                  const struct banthuek_archive_verified *verified,
                                  enum banthuek_lang lang, struct banthuek_bytes *json);

/* ---- export and import */

enum banthuek_archive_export_flag {
    BANTHUEK_ARCHIVE_WITH_SECRET = 1, /* classified documents, too */
    BANTHUEK_ARCHIVE_NO_ASSETS = 2    /* without fonts, emblems, templates, rubrics */
};

struct banthuek_archive_export_options {
    size_t struct_size;
    unsigned flags;
    /* told how many of how many entries are done; may be NULL */
    void (*progress)(void *user, size_t done, size_t total);
    void *user;
};

struct banthuek_archive_exported {
    size_t entries, documents, files;
    size_t removed;   /* entries of which the document was removed earlier */
    size_t withheld;  /* classified documents that were left out, of this archive or earlier */
    size_t unread;    /* contents that could not be read, and are not there: messages tell which */
    const char *head; /* the hash of the newest entry, hexadecimal */
};

/* Writes all of an archive into a folder that is not there yet, or is empty: a bag (BagIt 1.0),
 * which can be read without this library and be imported again. The same archive gives the same
 * bytes. The folder is there whole or not at all. NULL with messages. */
const struct banthuek_archive_exported *
banthuek_archive_export(struct banthuek *banthuek, struct banthuek_archive *archive,
                        const char *folder, const struct banthuek_archive_export_options *options);

enum banthuek_archive_import_flag {
    BANTHUEK_ARCHIVE_NO_RESTORE = 1 /* an empty archive keeps its own id, too */
};

struct banthuek_archive_import_options {
    size_t struct_size;
    unsigned flags;
    void (*progress)(void *user, size_t done, size_t total); /* as for exports */
    void *user;
};

enum banthuek_archive_import_what {
    BANTHUEK_ARCHIVE_UNCHANGED, /* all of it was there */
    BANTHUEK_ARCHIVE_RESTORED,  /* the archive was empty: it is that archive now, with its id */
    BANTHUEK_ARCHIVE_TAKEN,     /* the other archive stands beside the own entries, by its name */
    BANTHUEK_ARCHIVE_CONTINUED  /* so it did before, and what came to it since is here now */
};

struct banthuek_archive_imported {
    enum banthuek_archive_import_what what;
    const char *id;             /* of the archive that the bag is of */
    struct banthuek_bytes name; /* what it is called here */
    const char *head;           /* the hash of its newest entry, hexadecimal */
    size_t entries;             /* that came, of it and of those that it imported */
    size_t documents;           /* among them */
    size_t withheld;            /* entries whose documents were left out of the bag */
    size_t archives;            /* that it imported itself */
    size_t entry;               /* the own entry that tells of this; 0: none */
};

/* Takes a bag that was written by banthuek_archive_export(), whoever had it meanwhile: its files,
 * their hashes and the chains are checked before anything is written, links in it are not followed,
 * and all of it is there when this returns, or nothing. An empty archive becomes the one of the
 * bag; into another one the other's chain comes whole, as it is, under its name. NULL with
 * messages: also where the chain here and that of the bag begin alike and go on apart. */
const struct banthuek_archive_imported *
banthuek_archive_import(struct banthuek *banthuek, struct banthuek_archive *archive,
                        const char *folder, const struct banthuek_archive_import_options *options);

/* ---- keeping and removing
 *
 * Documents are kept until the end of the tenth calendar year behind that of their date (rules of
 * the Prime Minister's Office on general correspondence, B.E. 2526, clause 57), or longer where a
 * note says so. Nothing is removed by itself. Entries of archives that were imported stay
 * as they are: what is done in those comes with the next import. */

/* What is NULL or 0 is not given. */
struct banthuek_archive_keep_wish {
    size_t struct_size;
    unsigned years; /* behind the year of its date, at least 10 */
    bool for_ever;  /* instead */
    const char *reason, *who;
};

struct banthuek_archive_kept {
    size_t entry;
    size_t note;                     /* the entry that says so; 0: it was so before */
    struct banthuek_bytes retention; /* the first day on which it may be removed, or "ever" */
};

/* Notes how long a document is to be kept. What was noted before can be shortened with a reason. */
const struct banthuek_archive_kept *
banthuek_archive_keep(struct banthuek *banthuek, struct banthuek_archive *archive, const char *name,
                      const struct banthuek_archive_keep_wish *wish);

enum banthuek_archive_remove_flag {
    BANTHUEK_ARCHIVE_EARLY = 1 /* also one that is still to be kept, but not for ever */
};

struct banthuek_archive_remove_wish {
    size_t struct_size;
    unsigned flags;     /* of enum banthuek_archive_remove_flag */
    const char *reason; /* has to be given */
    const char *who;
};

/* An entry that has the same document. */
struct banthuek_archive_same {
    size_t entry;
    struct banthuek_bytes archive; /* empty: the own */
};

struct banthuek_archive_gone {
    size_t entry;
    size_t by;          /* the entry that tells of it */
    size_t files, size; /* the document and what belonged to it alone, and their bytes */
    const struct banthuek_archive_same *same; /* because of which the document itself stays */
    size_t same_count;
};

/* Removes a document: its bytes, its text, what was known of it and the salt, from the file of the
 * archive and its log. The entry stays in the chain, and another tells when, why and by whom. NULL
 * with messages: it is to be kept still, …; then all of it is there. */
const struct banthuek_archive_gone *
banthuek_archive_remove(struct banthuek *banthuek, struct banthuek_archive *archive,
                        const char *name, const struct banthuek_archive_remove_wish *wish);

#ifdef __cplusplus
}
#endif

#endif
