/* Arena: memory that is given out piece by piece and given back all at once.
 *
 * One arena lives per document, one scratch arena per paragraph or table. Nothing that comes
 * out of an arena is freed by itself. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A place in an arena to go back to; see arena_mark(). */
struct arena_mark {
    void *block;
    size_t used;
    size_t total;
};

/* Returns a new, empty arena. `budget` is the number of bytes after which arena_over() says
 * true; 0 means no budget. The caller gives it back with arena_free(). */
struct arena *arena_new(size_t budget);

/* Frees the arena and all that came out of it. NULL is allowed. */
void arena_free(struct arena *arena);

/* Returns `size` zeroed bytes, aligned for any type. Never NULL: when the system has no
 * memory left the handler of arena_set_oom() is called, and if that returns, the program
 * aborts. Exceeding the budget still gives memory, so callers need not test each call; stages
 * ask arena_over() in their loops. */
void *arena_alloc(struct arena *arena, size_t size);

/* Like arena_alloc() for `count` elements of `size` bytes; an overflowing product is treated
 * like a system without memory. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Makes room for one more element behind the `count` that `array` has (NULL when none). Returns it
 * as it is while there is room, else with twice the capacity (`first` at the beginning), which is
 * written to *cap: longer in place where nothing else came out of the arena since, or a copy. What
 * is behind `count` is zeroed where it was never used. */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t *cap, size_t size,
                 size_t first);

/* The place of a new element at the end of an array, which arena_grow() makes room for. `array`,
 * `count` and `cap` are variables; what is assigned to the place must not name them. */
#define ARENA_ADD(arena, array, count, cap, first) \
    ((array) = arena_grow(arena, array, count, &(cap), sizeof *(array), first), &(array)[(count)++])

/* Makes a piece of `from` bytes, the first `used` of them used, one of `to`: in place where it is
 * the last that came out of the arena or has a block of its own, or a copy. What is behind `from`
 * is zeroed. No piece may be made longer that came out before an arena_mark() which is to be reset.
 */
void *arena_resize(struct arena *arena, void *piece, size_t used, size_t from, size_t to);

/* Copies `len` bytes and ends them with NUL. */
char *arena_strndup(struct arena *arena, const char *text, size_t len);

/* Returns a printf-formatted, NUL-ended text. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* True once more than the budget has been given out. */
bool arena_over(const struct arena *arena);

/* The budget as given to arena_new(). */
size_t arena_budget(const struct arena *arena);

/* Bytes given out so far. */
size_t arena_used(const struct arena *arena);

/* arena_reset() takes back everything given out since arena_mark(). */
struct arena_mark arena_mark(const struct arena *arena);
void arena_reset(struct arena *arena, struct arena_mark mark);

/* Sets what is called when the system has no memory left, for the whole process; the handler
 * is not to return. Set it before threads are started. The default aborts. */
void arena_set_oom(void (*handler)(size_t size));

/* Calls the handler above. For other allocations that fail. */
_Noreturn void arena_oom(size_t size);

#endif
