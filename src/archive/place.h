/* Where an archive may lie. SQLite's log needs shared memory and locks that hold, which no share of
 * a network gives: there it loses what it acknowledged. So such places are refused before anything
 * is opened; copies and exports may go there. */
#ifndef ARCHIVE_PLACE_H
#define ARCHIVE_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* What a file system is called that no archive may lie on: "NFS", "SMB", "9p" (what Windows shares
 * with WSL), "FUSE (fuse.sshfs)"; NULL for a good one. `magic` is that of statfs(); of FUSE
 * `mountinfo`, the text of /proc/self/mountinfo, tells which one it is: the line of the device
 * "major:minor". fuseblk, a disk of this machine with a file system of Windows, is good. */
const char *place_bad(struct arena *arena, uint64_t magic, struct str mountinfo, struct str device);

/* False with ARCHIVE_PLACE, which tells the path, for such a file system. */
bool place_judge(struct arena *arena, struct diags *diags, const char *path, uint64_t magic,
                 struct str mountinfo, struct str device);

/* place_judge() of a path whose folder lies on such. A folder that is not there is
 * asked for by the one above it. */
bool place_check(struct arena *arena, struct diags *diags, const char *path);

/* The path of the archive: `given`, else $BANTHUEK_ARCHIVE, else banthuek/archive.db in
 * $XDG_DATA_HOME or ~/.local/share. NULL with ARCHIVE_NO_HOME. */
const char *place_default(struct arena *arena, struct diags *diags, const char *given);

/* Makes an empty file that nobody else may read (0600), with the folders above it (0700), and syncs
 * the folder: SQLite takes it for a new database. Nothing is done where there is one. False with
 * ARCHIVE_CREATE. */
bool place_make(struct arena *arena, struct diags *diags, const char *path);

/* How many bytes a file has; -1 with errno where there is none. */
int64_t place_size(const char *path);

/* Takes from all but its owner the right to read the file, where that can be done. */
void place_keep_private(const char *path);

/* True where the file system can only be read from (a CD), so that nobody writes there. */
bool place_is_read_only(const char *path);

#endif
