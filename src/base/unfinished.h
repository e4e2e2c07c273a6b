/* Files and folders that stand under a name of their own until they are whole, so that a program
 * that is ended by a signal can remove them first. The one state that all threads share: a signal
 * handler can be handed nothing.
 *
 * A name is noted before anything is made of that name and taken back when nothing is there any
 * more. Where too many are noted at once the next ones are not: they are only not removed by
 * unfinished_remove(). */
#ifndef BASE_UNFINISHED_H
#define BASE_UNFINISHED_H

#define UNFINISHED_NONE (-1)

/* Notes a path; gives what unfinished_done() takes, or UNFINISHED_NONE, which it takes too. */
int unfinished_begin(const char *path);
void unfinished_done(int index);

/* Removes everything that is noted. May be called by a signal handler, in any thread; what is just
 * being written by another thread fails there. */
void unfinished_remove(void);

/* Removes a file, or a folder with all that is in it, however deep; links are not followed. What
 * cannot be removed stays. May be called by a signal handler. */
void unfinished_remove_path(const char *root);

#endif
