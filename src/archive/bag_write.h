/* Writing a bag: files one after the other into a folder that is there whole or not at all, with
 * the manifests that go with them, in the order in which they come: of none is anything kept. */
#ifndef ARCHIVE_BAG_WRITE_H
#define ARCHIVE_BAG_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct bag_out;
struct bag_file_out;

/* Begins one in `arena`. NULL with FOLDER_…. */
struct bag_out *bag_begin(struct arena *arena, struct diags *diags, const char *path);

/* Writes a file of a path below "data/", which has to be bag_is_name(). False with FOLDER_WRITE. */
bool bag_put(struct bag_out *bag, struct str path, struct str bytes);

/* Begins one that is written piece by piece; `path` has to stay. NULL with FOLDER_WRITE. It is told
 * at the end where not all of it could be written. */
struct bag_file_out *bag_begin_file(struct bag_out *bag, const char *path);
void bag_add(struct bag_file_out *file, struct str bytes);
bool bag_end_file(struct bag_file_out *file);

size_t bag_file_count(const struct bag_out *bag);

/* Writes what a bag says of itself and gives it its name. `date` is the day on which what is inside
 * was as it is; it may be empty. */
struct bag_info {
    struct str id, name, date;
};
bool bag_commit(struct bag_out *bag, const struct bag_info *info);

/* A bag that was not committed is removed. NULL is allowed. */
void bag_end(struct bag_out *bag);

#endif
