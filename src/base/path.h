/* Paths as texts: what is looked up of them in the file system stands in files.h. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>

#include "base/str.h"

struct arena;

/* `dir`/`name`, in the arena; `name` alone when `dir` is "" or NULL. */
const char *path_join(struct arena *arena, const char *dir, const char *name);

/* The folder part of a path: "a/b" gives "a", "b" gives ".". */
const char *path_dir(struct arena *arena, const char *path);

/* The last part of a path. */
const char *path_base(const char *path);

/* True for "." and "..". */
bool path_is_dot(const char *name);

/* True when `name` is that of a file inside the folder it is used in: relative, no "..", no
 * backslash, no control character (utf8_is_control()), well-formed, no "/" at its end. For names
 * that come out of templates and data. */
bool path_is_inside(struct str name);

/* A name as it is typed on Windows, "tab\\data.xlsx", or by tools, "./data.xlsx", as one that
 * path_is_inside() may take. Names with a drive or a server are left as they are. */
struct str path_plain(struct arena *arena, struct str name);

/* The path without "./" at its beginning; "." for the folder itself. */
const char *path_shortest(const char *path);

/* The path without "/" at its end. */
const char *path_without_slash(struct arena *arena, const char *path);

/* What of a path lies below a folder, by the names alone; NULL when it does not. */
const char *path_below(const char *folder, const char *path);

#endif
