/* Any bytes as what the entries of a bag say, under hashes and a chain that are right: what gets in
 * is whole and comes out again as it was, and what is refused is told of the bag and leaves the
 * archive as it was.
 *
 * The first byte: whether the archive is empty, and whether the entries are of an archive that the
 * bag's imported. Then entries, as made_bag_kit.h has them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "made_bag_kit.h"

#include "archive/archive.h"
#include "base/unfinished.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
    if (!holds)
        abort();
}

static struct banthuek_archive *
open_archive(struct banthuek *b, const char *path)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = path, .mode = BANTHUEK_ARCHIVE_CREATE};
    struct banthuek_archive *archive = banthuek_archive_open(b, &options);

    must(archive != NULL);
    return archive;
}

static void
check_chains(struct store *store)
{
    struct chain_checked checked;

    for (int64_t chain = 0; chain < 4; chain++) {
        int64_t there;
        must(store_number(store, STORE_BAG_CHAIN_COUNT, NO_CELLS, 0, &there));
        if (chain < there)
            must(chain_check(store, chain, &checked, NULL, NULL) && checked.fault == CHAIN_GOOD);
    }
}

/* Told of the bag: the archive itself is good. */
static void
check_messages(struct banthuek *b)
{
    size_t errors = 0;

    for (size_t i = 0; i < banthuek_message_count(b); i++) {
        const struct banthuek_message *message = banthuek_message(b, i, BANTHUEK_ENGLISH);
        errors += message->level == BANTHUEK_ERROR;
        if (message->level == BANTHUEK_ERROR && strncmp(message->code, "ARCHIVE_BAG_", 12) != 0) {
            (void)fprintf(stderr, "%s: %s\n", message->code, message->text);
            abort();
        }
    }
    must(errors > 0);
}

/* What was taken goes out and comes back. */
static void
go_round(struct arena *arena, struct banthuek_archive *archive, const char *dir)
{
    struct banthuek *b = banthuek_open(NULL, NULL);
    const char *bag = arena_printf(arena, "%s/again", dir);
    const struct banthuek_archive_export_options all = {.struct_size = sizeof all,
                                                        .flags = BANTHUEK_ARCHIVE_WITH_SECRET};
    const struct banthuek_archive_exported *out = banthuek_archive_export(b, archive, bag, &all);

    must(out != NULL && out->unread == 0);
    struct banthuek_archive *other = open_archive(b, arena_printf(arena, "%s/other.db", dir));
    const struct banthuek_archive_imported *back = banthuek_archive_import(b, other, bag, NULL);
    if (back == NULL)
        (void)fprintf(stderr, "%s\n", banthuek_message(b, 0, BANTHUEK_ENGLISH)->text);
    must(back != NULL && strcmp(back->head, out->head) == 0);
    check_chains(other->store);
    banthuek_archive_close(other);
    banthuek_close(b);
}

static void
import(struct arena *arena, const char *dir, bool is_empty)
{
    struct banthuek *b = banthuek_open(NULL, NULL);
    struct banthuek_archive *archive = open_archive(b, arena_printf(arena, "%s/a.db", dir));
    const struct banthuek_archive_import_options beside = {.struct_size = sizeof beside,
                                                           .flags = BANTHUEK_ARCHIVE_NO_RESTORE};
    struct chain_entry head;

    const struct banthuek_archive_imported *done = banthuek_archive_import(
        b, archive, arena_printf(arena, "%s/bag", dir), is_empty ? NULL : &beside);
    check_chains(archive->store);
    if (getenv("FUZZ_TELL") != NULL)
        (void)fprintf(stderr, "%s\n",
                      done != NULL ? "taken" : banthuek_message(b, 0, BANTHUEK_ENGLISH)->text);
    if (done != NULL) {
        go_round(arena, archive, dir);
    } else {
        check_messages(b);
        must(chain_head(archive->store, arena, CHAIN_OWN, &head) && head.n == 0);
    }
    banthuek_archive_close(archive);
    banthuek_close(b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char dir[] = "/dev/shm/fuzz-import.XXXXXX";

    if (size < 2)
        return 0;
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    const struct str text = {(const char *)data + 1, size - 1};
    must(mkdtemp(dir) != NULL);
    made_bag(arena, diags, arena_printf(arena, "%s/bag", dir), text, (data[0] & 2) != 0);
    import(arena, dir, (data[0] & 1) != 0);
    unfinished_remove_path(dir);
    diags_free(diags);
    arena_free(arena);
    return 0;
}
