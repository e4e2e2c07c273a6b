/* The files below a folder that came from somewhere: nothing in it leads out of it. No link is
 * followed, and only files and folders are taken. */
#ifndef ARCHIVE_BAG_TREE_H
#define ARCHIVE_BAG_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct tree;

#define TREE_FILES_MAX 5000000
#define TREE_DEPTH_MAX 16
#define TREE_BYTES_MAX ((uint64_t)512 << 20) /* of a file: as much as `archive add` takes */

/* NULL with ARCHIVE_BAG_NONE where there is no such folder. */
struct tree *tree_open(struct arena *arena, struct diags *diags, const char *path);
void tree_close(struct tree *tree); /* takes NULL */

struct tree_file {
    struct str path; /* from the folder on */
    uint64_t size;
};

struct tree_files {
    struct tree_file *file; /* by the bytes of their paths */
    size_t count;
};

/* All files, at most `most`. False with ARCHIVE_BAG_LINK (something else than a file or folder),
 * ARCHIVE_BAG_NAME (a name that no bag has), ARCHIVE_BAG_LARGE, ARCHIVE_BAG_MANY or
 * ARCHIVE_BAG_READ. */
bool tree_list(struct tree *tree, struct arena *arena, size_t most, struct tree_files *out);

/* The bytes of a file, in `arena`. False with one of these, or ARCHIVE_BAG_MISSING. */
bool tree_read(struct tree *tree, struct arena *arena, struct str path, struct str *out);

#endif
