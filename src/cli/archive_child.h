/* Work on many documents, of which any may end the process that reads it: it is done in a child
 * process, and after the death of one by another that leaves the guilty one alone.
 *
 * The child opens the archive itself: a connection of SQLite does not outlast fork(), and closing
 * the file in the parent would take away its locks (POSIX). While a child is at work the parent has
 * none open. */
#ifndef CLI_ARCHIVE_CHILD_H
#define CLI_ARCHIVE_CHILD_H

#include <stdbool.h>
#include <stddef.h>

struct cli_args;
struct cli_child;

/* How a child ended at a piece of the work. */
enum cli_death {
    CLI_DEATH_NONE,   /* no child did */
    CLI_DEATH_TIME,   /* the limits of cli_limit_quietly() */
    CLI_DEATH_MEMORY, /* the same, or there is no more */
    CLI_DEATH_CRASH
};

/* The work on pieces 0 to count - 1. */
struct cli_child_job {
    size_t count;
    /* Runs in the child: goes through the pieces that are not done yet, tells what there is to tell
     * of each, and returns the status of what belongs to none. It may run again, in another child,
     * from where the last one died. */
    int (*work)(void *user, struct cli_child *child);
    /* Runs in the parent, of a piece at which a second child died: says so. */
    void (*give_up)(void *user, size_t piece);
    void *user;
    bool with_progress; /* shown on a terminal */
};

/* What is known of the pieces, in memory that all children share. */
struct cli_child *cli_child_open(size_t count);
void cli_child_close(struct cli_child *child);

/* Does the work. The status of the job is the worst of its pieces and of what work() returned. */
int cli_child_run(const struct cli_args *args, const struct cli_child_job *job,
                  struct cli_child *child);

/* ---- in the child */

/* Not done yet. */
bool cli_child_is_open(const struct cli_child *child, size_t piece);

/* How the last child ended that died at this piece, which is then not to be done as before: after
 * a second death the parent gives the piece up. */
enum cli_death cli_child_death(const struct cli_child *child, size_t piece);

/* Which piece is at work from now on; CLI_CHILD_MANY: several, of which one may be guilty. After a
 * death there cli_child_is_alone() says that they are to be done one by one. */
#define CLI_CHILD_MANY ((size_t)-1)
void cli_child_begin(struct cli_child *child, size_t piece);
bool cli_child_is_alone(const struct cli_child *child);

/* It is done and told, with this exit status; `result` is of the caller's own. */
void cli_child_done(struct cli_child *child, size_t piece, unsigned char result, int status);

/* Takes the line of progress off the terminal, before something else is printed. */
void cli_child_clear_line(struct cli_child *child);

/* ---- afterwards, or meanwhile */

/* How many pieces are done with this result. */
size_t cli_child_count(const struct cli_child *child, unsigned char result);

#endif
