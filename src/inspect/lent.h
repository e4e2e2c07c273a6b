/* What a room above the engine needs of the object behind banthuek.h: its memory and its messages,
 * nothing else. */
#ifndef INSPECT_LENT_H
#define INSPECT_LENT_H

#include "banthuek.h"
#include "base/str.h"

struct arena;
struct diags;
struct files;

struct lent {
    struct arena *arena; /* what is given to the caller of the library lives here */
    struct diags *diags;
    const struct files *files;
};

struct lent lent_of(struct banthuek *banthuek);

/* Copies what a caller handed in into a struct of `size` bytes that are zero: as much as both know.
 * Both begin with struct_size; `given` may be NULL. */
void lent_take(void *own, size_t size, const void *given);

/* A text of the library's as a caller sees it. */
static inline struct banthuek_bytes
lent_bytes(struct str text)
{
    return (struct banthuek_bytes){text.ptr == NULL ? "" : text.ptr, text.len};
}

#endif
