/* What verifying an archive works with. */
#ifndef ARCHIVE_VERIFY_H
#define ARCHIVE_VERIFY_H

#include "archive/archive.h"
#include "archive/chain.h"
#include "archive/entry.h"

#define VERIFY_FINDINGS_MAX 1000
#define VERIFY_REMOVALS_MAX 10000

struct verify_finding {
    int64_t chain;
    struct banthuek_archive_finding told;
};

struct verify_chain {
    int64_t id;
    struct banthuek_archive_verified_chain told;
    struct hash head;
    bool is_counted; /* its rows are as many as its entries say */
};

/* An entry, for findings; n 0: none. */
struct verify_place {
    int64_t chain, n;
};

/* What a removal says of its document: the versions before and behind it, 0 for none. */
struct verify_tie {
    int64_t n, earlier, newer;
};

/* A document in the place of which `newer` stands, or nothing, though no document says so; itself
 * it said so of `said`. */
struct verify_doubt {
    struct verify_place at;
    int64_t newer, said;
};

/* How many rows the entries say that there are. */
struct verify_rows {
    int64_t documents, persons, scores, parts, numbers, voids, removed, withheld, notes, texts,
        holders;
};

struct verifying {
    struct lent lent;
    struct store *store;
    struct banthuek_archive_verify_options options;
    struct arena *scratch;
    struct verify_place *asked; /* entries; options.entry_count of them */
    struct diags *said;         /* arguments of the next finding */
    struct verify_chain *chains;
    size_t chain_count, chain_cap;
    struct verify_finding *findings;
    size_t finding_count, finding_cap;
    struct banthuek_archive_removal *removals;
    size_t removal_count, removal_cap;
    struct verify_rows rows;
    struct verify_tie *ties; /* of the chain at hand, as are the doubts */
    size_t tie_count, tie_cap;
    struct verify_doubt *doubts;
    size_t doubt_count, doubt_cap;
    bool unsealed; /* something that entries say is gone or changed: rows cannot be counted */
    struct banthuek_archive_verified *out;
};

/* ---- verify.c */

/* Adds a finding; arguments are made with `v->said`. */
void verify_tell(struct verifying *v, struct verify_place at, enum diag_code code, const char *arg1,
                 const char *arg2, const char *arg3);

/* A number as an argument. */
const char *verify_number(struct verifying *v, int64_t number);

void verify_progress(const struct verifying *v, enum banthuek_archive_stage stage, size_t done,
                     size_t total);

/* ---- the parts, one after the other. False where the store failed. */

/* verify_chain.c: chains, and what is sealed in them against the tables. */
bool verify_chains(struct verifying *v);

/* verify_rows.c: the rows of an entry: of a document, of the register, of a note on another entry;
 * at the end of a chain which document took whose place, and at the end of all their number. */
bool verify_document_rows(struct verifying *v, const struct chain_seen *seen,
                          const struct value *tree);
bool verify_number_rows(struct verifying *v, const struct chain_seen *seen,
                        const struct value *tree);
bool verify_note_rows(struct verifying *v, const struct chain_seen *seen, const struct value *tree);
bool verify_newer(struct verifying *v);
bool verify_row_counts(struct verifying *v);
bool verify_kits(struct verifying *v);

/* verify_content.c: the bytes of all contents, or those of the entries that are asked for. */
bool verify_contents(struct verifying *v);

/* verify_document.c: signatures, and making again. */
bool verify_documents(struct verifying *v);

/* True for an entry that is asked for. */
bool verify_is_asked(const struct verifying *v, struct verify_place at);

#endif
