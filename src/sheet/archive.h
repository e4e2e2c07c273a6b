/* Writing a ZIP archive in memory (APPNOTE.TXT 6.3): every member deflated, no dates, so that the
 * same members give the same bytes. Reading archives is libzip's; writing needs four small records.
 */
#ifndef SHEET_ARCHIVE_H
#define SHEET_ARCHIVE_H

#include "base/str.h"

struct arena;
struct archive;

/* Opens an archive; archive_close() must follow. */
struct archive *archive_open(struct arena *arena);

/* Adds a member; the name is ASCII. */
void archive_add(struct archive *archive, const char *name, struct str bytes);

/* The bytes of the archive, in the arena. */
struct str archive_close(struct archive *archive);

#endif
