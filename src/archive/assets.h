/* What documents of one kit are made with, as examine() of banthuek-archive.h gets it: fonts and
 * the emblem. They are read once, for documents of a kit come one after the other. */
#ifndef ARCHIVE_ASSETS_H
#define ARCHIVE_ASSETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "banthuek-archive.h"
#include "base/str.h"

struct arena;
struct store;

struct assets {
    struct arena *arena;
    int64_t kit;
    struct banthuek_archive_asset *file;
    size_t count, cap;
    const char *missing; /* a font that is not here, or NULL */
    const char *no_emblem;
};

/* Reads those of a kit, 0 for none, unless they are at hand. `assets` begins with zeroes. False
 * where the store failed. */
bool assets_load(struct store *store, struct assets *assets, int64_t kit);
void assets_close(struct assets *assets);

/* The bytes of a content. False where they are not what was kept, which is not told: it is told of
 * each content by who verifies them. */
bool assets_get_quietly(struct store *store, struct arena *arena, int64_t content,
                        struct str *bytes);

#endif
