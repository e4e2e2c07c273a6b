/* libbanthuek-paper, a fifth library on top of libbanthuek-archive: documents on paper. Scans of
 * what was signed, and printing, through CUPS or to a printer that speaks IPP itself.
 *
 * It stands apart because it brings libcups and what reads scans. What is said in banthuek-pdf.h of
 * hostile PDFs holds here, too. Threads, ownership and errors are as in banthuek.h. Nothing is
 * asked over the net but what is named: the server of the queues (that of this machine, or the one
 * of CUPS_SERVER and client.conf), or the address of a printer. */
#ifndef BANTHUEK_PAPER_H
#define BANTHUEK_PAPER_H

#include "banthuek-archive.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- printers */

enum banthuek_printer_state {
    BANTHUEK_PRINTER_UNKNOWN, /* it did not say */
    BANTHUEK_PRINTER_IDLE,
    BANTHUEK_PRINTER_PRINTING,
    BANTHUEK_PRINTER_STOPPED
};

/* Something that a printer tells of itself (printer-state-reasons), or a job of its. */
struct banthuek_printer_reason {
    enum banthuek_level level; /* error: nothing is printed until somebody has done something */
    const char *code;          /* "media-empty" */
    const char *text[2];       /* in English and Thai: what it is, and what to do */
};

/* A printer that documents can be sent to. Texts come from outside, but are UTF-8 and hold nothing
 * that drives a terminal; those that there are not are empty. */
struct banthuek_printer {
    const char *name; /* as it is named to print there */
    const char *info, *place, *model;
    bool is_default;
    bool accepts; /* jobs */
    enum banthuek_printer_state state;
    const char *said; /* its own words on its state, in its own language */
    size_t waiting;   /* jobs */
    size_t reason_count;
    const struct banthuek_printer_reason *reasons;
};

struct banthuek_printers {
    size_t count;
    const struct banthuek_printer *list; /* by name */
};

/* The printers that have a queue. NULL with messages where the server of the queues does not
 * answer; with none there is a note. */
const struct banthuek_printers *banthuek_printers(struct banthuek *banthuek);

/* ---- printing */

struct banthuek_print_signer {
    struct banthuek_bytes name, position;
    bool has_signed; /* with a certificate, as the file says; nothing is verified */
};

/* A PDF that is to be printed: what it is, so that nobody prints the wrong one. */
struct banthuek_print_document {
    const char *file; /* "<stdin>" for "-" */
    struct banthuek_bytes title;
    size_t page_count;
    bool ours;
    bool draft, for_pen, has_fields, is_scan; /* of ours; fields to sign in with certificates */
    size_t signature_count;                   /* with certificates, time stamps among them */
    size_t signer_count;                      /* whom the route of ours names */
    const struct banthuek_print_signer *signers;
};

/* Looks at a PDF before it is printed. NULL with messages for what cannot be: it is no PDF, is
 * damaged, or encrypted. Its bytes are kept (banthuek_add_file()), so that what is printed by this
 * name later is what was looked at, though the file be changed, or a pipe. */
const struct banthuek_print_document *banthuek_print_look(struct banthuek *banthuek,
                                                          const char *file);

enum banthuek_sides {
    BANTHUEK_SIDES_ANY, /* as the printer does when nothing is said */
    BANTHUEK_SIDES_ONE,
    BANTHUEK_SIDES_TWO_LONG, /* turned over like a book */
    BANTHUEK_SIDES_TWO_SHORT /* turned over like a calendar */
};

enum banthuek_print_stage {
    BANTHUEK_PRINT_ASKING,  /* the printer is asked what it can */
    BANTHUEK_PRINT_BUSY,    /* it takes no other job now, and is asked again */
    BANTHUEK_PRINT_SENDING, /* the document is handed over */
    BANTHUEK_PRINT_QUEUED,
    BANTHUEK_PRINT_HELD, /* until somebody lets it go */
    BANTHUEK_PRINT_PRINTING,
    BANTHUEK_PRINT_STOPPED /* in the middle of the job */
};

/* How it stands. Texts live until the function that is told returns. */
struct banthuek_print_state {
    enum banthuek_print_stage stage;
    const char *printer; /* its name or address */
    unsigned job;        /* its number there; 0: none yet */
    size_t done, total;  /* pages, of all copies; done 0: none, or the printer does not tell */
    size_t ahead;        /* jobs before it */
    const char *said;    /* the printer's own words */
    size_t reason_count; /* what is wrong, or worth knowing, with printer and job */
    const struct banthuek_printer_reason *reasons;
};

/* What is NULL or 0 is not given. */
struct banthuek_print_options {
    size_t struct_size;
    const char *printer; /* a queue's name, or an address: ipp://… or ipps://…; else the user's
                            default */
    unsigned copies;     /* 0: 1 */
    enum banthuek_sides sides;
    const char *pages;     /* "1-3,5", "4-"; else all */
    const char *tray;      /* by the name that the printer has for it */
    unsigned wait_seconds; /* for a printer where nothing goes on; 0: 600 */
    bool no_wait;          /* it is done when the job was handed over */
    /* Told again and again, at least once a second but for the first connecting. False: the job is
     * to be cancelled. May be NULL. */
    bool (*progress)(void *user, const struct banthuek_print_state *state);
    void *user;
};

enum banthuek_print_end {
    BANTHUEK_PRINT_DONE,
    BANTHUEK_PRINT_HANDED_OVER, /* under no_wait */
    BANTHUEK_PRINT_CANCELLED    /* as progress() wished */
};

struct banthuek_printed {
    enum banthuek_print_end end;
    const char *printer;
    unsigned job;
    size_t pages, copies; /* pages of each copy */
};

/* Prints a PDF: the printer, or the queue, gets the bytes of the file, at true size. What the
 * printer says that it cannot do is refused before anything is sent. NULL with messages: the
 * printer is away, refuses, or nothing went on for the time that is to be waited. */
const struct banthuek_printed *banthuek_print(struct banthuek *banthuek, const char *file,
                                              const struct banthuek_print_options *options);
/* ---- scans of paper that was signed
 *
 * A report that is printed for the pen (BANTHUEK_FOR_PEN) carries a code on every page, which tells
 * report, version and page. From scans of the paper a PDF is made that holds the pages as they
 * were scanned, the report's text below them, and its data. */

struct banthuek_scan;

struct banthuek_scan_options {
    size_t struct_size;
    /* For pages whose code cannot be read, what somebody typed: "3=XXXX-XXXX-XXXX-XXXX-X" for the
     * third page of all that is scanned; with "/2" behind it the page of the report, which may be
     * left out where only one is missing. */
    const char *const *codes;
    size_t code_count;
    bool incomplete; /* pages may be missing */
    /* May be NULL; called before each page is looked at. `page` is its number in the file, of
     * `pages`. */
    void (*progress)(void *user, const char *file, size_t page, size_t pages);
    void *user;
};

/* Reads scans (PDF, JPEG, PNG, TIFF; of folders all that are in them and below) and looks at all
 * pages. What cannot be read is told as errors; the others are there. NULL with messages where
 * there is no page at all, or a typed code is wrong. */
struct banthuek_scan *banthuek_scan_open(struct banthuek *banthuek, const char *const *paths,
                                         size_t count, const struct banthuek_scan_options *options);
void banthuek_scan_close(struct banthuek_scan *scan);

enum banthuek_scan_state {
    BANTHUEK_SCAN_KNOWN,    /* by its code */
    BANTHUEK_SCAN_TYPED,    /* by a code that somebody typed */
    BANTHUEK_SCAN_BLANK,    /* nothing stands on it */
    BANTHUEK_SCAN_NO_CODE,  /* none can be read */
    BANTHUEK_SCAN_TWO_CODES, /* of different pages */
    BANTHUEK_SCAN_ELSEWHERE, /* one stands on it, but not where that of a page does */
    BANTHUEK_SCAN_DAMAGED    /* nobody can look at it */
};

/* A page that was scanned. */
struct banthuek_scan_page {
    const char *file;
    size_t number; /* in the file, from 1 */
    enum banthuek_scan_state state;
    const char *code; /* as it is printed; NULL where there is none */
    unsigned page;    /* of the report; 0: not known */
    unsigned turned;  /* clockwise degrees that turn it upright */
};

/* All pages in the order in which they were scanned. They live as long as the scan. */
const struct banthuek_scan_page *const *banthuek_scan_pages(struct banthuek_scan *scan,
                                                            size_t *count);

/* What became of the pages with one code. */
struct banthuek_scanned {
    const char *code;              /* as it is printed */
    struct banthuek_bytes subject; /* its title */
    size_t pages;                  /* how many it has */
    size_t scanned;                /* pages of it that were scanned; a page may be there twice */
    const unsigned *missing;       /* pages that are not */
    size_t missing_count;
    size_t doubles, same, turned; /* same: left out, since the scan has the very image already */
    bool was_sorted;              /* they were scanned in the right order */
    bool is_bound;                /* the PDF was made; with an archive, it is kept there */
    /* with an archive: the entry of the report, the one that took its place meanwhile, and that of
     * the scan; 0: none */
    size_t entry, later, added;
    bool is_new;       /* the scan was not there yet */
    size_t supersedes; /* in whose place it is now */
};

/* Binds the scan to one report, a PDF of ours, of which all pages have to be. NULL with messages,
 * and then there is no PDF: pages are missing, or are of another report, or nobody knows of which.
 * The result lives as long as the scan, the bytes of the PDF as long as
 * `banthuek`. */
const struct banthuek_scanned *banthuek_scan_bind(struct banthuek *banthuek,
                                                  struct banthuek_scan *scan, const char *report,
                                                  struct banthuek_bytes *pdf);

/* How many codes there are among the pages. */
size_t banthuek_scan_count(const struct banthuek_scan *scan);

/* Binds the pages with one of the codes, by index (less than their count) in the order of their
 * first pages, to the report that the archive has for it, and adds what is made: it takes the place of the report. What cannot
 * be bound is told by errors, and is_bound is false. Never NULL; the result lives as long as the
 * scan. Who keeps many opens a `struct banthuek` for each, so that memory is given back. */
const struct banthuek_scanned *banthuek_scan_keep(struct banthuek *banthuek,
                                                  struct banthuek_scan *scan, size_t index,
                                                  struct banthuek_archive *archive);

/* Tells of the pages of which nobody knows which they are: an error each, a note where a page is
 * blank; of those that are damaged banthuek_scan_open() has told. Returns how many are not blank. */
size_t banthuek_scan_tell_others(struct banthuek *banthuek, struct banthuek_scan *scan);

/* Writes a PDF of banthuek_scan_bind() to a file that is not there yet; "-" is standard output.
 * *was_there: the very same file is there already. False with messages. */
bool banthuek_scan_save(struct banthuek *banthuek, const char *path, struct banthuek_bytes pdf,
                        bool *was_there);

#ifdef __cplusplus
}
#endif

#endif
