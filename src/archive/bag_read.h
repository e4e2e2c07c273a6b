/* Reading a bag that may be hostile: nothing of it is believed before all of it was compared with
 * its manifests, and these with those of them. */
#ifndef ARCHIVE_BAG_READ_H
#define ARCHIVE_BAG_READ_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/hash.h"
#include "base/str.h"

struct arena;

/* ---- manifests */

struct bag_line {
    struct str hex, path; /* digits in small letters; a name as bag_is_name() takes it */
};

struct bag_manifest {
    struct bag_line *line; /* by path, each once */
    size_t count;
};

/* Reads lines of `digits` hexadecimal digits, blanks and a path. False with ARCHIVE_BAG_LINE at the
 * line, in `file`. */
bool bag_manifest_read(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
                       size_t digits, struct bag_manifest *out);

/* ---- bags */

struct bag;

struct bag_file {
    struct str path;
    struct hash sha256;
};

/* Opens a bag and reads all of it once: it has the files that a bag of ours has and no others, each
 * as the manifests say. NULL with ARCHIVE_BAG_…; of files that are wrong the first BAG_TOLD are
 * told. Closed before `arena` is freed. */
#define BAG_TOLD 20
struct bag *bag_open(struct arena *arena, struct diags *diags, const char *path);
void bag_close(struct bag *bag); /* takes NULL */

struct diags *bag_diags(const struct bag *bag);

/* A file of the bag, as the place of a message: in memory of the bag. */
const char *bag_shown(struct bag *bag, struct str path);

/* The files below data/, by path. */
size_t bag_count(const struct bag *bag);
const struct bag_file *bag_at(const struct bag *bag, size_t index);

/* NULL: there is none. */
const struct bag_file *bag_find(const struct bag *bag, struct str path);
const struct bag_file *bag_find_hash(const struct bag *bag, const struct hash *hash);

/* The bytes of a file, compared with its hash once more: somebody may have changed it meanwhile. */
bool bag_read(struct bag *bag, struct arena *arena, const struct bag_file *file, struct str *out);

#endif
