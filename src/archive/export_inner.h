/* What the files of an export have in common. */
#ifndef ARCHIVE_EXPORT_INNER_H
#define ARCHIVE_EXPORT_INNER_H

#include "archive/archive.h"
#include "archive/bag_write.h"
#include "archive/chain.h"
#include "archive/entry.h"

/* What people are told of an entry in the lists. */
struct export_row {
    struct str chain; /* the name of an imported archive; empty: the own */
    int64_t n;
    struct str time, kind;
    const char *left_out; /* why its document is not there; NULL: it is */
    int year;
    struct str agency, number, date, subject, level, score, secret, signers;
    struct str path;   /* of its document, else of its JSON, below data/ */
    struct str sha256; /* of its document */
    int64_t supersedes;
};

struct export_rows {
    struct export_row *row;
    size_t count, cap;
};

/* Why an entry says nothing. */
#define LEFT_OUT_REMOVED "removed"   /* in the archive, with the salt: nobody has it */
#define LEFT_OUT_WITHHELD "withheld" /* classified, and not asked for, now or earlier */
#define LEFT_OUT_DAMAGED "damaged"   /* its document could not be read */

struct hash_set {
    struct hash *hash;
    size_t count, size;
};

/* True when the hash was not in the set; it is now. */
bool hash_set_add(struct arena *arena, struct hash_set *set, const struct hash *hash);

struct exporting {
    struct lent lent;
    struct store *store;
    struct banthuek_archive_export_options options;
    struct bag_out *bag;
    struct arena *scratch; /* for one entry */
    struct hash_set assets;
    struct export_rows rows;
    struct str chain_id, chain_name; /* of the chain at hand; empty: the own */
    int64_t done, total;             /* entries */
    struct banthuek_archive_exported *out;
};

/* Writes the files of an entry. */
bool export_entry(struct exporting *e, int64_t chain, int64_t n);

/* Writes the lists for people: CSV and HTML. */
bool export_lists(struct exporting *e, struct str name);

#endif
