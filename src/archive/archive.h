/* The object behind banthuek-archive.h, for the files that implement it. */
#ifndef ARCHIVE_ARCHIVE_H
#define ARCHIVE_ARCHIVE_H

#include "archive/store.h"
#include "banthuek-archive.h"
#include "inspect/lent.h"

struct banthuek_archive {
    struct store *store;
};

/* What each function of banthuek-archive.h begins with: the store tells the object of the call what
 * goes wrong. */
static inline struct lent
archive_begin(struct banthuek *banthuek, struct banthuek_archive *archive)
{
    struct lent lent = lent_of(banthuek);

    store_use(archive->store, lent.diags);
    return lent;
}

/* As banthuek_archive_files(), for other files than documents: nothing is told. */
const struct banthuek_archive_files *archive_gather(struct banthuek *banthuek,
                                                    const char *const *paths, size_t count);

#endif
