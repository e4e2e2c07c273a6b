/* libbanthuek-pdf, a second library on top of libbanthuek: what a PDF carries.
 *
 * These functions read PDFs, foreign and hostile ones too. They stand apart because libqpdf, which
 * reads for them, brings a C++ library and GnuTLS along. It unpacks some parts of a PDF without a
 * limit: call them in a process that has one of memory (RLIMIT_AS), as the command does. A path "-"
 * is standard input. Threads, ownership and errors are as in banthuek.h. */
#ifndef BANTHUEK_PDF_H
#define BANTHUEK_PDF_H

#include "banthuek.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Takes the files out of a PDF that this library made into the folder `dir`, which is made and may
 * be there already if it is empty; NULL: the PDF's name without ".pdf". It is there whole or not at
 * all. *made is its name, owned by the object. Warns when a file is not the one that the PDF was
 * made from, and when the data was left out. False with messages. */
bool banthuek_extract(struct banthuek *banthuek, const char *pdf, const char *dir,
                      const char **made);

/* Describes a PDF, as text or as JSON (src/cli/inspect.schema.json, with the messages): pages,
 * tags, fonts, files, signatures and claims, none of which is verified. One of ours is made again,
 * with the templates and fonts at hand, from the data inside, and what differs is told. False with
 * messages when it cannot be read; then the text is empty, but the JSON is not. */
bool banthuek_inspect(struct banthuek *banthuek, const char *pdf, enum banthuek_lang lang,
                      bool json, struct banthuek_bytes *text);

/* What banthuek_inspect() would say of a PDF that takes more time, or memory, than there is: JSON,
 * or the line of the message. For a program that limits its process and must have it ready when
 * nothing can be done any more; of the PDF only the name is used. */
enum banthuek_limit { BANTHUEK_TIME, BANTHUEK_MEMORY };

void banthuek_inspect_given_up(struct banthuek *banthuek, const char *pdf,
                               enum banthuek_limit limit, enum banthuek_lang lang, bool json,
                               struct banthuek_bytes *text);

#ifdef __cplusplus
}
#endif

#endif
