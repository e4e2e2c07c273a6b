/* A folder of files that is there whole or not at all: written under another name beside its
 * place, synced, renamed. */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct folder;
struct folder_file;

/* Starts a folder that is to become `path`, which may be an empty folder (its permissions are
 * kept), but not the working folder, since whoever stands in it would be left in one that is gone.
 * The folder above it has to be there. NULL with FOLDER_TAKEN, FOLDER_HERE or FOLDER_WRITE. */
struct folder *folder_begin(struct arena *arena, struct diags *diags, const char *path);

/* Where its files are now. */
const char *folder_path(const struct folder *folder);

/* Writes a new file; folders in `name`, which must be path_is_inside(), are made. False with
 * FOLDER_WRITE. */
bool folder_write(struct folder *folder, struct str name, struct str bytes);

/* Starts a new file that is written piece by piece; NULL with FOLDER_WRITE. What fails later is
 * told by folder_close(), which it needs before the folder gets its name. */
struct folder_file *folder_open(struct folder *folder, struct str name);
void folder_add(struct folder_file *file, struct str bytes);
bool folder_close(struct folder_file *file);

/* Gives the folder its name. False with FOLDER_WRITE or, when something else got there meanwhile,
 * FOLDER_TAKEN; nothing is ever overwritten. */
bool folder_commit(struct folder *folder);

/* Ends it; a folder that was not committed is removed with all that is in it. NULL is allowed. */
void folder_end(struct folder *folder);

#endif
