/* The chains of a bag: each entry once, tied to the one before, from the id of its archive to the
 * head that the bag names. */
#ifndef ARCHIVE_BAG_CHAINS_H
#define ARCHIVE_BAG_CHAINS_H

#include <stdbool.h>
#include <stdint.h>

#include "archive/bag_read.h"
#include "archive/chain.h"

struct bag_chain {
    struct str id, name;
    int64_t entries;
    struct hash head;
    const struct bag_file **entry; /* of number n at n - 1 */
};

struct bag_chains {
    struct bag_chain *chain; /* the archive's own, then those that it imported */
    size_t count;
};

/* Reads data/archive.json, finds the entries and checks all chains. False with ARCHIVE_BAG_…. */
bool bag_chains_read(struct bag *bag, struct arena *arena, struct bag_chains *out);

/* An entry. */
struct bag_entry {
    struct chain_entry entry; /* `chain` is not set */
    bool says_something;      /* what is sealed is there */
    struct chain_sealed sealed;
    const struct value *columns;    /* a map */
    const struct bag_file *content; /* NULL: none */
};

/* Reads entry `n` and checks it: its hash, its digest, and that the content it names is there. */
bool bag_entry_read(struct bag *bag, struct arena *arena, const struct bag_chain *chain, int64_t n,
                    struct bag_entry *out);

/* Tells that a file of the bag is not as this program writes it. Always false. */
bool bag_malformed(struct bag *bag, struct str path);

#endif
