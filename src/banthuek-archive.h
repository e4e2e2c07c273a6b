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

/* ---- adding, listing, showing */

/* What is said of a document that does not say it itself. What is NULL or 0 is not given. */
struct banthuek_archive_given {
    size_t struct_size;
    int year; /* Buddhist era */
    const char *agency, *number, *date, *subject;
};

/* What became of a document. */
struct banthuek_archive_added {
    size_t entry; /* its number, from 1 */
    bool is_new;  /* false: the same bytes were there before, as this entry */
};

/* Adds a document, of which the bytes are kept as they are. When this returns it is there whatever
 * happens to the machine. NULL with messages; then nothing of it is. */
const struct banthuek_archive_added *
banthuek_archive_add(struct banthuek *banthuek, struct banthuek_archive *archive, const char *file,
                     const struct banthuek_archive_given *given);

/* ---- searching */

/* ---- the register of numbers */

/* ---- verifying */

/* ---- export and import */

/* ---- removing */

#ifdef __cplusplus
}
#endif

#endif
