/* Files: reading a whole one, and writing one so that its name never stands for half of it. */
#ifndef BASE_IO_H
#define BASE_IO_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

/* Reads a regular file of at most `limit` bytes into `arena` (with a NUL after it that is not
 * counted). `path` "-" reads standard input. `at` is where the file was asked for, for the
 * diagnostic. False with IO_OPEN, IO_READ, IO_NOT_FILE or IO_TOO_LARGE. */
bool io_read(struct arena *arena, struct diags *diags, struct pos at, const char *path,
             size_t limit, struct str *out);

/* Writes `bytes` so that `path` stands for all of them or for what it was: to a file without a name
 * where the file system has such, else to a temporary one beside it. The target of a symbolic link
 * is written, also where it is not there yet; what is no regular file (a pipe, /dev/fd/3) is
 * written to. `path` "-" is standard output. False with IO_WRITE, or IO_WRITE_PART where a part may
 * have gone through. */
bool io_write(struct arena *arena, struct diags *diags, const char *path, struct str bytes);

/* Like io_write() for a file that is not there yet: false with `taken`, which tells the path, when
 * it is, whoever made it meanwhile. */
bool io_write_new(struct arena *arena, struct diags *diags, const char *path, struct str bytes,
                  enum diag_code taken);

/* Renames a file; false with errno EEXIST when something has the new name already. */
bool io_rename_new(const char *from, const char *to);

/* Where a path leads whose last part may be a symbolic link, or a chain of them, to something that
 * need not be there yet. NULL with errno, also where the system would not follow it. */
const char *io_follow(struct arena *arena, const char *path);

/* Writes all of it; false with errno. */
bool io_put(int fd, struct str bytes);

/* A name beside `path` for what is renamed to it when it is whole, and that tells whose it is
 * should that never come. It is short whatever the name in `path`, which may be as long as names
 * can be. That nothing has it yet is to be seen when it is made, so that it has to be tried more
 * than once. NULL with errno. */
const char *io_beside(struct arena *arena, const char *path);
#define IO_BESIDE_TRIES 8

/* Makes what was renamed in a folder outlast a crash, where the system can. */
void io_sync_dir(const char *dir);

bool io_exists(const char *path);
bool io_is_dir(const char *path);

/* True when both names lead to the same existing file. */
bool io_same_file(const char *a, const char *b);

/* True when a regular file that can be read holds these bytes (at most 64 of them). */
bool io_holds(const char *path, struct str bytes);

/* `dir`/`name`, in the arena; `name` alone when `dir` is "" or NULL. */
const char *io_join(struct arena *arena, const char *dir, const char *name);

/* The folder part of a path: "a/b" gives "a", "b" gives ".". */
const char *io_dir(struct arena *arena, const char *path);

/* True when `name` is that of a file inside the folder it is used in: relative, no "..", no
 * backslash, no control character (utf8_is_control()), well-formed, no "/" at its end. For names
 * that come out of templates and data. */
bool io_name_is_inside(struct str name);

/* A name as it is typed on Windows, "tab\\data.xlsx", or by tools, "./data.xlsx", as one that
 * io_name_is_inside() may take. Names with a drive or a server are left as they are. */
struct str io_plain_name(struct arena *arena, struct str name);

/* Like io_read() for `name` inside the folder `dir`: refuses names that io_name_is_inside()
 * refuses and files that symbolic links lead out of `dir` (IO_OUTSIDE). */
bool io_read_inside(struct arena *arena, struct diags *diags, struct pos at, const char *dir,
                    struct str name, size_t limit, struct str *out);

#endif
