/* libbanthuek-paper, a fifth library on top of libbanthuek-archive: documents on paper. Printing,
 * through CUPS or to a printer that speaks IPP itself.
 *
 * It stands apart because it brings libcups. What is said in banthuek-pdf.h of hostile PDFs holds
 * here, too. Threads, ownership and errors are as in banthuek.h. Nothing is asked over the net but
 * what is named: the server of the queues (that of this machine, or the one of CUPS_SERVER and
 * client.conf), or the address of a printer. */
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

#ifdef __cplusplus
}
#endif

#endif
