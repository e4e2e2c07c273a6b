#include "sheet/unzip.h"

#include <dlfcn.h>
#include <string.h>

#include "base/arena.h"

/* Finds a function; C knows no way from an address of data to one of a function but its bytes. */
static bool
find(void *library, const char *name, void *function)
{
    void *address = dlsym(library, name);

    memcpy(function, &address, sizeof address);
    return address != NULL;
}

const struct unzip *
unzip_open(struct arena *arena)
{
    struct unzip *unzip = arena_alloc(arena, sizeof *unzip);
    void *library = dlopen(ZIP_SONAME, RTLD_NOW | RTLD_LOCAL);
    bool good = library != NULL;

#define FIND(name) good = good && find(library, #name, &unzip->name);
    UNZIP_FUNCTIONS(FIND)
#undef FIND
    return good ? unzip : NULL;
}
