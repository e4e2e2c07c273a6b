/* Adding a document: its bytes as they were given, what a PDF of ours carries, and the columns that
 * it is found by. All that is known of a document stands in its columns (canonical JSON, sealed by
 * the chain); the rows for listing and searching are made from these alone, so that an import makes
 * the same rows. */
#ifndef ARCHIVE_ENTRY_H
#define ARCHIVE_ENTRY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "base/str.h"

struct arena;
struct store;
struct value;

struct column_person {
    struct str role, name, position;
    bool has_signed;
};

struct column_score {
    struct str item, value;
};

/* A file that belongs to a document, by hash: it may be missing in the archive (a font that was not
 * at hand). */
struct column_part {
    struct str role; /* as manifests call it: "report", "data", "template", "rubric", "font",
                        "emblem"; "findings" */
    struct str name;
    struct hash sha256;
};

/* What is said of a document; what is not said is empty or 0. */
struct columns {
    struct str file; /* the name that it was added under, without folders */
    struct str agency, number, subject, level, score, kind; /* kind: the template's name */
    struct str date;                                        /* "2566-09-29", "2566-09" or "2566" */
    int year;          /* Buddhist era: of the assessment, else of the date */
    struct str secret; /* ลับ, ลับมาก, ลับที่สุด */
    bool ours;
    int64_t supersedes; /* entry of the same chain, 0: none */
    struct column_person *persons;
    size_t person_count;
    struct column_score *scores;
    size_t score_count;
    struct column_part *parts;
    size_t part_count;
};

/* Columns as the tree that is sealed, and back. False with ARCHIVE_DAMAGED for a tree that nobody
 * wrote so. */
struct value *columns_write(struct arena *arena, const struct columns *columns);
bool columns_read(struct store *store, struct arena *arena, const struct value *tree,
                  struct columns *out);

struct entry_added {
    int64_t n;   /* of the entry, in the own chain */
    bool is_new; /* false: an entry with these bytes was there */
};

/* Adds a document in the transaction that writes, once by its bytes. */
bool entry_add(struct store *store, struct arena *arena, struct str bytes,
               const struct columns *columns, struct entry_added *out);

/* Makes the rows of an entry of kind "add" from its columns: after chain_append() or chain_put(),
 * in the same transaction. */
bool entry_rows(struct store *store, int64_t chain, int64_t n, int64_t content,
                const struct columns *columns);

#endif
