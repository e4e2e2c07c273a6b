/* What the files of an export have in common. */
#ifndef ARCHIVE_EXPORT_INNER_H
#define ARCHIVE_EXPORT_INNER_H

#include "archive/archive.h"
#include "archive/bag_write.h"
#include "archive/chain.h"
#include "archive/entry.h"

struct export_chain {
    int64_t id;
    struct str archive_id, name;
    struct chain_entry head;
};

struct export_chains {
    struct export_chain *chain;
    size_t count, cap;
};

/* What people are told of an entry in the lists; its texts live in `scratch`. */
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
bool hash_set_has(const struct hash_set *set, const struct hash *hash);

struct exporting {
    struct lent lent;
    struct store *store;
    struct banthuek_archive_export_options options;
    struct bag_out *bag;
    struct arena *scratch; /* for one entry */
    struct hash_set assets;
    struct hash_set damaged;         /* documents that could not be read */
    struct bag_file_out *table;      /* entries.csv */
    struct str chain_id, chain_name; /* of the chain at hand; empty: the own */
    int64_t done, total;             /* entries */
    struct banthuek_archive_exported *out;
};

void export_enter(struct exporting *e, const struct export_chain *chain);

/* Writes the files of an entry of the chain at hand, and says what the lists tell of it. */
bool export_entry(struct exporting *e, int64_t chain, int64_t n, struct export_row *row);

/* Says that once more, when all entries are written. */
bool export_row(struct exporting *e, int64_t chain, int64_t n, struct export_row *row);

/* The table for people, row by row; its end is told where it could not be written. */
bool export_begin_table(struct exporting *e);
void export_add_row(struct exporting *e, const struct export_row *row);

/* The page for people, which tells of all documents in the order of lists. */
bool export_page(struct exporting *e, const struct export_chains *chains, struct str name);

#endif
