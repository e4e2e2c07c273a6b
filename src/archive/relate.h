/* Which earlier entry a document takes the place of. */
#ifndef ARCHIVE_RELATE_H
#define ARCHIVE_RELATE_H

#include <stdbool.h>

struct columns;
struct entry_document;
struct store;

/* Sets `supersedes` and `newer` of the columns of a document that is about to be added, unless one
 * of them is set:
 *
 *   newer       an entry begins with all bytes of this document: somebody signed on from it
 *   supersedes  else the newest entry that this document begins with; or, of a scan, the newest
 *               that has its code; or that it names as the one which it corrects, or a state of
 *               it; or that is the same report, made again
 *
 * The same report is one of ours of the same template, agency, office, year and subject, which has
 * nothing newer, and has the same number; where one of the numbers is open, the same day (an open
 * day is any of its month) and the same recipient, or both are assessments, of which there is one a
 * year. What somebody
 * signed, with a certificate or on paper, is not the same as what nobody did. */
bool relate(struct store *store, const struct entry_document *document, struct columns *columns);

#endif
