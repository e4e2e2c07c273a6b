/* A kit: the list of files that documents of one make share, by hash: template, fonts, emblem.
 * Hundreds of reports are made with the same, so the list is a content of its own (canonical JSON:
 * columns_parts()), kept once, and the columns of a document name it by its hash. */
#ifndef ARCHIVE_KIT_H
#define ARCHIVE_KIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct column_part;
struct columns;
struct store;

/* Keeps a list and sets the columns' kit; nothing is done where it is empty. */
bool kit_put(struct store *store, struct arena *arena, const struct column_part *parts,
             size_t count, struct columns *columns);

/* Makes the rows of a kit out of its content, unless they are there: after an import brought it.
 * False with ARCHIVE_DAMAGED where it is no such list, or ARCHIVE_CONTENT. */
bool kit_rows(struct store *store, struct arena *arena, int64_t content);

#endif
