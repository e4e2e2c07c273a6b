/* Bags: an archive as a folder of plain files in the form BagIt 1.0 (RFC 8493), which can be read
 * without this program and from which alone the archive can be made again.
 *
 *   bagit.txt bag-info.txt manifest-sha256.txt manifest-sha512.txt tagmanifest-…
 *   data/archive.json              whose archive, its chains with their heads (bag_chains.h)
 *   data/index.html entries.csv    for people
 *   data/2566/AGENCY/000012.json   an entry: all that the chain hashes, the salt, too
 *   data/2566/AGENCY/000012-FILE   the document of the entry
 *   data/2566/AGENCY/000012.1-FILE what belongs to it: its data, findings
 *   data/other/000013.json         entries that are no documents: numbers, notes, removals
 *   data/kits/HASH.json            lists of files that documents share (kit.h)
 *   data/assets/HASH-FILE          these: fonts, emblems, templates, rubrics
 *   data/chains/ID/…               entries of an imported archive, in the same way
 *
 * Of a classified document, and of what was noted on it, a bag has the hashes alone, unless it was
 * asked for.
 *
 * Entries are found by the name of their file, and contents by their SHA-256 in the manifest. */
#ifndef ARCHIVE_BAG_H
#define ARCHIVE_BAG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/str.h"

struct arena;

#define BAG_FORMAT 1 /* of data/archive.json; one more with every change of what stands above */

#define BAG_ARCHIVE "data/archive.json"
#define BAG_ID_DIGITS 32
#define BAG_DIGITS 6 /* of an entry's number, at least */

/* A name for a file or folder of a bag, out of a text: ASCII letters, digits, "-", "." and Thai in
 * NFC, not longer than it may be on any system and none that Windows keeps for itself. Everything
 * else becomes "-". `otherwise` where nothing is left. */
struct str bag_name(struct arena *arena, struct str text, const char *otherwise);

/* Whether a path has only such names in it, one after the other. */
bool bag_is_name(struct str path);

/* The number of the entry that a path inside data/ is of; 0: of none. *chain has the id of an
 * imported archive, or is empty. */
int64_t bag_entry_of(struct str path, struct str *chain);

/* Where an entry of its kind stands. */
struct bag_place {
    struct str chain; /* id of an imported archive; empty: the own */
    int64_t n;
    bool is_document;
    int year; /* 0: not known */
    struct str agency;
};

/* The beginning of the paths of an entry's files: "data/2566/AGENCY/000012". */
struct str bag_stem(struct arena *arena, const struct bag_place *place);

/* The hexadecimal digits of a hash, in `arena`. */
struct str bag_hex(struct arena *arena, const struct hash *hash);

#endif
