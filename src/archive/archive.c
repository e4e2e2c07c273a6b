/* Opening and closing an archive as banthuek-archive.h has it. */
#include "archive/archive.h"

#include <stdlib.h>

#include "archive/place.h"
#include "base/arena.h"

struct banthuek_archive *
banthuek_archive_open(struct banthuek *b, const struct banthuek_archive_options *given)
{
    static const enum store_mode modes[] = {
        [BANTHUEK_ARCHIVE_READ] = STORE_READ,
        [BANTHUEK_ARCHIVE_WRITE] = STORE_WRITE,
        [BANTHUEK_ARCHIVE_CREATE] = STORE_CREATE,
    };
    struct banthuek_archive_options options = {0};
    struct lent lent = lent_of(b);

    lent_take(&options, sizeof options, given);
    const struct store_options wanted = {modes[options.mode], (int)options.wait_ms};
    const char *path = place_default(lent.arena, lent.diags, options.path);
    struct store *store = path == NULL ? NULL : store_open(lent.diags, path, &wanted);
    if (store == NULL)
        return NULL;
    struct banthuek_archive *archive = malloc(sizeof *archive);
    if (archive == NULL)
        arena_oom(sizeof *archive);
    archive->store = store;
    return archive;
}

void
banthuek_archive_close(struct banthuek_archive *archive)
{
    if (archive == NULL)
        return;
    store_close(archive->store);
    free(archive);
}

const char *
banthuek_archive_path(const struct banthuek_archive *archive)
{
    return store_path(archive->store);
}
